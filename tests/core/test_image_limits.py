"""What the endpoints take is known before it is sent, and said in sentences."""

import base64
import struct

import pytest

from tests.core.test_image_size import PNG, data_url
from tui.core.image_limits import (
    ANTHROPIC,
    AZURE,
    BY_HOST,
    GROQ,
    OPENAI,
    UNKNOWN,
    VERTEX,
    Limits,
    check,
    limits_of,
)
from tui.core.images import BadImage, Image


def sized(width: int, height: int, more: int = 0) -> Image:
    """A PNG that says this size, with so many bytes behind that."""
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIB", 13, b"IHDR", width, height, 8)
    return Image(data_url(head + bytes(more)))


@pytest.mark.parametrize(
    ("base_url", "limits"),
    [
        ("https://api.openai.com/v1", OPENAI),
        ("https://mine.openai.azure.com/openai/v1", AZURE),
        ("https://api.anthropic.com:443/v1", ANTHROPIC),
        ("https://europe-west1-aiplatform.googleapis.com/v1", VERTEX),
        ("https://api.groq.com./openai/v1", GROQ),
        ("https://api.openai.com.evil.example/v1", UNKNOWN),
        ("http://localhost:11434/v1", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_an_endpoint_is_known_by_its_host(base_url: str, limits: Limits) -> None:
    assert limits_of(base_url) is limits


@pytest.mark.parametrize("limits", [*BY_HOST.values(), UNKNOWN])
def test_a_small_image_goes_anywhere(limits: Limits) -> None:
    check([Image(data_url(PNG)), Image("https://a.example/1.png")], limits)
    check([], limits)


@pytest.mark.parametrize(
    ("images", "limits", "why"),
    [
        ([sized(9, 9)] * 6, GROQ, "These are 6 images; the endpoint takes 5 in one request."),
        ([Image("https://a.example/")] * 6, GROQ, "These are 6 images"),
        ([sized(8001, 9)], ANTHROPIC, "The image has 8001x9 pixels; the endpoint takes up to 8,0"),
        ([sized(2001, 9)] * 21, ANTHROPIC, "Image 1 has 2001x9 pixels; .* up to 2,000 a side"),
        ([sized(9, 9), sized(6000, 6000)], GROQ, "Image 2 has 6000x6000 .* takes 33,177,600 in"),
        ([sized(9, 9, 21_000_000)], AZURE, "The image has 21.0 MB; the endpoint takes 21.0 MB an"),
        ([sized(9, 9, 2_000_000)] * 2, GROQ, "are 5.3 MB as they travel; .* takes 4.0 MB in one"),
        ([Image(data_url(b"GIF89a", "gif"))], VERTEX, "is of type GIF; .* takes PNG, JPEG, WebP"),
        ([Image(data_url(b"<svg/>", "svg+xml"))], UNKNOWN, r"is of type image/svg\+xml"),
    ],
)
def test_what_an_endpoint_would_refuse_is_said_before(
    images: list[Image], limits: Limits, why: str
) -> None:
    with pytest.raises(BadImage, match=why):
        check(images, limits)


def test_the_limit_itself_is_allowed() -> None:
    check([sized(8000, 8000)] * 20, ANTHROPIC)
    check([sized(2000, 2000)] * 21, ANTHROPIC)
    check([sized(7680, 4320)] * 5, GROQ)
    content = bytes(999_999)
    url = f"data:image/png;base64,{base64.b64encode(content).decode()}"
    check([Image(url)], Limits(image_bytes=len(content), request_bytes=len(url)))
