"""What was published, changed, moved or withdrawn: the difference to what was public before.

One comparison notices everything, whatever the reason: a page's own end or its parents', a login
that somebody put before it, another address, a deletion. What was never public is never named.
"""

from typing import Annotated, Any
from uuid import uuid4

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import AwareDatetime, Field
from wagtail.models import Page

from . import cursors
from .addresses import pages_root
from .answers import ERRORS, answer
from .models import Change, ChangeState, Delivery, Kind, PublicPage, Webhook
from .problems import InvalidError
from .registry import registry
from .schemas import Schema
from .touched import touch

ORDER = "changes"
BATCH = 500


def reconcile() -> list[Change]:
    """Note what has changed since the last time, with the messages that webhooks are to get.

    A fixed number of queries, two while nothing has changed. When nothing was known before, it is
    news for nobody.
    """
    with registry.content.scope():  # what the request has looked up may be out of date
        return _reconcile(registry.content.freshness().version)


def _reconcile(version: str) -> list[Change]:
    if ChangeState.objects.filter(pk=1, version=version).exists():
        return []
    with transaction.atomic():
        ChangeState.objects.get_or_create(pk=1)
        state = ChangeState.objects.select_for_update().get(pk=1)
        if state.version == version:
            return []
        is_first = not state.version
        now = {page.page_id: page for page in registry.content.ledger()}
        before = PublicPage.objects.in_bulk()
        changes = _compare(before, now)
        Change.objects.bulk_create(changes, batch_size=BATCH)
        gone = before.keys() - now.keys()
        PublicPage.objects.filter(pk__in=gone).delete()
        PublicPage.objects.bulk_create(
            [now[change.page_id] for change in changes if change.page_id in now],
            update_conflicts=True,
            unique_fields=["page_id"],
            update_fields=["type", "locale", "path", "published_at"],
            batch_size=BATCH,
        )
        if not is_first:
            _write_messages(changes)
        state.version = version
        state.save()
    return changes


def _write_messages(changes: list[Change]) -> None:
    """Write a message for every change to every webhook that wants to know of it."""
    webhooks = list(Webhook.objects.filter(active=True))
    if not (changes and webhooks):
        return
    root = pages_root(registry.content.site(None).root_url)
    messages = [(change, payload(change, root)) for change in changes]
    Delivery.objects.bulk_create(
        [
            Delivery(
                webhook=webhook,
                message_id=f"msg_{uuid4().hex}",
                kind=change.kind,
                payload=message,
            )
            for webhook in webhooks
            for change, message in messages
            if change.kind in webhook.kinds
        ],
        batch_size=BATCH,
    )


def payload(change: Change, root: str) -> dict[str, Any]:
    """Return what a message says of a change; the address of what is still there, at `root`."""
    data: dict[str, Any] = {
        "id": change.page_id,
        "type": change.type,
        "locale": change.locale,
        "path": change.path,
    }
    if change.kind not in {Kind.WITHDRAWN, Kind.DELETED}:
        data["url"] = f"{root}{change.path}"
    return {
        "type": f"page.{Kind(change.kind).value}",
        "timestamp": change.at.isoformat(),
        "data": data,
    }


def _compare(before: dict[int, PublicPage], now: dict[int, PublicPage]) -> list[Change]:
    """Return what happened to every page that is not as it was."""
    kinds: dict[int, Kind] = {}
    for pk, page in now.items():
        old = before.get(pk)
        if old is None:
            kinds[pk] = Kind.PUBLISHED
        elif (old.path, old.locale) != (page.path, page.locale):
            kinds[pk] = Kind.MOVED
        elif old.published_at != page.published_at:
            kinds[pk] = Kind.CHANGED
    gone = before.keys() - now.keys()
    kept = set(Page.objects.filter(pk__in=gone).values_list("pk", flat=True)) if gone else set()
    for pk in gone:
        kinds[pk] = Kind.WITHDRAWN if pk in kept else Kind.DELETED
    states = before | now
    return [
        Change(
            page_id=pk,
            type=states[pk].type,
            locale=states[pk].locale,
            path=states[pk].path,
            kind=kind,
        )
        for pk, kind in sorted(kinds.items())
    ]


# --- The endpoint -------------------------------------------------------------------------------

router = Router()


class ChangeSchema(Schema):
    """Something happened to a page that was or is public."""

    kind: Kind
    page_id: int = Field(description="The page's `id`; `/pages/{id}` has it unless it went away.")
    type: str = Field(description="The page's `type`.")
    locale: str
    path: str = Field(description="Where the page stands, or stood.")
    at: AwareDatetime = Field(description="When it was noticed.")


class ChangeList(Schema):
    """What happened, in order."""

    items: list[ChangeSchema]
    next_cursor: str = Field(description="Where to go on, now or later.")
    has_more: bool
    version: str = Field(
        description="Another one whenever anything public has changed, pictures and departments "
        "included."
    )


@router.get(
    "/changes",
    operation_id="list_changes",
    summary="Read what has changed",
    response={200: ChangeList, **ERRORS},
)
def list_changes(
    request: HttpRequest,  # noqa: ARG001
    cursor: Annotated[
        str | None,
        Field(
            max_length=cursors.MAX_LENGTH,
            pattern=r"^[A-Za-z0-9_-]+$",
            description="`next_cursor` of the answer before; none: from the beginning.",
        ),
    ] = None,
    limit: Annotated[int, Field(ge=1, le=100)] = 50,
) -> HttpResponse:
    """Return what was published, changed, moved or withdrawn after the cursor."""
    touch("changes")
    after = cursors.decode(cursor, ORDER)[1] if cursor else 0
    reconcile()
    if after and not Change.objects.filter(pk=after).exists():
        raise InvalidError("cursor", "Nothing is known of it (any more): begin without one.")
    rows = list(Change.objects.filter(pk__gt=after)[: limit + 1])
    shown = rows[:limit]
    last = shown[-1].pk if shown else after
    return answer(
        ChangeList(
            items=[ChangeSchema.model_validate(row) for row in shown],
            next_cursor=cursors.encode(ORDER, None, last),
            has_more=len(rows) > limit,
            version=registry.content.freshness().version,
        )
    )
