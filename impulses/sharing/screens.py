"""What the steps of the form show: what was typed, what is wrong with it, and the way there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _t

from home.models import CampaignSettings

from . import drafts, merging, pages, traps
from .forms import MOST_PICTURES, YES, NewPictureForm
from .models import Submission
from .steps import NEW, PICTURES, SEND, STEPS, Step, filled, missing, picture_form, shown


def show(  # noqa: PLR0913 -- what a step can be shown with
    request: HttpRequest,
    submission: Submission,
    current: Step,
    *,
    checked: bool = False,
    form: Any = None,
    problem: str = "",
    typed: Any = None,
) -> HttpResponse:
    """Show a step; `checked`: with what is wrong in it; `problem`: with the chosen file.

    `typed` is what was sent and could not be saved.
    """
    # What could not be saved is still based on what its form was.
    base = drafts.base_of(submission, current) if typed is None else typed.get(merging.BASE, "")
    context: dict[str, Any] = {
        "submission": submission,
        "step": current,
        "steps": STEPS,
        "base": base,
    }
    if current == PICTURES:
        context |= _picture_context(submission, checked=checked, problem=problem, typed=typed)
    elif current == SEND:
        context |= _review_context(request, submission, form)
    else:
        context["form"] = form or (filled if checked else shown)(submission, current)
    forms = [(context.get("form"), ""), *context.get("forms", ())]
    context["errors"] = [
        error for one, name in forms if one is not None for error in errors_of(one, name)
    ]
    for one, _name in forms:
        for field in one or ():
            texts = merging.others(submission.answers, field.html_name)
            field.others = [(text, merging.digest([text])) for text in texts]
    return render(
        request,
        f"impulses/sharing/{current.template}",
        with_way(request, context),
    )


def _picture_context(
    submission: Submission, *, checked: bool, problem: str, typed: Any
) -> dict[str, Any]:
    """Return the pictures with their forms, and the form for one more."""
    pictures = list(submission.pictures.select_related("image"))
    for picture in pictures if typed is not None else ():
        drafts.overlay(picture, typed)
    found = [(picture, picture_form(picture, checked=checked)) for picture in pictures]
    begun = {name: submission.answer(f"{NEW}-{name}") for name in NewPictureForm.names()}
    if problem:
        data = {f"{NEW}-{name}": value for name, value in begun.items()}
        new = NewPictureForm(data, prefix=NEW)
        new.errors.clear()
        new.add_error("file", problem)
    else:
        new = NewPictureForm(initial=begun, prefix=NEW)
    is_full = len(found) >= MOST_PICTURES
    return {
        "pictures": found,
        "new": None if is_full else new,
        "most": MOST_PICTURES,
        "forms": [
            *(
                (form, _t("Picture %(number)s") % {"number": number})
                for number, (_picture, form) in enumerate(found, 1)
            ),
            (new, ""),
        ],
    }


def _review_context(request: HttpRequest, submission: Submission, form: Any) -> dict[str, Any]:
    """Return the answers as they will stand in the story, and the last form."""
    stamped = request.POST.get("shown", "")
    if traps.shown_at(submission.token, stamped) is None:
        stamped = traps.stamp(submission.token)
    if form is None:
        form = SEND.form(initial={"shown": stamped})
    else:
        # A field that people do not see cannot be emptied by them.
        form.data = form.data.copy()
        form.data["website"], form.data["shown"] = "", stamped
    return {
        "form": form,
        "missing": missing(submission),
        "sections": [
            (one, list(_answers(filled(submission, one))))
            for one in STEPS
            if one not in {PICTURES, SEND}
        ],
        "pictures": [
            (picture, _picture_answers(picture))
            for picture in submission.pictures.select_related("image")
        ],
        "pictures_step": PICTURES,
        "rules": CampaignSettings.for_public(request),
        "days": CampaignSettings.of_house().retention_days,
    }


def _picture_answers(picture: Any) -> list[Any]:
    """Return what was said about a picture; about consents only where it shows people."""
    answers = list(_answers(picture_form(picture, checked=True)))
    if picture.answer("shows_people") == YES:
        return answers
    return [(field, value) for field, value in answers if field.name not in {"agreed", "consent"}]


def _answers(form: Any) -> Any:
    """Yield the labels of a form with what was answered, readable; without empty ones."""
    form.full_clean()
    for field in form:
        value = form.cleaned_data.get(field.name)
        if field.field.disabled:
            if value:
                yield field, value
        elif value is None and (typed := field.data) and not isinstance(typed, list):
            yield field, typed
        elif isinstance(value, bool):
            yield field, _t("Yes") if value else _t("No")
        elif hasattr(value, "year"):
            yield field, date_format(value, "DATE_FORMAT")
        elif field.name == "articles":
            if value:
                yield field, ", ".join(str(article.label) for article in value)
        elif field.name in {"kind", "shows_people"} and value:
            yield field, dict(field.field.choices).get(value, value)
        elif value not in (None, ""):
            yield field, value


def errors_of(form: Any, form_name: str = "") -> list[dict[str, Any]]:
    """Return a form's errors with the fields that they belong to, and their names."""
    if not form.is_bound:
        return []
    return [
        {
            "text": error,
            "target": "" if name == "__all__" else form[name].id_for_label or form[name].auto_id,
            "field": "" if name == "__all__" else _field_name(form[name], form_name),
        }
        for name, errors in form.errors.items()
        for error in errors
    ]


def _field_name(field: Any, form_name: str) -> str:
    """Return what a field is called above the form; a box's label is a sentence of its own."""
    label = "" if field.widget_type == "checkbox" else str(field.label)
    name = ", ".join(filter(None, (form_name, label)))
    return name if not name or name.endswith("?") else f"{name}:"


def with_way(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add the way from the home page to what is shown."""
    way: list[dict[str, Any]] = []
    if overview := pages.overview(request):
        above = overview.breadcrumbs(request)
        way = [*above, {"title": overview.title, "url": overview.get_url(request) or ""}]
    is_start = request.path == reverse("sharing:start")
    way.append({"title": _t("Share a story"), "url": "" if is_start else reverse("sharing:start")})
    if submission := context.get("submission"):
        way.append({"title": _t("My stories"), "url": reverse("sharing:mine")})
        way.append({"title": submission.title, "url": ""})
    elif not is_start:
        way.append({"title": _t("My stories"), "url": ""})
    return context | {"breadcrumbs": way}
