"""`manage.py cards`: make the files of cards, or remove those that no page needs any more."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from home.lookups import lookups
from postcards.models import CardFile, CourageCardPage, PostcardPage
from postcards.print.formats import (
    BLEEDS,
    FOGRA39,
    OFFICE,
    PRESS,
    STANDARDS,
    Output,
    Preset,
)
from postcards.profiles import profiles
from postcards.reasons import sentence
from postcards.store import Order, gather, obtain, orders_for

#: Cards that are fetched together, and the width of the bar.
AT_ONCE, WIDTH = 20, 30


class Command(BaseCommand):
    """Renders the files of public cards; prunes files."""

    help = "Make the files of public cards (render), or remove what no page needs (prune)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the two parts with their options."""
        parts = parser.add_subparsers(dest="part", required=True)
        render = parts.add_parser("render", help="make what public cards offer")
        render.add_argument("slugs", nargs="*", help="the cards' slugs; with --all, none")
        render.add_argument("--all", action="store_true", help="all public cards")
        render.add_argument(
            "--preset",
            metavar="BLEED-STANDARD[-PROFILE]",
            help="make only press files, by a shop's preset: 3-x4 (default shop), 2-x3-FOGRA39 …",
        )
        render.add_argument("--out", type=Path, metavar="DIR", help="also copy the files there")
        prune = parts.add_parser("prune", help="remove files that no public card has any more")
        prune.add_argument(
            "--days",
            type=int,
            default=30,
            help="keep what is younger: shared links may still show it (default: %(default)s)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do the part that was named."""
        with lookups(renditions=False):
            if options["part"] == "render":
                self.render(options)
            else:
                self.prune(options["days"])

    # --- Making ---------------------------------------------------------------------------------

    def render(self, options: dict[str, Any]) -> None:
        """Make files with a progress bar; raises `CommandError` where some could not be made."""
        if bool(options["slugs"]) == options["all"]:
            raise CommandError(_t("Name cards by their slugs, or all of them by --all."))
        cards = list(_cards(options["slugs"]))
        known = {page.slug for page in cards}
        if missing := [slug for slug in options["slugs"] if slug not in known]:
            raise CommandError(
                _t("There is no public card %(slugs)s.") % {"slugs": ", ".join(missing)}
            )
        preset = _preset(options["preset"]) if options["preset"] else None
        failed = 0
        for number, page in enumerate(cards, 1):
            failed += self._make(page, preset, options["out"])
            self._show(number, len(cards), page.title)
        if failed:
            message = ngettext(
                "%(count)d file could not be made.", "%(count)d files could not be made.", failed
            )
            raise CommandError(message % {"count": failed})

    def _make(self, page: Any, preset: Preset | None, folder: Path | None) -> int:
        """Make a card's files and return how many failed."""
        if preset:
            orders = [Order((page,), output, preset) for output in (PRESS, OFFICE)]
        else:
            orders = orders_for(page)
        failed = 0
        for order, row in zip(orders, obtain(orders), strict=True):
            if not row.is_ready:
                failed += 1
                self.stderr.write(f"\n{page.slug}, {order.output.file}: {sentence(row.error)}")
            elif folder:
                _copy(row, folder / page.locale.language_code / page.slug, order.output)
        return failed

    def _show(self, done: int, total: int, title: str) -> None:
        """Show how far it is: a bar on a terminal, a line a card elsewhere."""
        filled = WIDTH * done // total
        bar = f"[{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{total} {title[:40]:40}"
        is_terminal = self.stdout.isatty()
        self.stdout.write(f"\r{bar}" if is_terminal else bar, ending="" if is_terminal else "\n")
        if is_terminal and done == total:
            self.stdout.write("")
        self.stdout.flush()

    # --- Removing -------------------------------------------------------------------------------

    def prune(self, days: int) -> None:
        """Remove files that belong to no public card as it is now, sheets after their time."""
        needed = {order.digest for page in _cards([]) for order in orders_for(page)}
        before = timezone.now() - dt.timedelta(days=max(days, 0))
        old = CardFile.objects.filter(
            Q(made_at__lte=before) | Q(made_at=None, began_at__lte=before)
        )
        count = 0
        for row in old.iterator():
            if row.digest not in needed:
                row.delete()
                count += 1
        message = ngettext("%(count)d file removed.", "%(count)d files removed.", count)
        self.stdout.write(message % {"count": count})


def _cards(slugs: list[str]) -> Iterable[Any]:
    """Yield public cards, those of some slugs or all, a portion at a time."""
    for model in (PostcardPage, CourageCardPage):
        pages = model.for_cards().visible().order_by("path")
        if slugs:
            pages = pages.filter(slug__in=slugs)
        keys = list(pages.values_list("pk", flat=True))
        for start in range(0, len(keys), AT_ONCE):
            yield from gather(pages.filter(pk__in=keys[start : start + AT_ONCE]))


def _preset(text: str) -> Preset:
    """Return the preset that a word like "3-x4-FOGRA39" names; raise `CommandError` otherwise."""
    bleed, _dash, rest = text.partition("-")
    standard, _dash, name = rest.partition("-")
    found = profiles()
    name = name or FOGRA39.identifier
    if bleed not in map(str, BLEEDS) or (standard or "x4") not in STANDARDS or name not in found:
        raise CommandError(
            _t("A preset is a bleed (%(bleeds)s), a standard (x4, x3) and a profile (%(names)s).")
            % {"bleeds": ", ".join(map(str, BLEEDS)), "names": ", ".join(found)}
        )
    return Preset(int(bleed), standard or "x4", found[name])  # type: ignore[arg-type]


def _copy(row: CardFile, folder: Path, output: Output) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / output.file).write_bytes(row.read())
