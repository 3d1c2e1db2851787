"""The steps of the form, in order, and what of a story is still missing."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .forms import (
    ArticlesForm,
    NewPictureForm,
    PictureForm,
    SendForm,
    StepForm,
    StoryForm,
    WhatForm,
    WhoForm,
)
from .models import Submission, SubmissionPicture

#: What the names of the fields for one more picture begin with.
NEW = "neu"


@dataclass(frozen=True)
class Step:
    """A step: its place in the address, its heading, and its form."""

    slug: str
    title: Any
    form: type[StepForm]
    #: Its template in `impulses/sharing/`.
    template: str = "step.html"
    #: What the Enter key does.
    on_enter: str = "next"

    @property
    def number(self) -> int:
        """Return its place, from 1."""
        return STEPS.index(self) + 1

    @property
    def before(self) -> "Step | None":
        """Return the step before; None at the first."""
        return STEPS[self.number - 2] if self.number > 1 else None

    @property
    def after(self) -> "Step | None":
        """Return the next step; None at the last."""
        return STEPS[self.number] if self.number < len(STEPS) else None

    def names(self) -> list[str]:
        """Return the names of the fields whose answers are kept with the submission."""
        if self == PICTURES:
            return [f"{NEW}-{name}" for name in PictureForm.names()]
        return ["privacy"] if self == SEND else self.form.names()


WHO = Step("wer", _("Who are you?"), WhoForm)
WHAT = Step("was", _("What was it?"), WhatForm)
STORY = Step("geschichte", _("Tell the story"), StoryForm)
PICTURES = Step("bilder", _("Pictures"), NewPictureForm, "steps/bilder.html", on_enter="stay")
ARTICLES = Step("grundgesetz", _("The Grundgesetz"), ArticlesForm, "steps/grundgesetz.html")
SEND = Step("absenden", _("Check and send"), SendForm, "steps/absenden.html")
STEPS = (WHO, WHAT, STORY, PICTURES, ARTICLES, SEND)
#: The steps that ask for answers, but for the pictures, whose number differs.
ASKING = (WHO, WHAT, STORY, ARTICLES)
BY_SLUG = {step.slug: step for step in STEPS}


def filled(submission: Submission, step: Step) -> StepForm:
    """Return a step's form with what was typed, checked."""
    return form_of(submission, step, submission.data())


def form_of(submission: Submission, step: Step, *args: Any, **options: Any) -> StepForm:
    """Return a step's form; the first one knows what the account tells."""
    if step == WHO:
        options["given"] = submission.given()
    return step.form(*args, **options)


def shown(submission: Submission, step: Step) -> StepForm:
    """Return a step's form with what was typed, without a word about what is missing."""
    fields = step.form.base_fields
    many = {name for name, field in fields.items() if hasattr(field, "to_field_name")}
    many -= {"department"}
    known = {name: submission.answers[name] for name in fields if name in submission.answers}
    initial = {
        name: values if name in many else (values or [""])[-1] for name, values in known.items()
    }
    return form_of(submission, step, initial=initial)


def picture_form(picture: SubmissionPicture, *, checked: bool) -> PictureForm:
    """Return what was typed about a picture."""
    if not checked:
        return PictureForm(initial=picture.answers, prefix=picture.prefix)
    data = {f"{picture.prefix}-{name}": value for name, value in picture.answers.items()}
    return PictureForm(data, prefix=picture.prefix)


def missing(submission: Submission) -> list[Step]:
    """Return the steps in which something is missing or wrong, in order."""
    found = [step for step in ASKING if not filled(submission, step).is_valid()]
    pictures = submission.pictures.all()
    if not all(picture_form(picture, checked=True).is_valid() for picture in pictures):
        found.append(PICTURES)
    return sorted(found, key=lambda step: step.number)
