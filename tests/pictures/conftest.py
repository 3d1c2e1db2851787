"""What the tests of pictures stand on: a campaign that shows one picture in every place."""

import pytest
from django.core.cache import cache

from home.models import CampaignSettings
from tests import factories, sample


@pytest.fixture
def portrait(db):
    """Return a picture of somebody who has agreed; its words are found nowhere else."""
    return factories.ImageFactory(
        file__filename="aufnahme-xyz.jpg",
        file__width=60,
        file__height=40,
        title="Aufnahme",
        description="Mara im Gegenlicht",
        credit="Foto: Xaver Zyx",
        shows_people=True,
        consent_reference="Akte 13",
    )


@pytest.fixture
def everywhere(db, portrait):
    """Build a campaign that shows the picture in every place; return its public addresses."""
    tree = sample.build_campaign()
    shown = {"image": portrait.pk, "decorative": False, "alt_text": "", "caption": ""}
    film = factories.VideoFactory()
    video = sample.video(film)
    video["value"]["poster"] = portrait.pk
    body = [
        {"type": "picture", "value": shown},
        {"type": "gallery", "value": {"title": "", "pictures": [shown, shown]}},
        {"type": "contact", "value": {"name": "Mara", "portrait": portrait.pk}},
        {"type": "logos", "value": {"title": "", "items": [{"image": portrait.pk, "name": "S"}]}},
        video,
    ]
    author = factories.AuthorFactory(portrait=portrait)
    parts = [
        factories.ImpulsePageFactory(parent=tree.impulses, teaser_image=portrait, body=body),
        factories.PostcardPageFactory(parent=tree.postcards, picture=portrait, design="picture"),
        factories.CourageCardPageFactory(
            parent=tree.courage, picture=portrait, teaser_image=portrait
        ),
        factories.GuestPostPageFactory(
            parent=tree.blog, title_image=portrait, authors=[author], body=body
        ),
        factories.StandardPageFactory(parent=tree.home, teaser_image=portrait, body=body),
    ]
    tree.home.hero_image = tree.home.teaser_image = portrait
    sections = [("postcard_wall", tree.postcards), ("courage_today", tree.courage)]
    sections += [("teasers", tree.impulses), ("teasers", tree.blog)]
    tree.home.body = [
        {"type": name, "value": {"title": "Neues", "source": "latest", "section": section.pk}}
        for name, section in sections
    ]
    tree.home.save()
    CampaignSettings.objects.update_or_create(
        site=tree.home.get_site(), defaults={"logo": portrait}
    )
    keys = [page.pk for page in (tree.home, *parts)]
    addresses = [
        *(address for address in sample.PAGES.values() if address != "/nirgendwo/"),
        *sample.OTHERS.values(),
        *(page.get_url() for page in parts),
        "/api/v1/site",
        "/api/v1/pages",
        "/api/v1/changes",
        *(f"/api/v1/pages/{pk}" for pk in keys),
        *(f"/api/v1/embed/{pk}" for pk in keys),
        *(f"/api/v1/oembed?url={page.full_url}" for page in parts),
    ]
    return list(dict.fromkeys(addresses))


@pytest.fixture
def read(client):
    """Return a function that reads an address as a citizen does, whatever it answers."""

    def answer(address):
        cache.clear()
        response = client.get(address)
        content = b"".join(response) if response.streaming else response.content
        return content.decode(errors="replace")

    return answer
