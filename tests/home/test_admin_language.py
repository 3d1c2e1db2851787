"""The admin speaks German, with "Sie", and English to those who chose it."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.documents.models import Document
from wagtail.models import Collection, Locale, Page, Workflow
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views.report import TranslationsReportView

from api.models import Webhook
from campaign.messages import is_familiar
from home.roles import create_roles
from tests import admin_texts, factories
from tests.sample import build_campaign

pytestmark = [
    pytest.mark.django_db,
    # Add-ons' lists without an order.
    pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results"),
]

#: Keys, names and numbers, and what only scripts are told.
SIGNS = re.compile(
    r"Ctrl \+ .*|[a-z]+\.[a-z]+|Esc|Wagtail v[\d.]+|Artikel \d+a?|\(\d+x\d+\)|\S+\.(jpg|pdf)"
    r"|.*\(Fassung der Quelle vom .*|Startseite \((Deutsch|English)\)|English \("
    r"|Method \"GET\" not allowed\."
)
#: What Wagtail's templates say in English: the button behind the field of a search, which nobody
#: sees.
WAGTAILS = {"Search"}


@pytest.fixture(scope="module")
def views(django_db_setup, django_db_blocker):
    """Visit the whole admin of a campaign that has something of everything."""
    from django.test import Client

    with django_db_blocker.unblock(), transaction.atomic():
        create_roles()
        tree = build_campaign()
        user, client = User.objects.create_superuser("mara"), Client()
        client.force_login(user)
        english = Locale.objects.create(language_code="en")
        factories.ImageFactory(title="Kreisbild")
        Document.objects.create(title="Merkblatt", file=ContentFile(b"x", name="a.pdf"))
        Webhook.objects.create(name="App der Stadt", url="https://93.184.216.34/")
        Redirect.objects.create(old_path="/alt", redirect_page=tree.home)
        Collection.get_first_root_node().add_child(name="Fotos")
        for page in Page.objects.filter(depth__gt=2).specific():
            page.save_revision(user=user)
        source, _is_new = TranslationSource.update_or_create_from_instance(tree.home)
        Translation.objects.create(source=source, target_locale=english).save_target(publish=False)
        SearchPromotion.objects.create(query=Query.get("mut"), page=tree.home)
        card = Page.objects.get(slug="eine-karte").specific
        Workflow.objects.get(name="Freigabe").start(card, user)
        visited = list(admin_texts.crawl(client, user))
        yield visited, admin_texts.content()
        transaction.set_rollback(True)


def said(views, code):
    """Return what the admin says in a language, without what editors wrote → where."""
    visited, content = views
    return {
        text: view.address
        for view in visited
        for text in view.texts.get(code, set()) - content
        if not SIGNS.fullmatch(text)
    }


def test_the_whole_admin_is_reached_and_answers(views):
    visited, _content = views
    # Some only take what a form sends.
    assert not [view.address for view in visited if view.status >= 400 and view.status != 405]
    reached = {view.address.split("/")[2] for view in visited}
    assert reached >= {
        *("account", "collections", "documents", "groups", "images", "locales", "localize"),
        *("pages", "redirects", "reports", "settings", "sites", "snippets", "users", "webhook"),
        *("workflows", "bulk", "choose-page", "choose-external-link"),
    }


#: What a card's print data say without words: figures, standards, fonts, a short address.
FIGURES = re.compile(
    r"([≥≤] )?\d[\d ×,.]* (mm|pt|dpi|%)|PDF/X-\S+( \(PDF 1\.\d\))?|Barlow.*|http:.*/k/.*"
)


def test_nothing_in_the_admin_is_left_in_english(views):
    german, english = said(views, "de"), said(views, "en")
    alike = german.keys() & english.keys() - admin_texts.ALIKE - WAGTAILS
    words = {text: german[text] for text in alike if not FIGURES.fullmatch(text)}
    assert words == {}


def test_words_that_are_excused_are_there(views):
    assert said(views, "de").keys() >= WAGTAILS


def test_the_admin_says_sie(views):
    said_in_german = said(views, "de").items()
    assert {text: place for text, place in said_in_german if is_familiar(text)} == {}


def test_translations_are_listed_in_an_order():
    assert TranslationsReportView().get_queryset().ordered


def test_the_english_admin_shows_german_as_examples_only(views):
    german = re.compile(r"[äöüÄÖÜß„]|\b(der|die|das|und|nicht|Seite|wählen|Sie)\b")
    shown = {
        text: place
        for text, place in said(views, "en").items()
        if german.search(without_examples(text, views[1]))
    }
    assert shown == {}


def without_examples(text, content):
    """Return a text without what it quotes, and without the names of things that it is about."""
    for name in sorted(content, key=len, reverse=True):
        text = text.replace(name, "")
    return re.sub("“[^”]*”", "", text)
