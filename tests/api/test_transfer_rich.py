"""A campaign in which everything is used: what an export of it holds, and that it comes back."""

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from django.core.management.base import CommandError
from django.test import override_settings
from django.utils import timezone
from PIL import Image as PillowImage
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Locale, Page, Site

from api import images
from api.transfer import exporting
from blog.models import GuestPostPage
from home.models import CampaignImage, CampaignRendition, CampaignSettings, StandardPage
from home.search import find_hits, searched_pages
from postcards.models import CourageCardPage, PostcardPage
from tests import factories
from tests.api.exports import (
    contents,
    differences,
    export,
    picture,
    read,
    spoil,
    stored,
    take_in,
)
from tests.rich import build_rich_campaign, streamed
from tests.standing import standing

pytestmark = pytest.mark.django_db


def build():
    """Build pages of every type, with all that is hard to bring back; return their numbers."""
    pages, _images = build_rich_campaign()
    _impulse, postcard, courage, post, upper, *_others = pages
    transparent = factories.ImageFactory(file=picture((300, 200), "RGBA", "PNG"))
    CampaignSettings.objects.update(
        logo=transparent, claim="Haltung zeigen", publisher_name="Stadt"
    )
    GuestPostPage.objects.filter(pk=post.pk).update(
        seo_title="Für Suchende", social_text="Zum Teilen", source_date=dt.date(2026, 1, 2)
    )
    PostcardPage.objects.filter(pk=postcard.pk).update(card_color="beere", paragraphs="1, 3")
    CourageCardPage.objects.filter(pk=courage.pk).update(card_color="sonne")
    Page.objects.filter(pk=upper.pk).update(expire_at=timezone.now() + dt.timedelta(days=9))
    # A picture whose file is gone.
    lost = factories.ImageFactory(title="Verloren")
    StandardPage.objects.filter(pk=upper.pk).update(teaser_image=lost)
    Path(lost.file.path).unlink()
    # Another language.
    english = Locale.objects.create(language_code="en")
    home = Site.objects.get().root_page.specific
    front = home.copy_for_translation(english)
    front.slug, front.title = "start-en", "Home"
    front.save_revision().publish()
    about = upper.copy_for_translation(english)
    about.body = streamed([("text", f'<p><a linktype="page" id="{upper.pk}">there</a></p>')])
    about.save_revision().publish()
    Redirect.add_redirect("/alt", upper)
    Redirect.add_redirect("/weg", "https://example.org/weg", is_permanent=False)
    return [page.pk for page in pages]


@pytest.fixture(scope="module")
def standing_rich(django_db_setup, django_db_blocker, tmp_path_factory):
    """Keep the campaign for the whole module: where its files are, and its pages' numbers."""
    media = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=media), standing(django_db_blocker):
        yield media, build()


@pytest.fixture(scope="module")
def standing_export(standing_rich, django_db_blocker, tmp_path_factory):
    """Export the standing campaign once; the sizes of pictures that it makes do not stay."""
    folder, media = tmp_path_factory.mktemp("export"), tmp_path_factory.mktemp("sizes")
    shutil.copytree(standing_rich[0], media, dirs_exist_ok=True)
    with override_settings(MEDIA_ROOT=media), standing(django_db_blocker):
        export(folder)
    return folder


@pytest.fixture
def rich(standing_rich, db, settings, own_files_and_empty_cache):
    """Return the numbers of pages of every type, whose files this test has for itself."""
    media, numbers = standing_rich
    shutil.copytree(media, settings.MEDIA_ROOT)
    return numbers


@pytest.fixture
def exported(rich, standing_export, folder):
    """Return a folder with an export of the campaign."""
    return shutil.copytree(standing_export, folder)


@pytest.fixture
def large(rich, monkeypatch):
    """Return a picture that is larger than any size of it; its heights are rounded."""
    monkeypatch.setattr(images, "WIDTHS", (48, 96, 144))  # as 480, 960, 1440, but quick
    image = factories.ImageFactory(
        file=picture((192, 130)),
        title="Groß",
        focal_point_x=33,
        focal_point_y=78,
        focal_point_width=10,
        focal_point_height=4,
        credit="Foto: Presseamt",
        licence="cc0",
        ai_use="assisted",
    )
    GuestPostPage.objects.filter(pk=rich[3]).update(title_image=image)
    return image


def named_files(value):
    """Yield all addresses in JSON that lead to files of the export."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from named_files(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from named_files(inner)
    elif isinstance(value, str) and value.startswith("media/"):
        yield value


def states(folder):
    """Return when and as what each file was written."""
    return {
        path: (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def test_a_round_trip_is_lossless(large, anew, settings, folder):
    export(folder / "first")
    before = stored()
    anew()
    with override_settings(SECRET_KEY="another one"):
        said = take_in(folder / "first")
        assert differences(before, stored()) == []
        export(folder / "second")
    first, second = contents(folder / "first"), contents(folder / "second")
    assert second.keys() == first.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert f"{len(before)} pages" in said


def test_an_imported_page_is_found_by_its_words_and_tags(anew, exported):
    anew()
    take_in(exported)
    pages = searched_pages()
    hits = pages.filter(pk__in=find_hits("Mara Beispiel", pages))
    assert "Ein Gastbeitrag" in hits.values_list("title", flat=True)
    assert searched_pages(tag="rathaus").exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_imported_pages_are_served(client, anew, exported):
    anew()
    take_in(exported)
    for place in read(exported, "tree.json")["items"]:
        assert client.get(place["url"]).status_code == 200, place["url"]


def test_a_picture_comes_back_with_what_is_owed_to_its_maker(large, anew, folder):
    export(folder)
    anew()
    take_in(folder)
    image = CampaignImage.objects.get(title="Groß")
    assert (image.credit, image.licence, image.ai_use) == ("Foto: Presseamt", "cc0", "assisted")
    assert (image.width, image.height) == (144, 97)
    # Of 192 x 130 pixels it was 33 and 78: 17 % and 60 %.
    assert (image.focal_point_x, image.focal_point_y) == (24, 58)
    with PillowImage.open(image.file.path) as picture:
        assert picture.size == (144, 97)


def test_a_partly_transparent_picture_stays_so(anew, exported):
    anew()
    take_in(exported)
    logo = CampaignSettings.objects.get().logo
    with PillowImage.open(logo.file.path) as picture:
        assert picture.mode == "RGBA"


def test_two_exports_are_the_same(rich, folder):
    export(folder / "first")
    export(folder / "second")
    assert contents(folder / "first") == contents(folder / "second")


def test_all_files_that_are_named_are_there_and_no_other(exported):
    named = set()
    for path in exported.rglob("*.json"):
        if path.name != "manifest.json":
            named |= set(named_files(json.loads(path.read_text(encoding="utf-8"))))
    assert named == {name for name in contents(exported) if name.startswith("media/")}
    assert any(name.endswith("a.pdf") for name in named)


def test_no_original_leaves(exported):
    originals = {Path(image.file.path).read_bytes()
                 for image in CampaignImage.objects.exclude(title="Verloren")}  # fmt: skip
    assert not originals & set(contents(exported).values())


def test_a_text_links_documents_by_their_place_in_the_folder(rich, exported):
    page = read(exported, f"pages/{rich[3]}.json")
    file = Document.objects.get()
    assert f'href="media/documents/{file.pk}-{file.filename}"' in page["lead"]["html"]


def test_a_second_run_writes_nothing_but_the_manifest(rich, folder):
    export(folder)
    before = states(folder)
    assert "(1 files written)" in export(folder)
    assert states(folder) == before


def test_an_interrupted_export_is_incomplete_and_goes_on_where_it_stopped(
    rich, standing_export, folder, monkeypatch
):
    real, broken = exporting.whole, max(rich)

    def break_off(page):
        if page.pk == broken:
            raise KeyboardInterrupt
        return real(page)

    monkeypatch.setattr(exporting, "whole", break_off)
    with pytest.raises(KeyboardInterrupt):
        export(folder)
    assert not (folder / "manifest.json").exists()
    done = states(folder)
    assert done
    with pytest.raises(CommandError, match="no complete export"):
        take_in(folder)
    monkeypatch.setattr(exporting, "whole", real)
    export(folder)
    assert contents(folder) == contents(standing_export)
    assert done.items() <= states(folder).items()


def test_deleted_and_spoilt_files_are_made_again_and_old_ones_go(rich, folder):
    export(folder)
    whole = contents(folder)
    names = sorted(whole)
    for name in names[::5]:
        (folder / name).unlink()
    (folder / "tree.json").write_text("{}")
    (folder / "pages/999999.json").write_text("{}")
    (folder / "pages/.abc.part").write_text("{}")
    (folder / "old").mkdir()
    (folder / "format.json").write_bytes(whole["format.json"])
    export(folder)
    assert contents(folder) == whole
    assert not (folder / "old").exists()


def test_an_export_of_texts_makes_no_pictures_and_cannot_be_imported(rich, anew, folder):
    export(folder, "--no-media")
    assert not (folder / "media").exists()
    assert not CampaignRendition.objects.exists()
    anew()
    with pytest.raises(CommandError, match="without pictures"):
        take_in(folder)


@pytest.mark.parametrize("how", ["type", "block", "picture"])
def test_a_page_that_does_not_fit_is_refused_and_named(how, rich, anew, nothing_written, exported):
    pk = rich[3]

    def change(page):
        if how == "type":
            page["type"] = "gallery"
        elif how == "block":
            page["body"][0]["type"] = "carousel"
        else:
            page["teaser_image"]["id"] = 987654

    spoil(f"pages/{pk}.json", change)(exported)
    anew()
    nothing_written(exported, f"pages/{pk}.json cannot be imported")


def test_a_line_tells_of_each_phase(rich, folder):
    lines = export(folder).splitlines()
    counts = read(folder, "manifest.json")["counts"]
    assert [line.rpartition(": ")[2] for line in lines[:3]] == [
        f"{count}/{count}" for count in (counts["pages"], counts["images"], counts["documents"])
    ]
