"""Whether a form changes its page: who only looks changes the names of paragraphs."""

import re
from typing import Any

from wagtail.fields import StreamField

#: The editor gives every paragraph that has none such a name, and notes the change.
_BLOCK_KEY = re.compile(r""" data-block-key=\\*["'][^"'\\]*\\*["']""")
#: What is no part of the page.
_ASIDE = frozenset({"comment_notifications", "comments"})


def is_changed(form: Any) -> bool:
    """Tell whether a bound page form changes what its page says."""
    page = form.instance
    streams = {field.name for field in page._meta.fields if isinstance(field, StreamField)}
    if set(form.changed_data) - streams - _ASIDE:
        return True
    if any(formset.has_changed() for name, formset in form.formsets.items() if name not in _ASIDE):
        return True
    stored = page.get_latest_revision()
    if stored is None:
        return True
    content = page.serializable_data()
    return any(_said(content[name]) != _said(stored.content.get(name)) for name in streams)


def _said(stream: Any) -> str:
    """Return a stream as it is stored, without the names of its paragraphs."""
    return _BLOCK_KEY.sub("", str(stream))
