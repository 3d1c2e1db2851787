"""The municipality's own service signs in, by its word and a verified address."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user
from django.urls import reverse

from campaign.accounts.checks import single_sign_on_is_complete
from campaign.settings.accounts import oidc_providers
from home.roles import CONTRIBUTORS
from tests.accounts.service import Service

pytestmark = pytest.mark.usefixtures("standing_tree")

LOGIN, CALLBACK = "/konto/sso/", "/konto/sso/zurueck/"


@pytest.fixture(scope="module")
def running_service():
    """Start the service once."""
    service = Service()
    yield service
    service.stop()


@pytest.fixture
def service(running_service, groups, settings):
    """Set the service up, as the settings would."""
    running_service.__dict__.update(
        person={"sub": "42", "email": "erika@stadt.example", "email_verified": True},
        is_broken=False,
        tokens_asked=[],
    )
    settings.SOCIALACCOUNT_PROVIDERS = oidc_providers(
        running_service.url, "haltung", "geheim", "Stadtkonto"
    )
    return running_service


@pytest.fixture
def sign_in(client, service):
    """Return a function that goes to the service and comes back."""

    def sign_in(**query):
        there = urlsplit(client.get(LOGIN, query)["Location"])
        asked = {name: values[0] for name, values in parse_qs(there.query).items()}
        assert there.geturl().startswith(f"{service.url}/authorize?")
        assert asked["redirect_uri"] == f"http://testserver{CALLBACK}"
        return client.get(CALLBACK, {"code": "abc", "state": asked["state"]})

    return sign_in


def test_who_comes_for_the_first_time_gets_an_account(client, service, sign_in):
    answer = sign_in()
    assert answer["Location"] == reverse("account_home")
    user = get_user(client)
    assert user.email == "erika@stadt.example"
    assert [group.name for group in user.groups.all()] == [CONTRIBUTORS]
    (token,) = service.tokens_asked
    assert token["client_secret"] == "geheim"
    assert token["code_verifier"]


def test_the_second_time_it_is_the_same_account(client, sign_in):
    sign_in()
    first = get_user(client)
    client.logout()
    sign_in()
    assert get_user(client) == first


def test_the_way_that_somebody_was_on_is_kept(sign_in):
    assert sign_in(next="/impulse/")["Location"] == "/impulse/"


def test_nobody_is_led_elsewhere(sign_in):
    assert sign_in(next="https://boese.example/")["Location"] == reverse("account_home")


def test_a_verified_address_connects_to_the_account_that_has_it(
    client, service, editor_account, sign_in
):
    service.person["email"] = "mara@stadt.example"
    sign_in()
    assert get_user(client) == editor_account
    assert SocialAccount.objects.get().user == editor_account


@pytest.mark.parametrize("email", ["mara@stadt.example", "neu@stadt.example", None])
def test_without_a_verified_address_there_is_no_way_in(
    client, service, editor_account, django_user_model, sign_in, email
):
    service.person |= {"email": email, "email_verified": False}
    answer = sign_in()
    assert answer.status_code == 401
    assert "keine bestätigte E-Mail-Adresse" in answer.content.decode()
    assert get_user(client).is_anonymous
    assert not SocialAccount.objects.exists()
    assert django_user_model.objects.count() == 1


def test_addresses_of_trusted_domains_count_as_verified(client, service, settings, sign_in):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["verified_email"] = ["stadt.example"]
    service.person["email_verified"] = False
    sign_in()
    assert get_user(client).email == "erika@stadt.example"


def test_a_closed_account_stays_closed(client, service, django_user_model, sign_in):
    django_user_model.objects.create_user("weg", "erika@stadt.example", is_active=False)
    assert sign_in()["Location"] == reverse("account_inactive")
    assert get_user(client).is_anonymous


def test_a_second_factor_is_asked_for_here_too(client, service, editor_account, sign_in):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(editor_account, "JBSWY3DPEHPK3PXP")
    service.person["email"] = "mara@stadt.example"
    assert sign_in()["Location"] == reverse("mfa_authenticate")
    assert get_user(client).is_anonymous


def test_a_service_that_is_away_is_told(client, service, settings):
    service.is_broken = True
    answer = client.get(LOGIN)
    assert answer.status_code == 401
    assert "nicht erreichbar" in answer.content.decode()


@pytest.mark.parametrize("query", [{}, {"code": "x"}, {"code": "x", "state": "y"}, {"error": "z"}])
def test_an_answer_that_nobody_asked_for_signs_nobody_in(client, service, query):
    assert client.get(CALLBACK, query).status_code == 401
    assert get_user(client).is_anonymous


def test_who_turns_back_is_told(client, service):
    state = parse_qs(urlsplit(client.get(LOGIN)["Location"]).query)["state"][0]
    answer = client.get(CALLBACK, {"error": "access_denied", "state": state}, follow=True)
    assert "ohne sich anzumelden" in answer.content.decode()


def test_the_button_names_the_service(client, service):
    page = client.get(reverse("account_login"), {"next": "/impulse/?a=1"}).content.decode()
    assert "Mit Stadtkonto anmelden" in page
    assert f'href="{LOGIN}?next=%2Fimpulse%2F%3Fa%3D1"' in page


def test_without_a_service_there_is_no_button_and_no_way(client, groups):
    assert LOGIN not in client.get(reverse("account_login")).content.decode()
    assert client.get(LOGIN).status_code == 404
    assert client.get(CALLBACK).status_code == 404


@pytest.mark.parametrize(
    ("given", "lacking"),
    [
        ({}, None),
        ({"OIDC_URL": "https://x", "OIDC_CLIENT_ID": "a", "OIDC_CLIENT_SECRET": "b"}, None),
        ({"OIDC_URL": "https://x"}, "OIDC_CLIENT_ID, OIDC_CLIENT_SECRET"),
        ({"OIDC_CLIENT_ID": "a", "OIDC_CLIENT_SECRET": "b"}, "OIDC_URL"),
        ({"OIDC_NAME": "Stadtkonto"}, "OIDC_URL, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET"),
    ],
)
def test_a_service_that_is_set_up_by_half_is_an_error(settings, given, lacking):
    for name in ("OIDC_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME"):
        setattr(settings, name, given.get(name, ""))
    found = [error.msg for error in single_sign_on_is_complete()]
    assert found == ([f"The single sign-on lacks {lacking}."] if lacking else [])


@pytest.mark.parametrize("process", ["connect", "redirect", "x"])
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_other_ways_through_the_service_are_no_fault(
    client, service, editor_account, sign_in, process, is_signed_in
):
    if is_signed_in:
        client.force_login(editor_account)
    assert sign_in(process=process).status_code in {302, 401}
