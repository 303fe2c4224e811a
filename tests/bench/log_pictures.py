"""What a frame costs while a reply grows: with pictures above it, and with some in view."""

from __future__ import annotations

import base64
import io

from PIL import Image as Pillow

from tests.bench.bench_markdown import prose
from tests.bench.log_frames import FRAMES, deltas
from tests.bench.stage import RilletStage, costs, entry, painted
from tests.bench.table import mean, tail
from tui.core.images import Image
from tui.core.previews import Way
from tui.widgets.gallery import Gallery

PICTURES = 200
"""Questions with a picture, and as many without."""

PATIENCE = 15.0
"""Seconds after which a measurement ends with the frames that it has."""

GROUND = (20, 20, 20)


def photo(number: int) -> Image:
    """A picture in which no two cells are alike."""
    shades = Pillow.linear_gradient("L").rotate(number * 7)
    pixels = Pillow.merge("RGB", (shades, shades.rotate(90), shades.rotate(180)))
    out = io.BytesIO()
    pixels.save(out, "JPEG")
    return Image(f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}")


async def pictured(ours: RilletStage) -> None:
    """Print the table."""
    print("\n(h) append + frame, ms of CPU")
    plain = await _measured(ours, with_pictures=False)
    print(f"{'below 400 messages':44}{mean(plain):8.2f}{tail(plain):8.2f}")
    drawn = await _measured(ours, with_pictures=True)
    ratio = mean(drawn) / mean(plain)
    name = f"below as many, {PICTURES} of them with a picture"
    print(f"{name:44}{mean(drawn):8.2f}{tail(drawn):8.2f}   {ratio:.2f} times", flush=True)


async def _measured(ours: RilletStage, *, with_pictures: bool) -> list[float]:
    gallery = Gallery(Way.BLOCKS, lambda _: None)
    every = [entry(prose(number)[:200]) for number in range(2 * PICTURES)]
    for number, each in enumerate(every[::2] if with_pictures else []):
        gallery.hang(each, (photo(number),))
        await gallery.draw(each, GROUND)
    ours.person.log.show(every)
    await painted(ours.app)
    await ours.settled()
    await ours.begin("")
    return await costs(ours, deltas(prose)[:FRAMES], PATIENCE)
