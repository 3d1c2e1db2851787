#!/usr/bin/env python3
"""The project's runner: start the site, run the tests, check the code, measure.

It needs Python alone; everything else comes into .venv, from the locked requirements.
`start` speaks German, as the site's editors do; the other commands speak English.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import importlib.util
import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMP = VENV / "installed.json"
STARTED = ROOT / "var" / "started"
LOGIN = ROOT / "var" / "demo-login.json"

OLDEST_PYTHON = (3, 11)
# The interpreter behind an activated environment, which may be the one about to be rebuilt.
PYTHON = getattr(sys, "_base_executable", sys.executable)
MANAGE = [str(BIN / "python"), "manage.py"]

SITE, DEV, BENCH = "requirements.txt", "requirements-dev.txt", "requirements-bench.txt"
# The packages of each file, as uv selects them from its lock; each has all of those before it.
SELECTION = {
    SITE: ["--extra", "site", "--no-dev"],
    DEV: ["--all-extras"],
    BENCH: ["--all-extras", "--group", "weasyprint"],
}

# Two processes share the tests, a file's in one and in their order: browser tests come last.
PARALLEL = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]

# What `check` runs: a name, and a command of the environment.
CHECKS = {
    "types": "mypy",
    "lint": "ruff check",
    "format": "ruff format --check",
    "floors": "lint-imports",
    "templates": "djlint --quiet --lint site/templates",
    "templates compile": "python manage.py check_templates",
    "migrations": "python manage.py makemigrations --check --dry-run "
    "api home impulses postcards blog demo",
    "translations": "python manage.py check_translations",
    "deployment": "python manage.py check --deploy --fail-level WARNING",
    "publiccode.yml": "python -c 'import yaml; yaml.safe_load(open(\"publiccode.yml\"))'",
    "requirements": "python run.py lock --check",
}
# A server's settings, so that Django can judge them; nothing is connected to.
DEPLOYMENT = {
    "DJANGO_SETTINGS_MODULE": "campaign.settings.production",
    "SECRET_KEY": "only-for-this-check-" + "0123456789abcdef" * 4,
    "ALLOWED_HOSTS": "campaign.example",
    "BASE_URL": "https://campaign.example",
}


def main(arguments: Sequence[str]) -> int:
    """Run the command named in the arguments, `start` when none is, and return its exit code."""
    if sys.version_info < OLDEST_PYTHON:
        version = ".".join(map(str, OLDEST_PYTHON))
        sys.exit(f"Python {version} oder neuer wird gebraucht / is needed ({PYTHON} is too old).")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if not arguments or (arguments[0].startswith("-") and not {"-h", "--help"} & {*arguments}):
        arguments = ["start", *arguments]
    options, others = parser().parse_known_args(arguments)
    if others and options.command is not test:
        parser().error(f"unrecognized arguments: {' '.join(others)}")
    options.others = others
    try:
        code: int = options.command(options)
        return code
    except KeyboardInterrupt:
        print()
        return 130


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    command = commands.add_parser("start", help="set everything up and serve the site (default)")
    command.add_argument("--port", type=int, default=8000, help="default: %(default)s")
    command.add_argument(
        "--demo",
        action=argparse.BooleanOptionalAction,
        help="load the demo campaign (default: at the first start, unless DATABASE_URL is set)",
    )
    command.set_defaults(command=start)
    command = commands.add_parser(
        "test", help="run the tests; further arguments go to pytest", allow_abbrev=False
    )
    command.set_defaults(command=test)
    command = commands.add_parser("check", help="lint, types, templates, translations, settings …")
    command.set_defaults(command=check)
    command = commands.add_parser(
        "messages", help="bring the texts to translate up to date, and tell what is new"
    )
    command.set_defaults(command=messages)
    command = commands.add_parser("bench", help="measure what the demo campaign costs")
    command.add_argument(
        "what",
        nargs="?",
        choices=["pages", "api", "search", "print"],
        default="pages",
        help="its pages (default), the content API or the search with up to 10,000 pages, or the "
        "cards' files",
    )
    command.set_defaults(command=bench)
    command = commands.add_parser("lock", help="lock the requirements anew and export them (uv)")
    command.add_argument("--check", action="store_true", help="only compare the exported files")
    command.set_defaults(command=lock)
    return top


# --- The commands -------------------------------------------------------------------------------


def start(options: argparse.Namespace) -> int:
    """Set up what is missing, serve the site and say where it is, until Ctrl-C."""
    if is_taken(options.port):
        sys.exit(
            f"Auf Port {options.port} läuft schon etwas. Ein anderer Port: "
            f"python3 run.py --port {options.port + 1}"
        )
    address = f"http://127.0.0.1:{options.port}"
    env = environment(
        BASE_URL=os.environ.get("BASE_URL", address), DJANGO_RUNSERVER_HIDE_WARNING="true"
    )
    install(SITE, "Pakete")
    step("Übersetzungen", [*MANAGE, "compile_translations"], env)
    step("Schriften und Stile", [*MANAGE, "build_assets"], env)
    step("Datenbank", [*MANAGE, "migrate", "--no-input"], env)
    step("Rollen der Redaktion", [*MANAGE, "roles"], env)
    if options.demo is None:
        options.demo = not STARTED.exists() and "DATABASE_URL" not in os.environ
    if options.demo:
        step("Demo-Kampagne (einmal, etwa eine halbe Minute)", [*MANAGE, "demo"], env)
    STARTED.parent.mkdir(exist_ok=True)
    STARTED.touch()
    command = [*MANAGE, "runserver", f"127.0.0.1:{options.port}"]
    processes = [server := subprocess.Popen(command, cwd=ROOT, env=env)]
    try:
        wait_for_answer(server, options.port)
        print(welcome(address), flush=True)
        if options.demo:
            # The pictures' sizes take minutes of work; a page that is read sooner makes its own.
            pictures = [*MANAGE, "demo", "--renditions"]
            quiet = subprocess.DEVNULL
            processes.append(subprocess.Popen(pictures, cwd=ROOT, env=env, stdout=quiet))
        return server.wait()
    except KeyboardInterrupt:
        print("\nBeendet.")
        return 0
    finally:
        for process in processes:
            process.terminate()
            process.wait()


def test(options: argparse.Namespace) -> int:
    """Run pytest with the arguments that are not the runner's own."""
    env = environment(DJANGO_SETTINGS_MODULE="campaign.settings.test")
    install(DEV, "packages")
    step("translations", [*MANAGE, "compile_translations"], env)
    step("assets", [*MANAGE, "build_assets"], env)
    return subprocess.call([str(BIN / "pytest"), *PARALLEL, *options.others], cwd=ROOT, env=env)


def check(_options: argparse.Namespace) -> int:
    """Run every check, even after one has failed, and show what the failed ones say."""
    install(DEV, "packages")
    checks = {name: shlex.split(line) for name, line in CHECKS.items()}
    if not shutil.which("uv"):
        del checks["requirements"]

    def outcome(name: str) -> tuple[str, float, subprocess.CompletedProcess[str]]:
        env = environment(DJANGO_SETTINGS_MODULE="campaign.settings.test")
        if name == "deployment":
            env |= DEPLOYMENT
        began = time.monotonic()
        program, *arguments = checks[name]
        done = captured([str(BIN / program), *arguments], env)
        return name, time.monotonic() - began, done

    failed = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, seconds, done in pool.map(outcome, checks):
            verdict = "FAILED" if done.returncode else "ok"
            print(f"{name:18} {verdict:7} {seconds:5.1f} s", flush=True)
            if done.returncode:
                failed.append(name)
                print(done.stdout)
    print(f"{len(checks) - len(failed)} checks passed, {len(failed)} failed", *failed)
    return bool(failed)


def messages(_options: argparse.Namespace) -> int:
    """Update the .po files, without the gettext tools, and show what is left to translate."""
    env = environment(DJANGO_SETTINGS_MODULE="campaign.settings.test")
    install(DEV, "packages")
    return subprocess.call([*MANAGE, "check_translations", "--update"], cwd=ROOT, env=env)


def bench(options: argparse.Namespace) -> int:
    """Measure the demo campaign in a database of its own, which stays for the next time."""
    env = environment(VAR_DIR=str(ROOT / "var" / "bench"))
    for name in ("DATABASE_URL", "MEDIA_ROOT"):
        env.pop(name, None)
    install(BENCH if options.what == "print" else SITE, "packages")
    for title in ("compile_translations", "build_assets", "migrate", "roles", "demo"):
        step(title, [*MANAGE, title], env)
    return subprocess.call([*MANAGE, "bench", options.what], cwd=ROOT, env=env)


def lock(options: argparse.Namespace) -> int:
    """Export the locked requirements, or only compare them with the files."""
    if not shutil.which("uv"):
        sys.exit("uv is needed to lock the requirements.")
    if not options.check:
        subprocess.run(["uv", "lock"], cwd=ROOT, check=True)
    stale = []
    for name, selection in SELECTION.items():
        command = ["uv", "export", "--quiet", "--locked", "--no-emit-project", "--no-header"]
        done = captured([*command, *selection], environment())
        if done.returncode:
            sys.exit(done.stdout)
        text = f"# Made from uv.lock by `python3 run.py lock`.\n{done.stdout}"
        if not options.check:
            (ROOT / name).write_text(text, encoding="utf-8")
        elif (ROOT / name).read_text(encoding="utf-8") != text:
            stale.append(name)
    if stale:
        print(f"Out of date: {', '.join(stale)}. Run `python3 run.py lock`.")
    return bool(stale)


# --- The environment ----------------------------------------------------------------------------


def install(requirements: str, title: str) -> None:
    """Bring the packages of a requirements file into .venv, unless they are there already."""
    place = f"Python {sys.version_info[0]}.{sys.version_info[1]} in {VENV}"
    installed = json.loads(STAMP.read_text()) if STAMP.exists() and BIN.exists() else {}
    if installed.get("place") != place:
        installed = {}
    if installed.get(requirements) == fingerprint(requirements):
        return
    names = list(SELECTION)
    # A developer's environment stays one.
    requirements = [name for name in names if name == requirements or name in installed][-1]
    STAMP.unlink(missing_ok=True)
    if shutil.which("uv"):
        sync = ["uv", "sync", "--frozen", "--inexact", "--no-install-project"]
        env = environment(UV_PROJECT_ENVIRONMENT=str(VENV), UV_PYTHON=PYTHON)
        step(f"{title} (uv)", [*sync, *SELECTION[requirements]], env)
    else:
        if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
            sys.exit("python3-venv fehlt / is missing: sudo apt install python3-venv")
        venv = [PYTHON, "-m", "venv", *([] if installed else ["--clear"]), str(VENV)]
        pip = [str(BIN / "python"), "-m", "pip", "install", "--disable-pip-version-check"]
        # The file names everything: pip must not look for newer releases of what others need.
        pip += ["--require-hashes", "--no-deps"]
        step(".venv", venv, environment())
        step(f"{title} (pip)", [*pip, "-r", requirements], environment())
    included = names[: names.index(requirements) + 1]
    stamp = {"place": place, **{name: fingerprint(name) for name in included}}
    STAMP.write_text(json.dumps(stamp))


def fingerprint(requirements: str) -> str:
    """Return what changes when the file does."""
    return hashlib.sha256((ROOT / requirements).read_bytes()).hexdigest()


def environment(**variables: str) -> dict[str, str]:
    """Return this process's environment with our folders on Python's path."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        # German letters become question marks on a terminal that has none, not errors.
        "PYTHONIOENCODING": f"{sys.stdout.encoding}:replace",
        **variables,
    }


# --- Running things -----------------------------------------------------------------------------


@contextmanager
def timed(title: str) -> Iterator[None]:
    """Show a line while something is done, and then its seconds."""
    print(f"{title} … ", end="", flush=True)
    began = time.monotonic()
    yield
    print(f"{time.monotonic() - began:.1f} s", flush=True)


def step(title: str, command: list[str], env: dict[str, str]) -> None:
    """Run one command of the set-up quietly; if it fails, show what it said and stop."""
    with timed(title):
        done = captured(command, env)
        if done.returncode:
            sys.exit(f"\n{done.stdout}\n{' '.join(command)}: {done.returncode}")


def captured(command: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, its output and its errors in one text."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding=sys.stdout.encoding,
        errors="replace",
        check=False,
    )


# --- The server ---------------------------------------------------------------------------------


def is_taken(port: int) -> bool:
    """Say whether something listens on the port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for_answer(server: subprocess.Popen[bytes], port: int) -> None:
    """Wait until the home page answers; stop if the server has ended or a minute is over."""
    for _ in range(240):
        if server.poll() is not None:
            sys.exit("Der Server ist nicht gestartet; der Grund steht oben.")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.25)
        finally:
            connection.close()
    sys.exit("Der Server antwortet nicht.")


def welcome(address: str) -> str:
    """Return the lines that a newcomer needs."""
    lines = [f"Die Kampagne:    {address}/", f"Die Redaktion:   {address}/admin/"]
    if LOGIN.exists():
        lines.append("Anmelden als:")
        lines += [
            f"  {login['username']:14} {login['password']:18} {login['role']}"
            for login in json.loads(LOGIN.read_text(encoding="utf-8"))
        ]
    rule = "─" * (max(map(len, lines)) + 2)
    return "\n".join(["", rule, *(f" {line}" for line in lines), rule, " Beenden mit Strg+C", ""])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
