"""From files to pages: an export becomes the content of an empty instance."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO, StringIO
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, SuspiciousFileOperation, ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _t
from modelcluster.models import ClusterableModel
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.models import Filter
from wagtail.models import Locale, Page, Site

from ..images import filter_spec
from ..registry import Part, registry
from . import TransferError
from .filling import Restorer, files_known
from .folder import Source

Report = Callable[[str, int, int], None]
#: What reading a file whose JSON is not as an export writes it ends in.
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    DatabaseError,
    LookupError,
    ObjectDoesNotExist,
    SuspiciousFileOperation,
    TransferError,
    TypeError,
    ValidationError,
    ValueError,
)


class Import:
    """One run of `manage.py import`."""

    def __init__(self, source: Source, report: Report) -> None:
        """Import a whole export; `report` gets label, done and total."""
        self.source, self._report = source, report
        self._written: list[FieldFile] = []
        self._restorer = Restorer(take=self._take)

    def run(self) -> dict[str, int]:
        """Take everything in, or nothing; return what it was, counted.

        Raises `TransferError` for an instance that is not empty, and an export that does not fit.
        """
        if not self.source.manifest["media"]:
            raise TransferError(_t("This export was made without pictures and documents."))
        try:
            with transaction.atomic():
                self._remove_beginning()
                self._restore()
        except BaseException:
            for file in self._written:
                file.storage.delete(str(file.name))
            Site.clear_site_root_paths_cache()
            raise
        call_command("update_index", verbosity=0, stdout=StringIO())
        counts: dict[str, int] = self.source.manifest["counts"]
        return counts

    @contextmanager
    def _reading(self, name: str) -> Iterator[Any]:
        """Read a file; say which one it was that does not fit."""
        try:
            yield self.source.json(name)
        except UNREADABLE as error:
            message = "; ".join(error.messages) if isinstance(error, ValidationError) else error
            raise TransferError(
                _t("%(file)s cannot be imported: %(error)s") % {"file": name, "error": message}
            ) from error

    def _remove_beginning(self) -> None:
        """Remove the page that a new instance begins with; refuse one that holds more."""
        filled: tuple[type[Model], ...] = (get_image_model(), get_document_model(), Redirect)
        for model in (*filled, *(model for part in registry.parts for model in part.models)):
            if model._default_manager.exists():
                raise self._not_empty(model._meta.verbose_name_plural)
        pages = list(Page.objects.filter(depth__gt=1))
        if len(pages) > 1 or any(
            page.first_published_at or page.latest_revision_id for page in pages
        ):
            raise self._not_empty(Page._meta.verbose_name_plural)
        for page in pages:
            page.specific.delete()
        Site.objects.all().delete()

    @staticmethod
    def _not_empty(names: Any) -> TransferError:
        return TransferError(
            _t("An import needs an empty instance; this one has content already (%(names)s).")
            % {"names": names}
        )

    def _restore(self) -> None:
        with self._reading("tree.json") as tree:
            places: list[dict[str, Any]] = tree["items"]
            self._restorer.pages = {place["url"]: place["id"] for place in places}
        self._restorer.known = {
            Page: set(self._restorer.pages.values()),
            **files_known(set(self._restore_images()), set(self._restore_documents())),
        }
        self._restore_parts(part for part in registry.parts if not part.after_pages)
        self._restore_pages(places)
        self._restore_site()
        self._restore_parts(part for part in registry.parts if part.after_pages)
        self._restore_redirects()
        self._reset_sequences()

    def _restore_parts(self, parts: Iterable[Part]) -> None:
        for part in parts:
            with self._reading(part.name) as data:
                part.restore(data, self._restorer)

    # --- Files ----------------------------------------------------------------------------------

    def _restore_images(self) -> Iterator[int]:
        names, label = self.source.names("images"), _t("Pictures")
        for number, name in enumerate(names, 1):
            with self._reading(name) as data:
                yield self._restore_image(data)
            self._report(label, number, len(names))

    def _restore_image(self, data: dict[str, Any]) -> int:
        """Make a picture with all its sizes; the best one becomes the original."""
        model = get_image_model()
        stem = PurePosixPath(data["name"]).name
        image = self._restorer.fill(
            model(), {name: data[name] for name in data.keys() - {"sources", "hash", "name"}}
        )
        image.description, image.file_hash = data["alt"], data["hash"]
        if source := self._best(data["sources"]):
            path = PurePosixPath(source["url"])
            self._put(image.file, f"{stem}{path.suffix}", self.source.read(source["url"]))
            image.file_size = image.file.size
        else:
            image.file.name = image.get_upload_to(f"{stem}.missing")
        image.width, image.height = data["width"], data["height"]
        if point := data["focal_point"]:
            for name, whole in (("x", image.width), ("width", image.width)):
                setattr(image, f"focal_point_{name}", round(point[name] * whole / 100))
            for name, whole in (("y", image.height), ("height", image.height)):
                setattr(image, f"focal_point_{name}", round(point[name] * whole / 100))
        image.save()
        for source in data["sources"]:
            self._restore_rendition(image, stem, source)
        return int(image.pk)

    def _best(self, sources: list[dict[str, Any]]) -> dict[str, Any] | None:
        """Return the largest source: as JPEG, or as WebP where that is partly transparent."""
        largest = {source["media_type"]: source for source in sources}  # the smallest come first
        if webp := largest.get("image/webp"):
            with Image.open(BytesIO(self.source.read(webp["url"]))) as picture:
                if picture.has_transparency_data:
                    return webp
        return largest.get("image/jpeg") or webp

    def _restore_rendition(self, image: Any, stem: str, source: dict[str, Any]) -> None:
        extension = PurePosixPath(source["url"]).suffix
        width, height = source["width"], source["height"]
        spec = Filter(filter_spec(width, height, extension.removeprefix(".")))
        rendition = image.get_rendition_model()(
            image=image, filter_spec=spec.spec, focal_point_key=spec.get_cache_key(image)
        )
        self._put(
            rendition.file,
            f"{stem}.fill-{width}x{height}{extension}",
            self.source.read(source["url"]),
        )
        rendition.width, rendition.height = width, height
        rendition.save()

    def _restore_documents(self) -> Iterator[int]:
        names, label = self.source.names("documents"), _t("Documents")
        for number, name in enumerate(names, 1):
            with self._reading(name) as data:
                yield self._restore_document(data)
            self._report(label, number, len(names))

    def _restore_document(self, data: dict[str, Any]) -> int:
        document = get_document_model()(pk=data["id"], title=data["title"], file_size=data["size"])
        filename = PurePosixPath(data["name"]).name
        if data["file"]:
            # In a folder of its own it keeps its name, whatever else is there.
            self._put(document.file, f"{data['id']}/{filename}", self.source.read(data["file"]))
            document._set_file_hash()
        else:
            document.file.name = document.file.field.generate_filename(document, filename)
        document.save()
        self._restorer.documents[data["url"]] = document.pk
        return int(document.pk)

    def _take(self, file: FieldFile, path: str) -> None:
        """Put a file where the field's files are, under the name that it had."""
        name, content = PurePosixPath(path).name, ContentFile(self.source.read(path))
        folder = PurePosixPath(file.field.generate_filename(file.instance, name)).parent
        file.name = file.storage.save(str(folder / name), content)
        self._written.append(file)

    def _put(self, file: FieldFile, name: str, content: bytes) -> None:
        file.save(name, ContentFile(content), save=False)
        self._written.append(file)

    # --- Pages ----------------------------------------------------------------------------------

    def _restore_pages(self, places: list[dict[str, Any]]) -> None:
        root = Page.get_first_root_node()
        children = Counter(place["parent"] for place in places)
        locales = {code: self._locale(code) for code in {place["locale"] for place in places}}
        placed: dict[int | None, Page] = {None: root}
        taken: Counter[int | None] = Counter()
        for number, place in enumerate(places, 1):
            with self._reading(f"pages/{place['id']}.json") as data:
                parent = placed[place["parent"]]
                taken[place["parent"]] += 1
                page = self._page(place, data)
                page.locale = locales[place["locale"]]
                page.path = Page._get_path(parent.path, parent.depth + 1, taken[place["parent"]])
                page.depth, page.numchild = parent.depth + 1, children[place["id"]]
                page.set_url_path(parent)
                # Page.save() wants a page that it has numbered itself, and checks what may be old.
                ClusterableModel.save(page, force_insert=(Model,))
                placed[page.pk] = Page(path=page.path, depth=page.depth, url_path=page.url_path)
            self._report(_t("Pages"), number, len(places))
        Page.objects.filter(pk=root.pk).update(numchild=children[None])

    def _page(self, place: dict[str, Any], data: dict[str, Any]) -> Any:
        kind = next((k for k in registry.page_types.values() if k.name == data["type"]), None)
        if kind is None:
            raise TransferError(_t("There is no page type “%(name)s”.") % {"name": data["type"]})
        page: Any = kind.model()
        self._restorer.fill(page, kind.page.restore(data))
        page.pk, page.live = place["id"], True
        page.title = page.draft_title = data["title"]
        page.seo_title = _own(data["seo"]["title"], page.title)
        page.slug, page.show_in_menus = place["slug"], place["show_in_menus"]
        page.translation_key = UUID(place["translation_key"])
        page.first_published_at = _moment(data["published_at"])
        page.last_published_at = _moment(data["changed_at"])
        page.expire_at = _moment(place["expire_at"])
        return page

    @staticmethod
    def _locale(code: str) -> Locale:
        if code not in dict(settings.LANGUAGES):
            raise TransferError(_t("This instance has no language “%(code)s”.") % {"code": code})
        return Locale.objects.get_or_create(language_code=code)[0]

    # --- The site -------------------------------------------------------------------------------

    def _restore_site(self) -> None:
        with self._reading("tree.json"):
            data = self.source.manifest["site"]
            self._restorer.site = Site.objects.create(
                hostname=data["hostname"],
                port=data["port"],
                site_name=data["name"],
                root_page_id=data["root_page"],
                is_default_site=True,
            )
        Site.clear_site_root_paths_cache()

    def _restore_redirects(self) -> None:
        with self._reading("redirects.json") as data:
            for item in data["items"]:
                Redirect.objects.create(
                    site=self._restorer.site,
                    old_path=item["path"],
                    redirect_page_id=item["page"],
                    redirect_page_route_path=item["route"],
                    redirect_link=item["link"],
                    is_permanent=item["permanent"],
                )

    @staticmethod
    def _reset_sequences() -> None:
        """Let the database number on after what came with its number."""
        models = [Page, get_image_model(), get_document_model()]
        models += [model for part in registry.parts for model in part.models]
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)


def _own(text: str, default: str) -> str:
    """Return a text of a field's own; "" where the field would show the same when empty."""
    return "" if text == default else text


def _moment(text: str | None) -> dt.datetime | None:
    moment = dt.datetime.fromisoformat(text) if text else None
    return moment if moment is None or timezone.is_aware(moment) else timezone.make_aware(moment)
