"""What search engines and shared links read: description, picture, structured data."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _t

from .listing import Listing
from .models import CampaignSettings
from .versions import Version, alternates, network_name, versions_of

if TYPE_CHECKING:
    from .models import CampaignPage

SHARE_SPEC = "fill-1200x630|format-jpeg"


@dataclass(frozen=True)
class Seo:
    """A page's words for search engines and shared links."""

    title: str
    description: str
    social_text: str
    canonical: str
    image_url: str
    image_alt: str
    type: str
    locale: str
    json_ld: list[dict[str, Any]]
    robots: str = ""
    #: The page in all its languages, as `hreflang` names them; empty where it has only one.
    alternates: tuple[tuple[str, str], ...] = ()
    other_locales: tuple[str, ...] = ()

    @classmethod
    def of(cls, page: "CampaignPage", request: HttpRequest) -> "Seo":
        """Return the words for `page`; addresses are absolute."""
        campaign = CampaignSettings.for_public(request)
        canonical = page.get_full_url(request) or request.build_absolute_uri(request.path)
        image_url, image_alt = page.share_picture
        if image_url:
            image_url = request.build_absolute_uri(image_url)
        elif image := page.social_image:
            image_url, image_alt = _share_address(image, request), image.description
        own = versions_of(page, request).own
        locale = network_name(page.language_code)
        data = [
            _organization(campaign, request),
            _breadcrumbs(page, request, canonical),
        ]
        if page.is_article:
            data.append(_article(page, canonical, image_url, campaign))
        return cls(
            title=page.seo_title or page.title,
            description=page.teaser_text,
            social_text=page.social_text or page.teaser_text,
            canonical=canonical,
            image_url=image_url,
            image_alt=image_alt,
            type="article" if page.is_article else "website",
            locale=locale,
            json_ld=data,
            alternates=_alternates(own, request),
            other_locales=tuple(
                dict.fromkeys(name for one in own if (name := network_name(one.code)) != locale)
            ),
        )

    def for_list(self, listing: Listing) -> "Seo":
        """Return the words for a list as it was asked for; only whole lists are to be found.

        The address holds what the list has understood, in one order; nothing else.
        """
        title, number = self.title, listing.pager.number
        if listing.is_filtered:
            title += ": " + ", ".join(choice.label for choice in listing.active)
        if number > 1:
            title = _t("%(title)s – page %(number)s") % {"title": title, "number": number}
        return replace(
            self,
            title=title,
            canonical=self.canonical + listing.pager.url.removeprefix(listing.path),
            robots="noindex" if listing.is_filtered else "",
            # Other languages have other lists: only their beginnings correspond.
            alternates=() if listing.is_filtered or number > 1 else self.alternates,
        )


def _alternates(own: tuple[Version, ...], request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """Return the absolute addresses of a page's languages."""
    return alternates({one.code: one.page.get_full_url(request) or "" for one in own})


def _share_address(image: Any, request: HttpRequest) -> str:
    """Return the absolute address of a picture's share format; "" without a readable file."""
    try:
        return request.build_absolute_uri(image.get_rendition(SHARE_SPEC).url)
    except OSError:  # the original's file is missing: the page stands without it
        return ""


def _organization(campaign: CampaignSettings, request: HttpRequest) -> dict[str, Any]:
    data = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": campaign.publisher,
        "url": request.build_absolute_uri("/"),
    }
    if campaign.contact_email:
        data["email"] = campaign.contact_email
    return data


def _breadcrumbs(page: "CampaignPage", request: HttpRequest, canonical: str) -> dict[str, Any]:
    crumbs = [*page.breadcrumbs(request), {"title": page.title, "url": canonical}]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": crumb["title"],
                "item": request.build_absolute_uri(crumb["url"]),
            }
            for position, crumb in enumerate(crumbs, start=1)
        ],
    }


def _article(
    page: "CampaignPage",
    canonical: str,
    image_url: str,
    campaign: CampaignSettings,
) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": page.title,
        "mainEntityOfPage": canonical,
        "inLanguage": page.locale.language_code,
        "publisher": {
            "@type": "Organization",
            "name": campaign.publisher,
        },
    }
    if page.teaser_text:
        data["description"] = page.teaser_text
    if image_url:
        data["image"] = image_url
    if page.licence_url:
        data["license"] = page.licence_url
    if page.first_published_at:
        data["datePublished"] = page.first_published_at.isoformat()
    if page.last_published_at:
        data["dateModified"] = page.last_published_at.isoformat()
    if names := page.author_names():
        data["author"] = [{"@type": "Person", "name": name} for name in names]
    return data
