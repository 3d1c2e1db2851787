"""Telling a story: step by step, nothing typed is lost, and a page in moderation comes of it."""

import pytest
from django.urls import reverse

from home.moderation import flow
from impulses.models import ImpulsePage

pytestmark = pytest.mark.django_db


def test_the_answers_become_a_draft_in_moderation(author, team):
    submission = author.fill(author.begin())
    response = author.send(submission)
    assert response.url == reverse("sharing:thanks", args=[submission.token])
    page = ImpulsePage.objects.get()
    assert not page.live
    assert page.owner == team.beitragende
    assert page.get_parent().pk == team.tree.impulses.pk
    assert (page.title, page.kind, page.participants) == ("Siebdruck im Schulamt", "workshop", 40)
    assert page.contact_name == author.user.get_full_name()
    assert page.contact_email == ""
    assert page.introduction == "Wir haben gedruckt. Vierzig Leute kamen."
    assert [block.block_type for block in page.body] == ["heading", "text"] * 3
    assert "<li>einen Raum</li>" in str(page.body[5].value)
    assert [article.number for article in page.related_articles] == ["1", "5"]
    assert page.latest_revision.user == team.beitragende
    assert flow.status_of(page).desk == team.departments["own"].short_name
    assert author.client.get(response.url).status_code == 200
