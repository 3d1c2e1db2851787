"""Takes the demo campaign away: exactly what it made, and nothing that others build upon."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model, ProtectedError, RestrictedError
from django.utils.translation import gettext as _
from taggit.models import Tag
from wagtail.models import Page, ReferenceIndex, Site

from demo import account
from demo.loader import FORMER_ROOT, HOME, NEW_SITE, SETTINGS, USER
from demo.models import DemoObject

Report = Callable[[str], None]

# Whatever uses something goes before what it uses; pages go on their own, deepest first.
_AFTER_PAGES = ("person:", "dezernat:", "bild:", "datei:", "schlagwort:")


class Remover:
    """One run of `manage.py demo --remove`."""

    def __init__(self, report: Report) -> None:
        """Keep where to report; every line names what was kept and why."""
        self._report = report
        self._removed = 0
        self._kept = 0

    def remove(self) -> None:
        """Remove what the demo made; what is kept stays recorded, so that a later run can go on."""
        self._forget_missing()
        may_remove_home = self._restore_site()
        if settings := self._find(SETTINGS):
            self._delete(SETTINGS, settings)
        self._remove_pages(may_remove_home)
        for prefix in _AFTER_PAGES:
            for row in DemoObject.objects.filter(key__startswith=prefix):
                self._remove_unless_used(row.key, row.content_object)
        self._remove_user()
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
        """Delete one object and its record, unless the database forbids it."""
        try:
            target.delete()
        except (ProtectedError, RestrictedError):
            self._keep(key, _("other content needs it"))
            return
        DemoObject.objects.filter(key=key).delete()
        self._removed += 1

    # --- steps ----------------------------------------------------------------------------------

    def _restore_site(self) -> bool:
        """Give the site its former first page; tell whether the demo's home page may go."""
        home = self._find(HOME)
        former = self._find(FORMER_ROOT)
        if (created := self._find(NEW_SITE)) is not None:
            self._delete(NEW_SITE, created)
        for site in Site.objects.filter(root_page=home) if home is not None else ():
            if not isinstance(former, Page):
                self._keep(HOME, _("the site %(site)s has no other first page") % {"site": site})
                return False
            site.root_page = former
            site.save()
            self._report(_("The site starts with “%(title)s” again") % {"title": former.title})
        DemoObject.objects.filter(key=FORMER_ROOT).delete()
        return True

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
            if children.exists():
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

    def _remove_user(self) -> None:
        """Remove the demo editor; an account with work of its own is only closed."""
        user: Any = self._find(USER)
        if user is None:
            return
        account.login_file().unlink(missing_ok=True)
        if account.has_left_work(user):
            user.is_active = False
            user.set_unusable_password()
            user.save()
            DemoObject.objects.filter(key=USER).delete()
            self._keep(USER, _("it made pages or pictures that stay; the account is closed"))
        else:
            self._delete(USER, user)


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
