"""A campaign with a page of every type, built once a module for tests that only read."""

import pytest

from tests.sample import build_campaign
from tests.standing import standing


@pytest.fixture(scope="module")
def standing_campaign(django_db_setup, django_db_blocker):
    """Keep a campaign for the whole module."""
    with standing(django_db_blocker):
        build_campaign()
        yield


@pytest.fixture
def campaign(standing_campaign, db):
    """Let a test read the standing campaign; what it writes is taken back."""
