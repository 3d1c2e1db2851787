"""The cards' fonts: where they lie, and which letters they have."""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

FONT_PACKAGES = ("fontpkg_barlow", "fontpkg_barlow_condensed")
#: The fonts that the template uses; every one must have all letters of a card.
FONT_FILES = (
    "Barlow-Regular.ttf",
    "Barlow-Italic.ttf",
    "Barlow-SemiBold.ttf",
    "Barlow-SemiBoldItalic.ttf",
    "BarlowCondensed-Bold.ttf",
    "BarlowCondensed-ExtraBold.ttf",
)
#: What Barlow lacks and another sign stands for: narrow and thin spaces, special hyphens.
REPLACED = str.maketrans(
    {
        "\u202f": "\u00a0",
        "\u2009": "\u00a0",
        "\u2007": "\u00a0",
        "\u2010": "-",
        "\u2011": "-",
        "\u00ad": "",
        "\u200b": "",
        "\u2060": "",
        "\ufeff": "",
        "\t": " ",
        "\n": " ",
        "\r": " ",
    }
)


def font_folders() -> list[Path]:
    """Return the folders of the fonts that come as packages."""
    return [font_folder(package) for package in FONT_PACKAGES]


def font_folder(package: str) -> Path:
    """Return the folder of a font package; raise `ModuleNotFoundError` where there is none."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"The font package {package} is not installed.")
    return Path(spec.origin).parent / "files"


def font_paths() -> list[Path]:
    """Return the files of the fonts that the template uses."""
    found = {file.name: file for folder in font_folders() for file in folder.iterdir()}
    return [found[name] for name in FONT_FILES]


def clean(text: str) -> str:
    """Return a text with signs that the fonts have, where they mean the same."""
    return text.translate(REPLACED)


def unknown_glyphs(texts: Sequence[str]) -> str:
    """Return the letters that a font of the cards lacks, each once, in order."""
    used = dict.fromkeys(letter for text in texts for letter in text.translate(REPLACED))
    return "".join(letter for letter in used if ord(letter) not in _known())


@cache
def _known() -> frozenset[int]:
    """Return the code points that all fonts have."""
    # Takes a while to load, and most processes set no card.
    from fontTools.ttLib import TTFont

    tables = []
    for path in font_paths():
        with TTFont(path, lazy=True) as font:
            tables.append(set(font.getBestCmap()))
    return frozenset(set.intersection(*tables))
