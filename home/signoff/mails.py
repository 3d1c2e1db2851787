"""What is sent when somebody outside is asked, and when they have answered."""

from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _t

from ..mails import Mail, send, send_to
from ..models import SignOff
from ..models.signoff import Answer
from ..moderation.mails import admin_address, name_of


def ask(sign_off: SignOff, link: str, message: str) -> None:
    """Send the link to whom it is for."""
    title = sign_off.page.draft_title
    with translation.override(settings.LANGUAGE_CODE):
        editor: Any = sign_off.created_by
        values = {
            "title": title,
            "name": name_of(editor),
            "moment": date_format(timezone.localtime(sign_off.expires_at), "DATETIME_FORMAT"),
        }
        after = [
            _t(
                "Please read the text there and say whether it may be published like this, or what "
                "should be different. You need no account."
            ),
            _t(
                "The link is for you alone: please do not pass it on. It takes one answer, and is "
                "valid until %(moment)s. If the text is changed before, you get a new link."
            )
            % values,
        ]
        if address := editor.email:
            after.append(_t("Questions? Please write to %(address)s.") % {"address": address})
        mail = Mail(
            _t("Please sign off: %(title)s") % values,
            (_t("%(name)s asks for your word on the text “%(title)s”.") % values,),
            quote=message,
            link=(_t("Read the text and answer"), link),
            after=tuple(after),
        )
        send(sign_off.email, mail, name=sign_off.name)


def tell_answer(sign_off: SignOff, summary: str) -> None:
    """Tell the editor who asked."""
    if sign_off.created_by is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        subjects = {
            Answer.APPROVED: _t("Signed off: %(title)s"),
            Answer.CHANGES: _t("Changes wanted: %(title)s"),
        }
        mail = Mail(
            subjects[Answer(sign_off.answer)] % {"title": sign_off.page.draft_title},
            (summary,),
            quote=sign_off.comment,
            link=(_t("Open the page"), admin_address(sign_off.page)),
            after=(_t("It stands in the page's history and with its notes, too."),),
            reply_to=sign_off.email,
        )
        send_to([sign_off.created_by], mail)
