"""Web fonts and the style sheets' bundles, built from what the repository and its packages hold."""

import hashlib
import json
import re
from pathlib import Path

import fontTools

from postcards.print.fonts import font_folder

# A web font's name → the package that carries the font, and its file there.
FONTS = {
    "barlow-400": ("fontpkg_barlow", "Barlow-Regular.ttf"),
    "barlow-400-italic": ("fontpkg_barlow", "Barlow-Italic.ttf"),
    "barlow-600": ("fontpkg_barlow", "Barlow-SemiBold.ttf"),
    "barlow-condensed-700": ("fontpkg_barlow_condensed", "BarlowCondensed-Bold.ttf"),
    "barlow-condensed-800": ("fontpkg_barlow_condensed", "BarlowCondensed-ExtraBold.ttf"),
}
# German, the languages of Western Europe, and the names of Turkish, Polish, Czech, Slovak,
# South Slavic, Hungarian and Romanian neighbours; all five fonts together stay below 60 KiB.
CHARACTERS = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "\N{NO-BREAK SPACE}\N{SOFT HYPHEN}§©®°²³·×«»ß€ẞ„“”‚‘’‹›–—…•−"
    + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿ"
    + "ĂăĄąĆćČčĎďĐđĘęĚěĞğİıŁłŃńŇňŐőŒœŘřŚśŞşŠšŤťŮůŰűŹźŻżŽžȘșȚț"
)
# Kerning, and figures of one width for tables. No ligatures: German does not set them across
# the parts of a compound ("Auflage").
FEATURES = ["kern", "tnum"]
UNNEEDED_TABLES = ["GDEF", "STAT", "gasp", "meta"]

IMPORT = re.compile(
    r"""@import\s+(?:url\()?["'](?P<file>[^"']+)["']\)?"""
    r"""(?:\s+layer\((?P<layer>[\w.-]+)\))?\s*(?P<media>[^;]*);"""
)
# Strings first, so that nothing inside them is taken for a comment or for a blank.
MINIFIABLE = re.compile(
    r"""(?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
    r"""|(?P<comment>/\*.*?\*/)|\s*(?P<mark>[{};,])\s*|(?P<colon>:)\s+|(?P<blank>\s+)""",
    re.DOTALL,
)


def build_fonts(folder: Path) -> bool:
    """Write every font's WOFF2 subset into the folder; return False if they are there already."""
    sources = {name: font_folder(package) / file for name, (package, file) in FONTS.items()}
    recipe = json.dumps([CHARACTERS, FEATURES, UNNEEDED_TABLES, fontTools.version])
    state = hashlib.sha256(recipe.encode())
    for source in sources.values():
        state.update(source.read_bytes())
    stamp = folder / ".stamp"
    targets = {name: folder / f"{name}.woff2" for name in FONTS}
    if (
        stamp.exists()
        and stamp.read_text() == state.hexdigest()
        and all(target.exists() for target in targets.values())
    ):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in sources.items():
        _subset(source, targets[name])
    stamp.write_text(state.hexdigest())
    return True


def build_css(main: Path, target: Path) -> bool:
    """Bundle the main style sheet with all it imports; return False if nothing changed."""
    bundle = bundle_css(main)
    if target.exists() and target.read_text(encoding="utf-8") == bundle:
        return False
    target.write_text(bundle, encoding="utf-8")
    return True


def bundle_css(main: Path) -> str:
    """Return the style sheet with its imports put in, each in its layer, without comments.

    Imports are files beside or below the main style sheet, which holds nothing but
    `@layer` and `@import`. A missing file raises FileNotFoundError.
    """

    def imported(match: re.Match[str]) -> str:
        css = (main.parent / match["file"]).read_text(encoding="utf-8")
        if match["layer"]:
            css = f"@layer {match['layer']}{{{css}}}"
        if media := match["media"].strip():
            css = f"@media {media}{{{css}}}"
        return css

    # Minified first, so that an import in a comment is none.
    return minify_css(IMPORT.sub(imported, minify_css(main.read_text(encoding="utf-8"))))


def minify_css(css: str) -> str:
    """Return the style sheet without comments and without blanks that mean nothing."""

    def shorter(match: re.Match[str]) -> str:
        if match["comment"]:
            return ""
        if match["blank"]:
            return " "
        return match["string"] or match["mark"] or match["colon"]

    return MINIFIABLE.sub(shorter, css).replace(";}", "}").strip()


def _subset(source: Path, target: Path) -> None:
    """Write the part of a font that we use as WOFF2."""
    from fontTools import subset  # takes half a second, and is seldom needed

    options = subset.Options(
        layout_features=FEATURES,
        drop_tables=[*subset.Options().drop_tables, *UNNEEDED_TABLES],
        flavor="woff2",
        hinting=False,
        name_IDs=[1, 2],
        notdef_outline=True,
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=CHARACTERS)
    with subset.load_font(str(source), options) as font:
        subsetter.subset(font)
        subset.save_font(font, str(target), options)
