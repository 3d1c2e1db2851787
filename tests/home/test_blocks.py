"""Blocks explain themselves to editors, ask for what readers need, and survive what is gone."""

import re
from inspect import getmodule

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from wagtail import blocks
from wagtail.admin.telepath import registry
from wagtail.documents.models import Document
from wagtail.embeds.blocks import EmbedBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from blog.models import GuestPostPage
from home.blocks import BodyBlock, HomeBodyBlock
from tests import factories
from tests.sample import build_campaign

PLAIN_TEXT_FEATURES = {"bold", "italic", "ol", "ul", "link", "document-link"}


# --- Every block there is -----------------------------------------------------------------------


def children(block):
    """Return the blocks right inside of `block`, by name; a list's only one is called "*"."""
    if isinstance(block, blocks.ListBlock):
        return {"*": block.child_block}
    return getattr(block, "child_blocks", {})


def walk(block, path):
    """Yield every block inside of `block`, however deep, with its path."""
    for name, child in children(block).items():
        yield f"{path}.{name}", child
        yield from walk(child, f"{path}.{name}")


def own_fields(kind):
    """Return the fields of this kind on our own models."""
    models = (model for model in apps.get_models() if not model.__module__.startswith("wagtail"))
    return {
        f"{model.__name__}.{field.name}": field
        for model in models
        for field in model._meta.get_fields()
        if isinstance(field, kind)
    }


FIELDS = own_fields(StreamField)
STREAMS = {type(f.stream_block).__name__: f.stream_block for f in FIELDS.values()}
del STREAMS["BodyBlock"]  # the home page's holds all of it
TOP = {
    f"{stream}.{name}": block
    for stream, root in STREAMS.items()
    for name, block in root.child_blocks.items()
}
EVERY = dict(pair for stream, root in STREAMS.items() for pair in walk(root, stream))
# Where there is but one block, the admin adds it at once; where there are several it lets choose.
CHOICES = {
    path: block
    for path, block in TOP.items()
    if len(STREAMS[path.rpartition(".")[0]].child_blocks) > 1
}
BODY, HOME_BODY = BodyBlock().child_blocks, HomeBodyBlock().child_blocks


def each(named):
    return pytest.mark.parametrize("block", named.values(), ids=named.keys())


def test_the_walk_meets_the_blocks_of_all_streams():
    assert FIELDS.keys() >= {
        "HomePage.body",
        "StandardPage.body",
        "ImpulsePage.body",
        "ImpulsePage.steps",
        "PostcardPage.body",
        "GuestPostPage.body",
        "Author.links",
        "CampaignSettings.social_profiles",
    }
    assert "HomeBodyBlock.gallery.pictures.*.alt_text" in EVERY
    assert "HomeBodyBlock.table.table.text" in EVERY


@each(EVERY)
def test_every_block_has_a_label_to_translate(block):
    # tests/campaign/test_messages.py holds that everything marked is translated.
    assert isinstance(block.label, Promise)
    assert str(block.label)


@each(EVERY)
def test_no_block_takes_raw_html_or_anything_from_elsewhere(block):
    assert not isinstance(block, blocks.RawHTMLBlock | EmbedBlock)


TEXTS = {path: block for path, block in EVERY.items() if isinstance(block, blocks.RichTextBlock)}


@each(TEXTS | own_fields(RichTextField))
def test_texts_offer_no_headings_pictures_or_embeds(block):
    assert block.features
    assert set(block.features) <= PLAIN_TEXT_FEATURES


@each(TOP)
def test_every_block_of_a_stream_has_an_icon_of_its_own(block, icons):
    assert block.meta.icon in icons - {"placeholder"}


@each(CHOICES)
def test_every_block_to_choose_has_a_group_and_a_description(block):
    assert isinstance(block.meta.group, Promise)
    assert isinstance(block.get_description(), Promise)
    assert len(str(block.get_description())) > 10


@each(TOP)
def test_every_block_of_a_stream_tells_in_its_form_what_to_mind(block):
    *_start, options = registry.find_adapter(type(block)).js_args(block)
    assert isinstance(options["helpText"], Promise)
    assert len(str(options["helpText"])) > 10
    assert str(options["helpText"]) != str(getattr(block.meta, "description", ""))


def test_a_list_says_once_what_holds_for_each_of_its_blocks():
    for items in (BODY["gallery"].child_blocks["pictures"], BODY["steps"].child_blocks["items"]):
        assert not items.child_block.meta.help_text


# --- Previews -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def standing_library(django_db_setup, django_db_blocker):
    """Keep pages of every type, a picture and a document for the whole module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_campaign()
        transaction.set_rollback(True)


@pytest.fixture
def library(standing_library, db):
    """Return the page tree of the library, with a picture and a document made anew."""
    factories.ImageFactory()
    factories.VideoFactory()
    document("Leitfaden.pdf")
    factories.RotaEntryFactory(start=timezone.localdate(), end=timezone.localdate())
    return standing_library


def document(name, size=1_234_567):
    return Document.objects.create(title="Leitfaden", file=ContentFile(b"x" * size, name=name))


def preview(client, block):
    """Return what is inside of `<main>` in the block's preview."""
    assert block.is_previewable
    address = reverse("wagtailadmin_block_preview")
    response = client.get(address, {"id": block.definition_prefix})
    assert response.status_code == 200
    assert "wagtailcore/shared/block_preview.html" in [t.name for t in response.templates]
    text = response.content.decode()
    assert "css/campaign.css" in text
    return text.partition("<main")[2].partition(">")[2].partition("</main>")[0].strip()


@each(CHOICES)
def test_every_block_to_choose_has_a_preview_in_the_campaigns_look(library, admin_client, block):
    assert "<" in preview(admin_client, block)


@each(HOME_BODY)
def test_previews_need_nothing_to_be_there(db, admin_client, block):
    preview(admin_client, block)


# --- What a block shows -------------------------------------------------------------------------


def shown(name, value):
    """Return a block of a body as the public sees it."""
    block = BODY[name]
    return block.render(block.normalize(block.to_python(value)))


def test_a_result_says_what_the_example_shows(db):
    html = shown("result", {"text": "<p>80 Menschen.</p>", "shows": "<p>Es geht.</p>"})
    assert "Dieses Beispiel zeigt" in html
    assert "80 Menschen." in html
    assert html.index("Dieses Beispiel zeigt") < html.index("Es geht.")


def table(headings=("Jahr", "Zahl"), rows=(("1949", "146"),)):
    columns = [{"type": "text", "heading": heading} for heading in headings]
    return {"columns": columns, "rows": [{"values": list(row)} for row in rows], "caption": ""}


@pytest.mark.parametrize(("row_headers", "first"), [(True, "th scope=row"), (False, "td")])
def test_a_table_has_a_caption_and_header_cells(db, row_headers, first):
    html = shown("table", {"caption": "Zahlen", "row_headers": row_headers, "table": table()})
    html = html.replace('"', "")
    assert "Zahlen</caption>" in html
    assert html.count("<th scope=col>") == 2
    assert f"<{first}>1949" in html
    assert "<td>146" in html


def test_a_caption_in_wagtails_own_field_is_taken_over_and_none_is_lost(db):
    block = BodyBlock().child_blocks["table"]
    inner = table() | {"caption": "Innen"}
    for outer, captions in (("", ("Innen", "")), ("Außen", ("Außen", "Innen"))):
        value = block.clean(block.to_python({"caption": outer, "table": inner}))
        assert (value["caption"], value["table"].caption) == captions


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [("a.pdf", 1_234_567, "(PDF, 1,2\u00a0MB)"), ("b.docx", 2_048, "(DOCX, 2,0\u00a0KB)")],
)
def test_a_download_says_type_and_size(db, name, size, words):
    file = document(name, size)
    html = shown("download", {"document": file.pk, "title": "", "text": ""})
    assert words in html
    assert f'href="{file.url}"' in html


def test_a_download_whose_file_is_missing_stands_without_its_size(db):
    file = document("a.pdf")
    file.file.storage.delete(file.file.name)
    Document.objects.update(file_size=None)
    assert "(PDF)" in shown("download", {"document": file.pk, "title": "", "text": ""})


@pytest.mark.parametrize(
    ("value", "alt"),
    [
        ({"alt_text": "Ein Kreis", "decorative": False}, 'alt="Ein Kreis"'),
        ({"alt_text": "", "decorative": True}, 'alt=""'),
    ],
)
def test_a_picture_has_the_words_that_its_editor_gave_it(db, value, alt):
    picture = {"image": factories.ImageFactory().pk, "caption": "", **value}
    assert alt in shown("picture", picture)
    assert shown("gallery", {"pictures": [picture, picture]}).count(alt) == 2


def steps(title):
    step = {"title": "Schritt", "text": ""}
    return {"type": "steps", "value": {"title": title, "items": [step]}}


def heading(level):
    return {"type": "heading", "value": {"text": "Abschnitt", "level": level}}


@pytest.mark.parametrize(
    ("body", "levels"),
    [
        ([steps("")], "2"),
        ([steps("So geht es")], "23"),
        ([heading("h2"), steps("")], "23"),
        ([heading("h3"), heading("h3")], "23"),
        ([heading("h2"), heading("h3"), steps("")], "233"),
        ([steps(""), heading("h3"), steps("")], "223"),
        ([steps("So geht es"), steps(""), heading("h2")], "2332"),
    ],
)
def test_an_outline_skips_no_level(db, body, levels):
    block = BodyBlock()
    html = block.render(block.to_python(body))
    assert "".join(re.findall(r"<h(\d)", html)) == levels


# --- What a block asks for ----------------------------------------------------------------------

RULES = {
    "picture: described": ("picture", {"alt_text": "Ein Kreis"}, None),
    "picture: decorative": ("picture", {"decorative": True}, None),
    "picture: neither": ("picture", {}, "alt_text"),
    "picture: both": ("picture", {"alt_text": "Ein Kreis", "decorative": True}, "alt_text"),
    "picture: blanks are no description": ("picture", {"alt_text": "  "}, "alt_text"),
    "table: whole": ("table", {"caption": "Zahlen", "table": table()}, None),
    "table: no caption": ("table", {"caption": "", "table": table()}, "caption"),
    "table: no columns": ("table", {"caption": "Zahlen", "table": table((), ())}, "table"),
    "table: a column without heading": (
        "table",
        {"caption": "Zahlen", "table": table(("Jahr", ""))},
        "table",
    ),
    "video: whole": ("video", {}, None),
    "video: no transcript": ("video", {"transcript": ""}, "transcript"),
    "video: blanks are no transcript": ("video", {"transcript": "<p>&nbsp; </p>"}, "transcript"),
    "video: no captions": ("video", {"video": "without captions"}, "video"),
    "video: no captions, but silent": ("video", {"video": "silent"}, None),
    "video: no video": ("video", {"video": None}, "video"),
    "teasers: latest": ("teasers", {"source": "latest"}, "section"),
    "teasers: picked": ("teasers", {"source": "picked"}, "pages"),
    "teasers: tag": ("teasers", {"source": "tag", "tag": ""}, "tag"),
    "teasers: a tag": ("teasers", {"source": "tag", "tag": "Mut"}, None),
    **{
        f"{name}: {label}": (name, value, error)
        for name in ("call_to_action", "links")
        for label, value, error in (
            ("address", {"url": "https://example.org/"}, None),
            ("page", {"page": "here"}, None),
            ("neither", {}, "page"),
            ("both", {"url": "https://example.org/", "page": "here"}, "page"),
            ("script", {"url": "javascript:alert(1)"}, "url"),
        )
    },
}
VIDEOS = {
    "without captions": {"captions": "", "silent": False},
    "silent": {"captions": "", "silent": True},
}
REST = {
    "video": lambda: {
        "title": "",
        "poster": None,
        "transcript": "<p>Guten Tag.</p>",
        "video": factories.VideoFactory().pk,
    },
    "picture": lambda: {"image": factories.ImageFactory().pk, "caption": ""},
    "table": lambda: {"row_headers": True},
    "teasers": lambda: {"title": "Neues", "count": 3, "pages": []},
    "links": lambda: {"title": "Mehr", "text": ""},
    "call_to_action": lambda: {"title": "Los", "text": "", "label": "Hier"},
}


def ruled_block(name):
    return BODY["links"].child_blocks["items"].child_block if name == "links" else HOME_BODY[name]


@pytest.mark.parametrize(("name", "value", "error"), RULES.values(), ids=RULES.keys())
def test_a_block_is_refused_at_the_field_that_lacks_something(home, name, value, error):
    if value.get("page"):
        value = value | {"page": home.pk}
    if value.get("video"):
        value = value | {"video": factories.VideoFactory(**VIDEOS[value["video"]]).pk}
    block = ruled_block(name)
    ready = block.normalize(block.to_python(REST[name]() | value))
    if error is None:
        block.clean(ready)
        return
    with pytest.raises(blocks.StructBlockValidationError) as caught:
        block.clean(ready)
    assert set(caught.value.block_errors) == {error}


def test_every_rule_of_a_block_is_tested_here():
    modules = {getmodule(BodyBlock).__package__, "blog.blocks"}
    ours = {
        type(block)
        for block in EVERY.values()
        if type(block).clean.__module__.startswith(tuple(modules))
    }
    assert ours == {type(ruled_block(name)) for name, _value, _error in RULES.values()}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("gallery", {"title": "", "pictures": []}),
        ("postcards", {"cards": []}),
        ("theses", {"title": "", "items": []}),
        ("steps", {"title": "", "items": []}),
        ("facts", {"title": "", "items": []}),
        ("facts", {"title": "", "items": [{"figure": "1", "label": "Mensch"}] * 7}),
        ("accordion", {"items": []}),
        ("timeline", {"title": "", "items": []}),
        ("links", {"title": "", "items": []}),
        ("logos", {"title": "", "items": []}),
    ],
)
def test_lists_are_neither_empty_nor_endless(db, name, value):
    block = BODY[name]
    with pytest.raises(ValidationError):
        block.clean(block.normalize(block.to_python(value)))


def test_the_rota_is_shown_once(db):
    block = HomeBodyBlock()
    rota = {"type": "rota_now", "value": {"title": "Gerade dran"}}
    block.clean(block.to_python([rota]))
    with pytest.raises(ValidationError):
        block.clean(block.to_python([rota, rota]))


# --- What is gone -------------------------------------------------------------------------------


class Gone:
    """Things that a block names, and that are gone or withdrawn before anybody reads it."""

    def __init__(self, tree):
        self.tree, self.before = tree, []

    def image(self):
        return self._later(factories.ImageFactory(), lambda thing: thing.delete())

    def document(self):
        return self._later(document("weg.pdf"), lambda thing: thing.delete())

    def page(self, factory, parent, end):
        page = factory(parent=parent, title="Geht bald")
        return self._later(page, lambda page: end(page.specific_class.objects.get(pk=page.pk)))

    def _later(self, thing, end):
        self.before.append((thing, end))
        return thing.pk

    def happen(self):
        for thing, end in self.before:
            end(thing)


PAGE_ENDS = {"deleted": lambda page: page.delete(), "unpublished": lambda page: page.unpublish()}
PICTURE = {"decorative": True, "alt_text": "", "caption": "Noch da"}
NAMING = {
    "picture": lambda gone, _end: ("picture", PICTURE | {"image": gone.image()}),
    "gallery": lambda gone, _end: (
        "gallery",
        {"title": "Noch da", "pictures": [PICTURE | {"image": gone.image()} for _ in range(2)]},
    ),
    "contact": lambda gone, _end: ("contact", {"name": "Noch da", "portrait": gone.image()}),
    "logos": lambda gone, _end: ("logos", {"items": [{"image": gone.image(), "name": "Logo"}]}),
    "download": lambda gone, _end: ("download", {"document": gone.document()}),
    "document link": lambda gone, _end: (
        "text",
        f'<p><a linktype="document" id="{gone.document()}">Noch da</a></p>',
    ),
    "page link": lambda gone, end: (
        "text",
        f'<p><a linktype="page" id="{gone.page(*impulse(gone), end)}">Noch da</a></p>',
    ),
    "postcards": lambda gone, end: (
        "postcards",
        {"cards": [gone.page(factories.PostcardPageFactory, gone.tree.postcards, end)]},
    ),
    "courage_card": lambda gone, end: (
        "courage_card",
        {"card": gone.page(factories.CourageCardPageFactory, gone.tree.courage, end)},
    ),
    "links": lambda gone, end: (
        "links",
        {"items": [{"title": "Weg", "page": gone.page(*impulse(gone), end)}]},
    ),
    "call_to_action": lambda gone, end: (
        "call_to_action",
        {"title": "Noch da", "label": "Weg", "page": gone.page(*impulse(gone), end)},
    ),
    "block that the software no longer has": lambda gone, _end: ("fruehling", {"text": "Weg"}),
}
NAMING_AT_HOME = {
    "teasers, picked": lambda gone, end: teasers(pages=[gone.page(*impulse(gone), end)]),
    "teasers, latest": lambda gone, end: teasers(
        source="latest", section=gone.page(*page(gone), end)
    ),
    "wall": lambda gone, end: (
        "postcard_wall",
        {"section": gone.page(factories.PostcardIndexPageFactory, gone.tree.home, end)},
    ),
    "courage": lambda gone, end: (
        "courage_today",
        {"section": gone.page(factories.CourageCardIndexPageFactory, gone.tree.home, end)},
    ),
}


def impulse(gone):
    return factories.ImpulsePageFactory, gone.tree.impulses


def page(gone):
    return factories.StandardPageFactory, gone.tree.home


def teasers(**value):
    return "teasers", {"title": "Neues", "source": "picked", "count": 3, "tag": ""} | value


@pytest.mark.parametrize("end", PAGE_ENDS.values(), ids=PAGE_ENDS.keys())
@pytest.mark.parametrize("naming", (NAMING | NAMING_AT_HOME).values(), ids=NAMING | NAMING_AT_HOME)
def test_a_page_outlives_what_its_blocks_name(library, client, admin_client, naming, end):
    gone, place = Gone(library), library.home
    if naming in NAMING.values():
        place = factories.StandardPageFactory(parent=library.home, title="Ort", slug="ort")
    name, value = naming(gone, end)
    place.body = [{"type": name, "value": value}]
    place.save()
    gone.happen()

    answer = client.get(place.get_url())

    assert answer.status_code == 200
    assert 'href=""' not in answer.content.decode()
    assert admin_client.get(reverse("wagtailadmin_pages:edit", args=[place.pk])).status_code == 200


def test_a_page_outlives_the_pictures_of_its_own_fields(library, client):
    image = factories.ImageFactory()
    author = factories.AuthorFactory(portrait=image)
    post = factories.GuestPostPageFactory(
        parent=library.blog, authors=[author], title_image=image, teaser_image=image
    )
    image.delete()
    for address in (post.get_url(), library.blog.get_url(), f"{library.blog.get_url()}feed/"):
        assert client.get(address).status_code == 200
    assert GuestPostPage.objects.get(pk=post.pk).title_image is None
    assert Page.objects.filter(pk=post.pk).exists()
