"""Withdrawing a consent in the admin: what will lose the picture is said first."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.log_actions import log

from ..models import CampaignImage
from .usage import all_pages_with, other_holders

#: The log's name for it.
WITHDRAW = "home.withdraw_consent"


class WithdrawConsentView(TemplateView):
    """Asks whether a picture should go, lists all pages with it, and takes it away."""

    template_name = "home/admin/withdraw_consent.html"
    http_method_names = ["get", "head", "post", "options"]

    @cached_property
    def picture(self) -> CampaignImage:
        """Return the picture; 404 or 403 for those who may not edit it."""
        found = get_object_or_404(CampaignImage, pk=self.kwargs["pk"])
        if not found.is_editable_by_user(self.request.user):
            raise PermissionDenied
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the picture and the pages that show it."""
        return super().get_context_data(**kwargs) | {
            "picture": self.picture,
            "pages": all_pages_with(self.picture),
            "others": other_holders(self.picture),
            "page_title": _t("Withdraw the consent"),
            "page_subtitle": self.picture.title,
            "header_title": _t("Withdraw the consent"),
            "header_icon": "image",
        }

    def post(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Take the picture out of the public's reach; a second time changes nothing."""
        picture = self.picture
        if picture.consent_withdrawn_on is None:
            picture.consent_withdrawn_on = timezone.localdate()
            picture.save()
            log(instance=picture, action=WITHDRAW)
        messages.success(self.request, _t("Nobody sees the picture in public any more."))
        return redirect("wagtailimages:edit", picture.pk)
