"""Answers travel well: revalidated, compressed, tagged, throttled, without original pictures."""

import datetime as dt
import gzip
import io
import json

import brotli
import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.models import Page, Site

from api.schemas import Problem
from home.models import CampaignImage
from tests.api.conftest import API

pytestmark = pytest.mark.django_db
POST = "/resolve?path=/blog/ein-gastbeitrag/"


def test_the_tag_stays_until_content_changes(api, rich):
    before = api.get("/pages")["ETag"]
    assert before.startswith('"')
    assert api.get("/pages")["ETag"] == before
    rich[3].save_revision().publish()
    assert api.get("/pages")["ETag"] != before


def test_the_tag_changes_when_a_page_expires(api, rich):
    soon = timezone.now() + dt.timedelta(hours=1)
    Page.objects.filter(pk=rich[0].pk).update(expire_at=soon)
    before = api.get("/pages")["ETag"]
    Page.objects.filter(pk=rich[0].pk).update(expire_at=timezone.now() - dt.timedelta(hours=1))
    assert api.get("/pages")["ETag"] != before


def test_caches_answer_no_longer_than_until_the_next_page_expires(api, rich):
    soon = timezone.now() + dt.timedelta(seconds=30)
    Page.objects.filter(pk=rich[0].pk).update(expire_at=soon)
    header = api.get("/pages")["Cache-Control"]
    assert "public" in header
    assert "stale-while-revalidate=" in header
    age = int(header.partition("max-age=")[2].partition(",")[0])
    assert 0 <= age <= 30


def test_what_has_not_changed_is_not_sent_again(api, rich):
    first = api.get(POST)
    again = api.get(POST, **{"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]


@pytest.mark.parametrize(
    ("accepted", "encoding", "decode"),
    [
        ("br, gzip", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_compressed_answers_say_the_same(api, rich, accepted, encoding, decode):
    plain = api.get(POST)
    packed = api.get(POST, **{"accept-encoding": accepted})
    assert packed.get("Content-Encoding") == encoding
    assert decode(packed.content) == plain.content
    assert packed["Content-Length"] == str(len(packed.content))
    assert "Accept-Encoding" in packed["Vary"]
    assert (packed["ETag"] == plain["ETag"]) == (encoding is None)


def test_tags_name_what_an_answer_was_made_from(api, rich):
    post = rich[3]
    tags = set(api.get(POST)["Cache-Tag"].split(","))
    assert {f"page-{post.pk}", "guest_post", f"image-{post.title_image_id}"} <= tags
    assert "pages" in api.get("/pages")["Cache-Tag"].split(",")
    assert len(api.get("/pages?limit=100")["Cache-Tag"]) <= 4000


def test_an_answer_is_the_same_for_every_reader(api, rich):
    german, english = (api.get("/pages", **{"accept-language": one}) for one in ("de", "en"))
    assert german.content == english.content
    assert not german.cookies


def test_who_asks_too_often_is_told_when_to_come_again(api, rich, settings):
    settings.API_THROTTLE_RATE = "2/min"
    statuses = [api.get("/site").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = api.get("/site")
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused["Cache-Control"] == "no-store"
    assert Problem.model_validate_json(refused.content).status == 429
    other = Client(headers={"host": "localhost"}, REMOTE_ADDR="192.0.2.7")
    assert other.get(f"{API}/site").status_code == 200


def test_the_limit_can_be_lifted(api, rich, settings):
    settings.API_THROTTLE_RATE = ""
    assert {api.get("/articles").status_code for _ in range(5)} == {200}


def test_a_host_of_no_site_reads_the_default_one(rich, settings):
    settings.ALLOWED_HOSTS = ["*"]
    response = Client(headers={"host": "anderswo.example"}).get(f"{API}/site")
    assert json.loads(response.content)["url"] == "http://localhost"


def test_without_a_site_nothing_is_there(api, rich):
    with transaction.atomic():
        Site.objects.all().delete()
        assert api.get("/site").status_code == 404
        assert api.get("/pages").status_code == 404


# --- Pictures -----------------------------------------------------------------------------------


def local(url):
    return url.removeprefix("http://localhost")


@pytest.fixture
def picture(api, rich):
    """Return a picture as the API describes it."""
    return api.json(POST)["page"]["title_image"]


def test_every_source_is_a_picture_of_its_size_and_type(api, picture):
    formats = {"image/avif": "AVIF", "image/webp": "WEBP", "image/jpeg": "JPEG"}
    assert {source["media_type"] for source in picture["sources"]} == formats.keys()
    for source in picture["sources"]:
        response = api.client.get(local(source["url"]))
        assert response.status_code == 200
        assert response["Content-Type"] == source["media_type"]
        assert "immutable" in response["Cache-Control"]
        image = Image.open(io.BytesIO(response.getvalue()))
        assert image.size == (source["width"], source["height"])
        assert image.format == formats[source["media_type"]]
        assert not image.getexif()


def test_no_other_size_is_to_be_had_and_never_the_original(api, picture):
    url = local(picture["sources"][0]["url"])
    for forged in (
        url.replace("width-", "width-1"),
        url.replace(url.split("/")[6], "original"),
        url.replace("/images/", "/images/x"),
    ):
        assert forged != url
        assert api.client.get(forged).status_code in {403, 404}


def test_a_missing_file_is_no_fault_of_the_reader(api, picture):
    image = CampaignImage.objects.get(pk=picture["id"])
    image.file.storage.delete(image.file.name)
    image.renditions.all().delete()
    for source in picture["sources"]:
        assert api.client.get(local(source["url"])).status_code in {404, 410}
    assert api.get(POST).status_code == 200
