"""The API's addresses; include them under one of your choice, such as "api/v1/"."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from . import changes, images, preview
from .delivery import deliver
from .document import ContentAPI
from .operations import router
from .problems import handle_errors, problem
from .registry import registry

app_name = "api"
#: Answers that belong to one reader, at one moment.
UNKEPT = frozenset({"get_preview"})


def make_api() -> ContentAPI:
    """Return the API with all endpoints."""
    api = ContentAPI()
    handle_errors(api)
    for one in (router, changes.router, preview.router, *registry.routers):
        api.add_router("", one)
    return api


def nothing_here(_request: HttpRequest, **_parts: Any) -> HttpResponse:
    """Answer an address that is none of the API's."""
    return problem(404, "This address is none of the API's; see openapi.json.")


def delivered(pattern: Any) -> Any:
    """Return a pattern with its answers delivered; the page of the docs goes as it is."""
    if pattern.name == "openapi-view":
        return pattern
    parameters = api.query_parameters(pattern.name or "")
    view = deliver(pattern.callback, parameters, kept=pattern.name not in UNKEPT)
    return URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)


api = make_api()
operations: list[Any] = api.urls[0]
urlpatterns = [
    *(delivered(pattern) for pattern in operations if pattern.name != "api-root"),
    path("images/<str:signature>/<int:pk>/<str:spec>/<str:name>", images.serve, name="image"),
    path("", deliver(nothing_here, frozenset(), kept=False), name="api-root"),
    re_path(r"^[\s\S]+$", deliver(nothing_here, frozenset(), kept=False)),
]
