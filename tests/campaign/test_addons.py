"""Wagtail and its add-ons speak German, with "Sie"; what they lack stands in our catalogues."""

from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.utils import translation
from django.utils.translation.trans_real import DjangoTranslation

from campaign import addons, messages

ADDONS = {
    config.name: Path(config.path)
    for config in apps.get_app_configs()
    if not Path(config.path).is_relative_to(settings.BASE_DIR) or ".venv" in config.path
}
#: Nobody sees these: Django's own admin, a REST framework's fields, a test.
UNSEEN = {
    *("Conflicting form data submitted. Please try again.", "Password-based authentication"),
    *("Password-based authentication was disabled.", "Set password", "Set password: %s"),
    "Whether the user will be able to authenticate using a password or not. If disabled, they may "
    "still be able to authenticate using other backends, such as Single Sign-On or LDAP.",
    "Raw passwords are not stored, so there is no way to see the user’s password.",
    "Enable password-based authentication for this user by setting a password.",
    *("Taggit", 'Expected a list of items but got type "{input_type}".'),
    "Invalid json list. A tag list submitted in string form must be valid json.",
    *("All list items must be of string type.", "Hello, world!", "<p>Hello, world!</p>", "Test"),
    "Connect, get help, or contribute",
}


def own_texts(folder, domain):
    """Return what an add-on has to translate: by its English catalogue, or else its code."""
    english = folder / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
    if english.exists():
        return {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(english))}
    if (folder / "locale" / "en").exists() or domain == "djangojs":
        return set()
    return {(text.context, text.singular) for text in messages.find_texts([folder], domain)}


def own_german(folder, domain):
    """Return an add-on's own German texts, by what they are for."""
    path = folder / "locale" / "de" / "LC_MESSAGES" / f"{domain}.mo"
    entries = polib.mofile(str(path)) if path.exists() else []
    return {(e.msgctxt, e.msgid): [e.msgstr, *e.msgstr_plural.values()] for e in entries}


def of_templates_that_are_ours():
    """Return the texts of allauth's templates, all of which are replaced, and of apps not used."""
    folder = ADDONS["allauth"]
    used = messages.find_texts([folder / app for app in ("account", "mfa", "socialaccount")])
    said = {text.singular for text in used}
    return {text for _context, text in own_german(folder, "django") if text not in said}


@pytest.fixture(scope="module", params=["django", "djangojs"])
def german(request):
    """All German texts as they are shown, of code and templates or of scripts."""
    catalogue = DjangoTranslation("de", domain=request.param)._catalog
    return request.param, {key: catalogue[key] for key in {*catalogue.keys()}}


def test_every_text_of_an_add_on_has_german(german):
    domain, shown = german
    known = {key[0] if isinstance(key, tuple) else key for key in shown}
    missing = {
        (name, text)
        for name, folder in ADDONS.items()
        if name not in {"wagtail", "allauth"} or domain == "djangojs"
        for context, text in own_texts(folder, domain)
        if text not in UNSEEN and (f"{context}\x04{text}" if context else text) not in known
    }
    assert not missing


def test_no_text_of_an_add_on_says_du(german):
    _domain, shown = german
    unseen = UNSEEN | of_templates_that_are_ours()
    said = {key: text for key, text in shown.items() if key not in unseen}
    assert {key: text for key, text in said.items() if messages.is_familiar(text)} == {}


@pytest.mark.parametrize(
    "text",
    [
        "Sortiere nach '%(label)s' in aufsteigender Reihenfolge.",
        "Verschiebe die Seite",
        "Bitte füge einen Text hinzu oder markiere das Bild.",
        "Die Datei fehlt. Öffne sie noch einmal und speichere sie.",
        "Stelle sicher, dass die Seite veröffentlicht ist.",
        "Schließe diese Seite",
        "Dein Konto",
    ],
)
def test_telling_one_person_what_to_do_is_found(text):
    assert messages.is_familiar(text)


@pytest.mark.parametrize(
    "text",
    [
        "Suche",
        "An dieser Stelle",
        "Halte und Wege",
        "Die Wende und die Versuche",
        "Unter der Lupe: Sperre, Kürze, Plane, Leere",
        "Sortieren Sie nach dem Titel, und öffnen Sie die Seite.",
        "Wer mag, zeige es: „Öffne die Tür“",
        "Die Lader, Zeiger und Verschieber",
    ],
)
def test_nouns_and_sie_are_not_taken_for_it(text):
    assert not messages.is_familiar(text)


@pytest.mark.parametrize("things", ["", "the order of child pages within '%(parent)s' "])
@pytest.mark.parametrize(("order", "german"), [("ascending", "auf"), ("descending", "ab")])
def test_heads_of_lists_say_how_to_sort(things, order, german):
    with translation.override("de"):
        text = translation.gettext(f"Sort {things}by '%(label)s' in {order} order.")
    assert text.endswith(f"ach „%(label)s“ {german}steigend sortieren")


@pytest.mark.parametrize("name", addons.MISSING)
def test_what_an_add_on_has_itself_by_now_need_not_stand_here(name):
    has = {text for _context, text in own_german(ADDONS[name], "django")}
    assert not has & {*addons.MISSING[name]}


@pytest.mark.parametrize(
    ("domain", "texts"), [("django", addons.REWORDED), ("djangojs", addons.IN_SCRIPTS)]
)
def test_what_add_ons_say_as_well_need_not_stand_here(domain, texts):
    _catalogue, ours = messages.read_catalogue(
        settings.LOCALE_PATHS[0] / "de" / "LC_MESSAGES" / f"{domain}.po"
    )
    theirs = [own_german(folder, domain) for folder in ADDONS.values()]
    for text in texts:
        worded = [said for one in theirs if (said := one.get((None, text)))]
        entry = ours[messages.Text(None, text, "")]
        assert any(said[0] != entry.msgstr for said in worded), text


def test_scripts_in_the_admin_get_our_german(client):
    response = client.get("/admin/jsi18n/")
    assert '"Change %s": "%s \\u00e4ndern"' in response.text
