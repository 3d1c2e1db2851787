"""Makes a card's files when it is published, beside the request."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models.signals import post_save
from django_tasks import task
from wagtail.signals import page_published

from .models import CardCode, PictureCard
from .store import gather, note, obtain, orders_for

_paused: ContextVar[bool] = ContextVar("paused", default=False)


@contextmanager
def paused() -> Iterator[None]:
    """Make no files of cards that are published in the block: for loading many at once."""
    token = _paused.set(True)
    try:
        yield
    finally:
        _paused.reset(token)


@task()
def make_files(model: str, page_id: int) -> None:
    """Make everything that a public card offers; what fails is noted at the file."""
    pages = gather(apps.get_model(model).objects.visible().filter(pk=page_id))
    for row in obtain(order for page in pages for order in orders_for(page)):
        if row.is_ready:
            note(row)  # also where the card is again as it was before


def card_published(instance: Any, **_signal: Any) -> None:
    """Make a card's files once it is public."""
    if isinstance(instance, PictureCard) and not _paused.get():
        enqueue = partial(make_files.enqueue, instance._meta.label, instance.pk)
        transaction.on_commit(enqueue, robust=True)


def card_saved(instance: Any, created: bool, raw: bool = False, **_signal: Any) -> None:
    """Give a new card its short address."""
    if created and not raw and isinstance(instance, PictureCard):
        CardCode.of(instance)


def watch_cards() -> None:
    """Give cards their short addresses, and make the files of those that are published."""
    post_save.connect(card_saved, dispatch_uid="card_saved")
    page_published.connect(card_published, dispatch_uid="card_published")
