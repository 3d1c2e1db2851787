"""Telling others of changes: signed messages, tried for a day.

The form is that of Standard Webhooks (https://www.standardwebhooks.com/).
"""

import datetime as dt
import json
import logging
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django_tasks import task
from standardwebhooks.webhooks import Webhook as Signer
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from . import outgoing
from .changes import reconcile
from .models import Delivery, Webhook

logger = logging.getLogger(__name__)
#: Seconds after each failed attempt; with the first, within 24 hours.
BACKOFF = (5, 60, 300, 1800, 7200, 21_600, 54_000)
#: How long deliveries can be looked up.
KEPT = dt.timedelta(days=30)
#: Deliveries that are tried in one go.
AT_ONCE = 100


def watch() -> None:
    """Tell of what is published, withdrawn, moved, deleted or hidden from now on."""
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(content_changed, dispatch_uid="webhooks")
    for model in (Page, PageViewRestriction):
        post_delete.connect(content_changed, sender=model, dispatch_uid="webhooks")
    post_save.connect(content_changed, sender=PageViewRestriction, dispatch_uid="webhooks")


def content_changed(**_signal: Any) -> None:
    """Look for changes once the transaction is over, if anybody wants to know."""
    if Webhook.objects.filter(active=True).exists():
        transaction.on_commit(notify.enqueue)


@task()
def notify() -> None:
    """Note what has changed, tell the webhooks, and forget what was told long ago."""
    reconcile()
    send_due()
    old = timezone.now() - KEPT
    Delivery.objects.exclude(status=Delivery.Status.PENDING).filter(created_at__lt=old).delete()


def send_due() -> int:
    """Try the deliveries whose time has come, and return how many were tried or given to workers.

    A webhook whose receiver fails waits with the rest: nobody waits for it again and again.
    """
    due = Delivery.objects.filter(
        status=Delivery.Status.PENDING, next_attempt_at__lte=timezone.now(), webhook__active=True
    )
    # Who has just failed rests until that message's next attempt, within the first minute.
    resting = Delivery.objects.filter(
        status=Delivery.Status.PENDING, attempts__in=(1, 2), next_attempt_at__gt=timezone.now()
    )
    failing = set(resting.values_list("webhook", flat=True))
    sent = 0
    due = due.exclude(webhook__in=failing).order_by("pk")
    for pk, webhook in list(due.values_list("pk", "webhook")[:AT_ONCE]):
        if webhook in failing:
            continue
        deliver.enqueue(pk)
        sent += 1
        if Delivery.objects.filter(pk=pk).exclude(error="").exists():
            failing.add(webhook)
    return sent


@task()
def deliver(pk: int) -> None:
    """Try a delivery once, unless another worker does; plan the next attempt if it fails."""
    delivery = Delivery.objects.select_related("webhook").filter(pk=pk).first()
    if delivery is None or delivery.status != Delivery.Status.PENDING:
        return
    attempts = delivery.attempts
    wait = BACKOFF[attempts] if attempts < len(BACKOFF) else None
    planned = timezone.now() + dt.timedelta(seconds=wait) if wait is not None else None
    claimed = Delivery.objects.filter(
        pk=pk, attempts=attempts, status=Delivery.Status.PENDING
    ).update(attempts=attempts + 1, next_attempt_at=planned)
    if not claimed:
        return
    status, error = attempt(delivery)
    if status is not None and 200 <= status < 300:
        outcome = {"status": Delivery.Status.DELIVERED, "next_attempt_at": None}
    elif planned is None:
        outcome = {"status": Delivery.Status.FAILED}
    else:
        outcome = {}
    Delivery.objects.filter(pk=pk).update(response_status=status, error=error[:300], **outcome)
    if planned and not outcome and deliver.get_backend().supports_defer:
        deliver.using(run_after=planned).enqueue(pk)


def attempt(delivery: Delivery) -> tuple[int | None, str]:
    """Send a message; return the answer's HTTP status, or None and why there was none."""
    now = timezone.now()
    body = json.dumps(delivery.payload, ensure_ascii=False)
    signature = Signer(delivery.webhook.secret).sign(delivery.message_id, now, body)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Haltung-Webhooks/1",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signature,
    }
    try:
        status = outgoing.post(delivery.webhook.url, body.encode(), headers)
    except (outgoing.ForbiddenAddressError, outgoing.UnreachableError) as error:
        logger.warning("Webhook %s: %s", delivery.webhook, error)
        return None, str(error)
    return status, "" if 200 <= status < 300 else f"HTTP {status}"


def send_again(delivery: Delivery) -> None:
    """Begin a delivery anew, as if it had never been tried."""
    Delivery.objects.filter(pk=delivery.pk).update(
        status=Delivery.Status.PENDING,
        attempts=0,
        error="",
        response_status=None,
        next_attempt_at=timezone.now(),
    )
    deliver.enqueue(delivery.pk)
