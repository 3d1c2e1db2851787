"""Draws the demo's film, a figure that waves: `uv run site/demo/films/make.py` writes it anew."""

# /// script
# dependencies = ["av", "pillow", "fontpkg-barlow-condensed"]
# ///

from fractions import Fraction
from importlib.util import find_spec
from math import cos, pi, sin
from pathlib import Path
from typing import Any

import av
from PIL import Image, ImageDraw, ImageFont

FOLDER = Path(__file__).parent
WIDTH, HEIGHT, RATE, SECONDS = 640, 360, 15, 12
INK, PAPER, PETROL, SUN = "#14171f", "#faf6ee", "#0f5c66", "#ffc83d"
#: Drawn larger and then made smaller, so that edges are smooth.
SCALE = 3
#: What stands in the picture, from which second on.
TEXTS = (
    (0, "Beispielfilm"),
    (3, "Hier stünde\nDeutsche\nGebärdensprache"),
    (7.5, "Diese Figur\ngebärdet nicht.\nSie winkt nur."),
)


def font() -> Any:
    """Return the campaign's type for headlines."""
    spec = find_spec("fontpkg_barlow_condensed") or find_spec("font_barlow_condensed")
    folder = Path(str(spec.origin)).parent if spec else FOLDER
    path = next(folder.rglob("*Condensed-Bold.*tf"))
    return ImageFont.truetype(str(path), 44 * SCALE)


def arm(draw: Any, shoulder: tuple[float, float], side: int, turn: float) -> None:
    """Draw an arm that is bent at the elbow; `turn` is the forearm's angle."""
    x, y = shoulder
    elbow = x + side * 38, y + 66
    hand = elbow[0] + side * 84 * cos(turn), elbow[1] - 84 * sin(turn)
    points = [(a * SCALE, b * SCALE) for a, b in ((x, y), elbow, hand)]
    draw.line(points, fill=SUN, width=30 * SCALE, joint="curve")
    for (a, b), radius in zip(points, (15, 15, 24), strict=True):
        r = radius * SCALE
        draw.ellipse((a - r, b - r, a + r, b + r), fill=SUN)


def frame(number: int, type_face: Any) -> Image.Image:
    """Draw one picture."""
    seconds = number / RATE
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), PETROL)
    draw = ImageDraw.Draw(image)
    wave = sin(seconds * 2 * pi / 1.5)
    body = [(395, 400), (408, 215), (542, 215), (555, 400)]
    draw.polygon([(x * SCALE, y * SCALE) for x, y in body], fill=INK)
    draw.ellipse([n * SCALE for n in (423, 70, 527, 190)], fill=PAPER)
    arm(draw, (420, 232), -1, pi / 2 - 0.2 - 0.25 * wave)
    arm(draw, (530, 232), 1, pi / 2 - 0.2 + 0.25 * wave)
    text = next(words for start, words in reversed(TEXTS) if seconds >= start)
    draw.multiline_text(
        (28 * SCALE, 34 * SCALE), text, font=type_face, fill=PAPER, spacing=8 * SCALE
    )
    return image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def main() -> None:
    """Write the film and its still picture beside this file."""
    type_face = font()
    frame(RATE, type_face).quantize(32).save(FOLDER / "beispielfilm.png", optimize=True)
    with av.open(str(FOLDER / "beispielfilm.webm"), "w") as film:
        stream = film.add_stream("libvpx-vp9", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.time_base = Fraction(1, RATE)
        stream.options = {"crf": "44", "b": "0", "deadline": "best", "row-mt": "0"}
        for number in range(RATE * SECONDS):
            picture = av.VideoFrame.from_image(frame(number, type_face))
            film.mux(stream.encode(picture))
        film.mux(stream.encode(None))


if __name__ == "__main__":
    main()
