"""Renders in a process of its own, which has an end: `run` asks it, `main` is what it does.

What a picture or a text does to the process, it does to that one; memory comes back with its end.
"""

import pickle
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from .card import CardData
from .errors import CARD_ERRORS, TypesettingError
from .fingerprint import software
from .formats import Output, Preset

#: Seconds for the process to begin with, and for each of its tasks.
START, EACH = 20.0, 20.0


@dataclass(frozen=True)
class Task:
    """One file to be made: an `output`, a side's "front" or "back" as PNG, or "fit" for no file."""

    cards: tuple[CardData, ...]
    output: Output | str
    preset: Preset | None = None


class WorkerError(RuntimeError):
    """The process has ended without an answer, or took too long; the message says which."""


def run(tasks: Sequence[Task]) -> list[bytes | Exception]:
    """Return the file of each task, or what has kept it from being made.

    Raises `WorkerError` where all of them failed together.
    """
    command = [sys.executable, "-c", _program()]
    asked = pickle.dumps((software(), list(tasks)))
    limit = START + EACH * len(tasks)
    try:
        done = subprocess.run(  # noqa: S603 -- our own interpreter and module
            command,
            input=asked,
            capture_output=True,
            timeout=limit,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise WorkerError(f"no answer within {limit:.0f} s") from error
    except subprocess.CalledProcessError as error:
        last = error.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise WorkerError(f"exit code {error.returncode}: {last}") from error
    try:
        answers: list[bytes | Exception] = pickle.loads(done.stdout)  # noqa: S301 -- our own process
    except (pickle.UnpicklingError, EOFError) as error:
        raise WorkerError("no answer") from error
    return answers


def _program() -> str:
    """Return the program of the process: it finds modules where this one does."""
    return f"import sys; sys.path[:] = {sys.path!r}; from {__name__} import main; main()"


def main(source: IO[bytes] | None = None, target: IO[bytes] | None = None) -> None:
    """Read tasks, do them one by one, write the answers.

    Files stand under the hash of the software that was asked: after an update in its place, this
    process would make others, and ends until that one was started anew.
    """
    asked, tasks = pickle.load(source or sys.stdin.buffer)  # noqa: S301 -- our own parent
    if asked != software():
        sys.exit("The software has changed; please start the site anew.")
    answers = [_answer(task) for task in tasks]
    (target or sys.stdout.buffer).write(pickle.dumps(answers))


def _answer(task: Task) -> bytes | Exception:
    # Who only asks loads none of what setting needs.
    from .render import check_fit, preview, render

    try:
        match task.output:
            case Output():
                return render(task.cards, task.output, task.preset)
            case "fit":
                check_fit(task.cards[0])
                return b""
            case side:
                return preview(task.cards[0], side)
    except CARD_ERRORS as error:
        return type(error)(error.args[0])
    except (TypesettingError, OSError, ValueError, MemoryError) as error:
        return TypesettingError(f"{type(error).__name__}: {error}")
