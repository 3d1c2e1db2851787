"""A campaign in which everything is used, built once a module; and where exports go."""

from pathlib import Path

import pytest
from django.core.management.base import CommandError
from django.test import Client, override_settings

from home.models import CampaignImage, ContentVersion, Department
from tests.api.exports import start_anew, stored, take_in
from tests.rich import build_rich_campaign
from tests.standing import standing

API = "/api/v1"


class Reader:
    """Somebody who asks the API."""

    def __init__(self):
        self.client = Client(headers={"host": "localhost"})

    def get(self, path, **headers):
        """Return the answer to a path below the API's root."""
        return self.client.get(f"{API}{path}", headers=headers)

    def json(self, path):
        """Return the content of a path that must have one."""
        response = self.get(path)
        assert response.status_code == 200, (path, response.content)
        return response.json()


@pytest.fixture
def api(db):
    """Return a reader of the API."""
    return Reader()


@pytest.fixture(scope="module")
def standing_rich_campaign(django_db_setup, django_db_blocker, tmp_path_factory):
    """Keep a rich campaign for the whole module."""
    media = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=media), standing(django_db_blocker):
        pages, _images = build_rich_campaign()
        yield media, pages


@pytest.fixture
def rich(standing_rich_campaign, db, settings, own_files_and_empty_cache):
    """Return the rich campaign's pages, one of each type; what a test writes is taken back."""
    settings.MEDIA_ROOT, pages = standing_rich_campaign
    return pages


@pytest.fixture
def anew(settings, tmp_path):
    """Return a function that makes the instance a new one."""
    return lambda: start_anew(settings, tmp_path / "other media")


@pytest.fixture
def folder(tmp_path):
    """Return where an export goes."""
    return tmp_path / "export"


@pytest.fixture
def nothing_written(settings, anew, folder):
    """Return a function that imports, expects an error and looks whether anything was written."""

    def check(folder, match):
        before = stored(), ContentVersion.current(), Department.objects.count()
        with pytest.raises(CommandError, match=match):
            take_in(folder)
        assert (stored(), ContentVersion.current(), Department.objects.count()) == before
        assert not CampaignImage.objects.exists()
        media = Path(settings.MEDIA_ROOT)
        assert [path for path in media.rglob("*") if path.is_file()] == []

    return check
