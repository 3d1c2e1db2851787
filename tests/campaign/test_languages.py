"""A language's prefix leads somewhere only once the campaign has pages in it."""

import pytest
from wagtail.models import Locale

PREFIXES = ["/en/", "/de-simple/"]


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("rest", ["", "impulse/", "suche/", "suche/?q=Haltung"])
def test_a_language_without_pages_is_not_found(client, tree, prefix, rest):
    assert client.get(f"{prefix}{rest}").status_code == 404


def test_a_translated_home_page_answers_in_its_language(client, tree):
    english = Locale.objects.create(language_code="en")
    tree.home.copy_for_translation(english).save_revision().publish()

    assert client.get("/en/").status_code == 200
    assert client.get("/en/suche/?q=Haltung").status_code == 200


@pytest.mark.parametrize("prefix", PREFIXES)
def test_where_a_language_has_no_pages_the_default_one_says_so(client, tree, prefix):
    Locale.objects.create(language_code=prefix.strip("/"))
    answer = client.get(f"{prefix}nirgendwo/")
    html = answer.content.decode()
    assert answer.status_code == 404
    assert '<html lang="de">' in html
    assert "Diese Seite gibt es nicht" in html
    assert 'href="/"' in html
    assert answer["Content-Language"] == "de"


def test_a_language_with_pages_says_itself_that_one_is_missing(client, tree):
    english = Locale.objects.create(language_code="en")
    tree.home.copy_for_translation(english).save_revision().publish()
    answer = client.get("/en/nirgendwo/")
    assert (answer.status_code, answer["Content-Language"]) == (404, "en")
    assert '<html lang="en">' in answer.content.decode()


@pytest.mark.parametrize("address", ["/suche/", "/impulse/"])
def test_the_current_page_is_the_breadcrumbs_end_and_no_link(client, tree, address):
    html = client.get(address).content.decode()
    crumbs = html[html.index('<nav class="breadcrumb"') :].split("</nav>")[0]
    assert crumbs.count("<a ") == 1
    assert crumbs.count('<span aria-current="page">') == 1
