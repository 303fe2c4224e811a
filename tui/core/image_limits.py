"""How large and how many the images of a request may be, by what each provider documents.

As read in autumn 2026; each entry names its page. What a page does not say has no limit here: the
server says no by itself then. Endpoints that are not known have the common ground of those that
are, with room for servers on one's own machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from tui.core.image_kinds import GIF, JPEG, NAMES, PNG, WEBP
from tui.core.image_size import Size, size_in_url
from tui.core.images import DATA_URL, BadImage, Image, bytes_in
from tui.core.pictures import in_bytes

MB, MIB = 1_000_000, 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What an endpoint takes; None is 'not documented'."""

    image_bytes: int | None = None
    """Bytes of one image's file."""

    request_bytes: int | None = None
    """Bytes of all images of a request, as they travel: in base64, four for three."""

    side: int | None = None
    """Pixels of an image's longer side."""

    side_of_many: tuple[int, int] | None = None
    """A number of images, and the longer side where there are more than that."""

    pixels: int | None = None
    """Pixels of one image in all."""

    images: int | None = None
    """Images of a request, those of earlier messages included."""

    kinds: frozenset[str] = frozenset((PNG, JPEG, GIF, WEBP))
    """Media types."""


UNKNOWN = Limits(20 * MB, 50 * MB, side=16_384, images=100)
"""For endpoints that nothing is known of: what most of the known ones take."""

OPENAI = Limits(request_bytes=512 * MB, images=1500)
"""OpenAI, 'Images and vision', section 'Image input requirements': 512 MB of payload and 1,500
images a request (https://developers.openai.com/api/docs/guides/images-vision). Larger sides are
scaled down there, not refused."""

AZURE = Limits(image_bytes=20 * MIB, images=50)
"""Microsoft, 'Azure OpenAI quotas and limits': 50 images a request (https://learn.microsoft.com/
azure/foundry/openai/quotas-limits); its refusal of a larger image names 20,971,520 bytes."""

ANTHROPIC = Limits(
    image_bytes=10 * MB * 3 // 4,
    request_bytes=32 * MB,
    side=8000,
    side_of_many=(20, 2000),
    images=600,
)
"""Anthropic, 'Vision', section 'General limits': 10 MB an image in base64, 8,000 pixels a side or
2,000 with more than 20 images, 600 images (100 for models with a window of 200k), 32 MB a request
(https://platform.claude.com/docs/en/build-with-claude/vision)."""

GEMINI = Limits(request_bytes=20 * MB, images=3600, kinds=frozenset((PNG, JPEG, WEBP)))
"""Google, 'Image understanding': inline images and text have 20 MB together, 3,600 images a
request, no GIF (https://ai.google.dev/gemini-api/docs/image-understanding)."""

VERTEX = Limits(image_bytes=7 * MB, images=3000, kinds=frozenset((PNG, JPEG, WEBP)))
"""Google Cloud, 'Image understanding': 7 MB inline, 3,000 images a prompt
(https://docs.cloud.google.com/vertex-ai/generative-ai/docs/multimodal/image-understanding)."""

GROQ = Limits(request_bytes=4 * MB, pixels=33_177_600, images=5)
"""Groq, 'Images and Vision': 4 MB a request with base64, 33,177,600 pixels an image, 5 images
(https://console.groq.com/docs/vision)."""

MISTRAL = Limits(image_bytes=10 * MB, images=8)
"""Mistral, 'Vision', the questions at its end: 10 MB a file, 8 images a request
(https://docs.mistral.ai/capabilities/vision/)."""

XAI = Limits(image_bytes=20 * MIB, kinds=frozenset((PNG, JPEG)))
"""xAI, 'Models', section 'Image input models': 20 MiB an image, any number, JPEG or PNG
(https://docs.x.ai/docs/models)."""

BY_HOST = {
    "api.openai.com": OPENAI,
    "openai.azure.com": AZURE,
    "cognitiveservices.azure.com": AZURE,
    "services.ai.azure.com": AZURE,
    "api.anthropic.com": ANTHROPIC,
    "generativelanguage.googleapis.com": GEMINI,
    "aiplatform.googleapis.com": VERTEX,
    "api.groq.com": GROQ,
    "api.mistral.ai": MISTRAL,
    "api.x.ai": XAI,
}
"""The limits of hosts that are known, subdomains included."""


def limits_of(base_url: str) -> Limits:
    """What the endpoint of this base URL takes."""
    host = (urlsplit(base_url).hostname or "").rstrip(".")
    # Google's regions stand before the name with a dash: europe-west1-aiplatform.googleapis.com
    for known, limits in BY_HOST.items():
        if host == known or host.endswith((f".{known}", f"-{known}")):
            return limits
    return UNKNOWN


def check(images: Sequence[Image], limits: Limits) -> None:
    """See that images can go in one request.

    Args:
        images: All of the request's, in order.
        limits: Those of the endpoint.

    Raises:
        BadImage: If the endpoint would refuse them; the text says which, why, and what would do.
    """
    if limits.images is not None and len(images) > limits.images:
        raise BadImage(
            f"These are {len(images)} images; the endpoint takes {limits.images} in one request."
        )
    side = limits.side
    if limits.side_of_many and len(images) > limits.side_of_many[0]:
        side = limits.side_of_many[1]
    for number, image in enumerate(images, 1):
        _check_one(f"Image {number}" if len(images) > 1 else "The image", image, limits, side)
    total = sum(len(image.url) for image in images if DATA_URL.match(image.url))
    if limits.request_bytes is not None and total > limits.request_bytes:
        raise BadImage(
            f"The images are {in_bytes(total)} as they travel; the endpoint takes "
            f"{in_bytes(limits.request_bytes)} in one request. Send fewer, or scale them down."
        )


def _check_one(name: str, image: Image, limits: Limits, side: int | None) -> None:
    found = DATA_URL.match(image.url)
    if not found:
        return
    kind = found[1].lower()
    if kind not in limits.kinds:
        takes = ", ".join(NAMES[each] for each in NAMES if each in limits.kinds)
        raise BadImage(f"{name} is of type {NAMES.get(kind, kind)}; the endpoint takes {takes}.")
    size = bytes_in(image.url)
    if limits.image_bytes is not None and size > limits.image_bytes:
        raise BadImage(
            f"{name} has {in_bytes(size)}; the endpoint takes {in_bytes(limits.image_bytes)} an "
            "image. Scale it down."
        )
    _check_pixels(name, size_in_url(image.url), limits, side)


def _check_pixels(name: str, size: Size | None, limits: Limits, side: int | None) -> None:
    if size is None:
        return
    if side is not None and max(size) > side:
        raise BadImage(
            f"{name} has {size} pixels; the endpoint takes up to {side:,} a side. Scale it down."
        )
    if limits.pixels is not None and size.width * size.height > limits.pixels:
        raise BadImage(
            f"{name} has {size} pixels; the endpoint takes {limits.pixels:,} in all. Scale it down."
        )
