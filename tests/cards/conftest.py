"""A public postcard and a courage card, and cards that are set in the tests' own process."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from home.models import CampaignImage
from postcards.models import CardCode, CourageCardPage, PostcardPage
from postcards.print import worker
from tests import factories


@pytest.fixture(autouse=True)
def set_here(monkeypatch, request):
    """Set cards in this process, which costs less than one of their own; count the runs."""
    runs = []

    def run(tasks):
        runs.append(list(tasks))
        return [worker._answer(task) for task in tasks]

    if "own_process" not in request.keywords:
        monkeypatch.setattr("postcards.print.worker.run", run)
    return runs


@pytest.fixture
def card(tree):
    """Return the card of Article 1, public."""
    return factories.PostcardPageFactory(
        parent=tree.postcards,
        title="Artikel 1: Menschenwürde",
        slug="artikel-1",
        headline="Die Würde des Menschen ist unantastbar.",
        credit="Stadtgrafik",
    )


@pytest.fixture
def courage_card(tree):
    """Return a courage card, public."""
    return factories.CourageCardPageFactory(
        parent=tree.courage,
        title="Frag nach",
        slug="frag-nach",
        back_text='<p>Ruhig <b>fragen</b>, <a href="https://example.org/">nicht</a> rufen.</p>',
        team="Ausbildung",
    )


@pytest.fixture
def picture():
    """Return a function that uploads a picture of a size in pixels."""

    def make(width=1900, height=1300, **fields):
        file = io.BytesIO()
        Image.linear_gradient("L").resize((width, height)).convert("RGB").save(file, "JPEG")
        upload = SimpleUploadedFile("bild.jpg", file.getvalue())
        known = {"title": "Bild", "description": "Ein Verlauf", "width": width, "height": height}
        return CampaignImage.objects.create(file=upload, **(known | fields))

    return make


@pytest.fixture
def code_of():
    """Return a function that looks up a card's code."""
    return lambda page: CardCode.objects.get(page_id=page.pk).code


@pytest.fixture
def fresh():
    """Return a function that reads a card anew, as a request does."""

    def read(page):
        model = PostcardPage if isinstance(page, PostcardPage) else CourageCardPage
        return model.objects.get(pk=page.pk)

    return read
