"""What an object of the demo looked like when it was made, to see whether an editor changed it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from modelcluster.models import ClusterableModel
from wagtail.models import Page

# What changes on a page without anybody working on its content. A draft that is saved changes
# `latest_revision`.
_OF_NO_ACCOUNT = frozenset(
    {
        "path",
        "depth",
        "numchild",
        "url_path",
        "last_published_at",
        "latest_revision_created_at",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
    }
)


def state_of(made: Model) -> str:
    """Return a mark of all that an editor could have changed, as the database has it."""
    stored: Any = type(made)._default_manager.get(pk=made.pk)
    if isinstance(stored, Page):
        stored = stored.specific
    if isinstance(stored, ClusterableModel):
        values = stored.serializable_data()
    else:
        values = {f.attname: f.value_to_string(stored) for f in stored._meta.concrete_fields}
    kept = {name: value for name, value in values.items() if name not in _OF_NO_ACCOUNT}
    text = json.dumps(kept, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
