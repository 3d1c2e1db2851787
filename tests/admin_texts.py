"""What the admin says: every kind of page that can be reached in it, read in two languages."""

import json
import re
import zoneinfo
from dataclasses import dataclass
from html.parser import HTMLParser
from unittest import mock

from django.apps import apps
from django.core.paginator import Paginator
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.urls import Resolver404, resolve
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.blocks import BlockWidget, StreamValue
from wagtail.models import Page
from wagtail.users.models import UserProfile

LANGUAGES = ("de", "en")
#: Words that are the same in both languages.
ALIKE = {
    "A4",
    "Admin",
    "Administrator",
    "Alias",
    "App",
    "April",
    "August",
    "CMYK",
    "Dashboard",
    "Deutsch",
    "Download",
    "English",
    "FOGRA39",
    "Grundgesetz",
    "Haltung",
    "Hostname",
    "Import",
    "Layout",
    "Leichte Sprache",
    "Link",
    "Links",
    "Logo",
    "Logos",
    "Material",
    "Maximum",
    "Minimum",
    "Moderation",
    "Name",
    "November",
    "Organisation",
    "PDF",
    "Permanent",
    "Person",
    "Petrol",
    "Port",
    "September",
    "Standard",
    "Status",
    "Status:",
    "System",
    "Text",
    "URL",
    "Video",
    "ZIP",
    "Videos",
    "Webhook",
    "Webhooks",
    "Wiener Sachtextformel",
    "Workflow",
    "Workflows",
    "Workshop",
    "In Moderation",
    "(optional)",
    "https://…",
}
#: Attributes that people see or hear.
SPOKEN = {"alt", "aria-description", "aria-label", "placeholder", "title"}
#: What scripts call by name: classes, events, patterns, addresses, types, keys.
MACHINE = re.compile(
    r"w-.*|https?:.*|.*->.*|[A-Z]:[a-z]|X-\w+|\w+\[\w+\]|[\w.-]*[_\d\\^$|/#]\S*|\[[^\]]*\].*"
    r"|[a-z][\w.-]*|[A-Z_-]{4,}|(?:[A-Z][a-z]+){2,}|d\.m\.Y.*"
)
#: What the admin writes around the names of things.
AROUND = re.compile(r"^(↳|Root »|Allgemein »)\s*|\s- Wagtail$")
TIME_ZONES = zoneinfo.available_timezones()
#: Tables whose rows no editor has written.
BROUGHT_ALONG = {"auth.Permission", "contenttypes.ContentType"}
#: Leaves the admin, or shows the site inside of it.
LEFT_OUT = re.compile("logout|preview|view_draft|/api/")


class Reader(HTMLParser):
    """Reads a page's texts and links, also those inside of the data that its scripts take."""

    def __init__(self, html=""):
        super().__init__()
        self.texts, self.links, self.hidden, self._raw = set(), set(), {}, ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Take what the element shows, and where it leads."""
        given = {name: value for name, value in attrs if value}
        if tag in {"script", "style"}:
            self._raw = given.get("type", tag)
        is_button = tag == "input" and given.get("type") in {"submit", "button"}
        for name, value in given.items():
            if name in SPOKEN or (name == "value" and is_button):
                self._add(value)
            elif name in {"href", "data-url"}:
                self.links.add(value)
            elif value[0] in "[{":
                self._add_json(value)
        if tag == "input" and given.get("type") == "hidden" and "name" in given:
            self.hidden[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag):
        """Leave scripts and styles."""
        if tag in {"script", "style"}:
            self._raw = ""

    def handle_data(self, data):
        """Take a text."""
        if not self._raw:
            self._add(data)
        elif "json" in self._raw:
            self._add_json(data)

    def add(self, value):
        """Take the texts and addresses in a script's data."""
        if isinstance(value, dict | list):
            for item in value.values() if isinstance(value, dict) else value:
                self.add(item)
        elif isinstance(value, str) and re.search(r"<\w", value):
            inner = Reader(value)
            self.texts |= inner.texts
            self.links |= inner.links
        elif isinstance(value, str) and value.startswith("/"):
            self.links.add(value)
        elif isinstance(value, str) and not MACHINE.fullmatch(value.strip()):
            self._add(value)

    def _add(self, text):
        # A permission's name is the names of an app, of a kind of things and of what to do.
        for part in " ".join(text.split()).split(" | "):
            bare = AROUND.sub("", part)
            if re.search(r"[^\W\d_]{2}", bare) and bare not in TIME_ZONES:
                self.texts.add(bare)

    def _add_json(self, data):
        try:
            self.add(json.loads(data))
        except ValueError:
            return


@dataclass
class View:
    """A page of the admin: how it answered, and its texts by language."""

    address: str
    status: int
    texts: dict[str, set[str]]


def in_language(user, code):
    """Let the user choose a language for the admin."""
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": code})


def kind_of(address):
    """Return what makes an address one of its kind: the view, and the type of page it is for."""
    match = resolve(address)
    values = [*match.args, *match.kwargs.values()]
    words = tuple(str(value) for value in values if not str(value).isdecimal())
    key = next((value for value in values if str(value).isdecimal()), None)
    page = Page.objects.filter(pk=key).first() if "pages" in address and key else None
    return match.view_name, words, page and page.specific_class


def query_for(address):
    """Return the things that an action on many is for: one of them."""
    match = resolve(address)
    if match.view_name != "wagtail_bulk_action":
        return ""
    model = apps.get_model(match.kwargs["app_label"], match.kwargs["model_name"])
    return f"?id={model._default_manager.latest('pk').pk}&next=/admin/"


def blank(response):
    """Return what a form sends that nobody has filled in; None where there is no form to add."""
    form = (response.context or {}).get("form")
    if form is None or not re.search("add|new|create", response.request["PATH_INFO"]):
        return None
    sent = Reader(response.content.decode()).hidden
    for name, field in form.fields.items():
        if isinstance(field.widget, BlockWidget):
            sent[f"{name}-count"] = 0
        elif isinstance(field.widget, DraftailRichTextArea):
            sent[name] = "null"
    return sent


def read(response):
    """Return the reader of an answer, be it a page or the data of a dialog."""
    reader = Reader()
    if "json" in response["Content-Type"]:
        reader.add(response.json())
    elif "html" in response["Content-Type"]:
        reader.feed(response.content.decode())
    return reader


def in_pages(client, address):
    """Return a list's answer as if it had no room for more than one thing."""
    counted = Paginator.count.func
    several = property(lambda paginator: max(2, counted(paginator)))
    one = property(lambda _paginator: 1, lambda _paginator, _number: None)
    with (
        mock.patch.object(Paginator, "count", several),
        mock.patch.object(Paginator, "per_page", one, create=True),
    ):
        return client.get(address)


def visit(client, user, address):
    """Return the view at an address, also of what its form answers when nothing was filled in."""
    view, links = View(address, 0, {}), set()
    whole = f"{address}{query_for(address)}"
    for code in LANGUAGES:
        in_language(user, code)
        answers = [client.get(whole)]
        if answers[0].status_code in {301, 302}:
            return view, {answers[0]["Location"]}
        if "paginator" in (answers[0].context or {}):
            answers.append(in_pages(client, whole))
        if (sent := blank(answers[0])) is not None:
            answers.append(client.post(whole, sent))
        view.status = max(view.status, *(answer.status_code for answer in answers))
        readers = [read(answer) for answer in answers]
        view.texts[code] = set().union(*(reader.texts for reader in readers))
        links |= readers[0].links
    return view, links


def crawl(client, user, start="/admin/"):
    """Yield a view of every kind that links and addresses in scripts lead to."""
    waiting, known = [start], set()
    while waiting:
        address = re.split("[?#]", waiting.pop(0))[0]
        try:
            kind = kind_of(address)
        except Resolver404:
            continue
        if not address.startswith("/admin/") or kind in known or LEFT_OUT.search(address):
            continue
        known.add(kind)
        view, links = visit(client, user, address)
        waiting += sorted(links)
        yield view


def content():
    """Return what editors have written: every text in the database, whole and in its parts."""
    reader, written = Reader(), set()
    for model in apps.get_models():
        if model._meta.label in BROUGHT_ALONG:
            continue
        for instance in model._default_manager.all():
            values = [getattr(instance, one.attname) for one in model._meta.concrete_fields]
            written |= {
                str(v) for v in [instance, *values] if isinstance(v, str | Model | FieldFile)
            }
            reader.add([list(v.raw_data) if isinstance(v, StreamValue) else v for v in values])
    return reader.texts | reader.links | written
