"""What an endpoint says of its models in its list of them.

OpenAI's list has names and nothing else. Others say more, each in a word of their own:

- vLLM `max_model_len`; llama.cpp `meta.n_ctx` (the window as it was loaded, not as trained);
  Groq `context_window`, Mistral `max_context_length`, OpenRouter, Together, Moonshot
  `context_length`; Anthropic `max_input_tokens`;
- Groq `max_completion_tokens`, OpenRouter `top_provider.max_completion_tokens`, Anthropic
  `max_tokens`: the longest answer;
- OpenRouter and llama.cpp `architecture.input_modalities`, Mistral `capabilities.vision`, Moonshot
  `supports_image_in`: whether it sees;
- OpenRouter `pricing`, in US dollars for one token, as text.

`owned_by` tells which program serves a model, and llama.cpp says its name in the header `Server`
too: so it is known who counts while it answers, and can be asked to. Others refuse what they do not
know, so they are not asked; neither is one that passes for another and refuses.
"""

from __future__ import annotations

from tui.core.catalog import MILLION, Profile
from tui.core.request import JSON

WINDOWS = (
    "max_model_len", "meta.n_ctx", "context_window", "max_context_length", "context_length",
    "max_input_tokens",
)  # fmt: skip

ANSWERS = ("max_completion_tokens", "top_provider.max_completion_tokens", "max_tokens")

LLAMA_CPP = "llamacpp"

EYES = ("capabilities.vision", "supports_image_in")


def announced(listed: object) -> dict[str, Profile]:
    """What is said of each model in the body of `/v1/models`, by its name, in the list's order."""
    named = [(item.get("id"), item) for item in _items(listed)]
    return {name: _profile(item) for name, item in named if isinstance(name, str)}


def programs(listed: object) -> dict[str, str]:
    """Which program serves each model, as far as the list says it."""
    said = ((item.get("id"), item.get("owned_by")) for item in _items(listed))
    return {
        model: program
        for model, program in said
        if isinstance(model, str) and isinstance(program, str)
    }


def program_in(server: str) -> str:
    """Which program a header `Server` names, in the words of `owned_by`; empty if none of ours."""
    return LLAMA_CPP if server.lower().startswith("llama.cpp") else ""


def counting_live(asked: JSON, program: str) -> JSON:
    """The body of a request, which asks for counts while the answer comes where there are any.

    llama.cpp puts its `timings` on every chunk, and tells how far it has read the prompt; vLLM and
    SGLang put their usage on every chunk.
    """
    if "stream_options" not in asked:
        return asked
    if program == LLAMA_CPP:
        return asked | {"timings_per_token": True, "return_progress": True}
    if program in ("vllm", "sglang"):
        return asked | {"stream_options": {"include_usage": True, "continuous_usage_stats": True}}
    return asked


def _items(listed: object) -> list[JSON]:
    items = _at(listed, "data")
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _profile(item: JSON) -> Profile:
    return Profile(
        context=_first_number(item, WINDOWS),
        answer=_first_number(item, ANSWERS),
        sees=_sees(item),
        price_input=_price(item, "pricing.prompt"),
        price_cached=_price(item, "pricing.input_cache_read"),
        price_output=_price(item, "pricing.completion"),
    )


def _at(item: object, path: str) -> object:
    """What stands at a path of names with dots between them."""
    found = item
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _first_number(item: JSON, paths: tuple[str, ...]) -> int | None:
    numbers = (_at(item, path) for path in paths)
    sound = (n for n in numbers if isinstance(n, int) and not isinstance(n, bool) and 0 < n < 2**53)
    return next(sound, None)


def _sees(item: JSON) -> bool | None:
    said = [value for path in EYES if isinstance(value := _at(item, path), bool)]
    if said:
        return said[0]
    modalities = _at(item, "architecture.input_modalities")
    return "image" in modalities if isinstance(modalities, list) else None


def _price(item: JSON, path: str) -> float | None:
    """A price for a million tokens; prices below zero mean that it varies."""
    said = _at(item, path)
    try:
        dollars = float(said) if isinstance(said, str) else -1.0
    except ValueError:
        return None
    return dollars * MILLION if 0 <= dollars < 1 else None
