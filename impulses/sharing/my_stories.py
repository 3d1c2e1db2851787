"""The views of "Meine Beiträge": where one's stories stand, and what one may do with them."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from home.moderation import flow

from . import access, drafts, keeping, pages, submitting
from .access import for_staff, own, user_of
from .forms import AnswerForm
from .models import Submission
from .screens import errors_of, with_way
from .steps import BY_SLUG, STEPS, Step


@require_safe
@for_staff
def mine(request: HttpRequest) -> HttpResponse:
    """List the stories of whoever asks, with where each stands."""
    submissions = list(
        Submission.objects.filter(user=user_of(request))
        .exclude(answers={})
        .select_related("page__department")
    )
    known = flow.statuses([one.page for one in submissions if one.page])
    # What browsers keep of others, and of what cannot be changed any more, is deleted there.
    begun = Submission.objects.filter(user=user_of(request), answers={})
    closed = {pk for pk, status in known.items() if status.state in {"published", "rejected"}}
    kept = [one.token for one in [*submissions, *begun] if one.page_id not in closed]
    rows = [
        {
            "submission": one,
            "status": known[one.page_id]
            if one.page_id
            else flow.Status("draft", since=one.updated_at),
            "step": BY_SLUG.get(one.step, STEPS[0]),
        }
        for one in submissions
    ]
    context = {"rows": rows, "kept": " ".join(str(token) for token in kept)}
    return render(request, "impulses/sharing/mine.html", with_way(request, context))


@csrf_exempt  # checked below, so that an answer of before the login is not lost
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def story(request: HttpRequest, token: Any) -> HttpResponseBase:
    """Show where a story stands and what was said about it; take an answer."""
    submission = own(request, token)
    if request.method == "POST":
        return _take_answer(request, submission)
    kept = keeping.kept_answer(request.session, token)
    form = AnswerForm(initial={"text": kept} if kept else None)
    status = drafts.status_of(submission)
    if kept and status.state != "question":
        form = AnswerForm({"text": kept})
        form.add_error(None, _t("There is no open question any more."))
        keeping.forget_answer(request.session)
    return _show_story(request, submission, form, kept=kept)


def _take_answer(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    """Send an answer on its way, or show it again with what is wrong."""
    form = AnswerForm(request.POST)
    if access.csrf_problem(request):
        form.add_error(
            None, _t("You have logged in since this page was opened. Please send it once more.")
        )
        response = _show_story(request, submission, form)
        response.status_code = HTTPStatus.FORBIDDEN
        return response
    lacking = _answer(request, submission, form) if form.is_valid() else []
    if form.errors:
        submission.refresh_from_db()
        return _show_story(request, submission, form, lacking=lacking)
    keeping.forget_answer(request.session)
    messages.success(request, _t("Thank you, your answer has been sent."))
    return redirect(submission)


def _answer(request: HttpRequest, submission: Submission, form: AnswerForm) -> list[Step]:
    """Answer the question; the form gets what is wrong. Returns the steps that lack something."""
    text, overview = form.cleaned_data["text"], pages.overview(request)
    try:
        submitting.answer(submission, request.user, text, overview)
    except PermissionDenied:
        form.add_error(None, _t("There is no open question any more."))
    except submitting.IncompleteError as error:
        form.add_error(None, _t("You have changed the story, and something is missing in it."))
        return error.steps
    except ValidationError as error:
        form.add_error(None, error.messages)
    return []


def _show_story(
    request: HttpRequest,
    submission: Submission,
    form: AnswerForm,
    *,
    kept: str = "",
    lacking: Sequence[Step] = (),
) -> HttpResponse:
    """Show a story; `kept` is what was written before a login, `lacking` what an answer lacks."""
    status = drafts.status_of(submission)
    page = submission.page
    context = {
        "submission": submission,
        "status": status,
        "step": BY_SLUG.get(submission.step, STEPS[0]),
        "notes": page.review_notes.all() if page else [],
        "form": form,
        "kept": kept,
        "lacking": lacking,
        "may_change": flow.may_change(status),
        "may_withdraw": submitting.may_withdraw(status),
        "may_delete": submitting.may_delete(submission, status),
        "errors": errors_of(form),
    }
    return render(request, "impulses/sharing/story.html", with_way(request, context))


@require_safe
@for_staff
def preview(request: HttpRequest, token: Any) -> HttpResponseBase:
    """Show the story as it would stand on the site."""
    page = own(request, token).page
    if page is None:
        raise Http404
    latest: Any = page.get_latest_revision_as_object()
    response: HttpResponseBase = latest.make_preview_request(request)
    return response


@require_safe
@for_staff
def thanks(request: HttpRequest, token: Any) -> HttpResponse:
    """Thank for a story, and say what happens now."""
    submission = own(request, token)
    if submission.page is None:
        return redirect(submission)
    context = {"submission": submission, "status": drafts.status_of(submission)}
    return render(request, "impulses/sharing/thanks.html", with_way(request, context))


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def withdraw(request: HttpRequest, token: Any) -> HttpResponseBase:
    """Ask whether a story shall be withdrawn; withdraw it."""
    submission = own(request, token)
    if request.method == "POST":
        try:
            submitting.withdraw(submission, request.user)
        except PermissionDenied:
            messages.error(request, _t("This story cannot be withdrawn as it stands now."))
        else:
            messages.success(request, _t("Your story has been withdrawn. Nobody checks it now."))
        return redirect(submission)
    if not submitting.may_withdraw(drafts.status_of(submission)):
        return redirect(submission)
    return render(
        request, "impulses/sharing/withdraw.html", with_way(request, {"submission": submission})
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def delete(request: HttpRequest, token: Any) -> HttpResponseBase:
    """Ask whether a story shall be deleted; delete it."""
    submission = own(request, token)
    if request.method == "POST":
        try:
            submitting.delete(submission)
        except PermissionDenied:
            messages.error(request, _t("This story cannot be deleted as it stands now."))
            return redirect(submission)
        messages.success(request, _t("The story has been deleted, with its pictures."))
        return redirect("sharing:mine")
    if not submitting.may_delete(submission, drafts.status_of(submission)):
        return redirect(submission)
    return render(
        request, "impulses/sharing/delete.html", with_way(request, {"submission": submission})
    )
