"""What a city sets for its campaign: names, colour, publisher, legal pages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from ..blocks import ProfilesBlock
from ..colors import MINIMUM_CONTRAST, PAPER, contrast, parse_hex
from ..fields import BodyField
from ..lookups import current_lookups

#: The pages that every footer or header links, by the settings' field.
LEGAL_PAGES = ("imprint_page", "privacy_page", "accessibility_page")
ACCESS_PAGES = ("simple_language_page",)


def validate_accent(color: str) -> None:
    """Refuse what is no `#rrggbb`, or a colour on which neither ink nor paper is readable."""
    try:
        parse_hex(color)
    except ValueError:
        message = _t("Please write the colour as # and six digits or letters a–f, like #c8321f.")
        raise ValidationError(message) from None
    if contrast(color, PAPER) < MINIMUM_CONTRAST:
        raise ValidationError(
            _t(
                "Links in this colour are hard to read on the light ground: the contrast is "
                "%(contrast).1f : 1, at least %(minimum)s : 1 is needed. Please choose a darker "
                "colour; for the dark mode it is lightened by itself."
            )
            % {"contrast": contrast(color, PAPER), "minimum": "4.5"}
        )


def _page_field(verbose_name: Any, help_text: Any = "") -> Any:
    return models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=verbose_name,
        help_text=help_text,
    )


class GenderForm(models.TextChoices):
    """How the campaign names people of all genders."""

    NEUTRAL = "neutral", _("neutral words (“Team”, “Mitarbeitende”)")
    COLON = "colon", _("colon (“Kolleg:innen”)")
    STAR = "star", _("asterisk (“Kolleg*innen”)")


@register_setting(icon="cog")
class CampaignSettings(BaseSiteSetting):
    """The campaign's own data, a set a site."""

    name = models.CharField(_("name of the campaign"), max_length=60, default="Haltung")
    claim = models.CharField(_("claim"), max_length=120, blank=True)
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    logo = models.ForeignKey(
        "home.CampaignImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("The municipality's arms or logo, best as PNG with a transparent ground."),
    )
    accent_color = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#c8321f",
        validators=[validate_accent],
        help_text=_("For links and buttons, as #rrggbb. Its contrast is checked on saving."),
    )
    publisher_name = models.CharField(_("publisher"), max_length=120, blank=True)
    publisher_address = models.TextField(_("publisher's address"), blank=True)
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    gender_form = models.CharField(
        _("house style for gender forms"),
        max_length=10,
        choices=GenderForm.choices,
        default=GenderForm.NEUTRAL,
        help_text=_(
            "Beside a text, the editor shows where it uses another short form, and says if it "
            "mixes forms. Both forms written out fit every style. What screen readers make of "
            "each: Neutral words are read like all others. The asterisk is read aloud as “Stern” "
            "unless the person has switched such signs off; then there is a short pause. "
            "The colon counts as punctuation: NVDA, JAWS and VoiceOver mostly do not name it "
            "but make a pause as at the end of a clause; who has it read hears “Doppelpunkt”. It "
            "is harder to see than the asterisk, too. The German Federation of the Blind and "
            "Partially Sighted (DBSV, 2024) advises neutral words first, both forms written out "
            "second, and against all short forms; where there has to be one, the asterisk."
        ),
    )
    social_profiles = BodyField(ProfilesBlock(), blank=True, verbose_name=_("social profiles"))
    imprint_page = _page_field(_("Legal notice"), _("Required by § 5 DDG and § 18 MStV."))
    privacy_page = _page_field(_("Privacy"), _("Required by Article 13 GDPR."))
    accessibility_page = _page_field(
        _("Accessibility"), _("The accessibility statement that BITV 2.0 requires.")
    )
    simple_language_page = _page_field(
        _("Leichte Sprache"),
        _(
            "Linked in every page's header (BITV 2.0, § 4) until there are pages in Leichte "
            "Sprache; from then on the header leads to those."
        ),
    )

    election_start = models.DateField(_("time of election from"), null=True, blank=True)
    election_end = models.DateField(
        _("time of election to"),
        null=True,
        blank=True,
        help_text=_(
            "From the first to the last of these days, every publication needs a second approval "
            "by the leadership: the administration holds back before elections."
        ),
    )
    reminder_days = models.PositiveSmallIntegerField(
        _("remind after days"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=_("Who has not checked a page, or not answered a question, gets a reminder."),
    )
    escalation_days = models.PositiveSmallIntegerField(
        _("pass on after days"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("If a department has not checked a page by then, all editors may."),
    )
    retention_days = models.PositiveSmallIntegerField(
        _("delete submissions after days"),
        default=180,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=_(
            "Rejected, withdrawn and abandoned submissions are deleted with their pictures after "
            "so many days. The form tells who submits."
        ),
    )

    count_card_visits = models.BooleanField(
        _("count visits by QR code"),
        default=False,
        help_text=_(
            "How often the QR codes on printed cards were followed: a plain number a day for each "
            "card, without cookies and without anything about the visitors."
        ),
    )

    watch_list = models.TextField(
        _("names on the watch-list"),
        max_length=10_000,
        blank=True,
        help_text=_(
            "One name a line: parties, their candidates. Public authorities are neutral towards "
            "them, most strictly before elections. Beside a text, the editor shows where one of "
            "these names stands, as typed here, also in the genitive and in words with hyphens. "
            "It is a hint: nothing is forbidden."
        ),
    )

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("name"),
                    FieldPanel("claim"),
                    FieldPanel("municipality"),
                    FieldPanel("logo"),
                    FieldPanel("accent_color"),
                    FieldPanel("gender_form"),
                ],
                heading=_("Campaign"),
            ),
            ObjectList(
                [
                    FieldPanel("publisher_name"),
                    FieldPanel("publisher_address"),
                    FieldPanel("contact_email"),
                    FieldPanel("social_profiles"),
                    FieldPanel("count_card_visits"),
                ],
                heading=_("Publisher"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [FieldPanel(name) for name in LEGAL_PAGES], heading=_("Footer")
                    ),
                    MultiFieldPanel(
                        [FieldPanel(name) for name in ACCESS_PAGES], heading=_("Header")
                    ),
                ],
                heading=_("Pages"),
            ),
            ObjectList(
                [
                    FieldPanel("reminder_days"),
                    FieldPanel("escalation_days"),
                    FieldPanel("retention_days"),
                    MultiFieldPanel(
                        [FieldRowPanel([FieldPanel("election_start"), FieldPanel("election_end")])],
                        heading=_("Time of election"),
                    ),
                    FieldPanel("watch_list"),
                ],
                heading=_("Moderation"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    def __str__(self) -> str:
        return self.name

    @property
    def publisher(self) -> str:
        """Return who publishes the campaign; its own name while nobody is named."""
        return self.publisher_name or self.municipality or self.name

    def named_page_ids(self) -> dict[str, int]:
        """Return the primary keys of the linked pages by field, without the empty ones."""
        ids = {name: getattr(self, f"{name}_id") for name in LEGAL_PAGES + ACCESS_PAGES}
        return {name: pk for name, pk in ids.items() if pk}

    @classmethod
    def for_public(cls, request: HttpRequest) -> "CampaignSettings":
        """Return the settings for a request; an address of no site gets the defaults."""
        from wagtail.models import Site

        site = Site.find_for_request(request)
        if site is None:
            return cls()
        found: CampaignSettings = cls.for_request(request)
        current_lookups().campaigns[site.pk] = found
        return found

    def clean(self) -> None:
        """Ask for both days of a time of election, in order."""
        super().clean()
        if bool(self.election_start) != bool(self.election_end):
            missing = "election_end" if self.election_start else "election_start"
            raise ValidationError({missing: _t("Please give both days, or none.")})
        if self.election_start and self.election_end and self.election_end < self.election_start:
            raise ValidationError({"election_end": _t("The end lies before the start.")})

    @classmethod
    def of_house(cls) -> "CampaignSettings":
        """Return the default site's settings, which hold for the work behind all sites."""
        return cls.objects.filter(site__is_default_site=True).first() or cls()

    @classmethod
    def read(cls, site: Any) -> "CampaignSettings":
        """Return a site's settings; unlike `for_site`, reading makes none where there are none."""
        return cls.objects.filter(site=site).first() or cls(site=site)
