"""Where people without an account read one version of a page, and say yes or what is to change."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from home.models import CampaignSettings, SignOff
from home.models.signoff import State, UnknownTokenError
from home.moderation.mails import name_of
from home.pictures.showing import held_pictures
from home.signoff.answering import answer
from home.signoff.forms import AnswerForm
from home.throttle import Throttle, client_address

#: What one address may try with links that the site has not made, and a link with answers.
GUESSES = Throttle("sign-off-guess", limit=30, seconds=600)
ANSWERS = Throttle("sign-off-answer", limit=20, seconds=600)
#: `same-origin` keeps the link from other hosts like `no-referrer` does; with that one, browsers
#: send "Origin: null" with the form, and Django takes the answer for forged.
HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def sign_off(request: HttpRequest, token: str) -> HttpResponse:
    """Show the version that a link is for, or take the answer; reading never uses the link up."""
    try:
        asked = SignOff.objects.by_token(token)
    except UnknownTokenError as error:
        if seconds := GUESSES.take(client_address(request)):
            return _with_headers(_too_many(request, seconds))
        raise Http404 from error
    language = asked.page.locale.language_code if asked else translation.get_language()
    with translation.override(language):
        return _with_headers(_respond(request, asked))


def _respond(request: HttpRequest, asked: SignOff | None) -> HttpResponse:
    if request.method != "POST":
        return _read(request, asked)
    if asked and (seconds := ANSWERS.take(asked.pk)):
        return _too_many(request, seconds)
    form = AnswerForm(request.POST)
    if asked is None or not asked.is_open:
        return _closed(request, asked)
    if not form.is_valid():
        return _read(request, asked, "above" if request.POST.get("place") == "above" else "below")
    if answer(asked, form.cleaned_data["answer"], form.cleaned_data["comment"]):
        return redirect(request.path)
    return _closed(request, SignOff.objects.select_related("page", "revision").get(pk=asked.pk))


@held_pictures(shown=True)
def _read(request: HttpRequest, asked: SignOff | None, sent: str = "") -> HttpResponse:
    """Render the page's own template with the one revision, the form before and after it.

    Errors stand in the form that was sent, `sent`, alone.
    """
    if asked is None or not asked.is_open or asked.revision is None:
        return _closed(request, asked)
    page = asked.revision.as_object()
    forms = {
        place: AnswerForm(request.POST if place == sent else None, auto_id=f"{place}_%s")
        for place in ("above", "below")
    }
    context = page.get_context(request) | {
        "seo": None,
        "breadcrumbs": [],
        "sign_off": asked,
        "whom": _whom(request, asked),
        "answer_above": forms["above"],
        "answer_below": forms["below"],
        "sign_off_errors": [error for form in forms.values() for error in _errors_of(form)],
    }
    return render(request, page.get_template(request), context)


def _errors_of(form: AnswerForm) -> list[dict[str, str]]:
    """Return what is wrong with an answer, with the ids of the fields."""
    first = {"answer": "_0"}  # a choice has an id for each of its buttons
    return [
        {"text": str(text), "target": f"{form[name].auto_id}{first.get(name, '')}"}
        for name, texts in form.errors.items()
        for text in texts
    ]


def _closed(request: HttpRequest, asked: SignOff | None) -> HttpResponse:
    """Say kindly why there is nothing to read; whoever has typed something finds it there."""
    state = asked.state if asked else None
    is_answered = state in {State.APPROVED, State.CHANGES}
    context = {
        "asked": asked,
        "state": state.value if state else "",
        "is_answered": is_answered,
        "whom": _whom(request, asked),
        "typed": request.POST.get("comment", ""),
    }
    status = HTTPStatus.OK if is_answered else HTTPStatus.GONE
    return render(request, "sign_off/closed.html", context, status=status)


def _whom(request: HttpRequest, asked: SignOff | None) -> dict[str, str]:
    """Return whom to ask: the editor, or else the campaign."""
    editor = asked.created_by if asked else None
    general = CampaignSettings.for_public(request).contact_email
    if editor is None:
        return {"name": "", "email": general}
    return {"name": name_of(editor), "email": editor.email or general}


def _too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    context = {"state": "too_many", "whom": {}, "typed": request.POST.get("comment", "")}
    response = render(request, "sign_off/closed.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(seconds)
    return response


def _with_headers(response: HttpResponse) -> HttpResponse:
    for name, value in HEADERS.items():
        response[name] = value
    return response
