"""The library stands alone: a wheel without the website, in a project that has no templates."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MINIMAL = Path(__file__).with_name("minimal")
#: What a wheel is built from; nothing is written into the clone.
SOURCES = ["api", "home", "impulses", "postcards", "blog", "locale"]
FILES = ["pyproject.toml", "setup.py", "README.md", "LICENSE"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel from a copy of the sources."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        ignored = shutil.ignore_patterns("__pycache__", "*.mo")
        shutil.copytree(ROOT / name, folder / "source" / name, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, folder / "source" / name)
    if importlib.util.find_spec("pip"):
        command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", str(folder)]
    else:  # uv has made the environment, without pip
        command = ["uv", "build", "--wheel", "--offline", "--python", sys.executable]
        command += ["--out-dir", str(folder)]
    run([*command, "--no-build-isolation", "--quiet", str(folder / "source")], folder)
    [found] = folder.glob("*.whl")
    return found


def run(command, folder):
    """Run a command far from the clone and return what it prints."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    clean.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=clean
    )
    assert done.returncode == 0, f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def answers(wheel, tmp_path_factory):
    """Install the wheel into an empty environment beside a minimal project, and ask that."""
    folder = tmp_path_factory.mktemp("project")
    environment = folder / "environment"
    venv.create(environment, symlinks=True)
    paths = {"base": str(environment), "platbase": str(environment)}
    packages = Path(sysconfig.get_path("purelib", "venv", vars=paths))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    # What the library needs is there, as if it had been installed with it.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    project = folder / "minimal"
    shutil.copytree(MINIMAL, project, ignore=shutil.ignore_patterns("__pycache__"))
    printed = run([str(environment / "bin" / "python"), "check.py"], project)
    found = json.loads(printed)
    assert found["from"].startswith(str(packages))
    return found


def test_the_wheel_holds_the_library_and_nothing_of_the_website(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names if ".dist-info" not in name}
    assert tops == {"api", "home", "impulses", "postcards", "blog"}
    assert "home/data/grundgesetz.json" in names
    assert "home/locale/de/LC_MESSAGES/django.mo" in names
    assert {"api/migrations/0001_initial.py", "blog/migrations/0001_initial.py"} <= {*names}
    assert not [name for name in names if name.endswith(".html")]


def test_the_api_answers_in_a_project_without_templates(answers):
    card = answers["cards"]["postcard"]
    assert card["article"]["number"] == "1"
    assert card["headline"].startswith("Die Würde des Menschen")


def test_the_admin_works_and_is_german_without_our_templates(answers):
    assert answers["german"]
    for name, status in answers["admin"].items():
        assert status in {200, 302, 404}, name
    assert answers["admin"]["edit"] == answers["admin"]["departments"] == 200


def test_a_page_without_a_template_is_not_found(answers):
    assert answers["page"] == 404


def test_another_app_has_its_page_type_and_its_block_in_the_api(answers):
    assert answers["cards"]["venue"]["seats"] == 40
    venue = answers["venue"]
    assert venue["type"] == "venue"
    opening, places, text = venue["body"]
    assert opening["type"] == "opening"
    assert (opening["day"], opening["hours"]) == ("Montag", "9–12 Uhr")
    assert (places["type"], places["rows"], places["places"]) == ("places", 5, 40)
    assert "http://localhost/postkarten/eins/" in text["text"]["html"]
    assert {"VenueCard", "VenueDetail", "OpeningBlockSchema"} <= set(answers["document"])


def test_another_app_has_its_endpoint_in_the_api(answers):
    assert answers["seats"] == {"seats": 40}
    assert answers["tags"] == "venue"
    assert answers["refused"] == 422
    assert "Seats" in answers["document"]


def shown_in_the_documentation():
    """Yield the files that the documentation shows parts of, each with its part."""
    text = (ROOT / "docs" / "extending-the-api.md").read_text(encoding="utf-8")
    for block in text.split("```python\n# ")[1:]:
        name, part = block.partition("\n```\n")[0].split("\n", 1)
        yield pytest.param(name, part, id=f"{name}: {part.strip().partition(chr(10))[0]}")


@pytest.mark.parametrize(("name", "part"), list(shown_in_the_documentation()))
def test_the_documentation_shows_what_is_tested_here(name, part):
    assert f"{part}\n" in (MINIMAL / name).read_text(encoding="utf-8")
