"""All cards of an overview together, as ZIP: streamed, with a known length."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from zipstream import ZIP_STORED, ZipStream

from .models import CardFile
from .print.formats import HOME, PRESS, SCREEN, SHARE, Output
from .sheets import cards_of
from .store import Order, files_of, gather, obtain

#: Files that are made in one request, before it tells how far it has come.
AT_ONCE = 12
CHUNK = 64 * 1024


@dataclass(frozen=True)
class Archive:
    """One way to take all cards along."""

    file: str
    label: Any
    outputs: tuple[Output, ...]


ARCHIVES = (
    Archive("alle-selbstdrucken.zip", _("To print yourself"), (HOME,)),
    Archive("alle-ansehen-teilen.zip", _("To look at and share"), (SCREEN, *SHARE)),
    Archive("alle-druckerei.zip", _("For the print shop"), (PRESS,)),
)


def answer(index: Any, request: HttpRequest, name: str) -> HttpResponseBase:
    """Stream an overview's cards; while files are missing, make some and tell how far it is."""
    archive = next((one for one in ARCHIVES if one.file == name), None)
    pages = gather(cards_of(index)) if archive else []
    if archive is None or not pages:
        raise Http404
    orders = [Order((page,), output) for page in pages for output in archive.outputs]
    rows = _settled(orders)
    if missing := [order for order in orders if order.digest not in rows][:AT_ONCE]:
        if request.method == "GET":
            obtain(missing)
            rows = _settled(orders)
        left = len(orders) - len(rows)
        if left:
            context = {
                "page": index,
                "archive": archive,
                "done": len(orders) - left,
                "total": len(orders),
            }
            response = render(request, "postcards/archive.html", context, status=202)
            response["Cache-Control"] = "no-store"
            response["Refresh"] = "1"
            response["X-Robots-Tag"] = "noindex"
            return response
    return _streamed(archive, orders, rows)


def _settled(orders: list[Order]) -> dict[str, CardFile]:
    """Return what has become of files, by digest, without those still in the making.

    What has failed is settled, too: the archive is then without it.
    """
    files = files_of(orders).items()
    return {digest: row for digest, row in files if row.state != CardFile.State.MAKING}


def _streamed(archive: Archive, orders: list[Order], rows: dict[str, CardFile]) -> HttpResponseBase:
    stream = ZipStream(compress_type=ZIP_STORED, sized=True)
    for order in orders:
        row = rows[order.digest]
        if row.is_ready:
            name = f"{order.pages[0].slug}/{order.output.file}"
            stream.add(_chunks(row), name, size=row.size)
    if not len(stream.info_list()):
        raise Http404
    response = StreamingHttpResponse(stream, content_type="application/zip")
    response["Content-Length"] = str(len(stream))
    response["Content-Disposition"] = f'attachment; filename="{archive.file}"'
    response["Cache-Control"] = "no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


def _chunks(row: CardFile) -> Iterator[bytes]:
    with row.open() as file:
        yield from iter(lambda: file.read(CHUNK), b"")
