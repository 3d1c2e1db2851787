"""What sharing keeps about a person: their stories, told and published."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from home.personal import Part, Person

from .merging import forget
from .models import Submission
from .submitting import remove

#: Answers that name the person.
NAMING = ("name", "email", "show_name", "show_email")


def _submissions(person: Person) -> Any:
    if person.user is None:
        return Submission.objects.none()
    return Submission.objects.filter(user=person.user).select_related("page").order_by("pk")


def export(person: Person) -> list[dict[str, Any]]:
    """Return what a person has typed and uploaded, and the addresses of what was published."""
    return [
        {
            "answers": one.answers,
            "pictures": [
                {"file": picture.image.filename} | picture.answers
                for picture in one.pictures.select_related("image")
            ],
            "begun": one.created_at.isoformat(),
            "submitted": one.submitted_at.isoformat() if one.submitted_at else None,
            "published_at": one.page.full_url if one.page and one.page.live else None,
        }
        for one in _submissions(person)
    ]


def erase(person: Person) -> int:
    """Delete what was never public; a published story stays, without its submitter."""
    submissions = list(_submissions(person))
    for submission in submissions:
        page = submission.page
        if page is None or page.first_published_at is None:
            remove(submission)
        else:
            _make_anonymous(submission, page)
    return len(submissions)


def _make_anonymous(submission: Submission, page: Any) -> None:
    """Take a person out of a submission, its page, and all that the page once was."""
    told = [submission.answers, submission.written]
    told.append({name: [value] for name, value in submission.given().items()})
    names = {"".join(one.get(name) or []).strip() for one in told for name in ("name", "email")}
    names -= {""}
    submission.user = None
    for answers in (submission.answers, submission.written):
        for name in NAMING:
            forget(answers, name)
    submission.save(update_fields=["user", "answers", "written"])
    for revision in page.revisions.all():
        revision.content = _without(revision.content, names)
        revision.save(update_fields=["content"])
    shown = {name: getattr(page, name) for name in ("contact_name", "contact_email")}
    cleared = {name: "" for name, value in shown.items() if value in names}
    for name in cleared:
        setattr(page, name, "")
    page.owner = None
    page.save(update_fields=["owner", *cleared])


def _without(content: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """Return a revision's content without the person as its owner and contact."""
    shown = {name: "" for name in ("contact_name", "contact_email") if content.get(name) in names}
    return content | {"owner": None} | shown


PART = Part("submissions", _("Submissions"), export, erase)
