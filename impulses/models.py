"""Impulse stories and their overview."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index

from home.blocks import BodyBlock, StepsBlock
from home.fields import BodyField
from home.listing import ARTICLE, DEPARTMENT, TAG, Facet, year_facet
from home.models import CampaignPage, IndexPage, Rota

from .sharing.models import Submission, SubmissionPicture

__all__ = [
    "ImpulseIndexPage",
    "ImpulsePage",
    "Kind",
    "Submission",
    "SubmissionPicture",
]


class Kind(models.TextChoices):
    """What an impulse is."""

    WORKSHOP = "workshop", _("Workshop")
    TALK = "talk", _("Talk")
    TOUR = "tour", _("Guided tour")
    EXHIBITION = "exhibition", _("Exhibition")
    ACTION = "action", _("Campaign action")
    TRAINING = "training", _("Training")
    CREATIVE = "creative", _("Creative work")
    OTHER = "other", _("Other")


def kind_label(value: str) -> str:
    """Return a kind's name; the value itself when there is no such kind (any more)."""
    return str(Kind(value).label) if value in Kind.values else value


KIND = Facet("kind", _("Kind"), "kind", titles=kind_label)


class ImpulseIndexPage(RoutablePageMixin, IndexPage):
    """The overview of all impulses, with the department whose turn it is."""

    facets = (DEPARTMENT, KIND, ARTICLE, TAG, year_facet("start_date"))
    four_eyes = True

    subpage_types = ["impulses.ImpulsePage"]
    page_description = _("Lists all impulse stories; citizens filter them.")
    page_icon = "clipboard-list"

    class Meta:
        verbose_name = _("overview of impulses")
        verbose_name_plural = _("overviews of impulses")

    @classmethod
    def listed_type(cls) -> type[CampaignPage]:
        """Return the impulse story."""
        return ImpulsePage

    @path("feed/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """Answer with the latest impulses as Atom."""
        from home.feeds import PageFeed

        return PageFeed(self)(request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the rota and the feed's address."""
        return super().get_context(request, *args, **kwargs) | {
            "rota": Rota.on(),
            "feed_url": f"{self.get_url(request) or ''}feed/",
        }


class ImpulsePage(CampaignPage):
    """What a department did for democracy, and how others can do it too."""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    introduction = models.TextField(_("introduction"), max_length=600, blank=True)
    start_date = models.DateField(_("from"))
    end_date = models.DateField(
        _("to"), null=True, blank=True, help_text=_("Empty: it took one day.")
    )
    place = models.CharField(_("place"), max_length=160, blank=True)
    participants = models.PositiveIntegerField(
        _("number of people"), null=True, blank=True, validators=[MaxValueValidator(1_000_000)]
    )
    hours = models.DecimalField(
        _("effort in hours"),
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Working hours of all involved, preparation included."),
    )
    material = models.TextField(_("material"), max_length=600, blank=True)
    own_task = models.TextField(
        _("tie to our own task"),
        max_length=600,
        help_text=_(
            "Which task of the administration does this serve? A city's site tells about the "
            "city's own work, so every story says it."
        ),
    )
    body = BodyField(BodyBlock(), blank=True, verbose_name=_("story"))
    steps = BodyField(
        StepsBlock(),
        blank=True,
        verbose_name=_("How you can do it too"),
        help_text=_("What colleagues need to do, step by step."),
    )
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    contact_role = models.CharField(_("role"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)

    parent_page_types = ["impulses.ImpulseIndexPage"]
    subpage_types: list[str] = []
    page_description = _("A workshop, tour, exhibition … of a department, told to be copied.")
    page_icon = "calendar-check"
    card_template = "components/cards/impulse.html"
    listing_order = "-start_date"
    as_typed = frozenset({"contact_name", "contact_phone"})
    has_neighbours = True
    four_eyes = True
    prose_fields = (
        *CampaignPage.prose_fields,
        "introduction",
        "material",
        "own_task",
        "body",
        "steps",
    )
    readability_target = 12

    content_panels = [
        *CampaignPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("department"), FieldPanel("kind")]),
                FieldRowPanel([FieldPanel("start_date"), FieldPanel("end_date")]),
                FieldRowPanel([FieldPanel("place"), FieldPanel("participants")]),
                FieldRowPanel([FieldPanel("hours"), FieldPanel("material")]),
                FieldPanel("own_task"),
            ],
            heading=_("At a glance"),
        ),
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("steps"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("contact_name"), FieldPanel("contact_role")]),
                FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")]),
            ],
            heading=_("Contact"),
        ),
    ]
    search_fields = [
        *CampaignPage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("place"),
        index.SearchField("own_task"),
        index.SearchField("body"),
        index.SearchField("steps"),
    ]

    class Meta:
        verbose_name = _("impulse")
        verbose_name_plural = _("impulses")

    @property
    def kind_label(self) -> str:
        """Return the kind's name."""
        return kind_label(self.kind)

    def author_url(self, user: Any) -> str:
        """Return the submission's address for who has told the story in the form."""
        submission = Submission.objects.filter(page_id=self.pk, user=user).first()
        if submission is None:
            return super().author_url(user)
        return f"{settings.WAGTAILADMIN_BASE_URL}{submission.get_absolute_url()}"

    def clean(self) -> None:
        """Ask for the department; refuse an end before the start."""
        super().clean()
        errors = {}
        if self.department_id is None:
            errors["department"] = _t("Please choose the department that did this.")
        if self.start_date and self.end_date and self.end_date < self.start_date:
            errors["end_date"] = _t("The end lies before the start.")
        if errors:
            raise ValidationError(errors)
