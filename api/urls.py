"""The API's addresses; include them under one of your choice, such as "api/v1/"."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from ninja import NinjaAPI

from . import images, preview
from .delivery import deliver
from .document import ContentAPI
from .operations import make_router
from .problems import handle_errors, problem
from .registry import registry

app_name = "api"
#: Answers that belong to one reader, at one moment.
UNKEPT = frozenset({"get_preview"})


def make_api() -> NinjaAPI:
    """Return the API with all endpoints."""
    api = ContentAPI()
    handle_errors(api)
    for router in (make_router(), preview.make_router(), *registry.routers):
        api.add_router("", router)
    return api


def nothing_here(request: HttpRequest, **_parts: Any) -> HttpResponse:  # noqa: ARG001
    """Answer an address that is none of the API's."""
    return problem(404, "This address is none of the API's; see openapi.json.")


def delivered(pattern: URLPattern) -> URLPattern:
    """Return an operation's pattern with its answers delivered."""
    parameters = api.query_parameters(pattern.name or "")
    view = deliver(pattern.callback, parameters, kept=pattern.name not in UNKEPT)
    return URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)


api = make_api()
urlpatterns = [
    *(
        pattern if (pattern.name or "").startswith("openapi-") else delivered(pattern)
        for pattern in api.urls[0]
        if pattern.name != "api-root"
    ),
    path("images/<str:signature>/<int:pk>/<str:spec>/<str:name>", images.serve, name="image"),
    path("", deliver(nothing_here, frozenset(), kept=False), name="root"),
    re_path(r"^.+$", deliver(nothing_here, frozenset(), kept=False)),
]
