"""A translation is a text of its own: nothing goes live before somebody has written it."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from wagtail.models import (
    GroupApprovalTask,
    Locale,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail_localize.models import LocaleSynchronization

from home.models import Article, HomePage, StandardPage
from home.versions import copied_from
from home.visibility import is_visible, visible_pages
from tests import factories

pytestmark = pytest.mark.usefixtures("standing_tree")

GERMAN, EASY = "Die Würde ist unantastbar.", "Jeder Mensch ist wertvoll."
NOT_UNLESS_WRITTEN = "Wort für Wort"


@pytest.fixture
def simple(db):
    """Return Leichte Sprache as a language of the installation."""
    return Locale.objects.create(language_code="de-simple")


@pytest.fixture
def simple_home(home, simple):
    """Return the home page in Leichte Sprache, public with words of its own."""
    home.introduction, home.claim = GERMAN, "Haltung"
    home.save_revision().publish()
    page = home.copy_for_translation(simple)
    page.title, page.introduction = "Start", EASY
    page.save_revision().publish()
    return HomePage.objects.get(pk=page.pk)


@pytest.fixture
def about(home):
    page = factories.StandardPageFactory(
        parent=home, title="Über uns", slug="ueber-uns", introduction=GERMAN
    )
    factories.StandardPageFactory(
        parent=page, title="Team", slug="team", introduction=GERMAN, show_in_menus=True
    )
    return StandardPage.objects.get(pk=page.pk)


def in_simple(page):
    """Return the page's version in Leichte Sprache as it is now."""
    return Page.objects.get(
        translation_key=page.translation_key, locale__language_code="de-simple"
    ).specific


def submit(client, page, locale, **values):
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    response = client.post(address, {"locales": [locale.pk], **values})
    assert response.status_code == 302
    return response


def form_of(page, **values):
    return nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "introduction": page.introduction,
            "body": streamfield([]),
            "article_links": inline_formset([]),
            "comments": inline_formset([]),
            "licence": "cc-by-4.0",
            "ai_use": "none",
        }
        | values
    )


def send(client, page, **values):
    return client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(page, **values), follow=True
    )


def nobody_sees(client, page):
    """Tell whether a page is kept from everybody, by its address as well as in every list."""
    return not is_visible(page) and client.get(page.get_url()).status_code == 404


# --- Every way to a translation -----------------------------------------------------------------


def by_one_page(client, page, locale):
    submit(client, page, locale)


def with_subtree(client, page, locale):
    submit(client, page, locale, include_subtree="on")


def by_sync(client, page, locale):
    LocaleSynchronization.objects.create(locale=locale, sync_from=page.locale).sync_trees()


def by_settings(client, page, locale):
    address = reverse("wagtaillocales:edit", args=[locale.pk])
    data = {"language_code": "de-simple"}
    data |= {
        "component-wagtail_localize_localesynchronization-enabled": "on",
        "component-wagtail_localize_localesynchronization-sync_from": page.locale_id,
    }
    assert client.post(address, data).status_code == 302
    assert LocaleSynchronization.objects.exists()


def by_sync_then_translate(client, page, locale):
    by_sync(client, page, locale)
    submit(client, page, locale)


def by_sync_then_detach(client, page, locale):
    by_sync(client, page, locale)
    address = reverse("wagtailadmin_pages:convert_alias", args=[in_simple(page).pk])
    assert client.post(address).status_code == 302


def then_source_published(client, page, locale):
    submit(client, page, locale)
    page.refresh_from_db()
    page.introduction = f"{GERMAN} Neu."
    page.save_revision().publish()


def then_synced_and_source_published(client, page, locale):
    by_sync(client, page, locale)
    page.refresh_from_db()
    page.save_revision().publish()


def then_synced_again(client, page, locale):
    submit(client, page, locale)
    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[in_simple(page).pk]),
        {"localize-restart-translation": "1"},
    )
    assert response.status_code == 302
    source = page.get_translation_source() if hasattr(page, "get_translation_source") else None
    assert source is None or not source.translations.filter(enabled=True).exists()


def turned_into_alias(client, page, locale):
    submit(client, page, locale)
    address = reverse("wagtail_localize:convert_to_alias", args=[in_simple(page).pk])
    assert client.post(address).status_code == 302


WAYS = [
    by_one_page,
    with_subtree,
    by_sync,
    by_settings,
    by_sync_then_translate,
    by_sync_then_detach,
    then_source_published,
    then_synced_and_source_published,
    then_synced_again,
    turned_into_alias,
]


@pytest.mark.parametrize("way", WAYS)
def test_nothing_goes_live_untranslated(admin_client, client, about, simple_home, simple, way):
    way(admin_client, about, simple)
    made = visible_pages().filter(locale=simple)
    assert [page.pk for page in made] == [simple_home.pk]
    for page in Page.objects.filter(locale=simple).exclude(pk=simple_home.pk):
        assert nobody_sees(client, page), page
    for address in ("/de-simple/", "/de-simple/suche/?q=Würde", "/sitemap.xml", "/api/v1/pages"):
        text = client.get(address).content.decode()
        assert "/de-simple/ueber-uns/" not in text, address
    german = client.get("/ueber-uns/").content.decode()
    assert 'hreflang="x-default"' not in german
    assert 'href="/de-simple/"' in german


@pytest.mark.parametrize("way", WAYS)
def test_an_untranslated_home_page_opens_no_language(admin_client, client, home, simple, way):
    home.introduction, home.claim = GERMAN, "Haltung"
    home.save_revision().publish()
    way(admin_client, home, simple)
    for address in ("/de-simple/", "/de-simple/suche/"):
        assert client.get(address).status_code == 404
    assert "de-simple" not in client.get("/").content.decode()


def test_a_new_page_of_a_synced_tree_is_not_public(admin_client, client, home, simple_home, simple):
    LocaleSynchronization.objects.create(locale=simple, sync_from=home.locale)
    draft = StandardPage(title="Neu", slug="neu", introduction=GERMAN)
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])
    data = form_of(draft) | {"action-publish": "1"}
    assert admin_client.post(address, data).status_code == 302
    assert client.get("/neu/").status_code == 200
    assert nobody_sees(client, in_simple(StandardPage.objects.get(slug="neu", locale=home.locale)))


def test_what_lies_below_an_untranslated_page_waits(
    admin_client, client, about, simple_home, simple
):
    team = about.get_children().get().specific
    submit(admin_client, team, simple)
    page = in_simple(team)
    said = send(admin_client, page, introduction=EASY, **{"action-publish": "1"})
    assert "Über uns" in said.content.decode()
    assert Page.objects.get(pk=page.pk).live
    assert nobody_sees(client, page)


# --- Publishing ---------------------------------------------------------------------------------


@pytest.fixture
def draft(admin_client, about, simple_home, simple):
    """Return a translation that nobody has written yet."""
    submit(admin_client, about, simple)
    page = in_simple(about)
    assert not page.live
    return page


@pytest.mark.parametrize("button", ["action-publish", "action-submit"])
def test_an_editor_cannot_publish_another_languages_text(admin_client, client, draft, button):
    said = send(admin_client, draft, title="Über uns, leicht", **{button: "1"})
    assert NOT_UNLESS_WRITTEN in said.content.decode()
    draft.refresh_from_db()
    assert not draft.live
    assert draft.current_workflow_state is None


def test_it_stays_another_languages_text_when_that_one_has_changed(
    admin_client, client, draft, about
):
    about.introduction = EASY
    about.save_revision().publish()
    send(admin_client, draft)
    said = send(admin_client, draft, **{"action-publish": "1"})
    assert NOT_UNLESS_WRITTEN in said.content.decode()
    assert nobody_sees(client, draft)


def test_what_was_public_may_be_public_again(admin_client, client, draft):
    send(admin_client, draft, introduction=EASY, **{"action-publish": "1"})
    draft.refresh_from_db()
    draft.unpublish()
    send(admin_client, draft, introduction=EASY, **{"action-publish": "1"})
    assert client.get("/de-simple/ueber-uns/").status_code == 200


def test_an_editor_may_save_it_as_a_draft(admin_client, draft):
    said = send(admin_client, draft)
    assert NOT_UNLESS_WRITTEN not in said.content.decode()


def test_what_was_written_goes_live(admin_client, client, draft):
    send(admin_client, draft, introduction=EASY, **{"action-publish": "1"})
    answer = client.get("/de-simple/ueber-uns/")
    assert answer.status_code == 200
    assert EASY in answer.content.decode()


def test_publishing_many_at_once_leaves_them_out(admin_client, client, draft):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    said = admin_client.post(f"{address}?id={draft.pk}&next=/admin/pages/", {}, follow=True)
    assert NOT_UNLESS_WRITTEN in said.content.decode()
    assert nobody_sees(client, draft)


def test_publishing_a_branch_leaves_them_out(admin_client, client, draft, simple_home):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    said = admin_client.post(
        f"{address}?id={simple_home.pk}&next=/admin/pages/",
        {"include_descendants": "on"},
        follow=True,
    )
    assert NOT_UNLESS_WRITTEN in said.content.decode()
    assert nobody_sees(client, draft)


# --- What is still another language's text ------------------------------------------------------

LONG = "Bei uns ist für alle Menschen Platz, die miteinander reden wollen."
ROW = [{"type": "text", "value": "<p>Wer fragt, der bekommt von uns auch eine Antwort.</p>"}]
CELLS = {
    "columns": [{"type": "text", "heading": "Wann"}],
    "rows": [{"values": ["Jeden Tag von früh bis spät, auch in den Ferien."]}],
    "caption": "",
}
TABLE = [{"type": "table", "value": {"caption": "Zeiten", "row_headers": True, "table": CELLS}}]


def copy_of(page, language, source=None, **changes):
    """Return the draft of a translation of a page, its texts changed."""
    for name, value in (source or {}).items():
        setattr(page, name, value)
    page.save()
    locale, _made = Locale.objects.get_or_create(language_code=language)
    draft = page.copy_for_translation(locale, copy_parents=True)
    for name, value in changes.items():
        setattr(draft, name, value)
    return draft


def places(draft):
    copy = copied_from(draft)
    return copy.places if copy else ()


@pytest.fixture
def page(tree):
    return factories.StandardPageFactory(
        parent=tree.home, title="Über uns", slug="ueber-uns", introduction=GERMAN
    )


def card(tree, **values):
    values = {"title": "Frag nach", "search_description": "Fragen kostet nichts.", **values}
    return factories.CourageCardPageFactory(parent=tree.courage, **values)


@pytest.mark.parametrize("language", ["en", "de-simple"])
@pytest.mark.parametrize(
    ("source", "changes", "expected"),
    [
        ({}, {}, ("Titel", "Anrisstext", "Satz")),
        ({}, {"title": "Ask"}, ("Anrisstext", "Satz")),
        ({"search_description": ""}, {"title": "Ask"}, ("Satz",)),
        ({"sentence": LONG}, {"title": "Ask", "search_description": "Ask!"}, ("Satz",)),
        ({"sentence": LONG}, {"title": "Ask", "sentence": f"{LONG}x"}, ("Anrisstext", "Satz")),
        (
            {"sentence": LONG},
            {"title": "Ask", "search_description": "Ask!", "sentence": f"{LONG} Und mehr dazu."},
            ("Satz",),
        ),
        (
            {"sentence": LONG, "back_text": f"<p>{LONG} Neu!</p>"},
            {"title": "Ask", "search_description": "Ask!", "back_text": "<p>Nobody bites.</p>"},
            ("Satz",),
        ),
        (
            {"back_text": f"<p>{LONG}</p>"},
            {"title": "Ask", "search_description": "Ask!", "sentence": "You may ask."},
            ("Rückseite",),
        ),
    ],
)
def test_texts_of_a_card_are_to_be_written(tree, language, source, changes, expected):
    assert places(copy_of(card(tree), language, source, **changes)) == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("en", ("Anrisstext", "Satz")), ("de-simple", ())]
)
def test_leichte_sprache_may_share_a_short_text(tree, language, expected):
    changes = {"title": "Ask", "back_text": "<p>Nobody bites.</p>"}
    assert places(copy_of(card(tree), language, **changes)) == expected


@pytest.mark.parametrize("language", ["en", "de-simple"])
@pytest.mark.parametrize("change", ["", "x", " Neu."])
def test_a_letter_more_makes_no_text_of_its_own(page, language, change):
    draft = copy_of(page, language, {"search_description": ""}, title="About")
    draft.introduction += change
    assert places(draft) == ("Einleitung",)


@pytest.mark.parametrize("language", ["en", "de-simple"])
@pytest.mark.parametrize(("block", "label"), [(ROW, "Text"), (TABLE, "Tabelle")])
def test_blocks_are_to_be_written(page, language, block, label):
    draft = copy_of(page, language, {"body": block}, introduction="Nobody bites. Come in!")
    draft.search_description = "What this is page."
    assert places(draft) == (label,)


@pytest.mark.parametrize("language", ["en", "de-simple"])
@pytest.mark.parametrize("title", ["Musterstadt", "Open Data"])
def test_a_name_may_stay_as_it_is(page, language, title):
    source = {"title": title, "search_description": "", "introduction": ""}
    assert places(copy_of(page, language, source)) == ()


@pytest.mark.parametrize("language", ["en", "de-simple"])
def test_a_short_title_may_stay_where_the_rest_is_new(page, language):
    changes = {"search_description": "What this is page.", "introduction": "Come in!"}
    assert places(copy_of(page, language, **changes)) == ()


@pytest.mark.parametrize("language", ["en", "de-simple"])
def test_the_laws_wording_stays(tree, language):
    law = "Niemand darf wegen seiner Behinderung benachteiligt werden"
    page = factories.PostcardPageFactory(
        parent=tree.postcards,
        title=law,
        search_description="Was das heißt.",
        article=Article.objects.get(number="3"),
        headline=f"{law}.",
    )
    draft = copy_of(page, language, search_description="What it means here.")
    draft.body = [{"type": "text", "value": f"<p>„{law}.“</p><p>It is for all.</p>"}]
    assert places(draft) == ()
    draft.search_description = "Was das heißt."
    draft.body = []
    assert places(draft) == ("Anrisstext",)


def test_the_message_names_the_fields(admin_client, client, draft):
    said = send(admin_client, draft, introduction=f"{GERMAN}x", **{"action-publish": "1"})
    assert "Wort für Wort: Titel, Einleitung." in said.content.decode()
    assert nobody_sees(client, draft)


# --- Approving ----------------------------------------------------------------------------------


@pytest.fixture
def waiting(draft, simple_home):
    """Return an untranslated draft that waits for its approval."""
    task = GroupApprovalTask.objects.create(name="Prüfen")
    workflow = Workflow.objects.create(name="Vier Augen")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=Page.objects.get(pk=simple_home.pk))
    workflow.start(draft, user=None)
    return StandardPage.objects.get(pk=draft.pk)


def approve(client, page, **headers):
    """Approve as the dashboard does."""
    arguments = [page.pk, "approve", page.current_workflow_task_state.pk]
    address = reverse("wagtailadmin_pages:workflow_action", args=arguments)
    return client.post(address, {"comment": "Gut"}, headers=headers, follow=True)


def submit_again(page, **values):
    """Write on a page, and ask for its approval once more."""
    page.title, page.search_description = "Das sind wir", "Wir stellen uns vor."
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision(clean=False)
    state = WorkflowState.objects.for_instance(page).get()
    state.cancel()
    state.workflow.start(page, user=None)


def state_of(page):
    return WorkflowState.objects.for_instance(page).latest("pk").status


@pytest.mark.parametrize("headers", [{}, {"x-requested-with": "XMLHttpRequest"}])
def test_nobody_approves_another_languages_text(admin_client, client, waiting, headers):
    said = approve(admin_client, waiting, **headers)
    if headers:
        said = admin_client.get(said.json()["redirect"])
    assert NOT_UNLESS_WRITTEN in said.content.decode()
    assert state_of(waiting) == WorkflowState.STATUS_IN_PROGRESS
    assert nobody_sees(client, waiting)


def test_nobody_approves_an_incomplete_page(admin_client, client, waiting):
    submit_again(waiting, introduction=EASY, body=[("text", "")])
    said = approve(admin_client, StandardPage.objects.get(pk=waiting.pk))
    assert "Es fehlt etwas Erforderliches." in said.content.decode()
    assert nobody_sees(client, waiting)


@pytest.mark.parametrize(
    "button",
    [
        {"action-restart-workflow": "1"},
        {"action-workflow-action": "1", "workflow-action-name": "approve"},
    ],
)
def test_the_editors_buttons_approve_nothing_either(admin_client, client, waiting, button):
    said = send(admin_client, waiting, **button)
    assert NOT_UNLESS_WRITTEN in said.content.decode()
    assert WorkflowState.objects.for_instance(waiting).count() == 1
    assert state_of(waiting) == WorkflowState.STATUS_IN_PROGRESS
    assert nobody_sees(client, waiting)


def test_what_is_not_written_yet_may_be_sent_back(admin_client, waiting):
    button = {"action-workflow-action": "1", "workflow-action-name": "reject"}
    send(admin_client, waiting, **button)
    assert state_of(waiting) == WorkflowState.STATUS_NEEDS_CHANGES


def test_a_workflow_that_ends_otherwise_publishes_nothing(client, waiting):
    WorkflowState.objects.for_instance(waiting).get().finish()
    assert nobody_sees(client, waiting)


def test_what_was_written_is_approved_and_goes_live(admin_client, client, waiting):
    submit_again(waiting, introduction=EASY)
    approve(admin_client, StandardPage.objects.get(pk=waiting.pk))
    assert client.get("/de-simple/ueber-uns/").status_code == 200


def test_a_page_is_not_copied_to_another_language(admin_client, about, simple_home):
    address = reverse("wagtailadmin_pages:copy", args=[about.pk])
    data = {
        "new_title": about.title,
        "new_slug": "kopie",
        "new_parent_page": simple_home.pk,
        "publish_copies": "on",
    }
    said = admin_client.post(address, data)
    assert "Diese Seite übersetzen" in said.content.decode()
    assert not Page.objects.filter(slug="kopie").exists()


def test_an_editor_may_translate(editor, about, simple_home, simple):
    said = editor.get(reverse("wagtailadmin_pages:edit", args=[about.pk])).content.decode()
    assert reverse("wagtail_localize:submit_page_translation", args=[about.pk]) in said
    answer = submit(editor, about, simple)
    page = in_simple(about)
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.live, page.introduction) == (False, GERMAN)
    assert page.locale == simple
    assert editor.get(answer["Location"]).status_code == 200


# --- The check ----------------------------------------------------------------------------------

WHO, DAY = "Prüfgruppe Klartext", dt.date(2026, 2, 3)
LABEL = "Geprüft von Prüfgruppe Klartext am 3. Februar 2026"


@pytest.fixture
def easy(simple_home):
    return factories.StandardPageFactory(
        parent=simple_home, title="Leicht", slug="leicht", introduction=EASY
    )


@pytest.mark.parametrize(
    ("who", "day", "shown"), [(WHO, DAY, True), (WHO, None, False), ("", DAY, False)]
)
def test_the_label_needs_both_who_and_when(client, easy, who, day, shown):
    easy.checked_by, easy.checked_on = who, day
    easy.save()
    html = client.get("/de-simple/leicht/").content.decode()
    text = " ".join(re.sub(r"</?(?!p)[^>]+>", "", html).split())
    assert (LABEL in text) is shown
    assert ('class="checked"' in text) is shown


def test_other_languages_have_no_label(client, about):
    about.checked_by, about.checked_on = WHO, DAY
    about.save()
    assert 'class="checked"' not in client.get("/ueber-uns/").content.decode()


def test_the_fields_stand_where_they_make_sense(admin_client, about, easy):
    for page, shown in ((easy, True), (about, False)):
        form = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert ('name="checked_by"' in form.content.decode()) is shown


def test_nobody_has_checked_a_day_that_is_still_to_come(admin_client, easy):
    said = send(admin_client, easy, checked_by=WHO, checked_on="2999-01-01")
    assert "Dieser Tag liegt noch in der Zukunft." in said.content.decode()


def test_nobody_has_checked_a_copy(easy, simple_home):
    easy.checked_by, easy.checked_on = WHO, DAY
    easy.save()
    copy = easy.copy(to=simple_home, update_attrs={"slug": "kopie"})
    assert (copy.checked_by, copy.checked_on) == ("", None)
