"""What the steps of the form show: what was typed, what is wrong with it, and the way there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _t

from home.models import CampaignSettings

from . import pages, traps
from .access import user_of
from .forms import MOST_PICTURES, NewPictureForm
from .models import Submission
from .steps import NEW, PICTURES, SEND, STEPS, Step, filled, missing, picture_form, shown


def show(
    request: HttpRequest,
    submission: Submission,
    current: Step,
    *,
    checked: bool = False,
    form: Any = None,
    problem: str = "",
) -> HttpResponse:
    """Show a step; `checked`: with what is wrong in it; `problem`: with the chosen file."""
    context: dict[str, Any] = {"submission": submission, "step": current, "steps": STEPS}
    if current == PICTURES:
        context |= _picture_context(submission, checked=checked, problem=problem)
    elif current == SEND:
        context |= _review_context(request, submission, form)
    else:
        context["form"] = form or _first_or(submission, current, request, checked=checked)
    forms = [context.get("form"), *context.get("forms", ())]
    context["errors"] = [error for one in forms if one is not None for error in errors_of(one)]
    return render(
        request,
        f"impulses/sharing/{current.template}",
        with_way(request, context),
    )


def _first_or(submission: Submission, current: Step, request: HttpRequest, *, checked: bool) -> Any:
    """Return the step's form; at the very first with what the account tells already."""
    if checked:
        return filled(submission, current)
    form = shown(submission, current)
    if current == STEPS[0] and not submission.answers:
        user = user_of(request)
        form.initial = {"name": user.get_full_name(), "email": user.email}
    return form


def _picture_context(submission: Submission, *, checked: bool, problem: str) -> dict[str, Any]:
    """Return the pictures with their forms, and the form for one more."""
    found = [
        (picture, picture_form(picture, checked=checked))
        for picture in submission.pictures.select_related("image")
    ]
    typed = {name: submission.answer(f"{NEW}-{name}") for name in NewPictureForm.names()}
    if problem:
        data = {f"{NEW}-{name}": value for name, value in typed.items()}
        new = NewPictureForm(data, prefix=NEW)
        new.errors.clear()
        new.add_error("file", problem)
    else:
        new = NewPictureForm(initial=typed, prefix=NEW)
    is_full = len(found) >= MOST_PICTURES
    return {
        "pictures": found,
        "new": None if is_full else new,
        "most": MOST_PICTURES,
        "forms": [*(form for _picture, form in found), new],
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
        "pictures": submission.pictures.select_related("image"),
        "pictures_step": PICTURES,
        "rules": CampaignSettings.for_public(request),
        "days": CampaignSettings.of_house().retention_days,
    }


def _answers(form: Any) -> Any:
    """Yield the labels of a form with what was answered, readable; without empty ones."""
    form.full_clean()
    for field in form:
        value = form.cleaned_data.get(field.name)
        if value is None and (typed := field.data) and not isinstance(typed, list):
            yield field, typed
        elif isinstance(value, bool):
            yield field, _t("Yes") if value else _t("No")
        elif hasattr(value, "year"):
            yield field, date_format(value, "DATE_FORMAT")
        elif field.name == "articles":
            yield field, ", ".join(str(article.label) for article in value or ())
        elif field.name == "kind" and value:
            yield field, dict(field.field.choices).get(value, value)
        elif value not in (None, ""):
            yield field, value


def errors_of(form: Any) -> list[dict[str, Any]]:
    """Return a form's errors with the fields that they belong to."""
    if not form.is_bound:
        return []
    return [
        {
            "text": error,
            "target": "" if name == "__all__" else form[name].id_for_label or form[name].auto_id,
        }
        for name, errors in form.errors.items()
        for error in errors
    ]


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
