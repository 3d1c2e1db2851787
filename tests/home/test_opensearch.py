"""An OpenSearch that `SEARCH_URL` names answers searches, and nothing depends on it."""

import logging

import pytest
from django.core.management import call_command

from home import opensearch
from home.checks import opensearch_is_installed
from home.search import find_hits, searched_pages
from tests import factories
from tests.opensearch import running


@pytest.fixture
def server(settings):
    """Return an OpenSearch that the site uses; its index is empty."""
    with running() as server:
        settings.SEARCH_URL = server.url
        opensearch.forget()
        yield server


@pytest.fixture
def publish(tree, django_capture_on_commit_callbacks):
    """Return a function that publishes a page with a title."""

    def make(title):
        with django_capture_on_commit_callbacks(execute=True):
            return factories.ImpulsePageFactory(parent=tree.impulses, title=title)

    return make


def found(query):
    return [
        page.title
        for pk in find_hits(query, searched_pages())
        for page in searched_pages().filter(pk=pk)
    ]


def test_what_is_published_is_found_there(server, publish):
    publish("Ein Abend im Gewächshaus")
    before = server.asked
    assert found("gewaechshaus") == ["Ein Abend im Gewächshaus"]
    assert server.asked == before + 1


def test_only_the_database_says_what_is_public(server, publish):
    page = publish("Ein Abend im Gewächshaus")
    page.unpublish()
    assert len(server.indices["haltung"]) == 1
    assert found("gewaechshaus") == []


def test_a_page_that_is_saved_anew_is_written_anew(
    server, publish, django_capture_on_commit_callbacks
):
    page = publish("Ein Abend im Gewächshaus")
    page.title = "Ein Abend im Palmengarten"
    with django_capture_on_commit_callbacks(execute=True):
        page.save()
    assert found("palmengarten") == ["Ein Abend im Palmengarten"]
    assert found("gewaechshaus") == []


def test_the_command_writes_all_pages_anew(server, publish, django_capture_on_commit_callbacks):
    publish("Ein Abend im Gewächshaus")
    server.indices["haltung"] = {"999": {"page": 999, "w16": [], "w4": [], "w1": []}}
    with django_capture_on_commit_callbacks(execute=True):
        call_command("index_search", verbosity=0)
    assert "999" not in server.indices["haltung"]
    assert found("gewaechshaus") == ["Ein Abend im Gewächshaus"]


def test_more_hits_than_one_answer_holds_are_all_found(server, publish, monkeypatch):
    monkeypatch.setattr(opensearch, "BATCH", 2)
    titles = {publish(f"Gewächshaus {number}").title for number in range(5)}
    assert set(found("gewaechshaus")) == titles


def test_a_server_that_fails_is_done_without(server, publish, caplog):
    publish("Ein Abend im Gewächshaus")
    server.is_broken = True
    with caplog.at_level(logging.WARNING, "home.opensearch"):
        assert found("gewaechshaus") == ["Ein Abend im Gewächshaus"]
    assert "index_search" in caplog.text
    asked = server.asked
    assert found("gewaechshaus") == ["Ein Abend im Gewächshaus"]
    assert server.asked == asked, "asked again at once"


def test_a_server_that_is_not_there_hinders_no_publishing(server, publish, settings, caplog):
    settings.SEARCH_URL = "http://127.0.0.1:9"
    with caplog.at_level(logging.WARNING, "home.opensearch"):
        publish("Ein Abend im Gewächshaus")
    assert "index_search" in caplog.text
    assert found("gewaechshaus") == ["Ein Abend im Gewächshaus"]


def test_the_missing_package_is_asked_for(settings, monkeypatch):
    monkeypatch.setattr("home.checks.find_spec", lambda _name: None)
    assert opensearch_is_installed() == []
    settings.SEARCH_URL = "http://opensearch.example:9200"
    assert [problem.id for problem in opensearch_is_installed()] == ["home.E003"]
