"""The campaign's own endpoints: the site and its vocabularies."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field
from wagtail.models import Site

from api.answers import ERRORS, answer
from api.registry import registry
from api.schemas import Image, PageRef, Schema
from api.touched import touch

from .colors import INK, PAPER, readable_on
from .lookups import current_lookups
from .models import Article, CampaignSettings, Department, Rota, find_sign_language_page
from .models.settings import ACCESS_PAGES, LEGAL_PAGES
from .visibility import visible_pages
from .vocabulary import ArticleSchema, DepartmentSchema, RotaSchema

router = Router()


class LocaleSchema(Schema):
    """A language with its home page."""

    code: str
    name: str
    home: PageRef


class AccentSchema(Schema):
    """The campaign's accent colour, readable on light and on dark paper, as #rrggbb."""

    chosen: str
    on_light: str
    on_dark: str


class ProfileSchema(Schema):
    """A profile in a social network."""

    name: str
    url: str


class PublisherSchema(Schema):
    """Who answers for the campaign."""

    name: str
    address: str
    email: str


class LegalPages(Schema):
    """Pages that every footer and header owes its readers; None while there is none."""

    imprint: PageRef | None
    privacy: PageRef | None
    accessibility: PageRef | None
    simple_language: PageRef | None
    sign_language: PageRef | None = Field(
        description="Lists what there is in German Sign Language; None while there is nothing."
    )


class SiteSchema(Schema):
    """The campaign."""

    name: str
    claim: str
    municipality: str
    url: str = Field(description="Absolute, without a slash at its end.")
    logo: Image | None
    accent: AccentSchema
    publisher: PublisherSchema
    profiles: list[ProfileSchema]
    default_locale: str
    locales: list[LocaleSchema]
    legal: LegalPages
    rota: RotaSchema


class DepartmentList(Schema):
    """All departments."""

    items: list[DepartmentSchema]


class ArticleList(Schema):
    """The Präambel and the articles of the Grundgesetz that the campaign knows."""

    items: list[ArticleSchema]


@router.get(
    "/site",
    operation_id="get_site",
    summary="Read the campaign's settings",
    response={200: SiteSchema, **ERRORS},
)
def get_site(request: HttpRequest) -> HttpResponse:
    """Return names, colours, languages, the publisher and the legal pages."""
    touch("site")
    return answer(read_site(registry.content.site(request)))


def read_site(site: Site) -> SiteSchema:
    """Return what there is to know of a site."""
    campaign = CampaignSettings.read(site)
    named = campaign.named_page_ids()
    pages = visible_pages().in_bulk(list(named.values()))
    store = current_lookups()
    store.fetch_images([campaign.logo_id] if campaign.logo_id else [])
    logo = store.images.get(campaign.logo_id or 0)
    return SiteSchema(
        name=campaign.name,
        claim=campaign.claim,
        municipality=campaign.municipality,
        url=site.root_url,
        logo=Image.model_validate(logo) if logo else None,
        accent=AccentSchema(
            chosen=campaign.accent_color,
            on_light=readable_on(campaign.accent_color, PAPER),
            on_dark=readable_on(campaign.accent_color, INK),
        ),
        publisher=PublisherSchema(
            name=campaign.publisher,
            address=campaign.publisher_address,
            email=campaign.contact_email,
        ),
        profiles=[
            ProfileSchema.model_validate(dict(one.value)) for one in campaign.social_profiles
        ],
        default_locale=settings.LANGUAGE_CODE,
        locales=_locales(site),
        legal=LegalPages.model_validate(
            {
                name.removesuffix("_page"): pages.get(named.get(name, 0))
                for name in (*LEGAL_PAGES, *ACCESS_PAGES)
            }
            | {"sign_language": find_sign_language_page(site)}
        ),
        rota=RotaSchema.model_validate(Rota.on()),
    )


def _locales(site: Site) -> list[LocaleSchema]:
    """Return the languages in which the site has a public home page; one query."""
    root = site.root_page
    homes = {
        page.locale.language_code: page
        for page in visible_pages().filter(translation_key=root.translation_key, depth=root.depth)
    }
    return [
        LocaleSchema(code=code, name=str(name), home=PageRef.model_validate(homes[code]))
        for code, name in settings.LANGUAGES
        if code in homes
    ]


@router.get(
    "/departments",
    operation_id="list_departments",
    summary="List the departments",
    response={200: DepartmentList, **ERRORS},
)
def list_departments(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Return all departments with their turns in the rota."""
    touch("departments")
    return answer(read_departments())


def read_departments() -> DepartmentList:
    """Return all departments with their turns in the rota."""
    departments = Department.objects.prefetch_related("rota_entries__department")
    return DepartmentList(items=list(departments))


@router.get(
    "/articles",
    operation_id="list_articles",
    summary="List the Grundgesetz's articles",
    response={200: ArticleList, **ERRORS},
)
def list_articles(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Return the articles with their exact wording, in the law's order."""
    touch("articles")
    return answer(read_articles())


def read_articles() -> ArticleList:
    """Return the articles with their exact wording, in the law's order."""
    return ArticleList(items=list(Article.objects.all()))
