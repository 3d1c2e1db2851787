"""Loads the demo campaign: makes what is missing and leaves alone what is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Revision, Site

from blog.models import Author
from demo import account, empty_home, stories
from demo.dates import last_of_month, shift_month
from demo.documents import pdf
from demo.fields import Filler
from demo.ledger import Ledger, UnknownReferenceError
from demo.pictures import draw
from demo.reading import Content, ContentError, Table, read_content
from demo.references import References
from home.models import CampaignSettings, Department, RotaEntry, Video
from home.roles import DEPARTMENT_EDITORS
from postcards.tasks import paused

FILMS = Path(__file__).parent / "films"
CREDIT = "Gestaltung: Stadtgrafik Musterstadt"
HOME = "seite:start"
FORMER_ROOT = "website:startseite"
NEW_SITE = "website:neu"
EMPTY_HOME = "website:leere-startseite"
SETTINGS = "einstellungen"
# What editors work on; an account and a site are no content.
CONTENT = ("bild:", "datei:", "film:", "dezernat:", "person:", "seite:", "schlagwort:", SETTINGS)
USER = f"konto:{account.USERNAME}"

Report = Callable[[str], None]


class Loader:
    """One run of `manage.py demo`."""

    def __init__(self, report: Report, content: Content | None = None) -> None:
        """Read the content and what earlier runs made; `report` gets a line per step."""
        self._report = report
        self._content = content or read_content()
        self._ledger = Ledger()
        self._today = timezone.localdate()
        self._references = References(self._ledger)
        self._filler = Filler(self._references, self._today)
        self._known_tags = set(Tag.objects.values_list("pk", flat=True))

    def load(self) -> None:
        """Make everything that is missing, in an order in which each thing finds what it needs.

        The cards' files are made when they are asked for, or by `render_cards`.
        """
        with paused():
            self._load()

    def _load(self) -> None:
        self._load_people()
        self._load_kind(_("Pictures"), "bild", self._content.images, self._make_image)
        self._load_kind(_("Documents"), "datei", self._content.documents, self._make_document)
        self._load_kind(_("Videos"), "film", self._content.videos, self._make_video)
        self._load_kind(
            _("Departments"), "dezernat", self._content.departments, self._make_department
        )
        self._place_people()
        self._load_kind(_("Authors"), "person", self._content.authors, self._make_author)
        self._load_pages()
        self._load_site()
        self._load_settings()
        self._load_stories()
        self._ledger.remember_states(CONTENT)

    # --- single kinds ---------------------------------------------------------------------------

    def _load_kind(
        self, label: str, kind: str, tables: list[Table], make: Callable[[Table], models.Model]
    ) -> None:
        """Make what is missing of one kind and report how many that were."""
        missing = [t for t in tables if f"{kind}:{t['key']}" not in self._ledger]
        for number, table in enumerate(missing, 1):
            key = f"{kind}:{table['key']}"
            try:
                made = make(table)
            except (ContentError, UnknownReferenceError, ValidationError, KeyError) as error:
                raise ContentError(f"{key}: {error}") from error
            if not self._ledger.is_adopted(key):
                self._ledger.record(key, made)
            if number % 10 == 0 and number < len(missing):
                self._report(
                    _("%(label)s: %(done)d of %(total)d …")
                    % {"label": label, "done": number, "total": len(missing)}
                )
        self._report(
            _("%(label)s: %(new)d new, %(old)d already there")
            % {"label": label, "new": len(missing), "old": len(tables) - len(missing)}
        )

    def _make_image(self, table: Table) -> models.Model:
        if "file" in table:
            data = (FILMS / table["file"]).read_bytes()
        else:
            data = draw(table["motif"], table["color"], table["seed"], table["size"])
        image = get_image_model()(
            title=table["title"],
            description=table["description"],
            credit=CREDIT,
            shows_people=table.get("shows_people", False),
            consent_reference=table.get("consent_reference", ""),
            uploaded_by_user=self._owner,
            file=ContentFile(data, name=f"demo-{table['key']}.png"),
        )
        image.full_clean()
        image.save()
        image.get_file_size()
        image.get_file_hash()
        return cast(models.Model, image)

    def _make_document(self, table: Table) -> models.Model:
        data = pdf(table["title"], table["paragraphs"])
        document = get_document_model()(
            title=table["title"],
            uploaded_by_user=self._owner,
            file=ContentFile(data, name=table["filename"]),
        )
        document.full_clean()
        document.save()
        document.get_file_size()
        document.get_file_hash()
        return cast(models.Model, document)

    def _make_video(self, table: Table) -> models.Model:
        """Make a video from the files that come with the demo (films/README.md)."""
        files = {name: FILMS / table[name] for name in ("file", "captions")}
        video = Video(
            title=table["title"],
            language=table["language"],
            **{name: ContentFile(path.read_bytes(), path.name) for name, path in files.items()},
        )
        video.full_clean()
        video.save()
        return video

    def _make_department(self, table: Table) -> models.Model:
        """Make a department with its months; one that the city already has is used as it is."""
        values = dict(table)
        key, rota = values.pop("key"), values.pop("rota", [])
        names = models.Q(slug=values["slug"]) | models.Q(name=values["name"])
        existing = Department.objects.filter(
            names | models.Q(short_name=values["short_name"])
        ).first()
        if existing is not None:
            self._ledger.adopt(f"dezernat:{key}", existing)
            return existing
        department = Department()
        self._filler.fill(department, values)
        department.rota_entries = [self._rota_entry(entry) for entry in rota]
        department.full_clean()
        department.save()
        return department

    def _rota_entry(self, entry: dict[str, int]) -> RotaEntry:
        start = shift_month(self._today, entry["from"])
        end = last_of_month(shift_month(start, entry["months"] - 1))
        return RotaEntry(start=start, end=end)

    def _make_author(self, table: Table) -> models.Model:
        author = Author()
        self._filler.fill(author, {k: v for k, v in table.items() if k != "key"})
        author.full_clean()
        author.save()
        return author

    def _load_people(self) -> None:
        """Make the accounts that are missing; one that the city already has stays as it is."""
        for table in self._content.people:
            name, key = table["key"], f"konto:{table['key']}"
            existing = account.find_user(name)
            if existing is None:
                self._ledger.record(key, account.create_user(table))
                self._report(_("Demo account “%(name)s” created") % {"name": name})
            elif key not in self._ledger:
                self._ledger.adopt(key, existing)
                self._report(_("An account “%(name)s” exists; it stays as it is") % {"name": name})

    def _place_people(self) -> None:
        """Let the demo's own colleagues check the stories of their departments."""
        for table in self._content.people:
            key, department = f"konto:{table['key']}", table.get("department")
            if department and not self._ledger.is_adopted(key):
                cast(Any, self._ledger[key]).edited_departments.add(
                    cast(Department, self._ledger[f"dezernat:{department}"])
                )

    @property
    def _owner(self) -> Any:
        """Return the demo's own editor, or nobody: a real person made none of this."""
        return None if self._ledger.is_adopted(USER) else self._ledger[USER]

    # --- pages ----------------------------------------------------------------------------------

    def _load_pages(self) -> None:
        """Place all missing pages first, as drafts: their texts link to each other in circles."""
        self._load_kind(_("Pages placed"), "seite", self._content.pages, self._place_page)
        # Without a revision a page was placed but not published, by this run or one cut short.
        missing = [
            t for t in self._content.pages if self._page(t["key"]).latest_revision_id is None
        ]
        for number, table in enumerate(missing, 1):
            try:
                self._publish_page(table)
            except (ContentError, UnknownReferenceError, ValidationError) as error:
                raise ContentError(f"seite:{table['key']}: {error}") from error
            finally:
                self._record_tags()
            if number % 10 == 0 or number == len(missing):
                self._report(
                    _("Pages published: %(done)d of %(total)d")
                    % {"done": number, "total": len(missing)}
                )

    def _page(self, key: str) -> Page:
        return cast(Page, self._ledger[f"seite:{key}"])

    def _place_page(self, table: Table) -> Page:
        original = table.get("translates")
        if not table["parent"] and not original and (empty := empty_home.find()):
            self._ledger.record(EMPTY_HOME, empty)
            return empty
        model = apps.get_model(table["type"])
        page = cast(Page, model(live=False, owner=self._owner))
        self._filler.fill_plain(page, table)
        if original:
            page.locale = self._locale(table["language"])
            page.translation_key = self._page(original).translation_key
        if table["parent"]:
            parent = self._page(table["parent"])
            # Its number of children changed since it was fetched.
            parent.refresh_from_db()
        else:
            parent = cast(Page, Page.get_first_root_node())
            page.slug = self._free_slug(parent, page.slug)
        parent.add_child(instance=page)
        return page

    def _locale(self, code: str) -> Locale:
        """Return a language; the demo makes those that the installation lacks."""
        key = f"sprache:{code}"
        if key not in self._ledger:
            locale, is_new = Locale.objects.get_or_create(language_code=code)
            (self._ledger.record if is_new else self._ledger.adopt)(key, locale)
        return cast(Locale, self._ledger[key])

    @staticmethod
    def _free_slug(parent: Page, slug: str) -> str:
        """Return the slug, or the slug with "-demo" where the city's own home page has it."""
        return f"{slug}-demo" if parent.get_children().filter(slug=slug).exists() else slug

    def _publish_page(self, table: Table) -> None:
        page = self._page(table["key"]).specific
        slug = page.slug
        self._filler.fill(page, table)
        page.slug = slug
        page.first_published_at = self._published_at(table["age"])
        page.save(clean=False)
        revision = page.save_revision(user=self._owner, log_action=False)
        # Without a user: the demo may publish, whatever its editor is allowed to do.
        revision.publish(log_action=False)
        # Publishing happens now; what readers and editors see is the campaign's own calendar.
        moment = page.first_published_at
        Revision.objects.filter(pk=revision.pk).update(created_at=moment)
        Page.objects.filter(pk=page.pk).update(
            last_published_at=moment, latest_revision_created_at=moment
        )

    def _record_tags(self) -> None:
        """Record the tags that a page brought along; the library makes them on the way."""
        for tag in Tag.objects.exclude(pk__in=self._known_tags):
            self._ledger.record(f"schlagwort:{tag.slug}", tag)
            self._known_tags.add(tag.pk)

    def _published_at(self, age: int) -> dt.datetime:
        """Return nine o'clock, `age` days ago; never a moment that is still to come."""
        morning = dt.datetime.combine(self._today - dt.timedelta(days=age), dt.time(9))
        return min(timezone.make_aware(morning), timezone.now())

    def _load_stories(self) -> None:
        """Hand in the stories that wait, unless the roles or the accounts for it are missing."""
        if not self._content.stories:
            return
        people = [f"konto:{table['key']}" for table in self._content.people]
        if not roles_exist() or any(map(self._ledger.is_adopted, people)):
            self._report(_("Stories in moderation: left out; they need the roles and own accounts"))
            return
        missing = [
            table
            for table in self._content.stories
            if f"beitrag:{table['key']}" not in self._ledger
        ]
        for table in missing:
            submission = stories.hand_in(table, self._ledger)
            self._ledger.record(f"beitrag:{table['key']}", submission)
        self._report(
            _("Stories in moderation: %(new)d new, %(old)d already there")
            % {"new": len(missing), "old": len(self._content.stories) - len(missing)}
        )

    # --- the site -------------------------------------------------------------------------------

    def _load_site(self) -> None:
        """Make the demo's home page the site's first page, once; remember the one it replaces.

        The empty home page of a new installation is filled instead, and is the first page already.
        """
        home = cast(Page, self._ledger[HOME])
        if {FORMER_ROOT, NEW_SITE, EMPTY_HOME} & self._ledger.keys():
            return
        site = Site.objects.filter(is_default_site=True).first()
        if site is None:
            site = Site.objects.create(hostname="localhost", is_default_site=True, root_page=home)
            self._ledger.record(NEW_SITE, site)
        elif site.root_page_id != home.pk:
            self._ledger.record(FORMER_ROOT, site.root_page)
            site.root_page = home
            site.save()
        self._report(_("The site now starts with “%(title)s”") % {"title": home.title})

    def _load_settings(self) -> None:
        """Fill the campaign's settings, unless somebody has already done so."""
        site = Site.objects.get(is_default_site=True)
        if SETTINGS in self._ledger:
            return
        existing = CampaignSettings.objects.filter(site=site).first()
        if existing is not None and not _is_pristine(existing):
            self._report(_("The campaign's settings exist; they stay as they are"))
            return
        campaign = existing or CampaignSettings(site=site)
        self._filler.fill(campaign, self._content.settings)
        campaign.full_clean()
        campaign.save()
        self._ledger.record(SETTINGS, campaign)
        self._report(_("Campaign settings filled"))


def roles_exist() -> bool:
    """Tell whether `manage.py roles` has run."""
    return Group.objects.filter(name=DEPARTMENT_EDITORS).exists()


def _is_pristine(campaign: models.Model) -> bool:
    """Tell whether settings hold nothing but defaults: Wagtail makes such a row when it reads."""
    fresh = type(campaign)()
    return all(
        field.get_prep_value(getattr(campaign, field.attname))
        == field.get_prep_value(getattr(fresh, field.attname))
        for field in campaign._meta.concrete_fields
        if field.name not in {"id", "site"}
    )
