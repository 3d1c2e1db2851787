"""The page in the tree: found by its address, hidden with its branch, on its way from home."""

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from ..lookups import current_lookups
from ..visibility import hidden_root, is_expired, is_untranslated, topmost

#: No page tree is deeper; a longer address cannot be a page's.
MAXIMUM_DEPTH = 12


class RoutedPage(Page):
    """A page that is found with one look at the tree; its type says what to fetch: `for_view`."""

    class Meta:
        abstract = True

    @property
    def is_home(self) -> bool:
        """Tell whether this is a site's front page."""
        return self.depth == 2

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page for an address with one look at the tree, however deep it lies.

        Wagtail asks twice a level. The same look tells which branches are hidden, so that nothing
        is served below a page that the public may not see.
        """
        # Without a home page of its own, a language has no pages: its prefix leads nowhere.
        if get_language() != settings.LANGUAGE_CODE and self.locale.language_code != get_language():
            raise Http404
        if not path_components:
            if not self._may_serve(self):
                raise Http404
            if not hasattr(self, "_chain_cache"):
                self._chain_cache = self._chain([])
                own: Any = self
                for row in self._chain_cache[-1:]:
                    own.locale = row.locale
            return super().route(request, path_components)
        if len(path_components) > MAXIMUM_DEPTH:
            raise Http404
        chain = self._chain(path_components)
        deepest = chain[-1]
        if deepest.pk == self.pk or not all(map(self._may_serve, chain)):
            raise Http404
        model = deepest.specific_class
        rest = path_components[len(chain) - 1 :]
        if not issubclass(model, RoutedPage):
            return deepest.specific.route(request, rest)
        page = model.for_view().get(pk=deepest.pk)
        page._chain_cache = chain
        return page.route(request, rest)

    def _may_serve(self, page: Any) -> bool:
        """Tell whether a page on the way is there for the public, in this page's language."""
        return (
            page.live
            and not is_expired(page)
            and not is_untranslated(page)
            and page.locale_id == self.locale_id
        )

    def _chain(self, path_components: list[str]) -> "list[Any]":
        """Return the pages from this one down to the deepest that the address names."""
        paths = [self.url_path]
        for component in path_components:
            paths.append(f"{paths[-1]}{component}/")
        private = PageViewRestriction.objects.filter(
            Q(page=OuterRef("pk")) | Q(page=OuterRef("alias_of"))
        )
        rows = list(
            Page.objects.filter(Q(url_path__in=paths) | Q(depth=1) | hidden_root())
            .annotate(is_private=Exists(private))
            .select_related("locale", "alias_of")
            .order_by("path")
        )
        hidden = topmost(
            row.path
            for row in rows
            if row.numchild
            and (not row.live or row.is_private or is_expired(row) or is_untranslated(row))
        )
        current_lookups().remember_hidden_branches(hidden)
        return [row for path in paths for row in rows if row.url_path == path and row.depth > 1]

    def get_view_restrictions(self) -> Any:
        """Return the restrictions on the page; without a query when its way here met none."""
        chain = getattr(self, "_chain_cache", None)
        if chain and not self.alias_of_id and not any(page.is_private for page in chain):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def serve_password_required_response(
        self, request: HttpRequest, form: Any, action_url: str
    ) -> TemplateResponse:
        """Ask for the password; the form knows nothing of the page, not even its title."""
        template = self.password_required_template or "wagtailcore/password_required.html"
        return TemplateResponse(request, template, {"form": form, "action_url": action_url})

    def ancestors_below_home(self) -> list[Page]:
        """Return the pages between the tree's root and this one, the site's home page first."""
        if self.is_home:
            return []
        if chain := getattr(self, "_chain_cache", None):
            return list(chain[:-1])
        return list(self.get_ancestors().filter(depth__gt=1))

    def breadcrumbs(self, request: HttpRequest) -> list[dict[str, str]]:
        """Return the way from the home page to this page's parent."""
        return [
            {"title": page.title, "url": page.get_url(request) or ""}
            for page in self.ancestors_below_home()
        ]
