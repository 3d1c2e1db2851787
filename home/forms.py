"""The admin's form for pictures, which takes any upload and never fails for one."""

from typing import Any

from wagtail.admin.widgets import AdminDateInput
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .pictures.uploads import clean_upload, media_type


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

    class Meta(BaseImageForm.Meta):
        widgets = {
            **BaseImageForm.Meta.widgets,
            "consent_valid_until": AdminDateInput,
            "consent_withdrawn_on": AdminDateInput,
        }
