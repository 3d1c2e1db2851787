"""A form whose blocks cannot be read is answered with 400, wherever it is sent."""

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Page

from home.models import StandardPage
from tests.sample import build_campaign

pytestmark = pytest.mark.django_db
TYPES = [
    model
    for model in apps.get_models()
    if issubclass(model, Page) and any(isinstance(f, StreamField) for f in model._meta.fields)
]


@pytest.fixture
def campaign(db):
    """Build a page of each type."""
    build_campaign()


def addresses(model):
    """Return where forms for pages of a type are sent."""
    page = model.objects.first()
    kind = [model._meta.app_label, model._meta.model_name]
    return {
        "create": reverse("wagtailadmin_pages:add", args=[*kind, page.get_parent().pk]),
        "edit": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "preview": reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]),
        "preview on create": reverse(
            "wagtailadmin_pages:preview_on_add", args=[*kind, page.get_parent().pk]
        ),
    }


@pytest.mark.parametrize("where", ["create", "edit", "preview", "preview on create"])
@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_a_form_without_its_streams_is_a_bad_request(campaign, admin_client, model, where):
    address = addresses(model)[where]
    if "create" in where and not model.can_create_at(model.objects.first().get_parent()):
        pytest.skip("there is one of it already, and no form for another one")
    answer = admin_client.post(address, {"title": "Neu", "slug": "neu"})
    assert answer.status_code == 400


def block(kind, **value):
    """Return a stream of one block."""
    sent = {"body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": kind}
    return sent | {f"body-0-value{name}": given for name, given in value.items()}


BROKEN = {
    "a count that is no number": {"body-count": "viele"},
    "a count without blocks": {"body-count": "1"},
    "no type": {"body-count": "1", "body-0-deleted": "", "body-0-order": "0"},
    "an order that is no number": block("text", **{"": "null"}) | {"body-0-order": "x"},
    "a list without its count": block("gallery", **{"-title": "x"}),
    "a table without its columns": block("table", **{"-table-caption": "x"}),
    "two blocks in one place": block("quote", **{"-text": "a", "-name": "b"})
    | {
        "body-count": "2",
        "body-1-deleted": "",
        "body-1-order": "0",
        "body-1-type": "quote",
        "body-1-value-text": "anders",
        "body-1-value-name": "b",
    },
    "a picture that is no number": block("picture", **{"-image": "drei"}),
    "a picture beyond all numbers": block("picture", **{"-image": "9" * 30}),
}


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("where", ["edit", "preview"])
def test_what_no_browser_sends_is_a_bad_request(campaign, editor, kind, where):
    answer = editor.post(addresses(StandardPage)[where], {"title": "Neu"} | BROKEN[kind])
    assert answer.status_code in ({200, 400} if "picture" in kind else {400})


def test_a_form_with_its_stream_is_read_as_before(campaign, editor):
    address = addresses(StandardPage)["edit"]
    answer = editor.post(address, {"title": "", "body-count": "0"})
    assert answer.status_code == 200
    assert "title" in answer.context["form"].errors
