"""Pages that say why somebody cannot go on, and what to do."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _t

HOUR = 3600


def forbidden(request: HttpRequest) -> HttpResponse:
    """Say who may share."""
    return _notice(
        request,
        HTTPStatus.FORBIDDEN,
        _t("Your account cannot share stories yet"),
        _t(
            "Sharing is for colleagues of the administration. If you are one of them, please ask "
            "the editors of the campaign to add you."
        ),
    )


def slow_down(request: HttpRequest) -> HttpResponse:
    """Say when to go on after too much at once."""
    response = _notice(
        request,
        HTTPStatus.TOO_MANY_REQUESTS,
        _t("That was a lot in a short time"),
        _t("Please wait for an hour and then go on. What you typed has been saved."),
    )
    response["Retry-After"] = str(HOUR)
    return response


def nowhere(request: HttpRequest) -> HttpResponse:
    """Say that stories have no place yet, or that nobody could check them."""
    return _notice(
        request,
        HTTPStatus.SERVICE_UNAVAILABLE,
        _t("Stories cannot be taken at present"),
        _t(
            "There is no place for them on the site yet, or nobody to check them. What you typed "
            "has been saved. Please tell the editors of the campaign, and try again later."
        ),
    )


def _notice(request: HttpRequest, status: HTTPStatus, title: str, text: str) -> HttpResponse:
    context: dict[str, Any] = {"notice_title": title, "notice_text": text}
    return render(request, "impulses/sharing/notice.html", context, status=status)
