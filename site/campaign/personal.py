"""A person's data in the admin: the leadership looks up an address, exports, erases."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home import personal
from home.moderation import people
from home.roles import LEADERSHIP


class AddressForm(forms.Form):
    """Whose data they are."""

    address = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput({"autocomplete": "off"})
    )


def may_see(user: Any) -> bool:
    """Tell whether somebody answers for people's data."""
    return bool(user.is_superuser) or people.has_role(user, LEADERSHIP)


@require_http_methods(["GET", "HEAD", "POST"])
def person_view(request: HttpRequest) -> HttpResponse:
    """Show what is stored about whom an address belongs to; export it, or erase it."""
    if not may_see(request.user):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else request.GET
    form = AddressForm(sent if "address" in sent else None)
    address = form.cleaned_data["address"] if form.is_valid() else ""
    found = [(person, personal.export(person)) for person in personal.find_people(address)]
    found = [(person, data) for person, data in found if data]
    if request.method == "POST" and found:
        if sent.get("action") == "export":
            response = JsonResponse(
                [data for _person, data in found],
                safe=False,
                json_dumps_params={"ensure_ascii": False, "indent": 2},
            )
            response["Content-Disposition"] = 'attachment; filename="personendaten.json"'
            return response
        if sent.get("action") == "erase" and sent.get("sure"):
            return _erase(request, found)
        messages.error(request, _t("Please confirm that you want to erase the data."))
    context = {"form": form, "address": address, "found": [_shown(*one) for one in found]}
    return render(request, "home/admin/person.html", context)


def _shown(person: personal.Person, data: dict[str, Any]) -> dict[str, Any]:
    """Return what the page tells about one person: what there is, and how much of it."""
    parts = [
        (personal.label_of(name), len(part) if isinstance(part, list) else 1)
        for name, part in data.items()
    ]
    return {"person": person, "parts": parts}


def _erase(request: HttpRequest, found: list[Any]) -> HttpResponse:
    if any(person.user == request.user for person, _data in found):
        messages.error(request, _t("This is your own account. Somebody else has to erase it."))
        return redirect("personal_data")
    try:
        for person, _data in found:
            personal.erase(person)
    except personal.NotErasableError:
        messages.error(request, _t("This is an administrator. Please take that role away first."))
    else:
        messages.success(
            request, _t("The data have been erased. Published stories stay, without a name.")
        )
    return redirect("personal_data")


class PersonMenuItem(MenuItem):
    """The entry in the settings' menu."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person may see it."""
        return may_see(request.user)


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    """Give the view its address."""
    return [path("personal-data/", person_view, name="personal_data")]


@hooks.register("register_settings_menu_item")
def register_menu_item() -> MenuItem:
    """Put it into the settings' menu."""
    return PersonMenuItem(
        _("Personal data"), reverse("personal_data"), name="personal-data", icon_name="user"
    )
