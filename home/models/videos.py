"""Videos with their captions, and which pages show them."""

import secrets
from functools import partial
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from ..references import named_in
from ..slugs import german_slug
from ..videos import check_captions, read_video
from .base import CampaignPage
from .freshness import DRAFT_FIELDS

#: The folder in MEDIA_ROOT; anyone may read what lies in it.
FOLDER = "videos"
#: What a file may be, by the end of its name.
MEDIA_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}
#: In bytes; the setting VIDEOS_MAX_UPLOAD_SIZE names another one for video files.
MAX_SIZE, CAPTIONS_MAX_SIZE = 200 * 1024 * 1024, 1024 * 1024
#: Numbers beyond this fit into no database's column; no video is longer or larger.
MOST = 2**31 - 1


class VideoLanguage(models.TextChoices):
    """What is spoken or signed, as a language tag (BCP 47)."""

    GERMAN = "de", _("German")
    SIGN = "gsg", _("German Sign Language (DGS)")
    SIMPLE = "de-simple", _("Leichte Sprache")
    ENGLISH = "en", _("English")


def new_name(_video: Any, filename: str) -> str:
    """Return a name that no file has ever had: browsers keep what they have once fetched."""
    path = PurePath(filename)
    stem = german_slug(path.stem)[:60] or "video"
    return f"{FOLDER}/{secrets.token_hex(8)}-{stem}{path.suffix.lower()}"


class Video(index.Indexed, models.Model):
    """A video on the own host, with captions."""

    title = models.CharField(
        _("title"), max_length=160, help_text=_("Says what the video is about; shown with it.")
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=VideoLanguage.choices,
        default=VideoLanguage.GERMAN,
        help_text=_("What is spoken or signed in the video."),
    )
    file = models.FileField(
        _("video file"),
        upload_to=new_name,
        max_length=200,
        validators=[FileExtensionValidator([*MEDIA_TYPES])],
        help_text=_("MP4 (H.264) or WebM (VP9)."),
    )
    captions = models.FileField(
        _("captions"),
        upload_to=new_name,
        max_length=200,
        blank=True,
        validators=[FileExtensionValidator(["vtt"])],
        help_text=_(
            "A WebVTT file (.vtt) with all that is spoken or signed, and sounds that matter."
        ),
    )
    silent = models.BooleanField(
        _("without speech and sound"),
        default=False,
        help_text=_(
            "Nothing is to be heard that matters. Captions are not required then; the "
            "transcript is."
        ),
    )
    size = models.PositiveIntegerField(_("size in bytes"), default=0, editable=False)
    seconds = models.PositiveIntegerField(_("length in seconds"), default=0, editable=False)
    width = models.PositiveIntegerField(_("width"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height"), default=0, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    panels = [
        FieldPanel("title"),
        FieldPanel("language"),
        FieldPanel("file"),
        MultiFieldPanel(
            [FieldPanel("captions"), FieldPanel("silent")],
            heading=_("For those who do not hear"),
        ),
    ]
    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("video")
        verbose_name_plural = _("videos")

    def __str__(self) -> str:
        return f"{self.title} ({self.get_language_display()})"

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "Video":
        """Remember the files' names, so that replaced ones can be removed."""
        video = super().from_db(*args, **kwargs)
        video._stored = {video.__dict__.get("file"), video.__dict__.get("captions")}
        return video

    def clean(self) -> None:
        """Look into new files; ask for captions where something is to be heard."""
        super().clean()
        errors: dict[str, ValidationError] = {}
        for name, check in (("file", self._check_file), ("captions", self._check_captions)):
            field = getattr(self, name)
            if field and not field._committed:
                try:
                    check()
                except ValidationError as error:
                    errors[name] = error
        if not self.has_what_it_needs() and "captions" not in errors:
            errors["captions"] = ValidationError(self.missing_captions())
        if errors:
            raise ValidationError(errors)

    def _check_file(self) -> None:
        """Take what the file tells of itself."""
        limit = getattr(settings, "VIDEOS_MAX_UPLOAD_SIZE", MAX_SIZE)
        if self.file.size > limit:
            raise ValidationError(
                _t("This file is too large: %(size)s; at most %(limit)s are possible.")
                % {"size": filesizeformat(self.file.size), "limit": filesizeformat(limit)}
            )
        facts = read_video(self.file.file)
        if facts.media_type != self.media_type:
            raise ValidationError(
                _t("The file's name ends in another way than its content: it is %(kind)s.")
                % {"kind": facts.media_type.removeprefix("video/").upper()}
            )
        self.size = self.file.size
        self.seconds = min(round(facts.seconds), MOST)
        self.width, self.height = min(facts.width, MOST), min(facts.height, MOST)

    def _check_captions(self) -> None:
        if self.captions.size > CAPTIONS_MAX_SIZE:
            raise ValidationError(_t("These captions are too large: at most 1 MB is possible."))
        self.captions.file.seek(0)
        try:
            check_captions(self.captions.file.read())
        finally:
            self.captions.file.seek(0)

    def has_what_it_needs(self) -> bool:
        """Tell whether those who do not hear can follow the video (BITV 2.0)."""
        return bool(self.captions or self.silent)

    @staticmethod
    def missing_captions() -> str:
        """Return what to say where captions are missing."""
        return _t(
            "This video has no captions. Please add a WebVTT file, or say that the video is "
            "without speech and sound."
        )

    @property
    def media_type(self) -> str:
        """Return the type of the file, which its name tells."""
        return MEDIA_TYPES.get(PurePath(self.file.name or "").suffix[1:].lower(), "video/mp4")

    @property
    def is_signed(self) -> bool:
        """Tell whether the video is in sign language."""
        return self.language == VideoLanguage.SIGN

    @property
    def language_label(self) -> str:
        """Return the language's name."""
        return str(self.get_language_display())

    @property
    def captions_language(self) -> str:
        """Return the language in which captions are written: signs are put into German words."""
        return VideoLanguage.GERMAN.value if self.is_signed else self.language

    @property
    def captions_label(self) -> str:
        """Return how the player names the captions."""
        return str(VideoLanguage(self.captions_language).label)

    @property
    def length(self) -> str:
        """Return how long the video is, as in "1:05"; "" for what nobody knows."""
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        if hours:
            return f"{hours}:{minutes:02}:{seconds:02}"
        return f"{minutes}:{seconds:02}" if self.seconds else ""


class PageVideo(models.Model):
    """A page shows a video in its body, as it is stored for the public."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="video_links")
    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="page_links")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "video"], name="page_shows_video_once")
        ]
        verbose_name = _("video on a page")
        verbose_name_plural = _("videos on pages")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.video_id}"


# --- When ---------------------------------------------------------------------------------------


def remember_videos(
    instance: Any, update_fields: Any = None, raw: bool = False, **_signal: Any
) -> None:
    """Note which videos a page shows whenever its row is saved; a draft leaves that as it is."""
    if raw or not isinstance(instance, CampaignPage):
        return
    if update_fields and DRAFT_FIELDS.issuperset(update_fields):
        return
    named = named_in(instance).videos
    wanted = (
        set(Video.objects.filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    )
    kept = {link.video_id: link for link in PageVideo.objects.filter(page=instance.pk)}
    for video, link in kept.items():
        if video not in wanted:
            link.delete()
    for video in named:
        if video in wanted and video not in kept:
            PageVideo.objects.create(page_id=instance.pk, video_id=video)


def remove_replaced_files(instance: Video, **_signal: Any) -> None:
    """Delete files that the video does not have any more, once that is certain."""
    now = {instance.file.name, instance.captions.name}
    _remove_files(instance, getattr(instance, "_stored", set()) - now)
    instance._stored = now


def remove_files(instance: Video, **_signal: Any) -> None:
    """Delete the files of a video that is gone, once that is certain."""
    _remove_files(instance, {instance.file.name, instance.captions.name})


def _remove_files(video: Video, names: set[Any]) -> None:
    storage = video.file.storage
    for name in filter(None, names):
        transaction.on_commit(partial(storage.delete, name))


def watch_videos() -> None:
    """Note from now on which pages show videos, and tidy up files."""
    post_save.connect(remember_videos, dispatch_uid="remember_videos")
    post_save.connect(remove_replaced_files, sender=Video, dispatch_uid="remove_replaced_files")
    post_delete.connect(remove_files, sender=Video, dispatch_uid="remove_files")
