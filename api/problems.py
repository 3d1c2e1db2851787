"""Errors as application/problem+json (RFC 9457), whoever noticed them."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from .schemas import FieldProblem, Problem

MEDIA_TYPE = "application/problem+json"


def problem(
    status: int, detail: str, errors: list[FieldProblem] | None = None, **headers: str
) -> HttpResponse:
    """Return an error as a response that no cache keeps; headers are named with underscores."""
    content = Problem(
        title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors or []
    )
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(
        content.model_dump_json(),
        status=status,
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **named},
    )


class InvalidError(Exception):
    """A parameter has a value that it cannot have; `args` are its name and why."""


def invalid(parameter: str, message: str) -> HttpResponse:
    """Return the error of one parameter."""
    errors = [FieldProblem(parameter=parameter, message=message)]
    return problem(422, f"{parameter}: {message}", errors)


def handle_errors(api: NinjaAPI) -> None:
    """Answer the errors of all operations as problems."""

    @api.exception_handler(ValidationError)
    def parameters(_request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [
            FieldProblem(parameter=_parameter(found["loc"]), message=str(found["msg"]))
            for found in error.errors
        ]
        detail = "; ".join(f"{found.parameter}: {found.message}" for found in errors)
        return problem(422, detail, errors)

    @api.exception_handler(InvalidError)
    def parameter(_request: HttpRequest, error: InvalidError) -> HttpResponse:
        return invalid(*error.args)

    @api.exception_handler(Http404)
    def missing(_request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404, str(error) or "There is nothing public here.")

    @api.exception_handler(HttpError)
    def other(_request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, str(error))


def _parameter(location: Any) -> str:
    """Return the name of the parameter that an error is about; a list's items have its own."""
    names = [str(part) for part in location if isinstance(part, str)]
    return names[-1] if names else ""
