"""Takes the demo campaign away: what it made, and nothing that others changed or build upon."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, ProtectedError, RestrictedError
from django.utils.translation import gettext as _
from taggit.models import Tag
from wagtail.models import ModelLogEntry, Page, PageLogEntry, ReferenceIndex, Site

from demo import account, empty_home
from demo.loader import EMPTY_HOME, FORMER_ROOT, HOME, NEW_SITE, SETTINGS
from demo.models import DemoObject
from demo.state import state_of
from home.search_index import forget_words
from impulses.sharing import submitting
from postcards.models import CardCode

Report = Callable[[str], None]

# Whatever uses something goes before what it uses; pages go on their own, deepest first.
_AFTER_PAGES = (
    "person:",
    "dezernat:",
    "bild:",
    "datei:",
    "film:",
    "schlagwort:",
    "sprache:",
)


class Remover:
    """One run of `manage.py demo --remove`."""

    def __init__(self, report: Report, *, keep_changed: bool = True) -> None:
        """Keep where to report; every line names what was kept and why.

        `keep_changed` spares what an editor has changed since it was made.
        """
        self._report = report
        self._keep_changed = keep_changed
        self._changed: set[str] = set()
        self._removed = 0
        self._kept = 0

    def remove(self) -> None:
        """Remove what the demo made; what is kept stays recorded, so that a later run can go on."""
        self._forget_missing()
        if self._keep_changed:
            self._changed = set(_changed_keys())
        self._remove_stories()
        may_remove_home = self._restore_site()
        if settings := self._find(SETTINGS):
            self._delete(SETTINGS, settings)
        self._remove_pages(may_remove_home)
        self._remove_site()
        for prefix in _AFTER_PAGES:
            for row in DemoObject.objects.filter(key__startswith=prefix):
                self._remove_unless_used(row.key, row.content_object)
        self._remove_people()
        forget_words()
        self._report(
            _("Demo campaign: %(removed)d objects removed, %(kept)d kept")
            % {"removed": self._removed, "kept": self._kept}
        )

    # --- helpers --------------------------------------------------------------------------------

    @staticmethod
    def _forget_missing() -> None:
        """Drop the records of what an editor has deleted since."""
        for row in DemoObject.objects.all():
            if row.content_object is None:
                row.delete()

    @staticmethod
    def _find(key: str) -> Model | None:
        row = DemoObject.objects.filter(key=key).first()
        return None if row is None else row.content_object

    def _keep(self, key: str, reason: str) -> None:
        self._kept += 1
        self._report(_("Kept: %(key)s (%(reason)s)") % {"key": key, "reason": reason})

    def _delete(self, key: str, target: Model) -> None:
        """Delete one object, its log and its record, unless it was changed or is needed."""
        if key in self._changed:
            reason = _("“%(object)s” has been changed since; --remove --all takes it away, too")
            self._keep(key, reason % {"object": target})
            return
        pk = target.pk
        # A card that is deleted leaves its code behind, for those who hold it on paper.
        codes = list(CardCode.objects.filter(page=pk)) if isinstance(target, Page) else []
        try:
            if key == HOME and self._find(EMPTY_HOME):
                empty_home.restore(target)
                DemoObject.objects.filter(key=EMPTY_HOME).delete()
            else:
                target.delete()
        except (ProtectedError, RestrictedError):
            self._keep(key, _("other content needs it"))
            return
        for code in codes:
            code.delete()
        _forget_log(target, pk)
        DemoObject.objects.filter(key=key).delete()
        self._removed += 1

    # --- steps ----------------------------------------------------------------------------------

    def _restore_site(self) -> bool:
        """Give the site its former first page; tell whether the demo's home page may go."""
        home = self._find(HOME)
        former = self._find(FORMER_ROOT)
        if self._find(EMPTY_HOME) or self._find(NEW_SITE):
            return True
        for site in Site.objects.filter(root_page=home) if home is not None else ():
            if not isinstance(former, Page):
                self._keep(HOME, _("the site %(site)s has no other first page") % {"site": site})
                return False
            site.root_page = former
            site.save()
            self._report(_("The site starts with “%(title)s” again") % {"title": former.title})
        DemoObject.objects.filter(key=FORMER_ROOT).delete()
        return True

    def _remove_site(self) -> None:
        """Forget the site that the demo made: it went with its first page, or it is needed."""
        site = self._find(NEW_SITE)
        if site is None:
            self._removed += DemoObject.objects.filter(key=NEW_SITE).delete()[0]
        else:
            self._keep(NEW_SITE, _("other content needs it"))

    def _remove_stories(self) -> None:
        """Remove the stories that were never published; the others are pages of the city."""
        for row in DemoObject.objects.filter(key__startswith="beitrag:"):
            story: Any = row.content_object
            if story.page is not None and story.page.first_published_at:
                self._keep(row.key, _("it has been published"))
            else:
                page = story.page
                submitting.remove(story)
                if page is not None:
                    _forget_log(page, page.pk)
                row.delete()
                self._removed += 1

    def _remove_pages(self, may_remove_home: bool) -> None:
        rows = {
            int(row.object_id): row.key
            for row in DemoObject.objects.filter(key__startswith="seite:")
        }
        for page in Page.objects.filter(pk__in=rows).order_by("-depth", "pk"):
            key = rows[page.pk]
            if key == HOME and not may_remove_home:
                continue
            children = Page.objects.child_of(page)
            if children.exists() and not (key == HOME and self._find(EMPTY_HOME)):
                titles = ", ".join(f"„{child.title}“" for child in children[:5])
                self._keep(key, _("pages below it: %(titles)s") % {"titles": titles})
            else:
                self._delete(key, page.specific)

    def _remove_unless_used(self, key: str, target: Model | None) -> None:
        if target is None:
            return
        users = list(_users_of_tag(target) if isinstance(target, Tag) else _users(target))
        if users:
            self._keep(key, _("used by %(users)s") % {"users": ", ".join(users[:5])})
        else:
            self._delete(key, target)

    def _remove_people(self) -> None:
        """Remove the demo's accounts; one with work of its own is only closed."""
        rows = list(DemoObject.objects.filter(key__startswith="konto:"))
        if rows:
            account.login_file().unlink(missing_ok=True)
        for row in rows:
            user: Any = row.content_object
            if account.has_left_work(user):
                user.is_active = False
                user.set_unusable_password()
                user.save()
                self._keep(row.key, _("it made pages or pictures that stay; the account is closed"))
            else:
                self._delete(row.key, user)


def _changed_keys() -> Iterator[str]:
    """Yield the keys of what is not any more what the demo had made."""
    for row in DemoObject.objects.exclude(state=""):
        made = row.content_object
        if made is not None and state_of(made) != row.state:
            yield row.key


def _forget_log(target: Model, pk: Any) -> None:
    """Drop the log entries of an object that is gone."""
    if isinstance(target, Page):
        PageLogEntry.objects.filter(page_id=pk).delete()
    else:
        content_type = ContentType.objects.get_for_model(target)
        ModelLogEntry.objects.filter(content_type=content_type, object_id=str(pk)).delete()


def _users(target: Model) -> Iterator[str]:
    """Yield what else refers to an object, as "type: title"."""
    for source, _references in ReferenceIndex.get_grouped_references_to(target):
        yield f"{source._meta.verbose_name}: {source}"


def _users_of_tag(tag: Tag) -> Iterator[str]:
    """Yield what carries a tag; tags are not in Wagtail's index of references."""
    for relation in tag._meta.related_objects:
        if not relation.one_to_many:
            continue
        for item in relation.related_model._default_manager.filter(**{relation.field.name: tag})[
            :5
        ]:
            yield str(item.content_object)
