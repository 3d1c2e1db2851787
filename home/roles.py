"""Groups of people who work on the campaign, and what each may do, as data."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

_ALL = ("add", "change", "delete", "view")

CONTRIBUTORS = "Beitragende"
DEPARTMENT_EDITORS = "Dezernats-Redaktion"
EDITORS = "Redaktion"
LEADERSHIP = "Leitung"
#: Who may share stories.
STAFF = (CONTRIBUTORS, DEPARTMENT_EDITORS, EDITORS, LEADERSHIP)


@dataclass(frozen=True)
class Role:
    """A group and its permissions, each written like "home.view_article"."""

    name: str
    #: Hold everywhere.
    general: tuple[str, ...] = ()
    #: Hold for every page: "add", "change", "publish", "lock", "unlock", "bulk_delete".
    pages: tuple[str, ...] = ()
    #: Hold for pages of a type ("impulses.ImpulseIndexPage") and those below, like `pages`.
    sections: tuple[tuple[str, str], ...] = ()
    #: Hold for every collection of pictures and documents.
    collections: tuple[str, ...] = ()


#: See the audit report (`audit.py`).
_AUDIT = "wagtailcore.view_pagelogentry"
_PICTURES = tuple(f"wagtailimages.{action}_image" for action in ("add", "change", "choose"))


ROLES = (
    # They share stories on the website and have no access to the admin.
    Role(name=CONTRIBUTORS),
    # What they may do with their departments' stories says `moderation.permissions`.
    Role(
        name=DEPARTMENT_EDITORS,
        general=("wagtailadmin.access_admin", "home.view_article"),
        sections=(("impulses.ImpulseIndexPage", "add"),),
        collections=_PICTURES,
    ),
    Role(
        name=EDITORS,
        general=(
            "wagtailadmin.access_admin",
            _AUDIT,
            "home.view_article",
            *(f"home.{action}_department" for action in _ALL),
            *(f"home.{action}_video" for action in _ALL),
            *(f"blog.{action}_author" for action in _ALL),
            *(f"taggit.{action}_tag" for action in _ALL),
            "wagtail_localize.submit_translation",
            *(f"wagtailsearchpromotions.{action}_searchpromotion" for action in _ALL),
        ),
        pages=("add", "change", "publish", "lock", "unlock"),
        collections=(
            *_PICTURES,
            *(f"wagtaildocs.{action}_document" for action in ("add", "change", "choose")),
        ),
    ),
    # They set the frame: settings, accounts and roles; and approve in times of election.
    Role(
        name=LEADERSHIP,
        general=(
            "wagtailadmin.access_admin",
            _AUDIT,
            "home.view_article",
            "home.change_accesssettings",
            "home.change_campaignsettings",
            *(f"home.{action}_department" for action in ("change", "view")),
            *(f"auth.{action}_user" for action in _ALL),
            *(f"auth.{action}_group" for action in _ALL),
        ),
    ),
    Role(
        name="Technik",
        general=(
            "wagtailadmin.access_admin",
            *(f"api.{action}_webhook" for action in _ALL),
            *(f"api.{action}_delivery" for action in ("view", "change", "delete")),
        ),
    ),
)


class UnknownPermissionError(LookupError):
    """A role names a permission that the database does not have."""


@transaction.atomic
def create_roles() -> list[str]:
    """Create the groups, give them what they lack, and return a line for everything new.

    What an administrator gave a group beyond that stays. Raises `UnknownPermissionError`.
    """
    lines: list[str] = []
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for role in ROLES:
        group, is_new = Group.objects.get_or_create(name=role.name)
        if is_new:
            lines.append(role.name)
        known = set(group.permissions.values_list("pk", flat=True))
        for name in role.general:
            permission = _find(name)
            if permission is not None and permission.pk not in known:
                group.permissions.add(permission)
                lines.append(f"{role.name}: {name}")
        places = [(root, action) for action in role.pages]
        places += [(page, action) for label, action in role.sections for page in _section(label)]
        for page, action in places:
            if _grant(group, page, action):
                lines.append(f"{role.name}: wagtailcore.{action}_page, {page.title}")
        for name in role.collections:
            _link, is_new = GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=_find(name)
            )
            if is_new:
                lines.append(f"{role.name}: {name}")
    return lines


def grant_section(page: Page) -> None:
    """Let those roles work in a new section that are bound to sections of its type."""
    for role in ROLES:
        for label, action in role.sections:
            if page._meta.label == label:
                for group in Group.objects.filter(name=role.name):
                    _grant(group, page, action)


def _section(label: str) -> Iterable[Page]:
    """Return the pages of a type; none when its app is not installed."""
    app, model = label.split(".")
    if not apps.is_installed(app):
        return []
    return apps.get_model(app, model)._default_manager.all()


def _grant(group: Group, page: Page, action: str) -> bool:
    """Give a group a permission for a page and all below; tell whether it is new."""
    permission = _find(f"wagtailcore.{action}_page")
    link = {"group": group, "page_id": page.pk, "permission": permission}
    return bool(GroupPagePermission.objects.get_or_create(**link)[1])


def _find(name: str) -> Permission | None:
    """Return a permission by its name; None when its app is not installed."""
    app, codename = name.split(".")
    if not apps.is_installed(app) and app not in apps.app_configs:
        return None
    found = Permission.objects.filter(content_type__app_label=app, codename=codename).first()
    if found is None:
        raise UnknownPermissionError(name)
    return found
