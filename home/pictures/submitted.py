"""Pictures that staff send in: they lie in a collection of their own, out of the public's reach."""

from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _t
from wagtail.models import Collection

from ..models import CampaignImage, SubmittedCollection
from ..rights import Licence
from .uploads import clean_upload


def submitted_collection() -> Collection:
    """Return the collection of submitted pictures; make it where there is none.

    It may be renamed and moved: a mark of its own finds it again.
    """
    if found := SubmittedCollection.current():
        return found
    try:
        return _make_collection()
    except IntegrityError:  # another request has made it meanwhile
        return SubmittedCollection.objects.get(pk=SubmittedCollection.ONLY).collection


@transaction.atomic
def _make_collection() -> Collection:
    root = Collection.get_first_root_node()
    with translation.override("de"):  # the admin's names for things are German
        collection = root.add_child(name=_t("Submitted pictures"))
    SubmittedCollection.objects.create(pk=SubmittedCollection.ONLY, collection=collection)
    return collection


def add_picture(  # noqa: PLR0913 -- what the form asks for
    file: File,
    *,
    alt: str,
    credit: str,
    shows_people: bool,
    consent: str,
    user: Any,
    title: str,
    licence: str = Licence.CC_BY,
) -> CampaignImage:
    """Return a submitted picture, held back until a published page shows it.

    `consent` says where the consent of the people is kept; "" where there is none. Raises
    `ValidationError` for a file that is no good picture, or for what the fields do not take.
    """
    image = CampaignImage(
        title=title,
        description=alt,
        credit=credit,
        shows_people=shows_people,
        consent_reference=consent,
        licence=licence,
        uploaded_by_user=user,
        collection=submitted_collection(),
        is_held=True,
        file=clean_upload(file),
    )
    image.full_clean()
    image._set_image_file_metadata()
    image.save()
    return image
