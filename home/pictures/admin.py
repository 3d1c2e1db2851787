"""Withdrawing a consent in the admin: what will lose the picture is said first."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.images.views.images import EditView
from wagtail.log_actions import log
from wagtail.models import Page

from ..models import CampaignImage
from ..moderation.permissions import known_pages
from .permissions import may_withdraw
from .usage import all_pages_with, other_holders

#: The log's name for it.
WITHDRAW = "home.withdraw_consent"


class PictureEditView(EditView):
    """A picture's form; who may only withdraw a consent is led to where that is done."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or lead on."""
        found = get_object_or_404(CampaignImage, pk=kwargs["image_id"])
        if not found.is_editable_by_user(request.user) and may_withdraw(request.user, found):
            return redirect("withdraw_consent", found.pk)
        return super().dispatch(request, *args, **kwargs)


class WithdrawConsentView(TemplateView):
    """Asks whether a picture should go, lists all pages with it, and takes it away."""

    template_name = "home/admin/withdraw_consent.html"
    http_method_names = ["get", "head", "post", "options"]

    @cached_property
    def picture(self) -> CampaignImage:
        """Return the picture; 404 or 403 for those who may not withdraw a consent."""
        found = get_object_or_404(CampaignImage, pk=self.kwargs["pk"])
        if not may_withdraw(self.request.user, found):
            raise PermissionDenied
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the picture and the pages that show it; others' drafts are only counted."""
        user, found = self.request.user, all_pages_with(self.picture)
        listed = known_pages(user, Page.objects.filter(pk__in=[page.pk for page in found]))
        known = set(listed.values_list("pk", flat=True))
        pages = [page for page in found if page.pk in known]
        return super().get_context_data(**kwargs) | {
            "picture": self.picture,
            "may_edit": self.picture.is_editable_by_user(user),
            "pages": pages,
            "more": len(found) - len(pages),
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
