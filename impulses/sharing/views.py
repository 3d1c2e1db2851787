"""The views of sharing: the start, and the steps."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _t
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from home.models import CampaignSettings
from home.moderation import flow
from home.throttle import Throttle

from . import access, drafts, notices, pages, pictures, submitting, traps
from .access import for_staff, own, user_of
from .models import Submission
from .screens import show, with_way
from .steps import BY_SLUG, NEW, PICTURES, SEND, STEPS, Step, form_of, missing

#: How often somebody may do something in an hour.
MOST_BEGUN, MOST_UPLOADS, MOST_SENT = 20, 60, 30


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponseBase:
    """Say what sharing is about; begin a story."""
    if request.method == "POST":
        return begin(request)
    known = _has_session(request) and request.user.is_authenticated
    context = {
        "is_signed_in": known,
        "login_url": f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.path})}",
        "rules": CampaignSettings.for_public(request),
        "steps": STEPS,
    }
    response = render(request, "impulses/sharing/start.html", with_way(request, context))
    return access.as_private(response) if known else response


@for_staff
def begin(request: HttpRequest) -> HttpResponseBase:
    """Make a draft, or go on with one in which nothing was typed yet."""
    submission = Submission.objects.filter(user=user_of(request), answers={}, page=None).first()
    if submission is None:
        if _too_many(request, "begin", MOST_BEGUN):
            return notices.slow_down(request)
        submission = Submission.objects.create(user=user_of(request))
    return redirect(submission.step_url(STEPS[0].slug))


# --- The steps ------------------------------------------------------------------------------------


@csrf_exempt  # checked below, so that a form of before the login is not lost
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def step(request: HttpRequest, token: Any, slug: str) -> HttpResponseBase:
    """Show a step with what was typed, or take what is typed."""
    submission = own(request, token)
    current = BY_SLUG.get(slug)
    if current is None:
        raise Http404
    if request.method == "POST":
        return _take(request, submission, current)
    if not flow.may_change(drafts.status_of(submission)):
        return redirect(submission)
    return show(request, submission, current, checked="fehlt" in request.GET)


def _take(request: HttpRequest, submission: Submission, current: Step) -> HttpResponseBase:
    """Keep what was typed, whatever it is; then do what the button says."""
    if access.csrf_problem(request):
        return _not_saved(
            request,
            submission,
            current,
            _t("You have logged in since this form was opened. Please send it once more."),
            HTTPStatus.FORBIDDEN,
        )
    action = request.POST.get("action", "next")
    saved = drafts.save(submission, current, request.POST)
    if saved is None:
        return _refuse(request, submission, current, action)
    if access.wants_json(request):
        answer = {"saved": date_format(timezone.localtime(), "H:i"), "base": saved.base}
        return JsonResponse(answer | {"conflict": bool(saved.conflicts)})
    if saved.conflicts or (action == "next" and drafts.is_undecided(submission, current)):
        messages.warning(
            request,
            _t(
                "This step was changed in another window, too. Beside the field stands the other "
                "text: please choose which one stays."
            ),
        )
        action = "stay" if action in {"next", "back", "later"} else action
    return _act(request, submission, current, action)


def _refuse(
    request: HttpRequest, submission: Submission, current: Step, action: str
) -> HttpResponseBase:
    """Say why a story cannot be changed; who has sent it twice is thanked as at the first time."""
    submission.refresh_from_db()  # another window may have sent it meanwhile
    state = drafts.status_of(submission).state
    if current == SEND and action == "next":
        name = "thanks" if state == "in_review" else "story"
        return redirect(f"sharing:{name}", submission.token)
    text = _why_not_changed(state)
    return _not_saved(request, submission, current, text, HTTPStatus.CONFLICT)


def _act(
    request: HttpRequest, submission: Submission, current: Step, action: str
) -> HttpResponseBase:
    """Do what the button says: one beside another window's text, below a picture, or the last."""
    verb, chosen, name = _parts(action)
    if verb in {"take", "drop"}:
        drafts.decide(submission, name, chosen, take=verb == "take")
        return redirect(submission.step_url(current.slug))
    if current == PICTURES:
        return _take_pictures(request, submission, action)
    return _go_on(request, submission, current, action)


def _parts(action: str) -> list[str]:
    """Return what a button beside a text of another window says: what to do, which text, where."""
    return [*action.split("-", 2), "", ""][:3]


def _why_not_changed(state: str) -> str:
    """Say why a story that stands so cannot be changed."""
    if state == "published":
        return _t(
            "Your story has been published and cannot be changed here any more. It was not saved. "
            "Please write to the editors if something in it should change."
        )
    if state == "rejected":
        return _t("Your story will not be published and cannot be changed. It was not saved.")
    return _t("Your story is being checked at present and cannot be changed. It was not saved.")


def _go_on(
    request: HttpRequest, submission: Submission, current: Step, action: str
) -> HttpResponseBase:
    """Lead back, or to the next step if this one is complete."""
    if action == "stay":
        return redirect(submission.step_url(current.slug))
    if action == "back" and current.before:
        return redirect(submission.step_url(current.before.slug))
    if action == "later":
        messages.success(request, _t("Your draft has been saved. You can go on at any time."))
        return redirect("sharing:mine")
    if current == SEND:
        return _send(request, submission)
    if current in missing(submission):
        return show(request, submission, current, checked=True)
    return redirect(submission.step_url((current.after or current).slug))


def _take_pictures(request: HttpRequest, submission: Submission, action: str) -> HttpResponseBase:
    """Take a picture that was chosen, whatever the button; then remove, move, or go on."""
    file = request.FILES.get(f"{NEW}-file")
    if file or action == "add":
        problem = _upload(request, submission, file)
        if problem:
            return show(request, submission, PICTURES, checked=True, problem=problem)
    verb, _separator, key = action.partition("-")
    if verb == "remove":
        pictures.remove(submission, key)
    elif verb in {"up", "down"}:
        pictures.move(submission, key, -1 if verb == "up" else 1)
    elif action not in {"add", "stay"}:
        return _go_on(request, submission, PICTURES, action)
    return redirect(f"{submission.step_url(PICTURES.slug)}#bilder")


def _upload(request: HttpRequest, submission: Submission, file: Any) -> str:
    """Take a picture; return what is wrong with it, or ""."""
    if file is None:
        return _t("Please choose a picture first.")
    if _too_many(request, "upload", MOST_UPLOADS):
        return _t("That were many pictures in a short time. Please go on in an hour.")
    try:
        pictures.add(submission, file, request.user)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _send(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    """Hand the story in, unless a robot has filled the form."""
    form = SEND.form(request.POST)
    stamped, hidden = request.POST.get("shown", ""), request.POST.get("website", "")
    if form.is_valid() and (reason := traps.suspicion(submission.token, stamped, hidden)):
        form.add_error(None, reason)
    if not form.is_valid():
        return show(request, submission, SEND, form=form)
    if _too_many(request, "send", MOST_SENT):
        return notices.slow_down(request)
    return _hand_in(request, submission, form)


def _hand_in(request: HttpRequest, submission: Submission, form: Any) -> HttpResponseBase:
    """Make a page of the story and lead to the thanks; once, however often it is sent."""
    parent = pages.overview(request)
    if parent is None:
        return notices.nowhere(request)
    try:
        submitting.submit(submission, request.user, parent)
    except submitting.IncompleteError:
        return show(request, submission, SEND, form=form)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return show(request, submission, SEND, form=form)
    except flow.NoWorkflowError:
        return notices.nowhere(request)
    return redirect("sharing:thanks", submission.token)


def _not_saved(
    request: HttpRequest, submission: Submission, current: Step, text: str, status: int
) -> HttpResponse:
    """Show what was typed and could not be saved, and say why."""
    if access.wants_json(request):
        return JsonResponse({"error": text}, status=status)
    messages.error(request, text)
    for name in current.names():
        if name in request.POST or name in drafts.BOXES:
            submission.answers[name] = request.POST.getlist(name)
    form = None if current in {PICTURES, SEND} else form_of(submission, current, request.POST)
    response = show(request, submission, current, form=form, typed=request.POST)
    response.status_code = status
    return response


def _has_session(request: HttpRequest) -> bool:
    """Tell whether somebody may be signed in; visitors without a cookie are not asked for one."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _too_many(request: HttpRequest, what: str, limit: int) -> bool:
    return Throttle(f"sharing-{what}", limit, notices.HOUR).take(request.user.pk) > 0
