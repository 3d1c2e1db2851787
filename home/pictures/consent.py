"""Who has agreed to be seen: pages with a picture that is not settled are not published."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from wagtail.models import Page

from ..models import CampaignImage
from .usage import picture_ids


def unsettled_on(draft: Page, *more: int) -> list[CampaignImage]:
    """Return the pictures for which a page may not go live as it is, by title; one query.

    Unsettled are pictures of people without a word on where the consent is kept, and all whose
    consent is over or was withdrawn. `more` are further pictures by primary key.
    """
    images = CampaignImage.objects.filter(pk__in=picture_ids(draft) | set(more))
    return [image for image in images.order_by("title", "pk") if image.is_unsettled]


def reason(image: CampaignImage) -> str:
    """Return what is missing for an unsettled picture."""
    if image.consent_withdrawn_on:
        day = formats.date_format(image.consent_withdrawn_on)
        return _t("the consent was withdrawn on %(day)s") % {"day": day}
    if image.lacks_consent and image.consent_valid_until:
        day = formats.date_format(image.consent_valid_until)
        return _t("the consent was valid until %(day)s") % {"day": day}
    return _t("it shows people, and nothing says where their consent is kept")


def refusal(images: Iterable[CampaignImage]) -> str:
    """Return why a page is not published, with the name of each picture."""
    named = "; ".join(f"„{image.title}“ ({reason(image)})" for image in images)
    return f"{_beginning()} {named}"


class HtmlError(SafeString):
    """A form's error in HTML; Wagtail's banner sets what it belongs to before it with `+`."""

    __slots__ = ()

    def __radd__(self, before: str) -> SafeString:
        """Keep it HTML: what stands before is escaped."""
        return format_html("{}{}", before, self)


def refusal_with_links(images: Iterable[CampaignImage]) -> HtmlError:
    """Return the like as HTML, where each name leads to its picture."""
    named = (
        (reverse("wagtailimages:edit", args=[image.pk]), image.title, reason(image))
        for image in images
    )
    links = format_html_join("; ", '<a href="{}">„{}“</a> ({})', named)
    return HtmlError(format_html("{} {}", _beginning(), links))


def _beginning() -> str:
    return _t("With these pictures the page cannot be published:")
