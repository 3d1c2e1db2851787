"""What search engines and shared links read is true, absolute and never empty."""

import json
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
from django.db import transaction
from wagtail.models import Locale, Page, Site

from home.models import CampaignSettings
from home.visibility import visible_pages
from tests import factories
from tests.sample import PAGES, build_campaign

HOST = "http://localhost"
LISTS = ("impulses", "postcards", "courage cards", "guest posts")
TEXTS = ("impulse", "postcard", "courage card", "guest post", "page")
WITH_WORDS = ("home", *LISTS, *TEXTS)


@pytest.fixture(scope="module")
def standing_campaign(django_db_setup, django_db_blocker):
    """Keep a campaign for the whole module, its publisher named."""
    with django_db_blocker.unblock(), transaction.atomic():
        tree = build_campaign()
        CampaignSettings.objects.create(
            site=tree.home.get_site(),
            name="Haltung",
            publisher_name="Stadt Musterstadt",
            contact_email="haltung@stadt.example",
        )
        yield tree
        transaction.set_rollback(True)


@pytest.fixture
def campaign(standing_campaign, db):
    return standing_campaign


class Head:
    """The head of a page: titles, links, meta tags, linked data."""

    def __init__(self, response):
        document = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
        head = document.find("head")
        self.title = head.find("title").text
        self.links = {
            link.get("rel"): link.get("href") for link in head.iter("link") if link.get("rel")
        }
        names = [meta.get("property") or meta.get("name") for meta in head.iter("meta")]
        contents = [meta.get("content") for meta in head.iter("meta")]
        self.meta = {n: c for n, c in zip(names, contents, strict=True) if n}
        assert [name for name in names if name and name.startswith("og:")] == [
            name for name in self.meta if name.startswith("og:")
        ]
        scripts = [s for s in document.iter("script") if s.get("type") == "application/ld+json"]
        self.data = json.loads(scripts[0].text) if scripts else []
        self.by_type = {item["@type"]: item for item in self.data}


@pytest.fixture
def head(client):
    """Return a function that reads the head of an address."""
    return lambda address: Head(client.get(address, headers={"host": "localhost"}))


def page_at(address):
    root = Site.objects.get().root_page
    return Page.objects.get(url_path=f"{root.url_path}{address[1:]}").specific


# --- Words --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WITH_WORDS)
def test_every_page_names_its_one_address(campaign, head, name):
    assert head(PAGES[name]).links["canonical"] == f"{HOST}{PAGES[name]}"
    assert head(f"{PAGES[name]}?utm_source=x").links["canonical"] == f"{HOST}{PAGES[name]}"


@pytest.mark.parametrize("name", WITH_WORDS)
def test_every_page_may_be_found(campaign, head, name):
    assert "robots" not in head(PAGES[name]).meta


@pytest.mark.parametrize("name", ["search", "search for a word", "search for a tag", "not found"])
def test_what_is_no_page_is_not_to_be_found(campaign, head, name):
    found = head(PAGES[name])
    assert found.meta["robots"] == "noindex"
    assert "canonical" not in found.links


@pytest.mark.parametrize("name", [name for name in PAGES if name != "home"])
def test_the_title_ends_with_the_campaign(campaign, head, name):
    title = head(PAGES[name]).title
    assert title.endswith(" – Haltung")
    assert title.count("– Haltung") == 1


def test_titles_differ(campaign, head):
    titles = [head(PAGES[name]).title for name in WITH_WORDS]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", WITH_WORDS)
def test_shared_links_say_what_they_lead_to(campaign, head, name):
    found = head(PAGES[name])
    assert found.meta["og:title"] in found.title
    assert found.meta["og:url"] == found.links["canonical"]
    assert found.meta["og:site_name"] == "Haltung"
    assert found.meta["og:locale"] == "de_DE"
    assert found.meta["og:type"] == ("article" if name in TEXTS else "website")


@pytest.mark.parametrize("name", [*PAGES])
def test_nothing_said_is_empty(campaign, head, name):
    assert "" not in head(PAGES[name]).meta.values()


def test_an_editors_own_words_are_used(campaign, head):
    page = page_at("/ueber/")
    page.seo_title, page.social_text = "Wer wir sind", "Schaut vorbei!"
    page.save()
    found = head("/ueber/")
    assert found.title == "Wer wir sind – Haltung"
    assert found.meta["description"] == "Haltung zeigen."
    assert found.meta["og:description"] == "Schaut vorbei!"


def test_without_a_teaser_there_is_no_description(campaign, head):
    page = factories.StandardPageFactory(parent=campaign.home, search_description="")
    found = head(page.get_url())
    assert not {"description", "og:description"} & found.meta.keys()


@pytest.mark.parametrize("name", [name for name in TEXTS if "card" not in name])
def test_a_picture_is_shared_in_its_own_format(campaign, head, name):
    page = page_at(PAGES[name])
    page.teaser_image = factories.ImageFactory()
    page.save()
    found = head(PAGES[name])
    address = found.meta["og:image"]
    assert address.startswith(f"{HOST}/media/images/")
    assert address.endswith(".jpg")
    assert found.meta["og:image:alt"] == "Ein Kreis auf blauem Grund"
    assert found.meta["twitter:card"] == "summary_large_image"
    assert found.by_type["Article"]["image"] == address
    rendition = page.teaser_image.renditions.get(filter_spec__contains="1200x630")
    assert Path(rendition.file.path).exists()


def test_a_page_in_english_says_so(campaign, head):
    english = Locale.objects.create(language_code="en")
    page = campaign.home.copy_for_translation(english)
    page.title = "Attitude"
    page.save_revision().publish()
    found = head("/en/")
    assert found.meta["og:locale"] == "en_GB"
    assert found.links["canonical"] == f"{HOST}/en/"


# --- Linked data --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WITH_WORDS)
def test_every_page_names_its_publisher(campaign, head, name):
    assert head(PAGES[name]).by_type["Organization"] == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": "Stadt Musterstadt",
        "url": f"{HOST}/",
        "email": "haltung@stadt.example",
    }


@pytest.mark.parametrize("name", WITH_WORDS)
def test_the_breadcrumbs_lead_from_the_home_page_to_the_page(campaign, head, name):
    crumbs = head(PAGES[name]).by_type["BreadcrumbList"]["itemListElement"]
    assert [crumb["position"] for crumb in crumbs] == list(range(1, len(crumbs) + 1))
    parts = [part for part in PAGES[name].split("/") if part]
    paths = ["/", *(f"/{'/'.join(parts[: n + 1])}/" for n in range(len(parts)))]
    assert [crumb["item"] for crumb in crumbs] == [f"{HOST}{path}" for path in paths]
    assert crumbs[-1]["name"] == page_at(PAGES[name]).title


@pytest.mark.parametrize("name", WITH_WORDS)
def test_texts_are_articles_and_doors_to_texts_are_not(campaign, head, name):
    assert ("Article" in head(PAGES[name]).by_type) == (name in TEXTS)


@pytest.mark.parametrize("name", TEXTS)
def test_an_article_says_who_when_and_what_others_may_do(campaign, head, name):
    article, page = head(PAGES[name]).by_type["Article"], page_at(PAGES[name])
    assert article["headline"] == page.title
    assert article["mainEntityOfPage"] == f"{HOST}{PAGES[name]}"
    assert article["inLanguage"] == "de"
    assert article["publisher"]["name"] == "Stadt Musterstadt"
    assert article["license"] == "https://creativecommons.org/licenses/by/4.0/deed.de"
    assert datetime.fromisoformat(article["datePublished"]) == page.first_published_at
    assert datetime.fromisoformat(article["dateModified"]) == page.last_published_at
    assert [author["name"] for author in article.get("author", [])] == page.author_names()
    assert "" not in article.values()


def test_a_guest_post_names_its_author(campaign, head):
    assert head(PAGES["guest post"]).by_type["Article"]["author"][0]["@type"] == "Person"


@pytest.mark.parametrize("title", ["</script><script>alert(1)</script>", "<!-- & \u2028 \"'"])
def test_no_title_breaks_out_of_the_linked_data(campaign, head, title):
    page = factories.StandardPageFactory(parent=campaign.home, title=title, slug="ausbruch")
    found = head(page.get_url())
    assert found.by_type["Article"]["headline"] == title
    assert found.meta["og:title"] == title


# --- Sitemap and robots.txt ---------------------------------------------------------------------


def test_the_sitemap_holds_every_public_page_once(campaign, client):
    response = client.get("/sitemap.xml", headers={"host": "localhost"})
    assert response["Content-Type"].startswith("application/xml")
    root = ElementTree.fromstring(response.content)  # noqa: S314 -- our own answer
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    urls = {url.find(f"{name}loc").text: url for url in root}
    expected = visible_pages().filter(depth__gt=1)
    assert urls.keys() == {page.full_url for page in expected}
    assert len(root) == len(urls)
    dated = expected.exclude(last_published_at=None).count()
    assert sum(url.find(f"{name}lastmod") is not None for url in root) >= dated


def test_robots_shows_the_way_to_the_sitemap_and_away_from_the_admin(client, db):
    response = client.get("/robots.txt", headers={"host": "localhost"})
    lines = response.content.decode().splitlines()
    assert response["Content-Type"].startswith("text/plain")
    assert lines[:2] == ["User-agent: *", "Disallow: /admin/"]
    assert f"Sitemap: {HOST}/sitemap.xml" in lines


# --- Share links --------------------------------------------------------------------------------


@pytest.mark.parametrize("social_text", ["", "Schaut vorbei!"])
def test_a_page_is_passed_on_with_its_words_and_its_address(campaign, client, social_text):
    page = page_at("/ueber/")
    page.social_text = social_text
    page.save()
    response = client.get("/ueber/", headers={"host": "localhost"})
    document = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    hrefs = [link.get("href") for link in document.iter("a")]
    (mail,) = (urlsplit(href) for href in hrefs if href.startswith("mailto:?"))
    assert parse_qs(mail.query) == {
        "subject": ["Über"],
        "body": [f"{social_text or 'Haltung zeigen.'}\n\n{HOST}/ueber/"],
    }
