"""Who may change pictures: nobody alone changes what the public sees, or what others work on."""

from collections.abc import Collection, Iterable
from typing import Any

from wagtail.models import Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from ..models import CampaignImage, SubmittedCollection
from ..moderation import people
from ..moderation.permissions import own_pages, pages_in_hand, releases
from ..roles import LEADERSHIP
from .usage import all_pages_with, drafts_showing, held_elsewhere, pages_showing

WRITING = frozenset({"change", "delete"})


class PicturePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's policy along the collections; it asks where a picture is used, too.

    Who may publish no page changes and deletes pictures only that nothing uses but their own
    pages, as long as they may change those and nobody sees them in public.
    """

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: CampaignImage
    ) -> bool:
        """Tell whether somebody may do any of that with a picture."""
        harmless, writing = set(actions) - WRITING, set(actions) & WRITING
        has = super().user_has_any_permission_for_instance
        if harmless and has(user, harmless, instance):
            return True
        if not (writing and has(user, writing, instance)):
            return False
        return releases(user) or not pictures_out_of_hand(user, [instance.pk])

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> Any:
        """Return the pictures with which somebody may do any of that."""
        pictures = super().instances_user_has_any_permission_for(user, actions)
        if set(actions) - WRITING or not user.is_active or releases(user):
            return pictures
        return pictures.exclude(pk__in=pictures_out_of_hand(user))


def pictures_out_of_hand(user: Any, ids: Collection[int] | None = None) -> set[int]:
    """Return those pictures, of all without `ids`, that are used where somebody may change nothing.

    So are pictures that somebody else has sent in with a story not yet handed in. A fixed number
    of queries.
    """
    uses = [
        (picture, page)
        for showing in (pages_showing, drafts_showing)
        for picture, pages in showing(ids).items()
        for page in pages
    ]
    in_hand = pages_in_hand(user, (page for _picture, page in uses))
    found = {picture for picture, page in uses if page not in in_hand} | held_elsewhere(ids)
    return found | _sent_in_by_others(user, ids, uses)


def _sent_in_by_others(
    user: Any, ids: Collection[int] | None, uses: list[tuple[int, int]]
) -> set[int]:
    """Return the pictures that came with somebody's story, before the story itself has come."""
    collection = SubmittedCollection.current()
    if collection is None:
        return set()
    sent_in = CampaignImage.objects.filter(collection__path__startswith=collection.path)
    if ids is not None:
        sent_in = sent_in.filter(pk__in=ids)
    senders = dict(sent_in.exclude(uploaded_by_user=user).values_list("pk", "uploaded_by_user"))
    pages = Page.objects.filter(pk__in={page for picture, page in uses if picture in senders})
    owners = dict(pages.values_list("pk", "owner"))
    arrived = {
        picture for picture, page in uses if senders.get(picture) in {owners.get(page), None}
    }
    return set(senders) - arrived


def may_withdraw(user: Any, image: CampaignImage) -> bool:
    """Tell whether somebody may take a picture from the public because people in it wish so.

    That protects people and needs no second person: editors, the leadership, and a department's
    editors for what is shown by their own pages alone, published ones as well.
    """
    if not user.is_active:
        return False
    if user.is_superuser or people.has_role(user, LEADERSHIP):
        return True
    has = super(PicturePolicy, policy()).user_has_any_permission_for_instance
    if not has(user, {"change"}, image):
        return False
    if releases(user):
        return True
    pages = all_pages_with(image)
    if not pages:
        return not pictures_out_of_hand(user, [image.pk])
    own = Page.objects.filter(own_pages(user), pk__in=[page.pk for page in pages])
    return own.count() == len(pages) and not held_elsewhere([image.pk])


def policy() -> PicturePolicy:
    """Return the policy as it is registered."""
    return PicturePolicy(
        CampaignImage, auth_model="wagtailimages.Image", owner_field_name="uploaded_by_user"
    )
