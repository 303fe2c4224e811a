"""Write `tui/core/model_table.py` anew, out of two well-kept packages.

    pip download --no-deps genai-prices litellm     # anywhere but here; nothing is installed
    python -m tests.tools.pack_models GENAI_PRICES.whl LITELLM.whl

Prices come from genai-prices, limits from the JSON file in litellm's wheel; of litellm no code is
run. What is kept are the models that people chat with at the API of whoever made them. Where the
two disagree about a price there is none, which is printed. A dated name goes where the name
without its date says the same.
"""

import importlib
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tui.core.catalog import bare, undated

MAKERS = {
    "openai": ("openai", ""),
    "anthropic": ("anthropic", ""),
    "gemini": ("google", ""),
    "xai": ("x-ai", ""),
    "deepseek": ("deepseek", "api.deepseek."),
    "mistral": ("mistral", "api.mistral."),
    "moonshot": ("moonshotai", "api.moonshot."),
    "zai": ("zai", "api.z.ai"),
}
"""Who runs their own models: as litellm calls them, as genai-prices does, and where what is said
holds. Models whose weights are open run at many places, each with a window and a price."""

NO_CHAT = re.compile(
    r"audio|realtime|search|image|tts|transcribe|embed|computer-use|robotics|lyria|omni|container|"
    r"research|codex|vision-exp|customtools|live|learnlm|gemma|voxtral|ocr|leanstral|vibe|-fim|"
    r"agent|experimental|beta|-gv2|cyber|daybreak|rosalind|astra-law|mythos|exp-|tiny|grok-build|"
    r"0309|4\.20-|grok-code-fast-|^chat-latest|5-chat$|mistral/(zai|glm|deepseek|open)|mamba|moonshot-v1"
)
"""Names of models that are for something else, or not for everybody."""

TABLE = Path("tui/core/model_table.py")

HEAD = '''\
"""What is known of models that people chat with: {count} of them, as of {date}.

Written by `tests/tools/pack_models.py`; edit that, not this. Prices are those of
genai-prices {prices} (MIT, Copyright (c) Pydantic Services Inc.), limits and vision those of
litellm {limits} (MIT, Copyright (c) 2023 Berri AI); both are tables of facts, no code of theirs
is here.
"""

AS_OF = "{date}"
"""The day of the sources."""

COLUMNS = "name context prompt answer vision input cached output short"
"""A hyphen is 'unknown'. Tokens: the window, the longest prompt where that is less, the longest
answer. Vision: + or -. US dollars for a million tokens: prompt, cached prompt, answer; they hold
for prompts of up to `short` tokens where there is a number, and longer ones cost more. The rows
behind an @ hold only at hosts that begin so: others run these models too, each in their way."""

TABLE = """\\
'''


@dataclass(frozen=True)
class Row:
    """One line of the table, in the order of its columns."""

    name: str
    context: str
    prompt: str
    answer: str
    vision: str
    input: str
    cached: str
    output: str
    short: str


def main(genai: Path, litellm: Path) -> None:
    """Write the table."""
    sys.path.insert(0, str(genai))
    limits: dict[str, Any] = json.loads(
        zipfile.ZipFile(litellm).read("litellm/model_prices_and_context_window_backup.json")
    )
    lines: list[str] = []
    for place in dict.fromkeys(place for _, place in MAKERS.values()):
        rows = {row.name: row for row in sorted(found(limits, place), key=lambda row: row.name)}
        lines += [f"@ {place}"] if place else []
        lines += [" ".join(astuple(row)) for row in rows.values() if not is_said(rows, row)]
    date = datetime.now(UTC).date().isoformat()
    head = HEAD.format(
        count=sum(line[0] != "@" for line in lines),
        date=date,
        prices=version(genai),
        limits=version(litellm),
    )
    TABLE.write_text(head + "\n".join(lines) + '\n"""\n', encoding="utf-8")


def found(limits: dict[str, Any], place: str) -> Iterator[Row]:
    """The models of a place that answer chats, with what both packages say of them."""
    for key, facts in limits.items():
        maker, where = MAKERS.get(facts.get("litellm_provider"), ("", None))
        is_chat = facts.get("mode") in ("chat", "responses") and not NO_CHAT.search(key)
        if where == place and is_chat and facts.get("max_input_tokens"):
            yield row(key, facts, maker)


def row(key: str, facts: dict[str, Any], maker: str) -> Row:
    """One model."""
    price, window = of_genai(maker, key.rpartition("/")[2])
    prompt, answer = facts["max_input_tokens"], facts.get("max_output_tokens")
    # Of OpenAI's newer models litellm gives the longest prompt, which leaves room for the answer.
    is_split = maker == "openai" and bool(window and answer and prompt < window <= prompt + answer)
    if disagree(price, facts):
        print(f"no price for {key}: they disagree", file=sys.stderr)
        price = None
    return Row(
        name=bare(key),
        context=shown(window if is_split else prompt),
        prompt=shown(prompt if is_split else None),
        answer=shown(answer),
        vision="+" if facts.get("supports_vision") else "-",
        input=shown(base(price, "input_mtok")),
        cached=shown(base(price, "cache_read_mtok")),
        output=shown(base(price, "output_mtok")),
        short=shown(tier(price)),
    )


def of_genai(maker: str, name: str) -> tuple[Any, int | None]:
    """The price that holds now, and the context window, by genai-prices."""
    providers = importlib.import_module("genai_prices.data").providers
    provider = next(provider for provider in providers if provider.id == maker)
    model = provider.find_model(name)
    if model is None:
        return None, None
    return model.get_prices(datetime.now(UTC)), model.context_window


def base(price: Any, name: str) -> float | None:
    """A price of short prompts, in US dollars for a million tokens."""
    value = getattr(price, name, None)
    return None if value is None else float(getattr(value, "base", value))


def tier(price: Any) -> int | None:
    """The tokens of a prompt above which the price is another."""
    tiers = getattr(getattr(price, "input_mtok", None), "tiers", ())
    return tiers[0].start if tiers else None


def disagree(price: Any, facts: dict[str, Any]) -> bool:
    """Whether the two say prices that differ by more than a hundredth."""
    for ours, theirs in (("input_mtok", "input_cost"), ("output_mtok", "output_cost")):
        one, other = base(price, ours), facts.get(f"{theirs}_per_token")
        if one and other and abs(one - other * 1e6) > one / 100:
            return True
    return False


def shown(value: float | None) -> str:
    """A number, or the sign for none."""
    return "-" if value is None else f"{value:.10g}"


def is_said(rows: dict[str, Row], row: Row) -> bool:
    """Whether the name without its date would be looked up with the same result."""
    same = rows.get(undated(row.name))
    return same is not None and same is not row and replace(row, name=same.name) == same


def version(wheel: Path) -> str:
    """The version in a wheel's name."""
    return wheel.name.split("-")[1]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
