"""What both kinds of cards share, and their overviews."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from api.addresses import current_shelf
from home.colors import Color
from home.models import CampaignPage, IndexPage

from ..forms import CardForm

if TYPE_CHECKING:
    from ..outputs import CardOutput

#: What Wagtail's preview shows of a card beside its page.
PREVIEWS = (
    ("front", _("Front")),
    ("back", pgettext_lazy("side of a card", "Back")),
    ("share", _("Share picture")),
)


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
