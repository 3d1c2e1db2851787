"""Measures one piece of work in a process that does nothing else: CPU time and peak memory.

Each function here is such a piece. It imports what it needs itself, so that no other's code counts.
"""

import contextlib
import io
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from postcards.print.card import CardData
    from postcards.print.formats import Output, Preset
    from postcards.print.worker import Task

    from .bench_print_twin import Twin

#: The shortest of so many counts; of what takes long, of fewer.
ROUNDS, FEW_ROUNDS = 40, 6


class MissingError(RuntimeError):
    """Something that is to be measured is not there; the message says what."""


@dataclass(frozen=True)
class Cost:
    """CPU time in milliseconds, and the most memory that the process has had, in MB."""

    milliseconds: float
    megabytes: float


def cost(work: "partial[float]") -> Cost:
    """Let a process of its own do the work, which returns its milliseconds.

    Raises `MissingError` where it does.
    """
    program = f"import sys; sys.path[:] = {sys.path!r}; from {__name__} import main; main()"
    done = subprocess.run(  # noqa: S603 -- our own interpreter and module
        [sys.executable, "-c", program],
        input=pickle.dumps(work),
        stdout=subprocess.PIPE,
        check=True,
    )
    answer: Cost | MissingError = pickle.loads(done.stdout)  # noqa: S301 -- our own process
    if isinstance(answer, MissingError):
        raise answer
    return answer


def main() -> None:
    """Do the work that stands on the input, on one core, and write what it has cost."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    work: Callable[[], float] = pickle.load(sys.stdin.buffer)  # noqa: S301 -- our own parent
    answer: Cost | MissingError
    try:
        answer = Cost(work(), _peak_megabytes())
    except MissingError as error:
        answer = error
    sys.stdout.buffer.write(pickle.dumps(answer))


# --- What is measured --------------------------------------------------------------------------


def rendered(
    card: "CardData",
    output: "Output",
    preset: "Preset | None" = None,
    *,
    anew: bool = False,
    rounds: int = ROUNDS,
) -> float:
    """Make one output of a card; `anew` with its picture and QR code, which are else remembered."""
    from postcards.print.render import render

    def work() -> None:
        if anew:
            _forget()
        render([card], output, preset)

    return _best(work, rounds)


def zipped(cards: "Sequence[CardData]", rounds: int = FEW_ROUNDS) -> float:
    """Make the press files of all cards, pictures and QR codes too, and stream them as ZIP."""
    from zipstream import ZIP_STORED, ZipStream

    from postcards.print.formats import PRESS
    from postcards.print.render import render

    def work() -> None:
        _forget()
        stream = ZipStream(compress_type=ZIP_STORED, sized=True)
        for number, card in enumerate(cards, 1):
            stream.add(render([card], PRESS), f"{number}/{PRESS.file}")
        if sum(map(len, stream)) != len(stream):
            raise ValueError("The archive has not the length that was told.")

    return _best(work, rounds)


def started(card: "CardData") -> float:
    """Be a worker that begins with one press file; all counts since the process began."""
    from postcards.print.formats import PRESS
    from postcards.print.worker import Task

    _run_worker([Task((card,), PRESS)])
    return time.process_time() * 1000


def worked(cards: "Sequence[CardData]") -> float:
    """Be a worker that makes all there is of all cards."""
    from postcards.print.formats import OUTPUTS
    from postcards.print.worker import Task

    things: list[Output | str] = [*OUTPUTS.values(), "front", "back", "fit"]
    _run_worker([Task((card,), thing) for card in cards for thing in things])
    return time.process_time() * 1000


def set_by_weasyprint(twin: "Twin", *, kept: bool = False, rounds: int = ROUNDS) -> float:
    """Let WeasyPrint make a card's twin; fonts and styles are read for each file, or `kept`."""
    with contextlib.redirect_stdout(io.StringIO()):  # it prints what it misses
        try:
            from weasyprint import CSS, HTML
            from weasyprint.text.fonts import FontConfiguration
        except (ImportError, OSError) as error:
            raise MissingError(str(error).strip().partition("\n")[0]) from error
    options: dict[str, Any] = {"pdf_variant": twin.variant}
    head = f"<style>{twin.styles}</style>"
    if kept:
        options |= {"font_config": FontConfiguration(), "color_profiles": {}}
        shared = {name: options[name] for name in ("font_config", "color_profiles")}
        options["stylesheets"] = [CSS(string=twin.styles, **shared)]
        head = ""
    source = twin.document.replace("</head>", f"{head}</head>")
    return _best(lambda: HTML(string=source).write_pdf(**options), rounds)


# --- Measuring ---------------------------------------------------------------------------------


def _best(work: Callable[[], Any], rounds: int) -> float:
    """Return the process's CPU time for some work, warm, in milliseconds."""
    work()
    best = float("inf")
    for _round in range(rounds):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best * 1000


def _forget() -> None:
    """Take back what is remembered of pictures and QR codes."""
    from postcards.print.photos import prepare
    from postcards.print.qr import make_code

    prepare.cache_clear()
    make_code.cache_clear()


def _run_worker(tasks: "Sequence[Task]") -> None:
    from postcards.print import worker
    from postcards.print.fingerprint import software

    answers = io.BytesIO()
    worker.main(io.BytesIO(pickle.dumps((software(), tasks))), answers)
    for answer in pickle.loads(answers.getvalue()):  # noqa: S301 -- our own answers
        if isinstance(answer, Exception):
            raise answer


def _peak_megabytes() -> float:
    """Return the most memory that this process has had; 0 where the system does not tell.

    Linux counts a parent's memory as its children's in `ru_maxrss`, but not here.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    lines = status.read_text(encoding="ascii").splitlines()
    peak = next((line for line in lines if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(peak.split()[1]) / 1024
