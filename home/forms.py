"""The admin's form for pictures, which takes any upload and never fails for one."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class PictureField(WagtailImageField):
    """A picture file; whatever the image library cannot read is refused with a word."""

    def to_python(self, data: Any) -> Any:
        """Return the picture; Wagtail itself lets faults in a file's pixels through."""
        try:
            return super().to_python(data)
        except ValidationError:
            raise
        except Exception as error:  # each format fails in its own way
            message = self.error_messages["invalid_image"]
            raise ValidationError(message, code="invalid_image") from error


class CampaignImageForm(BaseImageForm):
    """What every form for pictures is made from (`WAGTAILIMAGES_IMAGE_FORM_BASE`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our own field in the place of Wagtail's."""
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=field.label, required=field.required, widget=field.widget
            )
