"""A real server with the demo campaign, and a real browser to read it with."""

import email
import email.policy
import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
START_SECONDS = 60
# A busy machine takes its time: what is expected may come later, but not much.
expect.set_options(timeout=20_000)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Mark what is here as browser tests, run them last, skip them aloud without a browser.

    Last, because Playwright's event loop stays in the thread and Django then refuses its database.
    """
    here = Path(__file__).parent
    skip = pytest.mark.skip(reason="Chromium is missing: apt install chromium")
    for item in (item for item in items if here in item.path.parents):
        item.add_marker(pytest.mark.browser)
        if not CHROMIUM.exists() and not os.environ.get("CI"):
            item.add_marker(skip)
    items.sort(key=lambda item: here in item.path.parents)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Start Debian's Chromium; it may not look for anything outside."""
    return {
        "executable_path": str(CHROMIUM),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@dataclass
class Campaign:
    """The running demo campaign."""

    url: str
    username: str
    password: str
    #: Of every account of the demo, by its user name.
    passwords: dict[str, str]
    environment: dict[str, str]

    def address(self, path: str) -> str:
        """Return the absolute address of a path."""
        return f"{self.url}{path}"

    def run(self, code: str) -> str:
        """Run code in the campaign's own Django; return the last line that it prints."""
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout.strip().rpartition("\n")[2]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Letterbox:
    """Keeps the mails that the server has taken."""

    def __init__(self):
        self.mails = []

    def titles(self, name, about):
        """Return the subjects of what somebody of the city got about a page, in order."""
        mine = [mail for mail in self.mails if mail["To"] == f"{name}@musterstadt.example"]
        return [mail["Subject"] for mail in mine if about in mail["Subject"]]

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        """Take a mail."""
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture(scope="session")
def letterbox():
    """Run a mail server."""
    box = Letterbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    box.port = server.port
    yield box
    server.stop()


def environment_of(folder, letterbox):
    """Return the environment of a campaign that keeps everything in a folder."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.browser.mail_settings",
        "DATABASE_URL": f"sqlite:///{folder / 'campaign.sqlite3'}",
        "MAIL_PORT": str(letterbox.port),
        "MEDIA_ROOT": str(folder / "media"),
        "VAR_DIR": str(folder / "var"),
    }


@pytest.fixture(scope="session")
def loaded(tmp_path_factory, letterbox):
    """Return a folder with the demo campaign, loaded as a newcomer would into an empty database.

    Loading takes a minute: of the processes that share the tests, one does it for all.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, done = shared / "loaded campaign", shared / "loaded campaign is complete"
    with (shared / "loading").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until it is closed
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            for command in ("compile_translations", "build_assets", "migrate", "roles", "demo"):
                subprocess.run(
                    [sys.executable, "manage.py", command],
                    cwd=ROOT,
                    env=environment_of(folder, letterbox),
                    check=True,
                    stdout=subprocess.DEVNULL,
                )
            done.touch()
    return folder


@pytest.fixture(scope="session")
def campaign(tmp_path_factory, loaded, letterbox):
    """Serve a copy of the loaded campaign, in which tests may change what they like."""
    folder = tmp_path_factory.mktemp("campaign")
    shutil.copytree(loaded, folder, dirs_exist_ok=True)
    environment = environment_of(folder, letterbox)
    logins = json.loads((folder / "var" / "demo-login.json").read_text(encoding="utf-8"))
    passwords = {login["username"]: login["password"] for login in logins}
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/robots.txt", server)
        # The first view of all compiles what the others find: on a busy machine, it takes long.
        urllib.request.urlopen(url, timeout=START_SECONDS).close()
        yield Campaign(url, "redaktion", passwords["redaktion"], passwords, environment)
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(address: str, server: subprocess.Popen) -> None:
    """Wait until the server answers; fail when it ends or stays silent."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert server.poll() is None, "the server ended at its start"
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the server did not answer in time")
