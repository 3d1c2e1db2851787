"""Editors read beside their text how its language does, and in a report how all pages do."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, Page, Site
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home import roles
from home.models import CampaignPage, CampaignSettings, Readability
from home.text_checks import report_on
from home.texts import lines_of
from tests import factories

HARD = (
    "Die kommunale Selbstverwaltungsangelegenheit der Bürgerbeteiligungsverfahren berücksichtigt "
    "insbesondere verwaltungsverfahrensrechtliche Rahmenbedingungen, deren Ausgestaltung durch die "
    "Stadtverordnetenversammlung unter Einbeziehung sämtlicher Interessengruppen abschließend "
    "beschlossen und anschließend veröffentlicht worden ist, nachdem alle Ausschüsse zustimmten."
)
EASY = "Wir sind da. Du bist da. Es ist schön hier. Der Bus fährt oft. Er ist rot. " * 3


def page_with(parent, *paragraphs, **values):
    """Make a page with a text."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    values = {"title": "Titel", "search_description": "", **values}
    return factories.StandardPageFactory(
        parent=parent, body=[{"type": "text", "value": text}], **values
    )


def in_language(page, code):
    """Return the page as it would be in another language, unsaved."""
    page.locale = Locale.objects.get_or_create(language_code=code)[0]
    return page


def texts(page):
    return [line.text for line in lines_of(page)]


@pytest.fixture
def style(home):
    """Return a function that sets the house style."""

    def set_style(name):
        settings = CampaignSettings.for_site(Site.objects.get(is_default_site=True))
        settings.gender_form = name
        settings.save()

    return set_style


# --- What is read -------------------------------------------------------------------------------


def test_title_teaser_and_body_are_read_line_by_line(home):
    body = [
        {"type": "heading", "value": {"text": "Worum es geht", "level": "h2"}},
        {
            "type": "text",
            "value": "<p>Ein Satz.<br/>Noch einer.</p><ul><li>Eins &amp; zwei</li></ul>",
        },
        {"type": "quote", "value": {"text": "Ich frage nach.", "name": "Mara Beispiel"}},
        {"type": "contact", "value": {"name": "Mara Beispiel", "email": "m@stadt.example"}},
        {
            "type": "steps",
            "value": {"title": "", "items": [{"title": "Tun", "text": "<p>Los.</p>"}]},
        },
        {"type": "gone", "value": "Was es nicht mehr gibt."},
    ]
    page = factories.StandardPageFactory(
        parent=home,
        title="Über uns",
        search_description="Kurz gesagt.",
        introduction="Hallo.",
        body=body,
    )
    assert texts(page) == [
        "Über uns",
        "Kurz gesagt.",
        "Hallo.",
        "Worum es geht",
        "Ein Satz.",
        "Noch einer.",
        "Eins & zwei",
        "Ich frage nach.",
        "Tun",
        "Los.",
    ]


def test_a_line_knows_its_field_or_block(home):
    page = page_with(home, "Ein Satz.", introduction="Hallo.", search_description="Kurz.")
    with translation.override("de"):
        assert [line.place for line in lines_of(page)] == [
            "Titel",
            "Anrisstext",
            "Einleitung",
            "Text",
        ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Es heißt: „Die Würde des Menschen ist unantastbar.“ Gut so.", "Es heißt: Gut so."),
        ("„Eine Zensur findet nicht statt.“", None),
        ("Wir sagen „Die Würde des Staates ist unantastbar“.", "unchanged"),
        ("Das Wort „Würde“ ist alt.", "unchanged"),
        ("Die Würde des Menschen ist unantastbar.", "unchanged"),
    ],
)
def test_what_is_quoted_from_the_law_is_not_counted(home, text, kept):
    page = page_with(home, text)
    if kept == "unchanged":
        kept = text
    assert texts(page)[1:] == [kept] * (kept is not None)


def test_a_postcard_is_not_judged_by_the_law(tree, article):
    card = factories.PostcardPageFactory(
        parent=tree.postcards,
        title="Karte",
        search_description="",
        article=article("1"),
        headline="Die Würde des Menschen ist unantastbar.",
    )
    assert texts(card) == ["Karte"]


def test_every_text_of_a_page_type_is_read_or_left_out_on_purpose():
    from django.apps import apps
    from django.db import models as fields
    from wagtail.fields import StreamField

    left_out = {
        *("slug", "seo_title", "draft_title", "url_path", "social_text", "path"),
        *("place", "contact_name", "contact_role", "contact_email", "contact_phone"),
        *("headline", "hero_sentence", "paragraphs", "credit", "team", "checked_by"),
        "print_note",
        *("source_title", "source_url", "expire_at", "translation_key"),
    }
    for model in apps.get_models():
        if not issubclass(model, CampaignPage):
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, fields.CharField | fields.TextField | StreamField):
                known = field.name in {*model.prose_fields, *left_out} or field.choices
                assert known, f"{model.__name__}.{field.name}"


# --- Readability --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("factory", "parent", "target"),
    [
        (factories.ImpulsePageFactory, "impulses", 12),
        (factories.GuestPostPageFactory, "blog", 12),
        (factories.PostcardPageFactory, "postcards", 10),
        (factories.CourageCardPageFactory, "courage", 10),
        (factories.StandardPageFactory, "home", 10),
    ],
)
def test_the_target_depends_on_type_and_language(tree, factory, parent, target):
    page = factory(parent=getattr(tree, parent))
    assert report_on(page).target == target
    assert report_on(in_language(page, "de-simple")).target == 6.5


def test_hard_and_easy_texts_are_told_apart(home):
    hard, easy = report_on(page_with(home, HARD)), report_on(page_with(home, EASY, slug="easy"))
    assert (hard.is_above, easy.is_above) == (True, False)
    assert hard.score > 15
    assert easy.score < 4


def test_nothing_is_said_about_other_languages(home):
    report = report_on(in_language(page_with(home, HARD, "Kolleg:innen"), "en"))
    assert (report.is_german, report.score, report.gender, report.simple) == (False, None, [], [])


# --- Gender forms -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("house", "differing"),
    [
        ("neutral", ["Kolleg:innen", "Leser*innen"]),
        ("colon", ["Leser*innen"]),
        ("star", ["Kolleg:innen"]),
    ],
)
def test_forms_other_than_the_house_style_are_shown(home, style, house, differing):
    style(house)
    page = page_with(home, "Kolleg:innen. Alle Leser*innen sind da.", "Bürgerinnen und Bürger.")
    report = report_on(page)
    assert [warning.text for warning in report.gender] == differing
    assert len(report.mixed) == 3


@pytest.mark.parametrize("house", ["neutral", "colon", "star"])
def test_both_forms_written_out_fit_every_house_style(home, style, house):
    style(house)
    page = page_with(home, "Bürgerinnen und Bürger. Sinti und Sintizze.")
    report = report_on(page)
    assert (report.gender, report.mixed) == ([], [])
    short = {"colon": "Kolleg:innen", "star": "Kolleg*innen"}.get(house, "Kolleg_innen")
    mixed = report_on(page_with(home, f"Bürgerinnen und Bürger. {short}.", slug="mixed"))
    assert len(mixed.mixed) == 2
    assert "Bürgerinnen und Bürger" not in [warning.text for warning in mixed.gender]


def test_a_warning_tells_sentence_and_place(home, style):
    style("star")
    page = page_with(home, "Erst dies. Alle Kolleg:innen sind da.")
    with translation.override("de"):
        (warning,) = report_on(page).gender
    assert (warning.sentence, warning.place) == ("Alle Kolleg:innen sind da.", "Text")
    assert warning.form == "Doppelpunkt"


def test_of_a_long_sentence_the_words_around_the_form_are_shown(home, style):
    style("star")
    (warning,) = report_on(page_with(home, f"{'davor ' * 30}Kolleg:innen {'danach ' * 30}.")).gender
    assert warning.sentence.startswith("… davor davor")
    assert warning.sentence.endswith("danach danach …")
    assert "davor Kolleg:innen danach" in warning.sentence
    assert len(warning.sentence) < 140


@pytest.mark.parametrize(("house", "text"), [("colon", "Kolleg:innen"), ("star", "Kolleg*innen")])
def test_a_text_in_the_house_style_raises_no_alarm(home, style, house, text):
    style(house)
    report = report_on(page_with(home, f"Alle {text} um 10:30 Uhr."))
    assert (report.gender, report.mixed) == ([], [])


# --- Leichte Sprache ----------------------------------------------------------------------------


def test_rules_of_leichte_sprache_are_checked_in_its_locale_only(home):
    page = page_with(home, "Das geht nicht. Das ist gut.")
    assert report_on(page).simple == []
    with translation.override("de"):
        first, second = report_on(in_language(page, "de-simple")).simple
    assert (first.sentence, first.place) == ("Das geht nicht.", "Text")
    assert [pieces for _reason, pieces in first.reasons] == [["nicht"]]
    assert "Verneinung" in first.reasons[0][0]
    assert "Mehr als ein Satz in der Zeile" in second.reasons[0][0]


def test_where_no_line_can_be_broken_two_sentences_may_stand(tree):
    card = factories.CourageCardPageFactory(
        parent=tree.courage,
        title="Halt. Stopp.",
        sentence="Stopp. Das geht nicht.",
        search_description="Eins. Zwei.",
        back_text="<p>Drei. Vier.</p>",
    )
    with translation.override("de"):
        found = report_on(in_language(card, "de-simple")).simple
    assert [warning.sentence for warning in found] == ["Zwei.", "Das geht nicht.", "Vier."]
    assert [pieces for _reason, pieces in found[1].reasons] == [["nicht"]]


def test_a_heading_is_one_line_and_a_quotation_may_be_more(home):
    body = [
        {"type": "heading", "value": {"text": "Eins? Zwei!", "level": "h2"}},
        {"type": "quote", "value": {"text": "Drei. Vier.", "name": "Mara Beispiel"}},
    ]
    page = factories.StandardPageFactory(parent=home, title="A", search_description="", body=body)
    assert [w.sentence for w in report_on(in_language(page, "de-simple")).simple] == ["Vier."]


# --- Kept for the report ------------------------------------------------------------------------


def score_of(page):
    return Readability.objects.get(page=page.pk).score


def rewrite(page, text):
    page.body = [("text", text)]


def test_saving_a_page_measures_it(home):
    page = page_with(home, HARD)
    hard = score_of(page)
    rewrite(page, f"<p>{EASY}</p>")
    page.save()
    assert score_of(page) < hard


def test_a_draft_is_measured_and_stays_so_until_it_is_published(home):
    page = page_with(home, EASY)
    easy = score_of(page)
    rewrite(page, f"<p>{HARD}</p>")
    revision = page.save_revision()
    hard = score_of(page)
    assert hard > easy
    live = type(page).objects.get(pk=page.pk)
    live.show_in_menus = True
    live.save()
    assert score_of(page) == hard
    revision.publish()
    assert score_of(page) == hard


def test_short_and_foreign_texts_have_no_value(home):
    short = page_with(home, "Kurz.")
    foreign = page_with(home, HARD, slug="foreign")
    in_language(foreign, "en").save()
    assert (score_of(short), score_of(foreign)) == (None, None)


def test_all_pages_can_be_measured_anew(home, capsys):
    page = page_with(home, HARD)
    hard = score_of(page)
    Readability.objects.all().delete()
    call_command("measure_texts")
    assert score_of(page) == hard
    assert capsys.readouterr().out == "2 pages are measured.\n"


def test_measuring_is_one_query_and_no_change_that_visitors_see(home, django_assert_num_queries):
    from home.text_checks import measure

    page = page_with(home, HARD)
    with django_assert_num_queries(1):
        measure(page)


# --- The report ---------------------------------------------------------------------------------


@pytest.fixture
def editor(db, client):
    """Return a client in which somebody of the editors' group is logged in."""
    roles.create_roles()
    user = User.objects.create_user("mara")
    user.groups.add(Group.objects.get(name="Redaktion"))
    client.force_login(user)
    return client


@pytest.fixture
def pages(home):
    """Make pages of all results."""
    page_with(home, HARD, title="Schwer", slug="schwer")
    page_with(home, EASY, title="Leicht", slug="leicht")
    page_with(home, "Kurz.", title="Knapp", slug="knapp")
    in_language(page_with(home, HARD, title="Foreign", slug="foreign"), "en").save()
    draft = page_with(home, HARD, title="Entwurf", slug="entwurf", live=False)
    Readability.objects.filter(page=draft.pk).delete()


def rows(editor, **query):
    """Return the report's rows as the export has them."""
    answer = editor.get(reverse("readability_report"), {"export": "csv", **query})
    text = b"".join(answer.streaming_content).decode()
    return list(csv.reader(io.StringIO(text)))


def test_the_report_tells_of_all_pages(editor, pages, home):
    head, *found = rows(editor)
    assert head[:3] == ["Seite", "Typ", "Sprache"]
    assert head[3:] == ["Wiener Sachtextformel", "Ziel", "Ergebnis", "Status", "Gemessen am"]
    results = {row[0]: (row[4], row[5]) for row in found}
    assert results.pop(home.title)
    assert results == {
        "Schwer": ("10.0", "über dem Ziel"),
        "Leicht": ("10.0", "im Ziel"),
        "Knapp": ("10.0", "zu kurz zum Messen"),
        "Foreign": ("10.0", "nicht deutsch"),
        "Entwurf": ("10.0", "noch nicht gemessen"),
    }


def test_the_hardest_page_comes_first_and_those_without_value_last(editor, pages):
    for order, first in (("-score", "Schwer"), ("score", "Leicht")):
        found = rows(editor, ordering=order)[1:]
        assert found[0][0] == first
        assert found[-1][3] == "None" or found[-1][3] == ""


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"result": "above"}, {"Schwer"}),
        ({"result": "within"}, {"Leicht"}),
        ({"q": "Knap"}, {"Knapp"}),
        ({"live": "false"}, {"Entwurf"}),
        ({"live": "false", "result": "above"}, set()),
    ],
)
def test_the_report_is_filtered(editor, pages, query, titles):
    assert {row[0] for row in rows(editor, **query)[1:]} == titles


def test_the_report_is_filtered_by_language_and_type(editor, pages, home):
    english = Locale.objects.get(language_code="en")
    assert {row[0] for row in rows(editor, locale=english.pk)[1:]} == {"Foreign"}
    home_type = home.content_type_id
    assert {row[0] for row in rows(editor, content_type=home_type)[1:]} == {home.title}


@pytest.mark.parametrize(
    "query",
    [
        "ordering=nonsense",
        "ordering=-",
        "result=nonsense",
        "locale=abc",
        "content_type=999999",
        "p=abc",
        "q=%25_%5C",
        "live=perhaps",
        "export=pdf",
    ],
)
def test_the_report_answers_whatever_is_asked(editor, pages, query):
    for name in ("readability_report", "readability_report_results"):
        assert editor.get(f"{reverse(name)}?{query}").status_code == 200


@pytest.mark.parametrize("order", ["title", "content_type", "locale", "target", "-measured_at"])
def test_the_report_sorts_by_every_column(editor, pages, order):
    assert editor.get(reverse("readability_report"), {"ordering": order}).status_code == 200


def test_the_report_can_be_had_as_a_spreadsheet(editor, pages):
    answer = editor.get(reverse("readability_report"), {"export": "xlsx"})
    assert b"".join(answer.streaming_content).startswith(b"PK")


def test_a_spreadsheet_tells_when_as_a_clock_here_shows_it(editor, pages):
    Readability.objects.update(measured_at=datetime(2026, 5, 23, 10, 30, 7, 5, tzinfo=UTC))
    answer = editor.get(reverse("readability_report"), {"export": "csv"})
    rows = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode()))
    assert {row["Gemessen am"] for row in rows} == {"2026-05-23 12:30:00", ""}


def test_the_report_stands_in_the_menu_of_editors(editor, pages):
    answer = editor.get(reverse("readability_report"))
    assert reverse("readability_report") in answer.content.decode()
    assert "Schwer" in answer.content.decode()


def test_who_works_on_no_page_sees_no_report(db, client):
    roles.create_roles()
    user = User.objects.create_user("tom")
    user.groups.add(Group.objects.get(name="Technik"))
    client.force_login(user)
    assert client.get(reverse("readability_report")).status_code == 302


def queries_of_report(editor, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as captured:
        editor.get(reverse("readability_report"))
    return len(captured)


def test_the_report_costs_the_same_for_many_pages(
    editor, pages, home, django_assert_max_num_queries
):
    editor.get(reverse("readability_report"))
    few = queries_of_report(editor, django_assert_max_num_queries)
    for number in range(20):
        page_with(home, HARD, title=f"Seite {number}", slug=f"seite-{number}")
    assert queries_of_report(editor, django_assert_max_num_queries) == few


# --- In the editor ------------------------------------------------------------------------------


def form_data(text, **values):
    return nested_form_data(
        {
            "title": "Über uns",
            "slug": "ueber-uns",
            "introduction": "",
            "body": streamfield([("text", rich_text(f"<p>{text}</p>"))]),
            "search_description": "",
            "licence": "cc-by-4.0",
            "ai_use": "none",
            "article_links-TOTAL_FORMS": 0,
            "article_links-INITIAL_FORMS": 0,
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
            **values,
        }
    )


def checks(editor, address, data):
    """Send what stands in the form, and return what the panel then shows."""
    assert editor.post(address, data).json()["is_valid"]
    answer = editor.get(address, {"language-checks": ""})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def addresses(home):
    """Return where the previews of a page and of a new one are."""
    page = page_with(home, "Kurz.")
    return {
        "edit": reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]),
        "create": reverse(
            "wagtailadmin_pages:preview_on_add", args=["home", "standardpage", home.pk]
        ),
    }


@pytest.mark.parametrize("view", ["edit", "create"])
def test_the_panel_tells_of_what_stands_in_the_form(editor, addresses, view):
    html = checks(editor, addresses[view], form_data(f"{HARD} Alle Kolleg:innen."))
    assert "Schwerer zu lesen als gewünscht." in html
    assert "Ziel: höchstens 10<" in html
    assert "Kolleg:innen" in html
    html = checks(editor, addresses[view], form_data(EASY))
    assert "<strong>unter 4</strong>" in html
    assert "Sehr leicht zu lesen." in html
    assert "Kolleg:innen" not in html


def test_a_new_page_below_leichte_sprache_is_checked_as_such(editor, home):
    parent = page_with(home, "Kurz.")
    in_language(parent, "de-simple").save()
    address = reverse("wagtailadmin_pages:preview_on_add", args=["home", "standardpage", parent.pk])
    html = checks(editor, address, form_data("Das geht nicht."))
    assert "Verneinung: Bitte sagen Sie, wenn es geht, was stattdessen gilt. <strong>nicht" in html
    assert "1 Satz verletzt eine prüfbare Regel:" in html


@pytest.mark.parametrize("view", ["edit", "create"])
def test_a_missing_title_is_counted_as_none(editor, addresses, view):
    html = checks(editor, addresses[view], form_data("Kurz gesagt.", title=""))
    assert "2 von mindestens 30 Wörtern." in html


def test_the_placeholder_of_a_title_breaks_no_rule(editor, home):
    parent = page_with(home, "Kurz.")
    in_language(parent, "de-simple").save()
    address = reverse("wagtailadmin_pages:preview_on_add", args=["home", "standardpage", parent.pk])
    assert "Kein Satz verletzt" in checks(editor, address, form_data("Wir sind da.", title=""))


def test_a_text_that_is_too_short_is_told_so(editor, addresses):
    html = checks(editor, addresses["edit"], form_data("Kurz."))
    assert "Zu kurz zum Messen: 3 von mindestens 30 Wörtern." in html


def test_what_an_editor_typed_is_text_and_no_markup(editor, addresses):
    html = checks(
        editor, addresses["edit"], form_data("Ja.", introduction="<script>x</script> Kolleg:innen")
    )
    assert "<script>" not in html


def test_the_panel_shows_neither_lix_nor_anything_for_strangers(editor, addresses, home):
    edit = addresses["edit"].removesuffix("preview/")
    html = editor.get(edit).content.decode()
    assert "data-language-checks" in html
    assert "js/language-checks.js" in html
    assert "data-content-word-count" in html
    assert "Wörter der ganzen Vorschau" in html
    assert "data-content-readability-score" not in html
    editor.logout()
    assert editor.get(addresses["edit"], {"language-checks": ""}).status_code == 302


def test_without_a_form_the_saved_page_is_checked(editor, addresses):
    answer = editor.get(addresses["edit"], {"language-checks": ""})
    assert answer.status_code == 200
    assert "Lesbarkeit" in answer.content.decode()
    assert editor.get(addresses["create"], {"language-checks": ""}).status_code == 204


def test_warnings_never_keep_from_saving(editor, home, addresses):
    page = Page.objects.get(title="Titel")
    in_language(page.specific, "de-simple").save()
    data = form_data(f"{HARD} Kolleg:innen und Kolleg*innen gibt es nicht.")
    answer = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.has_unpublished_changes


# --- Names on the watch-list --------------------------------------------------------------------


@pytest.fixture
def watch(home):
    """Return a function that sets the watch-list."""

    def set_list(*names):
        settings = CampaignSettings.for_site(Site.objects.get(is_default_site=True))
        settings.watch_list = "\r\n".join(names)
        settings.save()

    return set_list


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Die MUP war da.", ["MUP"]),
        ("Das ist MUPs Idee, sagt die MUP.", ["MUPs", "MUP"]),
        ("Die MUP-Fraktion und die Anti-MUP-Demo.", ["MUP-Fraktion", "Anti-MUP-Demo"]),
        ("Erika  Muster kam, Erika Musters Hund auch.", ["Erika Muster", "Erika Musters"]),
        ("Hans’ Rede.", ["Hans’"]),
        ("Der MUPpet und die mup und das Kompromup.", []),
        ("Erika und Herr Muster.", []),
        ("Die Neue MUP tagt.", ["Neue MUP"]),
        ("Mit Größe (echt).", ["Größe (echt)"]),
    ],
)
def test_a_name_is_found_as_a_whole_word_as_typed(home, watch, text, found):
    watch("MUP", "Erika   Muster", "Hans", "", " Neue MUP ", "Größe (echt)")
    assert [warning.text for warning in report_on(page_with(home, text)).names] == found


def test_a_name_is_found_in_titles_tables_and_under_quotes(home, watch):
    watch("Muster")
    table = {
        "columns": [{"type": "text", "heading": "Wer"}],
        "rows": [{"values": ["Muster"]}],
        "caption": "",
    }
    page = factories.StandardPageFactory(
        parent=home,
        title="Muster spricht",
        social_text="Mit Muster.",
        body=[
            {"type": "quote", "value": {"text": "Ja.", "name": "Erika Muster"}},
            {"type": "table", "value": {"caption": "T", "row_headers": False, "table": table}},
        ],
    )
    with translation.override("de"):
        places = [warning.place for warning in report_on(page).names]
    assert places == ["Titel", "Zitat", "Tabelle", "Text zum Teilen"]


def test_the_editor_sees_names_with_sentence_and_place(editor, home, watch):
    page = page_with(home, "Erst dies. Die MUP war da.")
    address = f"/admin/pages/{page.pk}/edit/preview/?language-checks"
    assert "Beobachtungsliste" not in editor.get(address).content.decode()
    watch("MUP")
    text = editor.get(address).content.decode()
    assert "Namen auf der Beobachtungsliste" in text
    assert "<strong>MUP</strong>" in text
    assert "Text: <q>Die MUP war da.</q>" in text
    watch("DKP")
    assert "Keiner davon steht im Text." in editor.get(address).content.decode()
