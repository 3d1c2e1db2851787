"""The campaign's poster motifs: doors, hands, tables and the like, built from plain geometry.

Each motif is a function of a canvas, a colour scheme and a seeded random generator. It fills the
canvas whatever its format, so that every motif exists upright and lying.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from demo.canvas import Canvas, Scheme
from demo.motifs.buildings import bridge, doors, stairs, town, town_hall, windows
from demo.motifs.nature import leaves, sun, tree, waves
from demo.motifs.patterns import arches, circles, rays, stripes, weave
from demo.motifs.people import hands, table, voices
from demo.motifs.things import books, letters, scales, signpost

Motif = Callable[[Canvas, Scheme, Random], None]

MOTIFS: Final[dict[str, Motif]] = {
    "tueren": doors,
    "fenster": windows,
    "haende": hands,
    "tisch": table,
    "boegen": arches,
    "kreise": circles,
    "streifen": stripes,
    "treppe": stairs,
    "bruecke": bridge,
    "rathaus": town_hall,
    "stimmen": voices,
    "baum": tree,
    "buecher": books,
    "waage": scales,
    "stadt": town,
    "briefe": letters,
    "gewebe": weave,
    "wellen": waves,
    "sonne": sun,
    "wegweiser": signpost,
    "strahlen": rays,
    "blaetter": leaves,
}
