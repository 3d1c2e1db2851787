"""Videos: what is taken, what is refused, who needs captions, where sign language is listed."""

import struct
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Locale, Page, Site
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home.lookups import lookups
from home.models import PageVideo, SignLanguagePage, StandardPage, Video
from home.search import find_hits, searched_pages
from home.videos import check_captions, read_video
from tests import factories, hiding
from tests.sample import video

pytestmark = pytest.mark.usefixtures("standing_tree")

FILMS = Path(__file__).resolve().parents[2] / "site/demo/films"
WEBM = (FILMS / "beispielfilm.webm").read_bytes()
CAPTIONS = (FILMS / "beispielfilm.vtt").read_bytes()


def box(name, *content):
    """Return a part of an MP4 file."""
    data = b"".join(content)
    return struct.pack(">I4s", 8 + len(data), name) + data


def track(kind, codec):
    media = box(
        b"mdia",
        box(b"hdlr", bytes(8), kind, bytes(12)),
        box(b"minf", box(b"stbl", box(b"stsd", bytes(7), b"\1", box(codec, bytes(70))))),
    )
    return box(b"trak", box(b"tkhd", bytes(76), struct.pack(">II", 1280 << 16, 720 << 16)), media)


def mp4(*tracks, scale=1000, length=65_400):
    """Return a small MP4 file."""
    header = box(b"mvhd", bytes(12), struct.pack(">II", scale, length), bytes(80))
    movie = box(b"moov", header, *tracks)
    return box(b"ftyp", b"isom", bytes(4)) + box(b"mdat", bytes(64)) + movie


H264, SOUND = track(b"vide", b"avc1"), track(b"soun", b"mp4a")


# --- Files --------------------------------------------------------------------------------------


def test_a_webm_tells_what_it_is():
    facts = read_video(BytesIO(WEBM))
    assert (facts.media_type, facts.seconds) == ("video/webm", 12)
    assert (facts.width, facts.height, facts.codec) == (640, 360, b"V_VP9")


def endless(data):
    """Return a WebM whose length no number holds: each factor is one, their product is not."""
    scale, length = data.index(b"\x2a\xd7\xb1\x83"), data.index(b"\x44\x89\x88")
    data = bytearray(data)
    data[scale + 4 : scale + 7] = b"\xff\xff\xff"
    data[length + 3 : length + 11] = struct.pack(">d", 1e308)
    return bytes(data)


def test_a_length_beyond_all_numbers_is_unknown(tell):
    assert tell(file=("film.webm", endless(WEBM))) == {}
    assert Video.objects.get().length == ""


@pytest.mark.parametrize("tracks", [[H264], [SOUND, H264]], ids=["without sound", "with sound"])
def test_an_mp4_tells_what_it_is(tracks):
    facts = read_video(BytesIO(mp4(*tracks)))
    assert (facts.media_type, facts.seconds) == ("video/mp4", 65.4)
    assert (facts.width, facts.height, facts.codec) == (1280, 720, b"avc1")


REFUSED = {
    "nothing": (b"", "beschädigt"),
    "a text": (b"Kein Film, nur ein Text, der lang genug ist.", "weder"),
    "a picture": ((FILMS / "beispielfilm.png").read_bytes(), "weder"),
    "half a WebM": (WEBM[: len(WEBM) // 2], "beschädigt"),
    "half an MP4": (mp4(H264)[:-30], "beschädigt"),
    "an MP4 without a movie": (box(b"ftyp", b"isom", bytes(4)), "beschädigt"),
    "an MP4 without a time": (mp4(H264, scale=0), "beschädigt"),
    "a part that is larger than the file": (mp4(H264) + b"\xff\xff\xff\xffmoov", "beschädigt"),
    "more parts than a film has": (mp4(H264) + 30_000 * box(b"free"), "beschädigt"),
    "sound alone": (mp4(SOUND), "keine bewegten Bilder"),
    "H.265": (mp4(track(b"vide", b"hvc1")), "hvc1"),
    "Matroska": (WEBM.replace(b"webm", b"mkv3", 1), "weder"),
}


@pytest.mark.parametrize(("data", "word"), REFUSED.values(), ids=REFUSED.keys())
def test_what_no_browser_plays_is_refused_with_a_word(data, word):
    with pytest.raises(ValidationError) as caught:
        read_video(BytesIO(data))
    assert word in caught.value.messages[0]


@given(st.data())
def test_a_broken_file_is_refused_and_never_fails(data):
    whole = bytearray(data.draw(st.sampled_from([WEBM[:700], mp4(SOUND, H264)])))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=6)):
        whole[place] = data.draw(st.integers(0, 255))
    try:
        read_video(BytesIO(bytes(whole)))
    except ValidationError as error:
        assert error.messages[0]


# --- Captions -----------------------------------------------------------------------------------


def cue(times, text="Hallo"):
    return f"WEBVTT\n\n{times}\n{text}\n".encode()


TAKEN = {
    "the demo's": CAPTIONS,
    "with hours": cue("100:00:00.000 --> 100:00:01.000"),
    "with settings": cue("00:00.000 --> 00:01.000 line:0 align:start"),
    "with a name": b"WEBVTT - Film\n\nErster\n00:00.000 --> 00:01.000\nHallo\n",
    "with notes and styles": b"WEBVTT\n\nNOTE So --> so\n\nSTYLE\n::cue {}\n\n" + CAPTIONS[8:],
    "with a byte order mark": b"\xef\xbb\xbf" + CAPTIONS,
    "from Windows": CAPTIONS.replace(b"\n", b"\r\n"),
    "without a last line break": CAPTIONS.rstrip(),
}


@pytest.mark.parametrize("data", TAKEN.values(), ids=TAKEN.keys())
def test_captions_are_taken(data):
    check_captions(data)


FAULTS = {
    "nothing": (b"", "WEBVTT"),
    "a text": (b"Hallo", "WEBVTT"),
    "SubRip": (b"1\n00:00:00,000 --> 00:00:01,000\nHallo\n", "WEBVTT"),
    "SubRip's times": (cue("00:00:00,000 --> 00:00:01,000"), "Zeile 3"),
    "no caption": (b"WEBVTT\n\nNOTE Nichts\n", "kein Untertitel"),
    "no time": (b"WEBVTT\n\nHallo\nWelt\n", "Zeile 3"),
    "61 seconds": (cue("00:61.000 --> 01:02.000"), "Zeile 3"),
    "ends before it begins": (cue("00:02.000 --> 00:01.000"), "Zeile 3"),
    "ends when it begins": (cue("00:02.000 --> 00:02.000"), "Zeile 3"),
    "no words": (cue("00:00.000 --> 00:01.000", ""), "Zeile 3"),
    "out of order": (cue("00:05.000 --> 00:06.000") + CAPTIONS[7:], "Reihenfolge"),
    "Latin 1": (cue("00:00.000 --> 00:01.000", "Größe").decode().encode("latin-1"), "UTF-8"),
    "a null byte": (cue("00:00.000 --> 00:01.000", "Hal\0lo"), "WEBVTT"),
}


@pytest.mark.parametrize(("data", "word"), FAULTS.values(), ids=FAULTS.keys())
def test_faulty_captions_are_refused_with_the_place(data, word):
    with pytest.raises(ValidationError) as caught:
        check_captions(data)
    assert word in caught.value.messages[0]


@given(st.binary(max_size=200))
def test_captions_of_any_bytes_never_fail(data):
    for whole in (data, b"WEBVTT\n\n" + data):
        try:
            check_captions(whole)
        except ValidationError as error:
            assert error.messages[0]


# --- In the admin -------------------------------------------------------------------------------

ADD = "/admin/snippets/home/video/add/"
CHOOSE = "/admin/snippets/choose/home/video/"


def form(file=("film.webm", WEBM), captions=("film.vtt", CAPTIONS), **values):
    """Return what an editor sends."""
    files = {"file": file, "captions": captions}
    sent = {name: SimpleUploadedFile(*value) for name, value in files.items() if value}
    return {"title": "Willkommen", "language": "gsg"} | sent | values


@pytest.fixture
def tell(admin_client):
    """Return a function that uploads a video, and returns the form's errors."""

    def upload(**values):
        response = admin_client.post(ADD, form(**values))
        return {} if response.status_code == 302 else response.context["form"].errors

    return upload


def test_an_uploaded_video_knows_what_it_is(tell):
    assert tell() == {}
    found = Video.objects.get()
    assert (found.media_type, found.size, found.length) == ("video/webm", len(WEBM), "0:12")
    assert not found.silent
    assert found.file.name.startswith("videos/")
    assert found.captions.name.endswith("-film.vtt")


REFUSALS = {
    "no file": ({"file": None}, "file", ""),
    "another type": ({"file": ("film.avi", WEBM)}, "file", "avi"),
    "another type's name": ({"file": ("film.mp4", WEBM)}, "file", "WEBM"),
    "a broken file": ({"file": ("film.webm", WEBM[:2000])}, "file", "beschädigt"),
    "an empty file": ({"file": ("film.webm", b"")}, "file", ""),
    "no captions": (
        {"file": ("film.mp4", mp4(SOUND, H264)), "captions": None},
        "captions",
        "keine Untertitel",
    ),
    "faulty captions": ({"captions": ("film.vtt", b"Hallo")}, "captions", "WEBVTT"),
    "captions of another type": ({"captions": ("film.srt", CAPTIONS)}, "captions", "srt"),
    "huge captions": (
        {"captions": ("film.vtt", CAPTIONS + b"\n" * 1024 * 1024)},
        "captions",
        "1 MB",
    ),
    "no title": ({"title": ""}, "title", ""),
    "an unknown language": ({"language": "xx"}, "language", ""),
}


@pytest.mark.parametrize(("values", "field", "word"), REFUSALS.values(), ids=REFUSALS.keys())
def test_what_does_not_fit_is_refused_at_its_field(tell, values, field, word):
    errors = tell(**values)
    assert list(errors) == [field]
    assert word in errors[field][0]
    assert not Video.objects.exists()


def test_a_file_may_be_as_large_as_the_setting_says(tell, settings):
    settings.VIDEOS_MAX_UPLOAD_SIZE = len(WEBM) - 1
    assert "zu groß" in tell()["file"][0]
    settings.VIDEOS_MAX_UPLOAD_SIZE = len(WEBM)
    assert tell() == {}


def test_only_a_video_that_is_said_to_be_silent_needs_no_captions(tell):
    """A file without a track of sound may still hold speech: as signs."""
    silent = {"file": ("film.mp4", mp4(H264)), "captions": None}
    assert list(tell(**silent)) == ["captions"]
    assert tell(**silent, silent="on") == {}


def test_a_video_can_be_uploaded_where_it_is_chosen(admin_client):
    assert admin_client.get(CHOOSE).status_code == 200
    sent = {f"video-chooser-create-{name}": value for name, value in form().items()}
    answer = admin_client.post(f"{CHOOSE}create/", form() | sent)
    assert answer.status_code == 200
    assert Video.objects.count() == 1


@pytest.mark.parametrize("role", ["Redaktion", None])
def test_editors_manage_videos_and_nobody_else(client, django_user_model, role):
    from django.contrib.auth.models import Group, Permission

    from home.roles import create_roles

    create_roles()
    user = django_user_model.objects.create_user("mara", password="sesam")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    if role:
        user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    client.post(ADD, form())
    assert Video.objects.exists() == bool(role)


# --- Files come and go --------------------------------------------------------------------------


def test_a_replaced_file_has_another_address_and_the_old_one_is_gone(
    db, django_capture_on_commit_callbacks
):
    shown = factories.VideoFactory()
    old, storage = shown.captions.name, shown.captions.storage
    found = Video.objects.get(pk=shown.pk)
    with django_capture_on_commit_callbacks(execute=True):
        found.captions = ContentFile(CAPTIONS, "film.vtt")
        found.save()
    assert found.captions.name != old
    assert not storage.exists(old)
    assert storage.exists(found.captions.name)
    assert storage.exists(found.file.name)


def test_a_deleted_video_takes_its_files_with_it(db, django_capture_on_commit_callbacks):
    shown = factories.VideoFactory()
    names, storage = (shown.file.name, shown.captions.name), shown.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        shown.delete()
    assert not [name for name in names if storage.exists(name)]


@pytest.mark.parametrize(
    ("seconds", "length"),
    [(0, ""), (5, "0:05"), (65, "1:05"), (3600, "1:00:00"), (7325, "2:02:05")],
)
def test_a_videos_length_is_written_as_on_a_clock(seconds, length):
    assert Video(seconds=seconds).length == length


# --- On a page ----------------------------------------------------------------------------------


@pytest.fixture
def film(db):
    return factories.VideoFactory(title="Willkommen")


def at(home, *blocks, **values):
    return factories.StandardPageFactory(parent=home, body=list(blocks), **values)


def test_a_video_says_what_it_is_and_waits_for_a_click(home, client, film):
    page = at(home, video(film))
    html = client.get(page.url).content.decode()
    assert '<video class="video__player" controls preload="none"' in html
    assert 'lang="gsg"' in html
    assert f'<source src="{film.file.url}" type="video/webm">' in html
    track = (
        f'<track kind="captions" src="{film.captions.url}" srclang="de" label="Deutsch" default>'
    )
    assert track in html
    assert "Deutsche Gebärdensprache (DGS), 1:05&nbsp;Minuten" in html
    assert "<p>Guten Tag.</p>" in html.partition("<details")[2]
    assert "autoplay" not in html
    assert "<iframe" not in html


@pytest.mark.parametrize(
    ("language", "captions"),
    [("gsg", "de"), ("de", "de"), ("de-simple", "de-simple"), ("en", "en")],
)
def test_captions_are_written_in_a_language_that_is_written(language, captions):
    assert Video(language=language).captions_language == captions


@pytest.mark.parametrize("gone", ["video", "file"])
def test_a_page_stands_without_a_video_that_is_gone(home, client, film, gone):
    page = at(home, video(film), {"type": "text", "value": "<p>Danach.</p>"})
    if gone == "video":
        film.delete()
    else:
        film.file.storage.delete(film.file.name)
    response = client.get(page.url)
    assert response.status_code == 200
    assert "Danach." in response.content.decode()
    assert client.get(f"/api/v1/pages/{page.pk}").status_code == 200


def test_the_search_finds_a_video_by_its_transcript_and_title(home, film):
    page = at(home, video(film) | {"value": video(film)["value"] | {"transcript": "<p>Kürbis</p>"}})
    for words in ("Kürbis", "Willkommen"):
        assert page.pk in find_hits(words, searched_pages())


@pytest.mark.parametrize("action", ["publish", "draft"])
@pytest.mark.parametrize("lacks", ["captions", "transcript"])
def test_without_captions_or_transcript_a_page_is_saved_but_not_published(
    admin_client, home, lacks, action
):
    film = factories.VideoFactory(**({"captions": ""} if lacks == "captions" else {}))
    transcript = "" if lacks == "transcript" else "<p>Guten Tag.</p>"
    value = {"video": film.pk, "title": "", "poster": "", "transcript": rich_text(transcript)}
    data = nested_form_data(
        {
            "title": "Film",
            "slug": "film",
            "introduction": "",
            "body": streamfield([("video", value)]),
            "article_links": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            "licence": "cc0",
            "ai_use": "none",
        }
    )
    if action == "publish":
        data["action-publish"] = "1"
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])
    response = admin_client.post(address, data)
    page = StandardPage.objects.filter(slug="film").first()
    if action == "draft":
        assert page
        assert not page.live
    else:
        assert page is None
        assert list(response.context["form"].errors) == ["body"]


@pytest.mark.parametrize("below", [False, True], ids=["chosen", "below a chosen one"])
@pytest.mark.parametrize(
    ("lacks", "published"),
    [("captions", False), ("transcript", False), ("own_task", False), (None, True)],
)
def test_many_pages_are_published_at_once_only_if_none_lacks_something(
    admin_client, home, tree, lacks, published, below
):
    shown = video(factories.VideoFactory(**({"captions": ""} if lacks == "captions" else {})))
    if lacks == "transcript":
        shown["value"]["transcript"] = ""
    parent, factory = tree.blog, factories.GuestPostPageFactory
    if lacks == "own_task":
        parent, factory = tree.impulses, factories.ImpulsePageFactory
    draft = factory(parent=parent, title="Mit Film", live=False)
    draft.body = [shown]
    draft.own_task = ""
    draft.save_revision(clean=False)
    other = at(home, title="Ganz", live=False)
    chosen = [parent, other] if below else [draft, other]
    query = "&".join(f"id={page.pk}" for page in chosen)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    sent = {"include_descendants": "on"} if below else {}
    response = admin_client.post(f"{address}?{query}&next=/admin/", sent, follow=True)
    assert response.status_code == 200
    assert ("Mit Film" in str(next(iter(response.context["messages"])))) != published
    assert {Page.objects.get(pk=page.pk).live for page in (draft, other)} == {published}


# --- The page of sign language ------------------------------------------------------------------


@pytest.fixture
def overview(home):
    return factories.SignLanguagePageFactory(parent=home)


def titles(client, address="/dgs/"):
    response = client.get(address)
    return [item.title for item in response.context["items"]]


def test_all_pages_with_sign_language_are_listed_the_newest_first(tree, client, film, overview):
    spoken = factories.VideoFactory(language="de")
    at(tree.home, video(film), title="Seite")
    at(tree.home, video(spoken), title="Nur gesprochen")
    at(tree.home, title="Ohne")
    factories.ImpulsePageFactory(
        parent=tree.impulses, title="Impuls", body=[video(spoken), video(film), video(film)]
    )
    assert titles(client) == ["Impuls", "Seite"]
    html = client.get("/dgs/").content.decode()
    assert html.count("Willkommen") == 2
    api = client.get(f"/api/v1/pages/{overview.pk}").json()
    assert [page["title"] for page in api["signed_pages"]] == ["Impuls", "Seite"]


def test_what_a_draft_holds_is_not_listed_and_a_live_page_stays(client, home, film, overview):
    page = at(home, video(film), title="Mit Film")
    page.body = []
    page.save_revision()
    other = at(home, title="Noch ohne")
    other.body = [video(film)]
    other.save_revision()
    assert titles(client) == ["Mit Film"]
    page.save_revision().publish()
    other.save_revision().publish()
    assert titles(client) == ["Noch ohne"]


def test_a_film_that_changes_its_language_changes_the_list(client, home, film, overview):
    at(home, video(film), title="Mit Film")
    film.language = "de"
    film.save()
    assert titles(client) == []
    assert "Es gibt noch keine Videos" in client.get("/dgs/").content.decode()


def test_a_page_that_holds_the_only_video_itself_says_so(client, home, film):
    factories.SignLanguagePageFactory(parent=home, body=[video(film)])
    assert (
        "Bisher ist das Video auf dieser Seite das einzige." in client.get("/dgs/").content.decode()
    )


@pytest.mark.parametrize("page", ["0", "-1", "2", "999999999999", "abc", "٣", ""])
def test_a_long_list_is_divided_and_takes_any_page_number(
    client, home, film, overview, monkeypatch, page
):
    monkeypatch.setattr("home.models.sign_language.PER_PAGE", 2)
    for number in range(3):
        at(home, video(film), title=f"Nummer {number}")
    response = client.get("/dgs/", {"page": page})
    assert response.status_code == 200
    assert len(response.context["items"]) == (1 if page in {"2", "999999999999"} else 2)


def test_the_number_of_listed_pages_costs_no_query(client, home, film, overview):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for more in (1, 9):
        for _page in range(more):
            at(home, video(film), video(factories.VideoFactory()))
        client.get("/dgs/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/dgs/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_there_is_one_page_of_sign_language_for_each_home_page(home, overview):
    assert not SignLanguagePage.can_create_at(Page.objects.get(pk=home.pk))
    assert not SignLanguagePage.can_create_at(overview)


# --- The link in the header ---------------------------------------------------------------------

LINK = '<a class="services__link" href="/dgs/">'


def header(client, address="/"):
    return client.get(address).content.decode().partition("</header>")[0]


def test_the_header_leads_there_only_while_there_is_something(client, home, film):
    assert "services__link" not in header(client)
    overview = factories.SignLanguagePageFactory(parent=home)
    assert LINK not in header(client)
    page = at(home, video(film), slug="film")
    for address in ("/", "/film/", "/dgs/", "/suche/", "/nirgendwo/"):
        assert LINK in header(client, address)
    link = header(client).partition(LINK)[2].partition("</a>")[0]
    assert "<svg" in link
    assert "Deutsche Gebärdensprache" in link
    page.unpublish()
    assert LINK not in header(client)
    page.save_revision().publish()
    overview.unpublish()
    assert "services__link" not in header(client)


@pytest.mark.parametrize("state", hiding.HIDDEN)
def test_a_hidden_page_with_a_video_is_not_something(client, tree, film, overview, state):
    page = factories.ImpulsePageFactory(parent=tree.impulses, body=[video(film)])
    assert LINK in header(client)
    hiding.HIDDEN[state](page)
    assert LINK not in header(client)
    assert client.get("/api/v1/site").json()["legal"]["sign_language"] is None


def test_the_link_follows_when_a_page_is_cached(client, home, film, overview, settings):
    settings.PAGE_CACHE_SECONDS = 300
    assert LINK not in header(client)
    page = at(home, video(film))
    assert LINK in header(client)
    page.body = []
    page.save_revision().publish()
    assert LINK not in header(client)


@pytest.fixture
def english(home):
    """Return the English home page."""
    locale = Locale.objects.get_or_create(language_code="en")[0]
    front = home.copy_for_translation(locale)
    front.slug, front.claim = "start-en", "Stand up"
    front.save_revision().publish()
    Site.clear_site_root_paths_cache()
    return front


def test_each_language_has_its_own_list(client, home, english, film, overview):
    at(home, video(film), title="Deutsch")
    to_german = f'{LINK[:-1]} hreflang="de">'
    assert to_german in header(client, "/en/")  # while there is no other
    factories.SignLanguagePageFactory(parent=english, locale=english.locale, slug="dgs")
    assert to_german in header(client, "/en/")
    at(english, video(film), title="English", locale=english.locale)
    assert 'class="services__link" href="/en/dgs/"' in header(client, "/en/")
    assert LINK in header(client)
    assert titles(client) == ["Deutsch"]
    assert titles(client, "/en/dgs/") == ["English"]


def test_one_query_finds_the_link(home, film, overview, django_assert_num_queries):
    from home.models import find_sign_language_page

    at(home, video(film))
    site = Site.objects.select_related("root_page").get()
    Site.get_site_root_paths()
    with lookups(), django_assert_num_queries(2):  # hidden branches, the page
        assert find_sign_language_page(site).pk == overview.pk


def test_copies_and_deleted_pages_are_counted_right(client, home, film, overview):
    page = at(home, video(film), title="Mit Film")
    copied = page.copy(update_attrs={"slug": "kopie", "title": "Kopie"})
    assert set(titles(client)) == {"Mit Film", "Kopie"}
    copied.delete()
    assert titles(client) == ["Mit Film"]
    assert PageVideo.objects.count() == 1
