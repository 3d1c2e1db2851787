"""Campaigns for tests that only read, built once a module, and a client that asks the API."""

import json

import pytest
from django.db import transaction
from django.test import Client, override_settings

from api.problems import MEDIA_TYPE
from api.schemas import Problem
from tests.rich import build_rich_campaign
from tests.sample import build_campaign

API = "/api/v1"


@pytest.fixture(scope="module")
def standing_campaign(django_db_setup, django_db_blocker):
    """Keep a campaign with a page of every type for the whole module."""
    with django_db_blocker.unblock(), transaction.atomic():
        build_campaign()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def campaign(standing_campaign, db):
    """Let a test read the standing campaign; what it writes is taken back."""


@pytest.fixture(scope="module")
def standing_rich_campaign(django_db_setup, django_db_blocker, tmp_path_factory):
    """Keep a campaign in which everything is used, and its pictures, for the whole module."""
    media = tmp_path_factory.mktemp("media")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=media),
        transaction.atomic(),
    ):
        pages, images = build_rich_campaign()
        yield media, pages, images
        transaction.set_rollback(True)


@pytest.fixture
def rich(standing_rich_campaign, db, settings):
    """Let a test read the standing rich campaign; return a page of each type."""
    media, pages, _images = standing_rich_campaign
    settings.MEDIA_ROOT = media
    return pages


@pytest.fixture
def api(client):
    """Return a function that asks the API and returns the JSON of a good answer."""
    client.raise_request_exception = False

    def ask(path, status=200, **parameters):
        response = client.get(f"{API}{path}", parameters)
        assert response.status_code == status, (path, parameters, response.content[:500])
        return response.json()

    return ask


@pytest.fixture
def raw():
    """Return a client to which a fault is a status, as others see it."""
    return Client(raise_request_exception=False)


def is_problem(response):
    """Tell whether the answer is an error as the contract describes it; fail with what is not."""
    assert 400 <= response.status_code < 500, (response.status_code, response.content[:300])
    assert response["Content-Type"] == MEDIA_TYPE, response["Content-Type"]
    found = Problem.model_validate(json.loads(response.content))
    assert found.status == response.status_code
    assert found.title
    assert found.detail
    assert response["Cache-Control"] == "no-store"
    return True
