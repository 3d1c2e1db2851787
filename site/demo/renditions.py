"""Makes what the demo's visitors ask for before the first visit: pictures, and the cards' files."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http.request import validate_host
from django.test import Client
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from demo.models import DemoObject
from postcards.models import CourageCardPage, PostcardPage
from postcards.store import gather, obtain, orders_for

Report = Callable[[str], None]


def render_pages(report: Report) -> None:
    """Fetch the demo's public pages from this process, without a server, and report progress."""
    ids = DemoObject.objects.filter(key__startswith="seite:").values_list("object_id", flat=True)
    pages = list(Page.objects.live().public().filter(pk__in=[int(pk) for pk in ids]))
    site = Site.objects.get(is_default_site=True)
    client = Client(raise_request_exception=False, headers={"host": _host(site)})
    for number, page in enumerate(pages, 1):
        url = page.relative_url(site)
        # `secure`, so that an installation that redirects to HTTPS answers as well.
        status = client.get(url, secure=True).status_code if url else HTTPStatus.NOT_FOUND
        if status != HTTPStatus.OK:
            report(_("%(url)s answers %(status)d") % {"url": url, "status": status})
        if number % 10 == 0 or number == len(pages):
            report(
                _("Pictures prepared: %(done)d of %(total)d pages")
                % {"done": number, "total": len(pages)}
            )


def render_cards(report: Report) -> None:
    """Make the files of all public cards, and report progress."""
    cards = [
        page
        for model in (PostcardPage, CourageCardPage)
        for page in gather(model.for_cards().visible())
    ]
    for number, page in enumerate(cards, 1):
        obtain(orders_for(page))
        if number % 10 == 0 or number == len(cards):
            report(
                _("Cards prepared: %(done)d of %(total)d") % {"done": number, "total": len(cards)}
            )


def _host(site: Site) -> str:
    """Return a name that this installation answers to: the site's own, or one of its settings."""
    names = (site.hostname, *settings.ALLOWED_HOSTS)
    plain = (name for name in names if not name.startswith(("*", ".")))
    allowed = settings.ALLOWED_HOSTS
    return next((name for name in plain if validate_host(name, allowed)), site.hostname)
