"""The command that compiles every template."""

import pytest
from django.core.management import CommandError, call_command


def test_all_templates_compile(capsys):
    call_command("check_templates")
    assert "templates compile" in capsys.readouterr().out


def test_every_broken_template_is_named(settings, tmp_path):
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "broken.html").write_text("{% if %}")
    (folder / "open.html").write_text("{% for a in b %}")
    settings.SITE_DIR = tmp_path
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [folder]}]
    with pytest.raises(CommandError, match=r"(?s)broken\.html.*open\.html"):
        call_command("check_templates")
