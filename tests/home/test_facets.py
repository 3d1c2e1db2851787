"""Every overview offers the filters that its pages can answer, and none that changes nothing."""

import datetime as dt
import re

import pytest
from wagtail.models import Page

from blog.models import BlogIndexPage
from impulses.models import ImpulseIndexPage
from postcards.models import CourageCardIndexPage, PostcardIndexPage
from tests import factories

OVERVIEWS = {
    ImpulseIndexPage: (
        factories.ImpulsePageFactory,
        ["department", "kind", "article", "tag", "year"],
    ),
    PostcardIndexPage: (factories.PostcardPageFactory, ["article", "department", "tag", "year"]),
    CourageCardIndexPage: (
        factories.CourageCardPageFactory,
        ["occasion", "department", "article", "tag", "year"],
    ),
    BlogIndexPage: (factories.GuestPostPageFactory, ["article", "department", "tag", "year"]),
}


def build_two(overview, article):
    """Put two pages below an overview that differ in everything that can be filtered."""
    parent = overview.objects.get()
    factory, _names = OVERVIEWS[overview]
    pages = []
    for slug, number, year in (("dezernat-x", "3", 2024), ("dezernat-y", "4", 2025)):
        values = {
            "department": factories.DepartmentFactory(slug=slug, short_name=slug),
            "tags": [slug],
        }
        match overview._meta.model_name:
            case "postcardindexpage":
                values["article"] = article(number)
            case "couragecardindexpage":
                values["occasions"] = [slug]
            case "impulseindexpage":
                values["start_date"] = dt.date(year, 5, 1)
                values["kind"] = "workshop" if number == "3" else "talk"
            case "blogindexpage":
                values["published_on"] = dt.date(year, 5, 1)
        if overview is not PostcardIndexPage:
            values["articles"] = [article(number)]
        page = factory(parent=parent, **values)
        # Half an hour into the year, in Berlin.
        moment = dt.datetime(year - 1, 12, 31, 23, 30, tzinfo=dt.UTC)
        Page.objects.filter(pk=page.pk).update(first_published_at=moment)
        pages.append(page)
    return parent, pages


@pytest.mark.parametrize("overview", OVERVIEWS)
def test_every_overview_filters_by_all_that_its_pages_know(tree, client, article, overview):
    parent, (page, _other) = build_two(overview, article)
    names = OVERVIEWS[overview][1]
    facets = {facet.name: facet for facet in client.get(parent.url).context["listing"].facets}
    assert list(facets) == names
    chosen = {}
    for name in names:
        values = {option.value: option.count for option in facets[name].options}
        assert list(values.values()) == [1, 1]
        chosen[name] = {"article": "3", "year": "2024", "kind": "workshop"}.get(name, "dezernat-x")
        response = client.get(parent.url, {name: chosen[name]})
        assert [item.pk for item in response.context["listing"].items] == [page.pk], name
    listing = client.get(parent.url, chosen).context["listing"]
    assert [item.pk for item in listing.items] == [page.pk]
    assert len(listing.active) == len(names)


def test_a_filter_that_changes_nothing_is_not_offered(tree, client):
    make = factories.CourageCardPageFactory
    make(parent=tree.courage, tags=["Mut"])
    make(parent=tree.courage, tags=["Mut"], occasions=["Sitzung"])
    facets = client.get(tree.courage.url).context["listing"].facets
    # Every card has the tag, only one of them the occasion.
    assert [facet.name for facet in facets] == ["occasion"]
    chosen = client.get(f"{tree.courage.url}?tag=mut").context["listing"]
    assert [choice.label for choice in chosen.active] == ["Mut"]


def test_many_values_are_sorted_by_count_and_the_rare_ones_stand_behind_more(tree, client):
    tags = [f"Thema {number:02}" for number in range(15)]
    factories.ImpulsePageFactory(parent=tree.impulses, tags=tags)
    factories.ImpulsePageFactory(parent=tree.impulses, tags=[tags[14], tags[7]])
    html = client.get("/impulse/").content.decode()
    links = html[html.index('<details class="filters__more"') :].split("</section>")[0]
    first, rest = links.split('<details class="filters__rest"')
    shown = re.findall(r">(Thema \d\d)<", first)
    assert shown[:3] == ["Thema 07", "Thema 14", "Thema 00"]
    assert (len(shown), len(re.findall(r">Thema \d\d<", rest))) == (12, 3)
    assert "3 weitere" in rest


def test_values_with_an_order_of_their_own_keep_it(tree, client):
    for year, number in ((2024, 1), (2025, 2), (2026, 1)):
        for _ in range(number):
            factories.ImpulsePageFactory(parent=tree.impulses, start_date=dt.date(year, 3, 1))
    listing = client.get("/impulse/").context["listing"]
    (years,) = [facet for facet in listing.facets if facet.name == "year"]
    assert [option.value for option in years.first] == ["2026", "2025", "2024"]
