"""Whatever is asked, the API answers with a problem that says what is wrong, and never fails."""

import base64
import json
from urllib.parse import quote

import pytest

from api.schemas import Problem
from tests.api.conftest import API

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_tree")]
HUGE = 2**63


def cursor(*parts):
    """Return a forged cursor."""
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def problem(response, status):
    """Return the problem that an answer must be."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    found = Problem.model_validate_json(response.content)
    assert found.status == status
    return found


INVALID = {
    "limit": ["0", "-1", "101", "abc", str(HUGE), "1.5", ""],
    "locale": ["xx", "DE", "de-"],
    "type": ["postkarte", "PostcardPage", ""],
    "order": ["date", "-path", "?"],
    "published_after": ["gestern", "2026", "1767225600", "2026-13-01", "0001-01-01T00:00:00+14:00"],
    "cursor": [
        "x",
        "ä",
        "A" * 2000,
        cursor(),
        cursor("title", "A", 1),
        cursor("-published", "A", 1),
        cursor("-published", "2026-01-01T00:00:00", 1),
        cursor("-published", "2026-01-01T00:00:00+00:00", HUGE),
        cursor("-published", "2026-01-01T00:00:00+00:00", "1"),
        cursor("-published", "2026-01-01T00:00:00+00:00", True),
        cursor("-published", None, 1),
        cursor("-published", "0001-01-01T00:00:00+14:00", 1),
        cursor("-published", "9999-12-31T23:59:59-14:00", 1),
        cursor("relevance", None, 1),
        cursor(["-published"], {}, []),
    ],
    "q": ["x" * 201],
    "tag": ["x" * 201],
    "offset": ["0", str(HUGE)],
    "search": ["Mut"],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in INVALID.items() for value in values]
)
def test_a_wrong_parameter_is_named(api, tree, name, value):
    found = problem(api.get(f"/pages?{name}={value if '%' in value else quote(value)}"), 422)
    assert [error.parameter for error in found.errors] == [name]
    assert name in found.detail


@pytest.mark.parametrize(
    "path",
    [
        f"/pages?order=title&cursor={cursor('title', chr(0), 1)}",
        f"/pages?order=title&cursor={cursor('title', chr(0xD800), 1)}",
        f"/pages?order=title&cursor={cursor('-title', 'A', 1)}",
        f"/pages?q=Mut&cursor={cursor('title', 'A', 1)}",
        "/navigation?depth=0",
        "/navigation?depth=6",
        "/navigation?locale=xx",
        "/resolve",
        "/resolve?path=",
        "/resolve?path=blog",
        "/resolve?path=https://example.org/",
        f"/resolve?path=/{'x' * 2048}",
        "/site?locale=de",
        "/articles?limit=1",
        "/pages/1?fields=*",
    ],
)
def test_what_cannot_be_asked_is_refused(api, tree, path):
    problem(api.get(path), 422)


@pytest.mark.parametrize(
    "path",
    [
        "/pages/0",
        f"/pages/{HUGE}",
        f"/pages/{10**30}",
        "/pages/abc",
        "/pages/-1",
        "/pages/1/",
        "/nirgendwo",
        "/",
        "/pages?under=/nirgendwo/",
        "/pages?under=999999",
        f"/pages?under={HUGE}",
        "/resolve?path=/nirgendwo/",
        "/resolve?path=/%2E%2E/%2E%2E/",
        "/resolve?path=/xx/",
        "/resolve?path=/en/",
        "/resolve?path=/blog%252F",
        "/resolve?path=/%F0%9F%92%A9/",
        "/navigation?locale=en",
    ],
)
def test_what_is_not_there_is_not_found(api, tree, path):
    problem(api.get(path), 404)


@pytest.mark.parametrize(
    "path",
    ["/blog/", "/blog", "//blog//", "/blog/?page=2", "/blog/#top", "/%62log/", "/blog%3Fx=1"],
)
def test_a_path_may_be_written_in_many_ways(api, tree, path):
    assert api.json(f"/resolve?path={path.replace('#', '%23')}")["page"]["id"] == tree.blog.pk


@pytest.mark.parametrize("query", ["q=%00", "tag=%00", "q=%ED%A0%80", "q=%FF", "path=%00", "%00=1"])
@pytest.mark.parametrize("path", ["/pages", "/resolve", "/site", "/changes"])
def test_what_is_no_text_is_refused(api, tree, path, query):
    response = api.get(f"{path}?{query}")
    problem(response, response.status_code)
    assert response.status_code in {400, 404, 422}


@pytest.mark.parametrize("q", ['"', "%22%22", "*", "a*b", "%20", "%C2%A0", "OR", "NOT x", "(", "'"])
def test_any_words_can_be_searched(api, tree, q):
    assert api.json(f"/pages?q={quote(q, safe='%')}")["items"] == []


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["/pages", "/site", "/nirgendwo", "/openapi.json"])
def test_nothing_is_written(api, tree, method, path):
    response = getattr(api.client, method)(f"{API}{path}")
    problem(response, 405)
    assert response["Allow"] == "GET, HEAD"


def test_too_long_an_address_is_refused(api, tree):
    problem(api.get(f"/pages?q={'x' * 10_000}"), 414)
    assert api.get(f"/{'x' * 3000}").status_code in {404, 414}


@pytest.mark.parametrize("path", ["/pages", "/site", "/openapi.json"])
def test_head_is_get_without_its_body(api, tree, path):
    whole, head = api.get(path), api.client.head(f"{API}{path}")
    assert head.status_code == 200
    assert head.content == b""
    assert head["ETag"] == whole["ETag"]
    assert head["Content-Length"] == whole["Content-Length"]


@pytest.mark.parametrize("tag", ["*", 'W/"x"', '"x", "y"', "x", '"', "\u00e4"])
def test_any_tag_can_be_asked_for(api, tree, tag):
    assert api.get("/site", **{"if-none-match": tag}).status_code in {200, 304}
