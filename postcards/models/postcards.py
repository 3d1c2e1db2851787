"""Postcards of the Grundgesetz, and their overview."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from home.blocks import BodyBlock
from home.fields import BodyField
from home.listing import ARTICLE, DEPARTMENT, PUBLISHED, TAG, Facet
from home.models import NAMED_ARTICLE, TITLE_BOOST, CampaignPage, LawQuote, Paragraph

from .cards import CardIndexPage, PictureCard

CARD_ARTICLE = Facet(
    "article",
    ARTICLE.label,
    "article__slug",
    "article__number",
    "article__sort_key",
    ARTICLE.titles,
)


class Design(models.TextChoices):
    """How a card looks."""

    TYPE = "type", _("Typographic: numeral, sentence, colour")
    PICTURE = "picture", _("Picture: photo with the sentence on a panel")


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
