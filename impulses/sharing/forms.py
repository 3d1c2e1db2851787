"""The forms of the steps: what is asked, and what an answer must be."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from home.models import Article, Department
from home.one_line import one_line

from ..models import Kind

MOST_PICTURES = 6
#: Articles that most stories are about.
SUGGESTED = ("1", "3", "5", "20")
MOST_ARTICLES = 5
YES, NO = "yes", "no"
#: When the Grundgesetz began, and how far ahead something may lie.
GRUNDGESETZ, FARTHEST = dt.date(1949, 5, 23), dt.timedelta(days=366)
_PEOPLE = re.compile(
    r"(?:(?:ca\.?|circa|etwa|rund|ungefähr|gut|knapp|~)\s*)?"
    r"(?P<number>\d{1,3}(?:[.’'\s]\d{3})+|\d{1,12})"
    r"(?:\s*(?:Personen|Leute|Menschen|Teilnehmende))?",
    re.IGNORECASE | re.ASCII,
)


def _long(limit: int, rows: int, **options: Any) -> forms.CharField:
    """Return a field for long texts.

    Its limit is no `maxlength`: a browser would silently cut off what somebody pastes.
    """
    return forms.CharField(
        widget=forms.Textarea({"rows": rows}), validators=[_length(limit)], **options
    )


def _length(limit: int) -> MaxLengthValidator:
    message = _("This is too long: %(show_value)d characters. At most %(limit_value)d fit.")
    return MaxLengthValidator(limit, message)


def _short(limit: int, **options: Any) -> forms.CharField:
    widget = options.pop("widget", forms.TextInput)
    attrs = options.pop("attrs", {})
    rules: list[Any] = [_length(limit), one_line]
    return forms.CharField(widget=widget(attrs), validators=rules, **options)


def _day(*, missing: Any = "", **options: Any) -> forms.DateField:
    invalid = _("Please give a day that there is, as in 23.05.2026.")
    return forms.DateField(
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": invalid, "required": missing},
        validators=[_plausible],
        **options,
    )


def _plausible(day: dt.date) -> None:
    """Refuse a day before the Grundgesetz, and one that is far ahead."""
    if day < GRUNDGESETZ:
        raise forms.ValidationError(
            _t("This day lies before the Grundgesetz of 23.05.1949. Please check the year.")
        )
    if day > timezone.localdate() + FARTHEST:
        raise forms.ValidationError(
            _t("This day lies more than a year ahead. Please check the year.")
        )


class PeopleField(forms.IntegerField):
    """A number of people as it is written: "ca. 50", "1.200"."""

    def to_python(self, value: Any) -> int | None:
        """Return the number without what stands around it."""
        if isinstance(value, str) and (found := _PEOPLE.fullmatch(value.strip())):
            value = re.sub(r"\D", "", found["number"])
        return super().to_python(value)


class StepForm(forms.Form):
    """A step of the form. What browsers would refuse to send is saved, too: no `required`."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.required:
                # The sighted read "(freiwillig)" at the others.
                field.widget.attrs.setdefault("aria-required", "true")

    @classmethod
    def names(cls) -> list[str]:
        """Return the names of its fields."""
        return list(cls.base_fields)


class WhoForm(StepForm):
    """Who tells, for whom, and what of it may be public."""

    name = _short(
        120,
        label=_("Your name"),
        attrs={"autocomplete": "name"},
        help_text=_("Those who check the story see it, and our mails greet you so."),
        error_messages={"required": _("Please tell us your name.")},
    )
    show_name = forms.BooleanField(
        required=False, label=_("Name me in public as the contact person")
    )
    department = forms.ModelChoiceField(
        queryset=Department.objects.none(),
        label=_("Department"),
        empty_label=_("Please choose"),
        help_text=_("Every story names its department."),
        error_messages={
            "required": _("Please choose your department."),
            "invalid_choice": _("Please choose your department."),
        },
    )
    email = forms.CharField(
        required=False,
        disabled=True,
        label=_("E-mail address"),
        help_text=_("The one of your account. Questions of those who check the story go there."),
    )
    show_email = forms.BooleanField(required=False, label=_("Show my e-mail address in public"))

    def __init__(self, *args: Any, given: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        """Take what the account tells already; that is shown, and nobody has to type it."""
        super().__init__(*args, **kwargs)
        departments: Any = self.fields["department"]
        departments.queryset = Department.objects.all()
        known = given or {}
        self.initial = {**self.initial, **known}
        if "name" in known:
            self.fields["name"].disabled = True
            self.fields["name"].help_text = _(
                "The one of your account. If it is wrong, please tell the editors."
            )
        if not known.get("email"):
            self.fields["email"].help_text = _(
                "Your account has none, so there are no mails. Questions stand in “My stories”."
            )
            del self.fields["show_email"]


class WhatForm(StepForm):
    """What it was, when, where, and how many took part."""

    title = _short(
        120,
        label=_("Title"),
        help_text=_("What happened, in a few words, as in “Siebdruck im Schulamt”."),
        error_messages={"required": _("Please give your story a title.")},
    )
    kind = forms.ChoiceField(
        choices=[("", _("Please choose")), *Kind.choices],
        label=_("What was it?"),
        error_messages={
            "required": _("Please choose what it was."),
            "invalid_choice": _("Please choose what it was."),
        },
    )
    start_date = _day(
        label=_("When was it?"),
        help_text=_("The first day, if it took several."),
        missing=_("Please say when it was."),
    )
    end_date = _day(required=False, label=_("Last day"))
    place = _short(160, required=False, label=_("Where was it?"))
    participants = PeopleField(
        required=False,
        min_value=1,
        max_value=1_000_000,
        label=_("How many people took part?"),
        widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=_("A rough number is enough."),
        error_messages={
            "invalid": _("Please write a whole number, in digits."),
            "min_value": _("Please give a number from 1, or leave it empty."),
            "max_value": _("That are more than a million. Please check the number."),
        },
    )

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        cleaned: dict[str, Any] = super().clean() or {}
        start, end = cleaned.get("start_date"), cleaned.get("end_date")
        if start and end and end < start:
            self.add_error("end_date", _t("The last day lies before the first one."))
        return cleaned


class StoryForm(StepForm):
    """The story, in three answers, and its tie to the administration's own task."""

    did = _long(
        6000,
        8,
        label=_("What did you do?"),
        help_text=_("Who, what, with whom? As one would tell it to a colleague."),
        error_messages={"required": _("Please tell what you did.")},
    )
    effect = _long(
        4000,
        6,
        label=_("What came of it?"),
        help_text=_("What is different now? What did people say? What did not work?"),
        error_messages={"required": _("Please tell what came of it.")},
    )
    repeat = _long(
        4000,
        6,
        label=_("What does it take to do it, too?"),
        help_text=_("Time, room, material, people: a line each is enough."),
        error_messages={"required": _("Please tell what others need who want to do it, too.")},
    )
    own_task = _long(
        600,
        3,
        label=_("To which of the department's tasks does it belong?"),
        help_text=_(
            "A city's site tells about the city's own work, so every story names the task: "
            "“Wir bilden Auszubildende aus.”"
        ),
        error_messages={"required": _("Please name the task that it belongs to.")},
    )


class PictureForm(StepForm):
    """What somebody says about one picture."""

    alt = _short(
        250,
        label=_("What is there to see?"),
        help_text=_("One sentence for people who do not see the picture."),
        error_messages={"required": _("Please describe the picture.")},
    )
    credit = _short(
        200,
        label=_("Who made the picture?"),
        help_text=_("Stands below it, as in “Foto: Mara Beispiel”."),
        error_messages={"required": _("Please say who made the picture.")},
    )
    shows_people = forms.ChoiceField(
        choices=[(YES, _("Yes")), (NO, _("No"))],
        widget=forms.RadioSelect,
        label=_("Does the picture show people?"),
        help_text=_("Somebody who can be recognised, also from behind."),
        error_messages={"required": _("Please say whether the picture shows people.")},
    )
    agreed = forms.BooleanField(
        required=False,
        label=_(
            "If it does: everybody whom the picture shows has agreed that it is published with "
            "this story."
        ),
    )
    consent = _short(
        250,
        required=False,
        label=_("If it does: where are the consents kept?"),
        help_text=_("As in “schriftlich vom 3. Mai 2026, Ordner im Amt”."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the consent of those whom the picture shows."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("shows_people") != YES:
            return cleaned
        if not cleaned.get("agreed"):
            message = _t(
                "Please confirm that everybody has agreed. Without their consent the picture "
                "cannot be shown: please remove it then."
            )
            self.add_error("agreed", message)
        if not cleaned.get("consent") and "consent" not in self.errors:
            self.add_error("consent", _t("Please say where the consents are kept."))
        return cleaned


class NewPictureForm(PictureForm):
    """A picture that is chosen, with what is said about it already."""

    file = forms.FileField(
        required=False,
        label=_("Choose a picture"),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, up to 15 MB. Where it was taken is removed from it."),
    )
    field_order = ["file", *PictureForm.base_fields]


def _articles() -> QuerySet[Article]:
    return Article.objects.only("number", "title", "sort_key")


class ArticlesForm(StepForm):
    """Which articles of the Grundgesetz the story is about."""

    articles = forms.ModelMultipleChoiceField(
        queryset=Article.objects.none(),
        to_field_name="number",
        widget=forms.CheckboxSelectMultiple,
        label=_("Which articles of the Grundgesetz is your story about?"),
        help_text=_("One is enough. Those who check the story help you if you are not sure."),
        error_messages={
            "required": _("Please choose at least one article."),
            "invalid_choice": _("Please choose among the articles of the list."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        articles: Any = self.fields["articles"]
        articles.queryset = _articles()

    def clean_articles(self) -> Any:
        """Refuse a story about everything."""
        chosen = self.cleaned_data["articles"]
        if len(chosen) > MOST_ARTICLES:
            raise forms.ValidationError(
                _t("Please choose the most important ones, at most %(most)d.")
                % {"most": MOST_ARTICLES}
            )
        return chosen

    def groups(self) -> list[tuple[str, list[Any]]]:
        """Return the boxes: those that most stories are about first, each with its article."""
        boxes = list(self["articles"])
        usual = [box for box in boxes if str(box.data["value"]) in SUGGESTED]
        others = [box for box in boxes if str(box.data["value"]) not in SUGGESTED]
        return [(_t("Often chosen"), usual), (_t("All others"), others)]


class SendForm(StepForm):
    """The last step: a tick, a field that people do not see, and when the form was shown."""

    privacy = forms.BooleanField(
        label=_("I have read how my data are used, and everybody who is named knows of the story."),
        error_messages={"required": _("Please confirm this, so that we may check the story.")},
    )
    website = forms.CharField(
        required=False,
        label=_("Please leave this field empty"),
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """An answer to a question of those who check the story."""

    use_required_attribute = False
    text = _long(
        4000,
        5,
        label=_("Your answer"),
        error_messages={"required": _("Please write an answer.")},
    )
