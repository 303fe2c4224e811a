"""What a program asks of `/v1/chat/completions` -> a request, or what is wrong with it.

Parameters are passed on as they are, known or not: the endpoint decides. Refused are only those
whose answer would not fit through the one stream of deltas, so that nothing is lost in silence.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import isfinite
from typing import NoReturn

from tui.core.request import Request
from tui.web.errors import Unacceptable, error

JSON = dict[str, object]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of a program's."""

    request: Request
    """What is asked of the endpoint."""

    with_usage: bool
    """Whether the stream is to end with a chunk of token counts."""


def read_object(raw: bytes) -> JSON:
    """The JSON object of a body.

    Raises:
        Unacceptable: If it is none, or holds what cannot be written as JSON again.
    """
    try:
        # Decoded here: json would take UTF-16 too, and half a surrogate pair in any of them.
        found = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number, parse_float=_finite)
        if b"\\u" in raw:
            json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        _refuse("The body is not JSON.", code="invalid_json")
    if not isinstance(found, dict):
        _refuse("The body is not a JSON object.", code="invalid_json")
    return found


def asked_in(body: JSON, model: str) -> Asked:
    """What is asked; `model` is asked where the body names none.

    Raises:
        Unacceptable: If it cannot be passed on.
    """
    named = body.get("model") or model
    if not isinstance(named, str):
        _refuse("model has to be a string.", param="model")
    _check_messages(body.get("messages"))
    is_stream = body.get("stream") or False
    if not isinstance(is_stream, bool):
        _refuse("stream has to be true or false.", param="stream")
    _check_answer(body)
    options = body.get("stream_options")
    with_usage = is_stream and isinstance(options, dict) and options.get("include_usage") is True
    given = {name: value for name, value in body.items() if name not in ("model", "stream")}
    request = Request(named, (), is_stream=is_stream, with_usage=False, given=given)
    return Asked(request, with_usage)


def _check_messages(messages: object) -> None:
    if not isinstance(messages, list) or not messages:
        _refuse("messages has to be a list with at least one message.", param="messages")
    if not all(isinstance(message, dict) for message in messages):
        _refuse("Each of messages has to be an object.", param="messages")


def _check_answer(body: JSON) -> None:
    """Refuse what the answer could not be passed back for."""
    if body.get("n") not in (None, 1):
        _cannot("n", "One choice is streamed: leave n out, or ask several times.")
    if body.get("logprobs") or body.get("top_logprobs"):
        _cannot("logprobs", "Log probabilities are not passed on: leave logprobs out.")
    modalities = body.get("modalities")
    if body.get("audio") or (isinstance(modalities, list) and set(map(str, modalities)) - {"text"}):
        _cannot("modalities", "Only text is passed on: leave modalities and audio out.")
    if body.get("functions") or body.get("function_call"):
        _cannot("functions", "Calls are passed on as tool_calls: use tools and tool_choice.")


def _cannot(param: str, message: str) -> NoReturn:
    _refuse(message, param=param, code="unsupported_parameter")


def _refuse(message: str, *, param: str | None = None, code: str | None = None) -> NoReturn:
    raise Unacceptable(error(400, message, param=param, code=code))


def _no_number(_: str) -> NoReturn:
    raise ValueError


def _finite(digits: str) -> float:
    """A number; one such as 1e999 would be infinite, which cannot be written again."""
    found = float(digits)
    return found if isfinite(found) else _no_number(digits)
