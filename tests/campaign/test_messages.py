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


def test_update_adds_what_is_missing_and_removes_what_is_unused(catalogue):
    found = {Text(None, name, ""): "a.py:1" for name in ("good", "missing")}
    messages.update(catalogue, found)
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
    polib.POFile().save(str(po))
    with pytest.raises(CommandError, match="--update"):
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
