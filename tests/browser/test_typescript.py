"""A front end's client is generated from the contract, compiled strictly, and reads the campaign.

It needs Node and the npm registry: without Node it is skipped aloud, but not in CI.
"""

import os
import shutil
import subprocess
import urllib.request
from pathlib import Path

import pytest

SOURCES = Path(__file__).with_name("typescript")

pytestmark = pytest.mark.skipif(
    not shutil.which("npm") and not os.environ.get("CI"),
    reason="Node is missing: apt install nodejs npm",
)


@pytest.fixture(scope="module")
def project(campaign, tmp_path_factory):
    """Return a folder with the client and the types of the running campaign's contract."""
    folder = tmp_path_factory.mktemp("typescript") / "client"
    shutil.copytree(SOURCES, folder)
    with urllib.request.urlopen(campaign.address("/api/v1/openapi.json")) as answer:
        (folder / "openapi.json").write_bytes(answer.read())
    run(folder, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
    run(folder, "npx", "--no-install", "openapi-typescript", "openapi.json", "-o", "haltung.d.ts")
    return folder


def run(folder, *command):
    """Run a command and return what it prints; fail with that if it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_client_compiles_and_reads_the_campaign(campaign, project):
    run(project, "npx", "--no-install", "tsc")
    printed = run(project, "node", "out/client.js", campaign.url)
    lines = printed.splitlines()
    for number in ("1", "16a", "20a"):
        assert sum(line.startswith(f"{number} ") for line in lines) == 1, number
    assert "480w" in printed
    assert lines[-1] == "404"


def test_a_forgotten_block_does_not_compile(project):
    whole = (project / "client.ts").read_text()
    line = next(line for line in whole.splitlines(True) if 'case "quote"' in line)
    (project / "forgetful.ts").write_text(whole.replace(line, ""))
    command = ["npx", "--no-install", "tsc", "--noEmit"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    (project / "forgetful.ts").unlink()
    assert done.returncode != 0
    assert "forgetful.ts" in done.stdout
    assert "never" in done.stdout
