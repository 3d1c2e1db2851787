"""Front ends of other origins read the API where a setting names them; errors are problems."""

import pytest
from django.test import Client

ORIGIN = "https://front.example"
API = "/api/v1/site"
PREFLIGHT = {"HTTP_ORIGIN": ORIGIN, "HTTP_ACCESS_CONTROL_REQUEST_METHOD": "GET"}


@pytest.fixture
def allowed(settings, home):
    settings.CORS_ALLOWED_ORIGINS = [ORIGIN]


def cors(response):
    return {
        name: value for name, value in response.items() if name.lower().startswith("access-control")
    }


def test_nobody_elsewhere_reads_by_default(client, home):
    assert not cors(client.get(API, HTTP_ORIGIN=ORIGIN))
    assert not cors(client.options(API, **PREFLIGHT))


def test_a_named_origin_reads_and_brings_no_cookie(client, allowed):
    headers = cors(client.get(API, HTTP_ORIGIN=ORIGIN))
    assert headers == {
        "access-control-allow-origin": ORIGIN,
        "access-control-expose-headers": "ETag, Retry-After",
    }


def test_another_origin_does_not_read(client, allowed):
    for origin in ("https://evil.example", "https://front.example.evil.example", "null", "x"):
        assert not cors(client.get(API, HTTP_ORIGIN=origin))


def test_everybody_may_be_named(client, home, settings):
    settings.CORS_ALLOW_ALL_ORIGINS = True
    headers = cors(client.get(API, HTTP_ORIGIN=ORIGIN))
    assert headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in headers


def test_a_browser_asks_first_and_may_read_only(client, allowed):
    answer = client.options(API, **PREFLIGHT, HTTP_ACCESS_CONTROL_REQUEST_HEADERS="if-none-match")
    assert answer.status_code == 200
    headers = cors(answer)
    assert headers["access-control-allow-origin"] == ORIGIN
    assert headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert "if-none-match" in headers["access-control-allow-headers"]
    assert "authorization" not in headers["access-control-allow-headers"]


def test_an_unchanged_answer_and_an_error_may_be_read_too(client, allowed):
    client.get(API)  # the first look writes the settings
    etag = client.get(API)["ETag"]
    unchanged = client.get(API, HTTP_ORIGIN=ORIGIN, HTTP_IF_NONE_MATCH=etag)
    assert unchanged.status_code == 304
    for answer in (unchanged, client.get(f"{API}?q=%00", HTTP_ORIGIN=ORIGIN)):
        assert cors(answer)["access-control-allow-origin"] == ORIGIN


@pytest.mark.parametrize("path", ["/", "/admin/login/", "/robots.txt", "/media/images/a.png"])
def test_nothing_but_the_api_is_shared(client, allowed, path):
    assert not cors(client.get(path, HTTP_ORIGIN=ORIGIN))
    assert not cors(client.options(path, **PREFLIGHT))


# --- Errors -------------------------------------------------------------------------------------


def is_problem(response, status):
    return (
        response.status_code == status
        and response["Content-Type"] == "application/problem+json"
        and response.json()["status"] == status
    )


@pytest.mark.parametrize("path", [API, "/api/v1/pages", "/api/v1/openapi.json", "/api/v1/docs"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_the_api_can_only_be_read(home, path, method):
    answer = Client(enforce_csrf_checks=True).generic(method, path)
    assert is_problem(answer, 405)
    assert answer["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("value", ["%00", "%ED%A0%80", "%FF", "%C3"])
@pytest.mark.parametrize("path", ["/api/v1/pages", "/api/v1/images/a", "/api/v1/nothing"])
def test_what_is_no_text_is_a_problem(client, home, path, value):
    assert is_problem(client.get(f"{path}?q={value}"), 400)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/%00", 400),
        ("/api/v1/pages/%FF", 404),
        ("/api/v1/" + "a" * 3_000, 414),
        ("/api/v1/pages?q=" + "a" * 5_000, 414),
        ("/api/v1/nothing", 404),
    ],
)
def test_an_address_of_nothing_is_a_problem(client, home, path, status):
    assert is_problem(client.get(path), status)


def test_a_host_not_ours_is_a_problem(client, home):
    assert is_problem(client.get(API, HTTP_HOST="evil.example"), 400)


def test_a_fault_of_ours_is_a_problem(client, home, monkeypatch):
    def fail(request):
        raise RuntimeError

    monkeypatch.setattr("home.content.CampaignContent.site", lambda self, request: fail(request))
    client.raise_request_exception = False
    assert is_problem(client.get(API), 500)
