"""Mails to people: short, in German, as plain text and HTML."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _t

from .one_line import readable

_is_silent = ContextVar("mails_are_silent", default=False)


@contextmanager
def without_sending() -> Iterator[None]:
    """Send none of the mails that are caused inside, as when a campaign is loaded."""
    token = _is_silent.set(True)
    try:
        yield
    finally:
        _is_silent.reset(token)


@dataclass(frozen=True)
class Mail:
    """A mail's parts: plain texts, one that is quoted, and one link with its words.

    `reply_to` is the address of somebody without an account whom the mail tells of; by it, the mail
    is found when that person is to be erased.
    """

    subject: str
    paragraphs: tuple[str, ...]
    quote: str = ""
    link: tuple[str, str] = ("", "")
    after: tuple[str, ...] = field(default=())
    reply_to: str = ""

    def text(self, greeting: str, signature: str) -> str:
        """Return the plain text."""
        words, address = self.link
        quoted = "\n".join(f"> {line}" for line in self.quote.splitlines())
        parts = [greeting, *self.paragraphs, quoted]
        parts += [f"{words}:\n{address}" if address else "", *self.after, f"-- \n{signature}"]
        return "\n\n".join(filter(None, parts)) + "\n"


def send_to(people: Iterable[Any], mail: Mail) -> None:
    """Send a mail to each account that has an address, one by one; nobody sees the others.

    It belongs to the transaction it is sent in, where the backend is an outbox.
    """
    for person in people:
        if person.email and person.is_active:
            send(person.email, mail, name=person.get_full_name())


def send(address: str, mail: Mail, *, name: str = "") -> None:
    """Send a mail to one address."""
    if _is_silent.get():
        return
    from .models import CampaignSettings

    campaign = CampaignSettings.of_house()
    with translation.override(settings.LANGUAGE_CODE):
        name = readable(name)
        greeting = _t("Hello %(name)s,") % {"name": name} if name else _t("Hello,")
        signature = "\n".join(filter(None, (campaign.name, campaign.publisher)))
        message = EmailMultiAlternatives(
            " ".join(mail.subject.split()),
            mail.text(greeting, signature),
            to=[address],
            reply_to=[mail.reply_to] if mail.reply_to else None,
        )
        html = _html(mail, greeting, campaign)
    if html:
        message.attach_alternative(html, "text/html")
    message.send()


def _html(mail: Mail, greeting: str, campaign: Any) -> str:
    """Return the mail as HTML; "" in the library alone, which has no templates."""
    context = {"mail": mail, "greeting": greeting, "campaign": campaign}
    try:
        return str(render_to_string("mails/mail.html", context))
    except TemplateDoesNotExist:
        return ""
