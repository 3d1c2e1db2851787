"""What editors type into pages is typeset when it is saved; the law, names and code are not."""

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.blocks import HomeBodyBlock
from home.models import Article, CampaignPage, HomePage, StandardPage
from home.search import find_hits, searched_pages
from home.slugs import german_slug
from home.typed_texts import typeset_page, typeset_raw
from impulses.models import ImpulsePage
from postcards.models import PostcardPage
from tests import factories

TYPED, SET = 'Ein "Wort" - z. B. Art. 1', "Ein „Wort“ – z.\u00a0B. Art.\u00a01"
PAGE_TYPES = [model for model in apps.get_models() if issubclass(model, CampaignPage)]
#: What nobody types, or what is no text.
NO_TEXTS = (models.SlugField, models.URLField, models.EmailField)
#: The law's wording, and names.
KEPT = {
    HomePage: {"hero_sentence"},
    PostcardPage: {"headline", "paragraphs", "credit"},
    ImpulsePage: {"contact_name", "contact_phone"},
}


def typed_fields(model):
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, (*NO_TEXTS, StreamField))
        and field.editable
        and not field.choices
    ]


def german():
    return Locale.objects.get(language_code="de")


@pytest.mark.parametrize("model", PAGE_TYPES)
def test_every_text_field_is_set_but_for_the_law_and_names(db, model):
    fields = {field.name: isinstance(field, RichTextField) for field in typed_fields(model)}
    page = model(locale=german(), **dict.fromkeys(fields, TYPED), draft_title=TYPED)
    typeset_page(page)
    kept = KEPT.get(model, set())
    assert {"title", "search_description"} <= fields.keys()
    assert {name: getattr(page, name) for name in fields} == {
        name: TYPED if name in kept else SET for name in fields
    }
    assert page.draft_title == SET


@pytest.mark.parametrize("model", PAGE_TYPES)
def test_what_quotes_the_law_keeps_its_letters(db, article, model):
    page = model(locale=german())
    for name in ("article", "hero_article"):
        if hasattr(model, name):
            setattr(page, name, article("1"))
    for name in page.as_typed:
        setattr(page, name, TYPED)
    assert {quote.field for quote in page.law_quotes()} <= page.as_typed


def filled(block):  # noqa: PLR0911 -- one a kind of block
    """Return a stored value of a block with a typed text wherever it takes one."""
    match block:
        case blocks.BaseStreamBlock():
            return [
                {"type": name, "value": filled(child), "id": name}
                for name, child in block.child_blocks.items()
            ]
        case blocks.ListBlock():
            return [{"type": "item", "id": "1", "value": filled(block.child_block)}]
        case blocks.BaseStructBlock():
            return {name: filled(child) for name, child in block.child_blocks.items()}
        case TypedTableBlock():
            return {
                "columns": [{"type": "text", "heading": TYPED}],
                "rows": [{"values": [TYPED]}],
                "caption": TYPED,
            }
        case blocks.ChooserBlock() | blocks.BooleanBlock() | blocks.IntegerBlock():
            return None
        case blocks.ChoiceBlock():
            return next(value for value, _label in block.field.choices if value)
        case blocks.RichTextBlock():
            return f'<p>{TYPED} <a href="https://x.example/?a=1 - 2">hier</a></p>'
        case blocks.EmailBlock() | blocks.URLBlock():
            return f'https://x.example/"{TYPED}"'
    return TYPED


def leaves(value, path=""):
    if isinstance(value, dict):
        for name, item in value.items():
            yield from leaves(item, f"{path}.{name}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            place = item.get("type", number) if isinstance(item, dict) else number
            yield from leaves(item, f"{path}.{place}")
    else:
        yield path, value


NAMES = {
    ".quote.value.name",
    ".contact.value.name",
    ".contact.value.phone",
    ".teasers.value.tag",
}


def test_every_text_of_every_block_is_set_but_for_names_and_addresses():
    block = HomeBodyBlock()
    typed = dict(leaves(filled(block)))
    written = dict(leaves(typeset_raw(block, filled(block))))
    texts = {path for path, value in typed.items() if value and TYPED in str(value)}
    kept = NAMES | {path for path in texts if path.endswith((".url", ".email"))}
    assert len(texts - kept) > 40
    assert written == {
        path: value.replace(TYPED, SET) if path in texts - kept else value
        for path, value in typed.items()
    }


def test_bare_items_of_old_lists_are_set_too():
    block = blocks.ListBlock(blocks.CharBlock())
    assert typeset_raw(block, [TYPED]) == [SET]


@pytest.mark.parametrize(("code", "title"), [("de", SET), ("de-simple", SET), ("en", TYPED)])
def test_german_is_set_in_german_only(home, code, title):
    locale, _new = Locale.objects.get_or_create(language_code=code)
    root = home if code == "de" else home.copy_for_translation(locale)
    page = factories.StandardPageFactory(parent=root, title=TYPED, slug="wort", locale=locale)
    assert Page.objects.get(pk=page.pk).title == title


@pytest.mark.parametrize("live", [True, False])
def test_pages_that_code_saves_are_set_and_keep_the_typed_titles_slug(home, live):
    body = [{"type": "quote", "value": {"text": TYPED, "name": "Mara"}}]
    page = home.add_child(
        instance=StandardPage(title=TYPED, live=live, body=body, introduction=TYPED)
    )
    page = StandardPage.objects.get(pk=page.pk)
    assert (page.title, page.draft_title, page.slug) == (SET, SET, german_slug(TYPED))
    assert page.introduction == page.body[0].value["text"] == SET


def test_the_law_keeps_its_letters_wherever_a_page_quotes_it(home):
    law = (
        "Maßnahmen nach den Artikeln 12a, 35 Abs. 2 und 3, Artikel 87a Abs. 4 und Artikel 91 "
        "dürfen sich nicht gegen Arbeitskämpfe richten, die zur Wahrung und Förderung der "
        "Arbeits- und Wirtschaftsbedingungen von Vereinigungen im Sinne des Satzes 1 geführt werden"
    )
    assert law in "".join(article.wording for article in Article.objects.all())
    body = [
        {"type": "quote", "value": {"text": f"{law}.", "name": "Art. 9"}},
        {"type": "text", "value": f'<p>Art. 9 sagt: "<b>Maßnahmen</b>{law[9:]}."</p><p>{law}.</p>'},
        {"type": "text", "value": f"<p>Hier: [...] {' '.join(law.split()[3:14])} [...]</p>"},
    ]
    page = home.add_child(instance=StandardPage(title="Streik", body=body, introduction=law))
    page = StandardPage.objects.get(pk=page.pk)
    quote, text, part = page.body.raw_data
    assert (page.introduction, quote["value"]["text"]) == (law, f"{law}.")
    assert text["value"] == (f"<p>Art.\u00a09 sagt: „<b>Maßnahmen</b>{law[9:]}.“</p><p>{law}.</p>")
    assert part["value"] == body[2]["value"]


def test_a_change_in_a_block_is_not_lost(home):
    body = [{"type": "quote", "value": {"text": "Alt", "name": "Mara"}}]
    page = home.add_child(instance=StandardPage(title="Zitat", body=body))
    page = StandardPage.objects.get(pk=page.pk)
    assert list(page.body.raw_data)
    page.body[0].value["text"] = TYPED
    page.save()
    assert StandardPage.objects.get(pk=page.pk).body[0].value["text"] == SET


def test_a_draft_is_set_when_an_editor_saves_it(home, admin_client):
    page = factories.StandardPageFactory(parent=home, title="Seite")
    block = ("text", rich_text(f"<p>{TYPED} <b>&quot;fett&quot;</b></p>"))
    data = nested_form_data(
        {
            "title": TYPED,
            "slug": "seite",
            "introduction": TYPED,
            "body": streamfield([block, ("heading", {"text": TYPED, "level": "h2"})]),
            "article_links": inline_formset([]),
            "comments": inline_formset([]),
            "licence": "cc-by-4.0",
            "ai_use": "none",
        }
    )
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert admin_client.post(address, data).status_code == 302
    draft = StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    text, heading = draft.body
    assert draft.title == draft.draft_title == draft.introduction == heading.value["text"] == SET
    assert SET in text.value.source
    assert "<b>„fett“</b>" in text.value.source
    form = admin_client.get(address).content.decode()
    assert f'value="{SET}"' in form
    first = draft.latest_revision.content
    draft.save_revision()
    again = StandardPage.objects.get(pk=page.pk).latest_revision.content
    assert again["title"] == first["title"]
    assert again["body"] == first["body"]


def test_a_text_that_would_become_too_long_stays_as_it_is(home):
    title = f"{'x' * 250} z.B."
    assert len(title) == 255
    page = home.add_child(instance=StandardPage(title=title, slug="lang"))
    assert page.title == title


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("Art. 7 schützt", "Art. 7"),
        ("Art. 7 schützt", "Art. 7 schützt"),
        ('Die "Würde" zählt', '"Würde"'),
        ("Mut - und Haltung", "Mut Haltung"),
        ("Am 4. März 2025", "4. März"),
        ("Bericht 2019-2024", "2019-2024"),
        ("Viele, z.B. Sportvereine", "Sportvereine"),
        ("Mehr als 38 % dabei", "38 %"),
    ],
)
def test_a_set_title_is_found_by_what_was_typed(home, typed, query):
    factories.StandardPageFactory(parent=home, title="Anderes", slug="anderes")
    page = factories.StandardPageFactory(parent=home, title=typed, slug="wort")
    assert page.title != typed
    assert find_hits(query, searched_pages("de")) == [page.pk]
