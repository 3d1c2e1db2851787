"""The page that comes of a story: its answers as blocks that keep their names."""

import re
from typing import Any
from uuid import uuid5

from django.conf import settings
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_noop
from wagtail.log_actions import log
from wagtail.models import Page, Site

from home.models import PageArticle

from ..models import ImpulseIndexPage, ImpulsePage
from . import pictures
from .models import Submission
from .steps import ASKING, filled

#: The answers that become blocks, in the page's order, with the headings above them.
HEADINGS = {
    "did": gettext_noop("What we did"),
    "effect": gettext_noop("What came of it"),
    "pictures": "",
    "repeat": gettext_noop("What it takes to do it, too"),
}
FIELDS = (
    "department", "title", "kind", "start_date", "end_date", "place", "participants", "own_task"
)  # fmt: skip
TEASER = 280
_SENTENCE_END = re.compile(r"[.!?…][“”\"»)]?(?=\s|$)")
_ITEM = re.compile(r"\s*(?:[-–*•]|(\d{1,2}[.)]))\s+(.*)")


def overview(request: Any) -> ImpulseIndexPage | None:
    """Return the overview below which stories of this site stand; None if there is none."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    pages = ImpulseIndexPage.objects.live().descendant_of(site.root_page)
    return pages.order_by("path").first()


def write(submission: Submission, user: Any, parent: ImpulseIndexPage) -> ImpulsePage:
    """Make the page of a complete story, or bring it up to date; return it with a new revision.

    What editors have improved stays, but for what its author has changed since.
    Raises `ValidationError`.
    """
    answers = snapshot(submission)
    changed = {name for name in answers if answers[name] != submission.written.get(name)}
    is_new = submission.page is None
    page: Any = (
        ImpulsePage(live=False, owner=user, locale=parent.locale)
        if submission.page is None
        else submission.page.get_latest_revision_as_object()
    )
    with translation.override(settings.LANGUAGE_CODE):
        _fill(page, submission, changed)
    if is_new:
        Page.objects.select_for_update().get(pk=parent.pk)
        ImpulseIndexPage.objects.get(pk=parent.pk).add_child(instance=page)
        log(instance=page, action="wagtail.create", user=user, content_changed=True)
    elif not page.live:
        page.save()
    page.save_revision(user=user, log_action=not is_new)
    submission.page, submission.written = page, answers
    return page


def snapshot(submission: Submission) -> dict[str, Any]:
    """Return what a page is written from: the answers, and the pictures in order."""
    names = [name for step in ASKING for name in step.names()]
    shown = [[picture.image_id, picture.answers] for picture in submission.pictures.all()]
    given = {name: [value] for name, value in submission.given().items()}
    answers = submission.answers | given
    return {name: answers.get(name, []) for name in names} | {"pictures": shown}


def _fill(page: Any, submission: Submission, changed: set[str]) -> None:
    """Write into the page what has changed."""
    answers: dict[str, Any] = {}
    for step in ASKING:
        form = filled(submission, step)
        form.full_clean()
        answers |= form.cleaned_data
    for name in FIELDS:
        if name in changed:
            setattr(page, name, answers[name])
    for name in ("name", "email"):
        if {name, f"show_{name}"} & changed:
            is_shown = answers.get(f"show_{name}")
            setattr(page, f"contact_{name}", answers[name] if is_shown else "")
    if "articles" in changed:
        page.article_links = [
            PageArticle(article=article, sort_order=place)
            for place, article in enumerate(answers["articles"])
        ]
    if "did" in changed:
        page.introduction, _rest = opening(answers["did"])
        page.search_description = beginning(answers["did"])
    parts = {name: text_blocks(submission, name, answers[name]) for name in ("effect", "repeat")}
    parts["did"] = text_blocks(submission, "did", opening(answers["did"])[1])
    if "pictures" in changed:
        parts["pictures"] = _picture_blocks(page, submission)
    raw = list(page.body.get_prep_value()) if page.body else []
    for name in HEADINGS:
        if name in changed:
            ids = [block_id(submission, name), block_id(submission, f"{name}-heading")]
            raw = replaced(raw, ids, parts[name])
    page.body = page.body.stream_block.to_python(raw)


def replaced(
    raw: list[dict[str, Any]], ids: list[str], blocks: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Put blocks where those with these ids stand; at the end if none does.

    A heading that an editor has changed stays as it is.
    """
    old = {block["id"]: block for block in raw if block.get("id") in ids}
    new = [
        old[block["id"]] if block["type"] == "heading" and block["id"] in old else block
        for block in blocks
    ]
    place = next((number for number, block in enumerate(raw) if block.get("id") in ids), len(raw))
    before = [block for block in raw[:place] if block.get("id") not in ids]
    after = [block for block in raw[place:] if block.get("id") not in ids]
    return [*before, *new, *after]


def block_id(submission: Submission, name: str) -> str:
    """Return the name of the block that an answer becomes, the same each time."""
    return str(uuid5(submission.token, name))


def text_blocks(submission: Submission, name: str, text: str) -> list[dict[str, Any]]:
    """Return an answer's heading and its text."""
    heading = {"text": _t(HEADINGS[name]), "level": "h2"}
    return [
        {"type": "heading", "value": heading, "id": block_id(submission, f"{name}-heading")},
        {"type": "text", "value": to_html(text), "id": block_id(submission, name)},
    ]


def _picture_blocks(page: Any, submission: Submission) -> list[dict[str, Any]]:
    """Return one picture as such, several as a gallery; the first stands on the card, too."""
    images = [pictures.describe(picture) for picture in submission.pictures.all()]
    if page.teaser_image_id not in {image.pk for image in images}:
        page.teaser_image = images[0] if images else None
    values = [
        {"image": image.pk, "alt_text": image.description, "decorative": False, "caption": ""}
        for image in images
    ]
    if not values:
        return []
    name = block_id(submission, "pictures")
    if len(values) == 1:
        return [{"type": "picture", "value": values[0], "id": name}]
    items = [
        {"type": "item", "value": value, "id": str(uuid5(submission.token, f"image-{image.pk}"))}
        for value, image in zip(values, images, strict=True)
    ]
    return [{"type": "gallery", "value": {"title": "", "pictures": items}, "id": name}]


# --- Texts ----------------------------------------------------------------------------------------


def beginning(text: str, limit: int = TEASER) -> str:
    """Return a text's beginning: whole sentences if one fits, else whole words and an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(text) if found.end() <= limit]
    if ends:
        return text[: ends[-1]]
    cut = text[: limit - 2]
    return f"{cut.rpartition(' ')[0] or cut} …"


def opening(text: str) -> tuple[str, str]:
    """Return the first sentences, which lead into the page, and what follows below.

    Without anything to follow, all stands below.
    """
    text = text.strip()
    ends = [found.end() for found in _SENTENCE_END.finditer(text.partition("\n")[0])]
    fitting = [end for end in ends if end <= TEASER]
    if fitting and (rest := text[fitting[-1] :].strip()):
        return text[: fitting[-1]], rest
    return "", text


def to_html(text: str) -> str:
    """Return typed text as paragraphs and lists: an empty line parts, "-" or "1." begin items."""
    html: list[str] = []
    lines: list[str] = []
    items: list[str] = []
    tag = "ul"

    def end_paragraph() -> None:
        if lines:
            html.append(f"<p>{'<br/>'.join(lines)}</p>")
            lines.clear()

    def end_list() -> None:
        if items:
            html.append(f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>")
            items.clear()

    for line in text.splitlines():
        item = _ITEM.match(line)
        if item:
            end_paragraph()
            kind = "ol" if item.group(1) else "ul"
            if kind != tag:
                end_list()
            tag = kind
            items.append(escape(item.group(2).strip()))
        elif line.strip():
            end_list()
            lines.append(escape(line.strip()))
        else:
            end_list()
            end_paragraph()
    end_list()
    end_paragraph()
    return "".join(html)
