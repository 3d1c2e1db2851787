"""The page at a client: where people read it, who shows its drafts, what the API asks of it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail.models import Page, Site
from wagtail_headless_preview.models import HeadlessPreviewMixin

from api.addresses import client_root, client_url, page_path, page_url


class HeadlessPage(HeadlessPreviewMixin, Page):
    """A page that people read at a client of the API, if there is one, else on the site."""

    class Meta:
        abstract = True

    # --- Where people read the page -------------------------------------------------------------

    @property
    def url(self) -> str | None:
        """Return where people read the page, as the admin links it: at a client, if there is one.

        Templates link the site's own pages with `get_url`.
        """
        return client_url(self) or self.get_url()

    def get_url(self, request: Any = None, current_site: Site | None = None) -> str | None:
        """Return the page's address on this site; in the admin's lists, where people read it."""
        view = getattr(request, "resolver_match", None)
        if view and view.view_name.startswith("wagtailadmin") and (there := client_url(self)):
            return there
        address: str | None = super().get_url(request, current_site)
        return address

    @property
    def full_url(self) -> str | None:
        """Return the like with scheme and host."""
        return client_url(self) or self.get_full_url()

    @classmethod
    def has_template(cls) -> bool:
        """Tell whether this type can be rendered here."""
        try:
            get_template(cls.template)
        except TemplateDoesNotExist:
            return False
        return True

    def get_client_root_url(self, request: HttpRequest | None) -> str:
        """Return where a client shows the pages of this page's site; "" without a client."""
        _site, root, _path = self.get_url_parts(request) or (None, None, None)
        if root is None and (site := Site.find_for_request(request) if request else None):
            root = site.root_url
        client = client_root(root or "")
        return f"{client}/" if client else ""

    def make_preview_request(
        self,
        original_request: HttpRequest | None = None,
        preview_mode: str | None = None,
        extra_request_attrs: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the draft at the client, if there is one, else as the site renders it."""
        if self.get_client_root_url(original_request):
            return HeadlessPreviewMixin.serve_preview(self, original_request, preview_mode)
        if not self.has_template():
            raise Http404("Nothing shows drafts: see the system check home.W002.")
        return super().make_preview_request(original_request, preview_mode, extra_request_attrs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Render the draft."""
        return Page.serve_preview(self, request, mode_name)

    # --- What the API asks for ------------------------------------------------------------------

    @property
    def api_url(self) -> str:
        """Return the page's absolute address."""
        return page_url(self)

    @property
    def api_path(self) -> str:
        """Return the page's address below the site's root."""
        return page_path(self)

    @property
    def language_code(self) -> str:
        """Return the page's language as in "de-simple"."""
        return str(self.locale.language_code)

    @property
    def api_seo(self) -> dict[str, Any]:
        """Return the page's words for search engines and shared links."""
        return {
            "title": self.seo_title or self.title,
            "description": self.teaser_text,
            "social_text": self.social_text or self.teaser_text,
            "canonical": self.api_url,
            "image": self.social_image,
        }
