"""Which encoding a model counts with, and what the messages of a chat add."""

import pytest

from tui.core.vocabulary import chat_tokens, encoding_for
from tui.edge.ranks import load

JARGON = (
    (
        "system",
        "You are a helpful, pattern-following assistant that translates corporate jargon into "
        "plain English.",
    ),
    ("system", "New synergies will help drive top-line growth.", "example_user"),
    ("system", "Things working well together will increase revenue.", "example_assistant"),
    (
        "system",
        "Let's circle back when we have more bandwidth to touch base on opportunities for "
        "increased leverage.",
        "example_user",
    ),
    (
        "system",
        "Let's talk later when we're less busy about how to do better.",
        "example_assistant",
    ),
    (
        "user",
        "This late pivot means we don't have time to boil the ocean for the client deliverable.",
    ),
)
"""The example of OpenAI's cookbook, 'How to count tokens with tiktoken'."""


@pytest.mark.parametrize(("encoding", "tokens"), [("o200k_base", 124), ("cl100k_base", 129)])
def test_the_cookbooks_example_counts_what_its_server_counted(encoding: str, tokens: int) -> None:
    assert chat_tokens(JARGON, load(encoding)) == tokens


def test_no_messages_still_prime_the_reply() -> None:
    assert chat_tokens([], load("o200k_base")) == 3


@pytest.mark.parametrize(
    "model",
    [
        "gpt-4o", "gpt-4o-mini-2024-07-18", "chatgpt-4o-latest", "gpt-4.1-nano", "gpt-4.5-preview",
        "gpt-5", "gpt-5.1", "gpt-5-mini", "o1", "o1-mini", "o3", "o4-mini", "openai/gpt-4o",
        "openai/o3:free", "ft:gpt-4o-2024-08-06:acme::abc", "GPT-4o",
    ],
)  # fmt: skip
def test_newer_models_of_openai_have_o200k(model: str) -> None:
    assert encoding_for(model) == ("o200k_base", True)


@pytest.mark.parametrize(
    "model",
    ["gpt-4", "gpt-4-turbo", "gpt-4-32k", "gpt-3.5-turbo", "gpt-35-turbo", "ft:gpt-4-0613:acme"],
)
def test_older_models_of_openai_have_cl100k(model: str) -> None:
    assert encoding_for(model) == ("cl100k_base", True)


@pytest.mark.parametrize("model", ["gpt-oss:20b", "gpt-oss-120b", "openai/gpt-oss-20b:free"])
def test_open_models_of_openai_have_harmony(model: str) -> None:
    assert encoding_for(model) == ("o200k_harmony", True)


@pytest.mark.parametrize(
    "model", ["", "llama3.2", "qwen/qwen3-8b", "gpt4all-j", "gpt-j-6b", "o1x", "gpt-50", "SmolLM2"]
)
def test_other_models_are_counted_with_a_stand_in(model: str) -> None:
    assert encoding_for(model) == ("o200k_base", False)
