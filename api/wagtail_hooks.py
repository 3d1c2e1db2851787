"""The API in the admin: webhooks with their deliveries, and the way to the documentation."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from .changes import reconcile
from .models import Delivery, Webhook
from .webhooks import send_again


def secret_message(webhook: Webhook) -> str:
    """Return the words that show a secret, once."""
    return _t(
        "The secret of “%(name)s” is %(secret)s – please copy it now, it is not shown again."
    ) % {"name": webhook.name, "secret": webhook.secret}


class WebhookCreateView(generic.CreateView):
    """A new webhook: what has changed so far is no news for it."""

    def save_instance(self) -> Any:
        """Save the webhook, and note what is public by now."""
        reconcile()
        return super().save_instance()

    def get_success_message(self, instance: Webhook) -> str:
        """Show the secret."""
        return secret_message(instance)


class WebhookEditView(generic.EditView):
    """A webhook; its secret is shown when it is a new one."""

    def get_success_message(self) -> Any:
        """Show a new secret."""
        if self.form.cleaned_data.get("renew_secret"):
            return secret_message(self.object)
        return super().get_success_message()


class WebhookViewSet(ModelViewSet):
    """Who is told of changes."""

    model = Webhook
    icon = "redirect"
    menu_label = _("Webhooks")
    add_view_class = WebhookCreateView
    edit_view_class = WebhookEditView
    list_display = [
        "name",
        "url",
        Column(
            "active", label=_("active"), accessor=lambda one: _("yes") if one.active else _("no")
        ),
        Column("last_delivery", label=_("last delivery")),
    ]
    copy_view_enabled = False
    inspect_view_enabled = False


class DeliveryPermissionPolicy(ModelPermissionPolicy):
    """Deliveries are made by changes, not by people."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Refuse to add one."""
        return action != "add" and super().user_has_permission(user, action)


class DeliveryEditView(generic.EditView):
    """A delivery: what it says, how it went, and the button that sends it again."""

    submit_button_label = _("Send again")
    success_message = _("“%(object)s” was sent again; its state is shown in the list.")

    def save_instance(self) -> Any:
        """Send the message again."""
        send_again(self.object)
        return self.object


class DeliveryViewSet(ModelViewSet):
    """How the last messages went."""

    model = Delivery
    icon = "history"
    menu_label = _("Deliveries")
    edit_view_class = DeliveryEditView
    list_display = [
        "webhook",
        Column("kind", label=_("event"), accessor="get_kind_display"),
        Column("path", label=_("page")),
        StatusTagColumn("outcome", label=_("state")),
        Column("attempts", label=_("attempts")),
        DateColumn("created_at", label=_("created")),
    ]
    list_filter = ["webhook", "status", "kind"]
    copy_view_enabled = False


class DocsMenuItem(MenuItem):
    """The way to the API's documentation, for those who look after the API."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to whoever may see webhooks."""
        return bool(request.user.has_perm("api.view_webhook"))


class ApiViewSetGroup(ModelViewSetGroup):
    """The API's part of the menu."""

    menu_label = _("Interface (API)")
    menu_icon = "code"
    menu_order = 800
    items = (WebhookViewSet, DeliveryViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        """Add the documentation."""
        docs = DocsMenuItem(
            _("API documentation"), reverse("api:openapi-view"), icon_name="help", order=900
        )
        return [*super().get_submenu_items(), docs]


register_permission_policy(Delivery, DeliveryPermissionPolicy(Delivery))


@hooks.register("register_admin_viewset")
def register_api_viewsets() -> ApiViewSetGroup:
    """Add the API to the admin."""
    return ApiViewSetGroup()
