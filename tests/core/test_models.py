"""Names of models: the nearest to one that a server does not know."""

import pytest

from tui.core.models import nearest

OPENAI = ["gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano", "gpt-4o", "gpt-4o-mini", "o3", "whisper-1"]
OLLAMA = ["llama3.2:3b", "llama3.2:latest", "qwen3:8b", "mistral:7b"]
ROUTER = ["anthropic/claude-sonnet-5", "google/gemini-3-pro", "openai/gpt-5-mini", "x-ai/grok-4"]


@pytest.mark.parametrize(
    ("listed", "wanted", "found"),
    [
        (OPENAI, "gpt-4.1-mni", ["gpt-4.1-mini"]),
        (OPENAI, "GPT-4o", ["gpt-4o", "gpt-4o-mini"]),
        (OPENAI, "gpt-4", ["gpt-4o", "gpt-4.1", "gpt-4o-mini"]),
        (OPENAI, "openai/gpt-4o-mini", ["gpt-4o-mini", "gpt-4.1-mini"]),
        (OLLAMA, "llama3.2", ["llama3.2:3b", "llama3.2:latest"]),
        (OLLAMA, "llama3", ["llama3.2:3b", "llama3.2:latest"]),
        (OLLAMA, "qwen3:14b", ["qwen3:8b"]),
        (ROUTER, "gpt-5-mini", ["openai/gpt-5-mini"]),
        (ROUTER, "claude-sonnet", ["anthropic/claude-sonnet-5"]),
        (OPENAI, "zzz", []),
        (OPENAI, "gpt-4o", []),
        (OPENAI, "", []),
        (["only-one"], "zzz", ["only-one"]),
        ([], "zzz", []),
    ],
)
def test_the_nearest_names_come_first(listed: list[str], wanted: str, found: list[str]) -> None:
    near = nearest(listed, wanted)
    assert near[: len(found)] == found
    assert len(near) <= 3
    assert bool(near) == bool(found)
