"""Sends mails once they are in the database, and again while the server does not take them."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task
from post_office.models import STATUS, Email
from post_office.settings import get_max_retries, get_retry_timedelta
from post_office.signals import email_queued

from home.personal import Part, Person, register


def watch() -> None:
    """Send what comes into the outbox as soon as the transaction is over."""
    email_queued.connect(send_soon, dispatch_uid="outbox")
    register(PART)


def send_soon(emails: list[Email], **_signal: Any) -> None:
    """Send mails after the transaction that they belong to."""
    ids = [email.pk for email in emails]
    transaction.on_commit(partial(send_mails.enqueue, ids), robust=True)


@task()
def send_mails(ids: list[int]) -> None:
    """Send mails; what the server does not take waits for `manage.py send_queued_mail`."""
    for email in Email.objects.filter(pk__in=ids, status=STATUS.queued):
        if email.dispatch() == STATUS.failed and get_max_retries():
            email.status = STATUS.requeued
            email.number_of_retries = 1
            email.scheduled_time = timezone.now() + get_retry_timedelta()
            email.save(update_fields=["status", "number_of_retries", "scheduled_time"])


# --- What the outbox keeps about people -----------------------------------------------------------


def _mails_of(person: Person) -> Any:
    """Return the mails to a person, and those that tell others of a person without an account."""
    address = person.address.lower()
    tells_of = {"headers__Reply-To__iexact": address}
    found = Email.objects.filter(Q(to__icontains=address) | Q(**tells_of))
    mine = [
        mail.pk
        for mail in found
        if address in {*map(str.lower, mail.to), (mail.headers or {}).get("Reply-To", "").lower()}
    ]
    return Email.objects.filter(pk__in=mine)


def _export(person: Person) -> list[dict[str, Any]]:
    return [
        {"subject": mail.subject, "text": mail.message, "at": mail.created.isoformat()}
        for mail in _mails_of(person).order_by("pk")
    ]


def _erase(person: Person) -> int:
    _all, by_model = _mails_of(person).delete()
    return by_model.get(Email._meta.label, 0)


PART = Part("mails", _("Mails"), _export, _erase)
