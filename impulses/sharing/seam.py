"""Taking a picture until `home.pictures` is there."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from wagtail.images.fields import WagtailImageField

from home.models import CampaignImage

try:
    from home.pictures.submitted import add_picture
except ImportError:

    def add_picture(  # noqa: PLR0913 -- what the form asks for
        file: Any,
        *,
        alt: str,
        credit: str,
        shows_people: bool,  # noqa: ARG001
        consent: str,  # noqa: ARG001
        user: Any,
        title: str,
    ) -> CampaignImage:
        """Check a file and make a picture of it."""
        try:
            file = WagtailImageField().clean(file)
        except ValidationError:
            raise
        except Exception as error:
            raise ValidationError(_t("This file is no picture.")) from error
        return CampaignImage.objects.create(
            title=title, file=file, description=alt, credit=credit, uploaded_by_user=user
        )
