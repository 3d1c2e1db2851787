"""Every text that the code has for the admin is marked, translated and says "Sie"."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.template.base import Lexer, TokenType
from django.test import RequestFactory
from django.utils import translation
from django.utils.functional import Promise
from wagtail import blocks
from wagtail.admin.menu import admin_menu, help_menu, reports_menu, settings_menu
from wagtail.admin.panels import get_edit_handler
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.fields import StreamField
from wagtail.models import Collection, Page, Task, Workflow, get_page_models
from wagtail.snippets.models import get_snippet_models

from campaign.messages import is_familiar
from tests.admin_texts import ALIKE, Reader

OWN = {"api", "home", "impulses", "postcards", "blog", "campaign"}
#: Arguments and attributes that people read.
READ = {
    *("verbose_name", "verbose_name_plural", "help_text", "label", "heading", "menu_label"),
    *("page_title", "page_subtitle", "empty_label", "short_description", "page_description"),
    *("choose_one_text", "choose_another_text", "add_item_label", "header_title", "default_title"),
}
#: What is called with a text that people read.
CALLED = {"ValidationError", "HelpPanel", "MenuItem", "success", "warning", "error", "info"}
GERMAN = re.compile(r"[äöüÄÖÜß„]|\b(der|die|das|und|nicht|wählen|Sie)\b")


# --- What is registered -------------------------------------------------------------------------


def own_models():
    return [model for model in apps.get_models() if model._meta.app_label in OWN]


def fields_people_see(model):
    """Return a model's own fields that are asked for; none where the model has named none."""
    wagtails = {field.name for field in Page._meta.get_fields()} if issubclass(model, Page) else {}
    fields = [
        field
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.editable
        and not (field.auto_created or field.primary_key)
        and field.name not in wagtails
        and not field.name.startswith("focal_point_")
    ]
    named = [field for field in fields if isinstance(field.verbose_name, Promise)]
    return [field for field in fields if type(field).__name__ != "ParentalKey"] if named else []


def texts_of_models():
    for model in own_models():
        label = model._meta.label
        yield f"{label}: name", model._meta.verbose_name
        yield f"{label}: plural", model._meta.verbose_name_plural
        yield f"{label}: description", getattr(model, "page_description", "")
        for name, _permission in model._meta.permissions:
            yield f"{label}: permission", name


def texts_of_fields():
    for model in own_models():
        for field in fields_people_see(model):
            place = f"{model._meta.label}.{field.name}"
            yield f"{place}: name", field.verbose_name
            yield f"{place}: help", field.help_text
            for key, text in getattr(field, "flatchoices", None) or ():
                yield f"{place}: choice {key}", text
            for validator in field.validators:
                yield f"{place}: validator", getattr(validator, "message", "")


def texts_of_blocks():
    streams = {
        f"{model._meta.label}.{field.name}": field.stream_block
        for model in own_models()
        for field in model._meta.fields
        if isinstance(field, StreamField)
    }
    for place, stream in streams.items():
        yield from texts_of_block(stream, place)


def texts_of_block(block, place):
    if not isinstance(block, blocks.BaseStreamBlock) or block.name:
        yield f"{place}: label", block.label
    for name in ("help_text", "group", "description", "label_format"):
        text = getattr(block.meta, name, None) or ""
        yield f"{place}: {name}", re.sub(r"\{\w+\}", "", text) if name == "label_format" else text
    if isinstance(block, blocks.ChoiceBlock):
        choices = block.field.choices
        yield from ((f"{place}: choice {key}", text) for key, text in choices if key)
    children = getattr(block, "child_blocks", {})
    if isinstance(block, blocks.ListBlock):
        children = {"item": block.child_block}
    for name, child in children.items():
        yield from texts_of_block(child, f"{place}.{name}")


def texts_of_panels():
    edited = {*get_page_models(), *get_snippet_models(), *settings_registry}
    for model in edited & {*own_models()}:
        viewset = getattr(model, "snippet_viewset", None)
        handler = viewset.get_edit_handler() if viewset else get_edit_handler(model)
        yield from texts_of_panel(handler, model._meta.label)


def texts_of_panel(panel, place):
    yield f"{place}: heading", panel.heading
    yield f"{place}: help", panel.help_text
    yield f"{place}: content", getattr(panel, "content", "")
    yield f"{place}: label", getattr(panel, "label", "")
    for index, child in enumerate(getattr(panel, "children", [])):
        yield from texts_of_panel(child, f"{place}.{index}")
    for child in getattr(getattr(panel, "child_edit_handler", None), "children", []):
        yield from texts_of_panel(child, f"{place}.each")


def texts_of_menus():
    request = RequestFactory().get("/admin/")
    request.user = User.objects.create_superuser("menus")
    for menu in (admin_menu, settings_menu, reports_menu, help_menu):
        for item in menu.menu_items_for_request(request):
            yield f"menu: {item.name}", item.label
    for model in {*get_snippet_models()} & {*own_models()}:
        viewset = model.snippet_viewset
        yield f"{model._meta.label}: menu", viewset.menu_label
        yield f"{model._meta.label}: plural", viewset.model_opts.verbose_name_plural
        view = viewset.index_view_class(**viewset.get_index_view_kwargs(), model=model)
        for column in view.columns[1:]:  # The first is the box to choose a row.
            yield f"{model._meta.label}: column {column.name}", column.label
        for name, one in getattr(viewset.filterset_class, "base_filters", {}).items():
            yield f"{model._meta.label}: filter {name}", one.label


WALKS = {
    "models": texts_of_models,
    "fields": texts_of_fields,
    "blocks": texts_of_blocks,
    "panels": texts_of_panels,
    "menus": texts_of_menus,
}


def said(text):
    """Return a text in English and in German."""
    versions = []
    for language in ("en", "de"):
        with translation.override(language):
            versions.append(str(text).strip())
    return versions


def faults(texts):
    """Yield what is wrong with texts, by their place."""
    for place, text in texts:
        english, german = said(text or "")
        if not re.search(r"[^\W\d_]{2}", english):
            continue
        if english == german and german not in ALIKE:
            yield place, f"not translated: {german}"
        if is_familiar(german):
            yield place, f"not “Sie”: {german}"
        if GERMAN.search(re.sub("“[^”]*”", "", english)):
            yield place, f"German in English: {english}"


@pytest.mark.django_db
@pytest.mark.parametrize("kind", WALKS)
def test_what_is_registered_is_in_german_with_sie_and_in_english(kind):
    texts = list(WALKS[kind]())
    assert len(texts) > 20
    assert dict(faults(texts)) == {}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Search me", "not translated: Search me"),
        (translation.gettext_lazy("No such text as this"), "not translated"),
        ("Wählen Sie", "German in English: Wählen Sie"),
        ("Gib etwas ein", "not “Sie”"),
    ],
)
def test_what_is_wrong_with_a_text_is_found(text, fault):
    assert fault in " ".join(found for _place, found in faults([("here", text)]))


# --- What stands in the code --------------------------------------------------------------------


def own_sources():
    """Return the code whose texts people of the admin may see."""
    for config in apps.get_app_configs():
        folder = Path(config.path)
        if config.label in OWN and folder.is_relative_to(settings.BASE_DIR):
            for path in folder.rglob("*.py"):
                if not {"migrations", "management"} & {*path.parts}:
                    yield path


def unmarked(source):
    """Yield the lines and texts of what people read and nobody marked for translation."""
    for node in ast.walk(ast.parse(source)):
        given = []
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            is_logged = getattr(getattr(node.func, "value", None), "id", "") in {"logger", "log"}
            if name in CALLED and not is_logged:
                given += node.args
            given += [keyword.value for keyword in node.keywords if keyword.arg in READ]
        elif isinstance(node, ast.Assign):
            names = {getattr(target, "id", "") for target in node.targets}
            given += [node.value] if names & READ else []
        for value in given:
            parts = value.values if isinstance(value, ast.JoinedStr) else [value]
            words = [part.value for part in parts if isinstance(part, ast.Constant)]
            text = " ".join(word for word in words if isinstance(word, str))
            if re.search(r"[^\W\d_]{2}", text):
                yield node.lineno, text


def test_every_text_in_the_code_is_marked():
    found = {
        f"{path.relative_to(settings.BASE_DIR)}:{line}": text
        for path in own_sources()
        for line, text in unmarked(path.read_text(encoding="utf-8"))
        if text not in ALIKE
    }
    assert found == {}


@pytest.mark.parametrize(
    "code",
    [
        "raise ValidationError({})",
        "raise ValidationError({}, code='wrong')",
        "messages.success(request, {})",
        "CharBlock(label={})",
        "class A:\n    menu_label = {}",
        "FieldPanel('title', heading={})",
    ],
)
def test_texts_that_are_not_marked_are_found(code):
    assert [text for _line, text in unmarked(code.format('"No way."'))] == ["No way."]
    assert [text for _line, text in unmarked(code.format('f"No {way} at all."'))]
    assert not list(unmarked(code.format('_("No way.")')))
    assert not list(unmarked(code.format('f"{name}: {text}"')))


# --- What stands in templates and scripts -------------------------------------------------------


def own_files(ending):
    """Return the templates or scripts of the project, without what was built."""
    folders = [Path(config.path) for config in apps.get_app_configs() if config.label in OWN]
    for folder in [*folders, settings.SITE_DIR / "templates", settings.SITE_DIR / "static"]:
        yield from folder.rglob(f"*.{ending}")


def unmarked_in_template(source):
    """Return the texts and labels of a template that stand outside of its tags."""
    kept, is_kept = [], True
    for token in Lexer(source).tokenize():
        word = token.contents.split()[:1]
        if token.token_type == TokenType.BLOCK and word[0] in WHOLE:
            is_kept = word[0].startswith("end")
        elif token.token_type == TokenType.TEXT and is_kept:
            kept.append(token.contents)
    texts = Reader(" ".join(kept)).texts
    return {text for text in texts if not re.fullmatch(r"[a-z]+-[a-z]+( [a-z]+-[a-z]+)*", text)}


def unmarked_in_script(source):
    """Return the texts of a script that look like sentences or German."""
    code = re.sub(r"(?m)//[^\n]*|/\*[\s\S]*?\*/|\b_?gettext\([^)]*\)", "", source)
    texts = re.findall(r"[\"'`]([^\"'`\n]+)[\"'`]", code)
    words = re.compile(r"[äöüÄÖÜß„]|^[A-ZÄÖÜ]\w+(?: [\w–]+)*[.…!?:]?$")
    return [text for text in texts if words.search(text) and not KEYS.fullmatch(text)]


WHOLE = {
    *("blocktranslate", "endblocktranslate", "blocktrans", "endblocktrans"),
    *("comment", "endcomment", "verbatim", "endverbatim"),
}


#: Keys of a keyboard and errors, as scripts call them.
KEYS = re.compile(r"Escape|Enter|Tab|Home|End|Page\w+|Arrow\w+|Backspace|Delete|\w+Error")
#: What is shown when nothing else works, translations included.
LAST_RESORT = "500.html"


def test_every_text_in_a_template_is_marked():
    found = {
        f"{path.relative_to(settings.BASE_DIR)}": texts
        for path in own_files("html")
        if path.name != LAST_RESORT
        and (texts := unmarked_in_template(path.read_text(encoding="utf-8")) - ALIKE)
    }
    assert found == {}


@pytest.mark.parametrize(
    ("template", "texts"),
    [
        ("<p>Hello</p>", {"Hello"}),
        ('<a title="Go on" href="/">{{ page }}</a>', {"Go on"}),
        ("{% if a %}Yes{% endif %}", {"Yes"}),
        ("<p>{% translate 'Hello' %}</p>", set()),
        ("<p>{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}</p>", set()),
        ("{# Hello #}{% comment %}Hello{% endcomment %}", set()),
    ],
)
def test_texts_in_templates_that_are_not_marked_are_found(template, texts):
    assert unmarked_in_template(template) == texts


def test_scripts_take_their_texts_from_the_page():
    found = {
        f"{path.relative_to(settings.BASE_DIR)}": texts
        for path in own_files("js")
        if (texts := unmarked_in_script(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize("text", ["Link kopiert.", "Schließen", "Kopiert – Ende"])
def test_texts_in_scripts_are_found(text):
    assert unmarked_in_script(f'status.textContent = "{text}";') == [text]
    assert not unmarked_in_script(f'status.textContent = gettext("{text}"); // "{text}"')


# --- What Wagtail has made ----------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Group, Collection, Workflow, Task, Page])
def test_what_wagtail_brings_along_has_a_german_name(model):
    names = {str(made) for made in model.objects.all()}
    assert names
    assert not names & {"Root", "Editors", "Moderators", "Moderators approval"}
