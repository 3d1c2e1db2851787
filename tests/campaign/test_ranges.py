"""Video files are sent in the parts that a browser asks for, and run nothing."""

import pytest

from tests import factories


@pytest.fixture
def film(db):
    """Return a video of ten bytes."""
    from django.core.files.base import ContentFile

    return factories.VideoFactory(file=ContentFile(b"0123456789", "film.webm"), size=10)


RANGES = {
    "first bytes": ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
    "from the middle": ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
    "last bytes": ("bytes=-3", 206, b"789", "bytes 7-9/10"),
    "more than there is": ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
    "the last byte": ("bytes=9-9", 206, b"9", "bytes 9-9/10"),
    "more from the end than there is": ("bytes=-99", 206, b"0123456789", "bytes 0-9/10"),
    "behind the end": ("bytes=10-", 416, b"", "bytes */10"),
    "no bytes from the end": ("bytes=-0", 416, b"", "bytes */10"),
    "none": ("", 200, b"0123456789", None),
    "two parts": ("bytes=0-1,3-4", 200, b"0123456789", None),
    "backwards": ("bytes=5-2", 200, b"0123456789", None),
    "another unit": ("items=0-1", 200, b"0123456789", None),
    "nonsense": ("bytes=a-b", 200, b"0123456789", None),
    "other digits": ("bytes=٣-", 200, b"0123456789", None),
    "a number without end": (f"bytes={'9' * 400}-", 200, b"0123456789", None),
}


@pytest.mark.parametrize(("asked", "status", "body", "told"), RANGES.values(), ids=RANGES.keys())
def test_a_part_of_a_file_is_sent(client, film, asked, status, body, told):
    response = client.get(film.file.url, headers={"range": asked} if asked else {})
    assert response.status_code == status
    assert b"".join(response) == body
    assert response.get("Content-Range") == told
    assert response["Accept-Ranges"] == "bytes"
    if status != 416:
        assert response["Content-Length"] == str(len(body))
    response.close()


def test_a_part_of_what_has_changed_is_the_whole(client, film):
    whole = client.get(film.file.url)
    whole.close()
    for since, status in ((whole["Last-Modified"], 206), ("Mon, 01 Jan 2001 00:00:00 GMT", 200)):
        headers = {"range": "bytes=0-1", "if-range": since}
        response = client.get(film.file.url, headers=headers)
        assert response.status_code == status
        response.close()


@pytest.mark.parametrize("asked", [{}, {"range": "bytes=0-1"}])
def test_a_file_says_what_it_is_and_runs_nothing(client, film, asked):
    for file, kind in ((film.file, "video/webm"), (film.captions, "text/vtt")):
        response = client.get(file.url, headers=asked)
        assert response["Content-Type"].partition(";")[0] == kind
        assert "sandbox" in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"
        response.close()


def test_pages_may_play_what_the_own_host_has(client, home):
    policy = client.get("/")["Content-Security-Policy"]
    assert "media-src 'self';" in policy
    assert "frame-src" not in policy


def test_a_front_end_of_another_host_may_read_captions_if_it_may_ask_the_api(
    client, film, settings
):
    settings.CORS_ALLOWED_ORIGINS = ["https://front.example"]
    for origin, allowed in (("https://front.example", True), ("https://other.example", False)):
        response = client.get(film.captions.url, headers={"origin": origin})
        assert ("Access-Control-Allow-Origin" in response) == allowed
        response.close()
