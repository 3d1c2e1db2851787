"""Taking the answer of somebody outside: once, and only on the version that they have read."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from wagtail.log_actions import log

from ..models import ReviewNote, SignOff
from ..models.signoff import Answer
from . import mails


@transaction.atomic
def answer(sign_off: SignOff, given: str, comment: str) -> bool:
    """Note an answer, tell the editors; return False if the link takes none (any more).

    Whoever comes first counts. It gives no right to publish: it is a note.
    """
    # Locked first: an update with a condition on other tables would not see who was quicker.
    SignOff.objects.select_for_update().filter(pk=sign_off.pk).first()
    taken = SignOff.objects.open().filter(pk=sign_off.pk)
    if not taken.update(answered_at=timezone.now(), answer=given, comment=comment):
        return False
    sign_off.refresh_from_db(fields=["answered_at", "answer", "comment"])
    note = ReviewNote.objects.create(
        page=sign_off.page,
        kind="note",
        author_name=sign_off.name,
        text="\n\n".join(filter(None, (summary(sign_off), comment))),
        revision=sign_off.revision,
    )
    said = {"name": sign_off.name, "comment": comment, "sign_off": sign_off.pk, "note": note.pk}
    log(
        instance=sign_off.page.specific,
        action=f"home.sign_off.{given}",
        revision=sign_off.revision,
        data=said,
    )
    mails.tell_answer(sign_off, summary(sign_off))
    return True


def summary(sign_off: SignOff) -> str:
    """Return the answer in a sentence."""
    values = {
        "name": sign_off.name,
        "moment": date_format(timezone.localtime(sign_off.revision_created_at), "DATETIME_FORMAT"),
    }
    if sign_off.answer == Answer.APPROVED:
        return _t("%(name)s (from outside) has signed off the version of %(moment)s.") % values
    return _t("%(name)s (from outside) wants changes to the version of %(moment)s.") % values
