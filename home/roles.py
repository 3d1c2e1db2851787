"""Groups of people who work on the campaign, and what each may do, as data."""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

_ALL = ("add", "change", "delete", "view")


@dataclass(frozen=True)
class Role:
    """A group and its permissions, each written like "home.view_article"."""

    name: str
    #: Hold everywhere.
    general: tuple[str, ...]
    #: Hold for every page: "add", "change", "publish", "lock", "unlock", "bulk_delete".
    pages: tuple[str, ...]
    #: Hold for every collection of pictures and documents.
    collections: tuple[str, ...]


ROLES = (
    Role(
        name="Redaktion",
        general=(
            "wagtailadmin.access_admin",
            "home.view_article",
            "home.change_campaignsettings",
            *(f"home.{action}_department" for action in _ALL),
            *(f"home.{action}_video" for action in _ALL),
            *(f"blog.{action}_author" for action in _ALL),
            *(f"taggit.{action}_tag" for action in _ALL),
            "wagtail_localize.submit_translation",
            *(f"wagtailsearchpromotions.{action}_searchpromotion" for action in _ALL),
        ),
        pages=("add", "change", "publish", "lock", "unlock"),
        collections=tuple(
            f"{app}.{action}_{model}"
            for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document"))
            for action in ("add", "change", "choose")
        ),
    ),
    Role(
        name="Technik",
        general=(
            "wagtailadmin.access_admin",
            *(f"api.{action}_webhook" for action in _ALL),
            *(f"api.{action}_delivery" for action in ("view", "change", "delete")),
        ),
        pages=(),
        collections=(),
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
        for action in role.pages:
            permission = _find(f"wagtailcore.{action}_page")
            _link, is_new = GroupPagePermission.objects.get_or_create(
                group=group, page=root, permission=permission
            )
            if is_new:
                lines.append(f"{role.name}: wagtailcore.{action}_page")
        for name in role.collections:
            _link, is_new = GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=_find(name)
            )
            if is_new:
                lines.append(f"{role.name}: {name}")
    return lines


def _find(name: str) -> Permission | None:
    """Return a permission by its name; None when its app is not installed."""
    app, codename = name.split(".")
    if not apps.is_installed(app) and app not in apps.app_configs:
        return None
    found = Permission.objects.filter(content_type__app_label=app, codename=codename).first()
    if found is None:
        raise UnknownPermissionError(name)
    return found
