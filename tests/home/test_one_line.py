"""Names that stand in mails have one line, and no character that nobody sees."""

import pytest
from django.contrib.auth.models import User
from wagtail.admin.forms.account import NameEmailForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from home.mails import Mail, send
from home.moderation.mails import name_of
from home.one_line import readable
from impulses.sharing.forms import PictureForm, WhatForm, WhoForm

pytestmark = pytest.mark.django_db
BREAKS = ["\n", "\r\n", "\t", "\x07", "\x1b", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("sign", BREAKS)
@pytest.mark.parametrize(
    ("form", "name"),
    [
        (NameEmailForm, "first_name"),
        (NameEmailForm, "last_name"),
        (UserCreationForm, "first_name"),
        (UserEditForm, "last_name"),
        (WhoForm, "name"),
        (WhatForm, "title"),
        (PictureForm, "credit"),
    ],
)
def test_a_name_with_a_control_character_is_refused_at_its_field(form, name, sign):
    assert "Steuerzeichen" in str(form({name: f"Eri{sign}ka"}).errors[name])
    assert name not in form({name: "Erika  Müller-Lüdenscheidt 👋🏽 Ünal"}).errors


def test_a_page_s_title_is_refused_with_a_line_break(tree, editor):
    address = f"/admin/pages/add/home/standardpage/{tree.home.pk}/"
    answer = editor.post(address, {"title": "Zwei\nZeilen", "slug": "zwei", "body-count": "0"})
    assert "Steuerzeichen" in str(answer.context["form"].errors["title"])


def test_names_from_elsewhere_stay_in_their_line(mailoutbox):
    user = User(username="mara", first_name="Mara\r\nBcc:", last_name="Bei\x07spiel")
    assert name_of(user) == "Mara Bcc: Bei spiel"
    send("mara@stadt.example", Mail("x", ("y",)), name=user.get_full_name())
    assert "Guten Tag Mara Bcc: Bei spiel,\n" in mailoutbox[0].body
    assert readable(" a\u2028b ") == "a b"
