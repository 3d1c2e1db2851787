"""Cards for citizens: short addresses, files under readable names and under lasting ones."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from api.addresses import page_url
from api.redirects import find_way
from api.registry import registry
from home.lookups import current_lookups
from home.models import CampaignImage
from home.visibility import visible_pages

from . import archives
from .models import (
    CardCode,
    CardFile,
    CardIndexPage,
    CardVisits,
    PictureCard,
    PostcardIndexPage,
)
from .outputs import stored_address
from .print.formats import OUTPUTS, PUBLIC, Output
from .store import Order, gather, obtain

LASTING = "public, max-age=31536000, immutable"


@require_safe
def short_address(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from the code on a card to its page, wherever that is now.

    A card that was deleted is gone (410); one that is not public, like a code that never was,
    is not found.
    """
    card = get_object_or_404(CardCode, code=code.upper())
    if card.page_id is None:
        others = PostcardIndexPage.objects.visible().order_by("path").first()
        context = {"overview": others and page_url(others)}
        response = render(request, "postcards/gone.html", context, status=HTTPStatus.GONE)
        response["X-Robots-Tag"] = "noindex"
        return response
    page = visible_pages().filter(pk=card.page_id).first()
    address = page_url(page) if page else ""
    if page is None or not address:
        raise Http404
    site_id = (page.get_url_parts() or (None,))[0]
    if request.method == "GET" and current_lookups().campaign(site_id).count_card_visits:
        CardVisits.add(card)
    response = redirect(address)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def page_file(request: HttpRequest, path: str, name: str) -> HttpResponseBase:
    """Answer a file below a page: lead to a card's, or stream all cards of an overview."""
    site = registry.content.site(request)
    found = registry.content.find_path(site, path)
    model = found.specific_class if found else None
    if found is None and (way := find_way(request, f"/{path}")) and way.redirect.link:
        return redirect(f"{way.redirect.link.rstrip('/')}/{name}")
    if found is None or model is None or not issubclass(model, PictureCard | CardIndexPage):
        raise Http404
    page: Any = model.for_cards().get(pk=found.pk)
    with translation.override(page.language_code):
        if isinstance(page, CardIndexPage):
            return archives.answer(page, request, name)
        output = next((output for output in PUBLIC if output.file == name), None)
        if output is None:
            raise Http404
        return _lead_to_file(request, page, output)


def _lead_to_file(request: HttpRequest, page: PictureCard, output: Output) -> HttpResponse:
    (page,) = gather([page])
    (row,) = obtain([Order((page,), output)])
    if row.is_ready:
        to_file = redirect(stored_address(row, [page.slug]))
        to_file["Cache-Control"] = "no-cache"
        return to_file
    unavailable = HTTPStatus.SERVICE_UNAVAILABLE
    response = render(request, "postcards/unavailable.html", {"page": page}, status=unavailable)
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = "60"
    return response


@require_safe
def stored_file(
    request: HttpRequest,  # noqa: ARG001
    digest: str,
    name: str,
) -> HttpResponseBase:
    """Answer a file that never changes, as long as the public may see its cards and pictures."""
    row = get_object_or_404(CardFile, digest=digest, state=CardFile.State.READY)
    if not name.endswith(row.output_file):
        raise Http404
    cards = set(row.card_ids)
    if visible_pages().filter(pk__in=cards).count() != len(cards) or not row.is_for_public:
        raise Http404
    pictures = CampaignImage.objects.in_bulk(row.image_ids)
    if len(pictures) < len(row.image_ids) or any(one.is_withheld for one in pictures.values()):
        raise Http404
    try:
        data = row.read()
    except OSError as error:
        row.delete()  # the next one who asks has it made again
        raise Http404 from error
    response = HttpResponse(data, content_type=OUTPUTS[row.output].media_type)
    response["Cache-Control"] = LASTING
    shown = content_disposition_header(as_attachment=False, filename=name)
    response["Content-Disposition"] = shown or "inline"
    return response
