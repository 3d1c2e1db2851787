"""The pictures of a story: taken at once, so that they are not lost with the text."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _t

from home.models import CampaignImage
from home.pictures.submitted import add_picture

from .drafts import locked
from .forms import MOST_PICTURES, YES, PictureForm
from .models import Submission, SubmissionPicture
from .steps import NEW

#: The most digits that the key of a picture has.
LONGEST_KEY = 18


@transaction.atomic
def add(submission: Submission, file: Any, user: Any) -> SubmissionPicture:
    """Take one more picture, with what was typed about it.

    Raises `ValidationError` that says what is wrong with the file, or that there are enough.
    """
    now = locked(submission)
    count = now.pictures.count()
    if count >= MOST_PICTURES:
        raise ValidationError(
            _t("There are %(most)d pictures already. Please remove one first.")
            % {"most": MOST_PICTURES}
        )
    answers = {name: now.answer(f"{NEW}-{name}") for name in PictureForm.names()}
    image = add_picture(
        file,
        alt=answers["alt"][:250],
        credit=answers["credit"][:200],
        shows_people=answers["shows_people"] == YES,
        consent=consent_of(answers)[:250],
        user=user,
        title=_picture_title(now, count + 1),
    )
    last = now.pictures.last()
    picture = SubmissionPicture.objects.create(
        submission=now, image=image, answers=answers, order=last.order + 1 if last else 0
    )
    for name in answers:
        now.answers.pop(f"{NEW}-{name}", None)  # what another window has left beside it stays
    now.save(update_fields=["answers", "updated_at"])
    submission.refresh_from_db()
    return picture


def _picture_title(submission: Submission, number: int) -> str:
    return _t("%(title)s, picture %(number)d") % {
        "title": submission.title[:200],
        "number": number,
    }


@transaction.atomic
def remove(submission: Submission, key: str) -> None:
    """Take a picture out of a story; its file, too, unless a page has it already."""
    picture = _find(submission, key)
    if picture is None:
        return
    image = picture.image
    picture.delete()
    if submission.page is None:
        image.delete()


@transaction.atomic
def move(submission: Submission, key: str, by: int) -> None:
    """Move a picture by places: -1 is one up."""
    locked(submission)
    pictures = list(submission.pictures.all())
    picture = _find(submission, key)
    if picture is None:
        return
    place = pictures.index(picture)
    pictures.insert(max(place + by, 0), pictures.pop(place))
    for order, one in enumerate(pictures):
        SubmissionPicture.objects.filter(pk=one.pk).update(order=order)


def _find(submission: Submission, key: str) -> SubmissionPicture | None:
    is_number = key.isdecimal() and len(key) <= LONGEST_KEY
    return submission.pictures.filter(pk=int(key)).first() if is_number else None


def consent_of(answers: Mapping[str, Any]) -> str:
    """Return where the consents are kept, if somebody has confirmed that there are some."""
    return str(answers.get("consent", "")) if answers.get("agreed") else ""


def describe(picture: SubmissionPicture) -> CampaignImage:
    """Write into the library's picture what its author has said about it."""
    image: CampaignImage = picture.image
    image.description = picture.answer("alt")
    image.credit = picture.answer("credit")
    shows_people = picture.answer("shows_people") == YES
    consent = {
        "shows_people": shows_people,
        "consent_reference": consent_of(picture.answers) if shows_people else "",
    }
    for name, value in consent.items():
        setattr(image, name, value)
    image.save()
    return image
