"""Where an export's pictures and documents lie: in its own folder, under lasting names."""

from collections.abc import Iterator
from typing import Any

from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _t
from wagtail.documents import get_document_model
from wagtail.images.models import AbstractImage, SourceImageIOError
from wagtail.utils.file import hash_filelike

from .. import images
from ..registry import registry
from .folder import Output


class FolderShelf:
    """Answers for pictures and documents while pages are written, and puts them into the folder.

    Only what is asked for gets there; originals of pictures never do.
    """

    def __init__(self, output: Output, *, media: bool) -> None:
        """Fill `output`; without `media`, no file, and pictures have no sources."""
        self._output, self._media = output, media
        self._sources: dict[int, list[dict[str, Any]]] = {}
        self._documents = {found.url: found for found in get_document_model().objects.all()}
        self._files = {file.url: file for found in registry.files for file in found()}
        #: All pictures that were asked for, by primary key, and the documents with their files.
        self.images: dict[int, AbstractImage] = {}
        self.documents: dict[int, tuple[Any, str | None]] = {}
        #: What could not be exported, in words.
        self.faults: list[str] = []

    # --- Pictures -------------------------------------------------------------------------------

    def sources(self, image: AbstractImage) -> list[dict[str, Any]]:
        """Return a picture's sizes with their paths; they are made and copied the first time."""
        if image.pk not in self.images:
            self.images[image.pk] = image
            self._sources[image.pk] = list(self._copies(image)) if self._media else []
        return self._sources[image.pk]

    def _copies(self, image: AbstractImage) -> Iterator[dict[str, Any]]:
        version = short_hash(image)
        for name, media_type in images.FORMATS.items():
            for width, height in images.sizes(image):
                path = f"media/images/{image.pk}-{version}-{width}.{name}"
                try:
                    made = self._copy(image, images.filter_spec(width, height, name), path)
                except (SourceImageIOError, OSError) as error:
                    self._fault(image, error)
                    continue
                yield {
                    "url": path,
                    "width": made.width,
                    "height": made.height,
                    "media_type": media_type,
                }

    def _copy(self, image: AbstractImage, spec: str, path: str) -> Any:
        rendition = image.get_rendition(spec)
        if self._output.keep(path):
            return rendition
        storage = rendition.file.storage
        if not storage.exists(rendition.file.name):  # somebody has emptied the folder of sizes
            image.renditions.filter(pk=rendition.pk).delete()
            rendition = image.create_rendition(rendition.filter)
        with storage.open(rendition.file.name, "rb") as file:
            self._output.copy(path, file)
        return rendition

    def _fault(self, image: AbstractImage, error: Exception) -> None:
        message = _t("Picture %(id)d cannot be read: %(error)s")
        self._note(message % {"id": image.pk, "error": error})

    def _note(self, text: str) -> None:
        if text not in self.faults:
            self.faults.append(text)

    # --- Other files ----------------------------------------------------------------------------

    def _keep_file(self, file: FieldFile) -> str | None:
        """Take a file along whose name no other has."""
        path = f"media/{file.name}"
        if self._media and path not in self._output.files:
            try:
                with file.storage.open(str(file.name), "rb") as opened:
                    self._output.copy(path, opened)
            except OSError as error:
                message = _t("File %(name)s cannot be read: %(error)s")
                self._note(message % {"name": file.name, "error": error})
                return None
        return path

    # --- Documents ------------------------------------------------------------------------------

    def place_of(self, address: str) -> str | None:
        """Return the path of the file at an address; None for what is no public file."""
        if file := self._files.get(address):
            return self._keep_file(file)
        document = self._documents.get(address)
        if document is None:
            return None
        if document.pk not in self.documents:
            self.documents[document.pk] = document, self._keep_document(document)
        return self.documents[document.pk][1]

    def _keep_document(self, document: Any) -> str | None:
        if document.collection.get_view_restrictions().exists():
            return None
        path = f"media/documents/{document.pk}-{document.filename}"
        if self._media:
            try:
                with document.open_file() as file:
                    self._output.copy(path, file)
            except OSError as error:
                message = _t("Document %(id)d cannot be read: %(error)s")
                self.faults.append(message % {"id": document.pk, "error": error})
                return None
        return path


def short_hash(image: AbstractImage) -> str:
    """Return the first digits of the original's SHA-1; "" for a file that is gone."""
    if image.file_hash:
        return str(image.file_hash[:8])
    try:
        with image.open_file() as file:
            return str(hash_filelike(file)[:8])
    except (SourceImageIOError, OSError):
        return ""
