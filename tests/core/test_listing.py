"""What servers say of their models, each in its own words."""

import pytest

from tui.core.catalog import UNKNOWN, Profile
from tui.core.listing import announced, counting_live, program_in, programs
from tui.core.request import JSON

OPENAI = {"id": "gpt-4o", "object": "model", "created": 1, "owned_by": "system"}

SERVERS: dict[str, tuple[JSON, Profile]] = {
    "vLLM": ({"owned_by": "vllm", "max_model_len": 32768}, Profile(context=32768)),
    "llama.cpp": (
        {
            "owned_by": "llamacpp",
            "architecture": {"input_modalities": ["text"]},
            "meta": {"n_ctx": 4096, "n_ctx_train": 8192},
        },
        Profile(context=4096, sees=False),
    ),
    "Groq": (
        {"context_window": 131072, "max_completion_tokens": 65536, "owned_by": "Meta"},
        Profile(context=131072, answer=65536),
    ),
    "Mistral": (
        {"max_context_length": 262144, "capabilities": {"vision": True}},
        Profile(context=262144, sees=True),
    ),
    "OpenRouter": (
        {
            "context_length": 128000,
            "architecture": {"input_modalities": ["text", "image"]},
            "top_provider": {"max_completion_tokens": 16384},
            "pricing": {
                "prompt": "0.0000025", "completion": "0.00001", "input_cache_read": "0.00000125"
            },
        },
        Profile(None, 128000, None, 16384, True, 2.5, 1.25, 10.0),
    ),
    "Moonshot": (
        {"context_length": 262144, "supports_image_in": False},
        Profile(context=262144, sees=False),
    ),
    "OpenAI": ({"owned_by": "system"}, UNKNOWN),
}  # fmt: skip


@pytest.mark.parametrize("server", SERVERS)
def test_each_server_is_understood(server: str) -> None:
    said, known = SERVERS[server]
    (found,) = announced({"data": [{"id": "m", **said}]}).values()
    rounded = [round(v, 9) if isinstance(v, float) else v for v in vars_of(found)]
    assert rounded == vars_of(known)


def vars_of(profile: Profile) -> list[object]:
    return [getattr(profile, name) for name in Profile.__slots__]


@pytest.mark.parametrize(
    "said",
    [
        {"max_model_len": "32768"}, {"max_model_len": True}, {"max_model_len": -1},
        {"max_model_len": 0}, {"meta": None}, {"meta": {"n_ctx": None}}, {"pricing": "free"},
        {"pricing": {"prompt": "-1", "completion": "a lot"}}, {"architecture": []},
        {"pricing": {"prompt": "nan", "completion": "inf"}},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_unknown(said: dict[str, object]) -> None:
    assert announced({"data": [{"id": "m", **said}]}) == {"m": UNKNOWN}


@pytest.mark.parametrize("listed", [None, [], "no", {"data": None}, {"data": ["m", {"id": 1}, {}]}])
def test_what_is_no_list_lists_nothing(listed: object) -> None:
    assert announced(listed) == {}
    assert programs(listed) == {}


def test_the_order_of_the_list_stays() -> None:
    assert list(announced({"data": [{"id": "b"}, {"id": "a"}]})) == ["b", "a"]


def test_running_counts_are_asked_only_of_who_has_them() -> None:
    asked: dict[str, object] = {"model": "m", "stream_options": {"include_usage": True}}
    llama_cpp = counting_live(asked, "llamacpp")
    assert (llama_cpp["timings_per_token"], llama_cpp["return_progress"]) == (True, True)
    usage = counting_live(asked, "vllm")["stream_options"]
    assert usage == {"include_usage": True, "continuous_usage_stats": True}
    assert counting_live(asked, programs({"data": [OPENAI]})["gpt-4o"]) == asked
    assert counting_live({"model": "m"}, "vllm") == {"model": "m"}


def test_each_model_has_the_program_that_serves_it() -> None:
    listed = {
        "data": [
            {"id": "a", "owned_by": "vllm"},
            {"id": "b"},
            {"id": {}, "owned_by": "vllm"},
            {"id": "c", "owned_by": 1},
        ]
    }
    assert programs(listed) == {"a": "vllm"}


@pytest.mark.parametrize(
    ("header", "program"),
    [("llama.cpp", "llamacpp"), ("LLaMA.cpp/b6399", "llamacpp"), ("uvicorn", ""), ("", "")],
)
def test_llama_cpp_says_its_name_in_a_header(header: str, program: str) -> None:
    assert program_in(header) == program
