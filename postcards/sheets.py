"""Sheets of paper that citizens put together: up to four cards on A4."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from api.addresses import renders_pages
from home.throttle import Throttle, client_address

from .models import CardFile, PictureCard
from .outputs import stored_address
from .reasons import sentence
from .store import gather, obtain, sheet_order

#: Cards on a sheet; the name of the form's field.
PLACES, FIELD = 4, "karte"
#: New sheets that one address may have made within ten minutes; those that exist cost nothing.
LIMIT = Throttle("card-sheets", limit=30, seconds=600)
MOST_DIGITS = 10


def cards_of(index: Any) -> Any:
    """Return the public cards of an overview, as it lists them."""
    model = index.listed_type()
    return model.for_cards().visible().child_of(index).order_by(model.listing_order, "pk")


def compose(index: Any, request: HttpRequest) -> HttpResponse:
    """Show the cards to choose from; lead to the sheet once there is a choice.

    Where the site shows no pages, a client offers the choice, and this only leads to the sheet.
    """
    chosen = _chosen(request)
    error = ""
    if FIELD in request.GET or request.GET.get("bogen"):
        selected = {page.pk: page for page in cards_of(index).filter(pk__in=chosen)}
        error = _refusal(chosen, selected, len(set(filter(None, request.GET.getlist(FIELD)))))
        if not error:
            # In the order of the overview, so that the same cards are the same sheet.
            address, error = _made(request, gather(selected.values()))
            if address:
                return redirect(address)
    if not (renders_pages() and index.has_template()):
        raise Http404(error)
    context = index.get_context(request)
    title = _t("Put a sheet together")
    title = f"{_t('Error')}: {title}" if error else title
    context |= {
        "seo": replace(context["seo"], title=title, robots="noindex", alternates=()),
        "cards": gather(cards_of(index)),
        "chosen": chosen,
        "error": error,
        "field": FIELD,
    }
    response = render(request, "postcards/sheet.html", context, status=422 if error else 200)
    response["X-Robots-Tag"] = "noindex"
    return response


def _chosen(request: HttpRequest) -> list[int]:
    """Return the primary keys in the address, each once; anything else is left out."""
    numbers = (
        int(value)
        for value in request.GET.getlist(FIELD)
        if value.isascii() and value.isdecimal() and len(value) < MOST_DIGITS
    )
    return list(dict.fromkeys(numbers))


def _refusal(chosen: list[int], selected: dict[int, PictureCard], asked: int) -> str:
    """Return what is wrong with a choice; `asked` is how many cards were in the address."""
    if len(chosen) > PLACES:
        return ngettext(
            "A sheet has four places, and you have chosen %(count)d card. Please take some out.",
            "A sheet has four places, and you have chosen %(count)d cards. Please take some out.",
            len(chosen),
        ) % {"count": len(chosen)}
    if not selected:
        return _t("Please choose one to four cards.")
    if len(selected) < asked:
        return _t("A card that you have chosen is no longer there. Please look at your choice.")
    return ""


def _made(request: HttpRequest, pages: list[PictureCard]) -> tuple[str, str]:
    """Return the sheet's address, or "" and why there is none."""
    order = sheet_order(pages)
    known = CardFile.objects.filter(digest=order.digest).exists()
    if not known and (seconds := LIMIT.take(client_address(request))):
        return "", _t("That were many sheets. Please try again in %(minutes)d minutes.") % {
            "minutes": seconds // 60 + 1
        }
    (row,) = obtain([order])
    if row.is_ready:
        return stored_address(row, [page.slug for page in pages]), ""
    return "", sentence(row.error)
