"""Whatever somebody sends, the answer is no fault of ours: never 500."""

import pytest
from django.test import Client

from tests.sample import LISTS, OTHERS, PAGES

pytestmark = pytest.mark.usefixtures("campaign")
EVERYTHING = PAGES | OTHERS
#: Values as they stand in an address, percent-encoded.
VALUES = {
    "null byte": "%00",
    "word with a null byte": "Haltung%00",
    "lone surrogate": "%ED%A0%80",
    "no UTF-8": "%FF%FE",
    "half a character": "%C3",
    "half an escape": "%",
    "quote": "%22",
    "two quotes": "%22%22",
    "open quote": "%22Haltung",
    "apostrophe": "'",
    "blanks": "%20%20%20",
    "no-break spaces": "%C2%A0%C2%A0",
    "soft hyphen": "%C2%AD",
    "zero-width space": "%E2%80%8B",
    "line break": "%0D%0ASet-Cookie:%20a=b",
    "10 kB": "a" * 10_240,
    "10 kB of words": "ab+" * 3_413,
    "10 kB of quotes": "%22" * 3_413,
    "asterisk": "*",
    "search syntax": "a%20AND%20(b%20OR%20NOT%20c)*%20NEAR%20^d",
    "column": "title:Haltung",
    "minus": "-",
    "markup": "%3Cscript%3Ealert(1)%3C/script%3E",
    "template": "%7B%7B%20settings%20%7D%7D",
    "path": "../../etc/passwd",
    "SQL": "1'%20OR%20'1'='1",
    "emoji": "%F0%9F%A4%B7",
    "Arabic digit": "%D9%A3",
    "superscript": "%C2%B2",
    "number too large": "9" * 400,
    "negative": "-1",
    "zero": "0",
    "float": "1.5",
    "exponent": "1e9",
    "not a number": "NaN",
    "empty": "",
}
NAMES = ["page", "department", "kind", "article", "tag", "occasion", "year"]


@pytest.fixture
def client(client):
    """Show a fault as its status, as a browser sees it."""
    client.raise_request_exception = False
    return client


def is_no_fault(response):
    return response.status_code < 500


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_search_takes_any_words(client, value):
    for query in (
        f"q={value}",
        f"tag={value}",
        f"q=Haltung&page={value}",
        f"q={value}&tag={value}",
    ):
        assert is_no_fault(client.get(f"/suche/?{query}")), query


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
@pytest.mark.parametrize("address", LISTS)
def test_lists_take_any_page_and_filter(client, address, value):
    for name in NAMES:
        assert is_no_fault(client.get(f"{address}?{name}={value}")), name
    everything = "&".join(f"{name}={value}" for name in NAMES)
    assert is_no_fault(client.get(f"{address}?{everything}"))


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", ["abc", "-1", "99999", "0", "٣", "²", "1.0", " 1", "9" * 30])
def test_a_wrong_value_leaves_the_list_as_it_is(client, address, name, value):
    response = client.get(address, {name: value})
    assert response.status_code == 200
    assert response.context["listing"].total == 1
    assert response.context["listing"].pager.number == 1


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
@pytest.mark.parametrize("address", EVERYTHING.values(), ids=EVERYTHING.keys())
def test_every_address_takes_parameters_that_it_does_not_know(client, address, value):
    joint = "&" if "?" in address else "?"
    assert is_no_fault(client.get(f"{address}{joint}x={value}&{value}&{value}=1&nicht={value}"))


@pytest.mark.parametrize(
    "path",
    [
        "/%00/",
        "/impulse/%00/",
        "/%ED%A0%80/",
        "/%FF/",
        "/impulse/%FF%FE/",
        "/%E2%80%8B/",
        "/impulse/" + "a" * 3_000 + "/",
        "/" + "a/" * 500,
        "/" + "../" * 20 + "etc/passwd",
        "//",
        "///impulse///",
        "/impulse//ein-impuls/",
        "/impulse/feed/feed/",
        "/%2e%2e/",
        "/impulse/%0D%0A/",
        "/media/",
        "/media/%00",
        "/media/images/../../etc/passwd",
        "/media/images/" + "a" * 300,
        "/media/images/%FF",
        "/media/original_images/a.png",
        "/documents/1/a.pdf",
        "/documents/99999999999999999999/a.pdf",
        "/static/%00",
        "/static/../manage.py",
        "/_util/login/",
        "/_util/authenticate_with_password/1/1/",
        "/_util/authenticate_with_password/99999999999999999999/99999999999999999999/",
        "/en/",
        "/de-simple/impulse/",
        "/de/",
        "/xx/",
        "/sitemap.xml/",
        "/sitemap.xml?p=abc",
        "/sitemap.xml?p=9999",
        "/sitemap.xml?p=-1",
    ],
)
def test_any_path_finds_a_page_or_an_end(client, path):
    assert client.get(path).status_code in {200, 301, 302, 400, 404, 405, 414}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace", "head"])
@pytest.mark.parametrize("address", EVERYTHING.values(), ids=EVERYTHING.keys())
def test_wrong_methods_do_nothing(client, address, method):
    response = getattr(client, method)(address)
    assert is_no_fault(response)
    assert not response.cookies


#: All that anyone may read, files included.
READABLE = [*EVERYTHING.values(), "/media/images/a", "/documents/1/a.pdf"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
@pytest.mark.parametrize("address", READABLE)
def test_what_can_only_be_read_says_so(address, method):
    response = Client(enforce_csrf_checks=True).generic(method, address)
    assert response.status_code == 405
    assert set(response["Allow"].split(", ")) - {"OPTIONS"} == {"GET", "HEAD"}
    assert "kann man nur lesen" in response.content.decode()


@pytest.mark.parametrize("address", [PAGES["home"], PAGES["impulse"]])
def test_a_page_tells_which_methods_it_takes(client, address):
    response = client.options(address)
    assert (response.status_code, response["Allow"]) == (200, "GET, HEAD, OPTIONS")


def test_forms_still_ask_for_their_token():
    sender = Client(enforce_csrf_checks=True)
    for address in ("/_util/authenticate_with_password/1/1/", "/konto/anmelden/"):
        assert sender.post(address).status_code == 403


def test_an_unknown_host_is_one_line_in_the_log(client, caplog):
    assert client.get("/", HTTP_HOST="evil.example").status_code == 400
    records = [r for r in caplog.records if r.name == "django.security.DisallowedHost"]
    assert [(r.levelname, r.exc_info) for r in records] == [("WARNING", None)]
    assert not [r for r in caplog.records if r.levelname == "ERROR"]


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "localhost:99999",
        "localhost:abc",
        "local host",
        "[::1",
        "",
        ".",
        "a" * 300,
        "xn--",
        "ü.example",
    ],
)
@pytest.mark.parametrize("address", ["/", "/suche/?q=a", "/robots.txt", "/sitemap.xml", "/x/"])
def test_unknown_hosts_are_refused(client, address, host):
    response = client.get(address, HTTP_HOST=host)
    assert is_no_fault(response)
    assert host not in {"evil.example", "localhost.evil.example"} or response.status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ACCEPT_LANGUAGE": "x" * 10_000},
        {"HTTP_ACCEPT_LANGUAGE": "de;q=abc, \x00"},
        {"HTTP_COOKIE": "sessionid=" + "x" * 5_000},
        {"HTTP_COOKIE": "sessionid=\x00; csrftoken=; django_language=../../x"},
        {"HTTP_IF_NONE_MATCH": '"\x00'},
        {"HTTP_IF_MODIFIED_SINCE": "gestern"},
        {"HTTP_RANGE": "bytes=5-1"},
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
        {"HTTP_USER_AGENT": "\xff"},
        {"HTTP_ACCEPT": "image/*;q=zwei"},
        {"CONTENT_TYPE": "multipart/form-data; boundary="},
    ],
)
@pytest.mark.parametrize("address", EVERYTHING.values(), ids=EVERYTHING.keys())
def test_odd_headers_harm_nothing(client, address, headers):
    assert is_no_fault(client.get(address, **headers))


def test_a_forged_host_never_reaches_a_page(client):
    response = client.get("/", HTTP_X_FORWARDED_HOST="evil.example")
    assert b"evil.example" not in response.content


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "multipart/form-data"])
def test_a_broken_body_harms_nothing(client, content_type):
    for address in EVERYTHING.values():
        assert is_no_fault(client.post(address, b"\xff\x00{", content_type=content_type)), address


@pytest.mark.parametrize("value", ["%00", "%ED%A0%80", "%FF", "%C3"])
def test_what_is_no_text_is_answered_with_an_explanation(client, value):
    response = client.get(f"/suche/?q={value}")
    assert response.status_code == 400
    assert b'<a href="/">' in response.content
