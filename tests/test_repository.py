"""What the repository itself must keep: its papers, its locks, its links."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

import run

ROOT = Path(__file__).resolve().parents[1]
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("name", run.SELECTION)
def test_requirements_have_hashes_and_name_no_host(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    pinned = re.findall(r"^[a-z].*==.*$", text, re.MULTILINE)
    assert pinned
    assert all(line.endswith("\\") for line in pinned)
    assert "://" not in text


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_links_between_the_papers_lead_somewhere(paper):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", paper.read_text(encoding="utf-8"))
    assert not [link for link in links if not (paper.parent / link).exists()]


def test_licence_is_the_whole_eupl():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert all(f"\n{number}." in text for number in range(1, 16))
    assert "Appendix" in text


def test_publiccode_keeps_the_standards_limits():
    data = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert data["publiccodeYmlVersion"] == "0.4"
    assert data["legal"]["license"] == "EUPL-1.2"
    for description in data["description"].values():
        assert len(description["shortDescription"]) <= 150
        assert 150 <= len(description["longDescription"]) <= 10_000
        assert description["features"]
        assert all((ROOT / picture).exists() for picture in description["screenshots"])


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a clone")
@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        ("site/templates/base.html", False),
        ("site/static/css/main.css", False),
        ("site/static/css/embed-main.css", False),
        ("site/static/css/campaign.css", True),
        ("site/static/css/embed.css", True),
        ("site/static/fonts/barlow-400.woff2", True),
        ("locale/de/LC_MESSAGES/django.mo", True),
        ("var/haltung.sqlite3", True),
    ],
)
def test_git_ignores_what_is_built_and_nothing_else(path, ignored):
    done = subprocess.run(
        ["git", "check-ignore", "--quiet", "--no-index", path], cwd=ROOT, check=False
    )
    assert (done.returncode == 0) == ignored


def test_every_variable_of_the_settings_is_documented():
    settings = (ROOT / "site" / "campaign" / "settings").glob("*.py")
    variables = re.findall(
        r'env\.\w+\(\s*"([A-Z_]+)"', "".join(path.read_text(encoding="utf-8") for path in settings)
    )
    described = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    assert variables
    assert not [name for name in variables if f"`{name}`" not in described]
