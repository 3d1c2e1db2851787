"""What hides a page from the public, and a page that may show itself where it is hidden."""

import datetime as dt
from html import unescape

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    Page,
    PageViewRestriction,
    Workflow,
    WorkflowTask,
)

from tests import factories

TITLE, SLUG, TAG = "Geheimvorhaben", "verborgene-adresse", "Verschlussetikett"
#: What a public page may say, so that a search finds what it finds.
WORD, SHARED_TAG = "Allerweltswort", "allgemein"
SECRETS = (TITLE, SLUG, TAG)
HOUR = dt.timedelta(hours=1)


# --- States: what an editor may have done to the page -------------------------------------------


def public(page):
    """Leave the page as it is."""


def draft(page):
    Page.objects.filter(pk=page.pk).update(
        live=False, has_unpublished_changes=True, first_published_at=None, last_published_at=None
    )
    page.specific_class.objects.get(pk=page.pk).save_revision()


def in_moderation(page):
    draft(page)
    task = GroupApprovalTask.objects.create(name="Prüfen")
    task.groups.add(Group.objects.get_or_create(name="Prüfende")[0])
    workflow = Workflow.objects.create(name="Vier Augen")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    workflow.start(page.specific_class.objects.get(pk=page.pk), user=None)


def scheduled(page):
    draft(page)
    found = page.specific_class.objects.get(pk=page.pk)
    found.go_live_at = timezone.now() + HOUR
    found.save_revision(approved_go_live_at=found.go_live_at)
    found.save()


def expired(page):
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - HOUR)


def unpublished(page):
    page.specific_class.objects.get(pk=page.pk).unpublish()


def private(kind):
    def restrict(page):
        restriction = PageViewRestriction.objects.create(
            page=Page.objects.get(pk=page.pk), restriction_type=kind, password="sesam"
        )
        if kind == PageViewRestriction.GROUPS:
            restriction.groups.add(Group.objects.get_or_create(name="Eingeweihte")[0])

    return restrict


def below(state):
    def hide_parent(page):
        state(page.get_parent())

    return hide_parent


PRIVATE = {
    "password": private(PageViewRestriction.PASSWORD),
    "login": private(PageViewRestriction.LOGIN),
    "group": private(PageViewRestriction.GROUPS),
}
HIDDEN = {
    "draft": draft,
    "in moderation": in_moderation,
    "scheduled": scheduled,
    "expired": expired,
    "unpublished": unpublished,
    **PRIVATE,
    "below a draft": below(draft),
    "below an unpublished page": below(unpublished),
    "below an expired page": below(expired),
    **{f"below a page with a {name}": below(state) for name, state in PRIVATE.items()},
}


def alias_of_private(page):
    """Turn the page into an alias whose source nobody may read; the alias itself is not marked."""
    source = page.specific_class.objects.get(pk=page.pk).copy(
        to=page.get_parent(), update_attrs={"title": "Quelle", "slug": "quelle"}
    )
    Page.objects.filter(pk=page.pk).update(alias_of=source)
    PRIVATE["login"](source)


HIDDEN["alias of a page with a login"] = alias_of_private


def rename_in_draft(page):
    """Publish the page under a harmless title; its secret one waits in a draft."""
    found = page.specific_class.objects.get(pk=page.pk)
    found.title, found.slug = "Harmlos", "harmlos"
    found.tags.clear()
    found.save_revision().publish()
    found.title, found.slug = TITLE, SLUG
    found.tags.add(TAG)
    found.save_revision()


# --- A page that may show itself ----------------------------------------------------------------


class Places:
    """The page tree, with a page that may show itself, and the views in which it does."""

    def __init__(self, tree, client):
        self.tree, self.client = tree, client

    def get(self, address):
        """Return what a citizen gets to read, without soft hyphens; of a redirect, its target."""
        response = self.client.get(address, headers={"host": "localhost"})
        assert response.status_code < 500
        text = unescape(response.content.decode()).replace("\u00ad", "")
        return f"{response.get('Location', '')}\n{text}"

    def make(self, factory, parent, **values):
        """Return the page that may show itself."""
        values = {"title": TITLE, "slug": SLUG, "search_description": f"Ein {WORD}."} | values
        return factory(parent=parent, tags=[TAG, SHARED_TAG], **values)

    def impulse(self, **values):
        return self.make(factories.ImpulsePageFactory, self.tree.impulses, **values)

    def postcard(self, **values):
        return self.make(factories.PostcardPageFactory, self.tree.postcards, **values)

    def courage_card(self, **values):
        return self.make(factories.CourageCardPageFactory, self.tree.courage, **values)

    def guest_post(self, **values):
        return self.make(factories.GuestPostPageFactory, self.tree.blog, **values)

    def standard(self, **values):
        parent = factories.StandardPageFactory(
            parent=self.tree.home, title="Oben", show_in_menus=True
        )
        return self.make(factories.StandardPageFactory, parent, **values)

    def section(self):
        """Return a page with a public one below it."""
        page = self.standard()
        factories.StandardPageFactory(parent=page, title="Unterseite")
        return page

    def on_home(self, *blocks):
        """Put blocks on the home page."""
        self.tree.home.refresh_from_db()
        self.tree.home.body = [{"type": name, "value": value} for name, value in blocks]
        self.tree.home.save()
        return "/"

    def on_page(self, *blocks):
        """Put blocks on a page of their own."""
        body = [{"type": name, "value": value} for name, value in blocks]
        factories.StandardPageFactory(parent=self.tree.home, title="Ort", slug="ort", body=body)
        return "/ort/"


TYPES = {
    "impulse": Places.impulse,
    "postcard": Places.postcard,
    "courage card": Places.courage_card,
    "guest post": Places.guest_post,
    "page": Places.standard,
}
