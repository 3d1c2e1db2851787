"""Exports take along what consent says, and nothing that the public may not see."""

import json

import pytest
from django.core.management import call_command

from api.transfer.filling import Restorer
from home.models import CampaignImage
from tests import factories


@pytest.fixture
def exported(tree, portrait, tmp_path):
    """Return a function that exports a page with the picture, and what it has written."""
    factories.StandardPageFactory(parent=tree.home, teaser_image=portrait)

    def export():
        folder = tmp_path / "export"
        call_command("export", "--out", str(folder), verbosity=0)
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }

    return export


def test_consent_travels_with_the_picture(exported, portrait):
    portrait.consent_valid_until = "2099-12-31"
    portrait.save()
    data = json.loads(exported()[f"images/{portrait.pk}.json"])
    restored = Restorer().fill(CampaignImage(), data)
    for name in CampaignImage.export_fields:
        portrait.refresh_from_db()
        assert getattr(restored, name) == getattr(portrait, name), name
    assert restored.shows_people


def test_a_picture_that_is_held_back_is_in_no_export(exported, portrait):
    before = exported()
    assert [name for name in before if name.startswith("images/")]
    assert [name for name, content in before.items() if b"Xaver Zyx" in content]
    portrait.consent_withdrawn_on = "2026-11-01"
    portrait.save()
    files = exported()
    assert not [name for name in files if name.startswith("images/")]
    assert not [name for name, content in files.items() if b"Xaver Zyx" in content]
