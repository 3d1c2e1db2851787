"""What moderation tells by mail, and to whom: the author, and the desk that has the page."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from wagtail.models import Page, TaskState, WorkflowState

from ..mails import Mail, send_to
from ..one_line import readable
from .four_eyes import writers_of


def authors_of(page: Page) -> list[Any]:
    """Return whom to tell about a page: its owner, and who handed it in last."""
    states = WorkflowState.objects.for_instance(page).order_by("-created_at", "-pk")
    ids = {page.owner_id, states.values_list("requested_by", flat=True).first()} - {None}
    return list(get_user_model()._default_manager.filter(pk__in=ids))


def admin_address(page: Page) -> str:
    """Return the page's absolute address in the admin."""
    path = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def tell_authors(page: Page, mail: Any, *, but: Any = None) -> None:
    """Send each author the mail that `mail(address)` makes, but not who has caused it."""
    for person in authors_of(page):
        if person != but:
            with translation.override(settings.LANGUAGE_CODE):
                send_to([person], mail(page.author_url(person)))


def tell_received(page: Page) -> None:
    """Tell the author that a story has come in."""

    def mail(address: str) -> Mail:
        return Mail(
            _t("Received: %(title)s") % {"title": page.title},
            (
                _t("thank you for “%(title)s”. Your story has come in.") % {"title": page.title},
                _t(
                    "Colleagues read it now; you hear from us when there is a question and when it "
                    "is published. It stays invisible to the public until then."
                ),
            ),
            link=(_t("See where it stands"), address),
        )

    tell_authors(page, mail)


def tell_question(page: Page, user: Any, text: str) -> None:
    """Tell the author what a desk wants to know."""

    def mail(address: str) -> Mail:
        return Mail(
            _t("A question about: %(title)s") % {"title": page.title},
            (
                _t("%(name)s has a question about “%(title)s”:")
                % {"name": name_of(user), "title": page.title},
            ),
            quote=text,
            link=(_t("Answer, or change the story"), address),
        )

    tell_authors(page, mail, but=user)


def tell_rejection(page: Page, user: Any, text: str) -> None:
    """Tell the author that a story will not be published, and why."""

    def mail(address: str) -> Mail:
        return Mail(
            _t("Not published: %(title)s") % {"title": page.title},
            (_t("we do not publish “%(title)s”. The reason:") % {"title": page.title},),
            quote=text,
            link=(_t("See your stories"), address),
            after=(_t("If you have questions, please write to us: we like to talk about it."),),
        )

    tell_authors(page, mail, but=user)


def tell_published(page: Page) -> None:
    """Tell the author that everybody can read the story now."""

    def mail(_address: str) -> Mail:
        return Mail(
            _t("Published: %(title)s") % {"title": page.title},
            (_t("“%(title)s” is public. Thank you for telling!") % {"title": page.title},),
            link=(_t("Read it"), page.full_url or ""),
        )

    tell_authors(page, mail)


def tell_desk(page: Page, task_state: TaskState) -> None:
    """Tell the people of a desk that a page has come to it; never who wrote it."""
    task = task_state.task.specific
    people = task.reviewers(page).exclude(pk__in=writers_of(page)).distinct()
    with translation.override(settings.LANGUAGE_CODE):
        mail = Mail(
            _t("Please check: %(title)s") % {"title": page.title},
            (
                _t("“%(title)s” waits at the desk “%(desk)s”.")
                % {"title": page.title, "desk": task.desk(page)},
                _t("Please read it, and approve it, ask its author, or reject it with a reason."),
            ),
            link=(_t("Open the page"), admin_address(page)),
        )
        send_to(people, mail)


def remind_desk(page: Page, task_state: TaskState, people: Any, *, is_late: bool = False) -> None:
    """Remind people of what waits at a desk; if it is late, tell others that they may decide."""
    task = task_state.task.specific
    values = {
        "title": page.title,
        "desk": task.desk(page),
        "day": date_format(task_state.started_at, "DATE_FORMAT"),
    }
    with translation.override(settings.LANGUAGE_CODE):
        waits = _t("“%(title)s” has been waiting at the desk “%(desk)s” since %(day)s.") % values
        what = (
            _t("The department has not answered. From now on, all editors may check the page.")
            if is_late
            else _t("Please read it, and approve it, ask its author, or reject it with a reason.")
        )
        subject = _t("Still waiting: %(title)s") % values
        send_to(
            people, Mail(subject, (waits, what), link=(_t("Open the page"), admin_address(page)))
        )


def remind_author(page: Page, text: str) -> None:
    """Remind the author of an open question."""

    def mail(address: str) -> Mail:
        return Mail(
            _t("Reminder: a question about %(title)s") % {"title": page.title},
            (_t("we still have a question about “%(title)s”:") % {"title": page.title},),
            quote=text,
            link=(_t("Answer, or change the story"), address),
        )

    tell_authors(page, mail)


def name_of(user: Any) -> str:
    """Return what an account is called in mails."""
    return readable(user.get_full_name()) or str(user.get_username())
