"""A list in parts is the whole list: nothing twice, nothing left out, in every order."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import Page

from tests import factories

pytestmark = pytest.mark.django_db
ORDERS = ["-published", "published", "title", "-title", "path"]


@pytest.fixture
def pages(tree):
    """Make pages that many orders cannot tell apart: alike in title, in date, without any date."""
    day = timezone.now() - dt.timedelta(days=3)
    made = [
        factories.GuestPostPageFactory(
            parent=tree.blog, title=title, slug=f"post-{number}", search_description="Mut tut gut."
        )
        for number, title in enumerate(["Brief", "Brief", "Brief", "Ärger", "Zuversicht"])
    ]
    alike, undated = [page.pk for page in made[:3]], [page.pk for page in made[3:]]
    Page.objects.filter(pk__in=alike).update(first_published_at=day)
    Page.objects.filter(pk__in=undated).update(first_published_at=None)
    return made


def in_parts(api, asked, limit):
    """Return the ids of a list that is read `limit` by `limit`, and the totals that it tells."""
    ids, totals, cursor = [], [], ""
    while cursor is not None:
        part = api.json(f"/pages?{asked}&limit={limit}" + (f"&cursor={cursor}" if cursor else ""))
        assert 0 < len(part["items"]) <= limit
        ids += [page["id"] for page in part["items"]]
        totals.append(part["total"])
        cursor = part["next_cursor"]
    return ids, totals


@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize("asked", [*(f"order={order}" for order in ORDERS), "q=Mut"])
def test_a_list_in_parts_is_the_whole_list(api, pages, asked, limit):
    whole = api.json(f"/pages?{asked}&limit=100")
    ids, totals = in_parts(api, asked, limit)
    assert ids == [page["id"] for page in whole["items"]]
    assert len(ids) == len(set(ids)) == whole["total"]
    assert set(totals) == {whole["total"]}


@pytest.mark.parametrize("order", ORDERS)
def test_a_page_that_is_withdrawn_between_two_parts_takes_no_other_along(api, pages, order):
    asked = f"type=guest_post&order={order}"
    before, _totals = in_parts(api, asked, 1)
    part = api.json(f"/pages?{asked}&limit=3")
    Page.objects.get(pk=before[0]).specific.unpublish()
    rest = api.json(f"/pages?{asked}&cursor={part['next_cursor']}")
    assert [page["id"] for page in rest["items"]] == before[3:]
