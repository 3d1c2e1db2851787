"""What a search shows: pages with quotations, filters with counts, and ways on from nothing."""

import datetime as dt
import re

import pytest
from django.http import QueryDict
from django.utils import timezone, translation
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits, SearchPromotion
from wagtail.models import PageViewRestriction

from home.checks import promotions_are_installed
from home.missed import MOST_MISSES, note_miss
from home.results import PER_PAGE, Results
from home.search import searched_pages, terms_of
from home.snippets import Highlighter
from home.suggestions import complete
from tests import factories

pytestmark = pytest.mark.usefixtures("standing_tree")


def results(query, **params):
    asked = QueryDict(mutable=True)
    asked.update({"q": query, **params})
    return Results(asked, "/suche/", "de")


def titles(found):
    return [page.title for page in found.items]


def impulse(tree, title, text="", **fields):
    body = [("text", f"<p>{text}</p>")] if text else []
    return factories.ImpulsePageFactory(parent=tree.impulses, title=title, body=body, **fields)


def quote(query, text):
    return str(Highlighter(terms_of(query)).quote(text))


# --- Quotations ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("würde", "Die Würde zählt.", "Die <mark>Würde</mark> zählt."),
        ("Wuerde", "Die Würde zählt.", "Die <mark>Würde</mark> zählt."),
        ("strasse", "In der Hafenstraße.", "In der <mark>Hafenstraße</mark>."),
        ("Kollegen", "Die Kolleg:innen kommen.", "Die <mark>Kolleg:innen</mark> kommen."),
        ("mutmachkarte", "Eine Mut-Mach-Karte.", "Eine <mark>Mut-Mach-Karte</mark>."),
        ("Grundgesetz", "Das Grund·gesetz.", "Das <mark>Grund·gesetz</mark>."),
        ("Grundgesetz", "Das Grund•gesetz.", "Das <mark>Grund•gesetz</mark>."),
        ("Rat", "Der Rat verrät nichts.", "Der <mark>Rat</mark> verrät nichts."),
        ("Würde Rat", "Rat und Würde.", "<mark>Rat</mark> und <mark>Würde</mark>."),
        ("Würde", "<b>Würde</b> & mehr", "&lt;b&gt;<mark>Würde</mark>&lt;/b&gt; &amp; mehr"),
        ("Impuls", "Eins.\nImpulse helfen.", "Eins. … <mark>Impulse</mark> helfen."),
    ],
)
def test_found_words_are_marked_as_they_are_written(tree, query, text, expected):
    impulse(tree, "Alles", text.replace("<", "&lt;").replace("&", "&amp;"))
    assert quote(query, text) == expected


def test_a_quotation_begins_near_the_place_with_most_of_the_words(tree):
    text = "Anfang mit Mut. " + "Viel Text dazwischen. " * 40 + "Hier stehen Mut und Streit."
    impulse(tree, "Alles", text)
    found = quote("Mut Streit", text)
    assert found.startswith("… ")
    assert "<mark>Mut</mark> und <mark>Streit</mark>" in found
    assert len(found) < 330


def test_a_long_text_ends_with_a_whole_word(tree):
    text = "Mut " + "Wörterbuch " * 100
    impulse(tree, "Alles", text)
    assert quote("Mut", text).endswith("Wörterbuch …")


def test_a_result_found_by_its_title_shows_its_teaser(tree):
    impulse(tree, "Nachbarschaft", search_description="Worum es geht.")
    (page,) = results("Nachbarschaft").items
    assert (page.headline, page.quote) == ("<mark>Nachbarschaft</mark>", "Worum es geht.")


def test_how_a_block_is_shown_is_nothing_to_find(tree):
    page = factories.ImpulsePageFactory(
        parent=tree.impulses,
        title="Gegliedert",
        body=[("heading", {"text": "Nachbarschaft", "level": "h3"})],
    )
    assert titles(results("Nachbarschaft")) == [page.title]
    assert titles(results("Unterabschnitt")) == []


# --- Filters ------------------------------------------------------------------------------------


@pytest.fixture
def two_departments(tree):
    """Three impulses and a guest post about dispute, of two departments."""
    one, two = (factories.DepartmentFactory(short_name=f"Dezernat {n}") for n in ("A", "B"))
    impulse(tree, "Streit eins", department=one)
    impulse(tree, "Streit zwei", department=one)
    impulse(tree, "Streit drei", department=two)
    factories.GuestPostPageFactory(parent=tree.blog, title="Streit von außen", department=two)
    return one, two


def counts(found):
    return {
        view.name: {option.value: option.count for option in view.options} for view in found.facets
    }


def test_filters_count_what_the_other_filter_leaves(two_departments):
    one, two = two_departments
    found = results("Streit")
    in_all = counts(found)
    assert found.total == 4
    assert in_all["type"]["impulse"] == 3
    assert in_all["department"] == {one.slug: 2, two.slug: 2}
    found = results("Streit", type="impulse")
    assert found.total == 3
    assert counts(found) == {"type": in_all["type"], "department": {one.slug: 2, two.slug: 1}}
    found = results("Streit", type="impulse", department=two.slug)
    assert titles(found) == ["Streit drei"]
    assert [active.remove_url for active in found.active] == [
        f"/suche/?q=Streit&department={two.slug}",
        "/suche/?q=Streit&type=impulse",
    ]
    assert found.reset_url == "/suche/?q=Streit"


def test_filters_name_the_types_as_labels_in_english_too(two_departments):
    with translation.override("en"):
        (kinds,) = (view for view in results("Streit").facets if view.name == "type")
        labels = [option.label for option in kinds.options]
    assert len(labels) == 2
    assert all(label[0].isupper() for label in labels), labels


@pytest.mark.parametrize("name", ["type", "department"])
def test_a_filter_that_nothing_matches_is_left_out_and_said(two_departments, name):
    found = results("Streit", **{name: "gibt-es-nicht"})
    assert (found.total, found.ignored, found.active) == (4, True, [])


def test_long_results_stand_on_pages(tree):
    for number in range(PER_PAGE + 1):
        impulse(tree, f"Streit {number}")
    assert len(results("Streit").items) == PER_PAGE
    second = results("Streit", page="2")
    assert (len(second.items), second.first_number) == (1, PER_PAGE + 1)
    assert second.pager.previous_url == "/suche/?q=Streit"


def test_what_weighs_the_same_stands_newest_first(tree):
    old = impulse(tree, "Streit im Amt")
    new = impulse(tree, "Streit im Rat")
    type(old).objects.filter(pk=old.pk).update(
        first_published_at=timezone.now() - dt.timedelta(days=9)
    )
    assert titles(results("Streit")) == [new.title, old.title]


def test_title_weighs_more_than_teaser_and_teaser_more_than_text(tree):
    impulse(tree, "Streit")
    impulse(tree, "Zwei", search_description="Ein Streit")
    impulse(tree, "Drei", "Ein Streit")
    assert titles(results("Streit")) == ["Streit", "Zwei", "Drei"]


# --- Ways on ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Zusamenhalt", "Zusammenhalt"),
        ("Zusammenhlat", "Zusammenhalt"),
        ("zusammenhald", "zusammenhalt"),
        ("Zusammmenhalt", "Zusammenhalt"),
        ("Wrüde", "Würde"),
        ("Streti Zusamenhalt", "Streit Zusammenhalt"),
        ("Ratt", ""),
        ("Kartoffelsalat", ""),
        ("Zsmnhlt", ""),
        ("Streti Kartoffelsalat", ""),
    ],
)
def test_a_typo_is_answered_with_what_was_meant(tree, typed, meant):
    impulse(tree, "Zusammenhalt", "Streit und Würde im Rathaus")
    way = results(typed).meant
    found = way.words if way else ""
    assert found.casefold() == meant.casefold()
    if way:
        assert titles(results(way.words)) == ["Zusammenhalt"]


def test_words_of_hidden_pages_are_never_offered(tree):
    hidden = impulse(tree, "Geheimnis")
    hidden.unpublish()
    assert results("Geheimnsi").meant is None
    assert complete("Gehei", searched_pages("de")) == []
    assert results("Geheimnis").single_words == []


def test_where_no_page_holds_all_words_each_is_a_way(tree):
    impulse(tree, "Streit")
    impulse(tree, "Würde")
    found = results("Streit Würde Kartoffelsalat")
    assert found.is_empty
    assert [way.words for way in found.single_words] == ["Streit", "Würde"]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Zus", ["Zusammenhalt", "Zusage"]),
        ("zusammen", ["Zusammenhalt"]),
        ("wür", ["Würde"]),
        ("wuer", ["Würde"]),
        ("Streit Zus", ["Streit Zusammenhalt"]),
        ("Z", []),
        ("", []),
        ("xyz", []),
        ("Kartoffelsalat Zus", []),
    ],
)
def test_typing_offers_words_that_find_something(tree, typed, offered):
    impulse(tree, "Zusammenhalt", "Streit um Würde")
    impulse(tree, "Zusammenhalt üben")
    impulse(tree, "Eine Zusage")
    assert complete(typed, searched_pages("de")) == offered


# --- Promoted results ---------------------------------------------------------------------------


def promote(query, **fields):
    return SearchPromotion.objects.create(query=Query.get(query), **fields)


@pytest.mark.parametrize("typed", ["Rathaus", "rathaus", "Rathäuser Rathaus", "RATHAUS"])
def test_what_editors_promote_stands_first(tree, typed):
    page = impulse(tree, "Anfahrt", search_description="So kommen Sie her.")
    promote("Rathaus", page=page, description="Mit Bus und Bahn.")
    found = [(one.title, one.text) for one in results(typed).promoted]
    assert found == ([("Anfahrt", "Mit Bus und Bahn.")] if "häuser" not in typed else [])


def test_a_promoted_page_that_nobody_may_read_is_not_shown(tree):
    page = impulse(tree, "Anfahrt")
    promote("Rathaus", page=page)
    page.unpublish()
    assert results("Rathaus").promoted == []


def test_an_address_elsewhere_may_be_promoted(client, tree):
    promote("Busplan", external_link_url="https://bus.example/", external_link_text="Fahrplan")
    html = client.get("/suche/?q=Busplan").content.decode()
    assert '<a href="https://bus.example/">Fahrplan</a>' in html


# --- Searches without a result --------------------------------------------------------------------


def missed():
    return dict(QueryDailyHits.objects.values_list("query__query_string", "hits"))


def test_a_search_without_a_result_is_counted_by_the_day(client, tree):
    for _time in range(2):
        client.get("/suche/?q=Kartoffelsalat")
    client.get("/suche/?q=Kartoffelsalat&page=3")
    client.head("/suche/?q=Kartoffelsalat")
    client.get("/suche/?q=Impulse")
    assert missed() == {"kartoffelsalat": 3}
    assert QueryDailyHits.objects.get().date == timezone.localdate()


@pytest.mark.parametrize(
    "typed",
    [
        "mara@stadt.example",
        "0234 910-1234",
        "DE02 1203 0000 0000 2020 51",
        "https://stadt.example/akte",
        "ein ganzer Satz mit vielen Wörtern über jemanden",
    ],
)
def test_what_may_name_a_person_is_not_kept(client, tree, typed):
    client.get("/suche/", {"q": typed})
    assert missed() == {}
    assert not Query.objects.exists()


def test_old_misses_are_forgotten_and_what_is_promoted_stays(db, settings):
    settings.WAGTAILSEARCH_HITS_MAX_AGE = 30
    for words in ("alt", "empfohlen"):
        long_ago = timezone.localdate() - dt.timedelta(days=31)
        QueryDailyHits.objects.create(query=Query.get(words), date=long_ago, hits=1)
    promote("empfohlen", external_link_url="https://bus.example/", external_link_text="Fahrplan")
    note_miss("neu", "neu")
    assert missed() == {"neu": 1}
    assert set(Query.objects.values_list("query_string", flat=True)) == {"empfohlen", "neu"}


def test_misses_are_limited(db):
    today = timezone.localdate()
    queries = Query.objects.bulk_create(Query(query_string=f"q{n}") for n in range(MOST_MISSES))
    QueryDailyHits.objects.bulk_create(
        QueryDailyHits(query=query, date=today, hits=1) for query in queries
    )
    note_miss("neu", "neu")
    note_miss("q1", "q1")
    assert len(missed()) == MOST_MISSES
    assert missed()["q1"] == 2


def test_editors_see_what_was_looked_for_in_vain(editor, tree):
    editor.get("/suche/?q=Kartoffelsalat")
    html = editor.get("/admin/reports/missed-searches/").content.decode()
    assert "kartoffelsalat" in html
    assert "Suchen ohne Treffer" in html
    exported = editor.get("/admin/reports/missed-searches/?export=csv")
    assert b"kartoffelsalat,1," in b"".join(exported.streaming_content)
    assert "searchpicks" in html


def test_promoted_results_show_no_numbers_that_nobody_counts(editor, tree):
    SearchPromotion.objects.create(query=Query.get("mut"), page=tree.home)
    heads = re.findall(
        "<th[^>]*>(.*?)</th>", editor.get("/admin/searchpicks/results/").content.decode(), re.DOTALL
    )
    names = [" ".join(re.sub("<[^>]*>", " ", head).split()) for head in heads]
    assert names == ["Suchbegriff/e", "Hervorgehobene Suchergebnisse"]


def test_who_may_not_promote_sees_no_report(client, django_user_model):
    user = django_user_model.objects.create_user("ohne", password="x")
    client.force_login(user)
    assert client.get("/admin/reports/missed-searches/").status_code == 302


# --- The page and its suggestions -----------------------------------------------------------------


def test_suggestions_are_words_and_pages(client, tree):
    page = impulse(tree, "Zusammenhalt")
    answer = client.get("/suche/vorschlaege/?q=Zusam")
    assert answer.json() == {
        "words": [{"text": "Zusammenhalt", "url": "/suche/?q=Zusammenhalt"}],
        "pages": [{"text": page.title, "kind": "Impuls", "url": page.url}],
    }


def test_a_typo_leads_on_by_a_link(client, tree):
    impulse(tree, "Zusammenhalt")
    html = client.get("/suche/?q=Zusamenhalt").content.decode()
    assert '<a href="/suche/?q=Zusammenhalt">Zusammenhalt</a>' in html
    assert "Meinten Sie" in html


def test_the_app_of_promoted_results_is_asked_for(monkeypatch):
    assert promotions_are_installed() == []
    monkeypatch.setattr("home.checks.apps.is_installed", lambda _name: False)
    assert [problem.id for problem in promotions_are_installed()] == ["home.E004"]


def test_forms_of_words_that_only_hidden_pages_hold_are_offered_to_nobody(client, tree):
    impulse(tree, "Zu den Plonkersdorfern")
    hidden = impulse(tree, "Verborgen")
    PageViewRestriction.objects.create(page=hidden, restriction_type="password", password="x")
    hidden.title = "Plonkersdorf"
    hidden.save()
    assert complete("plonk", searched_pages("de")) == ["Plonkersdorfern"]


def test_words_of_addresses_are_not_offered(tree):
    impulse(tree, "Post", "An post@plonkersdorf.example, www.plonkersdorf.example.")
    assert complete("plonk", searched_pages("de")) == []


def test_a_number_is_no_typo(tree):
    impulse(tree, "Im Jahr 2016")
    assert results("2061").meant is None


def test_a_number_is_found_however_it_is_parted(tree):
    impulse(tree, "Besuch", "Es kamen 6.800 Menschen.")
    assert titles(results("6800")) == titles(results("6.800")) == ["Besuch"]


def test_a_number_alone_is_enough(tree):
    impulse(tree, "Artikel 5 erklärt")
    assert titles(results("§ 5")) == ["Artikel 5 erklärt"]


def test_a_word_is_offered_once(tree):
    impulse(tree, "Rat")
    assert [way.words for way in results("Rat xyzzyq Rat").single_words] == ["Rat"]


def test_what_is_promoted_is_a_result(client, tree):
    promote("nixdazu", page=impulse(tree, "Impressum"))
    shown = client.get("/suche/?q=nixdazu").content.decode()
    assert "Impressum" in shown
    assert "Nichts gefunden." not in shown
    assert missed() == {}


@pytest.mark.parametrize(
    "typed", ["zu Hafenfest im Rathaus", "Rathaus-Hafenfest", "Hafenfest Rathaus"]
)
def test_a_promotion_needs_the_words_alone(tree, typed):
    promote("rathaus hafenfest", page=impulse(tree, "Fest"))
    assert bool(results(typed).promoted) is (typed != "Rathaus-Hafenfest")


def test_departments_are_offered_as_in_a_dictionary(tree):
    for name in ("Zentrale", "Ämterlotse", "Presse"):
        impulse(tree, f"Streit {name}", department=factories.DepartmentFactory(short_name=name))
    (view,) = (view for view in results("Streit").facets if view.name == "department")
    assert [option.label for option in view.options] == ["Ämterlotse", "Presse", "Zentrale"]


def test_the_field_keeps_what_was_typed(client, tree):
    shown = client.get("/suche/", {"q": 'Kolleg:innen "Art. 5"'}).content.decode()
    assert 'value="Kolleg:innen &quot;Art. 5&quot;"' in shown
