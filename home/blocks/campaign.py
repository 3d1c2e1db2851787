"""Blocks that show the campaign's own content: postcards, courage cards, sections, the rota."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Case, Count, F, Value, When, Window
from django.forms.utils import ErrorList
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..cards import fetch_plans, placed
from ..lookups import current_lookups
from ..visibility import visible_pages
from .choosers import PublicPageBlock, SectionChooserBlock, public, section_of
from .text import ModeBlock, TitleBlock, optional_title

#: The order of pages that have no date of their own.
NEWEST = (F("first_published_at").desc(nulls_last=True), "-pk")
CAMPAIGN, SECTIONS = _("Campaign"), _("Sections of the home page")


def sample_pages(block: PublicPageBlock, count: int = 1) -> list[Any]:
    """Return public pages that `block` could choose, for previews."""
    return list(block.target_model.objects.visible().order_by("path")[:count])


def planned(block: Any, value: Any) -> list[Any]:
    """Return the pages that a section shows, as the page's view has fetched them already."""
    store = current_lookups()
    ids = store.plans.get(id(value))
    if ids is None:  # a preview: the block stands alone
        ids = [pk for pk, _type in fetch_plans([block.plan(value)])[0]]
    return store.visible(ids)


def section_pages(value: Any) -> Any:
    """Return the public pages of the chosen section; none where none is chosen."""
    section = section_of(value)
    return visible_pages().child_of(section) if section else visible_pages().none()


class PostcardsBlock(blocks.StructBlock):
    """Postcards between the paragraphs."""

    cards = blocks.ListBlock(
        PublicPageBlock("postcards.PostcardPage", label=_("Postcard")),
        min_num=1,
        max_num=6,
        label=_("Postcards"),
    )

    class Meta:
        template = "blocks/postcards.html"
        icon = "mail"
        group = CAMPAIGN
        label = _("Postcards")
        description = _("One or more postcards of the Grundgesetz between the paragraphs.")
        help_text = _(
            "Choose what fits the paragraph before. Cards that are not public are left out."
        )

    def get_preview_value(self) -> Any:
        """Return the first two postcards."""
        cards = sample_pages(self.child_blocks["cards"].child_block, 2)
        return self.normalize({"cards": cards})

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the cards that the public may see."""
        return super().get_context(value, parent_context) | {"cards": public(value["cards"])}


class CourageCardBlock(blocks.StructBlock):
    """A courage card between the paragraphs."""

    card = PublicPageBlock("postcards.CourageCardPage", label=_("Courage card"))

    class Meta:
        template = "blocks/courage_card.html"
        icon = "pick"
        group = CAMPAIGN
        label = _("Courage card")
        description = _("A card that gives courage, to be turned over.")
        help_text = _(
            "Choose what fits the paragraph before. While the card is not public, nothing is shown."
        )

    def get_preview_value(self) -> Any:
        """Return the first courage card."""
        card = next(iter(sample_pages(self.child_blocks["card"])), None)
        return self.normalize({"card": card})

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the card if the public may see it."""
        found = public([value["card"]])
        return super().get_context(value, parent_context) | {"card": found[0] if found else None}


class TeasersBlock(blocks.StructBlock):
    """Cards of pages: the latest of a section, hand-picked ones, or those with a tag."""

    title = TitleBlock(max_length=120, label=_("Heading"))
    source = ModeBlock(
        choices=[
            ("latest", _("The latest of a section")),
            ("picked", _("Hand-picked pages")),
            ("tag", _("Pages with a tag")),
        ],
        default="latest",
        label=_("What is shown"),
        help_text=_("Then fill in what belongs to it: an area of the site, pages or a tag."),
    )
    section = SectionChooserBlock(
        required=False,
        label=_("Area of the site"),
        help_text=_("For the latest: the page whose subpages are shown."),
    )
    tag = blocks.CharBlock(
        required=False,
        max_length=100,
        label=_("Tag"),
        help_text=_("For pages with a tag: a single one, spelled as at the pages."),
        as_typed=True,
    )
    pages = blocks.ListBlock(
        PublicPageBlock(label=_("Page")),
        default=[],
        max_num=8,
        label=_("Hand-picked pages"),
        help_text=_("For hand-picked pages: they are shown in this order."),
    )
    count = blocks.IntegerBlock(
        min_value=1,
        max_value=8,
        default=3,
        label=_("How many at most"),
        help_text=_("For hand-picked pages, too."),
    )

    class Meta:
        template = "blocks/teasers.html"
        icon = "grip"
        group = SECTIONS
        label = _("Teasers")
        description = _("Cards of pages: the latest, hand-picked, or by tag.")
        help_text = _(
            "Only public pages are shown, none of them twice on a page unless you pick it by hand. "
            "While there are none, the section is left out."
        )

    def get_preview_value(self) -> Any:
        """Return the block with two pages of the library."""
        pages = list(visible_pages().filter(depth=4).order_by("path")[:2])
        return self.normalize({"title": "Aktuelles", "source": "picked", "pages": pages})

    #: The field that each source needs.
    NEEDS = {"latest": "section", "picked": "pages", "tag": "tag"}

    def clean(self, value: Any) -> Any:
        """Ask for what the chosen source needs."""
        result = super().clean(value)
        needed = self.NEEDS[result["source"]]
        if not result[needed]:
            message = _t("Please fill in this field, or choose something else to show.")
            errors = {needed: ErrorList([ValidationError(message)])}
            raise blocks.StructBlockValidationError(block_errors=errors)
        return result

    def shown_at_most(self, value: Any) -> int:
        """Return how many cards the section shows."""
        return int(value.get("count") or 3)

    def may_leave_out(self, value: Any) -> bool:
        """Tell whether others take the place of cards that stand elsewhere on the page."""
        return bool(value["source"] != "picked")

    def plan(self, value: Any, more: int = 0) -> Any:
        """Return the public pages that are shown, with their places, and some `more`."""
        source, count = value["source"], value.get("count") or 3
        if source == "picked":
            picked = [page.pk for page in value["pages"] if page]
            order = Case(*(When(pk=pk, then=place) for place, pk in enumerate(picked)), default=0)
            return placed(visible_pages().filter(pk__in=picked), order).filter(place__lte=count)
        if source == "tag":
            from ..models import PageTag

            tagged = PageTag.objects.filter(tag__name__iexact=value["tag"])
            pages = visible_pages().filter(pk__in=tagged.values("content_object"))
        else:
            return placed(section_pages(value), *self._latest_first(value)).filter(
                place__lte=count + more
            )
        return placed(pages, *NEWEST).filter(place__lte=count + more)

    @staticmethod
    def _latest_first(value: Any) -> tuple[Any, ...]:
        """Return the order of the section's own list where that goes by a date."""
        section = section_of(value)
        lists = getattr(section.specific_class, "listed_type", None) if section else None
        model = lists() if lists else None
        if model is None or not model.listing_order.startswith("-"):
            return NEWEST
        date = f"{model._meta.model_name}__{model.listing_order[1:]}"
        return F(date).desc(nulls_last=True), "-pk"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the public pages and where there are more of them."""
        section = section_of(value) if value["source"] == "latest" else None
        return super().get_context(value, parent_context) | {
            "items": planned(self, value),
            "more_url": (section.get_url() or "") if section else "",
        }


class OverviewBlock(blocks.StructBlock):
    """A section that shows what an overview lists; it has a child `section`."""

    def get_preview_value(self) -> Any:
        """Return the block with the first overview there is."""
        section = next(iter(sample_pages(self.child_blocks["section"])), None)
        return self.normalize({"section": section})


class PostcardWallBlock(OverviewBlock):
    """A wall of postcards."""

    title = optional_title()
    section = SectionChooserBlock(
        "postcards.PostcardIndexPage",
        label=_("Postcards' overview"),
        help_text=_("“Show all” leads there."),
    )
    count = blocks.IntegerBlock(min_value=2, max_value=24, default=8, label=_("How many at most"))

    class Meta:
        template = "blocks/postcard_wall.html"
        icon = "grid"
        group = SECTIONS
        label = _("Wall of postcards")
        description = _("Many postcards side by side.")
        help_text = _(
            "The overview's first cards, in its order. They are sorted there, under “Pages”."
        )

    def plan(self, value: Any) -> Any:
        """Return the first public cards of the section, with their places."""
        return placed(section_pages(value), "path").filter(place__lte=value.get("count") or 8)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the cards and the section's address."""
        section = section_of(value)
        return super().get_context(value, parent_context) | {
            "items": planned(self, value),
            "more_url": (section.get_url() or "") if section else "",
        }


class CourageTodayBlock(OverviewBlock):
    """Today's courage card: the same one for everybody, another one tomorrow."""

    title = optional_title()
    section = SectionChooserBlock(
        "postcards.CourageCardIndexPage", label=_("Courage cards' overview")
    )

    class Meta:
        template = "blocks/courage_today.html"
        icon = "pick"
        group = SECTIONS
        label = _("Today's courage card")
        description = _("Another card every day.")
        help_text = _(
            "Choose the overview only: the card changes at midnight, for everybody alike."
        )

    def plan(self, value: Any) -> Any:
        """Return today's card: the day's number picks one of all."""
        today = Value(timezone.localdate().toordinal())
        cards = placed(section_pages(value), "pk").annotate(total=Window(Count("pk")))
        return cards.filter(place=today % F("total") + 1)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add today's card and where to draw another one."""
        section = section_of(value)
        return super().get_context(value, parent_context) | {
            "card": next(iter(planned(self, value)), None),
            "draw_url": f"{section.get_url()}ziehen/" if section else "",
        }


class RotaNowBlock(blocks.StructBlock):
    """Which department leads the campaign now."""

    title = optional_title(help_text=_("Empty: “Leading right now”."))

    class Meta:
        template = "blocks/rota_now.html"
        icon = "calendar-alt"
        group = SECTIONS
        label = _("Whose turn it is")
        description = _("The department that leads the campaign this month, and the next one.")
        help_text = _(
            "Follows the rota under “Departments” in the menu. Without entries there, nothing is "
            "shown."
        )
        preview_value = {"title": "Gerade dran"}

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the rota as it stands today."""
        from ..models import Rota

        return super().get_context(value, parent_context) | {"rota": Rota.on()}
