"""Blocks of text: headings, paragraphs, quotes, lists of all kinds."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from .choosers import LinkBlock

#: What an editor may do inside a text: nothing that a screen reader or the look would suffer from.
TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]

TEXT, LISTS = _("Text"), _("Lists and figures")


def rich_text(**kwargs: Any) -> blocks.RichTextBlock:
    """Return a rich-text block with the house's features."""
    return blocks.RichTextBlock(features=TEXT_FEATURES, **kwargs)


class TitleBlock(blocks.CharBlock):
    """The heading over a block; on the page it is one of the second level."""


def optional_title(**kwargs: Any) -> TitleBlock:
    """Return the heading that many blocks may have."""
    return TitleBlock(required=False, max_length=120, label=_("Heading"), **kwargs)


class ModeBlock(blocks.ChoiceBlock):
    """A choice of how something is shown; its label is nothing that a page is found by."""

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return nothing."""
        return []


class HeadingBlock(blocks.StructBlock):
    """A heading of the second or third level; the first one is the page's title."""

    text = blocks.CharBlock(max_length=160, label=_("Text"))
    level = ModeBlock(
        choices=[("h2", _("Section")), ("h3", _("Subsection"))], default="h2", label=_("Level")
    )

    class Meta:
        template = "blocks/heading.html"
        icon = "title"
        group = TEXT
        label = _("Heading")
        description = _("Divides a long page; screen readers jump from one to the next.")
        help_text = _(
            "Keep it short, without a full stop. A subsection stands below a section, never first."
        )
        preview_value = {"text": "Was uns bewegt", "level": "h2"}


class TextBlock(blocks.RichTextBlock):
    """Paragraphs and lists."""

    def __init__(self, **kwargs: Any) -> None:
        help_text = _(
            "One thought a paragraph, in short sentences. A link's words say where it leads: "
            "“Anmeldung zur Führung”, not “hier”."
        )
        super().__init__(features=TEXT_FEATURES, help_text=help_text, **kwargs)

    class Meta:
        template = "blocks/text.html"
        icon = "pilcrow"
        group = TEXT
        label = _("Text")
        description = _("Paragraphs, lists, links.")
        preview_value = "<p>Haltung zeigt sich im Alltag: am Schalter, in der Sitzung, im Bus.</p>"


class QuoteBlock(blocks.StructBlock):
    """What a person said."""

    text = blocks.TextBlock(
        max_length=600, label=_("Quotation"), help_text=_("Without quotation marks.")
    )
    name = blocks.CharBlock(max_length=120, label=_("Name"), as_typed=True)
    role = blocks.CharBlock(required=False, max_length=120, label=_("Role"))
    organisation = blocks.CharBlock(required=False, max_length=120, label=_("Organisation"))

    class Meta:
        template = "blocks/quote.html"
        icon = "openquote"
        group = TEXT
        label = _("Quote")
        description = _("A person's words, set large. The law's sentences belong on postcards.")
        help_text = _(
            "Word for word, and with the consent of the person. Two or three sentences are enough."
        )
        preview_value = {
            "text": "Seit dem Workshop frage ich anders nach.",
            "name": "Mara Beispiel",
            "role": "Sachbearbeiterin",
            "organisation": "",
        }


class ThesisBlock(blocks.StructBlock):
    """A claim and what follows from it."""

    thesis = blocks.TextBlock(
        max_length=300,
        label=_("Thesis"),
        help_text=_("A claim in one sentence, one that somebody could contradict."),
    )
    impulse = blocks.TextBlock(
        max_length=500,
        label=_("Impulse"),
        help_text=_("What follows for everyday work; it stands beside the thesis."),
    )

    class Meta:
        label = _("Thesis")


class ThesesBlock(blocks.StructBlock):
    """Theses, each with an impulse for practice."""

    title = optional_title()
    items = blocks.ListBlock(ThesisBlock(), min_num=1, label=_("Theses and impulses"))

    class Meta:
        template = "blocks/theses.html"
        icon = "list-ul"
        group = TEXT
        label = _("Theses + impulses")
        description = _("Claims, each with what follows from it in practice.")
        help_text = _("Three to five are enough. They are numbered by themselves.")
        preview_value = {
            "title": "Drei Thesen",
            "items": [{"thesis": "Neutral heißt nicht stumm.", "impulse": "Sprechen Sie es an."}],
        }


class StepBlock(blocks.StructBlock):
    """One step of a guide."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = rich_text(required=False, label=_("Text"))

    class Meta:
        icon = "order"
        label = _("Step")
        help_text = _(
            "One step, one thing to do, as in “Raum buchen”. The text says who does what."
        )
        template = "blocks/step.html"


class StepListBlock(blocks.StructBlock):
    """Numbered steps."""

    title = optional_title()
    items = blocks.ListBlock(StepBlock(help_text=""), min_num=1, label=_("Steps"))

    class Meta:
        template = "blocks/steps.html"
        icon = "list-ol"
        group = LISTS
        label = _("Steps")
        description = _("A numbered guide.")
        help_text = _(
            "One step, one thing to do, in the order of doing. The numbers come by themselves."
        )
        preview_value = {
            "title": "So geht es",
            "items": [{"title": "Raum buchen", "text": "<p>Vier Wochen vorher.</p>"}],
        }


class ResultBlock(blocks.StructBlock):
    """What came of it, and what the example shows."""

    text = rich_text(
        label=_("Result"), help_text=_("Numbers, decisions, and what has been different since.")
    )
    shows = rich_text(
        label=_("This example shows"),
        help_text=_(
            "Goes on below the heading “This example shows”: what others can learn from it."
        ),
    )

    class Meta:
        template = "blocks/result.html"
        icon = "tick-inverse"
        group = TEXT
        label = _("Result")
        description = _("What came of it, with “This example shows”.")
        help_text = _("Stay with what can be proved; say what did not work, too.")
        preview_value = {
            "text": "<p>80 Kolleginnen und Kollegen haben mitgemacht.</p>",
            "shows": "<p>Ein Abend genügt für den Anfang.</p>",
        }


class FactBlock(blocks.StructBlock):
    """A figure with what it counts."""

    figure = blocks.CharBlock(max_length=20, label=_("Figure"), help_text=_("As in 1.240 or 38 %."))
    label = blocks.CharBlock(
        max_length=160, label=_("What it counts"), help_text=_("As in “Menschen machten mit”.")
    )
    source = blocks.CharBlock(
        required=False,
        max_length=160,
        label=_("Source"),
        help_text=_("Where the figure comes from. The word “Quelle” stands before it by itself."),
    )

    class Meta:
        label = _("Figure")


class FactsBlock(blocks.StructBlock):
    """Facts and figures."""

    title = optional_title()
    items = blocks.ListBlock(FactBlock(), min_num=1, max_num=6, label=_("Figures"))

    class Meta:
        template = "blocks/facts.html"
        icon = "view"
        group = LISTS
        label = _("Facts and figures")
        description = _("Up to six large figures.")
        help_text = _("Only figures that can be proved; three say more than six.")
        preview_value = {
            "title": "",
            "items": [{"figure": "598", "label": "Menschen machten mit", "source": ""}],
        }


class TableBlock(blocks.StructBlock):
    """A table with caption and header cells."""

    caption = blocks.CharBlock(
        max_length=200, label=_("Caption"), help_text=_("Says what the table shows.")
    )
    row_headers = blocks.BooleanBlock(
        required=False,
        default=True,
        label=_("The first column names its row"),
        help_text=_("Screen readers then read a row's first cell before its others."),
    )
    table = TypedTableBlock(
        [("text", blocks.CharBlock(required=False, label=_("Text")))],
        label=_("Table"),
        help_text=_("Add the columns first, each with a heading, then the rows."),
    )

    class Meta:
        template = "blocks/table.html"
        icon = "table"
        group = LISTS
        label = _("Table")
        description = _("Rows and columns, with a caption and header cells.")
        help_text = _(
            "For data only, and with few columns: a wide table has to be pushed on a telephone."
        )
        preview_value = {
            "caption": "Wer mitgemacht hat",
            "row_headers": True,
            "table": {
                "columns": [
                    {"type": "text", "heading": "Dezernat"},
                    {"type": "text", "heading": "Menschen"},
                ],
                "rows": [{"values": ["Dezernat I", "120"]}, {"values": ["Dezernat II", "95"]}],
            },
        }

    def get_preview_value(self) -> Any:
        """Return the sample table; a typed table has no short written form."""
        return self.to_python(self.meta.preview_value)

    def clean(self, value: Any) -> Any:
        """Ask for a heading over every column: a screen reader reads it with each cell.

        Wagtail's table has a caption of its own, which the admin hides: what stands in it is taken
        over where ours is empty.
        """
        if (table := value.get("table")) and table.caption and not value.get("caption"):
            value["caption"], table.caption = table.caption, ""
        result = super().clean(value)
        table = result["table"]
        if not table or not table.columns or not all(c["heading"] for c in table.columns):
            message = _t("Please give every column a heading.")
            errors = {"table": ErrorList([ValidationError(message)])}
            raise blocks.StructBlockValidationError(block_errors=errors)
        return result


class AccordionItemBlock(blocks.StructBlock):
    """A heading that opens its text."""

    title = blocks.CharBlock(max_length=160, label=_("Title"))
    text = rich_text(label=_("Text"))

    class Meta:
        label = _("Section")


class AccordionBlock(blocks.StructBlock):
    """Texts that open on a click."""

    items = blocks.ListBlock(AccordionItemBlock(), min_num=1, label=_("Sections"))

    class Meta:
        template = "blocks/accordion.html"
        icon = "collapse-down"
        group = LISTS
        label = _("Accordion")
        description = _("Questions and answers that open on a click.")
        help_text = _(
            "The title must tell what is inside. What everybody should read does not belong here."
        )
        preview_value = {
            "items": [{"title": "Was kostet das?", "text": "<p>Nur Zeit.</p>"}],
        }


class TimelineItemBlock(blocks.StructBlock):
    """An event in time."""

    date = blocks.CharBlock(max_length=60, label=_("Date"), help_text=_("As in “23. Mai 1949”."))
    title = blocks.CharBlock(max_length=160, label=_("Title"))
    text = rich_text(required=False, label=_("Text"))

    class Meta:
        label = _("Event")


class TimelineBlock(blocks.StructBlock):
    """Events in their order."""

    title = optional_title()
    items = blocks.ListBlock(TimelineItemBlock(), min_num=1, label=_("Events"))

    class Meta:
        template = "blocks/timeline.html"
        icon = "history"
        group = LISTS
        label = _("Timeline")
        description = _("Events in their order.")
        help_text = _("Sort the events yourself: they are shown as they stand here.")
        preview_value = {
            "title": "",
            "items": [{"date": "23. Mai 1949", "title": "Das Grundgesetz wird verkündet"}],
        }


class LinkListItemBlock(LinkBlock):
    """A link with its title and a word about it."""

    title = blocks.CharBlock(
        max_length=160, label=_("Title"), help_text=_("The words to click on; they say where to.")
    )
    text = blocks.CharBlock(
        required=False,
        max_length=240,
        label=_("Text"),
        help_text=_("Why it is worth reading, in one sentence."),
    )

    class Meta:
        label = _("Link")
        form_layout = ["title", "page", "url", "text"]


class LinkListBlock(blocks.StructBlock):
    """Links with titles."""

    title = optional_title()
    items = blocks.ListBlock(LinkListItemBlock(), min_num=1, label=_("Links"))

    class Meta:
        template = "blocks/links.html"
        icon = "link"
        group = LISTS
        label = _("Link list")
        description = _("Pages and addresses for further reading.")
        help_text = _("The most important link first; a handful is enough.")
        preview_value = {
            "title": "Zum Weiterlesen",
            "items": [
                {"title": "Grundgesetz", "url": "https://www.gesetze-im-internet.de/gg/"},
            ],
        }


class CallToActionBlock(LinkBlock):
    """An invitation with one button."""

    title = TitleBlock(max_length=120, label=_("Title"))
    text = blocks.TextBlock(required=False, max_length=300, label=_("Text"))
    label = blocks.CharBlock(
        max_length=60,
        label=_("Words on the button"),
        help_text=_("They say what happens: “Idee teilen”, not “Mehr”."),
    )

    class Meta:
        template = "blocks/call_to_action.html"
        icon = "link-external"
        group = TEXT
        label = _("Call to action")
        description = _("An invitation with one button.")
        help_text = _("One a page is enough, best at its end.")
        form_layout = ["title", "text", "label", "page", "url"]
        preview_value = {
            "title": "Machen Sie mit!",
            "text": "Ihr Dezernat hat eine Idee?",
            "label": "Idee teilen",
            "url": "https://example.org/",
        }
