"""Blocks of pictures, videos, people and files."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils.html import strip_tags
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from .choosers import FileChooserBlock, PictureChooserBlock, VideoChooserBlock
from .text import optional_title, rich_text

MEDIA, PEOPLE = _("Pictures and files"), _("People and partners")


def sample_image() -> Any:
    """Return a picture of the library for previews; None while there is none."""
    return get_image_model().objects.order_by("pk").first()


class PictureValue(blocks.StructValue):
    """A picture with the words that stand for it."""

    @property
    def alt(self) -> str:
        """Return the alternative text; "" for a decorative picture."""
        return "" if self.get("decorative") else str(self.get("alt_text") or "")


class PictureBlock(blocks.StructBlock):
    """A picture with alternative text or marked as decorative."""

    image = PictureChooserBlock(label=_("Picture"))
    alt_text = blocks.CharBlock(
        required=False,
        max_length=250,
        label=_("Alternative text"),
        help_text=_(
            "For those who do not see the picture: what matters in it, in one sentence. "
            "Not “Bild von …”."
        ),
    )
    decorative = blocks.BooleanBlock(
        required=False,
        label=_("Purely decorative"),
        help_text=_("The picture says nothing that the text does not say."),
    )
    caption = blocks.CharBlock(
        required=False,
        max_length=250,
        label=_("Caption"),
        help_text=_("Stands below the picture for everybody. The credit is added by itself."),
    )

    class Meta:
        template = "blocks/picture.html"
        icon = "image"
        group = MEDIA
        label = _("Picture")
        description = _("A picture over the text's full width, with caption and credit.")
        help_text = _(
            "Describe the picture or mark it as decorative. Words do not belong in a picture."
        )
        value_class = PictureValue

    def get_preview_value(self) -> Any:
        """Return a picture of the library."""
        sample = {"image": sample_image(), "decorative": True, "caption": "Eine Bildunterschrift"}
        return self.normalize(sample)

    def clean(self, value: Any) -> Any:
        """Ask for an alternative text or the word that the picture is decorative."""
        result = super().clean(value)
        if bool(result["alt_text"]) == bool(result["decorative"]):
            message = (
                _t("A decorative picture has no alternative text: please decide on one of the two.")
                if result["decorative"]
                else _t("Please describe the picture, or mark it as purely decorative.")
            )
            errors = {"alt_text": ErrorList([ValidationError(message)])}
            raise blocks.StructBlockValidationError(block_errors=errors)
        return result


class GalleryBlock(blocks.StructBlock):
    """Several pictures in a grid."""

    title = optional_title()
    pictures = blocks.ListBlock(
        PictureBlock(help_text=""), min_num=2, max_num=12, label=_("Pictures")
    )

    class Meta:
        template = "blocks/gallery.html"
        icon = "image"
        group = MEDIA
        label = _("Gallery")
        description = _("Two to twelve pictures in a grid.")
        help_text = _("Pictures that belong together. Describe each one or mark it as decorative.")

    def get_preview_value(self) -> Any:
        """Return the library's first picture twice."""
        picture = {"image": sample_image(), "decorative": True}
        return self.normalize({"pictures": [picture, picture]})


class VideoBlock(blocks.StructBlock):
    """A video of the own host with captions and transcript."""

    video = VideoChooserBlock(
        "home.Video",
        label=_("Video"),
        help_text=_("Upload it here or under “Videos” in the menu, with its captions."),
    )
    title = blocks.CharBlock(
        required=False, max_length=160, label=_("Title"), help_text=_("Empty: the video's own.")
    )
    poster = PictureChooserBlock(
        required=False,
        label=_("Still picture"),
        help_text=_("Stands there until somebody starts the video; best in the video's format."),
    )
    transcript = rich_text(
        label=_("Transcript"),
        help_text=_(
            "All that is said or signed, and what there is to see, as text: for those who neither "
            "see nor hear the video, and for the search."
        ),
    )

    class Meta:
        template = "blocks/video.html"
        icon = "media"
        group = MEDIA
        label = _("Video")
        description = _("A video with captions and transcript, also in sign language (DGS).")
        help_text = _(
            "It plays after a click only, from this website. Without captions and transcript the "
            "page cannot be published."
        )

    def get_preview_value(self) -> Any:
        """Return the library's newest video."""
        from ..models import Video

        sample = {"video": Video.objects.first(), "transcript": "<p>Guten Tag!</p>"}
        return self.normalize(sample)

    def clean(self, value: Any) -> Any:
        """Ask for what those need who do not hear or see; a draft may wait for it (BITV 2.0)."""
        result = super().clean(value)
        if self.is_deferred_validation:
            return result
        errors = {}
        if (video := result["video"]) and not video.has_what_it_needs():
            errors["video"] = ErrorList([ValidationError(video.missing_captions())])
        if not strip_tags(str(result["transcript"] or "")).replace("&nbsp;", "").strip():
            message = _t("Please write down what is said, signed and shown in the video.")
            errors["transcript"] = ErrorList([ValidationError(message)])
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return result

    def get_searchable_content(self, value: Any) -> list[str]:
        """Let the search find the video by its own title, too."""
        own = [value["video"].title] if value.get("video") and not value.get("title") else []
        return [*own, *super().get_searchable_content(value)]


class DownloadBlock(blocks.StructBlock):
    """A file with type and size."""

    document = FileChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        required=False, max_length=160, label=_("Title"), help_text=_("Empty: the document's own.")
    )
    text = blocks.CharBlock(
        required=False,
        max_length=240,
        label=_("Text"),
        help_text=_("What is in it, in one sentence."),
    )

    class Meta:
        template = "blocks/download.html"
        icon = "download"
        group = MEDIA
        label = _("Download")
        description = _("A file; its type and size are shown.")
        help_text = _(
            "Best an accessible PDF. What matters in it should stand in the page's text, too."
        )

    def get_preview_value(self) -> Any:
        """Return a document of the library."""
        return self.normalize({"document": get_document_model().objects.order_by("pk").first()})

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add type ("PDF") and size in bytes; None when the file is missing."""
        context = super().get_context(value, parent_context)
        document = value.get("document")
        if document:
            extension = Path(document.filename).suffix
            try:
                size = document.get_file_size()
            except OSError:
                size = None
            context |= {"type_label": extension.lstrip(".").upper(), "size": size}
        return context


class ContactBlock(blocks.StructBlock):
    """A contact person."""

    name = blocks.CharBlock(max_length=120, label=_("Name"), as_typed=True)
    role = blocks.CharBlock(required=False, max_length=120, label=_("Role"))
    organisation = blocks.CharBlock(required=False, max_length=160, label=_("Organisation"))
    email = blocks.EmailBlock(
        required=False,
        label=_("E-mail address"),
        help_text=_("Best the team's address: it outlasts a change of staff."),
    )
    phone = blocks.CharBlock(
        required=False,
        max_length=40,
        label=_("Telephone"),
        help_text=_("With the area code."),
        as_typed=True,
    )
    portrait = PictureChooserBlock(
        required=False,
        label=_("Portrait"),
        help_text=_("Cropped to a square; best with the face in the middle."),
    )

    class Meta:
        template = "blocks/contact.html"
        icon = "user"
        group = PEOPLE
        label = _("Contact person")
        description = _("Whom to ask, with e-mail address and telephone.")
        help_text = _("With the consent of the person. Give one way to reach them at least.")
        preview_value = {
            "name": "Mara Beispiel",
            "role": "Koordination",
            "email": "mara.beispiel@stadt.example",
        }


class LogoBlock(blocks.StructBlock):
    """A funder's logo."""

    image = PictureChooserBlock(label=_("Logo"))
    name = blocks.CharBlock(
        max_length=120, label=_("Name"), help_text=_("Read to those who do not see the logo.")
    )
    url = blocks.URLBlock(
        required=False, label=_("Address"), help_text=_("Empty: the logo is no link.")
    )

    class Meta:
        label = _("Logo")


class LogosBlock(blocks.StructBlock):
    """Funders' logos."""

    title = optional_title()
    items = blocks.ListBlock(LogoBlock(), min_num=1, max_num=12, label=_("Logos"))

    class Meta:
        template = "blocks/logos.html"
        icon = "group"
        group = PEOPLE
        label = _("Funders' logos")
        description = _("Who supports the campaign.")
        help_text = _("Use logos with permission only, best as PNG with a transparent ground.")

    def get_preview_value(self) -> Any:
        """Return the library's first picture as a logo."""
        return self.normalize({"items": [{"image": sample_image(), "name": "Stiftung"}]})
