"""A video plays in a browser: after a click only, with captions, from any place."""

import pytest
from playwright.sync_api import Page, expect

LISTED, SHOWN = "/gebaerdensprache/", "/ueber/"


@pytest.fixture
def film(campaign, page: Page):
    """Return the demo's film on its page, and all that the browser has asked for."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(campaign.address(SHOWN), wait_until="networkidle")
    return page.locator("video"), asked


def of_video(asked):
    return [url for url in asked if "/media/videos/" in url and not url.endswith(".vtt")]


def test_a_video_is_loaded_when_somebody_starts_it(film):
    video, asked = film
    assert of_video(asked) == []
    video.evaluate("async video => { video.muted = true; await video.play() }")
    assert of_video(asked)
    assert video.evaluate("video => [video.videoWidth, video.videoHeight]") == [640, 360]
    assert video.evaluate("video => Math.round(video.duration)") == 12


def test_its_captions_are_shown_in_their_language(film):
    video, _asked = film
    track = video.evaluate_handle("video => video.textTracks[0]")
    assert track.evaluate("track => [track.kind, track.language, track.mode]") == [
        "captions",
        "de",
        "showing",
    ]
    video.evaluate("video => { video.preload = 'auto' }")
    video.page.wait_for_function("track => track.cues?.length === 3", arg=track)


def test_somebody_can_go_to_any_place_in_it(film):
    video, _asked = film
    place = video.evaluate(
        """async video => {
            const seeked = new Promise((done) => video.addEventListener("seeked", done));
            video.muted = true;
            await video.play();
            video.currentTime = 10;
            await seeked;
            return video.currentTime;
        }"""
    )
    assert place >= 10


def test_its_transcript_opens_with_the_keyboard(film):
    video, _asked = film
    transcript = video.page.locator(".video__transcript")
    words = transcript.get_by_text("Eine gezeichnete Figur winkt")
    expect(words).to_be_hidden()
    transcript.locator("summary").focus()
    video.page.keyboard.press("Enter")
    expect(words).to_be_visible()


def test_the_header_leads_to_the_list_and_the_list_to_the_video(campaign, page: Page):
    page.goto(campaign.url)
    page.locator("header").get_by_role("link", name="Deutsche Gebärdensprache").click()
    expect(page).to_have_url(campaign.address(LISTED))
    page.locator(".signed .card a").first.click()
    expect(page).to_have_url(campaign.address(SHOWN))
    expect(page.locator("video[lang=gsg]")).to_have_count(1)
