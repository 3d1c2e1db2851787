"""The admin's form for pictures, which takes any upload and never fails for one."""

from collections.abc import Iterator
from typing import Any

from django.forms.boundfield import BoundField
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail.admin.widgets import AdminDateInput
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .pictures.uploads import clean_upload, media_type

#: The fields about the people in the picture; they stand together.
CONSENT = ("shows_people", "consent_reference", "consent_valid_until", "consent_withdrawn_on")


class PictureField(WagtailImageField):
    """A picture file: whatever the image library cannot read is refused with a word."""

    def to_python(self, data: Any) -> Any:
        """Return the picture, written anew.

        The upload itself is changed: Wagtail puts aside what the request has sent where a form
        has another fault.
        """
        if data in self.empty_values:
            return None
        clean = clean_upload(data)
        data.seek(0)
        data.truncate()
        data.write(clean.read())
        data.flush()
        data.seek(0)
        data.name, data.size, data.content_type = clean.name, clean.size, media_type(clean.name)
        return data


def has_own_template() -> bool:
    """Tell whether the website is there, whose page of a picture has a place for consent."""
    try:
        get_template("home/admin/withdraw_consent.html")
    except TemplateDoesNotExist:
        return False
    return True


class CampaignImageForm(BaseImageForm):
    """What every form for pictures is made from (`WAGTAILIMAGES_IMAGE_FORM_BASE`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our own field in the place of Wagtail's; a withdrawal has a button of its own."""
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=field.label, required=field.required, widget=field.widget
            )
        if not self.instance.consent_withdrawn_on:
            self.fields.pop("consent_withdrawn_on", None)

    def __iter__(self) -> Iterator[BoundField]:
        """Yield the fields; the page of a picture shows those about people by themselves."""
        is_whole = self.instance.pk and "file" in self.fields and has_own_template()
        return (field for field in super().__iter__() if not is_whole or field.name not in CONSENT)

    def consent_fields(self) -> list[BoundField]:
        """Return the fields about the people in the picture."""
        return [self[name] for name in CONSENT if name in self.fields]

    class Meta(BaseImageForm.Meta):
        widgets = {
            **BaseImageForm.Meta.widgets,
            "consent_valid_until": AdminDateInput,
            "consent_withdrawn_on": AdminDateInput,
        }
