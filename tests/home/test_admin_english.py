"""English is a language of the admin, for those who choose it; the website stays as it is."""

import pytest
from django.contrib.auth.models import User
from django.utils import translation
from wagtail.snippets.widgets import AdminSnippetChooser

from home.models import Department
from tests.admin_texts import Reader, in_language
from tests.sample import PAGES, build_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    """Someone who has chosen English in the account's settings."""
    user = User.objects.create_superuser("mara")
    client.force_login(user)
    form = client.get("/admin/account/")
    fields = Reader(form.text).hidden | {
        "locale-preferred_language": "en",
        "locale-current_time_zone": "Europe/Berlin",
        "name_email-first_name": "Mara",
        "name_email-last_name": "Beispiel",
        "name_email-email": "mara@stadt.example",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    assert client.post("/admin/account/", fields).status_code == 302
    return user


def test_admin_is_in_the_language_that_its_editor_chose(client, editor):
    assert 'lang="en"' in client.get("/admin/").text
    in_language(editor, "de")
    assert 'lang="de"' in client.get("/admin/").text


@pytest.mark.parametrize("address", [PAGES["home"], PAGES["search for a word"], "/nirgendwo/"])
def test_website_stays_german_for_editors_who_chose_english(client, editor, address):
    build_campaign()
    client.get("/admin/")
    response = client.get(address, headers={"accept-language": "en"})
    assert '<html lang="de"' in response.text
    assert "Zum Inhalt" in response.text


@pytest.mark.parametrize("address", ["/admin/nirgendwo/", "/admin/pages/99999/edit/"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_what_the_admin_has_not_is_told_in_its_editors_language(client, editor, address, language):
    in_language(editor, language)
    response = client.get(address)
    assert response.status_code == 404
    assert f'<html lang="{language}"' in response.text
    assert response["Content-Language"] == language


def test_choosers_are_translated_when_they_are_read():
    with translation.override("en"):
        chooser = AdminSnippetChooser(Department)
        own = AdminSnippetChooser(Department, choose_one_text="Who?")
    assert chooser.choose_one_text == "Dezernat auswählen"
    assert own.choose_one_text == "Who?"
    with translation.override("en"):
        assert chooser.link_to_chosen_text == "Edit this department"
