"""The home page and the page for everything that has no type of its own."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Locale, Page, Site
from wagtail.search import index

from ..blocks import BodyBlock, HomeBodyBlock
from ..cards import TypedKey, fetch_plans, light_cards
from ..fields import BodyField
from ..lookups import Lookups
from ..page_forms import HomePageForm
from ..visibility import visible_pages
from .base import NAMED_ARTICLE, CampaignPage, LawQuote


class HomePage(CampaignPage):
    """The campaign's front door: claim, introduction, a sentence of the law, sections."""

    claim = models.CharField(
        _("claim"), max_length=80, help_text=_("The campaign in a few words. The largest text.")
    )
    introduction = models.TextField(_("introduction"), max_length=600, blank=True)
    hero_image = models.ForeignKey(
        "home.CampaignImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("Shown instead of the sentence when both are set."),
    )
    hero_article = models.ForeignKey(
        "home.Article",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("article of the Grundgesetz"),
    )
    hero_sentence = models.CharField(
        _("sentence from this article"),
        max_length=400,
        blank=True,
        help_text=_("Letter for letter as in the law, for example its first sentence."),
    )
    body = BodyField(HomeBodyBlock(), blank=True, verbose_name=_("sections"))

    is_article = False
    prose_fields = (*CampaignPage.prose_fields, "claim", "introduction", "body")

    parent_page_types = ["wagtailcore.Page"]
    base_form_class = HomePageForm
    #: Why a second home page of a language is refused.
    NO_SECOND = _(
        "This language has a home page already. A second one makes sense for a second site only: "
        "please add that under “Settings → Sites” first."
    )
    page_description = _("The campaign's front page. One for each language.")
    page_icon = "home"
    joined = (*CampaignPage.joined, "hero_article")
    as_typed = frozenset({"hero_sentence"})
    image_fields = (*CampaignPage.image_fields, "hero_image")

    content_panels = [
        *CampaignPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("claim"),
                FieldPanel("introduction"),
                FieldPanel("hero_article"),
                FieldPanel("hero_sentence"),
                FieldPanel("hero_image"),
            ],
            heading=_("Hero"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *CampaignPage.search_fields,
        index.SearchField("claim"),
        index.RelatedFields("hero_article", NAMED_ARTICLE),
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @classmethod
    def is_missing_in(cls, locale: Locale) -> bool:
        """Tell whether a language may have one more home page: it has one for each site."""
        return cls.objects.filter(locale=locale).count() < max(1, Site.objects.count())

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Offer a home page while some language lacks one; the form looks at the language."""
        return super().can_create_at(parent) and any(map(cls.is_missing_in, Locale.objects.all()))

    def clean(self) -> None:
        """Take the sentence's letters from the law, or say what stands there."""
        super().clean()
        if not self.hero_sentence:
            return
        if self.hero_article is None:
            message = _t("Please choose the article that this sentence comes from.")
            raise ValidationError({"hero_article": message})
        try:
            self.hero_sentence = self.hero_article.quote(self.hero_sentence)
        except ValidationError as error:
            raise ValidationError({"hero_sentence": error.messages}) from error

    def planned_cards(self, store: Lookups) -> list[TypedKey]:
        """Return the cards of all sections, and remember which section shows which."""
        blocks = self.body.stream_block.child_blocks
        places = [
            place
            for place, stored in enumerate(self.body.raw_data)
            if hasattr(blocks[stored["type"]], "plan")
        ]
        # Only the sections: other blocks wait until their pictures are there.
        sections = [self.body[place] for place in places]
        plans = self._without_repetition(sections)
        for section, keys in zip(sections, plans, strict=True):
            store.plans[id(section.value)] = [pk for pk, _type in keys]
        return [key for keys in plans for key in keys]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what there is in another language than the campaign's own: it is seldom all."""
        context = super().get_context(request, *args, **kwargs)
        if self.language_code != settings.LANGUAGE_CODE:
            below = visible_pages().child_of(self).order_by("path")
            context["overview"] = light_cards(below)
        return context

    @staticmethod
    def _without_repetition(sections: list[Any]) -> list[list[TypedKey]]:
        """Return each section's cards; teasers leave out those that stand elsewhere or before.

        Each of these sections asks for as many more as the others may show; one query for all.
        """
        choosing = [
            hasattr(section.block, "may_leave_out") and section.block.may_leave_out(section.value)
            for section in sections
        ]
        most = sum(
            section.block.shown_at_most(section.value)
            for section in sections
            if hasattr(section.block, "shown_at_most")
        )
        plans = fetch_plans(
            [
                section.block.plan(section.value, most)
                if free
                else section.block.plan(section.value)
                for section, free in zip(sections, choosing, strict=True)
            ]
        )
        shown = {
            key for keys, free in zip(plans, choosing, strict=True) if not free for key in keys
        }
        for place, section in enumerate(sections):
            if choosing[place]:
                fresh = [key for key in plans[place] if key not in shown]
                plans[place] = fresh[: section.block.shown_at_most(section.value)]
                shown.update(plans[place])
        return plans

    def law_quotes(self) -> list[LawQuote]:
        """Return the hero's sentence."""
        if not (self.hero_article_id and self.hero_sentence):
            return []
        return [LawQuote(self.hero_article_id, self.hero_sentence, "hero_sentence")]


class TextPage(CampaignPage):
    """What is an introduction and a body, and nothing else."""

    introduction = models.TextField(_("introduction"), max_length=600, blank=True)
    body = BodyField(BodyBlock(), blank=True, verbose_name=_("content"))

    prose_fields = (*CampaignPage.prose_fields, "introduction", "body")

    content_panels = [
        *CampaignPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    search_fields = [
        *CampaignPage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        abstract = True


class StandardPage(TextPage):
    """About, Impressum, Datenschutz and anything else."""

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    page_description = _("About the campaign, Impressum, Datenschutz and anything else.")
    page_icon = "doc-full"

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
