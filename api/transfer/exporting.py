"""From pages to files: everything that the public may read, as the API answers it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _t
from pydantic import BaseModel
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from ..addresses import at_site, on_shelf, page_url
from ..operations import Navigation, menu
from ..registry import registry
from ..schemas import Image, whole
from . import TransferError
from .folder import Output
from .shelf import FolderShelf, short_hash

Report = Callable[[str, int, int], None]
#: How often an export begins anew when content changes meanwhile.
ROUNDS = 3


def plain(content: BaseModel) -> dict[str, Any]:
    """Return content as the API's JSON."""
    found: dict[str, Any] = json.loads(content.model_dump_json())
    return found


class Export:
    """One run of `manage.py export`."""

    def __init__(self, site: Site, folder: Path, report: Report, *, media: bool = True) -> None:
        """Export a site into a folder; `report` gets label, done and total.

        Without `media`, pictures and documents have no files. Raises `TransferError` for a folder
        that holds something else.
        """
        self.site, self._report, self._media = site, report, media
        self.output = Output(folder)
        self.faults: list[str] = []

    def run(self) -> dict[str, int]:
        """Bring the folder into the state of the content; return what it holds, counted.

        Raises `TransferError` when the content changes all the time.
        """
        for _round in range(ROUNDS):
            version = self._version()
            counts = self._write()
            if self._version() == version:
                self._finish(counts)
                return counts
        raise TransferError(_t("The content keeps changing; please start again in a quiet hour."))

    @staticmethod
    def _version() -> str:
        with registry.content.scope():
            return registry.content.freshness().version

    def _write(self) -> dict[str, int]:
        self.output.begin()
        shelf = FolderShelf(self.output, media=self._media)
        with (
            at_site(self.site),
            on_shelf(shelf),
            translation.override(settings.LANGUAGE_CODE),
        ):
            pages = self._public_pages()
            for part in registry.parts:
                with registry.content.scope():
                    self.output.put(part.name, plain(part.write(self.site)))
            self._write_menus()
            self._write_pages(pages)
            self.output.put("tree.json", {"items": list(self._places(pages))})
            self.output.put("redirects.json", {"items": list(self._redirects(pages))})
            self._write_files(shelf)
        self.faults = shelf.faults
        return {
            "pages": len(pages),
            "images": len(shelf.images),
            "documents": len(shelf.documents),
        }

    def _finish(self, counts: dict[str, int]) -> None:
        self.output.finish(
            {
                "site": {
                    "hostname": self.site.hostname,
                    "port": self.site.port,
                    "name": self.site.site_name,
                    "url": self.site.root_url,
                    "root_page": self.site.root_page_id,
                },
                "counts": counts,
                "media": self._media,
            }
        )

    # --- Pages ----------------------------------------------------------------------------------

    def _public_pages(self) -> list[Page]:
        """Return the site's public pages of known types in the tree's order, parents first."""
        roots = {
            root.root_path for root in Site.get_site_root_paths() if root.site_id == self.site.pk
        }
        found: list[Page] = []
        paths: set[str] = set()
        with registry.content.scope():
            for page in registry.content.public_pages().order_by("path"):
                in_tree = page.url_path in roots or page.path[: -Page.steplen] in paths
                if in_tree and page.specific_class in registry.page_types:
                    paths.add(page.path)
                    found.append(page)
        if not any(page.pk == self.site.root_page_id for page in found):
            raise TransferError(
                _t("The site's home page is not public: there is nothing to export.")
            )
        return found

    def _write_pages(self, pages: list[Page]) -> None:
        label = _t("Pages with their pictures")
        for number, page in enumerate(pages, 1):
            # What one page has looked up is related to this page alone.
            with registry.content.scope():
                own = registry.content.page(page.pk)
                content = whole(own) if own else None
                if content is not None:  # else withdrawn meanwhile: another round follows
                    self.output.put(f"pages/{page.pk}.json", plain(content))
            self._report(label, number, len(pages))

    @staticmethod
    def _places(pages: list[Page]) -> Iterator[dict[str, Any]]:
        """Yield what the page tree knows of each page, and the API does not tell."""
        keys = {page.path: page.pk for page in pages}
        for page in pages:
            yield {
                "id": page.pk,
                "parent": keys.get(page.path[: -Page.steplen]),
                "slug": page.slug,
                "url": page_url(page),
                "locale": page.locale.language_code,
                "translation_key": str(page.translation_key),
                "show_in_menus": page.show_in_menus,
                "expire_at": page.expire_at.isoformat() if page.expire_at else None,
            }

    def _write_menus(self) -> None:
        for code, _name in settings.LANGUAGES:
            with registry.content.scope():
                if pages := registry.content.menu(self.site, code):
                    home, *below = pages
                    content = Navigation(locale=code, home=home, items=menu(below, home))
                    self.output.put(f"navigation/{code}.json", plain(content))

    def _redirects(self, pages: list[Page]) -> Iterator[dict[str, Any]]:
        """Yield where editors have led paths, except to what is not public."""
        public = {page.pk for page in pages}
        for found in Redirect.get_for_site(self.site).order_by("old_path", "site_id", "pk"):
            if found.redirect_page_id in public or (
                found.redirect_page_id is None and found.redirect_link
            ):
                yield {
                    "path": found.old_path,
                    "page": found.redirect_page_id,
                    "route": found.redirect_page_route_path,
                    "link": found.redirect_link,
                    "permanent": found.is_permanent,
                }

    # --- Files ----------------------------------------------------------------------------------

    def _write_files(self, shelf: FolderShelf) -> None:
        for number, (pk, image) in enumerate(sorted(shelf.images.items()), 1):
            content = plain(Image.model_validate(image)) | {
                "title": image.title,
                "name": Path(image.file.name).stem,
                "hash": short_hash(image),
                **{name: getattr(image, name) for name in getattr(image, "export_fields", ())},
            }
            self.output.put(f"images/{pk}.json", content)
            self._report(_t("Pictures"), number, len(shelf.images))
        for number, (pk, (document, path)) in enumerate(sorted(shelf.documents.items()), 1):
            content = {
                "id": pk,
                "title": document.title,
                "name": document.filename,
                "size": document.file_size,
                "url": path or f"{self.site.root_url}{document.url}",
                "file": path if self._media else None,
            }
            self.output.put(f"documents/{pk}.json", content)
            self._report(_t("Documents"), number, len(shelf.documents))
