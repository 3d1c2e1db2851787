"""run.py: what it says, what it leaves alone, what it runs."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import run

RUNNER = [sys.executable, str(Path(run.__file__))]


@pytest.fixture
def commands(monkeypatch, tmp_path):
    """The commands that the runner would run, in an environment of its own; nothing is run."""
    ran = []

    def captured(command, env):
        ran.append((command, env))
        if "venv" in command or "sync" in command:
            (tmp_path / "venv" / "bin").mkdir(parents=True, exist_ok=True)
        return subprocess.CompletedProcess(command, 0, "")

    monkeypatch.setattr(run, "captured", captured)
    monkeypatch.setattr(run, "VENV", tmp_path / "venv")
    monkeypatch.setattr(run, "BIN", tmp_path / "venv" / "bin")
    monkeypatch.setattr(run, "STAMP", tmp_path / "venv" / "installed.json")
    return ran


@pytest.fixture
def uv(monkeypatch):
    """Say whether there is a uv."""

    def there_is(answer: bool) -> None:
        monkeypatch.setattr(run.shutil, "which", lambda name: "uv" if answer else None)

    return there_is


@pytest.mark.parametrize("arguments", [["--help"], ["start", "-h"], ["test", "--help"]])
def test_help_is_shown_without_an_environment(arguments):
    done = subprocess.run([*RUNNER, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "usage:" in done.stdout


def test_unknown_argument_is_refused():
    done = subprocess.run([*RUNNER, "start", "--nope"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--nope" in done.stderr


def test_taken_port_is_told_before_work_starts_even_on_an_ascii_terminal():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        done = subprocess.run(
            [*RUNNER, "--port", port],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        )
    assert done.returncode == 1
    assert port in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("requirements", run.SELECTION)
def test_packages_are_installed_once_with_uv(commands, uv, requirements):
    uv(True)
    run.install(requirements, "packages")
    run.install(requirements, "packages")
    [(command, env)] = commands
    assert command[:3] == ["uv", "sync", "--frozen"]
    assert ("--no-dev" in command) == (requirements == run.SITE)
    assert ("weasyprint" in command) == (requirements == run.BENCH)
    assert env["UV_PROJECT_ENVIRONMENT"] == str(run.VENV)


def test_packages_are_installed_with_hashes_without_uv(commands, uv):
    uv(False)
    run.install(run.SITE, "packages")
    venv, pip = (command for command, _env in commands)
    assert venv[1:4] == ["-m", "venv", "--clear"]
    assert pip[-4:] == ["--require-hashes", "--no-deps", "-r", run.SITE]


def test_packages_for_tests_are_added_to_those_of_the_site(commands, uv):
    uv(False)
    run.install(run.SITE, "packages")
    run.install(run.DEV, "packages")
    assert [command[1:4] for command, _env in commands[2:]] == [
        ["-m", "venv", str(run.VENV)],
        ["-m", "pip", "install"],
    ]


def test_environment_of_another_place_is_made_anew(commands, uv):
    uv(False)
    run.install(run.SITE, "packages")
    stamp = json.loads(run.STAMP.read_text())
    run.STAMP.write_text(json.dumps({**stamp, "place": "Python 3.9 in a folder that was moved"}))
    run.install(run.SITE, "packages")
    assert "--clear" in commands[2][0]


@pytest.mark.parametrize(
    ("wider", "narrower"),
    [(run.DEV, run.SITE), (run.BENCH, run.DEV), (run.BENCH, run.SITE)],
)
def test_wider_environment_serves_the_narrower_and_stays_one(
    commands, uv, monkeypatch, wider, narrower
):
    uv(True)
    run.install(wider, "packages")
    run.install(narrower, "packages")
    assert len(commands) == 1
    monkeypatch.setattr(run, "fingerprint", lambda requirements: "changed")
    run.install(narrower, "packages")
    assert commands[-1][0][-len(run.SELECTION[wider]) :] == run.SELECTION[wider]
    assert json.loads(run.STAMP.read_text())[wider] == "changed"


def test_environment_is_not_said_to_hold_more_than_was_installed(commands, uv):
    uv(True)
    run.install(run.DEV, "packages")
    assert run.BENCH not in json.loads(run.STAMP.read_text())
    run.install(run.BENCH, "packages")
    assert len(commands) == 2


@pytest.mark.parametrize(
    ("arguments", "requirements"),
    [([], run.SITE), (["api"], run.SITE), (["search"], run.SITE), (["print"], run.BENCH)],
)
def test_only_the_cards_measurement_installs_what_they_are_compared_with(
    commands, monkeypatch, arguments, requirements
):
    installed, called = [], []
    monkeypatch.setattr(run, "install", lambda name, title: installed.append(name))
    monkeypatch.setattr(run.subprocess, "call", lambda command, **options: called.append(command))
    run.main(["bench", *arguments])
    assert installed == [requirements]
    assert called[0][-2:] == ["bench", *(arguments or ["pages"])]


def test_missing_venv_module_is_told_with_the_package_to_install(commands, uv, monkeypatch):
    uv(False)
    monkeypatch.setattr(
        run.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else "there"
    )
    with pytest.raises(SystemExit, match="sudo apt install python3-venv"):
        run.install(run.SITE, "packages")
    assert not commands


def test_old_python_is_told(monkeypatch):
    monkeypatch.setattr(run.sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"3\.11"):
        run.main(["check"])


def test_failed_step_shows_its_output_and_stops(monkeypatch):
    failed = subprocess.CompletedProcess(["x"], 3, "the reason")
    monkeypatch.setattr(run, "captured", lambda command, env: failed)
    with pytest.raises(SystemExit, match="the reason"):
        run.step("step", ["x"], {})


def test_tests_never_use_the_users_settings(commands, uv, monkeypatch):
    uv(True)
    called = []
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "campaign.settings.production")
    monkeypatch.setattr(
        run.subprocess, "call", lambda *args, **kwargs: called.append((args, kwargs))
    )
    run.main(["test", "-k", "rota", "tests/home"])
    [((command,), options)] = called
    assert command[-3:] == ["-k", "rota", "tests/home"]
    assert options["env"]["DJANGO_SETTINGS_MODULE"] == "campaign.settings.test"


def test_messages_are_updated_with_the_tests_settings_and_what_is_left_is_a_failure(
    commands, uv, monkeypatch
):
    uv(True)
    called = []

    def call(command, **options):
        called.append((command, options["env"]["DJANGO_SETTINGS_MODULE"]))
        return 1

    monkeypatch.setattr(run.subprocess, "call", call)
    assert run.main(["messages"]) == 1
    [(command, settings)] = called
    assert command[-2:] == ["check_translations", "--update"]
    assert settings == "campaign.settings.test"


def test_every_check_runs_even_after_one_has_failed(uv, monkeypatch, capsys):
    def captured(command, env):
        return subprocess.CompletedProcess(command, "mypy" in command[0], "wrong type")

    uv(True)
    monkeypatch.setattr(run, "install", lambda requirements, title: None)
    monkeypatch.setattr(run, "captured", captured)
    assert run.main(["check"]) == 1
    shown = capsys.readouterr().out
    assert "wrong type" in shown
    assert f"{len(run.CHECKS) - 1} checks passed, 1 failed types" in shown


def test_welcome_names_site_admin_and_login(monkeypatch, tmp_path):
    login = tmp_path / "demo-login.json"
    login.write_text('[{"username": "redaktion", "password": "s3cret", "role": "Redaktion"}]')
    monkeypatch.setattr(run, "LOGIN", login)
    shown = run.welcome("http://127.0.0.1:8000")
    assert "http://127.0.0.1:8000/admin/" in shown
    assert "redaktion" in shown
    assert "s3cret" in shown
