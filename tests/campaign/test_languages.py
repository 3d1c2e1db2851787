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
