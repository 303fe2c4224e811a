"""The tokens of images, by vectors that OpenAI published or billed.

Sources: [guide] OpenAI, 'Images and vision', its examples, in the editions of 2024 to 2026;
[bills] what users measured at the API: https://community.openai.com/t/1344040 (gpt-5-mini),
https://community.openai.com/t/1262691 (a 128 x 64 image on many models).
"""

import pytest

from tui.core.image_size import Size
from tui.core.image_tokens import image_tokens


@pytest.mark.parametrize(
    ("model", "width", "height", "detail", "tokens"),
    [
        ("gpt-4o", 1024, 1024, "high", 765),  # [guide]
        ("gpt-4o", 2048, 4096, "high", 1105),  # [guide]
        ("gpt-4o", 4096, 8192, "low", 85),  # [guide]
        ("gpt-4o", 128, 64, "high", 255),  # [bills] 267 - 12 of text
        ("gpt-4o-mini", 128, 64, "high", 8500),  # [bills] 8512 - 12
        ("gpt-4.1", 128, 64, "low", 85),  # [bills] 97 - 12
        ("o3-2025-04-16", 128, 64, "high", 225),  # [bills] 236 - 11
        ("gpt-5", 1024, 1024, "high", 70 + 4 * 140),  # [guide] its base and tiles
        ("gpt-5.1", 1024, 1024, "auto", 70 + 4 * 140),  # [guide]
        ("o1", 512, 512, "high", 75 + 150),  # [guide]
    ],
)
def test_tiles(model: str, width: int, height: int, detail: str, tokens: int) -> None:
    assert image_tokens(model, Size(width, height), detail) == tokens


@pytest.mark.parametrize(
    ("model", "width", "height", "detail", "tokens"),
    [
        ("gpt-6-astra", 1024, 1024, "high", 1229),  # [guide]
        ("gpt-6-astra", 2048, 2048, "high", 3000),  # [guide]
        ("gpt-6-astra", 4096, 512, "high", 2458),  # [guide]
        ("gpt-4.1-mini", 1024, 1024, "high", 1659),  # [guide] 1024 x 1.62
        ("gpt-5-nano", 1024, 1024, "high", 1536),  # [bills] 1024 x 1.5
        ("gpt-5-mini", 256, 256, "auto", 77),  # [bills]
        ("gpt-5-mini", 512, 512, "auto", 308),  # [bills]
        ("gpt-5-mini", 768, 1024, "auto", 922),  # [bills]
        ("gpt-5-mini", 1280, 720, "auto", 1104),  # [bills]
        ("gpt-5-mini", 1024, 1024, "auto", 1229),  # [bills]
        ("gpt-5-mini", 2048, 768, "auto", 1844),  # [bills] 1536 patches, the whole budget
        ("gpt-5-nano", 1800, 2400, "high", 2178),  # [guide] 1452 patches of the budget, x 1.5
        ("o4-mini", 128, 64, "high", 14),  # [bills] 26 - 12
        ("gpt-4.1-nano-2025-04-14", 128, 64, "low", 20),  # [bills] 33 - 13
        ("gpt-5.4", 2048, 2048, "high", 3000),  # [guide] 2,500 patches
        ("gpt-5.4", 2048, 2048, "auto", 3000),  # [guide] auto is high
        ("gpt-5.4-mini", 2048, 2048, "low", 4916),  # [guide] low has the larger budget: 64 x 64
        ("gpt-5.5", 4096, 4096, "auto", 12_000),  # [guide] 10,000 patches
        ("gpt-5.6-terra", 4096, 4096, "auto", 19_661),  # [guide] auto keeps the size
        ("gpt-5.6-terra", 4096, 4096, "low", 308),  # [guide] fitted into 512
    ],
)
def test_patches(model: str, width: int, height: int, detail: str, tokens: int) -> None:
    assert image_tokens(model, Size(width, height), detail) == tokens


def test_an_image_of_unknown_size_is_counted_only_where_the_size_does_not_matter() -> None:
    assert image_tokens("gpt-4o", None, "low") == 85
    assert image_tokens("gpt-4o", None, "high") is None
    assert image_tokens("gpt-4.1-mini", None, "low") is None


@pytest.mark.parametrize(
    "model", ["", "llama3.2-vision", "claude-sonnet-4-5", "gpt-6-sol", "gpt-50"]
)
def test_a_model_without_a_published_rule_counts_nothing(model: str) -> None:
    assert image_tokens(model, Size(64, 64)) is None


@pytest.mark.parametrize("width", [1, 31, 99_999])
@pytest.mark.parametrize("height", [1, 99_999])
def test_sizes_that_nobody_sends_are_counted_too(width: int, height: int) -> None:
    size = Size(width, height)
    for model in ("gpt-4o", "gpt-5-mini", "gpt-6-astra"):
        for detail in ("low", "high", "auto"):
            tokens = image_tokens(model, size, detail)
            assert tokens
            assert detail == "auto" or tokens <= 3001
