"""What a reader of the API follows leads where the rendered page leads, in every language."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from wagtail.models import Locale

from tests.rich import linking

pytestmark = pytest.mark.django_db
HREF = re.compile(r'href="([^"]*)"')


def links(html):
    """Return the paths that a text links inside of the site."""
    found = (urlsplit(address) for address in HREF.findall(html))
    return {link.path for link in found if link.hostname in {None, "localhost"} and link.path}


def texts(value):
    """Yield all rich texts of an answer, however deep."""
    if isinstance(value, dict):
        if value.keys() == {"html", "hast"}:
            yield value
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def addresses(node):
    """Yield the addresses of a text's tree."""
    if node["type"] == "element" and "href" in node["properties"]:
        yield node["properties"]["href"]
    for child in node.get("children", ()):
        yield from addresses(child)


@pytest.fixture
def english(rich):
    """Translate the post and all above it into English, and link them from one another."""
    locale = Locale.objects.get_or_create(language_code="en")[0]
    for page in rich[3].get_ancestors().filter(depth__gt=1).specific():
        page.copy_for_translation(locale).save_revision().publish()
    for page in rich[:6]:
        page.refresh_from_db()
        page.copy_for_translation(locale, copy_parents=True).specific.save_revision().publish()
    post = rich[3].get_translation(locale)
    things = [post, post.get_parent().specific, *rich[:2]]
    post.lead = linking(things[:3], type("Gone", (), {"pk": 0}))
    post.save_revision().publish()
    return post


def test_every_link_is_the_rendered_pages(api, rich):
    checked = 0
    for page in rich:
        rendered = links(api.client.get(page.url).content.decode())
        answered = api.json(f"/resolve?path={page.url}")["page"]
        for text in texts(answered):
            found = links(text["html"])
            checked += len(found)
            assert found <= rendered, (page.url, found - rendered)
            assert [*HREF.findall(text["html"])] == [*addresses(text["hast"])]
    assert checked > 20


def test_every_link_is_the_rendered_pages_in_another_language(api, english):
    rendered = links(api.client.get(english.url).content.decode())
    assert english.url.startswith("/en/")
    answered = api.json(f"/resolve?path={english.url}")["page"]
    assert answered["locale"] == "en"
    found = links(answered["lead"]["html"])
    assert english.url in found
    assert any(not path.startswith("/en/") for path in found if not path.startswith("/documents"))
    assert found <= rendered


def test_links_are_absolute(api, rich):
    for page in rich:
        for text in texts(api.json(f"/resolve?path={page.url}")["page"]):
            assert all(not href.startswith("/") for href in HREF.findall(text["html"]))


def test_a_page_names_its_translations(api, english, rich):
    german = api.json(f"/resolve?path={rich[3].url}")["page"]
    assert [one["path"] for one in german["translations"]] == [english.url]
    assert [one["locale"] for one in german["translations"]] == ["en"]


def test_the_languages_of_the_site_are_those_with_a_home_page(api, english):
    site = api.json("/site")
    assert [locale["code"] for locale in site["locales"]] == [settings.LANGUAGE_CODE, "en"]
    assert site["locales"][1]["home"]["path"] == "/en/"


def test_lists_can_be_read_in_one_language(api, english):
    items = api.json("/pages?locale=en&limit=100")["items"]
    assert {item["locale"] for item in items} == {"en"}
    assert english.pk in {item["id"] for item in items}


def test_a_list_goes_on_where_it_stopped(api, rich):
    for order in ("-published", "published", "title", "-title", "path"):
        whole = [item["id"] for item in api.json(f"/pages?order={order}&limit=100")["items"]]
        pieces, cursor = [], ""
        while True:
            answer = api.json(f"/pages?order={order}&limit=3{cursor}")
            pieces += [item["id"] for item in answer["items"]]
            if answer["next_cursor"] is None:
                break
            cursor = f"&cursor={answer['next_cursor']}"
        assert pieces == whole
        assert len(set(whole)) == len(whole) == answer["total"]


def test_a_search_goes_on_where_it_stopped(api, rich):
    whole = [item["id"] for item in api.json("/pages?q=Haltung&limit=100")["items"]]
    first = api.json("/pages?q=Haltung&limit=2")
    second = api.json(f"/pages?q=Haltung&limit=100&cursor={first['next_cursor']}")
    assert [item["id"] for item in first["items"] + second["items"]] == whole
    assert first["total"] == len(whole) > 2


@pytest.mark.parametrize(
    ("query", "facet"),
    [
        ("type=postcard", "type"),
        ("tag=mut", "tag"),
        ("article=1", "article"),
        ("q=Haltung", "type"),
    ],
)
def test_counts_are_what_the_filters_leave(api, rich, query, facet):
    answer = api.json(f"/pages?{query}&limit=1")
    for name, choices in answer["facets"].items():
        for choice in choices:
            asked = "&".join(part for part in query.split("&") if not part.startswith(f"{name}="))
            narrowed = api.json(f"/pages?{asked}&{name}={choice['value']}&limit=1")
            assert narrowed["total"] == choice["count"], (name, choice)
    assert answer["facets"][facet]
