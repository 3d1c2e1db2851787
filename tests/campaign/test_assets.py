"""The web fonts and the style sheet's bundle."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from campaign import assets


@pytest.fixture(scope="module")
def fonts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fonts")
    assert assets.build_fonts(folder)
    return folder


def test_fonts_stay_within_the_budget(fonts):
    sizes = {path.stem: path.stat().st_size for path in fonts.glob("*.woff2")}
    assert sizes.keys() == assets.FONTS.keys()
    assert sum(sizes.values()) <= 60 * 1024


@pytest.mark.parametrize("name", assets.FONTS)
def test_font_holds_german_typography_and_kerning(fonts, name):
    with TTFont(fonts / f"{name}.woff2") as font:
        characters = set(map(chr, font.getBestCmap()))
        features = {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
    assert set("ÄÖÜäöüß„“‚‘–…§€\N{NO-BREAK SPACE}\N{SOFT HYPHEN}") <= characters
    assert "kern" in features


def test_fonts_are_built_once_and_again_when_one_is_missing(fonts):
    assert not assets.build_fonts(fonts)
    (fonts / "barlow-400.woff2").unlink()
    assert assets.build_fonts(fonts)
    assert (fonts / "barlow-400.woff2").exists()


def test_missing_font_package_is_named(monkeypatch, tmp_path):
    monkeypatch.setitem(assets.FONTS, "barlow-400", ("fontpkg_nowhere", "Nowhere.ttf"))
    with pytest.raises(ModuleNotFoundError, match="fontpkg_nowhere"):
        assets.build_fonts(tmp_path)


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a { color : red; }", "a{color :red}"),
        ("a , b > c { top: 0 ; left: 0 }", "a,b > c{top:0;left:0}"),
        ("a :hover { top: calc(1px + 2px) }", "a :hover{top:calc(1px + 2px)}"),
        ("/* a { b: c } */ a { top: 0 }", "a{top:0}"),
        ('a::after { content: "/*  ; */ ," }', 'a::after{content:"/*  ; */ ,"}'),
        (r'a { content: "\"  ;" }', r'a{content:"\"  ;"}'),
        ("@media (width > 40em) { a { top: 0; } }", "@media (width > 40em){a{top:0}}"),
    ],
)
def test_minified_style_sheet_means_the_same(css, expected):
    assert assets.minify_css(css) == expected


def test_bundle_puts_each_import_in_its_layer(tmp_path):
    (tmp_path / "card.css").write_text("a { top: 0 }")
    (tmp_path / "print.css").write_text("b { top: 1px }")
    main = tmp_path / "main.css"
    main.write_text(
        "@layer base, print;\n"
        '/* @import "gone.css"; */\n'
        '@import "card.css" layer(base);\n'
        "@import url('print.css') layer(print) print;\n"
    )
    assert assets.bundle_css(main) == (
        "@layer base,print;@layer base{a{top:0}}@media print{@layer print{b{top:1px}}}"
    )


def test_bundle_is_written_only_when_it_changed(tmp_path):
    main, target = tmp_path / "main.css", tmp_path / "campaign.css"
    main.write_text("@layer base;")
    assert assets.build_css(main, target)
    assert not assets.build_css(main, target)
    main.write_text("@layer reset, base;")
    assert assets.build_css(main, target)


@pytest.mark.parametrize("main", ["main.css", "embed-main.css"])
def test_bundle_of_the_site_is_complete_and_small(settings, main):
    folder: Path = settings.SITE_DIR / "static" / "css"
    bundle = assets.bundle_css(folder / main)
    assert "@import" not in bundle
    assert bundle.count("{") == bundle.count("}")


def test_every_style_sheet_is_part_of_a_bundle(settings):
    folder: Path = settings.SITE_DIR / "static" / "css"
    own = {"main.css", "embed-main.css", "admin.css", "campaign.css", "embed.css"}
    text = "".join((folder / main).read_text(encoding="utf-8") for main in sorted(own))
    parts = {file.name for file in folder.glob("*.css")} - own
    assert [part for part in sorted(parts) if f'"{part}"' not in text] == []


def test_the_dark_scheme_changes_colors_alone(settings):
    """So what is tested in the light need not be tested in the dark, but for its contrast."""
    folder: Path = settings.SITE_DIR / "static" / "css"
    texts = {name: assets.bundle_css(folder / name) for name in ("main.css", "embed-main.css")}
    for name, text in texts.items():
        _before, *dark = re.split(r"@media[^{]*prefers-color-scheme[^{]*\{", text)
        assert len(dark) == 1, name
        rule = re.match(r"\s*:root\s*\{([^{}]*)\}\s*\}", dark[0])
        assert rule, f"{name}: more than :root changes"
        values = [line.partition(":")[2].strip() for line in rule[1].split(";") if line.strip()]
        assert [v for v in values if not re.fullmatch(r"#[0-9a-f]{6}|var\(--farbe-\w+\)", v)] == []
        assert "light-dark(" not in text
