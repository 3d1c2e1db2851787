"""Drafts for a headless client: what a signed token names, to be seen before it is public."""

import json
from typing import Annotated, Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.signing import BadSignature, SignatureExpired
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field, ValidationError
from wagtail.models import Page
from wagtail_headless_preview.models import (
    HeadlessPreviewMixin,
    PagePreview,
)

from .answers import ERRORS, answer
from .problems import InvalidError, problem
from .registry import registry
from .schemas import PageSchema, whole

#: How long a token is good for, in seconds.
MAX_AGE = 3600
Token = Annotated[str, Field(min_length=1, max_length=255, description="As the admin gave it.")]


class IncompleteError(Exception):
    """A draft lacks what its answer cannot do without; `args` are the names of the fields."""


router = Router()


@router.get(
    "/preview",
    operation_id="get_preview",
    summary="Read a draft",
    response={200: registry.complete()["AnyPage"], **ERRORS},
)
def get_preview(request: HttpRequest, token: Token) -> HttpResponse:  # noqa: ARG001
    """Return the draft that an editor is looking at, whoever asks; a token is good for an hour.

    A draft that was never saved has the id 0.
    """
    try:
        page = draft(token)
        with registry.content.drafts():
            return answer(shown(page))
    except IncompleteError as error:
        fields = ", ".join(error.args)
        return problem(422, f"The draft cannot be shown before it has: {fields}.")


def draft(token: str) -> Page:
    """Return the page that a token names, as its editor has left it.

    Raises `InvalidError` for a token that is forged or too old, `Http404` where it names no
    draft (any more).
    """
    try:
        HeadlessPreviewMixin.get_preview_signer().unsign(token, max_age=MAX_AGE)
    except SignatureExpired as error:
        raise InvalidError("token", "It has expired. Please open the preview again.") from error
    except BadSignature as error:
        raise InvalidError("token", "It is not one of this site.") from error
    preview = PagePreview.objects.select_related("content_type").filter(token=token).first()
    model = preview.content_type.model_class() if preview else None
    if preview is None or model not in registry.page_types:
        raise Http404("This token names no draft. Please open the preview again.")
    # Unchecked: the check fails with a bare `Exception` where something protected is gone.
    page = model.from_serializable_data(json.loads(preview.content_json), check_fks=False)
    page.pk = page.id = page.pk or 0
    return page


def shown(page: Page) -> PageSchema:
    """Return a draft as the whole page that it will be; raise `IncompleteError`."""
    if missing := _missing(page):
        raise IncompleteError(*missing)
    try:
        found = whole(registry.content.prepare(page))
    except ValidationError as error:
        fields = {str(found["loc"][0]) for found in error.errors() if found["loc"]}
        raise IncompleteError(*sorted(fields)) from error
    except ObjectDoesNotExist as error:
        raise Http404("The draft names something that is gone.") from error
    if found is None:
        raise Http404("The API does not show pages of this type.")
    return found


def _missing(page: Page) -> list[str]:
    """Return the names of the fields without a value that the database will ask for."""
    fields: list[Any] = page._meta.concrete_fields
    return [
        field.name
        for field in fields
        if not field.null and not field.primary_key and getattr(page, field.attname) is None
    ]
