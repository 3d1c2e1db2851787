"""Postcards of the Grundgesetz, courage cards, and their overviews."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.search import index

from api.addresses import current_shelf
from home.blocks import BodyBlock
from home.colors import Color
from home.fields import BodyField
from home.listing import ARTICLE, DEPARTMENT, PUBLISHED, TAG, Facet
from home.models import NAMED_ARTICLE, TITLE_BOOST, CampaignPage, IndexPage, LawQuote, Paragraph

from ..forms import CardForm

if TYPE_CHECKING:
    from ..outputs import CardOutput

CARD_ARTICLE = Facet(
    "article",
    ARTICLE.label,
    "article__slug",
    "article__number",
    "article__sort_key",
    ARTICLE.titles,
)
OCCASION = Facet(
    "occasion", _("Occasion"), "occasion_links__tag__slug", "occasion_links__tag__name"
)


#: What Wagtail's preview shows of a card beside its page.
PREVIEWS = (
    ("front", _("Front")),
    ("back", pgettext_lazy("side of a card", "Back")),
    ("share", _("Share picture")),
)


class Design(models.TextChoices):
    """How a card looks."""

    TYPE = "type", _("Typographic: numeral, sentence, colour")
    PICTURE = "picture", _("Picture: photo with the sentence on a panel")


class Orientation(models.TextChoices):
    """Which way up a printed card is held."""

    LANDSCAPE = "landscape", _("Landscape")
    PORTRAIT = "portrait", pgettext_lazy("orientation", "Portrait")


class PictureCard(CampaignPage):
    """What both kinds of cards share: a colour pair or a picture, and how they are printed."""

    card_color = models.CharField(
        _("colour pair"), max_length=20, choices=Color.choices, blank=True
    )
    picture = models.ForeignKey(
        "home.CampaignImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_(
            "Not needed: a card is beautiful without one. For print it must have 1819 × 780 "
            "pixels at least (upright cards: 1312 × 1085)."
        ),
    )
    orientation = models.CharField(
        _("orientation"),
        max_length=20,
        choices=Orientation.choices,
        default=Orientation.LANDSCAPE,
        help_text=_("How the printed card is held; the address side always lies."),
    )
    print_note = models.TextField(
        _("note on printing"),
        max_length=1000,
        blank=True,
        help_text=_("For colleagues only: how many were ordered, when and where, who has them."),
    )

    has_neighbours = True
    base_form_class = CardForm
    joined = (*CampaignPage.joined, "card_code")
    image_fields = (*CampaignPage.image_fields, "picture")

    settings_panels = [
        *CampaignPage.settings_panels,
        MultiFieldPanel(
            [FieldPanel("print_note")],
            heading=_("Printing"),
            help_text=_(
                "The files for the print shop stand under “Print data” in the page's menu."
            ),
        ),
    ]

    class Meta:
        abstract = True

    @property
    def is_portrait(self) -> bool:
        """Tell whether the printed card stands upright."""
        return self.orientation == Orientation.PORTRAIT

    @property
    def printed_picture(self) -> Any:
        """Return the picture that the card is printed with; None for the typographic design."""
        return self.picture

    @cached_property
    def outputs(self) -> "list[CardOutput]":
        """Return what is made of the card for everybody, in the order in which it is offered.

        There is nothing before it is public; an export holds no files that are made of what it
        holds.
        """
        from ..outputs import outputs_of

        return outputs_of(self) if self.pk and self.live and not current_shelf() else []

    @property
    def share_picture(self) -> tuple[str, str]:
        """Return address and words of the card as a picture, once it is public."""
        if not (self.pk and self.live):
            return "", ""
        from ..outputs import share_address

        return share_address(self), self.share_words

    @property
    def share_words(self) -> str:
        """Return what stands on the card, for those who do not see its picture."""
        return self.title

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what people may take along of the card, once it is public."""
        context = super().get_context(request, *args, **kwargs)
        if self.pk and self.live:
            from ..outputs import downloads_of

            context["downloads"] = downloads_of(self)
        return context

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Return the page itself, and what is printed and shared of it."""
        return [*super().preview_modes, *PREVIEWS]

    def make_preview_request(
        self,
        original_request: HttpRequest | None = None,
        preview_mode: str | None = None,
        extra_request_attrs: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the draft as it will be printed, or as the page is previewed."""
        if preview_mode in dict(PREVIEWS):
            from ..previews import print_preview

            return print_preview(self, original_request, preview_mode or "")
        return super().make_preview_request(original_request, preview_mode, extra_request_attrs)

    def image_ids(self) -> list[int]:
        """Return the card's picture; its teaser picture is for shared links only."""
        return [self.picture_id] if self.picture_id else []


class CardIndexPage(RoutablePageMixin, IndexPage):
    """An overview of cards, which gives them away together; abstract."""

    class Meta:
        abstract = True

    @path("bogen/", name="sheet")
    def sheet(self, request: HttpRequest) -> HttpResponse:
        """Let people choose the cards for a sheet of paper; lead to it."""
        from ..sheets import compose

        return compose(self, request)

    @property
    def sheet_url(self) -> str:
        """Return the address where people put a sheet together."""
        return f"{self.get_url() or ''}bogen/"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what there is of all cards together."""
        from ..archives import ARCHIVES

        return super().get_context(request, *args, **kwargs) | {"archives": ARCHIVES}


class PostcardIndexPage(CardIndexPage):
    """The wall of all postcards."""

    facets = (CARD_ARTICLE, DEPARTMENT, TAG, PUBLISHED)

    subpage_types = ["postcards.PostcardPage"]
    page_description = _("Shows all postcards of the Grundgesetz as a wall.")
    page_icon = "grid"

    class Meta:
        verbose_name = _("overview of postcards")
        verbose_name_plural = _("overviews of postcards")

    @classmethod
    def listed_type(cls) -> type[CampaignPage]:
        """Return the postcard."""
        return PostcardPage


class PostcardPage(PictureCard):
    """A sentence of the Grundgesetz as a postcard, and what it means in this city."""

    article = models.ForeignKey(
        "home.Article",
        on_delete=models.PROTECT,
        related_name="postcards",
        verbose_name=_("article of the Grundgesetz"),
    )
    paragraphs = models.CharField(
        _("paragraphs"),
        max_length=40,
        blank=True,
        help_text=_("Which paragraphs the card shows, like “1, 3” or “1–3”. Empty: all of them."),
    )
    headline = models.CharField(
        _("sentence"),
        max_length=400,
        help_text=_("The card's large words: letter for letter as they stand in the article."),
    )
    design = models.CharField(
        _("design"), max_length=20, choices=Design.choices, default=Design.TYPE
    )
    credit = models.CharField(
        _("credit"), max_length=160, blank=True, help_text=_("Who made the card.")
    )
    body = BodyField(BodyBlock(), blank=True, verbose_name=_("What does it mean here?"))

    parent_page_types = ["postcards.PostcardIndexPage"]
    subpage_types: list[str] = []
    page_description = _("One article of the Grundgesetz as a postcard.")
    page_icon = "mail"
    card_template = "components/cards/postcard.html"
    prose_fields = (*CampaignPage.prose_fields, "body")
    joined = (*PictureCard.joined, "article")
    as_typed = frozenset({"headline", "paragraphs", "credit"})

    content_panels = [
        *CampaignPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("article"), FieldPanel("paragraphs")]),
                FieldPanel("headline"),
                FieldRowPanel([FieldPanel("design"), FieldPanel("card_color")]),
                FieldPanel("picture"),
                FieldPanel("orientation"),
                FieldPanel("credit"),
            ],
            heading=_("Card"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *CampaignPage.search_fields,
        index.SearchField("headline", boost=TITLE_BOOST),
        index.SearchField("wording"),
        index.RelatedFields("article", NAMED_ARTICLE),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("postcard")
        verbose_name_plural = _("postcards")

    @property
    def color(self) -> str:
        """Return the chosen colour pair, or the article's own."""
        return self.card_color or self.article.color

    @color.setter
    def color(self, name: str) -> None:
        self.card_color = name

    @property
    def printed_picture(self) -> Any:
        """Return the picture of the picture design."""
        return self.picture if self.design == Design.PICTURE else None

    @property
    def share_words(self) -> str:
        """Return the sentence, and where it stands."""
        return f"{self.headline} ({self.article.citation})"

    @property
    def own_credit(self) -> str:
        """Return the card's credit, unless its picture on show says the same already."""
        shown = self.picture if self.design == Design.PICTURE else None
        return "" if shown and shown.credit == self.credit else self.credit

    @cached_property
    def chosen_paragraphs(self) -> list[Paragraph]:
        """Return the paragraphs that the card shows.

        All of them when a newer edition of the law no longer has the chosen ones.
        """
        try:
            return self.article.select(self.paragraphs)
        except ValidationError:
            return self.article.select("")

    @property
    def wording(self) -> str:
        """Return the wording of the shown paragraphs, a line each."""
        return "\n".join(paragraph["text"] for paragraph in self.chosen_paragraphs)

    def clean(self) -> None:
        """Hold the card against the law; a picture design needs its picture."""
        super().clean()
        errors: dict[str, Any] = {}
        if self.article_id:
            shown = None
            try:
                shown = self.article.select(self.paragraphs)
            except ValidationError as error:
                errors["paragraphs"] = error.messages
            try:
                self.headline = self.article.quote(self.headline, shown)
            except ValidationError as error:
                errors["headline"] = error.messages
        if self.design == Design.PICTURE and self.picture_id is None:
            errors["picture"] = _t("This design needs a picture; the typographic one does not.")
        if errors:
            raise ValidationError(errors)

    def law_quotes(self) -> list[LawQuote]:
        """Return the card's sentence."""
        return [LawQuote(self.article_id, self.headline, "headline")]


class CourageCardIndexPage(CardIndexPage):
    """All courage cards, and one drawn by chance."""

    facets = (OCCASION, DEPARTMENT, ARTICLE, TAG, PUBLISHED)

    subpage_types = ["postcards.CourageCardPage"]
    page_description = _("Shows all courage cards; “draw a card” shows one by chance.")
    page_icon = "copy"

    class Meta:
        verbose_name = _("overview of courage cards")
        verbose_name_plural = _("overviews of courage cards")

    @classmethod
    def listed_type(cls) -> type[CampaignPage]:
        """Return the courage card."""
        return CourageCardPage

    @property
    def draw_url(self) -> str:
        """Return the address that leads to a card by chance."""
        return f"{self.get_url() or ''}ziehen/"

    @path("ziehen/", name="draw")
    def draw(self, request: HttpRequest) -> HttpResponse:
        """Lead to a card by chance; to the overview while there is none."""
        pages = CourageCardPage.objects.visible().child_of(self)
        # The card that was just shown is not drawn again.
        shown = request.GET.get("nicht", "")
        if shown.isascii() and shown.isdecimal() and len(shown) < 10:
            pages = pages.exclude(pk=int(shown)) if pages.exclude(pk=int(shown)).exists() else pages
        card = pages.select_related("locale").order_by("?").first()
        response = redirect((card or self).get_url(request) or "/")
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add where to draw a card."""
        return super().get_context(request, *args, **kwargs) | {"draw_url": self.draw_url}


class OccasionTag(TaggedItemBase):
    """When a courage card helps."""

    content_object = ParentalKey(
        "postcards.CourageCardPage", on_delete=models.CASCADE, related_name="occasion_links"
    )

    class Meta:
        verbose_name = _("occasion of a card")
        verbose_name_plural = _("occasions of cards")


class CourageCardPage(PictureCard):
    """A sentence that gives courage, with a few words on its back."""

    sentence = models.CharField(
        _("sentence"), max_length=140, help_text=_("At most 140 characters; “du” is welcome here.")
    )
    back_text = RichTextField(
        _("back"), features=["bold", "italic", "link"], blank=True, max_length=800
    )
    occasions = ClusterTaggableManager(
        through=OccasionTag,
        blank=True,
        verbose_name=_("occasions"),
        related_name="courage_cards",
        help_text=_("When the card helps, for example “Sitzung, Kaffeeküche”."),
    )
    team = models.CharField(_("team that made it"), max_length=160, blank=True)

    parent_page_types = ["postcards.CourageCardIndexPage"]
    subpage_types: list[str] = []
    page_description = _("A small card that gives courage.")
    page_icon = "pick"
    card_template = "components/cards/courage_card.html"
    prose_fields = (*CampaignPage.prose_fields, "sentence", "back_text")
    prefetched = (*PictureCard.prefetched, ("occasion_links", "tag"))
    api_links = (("occasion_links", "tag"),)

    content_panels = [
        *CampaignPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("sentence"),
                FieldPanel("back_text"),
                FieldPanel("occasions"),
                FieldRowPanel([FieldPanel("card_color"), FieldPanel("picture")]),
                FieldPanel("orientation"),
                FieldPanel("team"),
            ],
            heading=_("Card"),
        ),
    ]
    search_fields = [
        *CampaignPage.search_fields,
        index.SearchField("sentence", boost=2),
        index.SearchField("back_text"),
        index.SearchField("team"),
    ]

    class Meta:
        verbose_name = _("courage card")
        verbose_name_plural = _("courage cards")

    @property
    def color(self) -> str:
        """Return the chosen colour pair, else the department's."""
        return self.card_color or super().color

    @color.setter
    def color(self, name: str) -> None:
        self.card_color = name

    @property
    def share_words(self) -> str:
        """Return the sentence."""
        return self.sentence

    @property
    def occasion_list(self) -> list[Any]:
        """Return the occasions as tags, in the order of tagging."""
        links = sorted(self.occasion_links.all(), key=lambda link: link.pk or 0)
        return [link.tag for link in links]

    @property
    def draw_url(self) -> str:
        """Return the address that leads to another card by chance."""
        own = (self.get_url() or "").rstrip("/")
        return f"{own.rpartition('/')[0]}/ziehen/?nicht={self.pk}"
