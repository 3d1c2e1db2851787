"""“Druckdaten” in the admin: what a print shop gets of a card, and whether it may."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.pages.utils import get_breadcrumbs_items_for_page
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from .card_data import short_address
from .models import CardCode, CardFile, CardVisits, PictureCard
from .previews import pictures
from .print.formats import (
    BLEEDS,
    FOGRA39,
    OFFICE,
    OUTPUTS,
    PRESS,
    SCREEN,
    STANDARDS,
    Output,
    Preset,
)
from .profiles import profiles
from .reasons import sentence
from .store import Order, file_name, gather, obtain
from .verdicts import Verdict, verdict

if TYPE_CHECKING:
    from .print.preflight import Finding

TEMPLATE = "postcards/admin/print_data.html"
NAME = "card_print_data"
#: Days that the shorter of the two counts of visits covers.
RECENT = 30


class PresetForm(forms.Form):
    """What the print shop asks for."""

    bleed = forms.TypedChoiceField(
        label=_("Bleed"),
        choices=[(str(bleed), f"{bleed} mm") for bleed in BLEEDS],
        coerce=int,
        help_text=_("What the shop cuts off. Most ask for 3 mm."),
    )
    standard = forms.ChoiceField(
        label=_("Standard"),
        choices=[(key, standard.name) for key, standard in STANDARDS.items()],
        help_text=_("PDF/X-3 only where a shop asks for it."),
    )
    profile = forms.ChoiceField(
        label=_("Colour profile"),
        help_text=_("FOGRA39 for coated paper fits most shops. Operators can add others."),
    )

    def __init__(self, data: Any = None) -> None:
        """Offer the profiles of this installation; what is not said has its default."""
        values = {"bleed": "3", "standard": "x4", "profile": FOGRA39.identifier}
        super().__init__(values | {name: data[name] for name in values if data and name in data})
        field: Any = self.fields["profile"]
        field.choices = [(name, name) for name in profiles()]

    def preset(self) -> Preset:
        """Return the preset; that of most shops for values that do not exist."""
        if not self.is_valid():
            return Preset()
        values = self.cleaned_data
        return Preset(values["bleed"], values["standard"], profiles()[values["profile"]])


@dataclass(frozen=True)
class Sheet:
    """A file for the print shop: where it is, how large, and what the preflight says of it."""

    label: str
    url: str
    size: int
    error: str
    note: str
    verdicts: list[Verdict]

    @property
    def is_green(self) -> bool:
        """Tell whether nothing is left to do."""
        return not self.error and all(one.ok for one in self.verdicts)


def _card_for(request: HttpRequest, page_id: int) -> PictureCard:
    """Return the latest version of a card that the person may edit."""
    page = get_object_or_404(Page, pk=page_id)
    if not issubclass(page.specific_class, PictureCard):
        raise Http404
    card: Any = page.specific
    if not card.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    latest: PictureCard = card.get_latest_revision_as_object()
    gather([latest])
    return latest


def print_data(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show a card's files for print with their preflight, and what else is to be known."""
    page = _card_for(request, page_id)
    form = PresetForm(request.GET)
    preset = form.preset()
    shown, faults = pictures(page, ("front", "back"))
    own = {"url": "", "label": _t("Print data"), "sublabel": page.draft_title}
    code = CardCode.of(page)
    context = {
        "breadcrumbs_items": [*get_breadcrumbs_items_for_page(page, request.user), own],
        "header_icon": "print",
        "header_title": own["label"],
        "page": page,
        "form": form,
        "shown": shown,
        "faults": faults,
        "sheets": _sheets(page, preset, request.GET.urlencode()),
        "failures": _failures(page),
        "short": short_address(page),
        "visits": _visits(code),
        "recent": RECENT,
    }
    return render(request, TEMPLATE, context)


def download(request: HttpRequest, page_id: int, name: str) -> HttpResponseBase:
    """Answer a file of the latest version, for colleagues alone."""
    page = _card_for(request, page_id)
    output = next((output for output in OUTPUTS.values() if output.file == name), None)
    if output is None:
        raise Http404
    (row,) = obtain([Order((page,), output, PresetForm(request.GET).preset(), draft=True)])
    if not row.is_ready:
        raise Http404(sentence(row.error))
    response = HttpResponse(row.read(), content_type=output.media_type)
    own = file_name(output, [page.slug])
    response["Content-Disposition"] = f'attachment; filename="{own}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _sheets(page: PictureCard, preset: Preset, query: str) -> list[Sheet]:
    """Return the files for print of a card, made now where they are not there."""
    labels = {
        PRESS: _t("For the print shop: A6, one card"),
        OFFICE: _t("For the print office of the house: SRA3, eight cards"),
        SCREEN: _t("To read on screen: A6, tagged"),
    }
    orders = [Order((page,), output, preset, draft=True) for output in labels]
    sheets = []
    for order, row in zip(orders, obtain(orders), strict=True):
        findings = _findings(page, order.output, preset, row) if row.is_ready else []
        address = reverse(f"{NAME}_file", args=[page.pk, order.output.file])
        sheets.append(
            Sheet(
                label=labels[order.output],
                url=f"{address}?{query}" if query else address,
                size=row.size,
                note=_t("Edge, QR code and the zones of the post are checked at the single card.")
                if order.output == OFFICE
                else "",
                error="" if row.is_ready else sentence(row.error),
                verdicts=[verdict(finding) for finding in findings],
            )
        )
    return sheets


def _findings(page: PictureCard, output: Output, preset: Preset, row: CardFile) -> "list[Finding]":
    from .print.preflight import check_press, check_readable

    data = row.read()
    if output == SCREEN:
        return check_readable(data)
    if output == PRESS:
        width, height = PRESS.size(portrait=page.is_portrait)
        return check_press(data, preset, (width, height))
    sheet = (450, 320) if page.is_portrait else (320, 450)
    return check_press(data, preset, sheet, is_card=False)


def _failures(page: PictureCard) -> list[dict[str, Any]]:
    """Return what could not be made of a card lately, with what to do."""
    rows = page.card_files.filter(state=CardFile.State.FAILED).order_by("-began_at")[:10]
    return [
        {"file": row.output_file, "at": row.made_at, "reason": sentence(row.error)} for row in rows
    ]


def _visits(code: CardCode) -> tuple[int, int]:
    """Return how often the short address was followed: in all, and in the last days."""
    since = timezone.localdate() - dt.timedelta(days=RECENT)
    visits = CardVisits.objects.filter(code=code)
    whole = visits.aggregate(sum=Sum("count"))["sum"] or 0
    return whole, visits.filter(day__gt=since).aggregate(sum=Sum("count"))["sum"] or 0


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """Put it below the page's own address."""
    return [
        path("pages/<int:page_id>/print/", print_data, name=NAME),
        path("pages/<int:page_id>/print/<str:name>", download, name=f"{NAME}_file"),
    ]


@hooks.register("register_page_header_buttons")
def buttons(page: Page, user: Any, next_url: Any, view_name: str) -> list[Button]:  # noqa: ARG001
    """Lead there from the page's menu."""
    try:
        get_template(TEMPLATE)
    except TemplateDoesNotExist:  # the library alone
        return []
    if not page.pk or not issubclass(page.specific_class or Page, PictureCard):
        return []
    if not page.permissions_for_user(user).can_edit():
        return []
    return [Button(_("Print data"), reverse(NAME, args=[page.pk]), icon_name="print", priority=62)]
