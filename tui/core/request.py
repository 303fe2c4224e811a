"""What is asked, and the JSON body that asks it (OpenAI API reference, 'Create chat completion').

Parameters that the user did not set are not sent: servers have their own defaults, and some
refuse what they do not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tui.core.continuing import Way, instruction
from tui.core.conversation import Message
from tui.core.images import Image
from tui.core.levels import Wanted
from tui.core.options import Options
from tui.core.parameters import sent

JSON = dict[str, object]


@dataclass(frozen=True, slots=True)
class Request:
    """One request, complete."""

    model: str
    """The model's name, as the server knows it."""

    messages: tuple[Message, ...]
    """What is sent, the system prompt first."""

    options: Options = field(default_factory=Options)
    """Parameters that the user set."""

    is_stream: bool = True
    """Whether the answer is to come in deltas."""

    with_usage: bool = True
    """Whether to ask for a chunk of token counts at the end of the stream."""

    continues: bool = False
    """Whether the last message is an answer that was cut and is to be continued."""

    wanted: Wanted | None = field(default=None, compare=False)
    """Who said what of the parameters: what another model gets, and whom to name."""

    given: Mapping[str, object] | None = None
    """The body as another program made it, in place of messages; model and stream are ours."""


def body(request: Request, way: Way = Way.FLAGS) -> JSON:
    """The request as the API's JSON object; `way` says how to ask for the rest of an answer."""
    messages = [_message(message) for message in request.messages]
    made: JSON = {"messages": messages} if request.given is None else dict(request.given)
    made |= {"model": request.model, "stream": request.is_stream}
    if request.is_stream and request.with_usage and "stream_options" not in made:
        made["stream_options"] = {"include_usage": True}
    made |= sent(request.options, request.model)
    return _continuing(made, request, way) if request.continues else made


def _continuing(made: JSON, request: Request, way: Way) -> JSON:
    partial = request.messages[-1].text
    messages = [_message(message) for message in request.messages]
    match way:
        case Way.FLAGS:
            return made | {"continue_final_message": True, "add_generation_prompt": False}
        case Way.PREFIX:
            messages[-1]["prefix"] = True
        case Way.INSTRUCTION:
            messages.append({"role": "user", "content": instruction(partial)})
    return made | {"messages": messages}


def _message(message: Message) -> JSON:
    text = message.text or message.refusal
    if not message.images:
        return {"role": message.role, "content": text}
    words: list[JSON] = [{"type": "text", "text": text}] if text else []
    return {"role": message.role, "content": words + [_part(image) for image in message.images]}


def _part(image: Image) -> JSON:
    target: JSON = {"url": image.url}
    if image.detail != "auto":
        target["detail"] = image.detail
    return {"type": "image_url", "image_url": target}
