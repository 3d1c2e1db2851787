"""A group that is obliged enters the admin with a second factor only, whatever way it takes."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import get_user
from django.urls import reverse
from wagtail.models import Page

from home.models import AccessSettings
from home.roles import CONTRIBUTORS, EDITORS, LEADERSHIP
from tests.accounts.conftest import PASSWORD, app_code

pytestmark = pytest.mark.usefixtures("standing_tree")

SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def obliged(groups):
    """Oblige the editors' group."""
    settings = AccessSettings.objects.create()
    settings.second_factor_groups.add(groups.get(name=EDITORS))
    return settings


@pytest.fixture
def with_app(editor_account):
    """Give the editor an authenticator app and recovery codes."""
    TOTP.activate(editor_account, SECRET)
    return RecoveryCodes.activate(editor_account)


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/pages/", "/admin/account/", "/admin/images/", "/admin/logins/"]
)
def test_without_a_factor_every_page_of_the_admin_leads_to_its_set_up(
    client, editor_account, obliged, address, log_in
):
    log_in()
    answer = client.get(address)
    if address == "/admin/logins/":
        assert answer.status_code in {302, 404}
    else:
        assert answer["Location"] == reverse("mfa_index")


def test_without_a_factor_nothing_is_written(client, editor_account, obliged, tree, log_in):
    log_in()
    answer = client.post(reverse("wagtailadmin_pages:delete", args=[tree.blog.pk]))
    assert answer.status_code == 403
    assert Page.objects.filter(pk=tree.blog.pk).exists()


def test_the_set_up_says_why(client, editor_account, obliged, log_in):
    log_in()
    assert (
        "kommt nur mit einem zweiten Faktor" in client.get("/admin/", follow=True).content.decode()
    )


def test_signing_out_is_always_possible(client, editor_account, obliged, log_in):
    log_in()
    assert client.post(reverse("wagtailadmin_logout")).status_code == 302
    assert get_user(client).is_anonymous


def test_recovery_codes_alone_are_no_factor(client, editor_account, obliged, log_in):
    RecoveryCodes.activate(editor_account)
    log_in()
    assert client.get("/admin/")["Location"] == reverse("mfa_index")


def test_who_is_not_obliged_works_without(client, editor_account, groups, log_in):
    settings = AccessSettings.objects.create()
    settings.second_factor_groups.add(groups.get(name=LEADERSHIP))
    log_in()
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("obliged_too", [True, False])
def test_administrators_can_be_obliged(admin_client, groups, obliged_too):
    AccessSettings.objects.create(second_factor_administrators=obliged_too)
    assert admin_client.get("/admin/").status_code == (302 if obliged_too else 200)


def test_an_app_is_set_up_and_opens_the_admin(client, editor_account, obliged, log_in):
    log_in()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    form = client.get(reverse("mfa_activate_totp")).context["form"]
    answer = client.post(reverse("mfa_activate_totp"), {"code": app_code(form.secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    codes = client.get(answer["Location"]).context["unused_codes"]
    assert len(codes) == 10
    assert client.get("/admin/").status_code == 200


def test_a_wrong_code_sets_nothing_up(client, editor_account, log_in):
    log_in()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_activate_totp"))
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.exists()


def test_a_second_factor_is_set_up_after_the_password_only(client, editor_account, log_in):
    log_in()
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_a_password_alone_does_not_sign_in_any_more(client, with_app, log_in):
    assert log_in(next="/admin/pages/")["Location"] == reverse("mfa_authenticate")
    assert get_user(client).is_anonymous
    answer = client.post(reverse("mfa_authenticate"), {"code": app_code(SECRET)})
    assert answer["Location"] == "/admin/pages/"
    assert get_user(client).username == "mara"


def test_a_code_by_mail_does_not_either(client, with_app, ask_for_code, enter_code):
    answer = enter_code(ask_for_code("mara@stadt.example")[1])
    assert answer["Location"] == reverse("mfa_authenticate")
    assert get_user(client).is_anonymous


def test_a_recovery_code_helps_once(client, with_app, log_in):
    code = with_app.get_unused_codes()[0]
    for outcome in (302, 200):
        log_in()
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == outcome
        client.logout()


def test_a_wrong_code_is_told_at_its_field(client, with_app, log_in):
    log_in()
    page = client.post(reverse("mfa_authenticate"), {"code": "123"}).content.decode()
    assert 'aria-invalid="true"' in page
    assert "Falscher Code" in page


def test_removing_the_app_closes_the_admin_again(client, with_app, obliged, log_in, mailoutbox):
    log_in()
    client.post(reverse("mfa_authenticate"), {"code": app_code(SECRET)})
    assert client.get("/admin/").status_code == 200
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert client.get("/admin/")["Location"] == reverse("mfa_index")
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(("group", "may"), [(LEADERSHIP, True), (EDITORS, False)])
def test_leadership_decides_whom_it_obliges(client, groups, django_user_model, group, may):
    user = django_user_model.objects.create_user("chefin")
    user.groups.add(groups.get(name=group))
    client.force_login(user)
    address = reverse("wagtailsettings:edit", args=["home", "accesssettings"])
    page = client.get(address, follow=True)
    chosen = groups.get(name=CONTRIBUTORS).pk
    client.post(page.request["PATH_INFO"], {"second_factor_groups": [chosen]})
    row = AccessSettings.objects.first()
    assert bool(row and row.second_factor_groups.filter(pk=chosen).exists()) is may


@pytest.mark.parametrize("answer", ["", "x", "{}", '{"id": 1}', "[]", "null"])
@pytest.mark.parametrize("name", ["mfa_add_webauthn", "mfa_reauthenticate_webauthn"])
def test_nonsense_instead_of_a_key_is_no_fault(client, editor_account, log_in, name, answer):
    log_in()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.post(reverse(name), {"credential": answer}).status_code in {200, 302}
