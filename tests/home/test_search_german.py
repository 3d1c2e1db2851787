"""What German readers type finds what they mean, and nothing else."""

from collections import defaultdict

import pytest
from django.db import transaction
from django.test import override_settings

from home import opensearch
from home.models import SearchPosting
from home.search import find_hits, searched_pages
from tests import factories
from tests.opensearch import running
from tests.sample import build_tree

#: Title, teaser, text of each page, in the order of their publication.
PAGES = {
    "würde": (
        "Die Würde des Menschen",
        "Was sie im Rathaus bedeutet",
        "Sie ist unantastbar: drei Ergebnisse.",
    ),
    "impulse": ("Impulse aus dem Dezernat", "Werkstatt und Ausstellung", "Ein guter Impuls."),
    "straße": ("Ein Gang durch die Hafenstraße", "Orte der Erinnerung", "Vom Markt zur Brücke."),
    "karten": ("Mut-Mach-Karten", "Kleine Karten für schwere Tage", "Zum Mitnehmen."),
    "förderung": ("Demokratieförderung im Alltag", "Wir üben Streit", "Ein Abend im Amt."),
    "kolleg": ("Kolleg:innen erzählen", "Bürger*innen hören zu", "Ein*e Gärtner*in ist dabei."),
    "gesetz": ("Das Grund·gesetz in Leichter Sprache", "Kurze Sätze", "Für alle."),
    "rat": ("Der Rat tagt öffentlich", "Wer mitreden will, kommt", "Donnerstags um 18 Uhr."),
    "verrat": ("Ein Theaterabend", "Über Verrat und Treue", "Das Stück heißt Verrat."),
    "freiheit": ("Meinungsfreiheit", "Artikel 5 erklärt", "Eine Zensur findet nicht statt."),
    "versammlung": ("Versammlungsfreiheit", "Artikel 8 erklärt", "Friedlich und ohne Waffen."),
    "gleich": ("Gleichberechtigung", "Frauen und Männer", "Seit 1949 steht es da."),
    "auszubildende": ("Unsere Auszubildenden", "Ein Rundgang", "Sie führen Kolleginnen herum."),
    "bibliothek": ("Stadtbücherei", "Das Café der Bibliothek", "Größe spielt keine Rolle."),
}
MARA = "Mara Öztürk"

FINDS = {
    # Umlauts, their digraphs, ß, capital letters
    "Würde": ["würde"],
    "würde": ["würde"],
    "WÜRDE": ["würde"],
    "Wuerde": ["würde"],
    "wuerde": ["würde"],
    "Wu\u0308rde": ["würde"],
    "Würde des Menschen": ["würde"],
    "Hafenstraße": ["straße"],
    "Hafenstrasse": ["straße"],
    "HAFENSTRASSE": ["straße"],
    "HAFENSTRAẞE": ["straße"],
    "Brucke": [],
    "Brücken": ["straße"],
    "Bruecke": ["straße"],
    "Stadtbuecherei": ["bibliothek"],
    "Cafe": ["bibliothek"],
    "Café": ["bibliothek"],
    "Grösse": ["bibliothek"],
    "Groesse": ["bibliothek"],
    "Oeztuerk": ["förderung"],
    "Öztürk": ["förderung"],
    # Endings
    "Impuls": ["impulse", "alle Impulse"],
    "Impulse": ["impulse", "alle Impulse"],
    "Impulsen": ["impulse", "alle Impulse"],
    "Mensch": ["würde"],
    "Ausstellungen": ["impulse"],
    "Ergebnis": ["würde"],
    "Ergebnisse": ["würde"],
    "Erinnerungen": ["straße"],
    "Sätze": ["gesetz"],
    "Auszubildender": ["auszubildende"],
    "Frau": ["gleich"],
    # Hyphens and compounds
    "Mut-Mach-Karte": ["karten", "alle Karten"],
    "Mut-Mach-Karten": ["karten", "alle Karten"],
    "Mutmachkarte": ["karten", "alle Karten"],
    "Mut Mach Karte": ["karten", "alle Karten"],
    "mutmachkarten": ["karten", "alle Karten"],
    "Demokratieförderung": ["förderung"],
    "Demokratie Förderung": ["förderung"],
    "Demokratie-Förderung": ["förderung"],
    "Demokratiefoerderung": ["förderung"],
    "Förderung": ["förderung"],
    "Straße": ["straße"],
    "Strasse": ["straße"],
    "Bücherei": ["bibliothek"],
    "Theater": ["verrat"],
    "Freiheit": ["versammlung", "freiheit"],
    "Versammlung": ["versammlung"],
    "Meinung": ["freiheit"],
    "Berechtigung": ["gleich"],
    # Gender forms
    "Kolleg:innen": ["kolleg", "auszubildende"],
    "Kolleg*innen": ["kolleg", "auszubildende"],
    "Kolleg_innen": ["kolleg", "auszubildende"],
    "KollegInnen": ["kolleg", "auszubildende"],
    "Kolleginnen": ["kolleg", "auszubildende"],
    "Kollegen": ["kolleg", "auszubildende"],
    "Kollege": ["kolleg", "auszubildende"],
    "Bürger": ["kolleg"],
    "Buerger": ["kolleg"],
    "Bürgerinnen": ["kolleg"],
    "Bürger/-innen": ["kolleg"],
    "Gärtnerin": ["kolleg"],
    # Leichte Sprache
    "Grundgesetz": ["gesetz"],
    "Grund·gesetz": ["gesetz"],
    "Grund•gesetz": ["gesetz"],
    "Grund-Gesetz": ["gesetz"],
    "Grund\u00adgesetz": ["gesetz"],
    # Whole words above parts, titles above the rest
    "Rat": ["rat", "würde"],
    "Verrat": ["verrat"],
    "erklärt": ["versammlung", "freiheit"],
    # Several words, stop words, numbers, signs
    "Artikel 5": ["freiheit"],
    "Artikel 8": ["versammlung"],
    "1949": ["gleich"],
    "der Rat": ["rat", "würde"],
    "„Würde“": ["würde"],
    "Würde!": ["würde"],
    "Würde (*": ["würde"],
    "Zensur Freiheit": ["freiheit"],
    "Hass": [],
    "Hasen": [],
    "Armee": [],
    "dass Würde": ["würde"],
    # What is not there
    "Kartoffelsalat": [],
    "Würde Zensur": [],
    "Ratte": [],
    "Impulsgeber": [],
    "Menschheit": [],
    "xyz": [],
    "Mutter": [],
    "Grundsteuer": [],
    "Freizeit": [],
    "ung": [],
}


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """Build the pages once for all queries; return their keys by name."""
    with django_db_blocker.unblock(), transaction.atomic():
        tree = build_tree()
        author = factories.AuthorFactory(name=MARA)
        found = {tree.impulses.pk: "alle Impulse", tree.courage.pk: "alle Karten"}
        for name, (title, teaser, text) in PAGES.items():
            page = factories.ImpulsePageFactory(
                parent=tree.impulses,
                title=title,
                search_description=teaser,
                body=[("text", f"<p>{text}</p>")],
            )
            found[page.pk] = name
        guest = factories.GuestPostPageFactory(parent=tree.blog, title="Gast", authors=[author])
        guest.refresh_from_db()
        guest.save_revision().publish()
        found[guest.pk] = "förderung"
        yield found
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("Grund-Gesetz", "Grundgesetz"),
        ("Mit-Bestimmung", "Mitbestimmung"),
        ("Ver-Rat", "Verrat"),
        ("Menschen-Würde", "Menschenwürde"),
    ],
)
def test_hyphens_change_nothing(db, typed, whole):
    tree = build_tree()
    texts = ("Das Grundgesetz", "Ein Grund für ein Gesetz", "Grund-Gesetz", "Mitbestimmung", "Rat")
    texts += ("Die Würde der Menschen", "Verrat", "Bestimmung mit Grund")
    for text in texts:
        factories.ImpulsePageFactory(parent=tree.impulses, title=text, search_description="")
    hits = find_hits(typed, searched_pages("de"))
    assert hits
    assert hits == find_hits(whole, searched_pages("de"))


def test_the_table_is_long_and_precise():
    assert len(FINDS) >= 60
    assert sum(not found for found in FINDS.values()) >= 8


@pytest.fixture(scope="module")
def opensearch_server(pages):
    """Return an OpenSearch that has the pages of the table."""
    with running() as server, override_settings(SEARCH_URL=server.url):
        opensearch.forget()
        words = defaultdict(dict)
        for page, word, weight in SearchPosting.objects.values_list("page", "word", "weight"):
            words[page][word] = weight
        for page, weights in words.items():
            opensearch.write(page, weights)
        yield server


@pytest.fixture(params=["database", "opensearch"])
def engine(request, settings):
    """Let the database answer, and then an OpenSearch."""
    server = request.getfixturevalue("opensearch_server")
    settings.SEARCH_URL = server.url if request.param == "opensearch" else ""


@pytest.mark.parametrize("query", FINDS)
def test_a_query_finds_what_it_means_and_nothing_else(db, pages, engine, query):
    hits = find_hits(query, searched_pages("de"))
    assert [pages.get(pk, pk) for pk in hits] == FINDS[query]
