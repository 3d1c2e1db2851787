"""The draft of a card as it will be printed and shared, in Wagtail's preview."""

import base64
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _t

from .card_data import card_data, with_file
from .models import PictureCard
from .print import worker
from .print.formats import JPEG, SHARE, Output
from .reasons import noted, sentence

TEMPLATE = "postcards/preview.html"


@dataclass(frozen=True)
class Shown:
    """A picture in the preview, with its size in words."""

    label: str
    source: str


def print_preview(page: PictureCard, request: HttpRequest | None, mode: str) -> HttpResponse:
    """Show a side of the card, or its share pictures, or why there are none."""
    outputs: tuple[Output | str, ...] = SHARE if mode == "share" else (mode,)
    shown, faults = pictures(page, outputs)
    try:
        return TemplateResponse(
            request,  # type: ignore[arg-type]
            TEMPLATE,
            {"page": page, "shown": shown, "faults": faults},
        ).render()
    except TemplateDoesNotExist as error:  # the library alone
        raise Http404 from error


def pictures(page: PictureCard, outputs: tuple[Output | str, ...]) -> tuple[list[Shown], list[str]]:
    """Return pictures of a draft as `data:` addresses, and sentences about those that failed."""
    try:
        card = with_file(page, card_data(page, draft=True))
    except ObjectDoesNotExist:
        return [], [_t("Please choose the article first.")]
    try:
        answers = worker.run([worker.Task((card,), output) for output in outputs])
    except worker.WorkerError as error:
        return [], [sentence(noted(error, page.title))]
    shown, faults = [], []
    for output, answer in zip(outputs, answers, strict=True):
        if isinstance(answer, bytes):
            kind = JPEG if isinstance(output, Output) else "image/png"
            source = f"data:{kind};base64,{base64.b64encode(answer).decode()}"
            label = f"{output.width} × {output.height}" if isinstance(output, Output) else ""
            shown.append(Shown(label, source))
        else:
            faults.append(sentence(noted(answer, page.title)))
    return shown, list(dict.fromkeys(faults))
