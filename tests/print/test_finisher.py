"""PDF/X says who, what and when twice, carries its profile, and nothing that presses refuse."""

import datetime as dt
import io

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from postcards.print.finisher import to_press
from postcards.print.formats import FOGRA39, PRESS, SCREEN, Preset, Profile

NAMESPACE = "{http://www.npes.org/pdfx/ns/id/}"
SUMMER = dt.timezone(dt.timedelta(hours=2))
WORDS = {
    "title": "Recht & <Freiheit> „für alle“",
    "author": "Amt für Bürger & Stadt",
    "created": dt.datetime(2026, 5, 23, 9, 30, tzinfo=SUMMER),
}


@pytest.fixture(scope="module")
def tagged(made):
    """Return a PDF with tags and transparency, which is none for a press."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made("landscape", SCREEN))) as file:
        file.pages[0].obj.Group = Dictionary(S=Name.Transparency)
        file.save(out)
    return out.getvalue()


def opened(data):
    return pikepdf.open(io.BytesIO(data))


def test_both_places_say_the_same(tagged):
    with opened(to_press(tagged, Preset(), **WORDS)) as file:
        info = file.docinfo
        assert str(info.Title) == WORDS["title"]
        assert str(info.Author) == WORDS["author"]
        assert str(info.CreationDate) == str(info.ModDate) == "D:20260523073000+00'00'"
        assert info.Trapped == Name("/False")
        with file.open_metadata(update_docinfo=False) as metadata:
            assert metadata["dc:title"] == WORDS["title"]
            assert metadata["dc:creator"] == [WORDS["author"]]
            assert metadata["pdf:Trapped"] == "False"
            assert metadata[f"{NAMESPACE}GTS_PDFXVersion"] == "PDF/X-4"
            moments = {metadata[f"xmp:{name}Date"] for name in ("Create", "Modify", "Metadata")}
        assert moments == {"2026-05-23T07:30:00+00:00"}


def test_the_old_standard_is_named_where_it_was_then(tagged):
    with opened(to_press(tagged, Preset(standard="x3"), **WORDS)) as file:
        assert file.docinfo.GTS_PDFXVersion == "PDF/X-3:2002"
        assert "/Metadata" not in file.Root


@pytest.mark.parametrize("standard", ["x4", "x3"])
def test_nothing_is_left_that_presses_refuse(tagged, standard):
    with opened(to_press(tagged, Preset(standard=standard), **WORDS)) as file:
        for name in ("/MarkInfo", "/StructTreeRoot", "/Lang", "/Outlines", "/ViewerPreferences"):
            assert name not in file.Root
        for page in file.pages:
            assert not {"/Group", "/Tabs", "/StructParents"} & set(page.obj.keys())


def test_the_profile_is_there_whole(made):
    with opened(made("landscape", PRESS)) as file:
        [intent] = file.Root.OutputIntents
        assert intent.S == Name.GTS_PDFX
        assert intent.OutputConditionIdentifier == "FOGRA39"
        assert intent.RegistryName == "http://www.color.org"
        assert intent.DestOutputProfile.N == 4
        assert intent.DestOutputProfile.read_bytes() == FOGRA39.data


def test_a_profile_that_cannot_be_read_is_an_error(tagged, tmp_path):
    preset = Preset(profile=Profile("FOGRA51", tmp_path / "missing.icc"))
    with pytest.raises(OSError, match="missing"):
        to_press(tagged, preset, **WORDS)
