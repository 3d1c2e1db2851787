"""A city's settings: an accent colour that can be read, pages only where they are public."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Site

from campaign.views import accent_css
from home.colors import INK, MINIMUM_CONTRAST, PAPER, contrast
from home.models import CampaignSettings
from home.models.settings import validate_accent


@pytest.mark.parametrize("color", ["#c8321f", "#000000", "#22265e", "#C8321F"])
def test_accents_that_can_be_read_are_taken(color):
    validate_accent(color)


@pytest.mark.parametrize("color", ["#ffffff", "#ffcc00", "#999999", PAPER])
def test_accents_that_are_too_light_are_refused_with_their_contrast(color):
    with pytest.raises(ValidationError) as caught:
        validate_accent(color)
    assert f"{contrast(color, PAPER):.1f}" in str(caught.value.message).replace(",", ".")


@pytest.mark.parametrize("color", ["", "red", "#fff", "#12345g", "javascript", "#c8321f;}"])
def test_accents_that_are_no_colour_are_refused(color):
    with pytest.raises(ValidationError):
        validate_accent(color)


def test_the_settings_form_checks_the_accent(db):
    campaign = CampaignSettings(site=Site.objects.get(), accent_color="#ffff00")
    with pytest.raises(ValidationError) as caught:
        campaign.full_clean()
    assert set(caught.value.message_dict) == {"accent_color"}


@pytest.mark.parametrize("color", ["#c8321f", "#ffff00", "#000000"])
def test_the_style_sheet_is_readable_in_light_and_dark(color):
    css = accent_css(color)
    light, dark = (css.split("--accent:")[place][:7] for place in (1, 2))
    assert contrast(light, PAPER) >= MINIMUM_CONTRAST
    assert contrast(dark, INK) >= MINIMUM_CONTRAST


@pytest.mark.parametrize("color", ["", "}body{display:none", "#fff"])
def test_nothing_but_a_colour_reaches_the_style_sheet(color):
    assert accent_css(color) == ""


def test_the_style_sheet_is_served_and_kept(client, db):
    response = client.get("/kampagne.css")
    assert response["Content-Type"].startswith("text/css")
    again = client.get("/kampagne.css", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
