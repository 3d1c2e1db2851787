"""Stories on their way through moderation: told in the form, decided on by the demo's accounts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from demo.ledger import Ledger
from demo.reading import ContentError, Table
from home.mails import without_sending
from impulses.models import ImpulseIndexPage, Submission
from impulses.sharing import submitting


@transaction.atomic
def hand_in(table: Table, ledger: Ledger) -> Submission:
    """Tell one story and lead it to the desk where it waits; nobody gets a mail."""
    author: Any = ledger[f"konto:{table['author']}"]
    submission = Submission(user=author, answers=_answers(table, ledger))
    parent: Any = ledger["seite:impulse"]
    submission.save()
    try:
        with without_sending():
            submission = submitting.submit(
                submission, author, ImpulseIndexPage.objects.get(pk=parent.pk)
            )
            for step in table["way"]:
                _decide(submission, ledger[f"konto:{step['by']}"], step)
    except (ValidationError, submitting.IncompleteError) as error:
        raise ContentError(f"{table['key']}: {error}") from error
    return submission


def _answers(table: Table, ledger: Ledger) -> dict[str, list[str]]:
    """Return the answers as a browser sends them."""
    given: Any = {name: value for name, value in table["answers"].items() if name != "articles"}
    day = timezone.localdate() + dt.timedelta(days=int(given["start_date"]))
    department: Any = ledger[f"dezernat:{table['department']}"]
    given |= {
        "start_date": day.isoformat(),
        "department": department.pk,
    }
    return {name: [str(value).strip()] for name, value in given.items()} | {
        "articles": table["answers"]["articles"]
    }


def _decide(submission: Submission, user: Any, step: Table) -> None:
    """Let somebody of a desk do something with the story."""
    page: Any = submission.page
    page.refresh_from_db()
    state = type(page).objects.get(pk=page.pk).current_workflow_task_state
    state.task.specific.on_action(state, user, step["action"], comment=step["text"])
