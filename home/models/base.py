"""The page that every page type of the campaign is built on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPMethod
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Min,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    PublishingPanel,
)
from wagtail.models import Orderable, Page
from wagtail.search import index

from ..cards import TypedKey, light_cards
from ..lookups import Lookups, current_lookups
from ..moderation import desks
from ..moderation.election import election_end
from ..moderation.mails import admin_address
from ..moderation.permissions import CampaignPermissionTester
from ..moderation.workflow import house_workflow, leads_over_desks
from ..page_forms import CampaignCopyForm, CampaignPageForm
from ..panels import LanguagePanel
from ..references import named_in
from ..reserved import free_slug, refuse_reserved
from ..rights import LICENCE_URLS, AIUse, Licence
from ..slugs import NAMELESS, german_slug
from ..typed_texts import typeset_page
from ..versions import SIMPLE
from ..visibility import (
    VisiblePageManager,
    VisiblePageQuerySet,
    untranslated,
    visible_pages,
)
from .headless import HeadlessPage
from .routing import RoutedPage

if TYPE_CHECKING:
    from .images import CampaignImage
    from .law import Article

TEASER_LENGTH = 300
#: How many related pages a page shows, and which of them.
RELATED = 3
MOST_SHARED = (
    "-shared",
    "-shared_tags",
    "-same_department",
    F("first_published_at").desc(nulls_last=True),
    "path",
)

#: A field that is boosted so much is found like a title.
TITLE_BOOST = 10
#: What a page is found by that names an article: "Artikel 5", "Art. 5 GG", its unofficial title.
NAMED_ARTICLE = [
    index.SearchField("label"),
    index.SearchField("citation"),
    index.SearchField("title_words"),
    index.SearchField("wording"),
]


class PageTag(TaggedItemBase):
    """A tag on a page of any type."""

    content_object = ParentalKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="tag_links"
    )

    class Meta:
        verbose_name = _("tag of a page")
        verbose_name_plural = _("tags of pages")


class PageArticle(Orderable):
    """A page of any type names an article of the Grundgesetz that it is about."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="article_links")
    article = models.ForeignKey(
        "home.Article",
        on_delete=models.PROTECT,
        related_name="page_links",
        verbose_name=_("article of the Grundgesetz"),
    )

    panels = [FieldPanel("article")]

    class Meta(Orderable.Meta):
        # Rows that nobody has put in an order keep that of their making, on any database.
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "article"], name="page_names_article_once")
        ]
        verbose_name = _("article of a page")
        verbose_name_plural = _("articles of pages")


@dataclass(frozen=True)
class LawQuote:
    """A page's quotation from the law: where it stands on the page, and its words."""

    article_id: int
    text: str
    field: str


def page_types_with(name: str) -> "list[type[CampaignPage]]":
    """Return the page types that have a field of this name."""
    types = (model for model in apps.get_models() if issubclass(model, CampaignPage))
    return [model for model in types if any(f.name == name for f in model._meta.fields)]


class CampaignPage(HeadlessPage, RoutedPage):
    """What all pages share: teaser, rights, tags, articles, and who may see them.

    The teaser text is Wagtail's `search_description`: it stands in the pages' common table, so
    that lists of mixed types show it without a query a type.
    """

    teaser_image = models.ForeignKey(
        "home.CampaignImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("teaser picture"),
        help_text=_(
            "Shown on cards and in links that people share. Decorative: it needs no words."
        ),
    )
    tags = ClusterTaggableManager(
        through=PageTag,
        blank=True,
        verbose_name=_("tags"),
        help_text=_("Topics that connect pages, separated by commas."),
    )
    department = models.ForeignKey(
        "home.Department",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("department"),
        help_text=_("The department that answers for this page."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=30,
        choices=Licence.choices,
        default=Licence.CC_BY,
        help_text=_("What others may do with the text. Pictures have a licence of their own."),
    )
    ai_use = models.CharField(
        _("use of AI"),
        max_length=20,
        choices=AIUse.choices,
        default=AIUse.NONE,
        help_text=_("A text made with AI is labelled in public (AI Act, Article 50)."),
    )
    review_date = models.DateField(
        _("review on"),
        null=True,
        blank=True,
        help_text=_("When somebody should check whether the page is still right."),
    )
    social_text = models.CharField(
        _("text for sharing"),
        max_length=200,
        blank=True,
        help_text=_("Stands beside the link in messengers and networks. Empty: the teaser text."),
    )
    checked_by = models.CharField(
        _("checked by"),
        max_length=120,
        blank=True,
        help_text=_("The group of readers who have understood the text, with its organisation."),
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    objects: ClassVar[Any] = VisiblePageManager()

    base_form_class = CampaignPageForm
    copy_form_class = CampaignCopyForm
    #: Nobody has checked a copy.
    exclude_fields_in_copy = ["checked_by", "checked_on"]
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    #: The type's icon in the admin, by its registered name; every type sets its own.
    page_icon: ClassVar[str] = ""
    card_template: ClassVar[str] = "components/cards/page.html"
    #: The field by which lists of this type are ordered, and so "previous" and "next".
    listing_order: ClassVar[str] = "path"
    #: Foreign keys that the page's own view or card shows.
    joined: ClassVar[tuple[str, ...]] = ("department",)
    #: The page's own pictures; they are fetched together with all others.
    image_fields: ClassVar[tuple[str, ...]] = ("teaser_image",)
    #: Relations of one to many that the page's own view shows.
    prefetched: ClassVar[tuple[tuple[str, str], ...]] = (
        ("article_links", "article"),
        ("tag_links", "tag"),
    )
    #: The like that the page's card shows in the API alone.
    api_links: ClassVar[tuple[tuple[str, str], ...]] = ()
    #: Fields that keep an editor's letters as they are: the law's wording, people's names.
    as_typed: ClassVar[frozenset[str]] = frozenset()
    #: The fields that citizens read as running text, in order; the law's wording is not among them.
    prose_fields: ClassVar[tuple[str, ...]] = ("title", "search_description")
    #: The Wiener Sachtextformel's value that a text of this type should not exceed.
    readability_target: ClassVar[float] = 10
    #: Whether the page is a text of its own, and no door to others.
    is_article: ClassVar[bool] = True
    #: Whether nobody may publish a page of this type alone.
    four_eyes: ClassVar[bool] = False
    #: Set by a form that has changed nothing of a page on a desk.
    stays_as_it_is = False
    #: Whether "previous" and "next" lead through the pages of this type.
    has_neighbours: ClassVar[bool] = False

    promote_panels = [
        FieldPanel("slug"),
        MultiFieldPanel(
            [
                FieldPanel("search_description", heading=_("Teaser text")),
                FieldPanel("teaser_image"),
            ],
            heading=_("Teaser"),
            help_text=_("How the page shows itself in lists, search engines and shared links."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("tags"),
                FieldPanel("department"),
                MultipleChooserPanel(
                    "article_links",
                    chooser_field_name="article",
                    heading=_("Articles of the Grundgesetz"),
                    label=_("Article"),
                ),
            ],
            heading=_("Classification"),
        ),
        MultiFieldPanel(
            [FieldPanel("seo_title"), FieldPanel("social_text"), FieldPanel("show_in_menus")],
            heading=_("Search engines, sharing, menu"),
        ),
    ]
    settings_panels = [
        PublishingPanel(),
        MultiFieldPanel(
            [FieldPanel("licence"), FieldPanel("ai_use"), FieldPanel("review_date")],
            heading=_("Rights and care"),
        ),
        LanguagePanel(
            [FieldPanel("checked_by"), FieldPanel("checked_on")],
            heading=_("Check of the Leichte Sprache"),
            help_text=_(
                "With both, the page shows the label of Leichte Sprache. Please clear them when "
                "the text has changed so much that it needs another check."
            ),
            language=SIMPLE,
        ),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("teaser_text", boost=2),
        index.RelatedFields(
            "department", [index.SearchField("name"), index.SearchField("short_name")]
        ),
        index.RelatedFields("article_links", [index.RelatedFields("article", NAMED_ARTICLE)]),
        index.RelatedFields(
            "tag_links", [index.RelatedFields("tag", [index.SearchField("name", boost=1)])]
        ),
    ]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    def _get_autogenerated_slug(self, base_slug: str) -> str:
        """Return a slug that is free here, made of the title as German writes it."""
        slug = free_slug(german_slug(self.title) or base_slug, self.get_parent())
        return str(super()._get_autogenerated_slug(slug))

    def _set_core_field_defaults(self) -> None:
        """Typeset the page before it is checked: all ways of saving one lead through here."""
        super()._set_core_field_defaults()
        is_placed = self.path or getattr(self, "_cached_parent_obj", None)
        if self.title and not self.slug and is_placed:
            # Wagtail makes none of a title of signs, and would keep an address without an end.
            page: Any = self
            page.slug = self._get_autogenerated_slug(NAMELESS)
        typeset_page(self)

    def clean(self) -> None:
        """Refuse a teaser that no card can hold, and an address that leads elsewhere."""
        super().clean()
        try:
            refuse_reserved(self.slug, self.get_parent())
        except ValidationError as error:
            raise ValidationError({"slug": error}) from error
        if len(self.search_description) > TEASER_LENGTH:
            message = _t("The teaser text is too long: %(length)s of %(limit)s characters.") % {
                "length": len(self.search_description),
                "limit": TEASER_LENGTH,
            }
            raise ValidationError({"search_description": message})
        if self.checked_on and self.checked_on > timezone.localdate():
            raise ValidationError({"checked_on": _t("This day is still to come.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Withdraw a page that has kept the place of a translation, once it is a page of its own.

        It still has the text of the other language; publishing it is for a person to decide.
        """
        if self.pk and self.live and not self.alias_of_id:
            places = Page.objects.filter(untranslated(), pk=self.pk)
            if places.exists():
                fresh: dict[str, Any] = {"live": False, "has_unpublished_changes": True}
                fresh |= dict.fromkeys(("first_published_at", "last_published_at"))
                for name, value in fresh.items():
                    setattr(self, name, value)
                if named := kwargs.get("update_fields"):
                    kwargs["update_fields"] = {*named, *fresh}
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Measure the draft's readability, too, and put what lies on a desk there anew.

        A revision that was handed in or decided on stays as it was read: the next one is another,
        and there is none where a form has changed nothing.
        """
        from ..text_checks import measure

        if self.stays_as_it_is:
            return self.get_latest_revision()
        overwritten = kwargs.get("overwrite_revision")
        if overwritten and not desks.may_be_overwritten(overwritten):
            kwargs["overwrite_revision"] = None
        with transaction.atomic():
            waiting = desks.locked(self)
            revision = super().save_revision(*args, **kwargs)
            if waiting is not None:
                desks.put(revision, waiting)
        measure(self)
        return revision

    # --- Moderation ------------------------------------------------------------------------------

    def permissions_for_user(self, user: Any) -> CampaignPermissionTester:
        """Return what somebody may do with this page."""
        return CampaignPermissionTester(user, self)

    def get_workflow(self) -> Any:
        """Return the page's workflow; the house's own where four eyes or an election ask for it."""
        own = super().get_workflow()
        if not (self.four_eyes or election_end()) or leads_over_desks(own):
            return own
        return house_workflow() or own

    @property
    def has_workflow(self) -> bool:
        """Tell whether the page has a workflow."""
        return self.get_workflow() is not None

    def author_url(self, user: Any) -> str:
        """Return the absolute address where an author follows what becomes of the page."""
        return admin_address(self)

    # --- What templates and lists ask for -------------------------------------------------------

    @property
    def teaser_text(self) -> str:
        """Return the text that stands for the page in lists."""
        return self.search_description

    @teaser_text.setter
    def teaser_text(self, text: str) -> None:
        self.search_description = text

    @property
    def color(self) -> str:
        """Return the name of the page's colour pair."""
        return self.department.color if self.department else "nacht"

    @property
    def type_label(self) -> str:
        """Return the page type's name in the reader's language."""
        return capfirst(str(self._meta.verbose_name))

    @property
    def is_checked(self) -> bool:
        """Tell whether the page may show the label of Leichte Sprache."""
        return bool(self.checked_by and self.checked_on) and self.language_code == SIMPLE

    @property
    def licence_label(self) -> str:
        """Return the licence's short name, without what editors read in brackets."""
        return str(Licence(self.licence).label).partition(" (")[0]

    @property
    def licence_url(self) -> str:
        """Return where the licence's text stands; "" for "all rights reserved"."""
        return LICENCE_URLS.get(Licence(self.licence), "")

    @cached_property
    def related_articles(self) -> "list[Article]":
        """Return the articles that the page names, in the editor's order."""
        return [link.article for link in self.article_links.all()]

    @property
    def tag_list(self) -> list[Any]:
        """Return the page's tags as they were fetched with it, in the order of tagging."""
        return [link.tag for link in sorted(self.tag_links.all(), key=lambda link: link.pk or 0)]

    @property
    def social_image(self) -> Any:
        """Return the picture that shared links show: the first one that the page has, or None."""
        images = (getattr(self, name) for name in self.image_fields)
        return next((image for image in images if image), None)

    @property
    def share_picture(self) -> tuple[str, str]:
        """Return address (below the root) and words of a picture made for shared links, if any."""
        return "", ""

    def view_image_ids(self) -> list[int]:
        """Return the primary keys of pictures that only the page's own view shows."""
        return [self.social_image_id] if self.social_image_id else []

    @property
    def social_image_id(self) -> int | None:
        """Return the primary key of the picture that shared links show; no query."""
        ids = (getattr(self, f"{name}_id") for name in self.image_fields)
        return next((pk for pk in ids if pk), None)

    def author_names(self) -> list[str]:
        """Return who wrote the page, by name, where it says so."""
        return []

    def image_ids(self) -> list[int]:
        """Return the primary keys of the pictures that the page's card shows."""
        return [pk for name in self.image_fields if (pk := getattr(self, f"{name}_id"))]

    def take_images(self, images: "Mapping[int, CampaignImage]") -> None:
        """Take the page's own pictures from those that were fetched, None for what is gone."""
        for name in self.image_fields:
            setattr(self, name, images.get(getattr(self, f"{name}_id") or 0))

    def law_quotes(self) -> list[LawQuote]:
        """Return what the page quotes from the law; a type that quotes overrides this."""
        return []

    # --- Fetching -------------------------------------------------------------------------------

    @classmethod
    def for_cards(cls) -> VisiblePageQuerySet:
        """Return this type's pages with what their cards show; one query."""
        return cls.objects.select_related(*cls.joined, "locale")

    @classmethod
    def for_view(cls) -> VisiblePageQuerySet:
        """Return this type's pages with what their own view shows."""
        relations = {
            relation.name: relation.related_model for relation in cls._meta.related_objects
        }
        pages = cls.for_cards().prefetch_related(
            *(
                Prefetch(name, relations[name]._default_manager.select_related(joined))
                for name, joined in cls.prefetched
            )
        )
        if not cls.has_neighbours:
            return pages
        return pages.annotate(lower_pk=cls._neighbour("lt"), higher_pk=cls._neighbour("gt"))

    @classmethod
    def _neighbour(cls, side: str) -> Subquery:
        """Return the nearest public page of this type in the list: "lt" or "gt" of the outer."""
        name = cls.listing_order.removeprefix("-")
        beyond = Q(**{f"{name}__{side}": OuterRef(name)})
        beyond |= Q(**{name: OuterRef(name), f"pk__{side}": OuterRef("pk")})
        order = (name, "pk") if side == "gt" else (f"-{name}", "-pk")
        pages = cls.objects.visible().filter(beyond, locale_id=OuterRef("locale_id"))
        return Subquery(pages.order_by(*order).values("pk")[:1])

    def linked_pages(self, ids: Iterable[int]) -> "Iterable[Page]":
        """Return the public pages with these keys, the neighbours and the related ones; one query.

        Each page tells how many articles it `shared` with this one, and `card_of`: the article
        whose card it is, where it is one.
        """
        beside = [getattr(self, name, None) for name in ("lower_pk", "higher_pk")]
        wanted = Q(pk__in=[pk for pk in (*ids, *beside) if pk])
        articles = [article.pk for article in self.related_articles] if self.is_article else []
        if articles:
            related = visible_pages().filter(
                article_links__article__in=articles, locale_id=self.locale_id
            )
            related = self._by_likeness(related.exclude(pk=self.pk), articles)
            wanted |= Q(pk__in=related.values("pk")[:RELATED])
        card_of: list[Any] = [Value(None, IntegerField())]
        for model in page_types_with("article") if articles else ():
            cards = model.objects.visible().filter(article__in=articles, locale_id=self.locale_id)
            firsts = cards.order_by().values("article").annotate(first=Min("pk"))
            wanted |= Q(pk__in=firsts.values("first"))
            card_of.insert(0, F(f"{model._meta.model_name}__article"))
        pages = visible_pages().filter(wanted).annotate(card_of=Coalesce(*card_of, card_of[-1]))
        return self._by_likeness(pages, articles)

    def _by_likeness(self, pages: "Any", articles: list[int]) -> "Any":
        """Order pages by what they share: articles, then tags, then the department."""
        # The database would find nothing at all where nothing is asked for.
        tags = [tag.pk for tag in self.tag_list] if articles else []
        alike = Q(pk__in=[])
        for model in page_types_with("department") if articles and self.department_id else ():
            if model.is_article:
                of_department = model.objects.filter(department=self.department_id).order_by()
                alike |= Q(pk__in=of_department.values("pk"))
        return pages.annotate(
            shared=Count(
                "article_links", filter=Q(article_links__article__in=articles or [0]), distinct=True
            ),
            shared_tags=Count("tag_links", filter=Q(tag_links__tag__in=tags or [0]), distinct=True),
            # Without a department this is a mere 0, which PostgreSQL would take for a column.
            same_department=Cast(Case(When(alike, then=1), default=0), IntegerField()),
        ).order_by(*MOST_SHARED)

    def planned_cards(self, store: Lookups) -> list[TypedKey]:
        """Return the cards that the page's sections show beyond those that it names."""
        return []

    # --- Answering a request --------------------------------------------------------------------

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Fetch everything that the page shows, in a fixed number of queries."""
        from ..seo import Seo
        from .settings import CampaignSettings

        context = super().get_context(request, *args, **kwargs)
        named = named_in(self)
        body_shows_teaser = self.teaser_image_id in named.images
        if logo := CampaignSettings.for_public(request).logo_id:
            named.images.add(logo)
        current_lookups().fetch_named(self, named)
        if self.is_article:
            self._link_articles_to_cards()
        previous, following = self.neighbours()
        return context | {
            "breadcrumbs": self.breadcrumbs(request),
            "lead_image": None if body_shows_teaser else self.teaser_image,
            "previous_page": previous,
            "next_page": following,
            "related_pages": self.related_pages(),
            "seo": Seo.of(self, request),
        }

    def _link_articles_to_cards(self) -> None:
        """Give each article that the page names its public card, if that is another page."""
        pages = (page for page in current_lookups().links.values() if page and page.pk != self.pk)
        cards = {page.card_of: page for page in pages if getattr(page, "card_of", None)}
        for article in self.related_articles:
            article.card = cards.get(article.pk)

    def neighbours(self) -> "tuple[Page | None, Page | None]":
        """Return the previous and the next public page of this type in its list.

        A preview has none: its page was not fetched for its view.
        """
        links = current_lookups().links
        lower, higher = (
            links.get(getattr(self, name, None) or 0) for name in ("lower_pk", "higher_pk")
        )
        return (higher, lower) if self.listing_order.startswith("-") else (lower, higher)

    def related_pages(self) -> "list[Page]":
        """Return public pages about the same articles, those with most in common first."""
        alike = [
            page
            for page in current_lookups().links.values()
            if page
            and getattr(page, "shared", 0)
            and page.pk != self.pk
            and page.locale_id == self.locale_id
        ]
        return light_cards(alike[:RELATED])
