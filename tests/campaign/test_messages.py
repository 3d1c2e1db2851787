"""The texts to translate, and the catalogue's completeness."""

import polib
import pytest
from django.core.management import CommandError, call_command

from campaign import messages
from campaign.messages import Text


@pytest.fixture
def sources(tmp_path):
    """A folder with a text of every kind, in code and in a template."""
    (tmp_path / "models.py").write_text(
        "from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy\n"
        '_("A long " "text")\n'
        'ngettext("%(n)s card", "%(n)s cards", 2)\n'
        'pgettext_lazy("month", "May")\n'
    )
    (tmp_path / "page.html").write_text(
        "<p>\n    {% translate 'Hello' %}\n  <i>it's (odd</i>\n"
        "        {% blocktranslate count n=3 trimmed %}\n  one {{ x }}\n"
        "  {% plural %}\n many {{ x }}{% endblocktranslate %}\n"
        '{% include "a.html" with label=_("Label") %}{% translate "May" context "verb" %}</p>'
    )
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations" / "0001.py").write_text('_("not wanted")')
    return tmp_path


@pytest.fixture
def catalogue():
    """A catalogue with one good, one empty, one fuzzy and one unused entry."""
    file = polib.POFile()
    file.append(polib.POEntry(msgid="good", msgstr="gut"))
    file.append(polib.POEntry(msgid="empty"))
    file.append(polib.POEntry(msgid="fuzzy", msgstr="unklar", flags=["fuzzy"]))
    file.append(polib.POEntry(msgid="unused", msgstr="unbenutzt"))
    return file


def entries(file):
    return {Text(e.msgctxt, e.msgid, e.msgid_plural): e for e in file}


def test_every_kind_of_text_is_found(sources):
    assert messages.find_texts([sources]).keys() == {
        Text(None, "A long text", ""),
        Text(None, "%(n)s card", "%(n)s cards"),
        Text("month", "May", ""),
        Text(None, "Hello", ""),
        Text(None, "one %(x)s", "many %(x)s"),
        Text(None, "Label", ""),
        Text("verb", "May", ""),
    }


def test_place_of_a_text_is_its_line(sources):
    place = messages.find_texts([sources])[Text(None, "Hello", "")]
    assert place.endswith("page.html:2")


def test_every_fault_of_a_catalogue_is_named(catalogue):
    found = {Text(None, name, ""): "a.py:1" for name in ("good", "empty", "fuzzy", "missing")}
    assert messages.faults(found, entries(catalogue)) == [
        "missing: 'missing' (a.py:1)",
        "not translated: 'empty' (a.py:1)",
        "fuzzy: 'fuzzy'",
        "no longer used: 'unused'",
    ]


@pytest.mark.parametrize(
    ("msgid", "msgstr", "fault"),
    [
        ("%(count)s pages", "Seiten", "other placeholders"),
        ("{name} is gone", "{title} ist weg", "other placeholders"),
        ("%s left", "%d übrig", "other placeholders"),
        ("100% of it", "100 % davon", None),
        ("Back", "Zurück ", "other blanks"),
        ("With ", "Mit", "other blanks"),
        ("“Quoted”", '"Zitiert"', "„…“"),
        ("“Quoted”", "“Zitiert”", "„…“"),
        ("“Quoted”", "„Zitiert“", None),
        ("<a class='x' href=\"/\">Away</a>", "<a class='x' href=\"/\">Weg</a>", None),
        ("Wait…", "Bitte warten...", "…"),
        ("A  b", "Ein  B", "one blank"),
        ("A – b", "Ein - B", " – "),
        ("See Art. 5", "Siehe Art. 5", "no-break space"),
        ("See Art. 5", "Siehe Art.\u00a05", None),
        ("e.g. this", "z. B. dies", "no-break space"),
        ("e.g. this", "z.B. dies", "no-break space"),
        ("Choose a page", "Wähle eine Seite", "“Sie”"),
        ("Your page", "Deine Seite", "“Sie”"),
        ("Say “you”", "Schreiben Sie „du“", None),
    ],
)
def test_slips_of_a_translation_are_named(msgid, msgstr, fault):
    named = list(messages.slips(polib.POEntry(msgid=msgid, msgstr=msgstr)))
    assert [fault in name for name in named] == ([True] if fault else [])


@pytest.mark.parametrize(
    ("one", "many", "named"),
    [
        ("%(n)s Seite", "%(n)s Seiten", []),
        ("Eine Seite", "%(n)s Seiten", []),
        ("Eine Seite", "Viele Seiten", ["other placeholders"]),
        ("%(m)s Seite", "%(n)s Seiten", ["other placeholders"]),
    ],
)
def test_plural_forms_have_the_number(one, many, named):
    entry = polib.POEntry(
        msgid="%(n)s page", msgid_plural="%(n)s pages", msgstr_plural={0: one, 1: many}
    )
    assert list(messages.slips(entry)) == named


def test_translation_of_a_text_that_changed_a_little_is_offered_as_fuzzy(catalogue):
    catalogue[0].msgid = "The page is good."
    found = {Text(None, "The page is very good.", ""): "a.py:1"}
    messages.update(catalogue, found)
    assert [(entry.msgstr, entry.fuzzy) for entry in catalogue] == [("gut", True)]


def test_texts_in_scripts_are_found_for_their_own_catalogue(tmp_path):
    (tmp_path / "a.js").write_text("export const label = gettext('Close');\n")
    assert messages.find_texts([tmp_path]) == {}
    assert messages.find_texts([tmp_path], "djangojs").keys() == {Text(None, "Close", "")}


def test_update_adds_what_is_missing_and_removes_what_is_unused(catalogue):
    found = {Text(None, name, ""): "a.py:1" for name in ("good", "missing")}
    done = messages.update(catalogue, found)
    assert done == [
        "new: 'missing' (a.py:1)",
        *(f"removed: {name!r}" for name in ("empty", "fuzzy", "unused")),
    ]
    assert [(entry.msgid, entry.msgstr) for entry in catalogue] == [
        ("good", "gut"),
        ("missing", ""),
    ]


def test_german_catalogue_is_complete(capsys):
    call_command("check_translations")
    assert "all translated" in capsys.readouterr().out


def test_incomplete_catalogue_fails_with_what_to_do(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    (tmp_path / "locale" / "de" / "LC_MESSAGES").mkdir(parents=True)
    po = tmp_path / "locale" / "de" / "LC_MESSAGES" / "django.po"
    for path in (po, po.with_name("djangojs.po")):
        polib.POFile().save(str(path))
    with pytest.raises(CommandError, match="python3 run"):
        call_command("check_translations")
    with pytest.raises(CommandError, match="not translated"):
        call_command("check_translations", "--update")
    assert len(polib.pofile(str(po))) > 50


def test_only_newer_catalogues_are_compiled(settings, tmp_path, capsys):
    settings.LOCALE_PATHS = [tmp_path]
    po = polib.POFile()
    po.append(polib.POEntry(msgid="Hello", msgstr="Grüß Gott"))
    (tmp_path / "de").mkdir()
    po.save(str(tmp_path / "de" / "django.po"))
    call_command("compile_translations")
    call_command("compile_translations")
    assert capsys.readouterr().out.splitlines() == [
        "Translations: 1 of 1 files compiled.",
        "Translations: 0 of 1 files compiled.",
    ]
    assert polib.mofile(str(tmp_path / "de" / "django.mo"))[0].msgstr == "Grüß Gott"
