"""Makes the files of cards, each once, and keeps them in Django's storage.

A file belongs to the hash of all that went into it; what has changed is another file. Whoever asks
first makes it, others wait: the row in the database is the claim.
"""

import datetime as dt
import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from home.lookups import current_lookups
from home.models import ContentVersion

from .card_data import card_data, shown_picture, with_file
from .models import CardCode, CardFile, PictureCard
from .print import worker
from .print.card import CardData
from .print.fingerprint import fingerprint
from .print.formats import HOME, PUBLIC, Output, Preset
from .reasons import code_of

logger = logging.getLogger(__name__)
#: A file that is so long in the making has lost its maker; a failed one may be tried again.
LOST_AFTER, AGAIN_AFTER = dt.timedelta(minutes=5), dt.timedelta(minutes=5)
#: How often who waits looks again, in seconds, and how long in all.
PAUSE, PATIENCE = 0.15, 60.0


@dataclass(frozen=True)
class Order:
    """A file that somebody wants: of one page, or of several on a sheet."""

    pages: tuple[PictureCard, ...]
    output: Output
    preset: Preset | None = None
    draft: bool = False

    @cached_property
    def cards(self) -> tuple[CardData, ...]:
        """Return what the cards say, without their pictures' files."""
        return tuple(card_data(page, draft=self.draft) for page in self.pages)

    @cached_property
    def digest(self) -> str:
        """Return the hash of all that goes into the file."""
        return fingerprint(self.cards, self.output, self.preset)

    @property
    def is_public(self) -> bool:
        """Tell whether the card's page names this file with its size."""
        return len(self.pages) == 1 and self.output in PUBLIC and not self.draft

    def task(self) -> worker.Task:
        """Return what the worker has to do, pictures included."""
        cards = tuple(
            with_file(page, card) for page, card in zip(self.pages, self.cards, strict=True)
        )
        return worker.Task(cards, self.output, self.preset)

    def new_row(self) -> CardFile:
        """Return the claim on making the file."""
        pictures = (shown_picture(page, draft=self.draft) for page in self.pages)
        single = self.pages[0] if len(self.pages) == 1 else None
        return CardFile(
            digest=self.digest,
            output=self.output.name,
            page_id=single.pk if single else None,
            card_ids=[page.pk for page in self.pages],
            image_ids=[picture.pk for picture in pictures if picture],
            began_at=timezone.now(),
        )


def orders_for(page: PictureCard) -> list[Order]:
    """Return the orders for everything that a public card offers."""
    return [Order((page,), output) for output in PUBLIC]


def sheet_order(pages: Sequence[PictureCard]) -> Order:
    """Return the order for an A4 sheet of one to four cards."""
    return Order(tuple(pages), HOME)


def gather(pages: Any) -> list[PictureCard]:
    """Return cards of a query with all that their files are made of; a fixed number of queries."""
    found = list(pages)
    prefetch_related_objects(found, "card_code")
    store = current_lookups()
    store.fetch_images(pk for page in found for pk in [page.picture_id] if pk)
    for page in found:
        if page.picture_id:
            page.picture = store.images.get(page.picture_id)
    return found


def obtain(orders: Iterable[Order]) -> list[CardFile]:
    """Return the files of all orders, made now where they are not there; some may have failed."""
    wanted = list(orders)
    rows = files_of(wanted)
    mine = [order for order in wanted if _claim(order, rows.get(order.digest))]
    if mine:
        _make(mine)
    return _awaited(wanted)


def files_of(orders: Sequence[Order]) -> dict[str, CardFile]:
    """Return what is known of the files of orders, by digest; one query."""
    return CardFile.objects.in_bulk([order.digest for order in orders], field_name="digest")


def _claim(order: Order, row: CardFile | None) -> bool:
    """Tell whether this process shall make a file; no other one does then."""
    now = timezone.now()
    if row is None:
        try:
            with transaction.atomic():
                order.new_row().save(force_insert=True)
        except IntegrityError:
            return False
        return True
    if row.is_ready:
        return False
    pause = LOST_AFTER if row.state == CardFile.State.MAKING else AGAIN_AFTER
    if row.began_at > now - pause:
        return False
    taken = CardFile.objects.filter(pk=row.pk, began_at=row.began_at, state=row.state)
    return bool(taken.update(began_at=now, state=CardFile.State.MAKING))


def _make(orders: Sequence[Order]) -> None:
    """Make files that were claimed, and write down what has become of each."""
    answers: Sequence[bytes | Exception]
    try:
        answers = worker.run([order.task() for order in orders])
    except Exception as error:  # whatever it is, nobody may wait for these files
        answers = [error] * len(orders)
    rows = files_of(orders)
    for order, answer in zip(orders, answers, strict=True):
        row = rows.get(order.digest)
        if row is None:  # its page was deleted meanwhile
            continue
        if isinstance(answer, bytes):
            _keep(row, answer)
            if order.is_public:
                note(row)
        else:
            _fail(row, order, answer)
    if any(order.is_public for order in orders):
        ContentVersion.renew()  # pages and answers tell the files' sizes


def _keep(row: CardFile, data: bytes) -> None:
    row.state, row.error, row.size, row.made_at = (
        CardFile.State.READY,
        "",
        len(data),
        timezone.now(),
    )
    row.file.save(row.output_file, ContentFile(data), save=False)
    row.save()


def note(row: CardFile) -> None:
    """Let a card's page tell of its newest file."""
    CardCode.note_file(row.page_id or 0, row.output, row.digest, row.size)


def _fail(row: CardFile, order: Order, error: Exception) -> None:
    row.state, row.error, row.made_at = CardFile.State.FAILED, code_of(error), timezone.now()
    row.save()
    titles = ", ".join(f"{page.pk} “{page.title}”" for page in order.pages)
    logger.error("Card %s: %s was not made: %s", titles, order.output.file, row.error)


def _awaited(orders: Sequence[Order]) -> list[CardFile]:
    """Return the files' rows once none is in the making any more, or when patience is over."""
    end = time.monotonic() + PATIENCE
    while True:
        rows = files_of(orders)
        is_waiting = any(row.state == CardFile.State.MAKING for row in rows.values())
        if not is_waiting or time.monotonic() > end:
            return [rows.get(order.digest) or _gone(order) for order in orders]
        time.sleep(PAUSE)


def _gone(order: Order) -> CardFile:
    """Return what stands for a file whose card was deleted while it was made."""
    row = order.new_row()
    row.state, row.error = CardFile.State.FAILED, "gone"
    return row


def file_name(output: Output, slugs: Sequence[str]) -> str:
    """Return the name under which people keep a file: "artikel-1-druck.pdf"."""
    name = PurePosixPath(output.file)
    return f"{'-'.join(slugs[:4])[:80]}-{name.stem}{name.suffix}"
