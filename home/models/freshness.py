"""When content changed: a mark that is new after every change a visitor could see."""

from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractRendition
from wagtail.models import Page
from wagtail.signals import post_page_move

#: What is saved while people work or read, and never shown in public.
UNSEEN_APPS = frozenset(
    {
        "account",
        "admin",
        "api",
        "auth",
        "contenttypes",
        "django_tasks_database",
        "mfa",
        "sessions",
        "socialaccount",
        "wagtail_headless_preview",
        "post_office",
        "wagtailadmin",
        "wagtailsearch",
        "wagtailsearchpromotions",
        "wagtailusers",
    }
)
UNSEEN_MODELS = frozenset(
    {
        "home.accesssettings",
        "home.readability",
        "home.reminder",
        "home.reviewnote",
        "home.submittedcollection",
        # Written after the page itself, which has made the mark anew.
        "home.searchentry",
        "home.searchposting",
        "home.searchtext",
        "home.searchword",
        "home.signoff",
        "impulses.submission",
        "impulses.submissionpicture",
        # Making a card's files changes no content; its page is told of their sizes.
        "postcards.cardcode",
        "postcards.cardfile",
        "postcards.cardvisits",
        "wagtailcore.comment",
        "wagtailcore.commentreply",
        "wagtailcore.modellogentry",
        "wagtailcore.pagelogentry",
        "wagtailcore.pagesubscription",
        "wagtailcore.referenceindex",
        "wagtailcore.revision",
        "wagtailcore.taskstate",
        "wagtailcore.uploadedfile",
        "wagtailcore.workflowstate",
    }
)
#: What saving a draft writes into the page's row; the live page stays as it is.
DRAFT_FIELDS = frozenset(
    {"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"}
)


class ContentVersion(models.Model):
    """One row with a mark; whatever was made from the content of another mark is out of date.

    The mark is random, not counted: after a transaction is rolled back it never stands for
    something else. Its row belongs to the transaction that changes the content, so that a reader
    sees a new mark and new content together.
    """

    mark = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("version of the content")
        verbose_name_plural = _("versions of the content")

    def __str__(self) -> str:
        return self.mark

    @classmethod
    def current(cls) -> str:
        """Return the mark; "" while nothing has ever been saved. One query."""
        return cls.objects.filter(pk=1).values_list("mark", flat=True).first() or ""

    @classmethod
    def renew(cls) -> None:
        """Make everything that was made from the content so far out of date."""
        cls.objects.update_or_create(pk=1, defaults={"mark": uuid4().hex})


def is_seen(sender: type[models.Model], update_fields: Any = None) -> bool:
    """Tell whether the public may see a change of such an object."""
    options = sender._meta
    if (
        options.app_label in UNSEEN_APPS
        or options.label_lower in UNSEEN_MODELS
        or issubclass(sender, ContentVersion | AbstractRendition)
        or options.apps is not apps  # a migration's model of the past
    ):
        return False
    is_draft = issubclass(sender, Page) and DRAFT_FIELDS.issuperset(update_fields or ["*"])
    return not is_draft


def content_changed(sender: type[models.Model], **options: Any) -> None:
    """Renew the mark after a change that the public may see."""
    if is_seen(sender, options.get("update_fields")):
        ContentVersion.renew()


def watch_content() -> None:
    """Renew the mark whenever content is saved, deleted, related or moved."""
    for signal in (post_save, post_delete, m2m_changed, post_page_move):
        signal.connect(content_changed, dispatch_uid="content_changed")
