"""What a page asks of `/stream` -> a request, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from tui.core.conversation import Conversation
from tui.core.images import BadImage, Image, image_from
from tui.core.levels import Wanted
from tui.core.options import Options
from tui.core.parameters import BY_NAME, PARAMETERS, BadParameter
from tui.core.request import Request
from tui.core.settings import Settings
from tui.web.asked import asked_in
from tui.web.errors import JSON, Unacceptable, error

LONGEST_RESUME = 60.0
"""Seconds that a reply goes on without a reader, at the most."""

KNOWN = frozenset({"prompt", "messages", "model", "images", "system", "resume", *BY_NAME})
"""What can be asked for."""


def request_in(body: JSON, settings: Settings) -> Request:
    """The request of a page; what it does not say, the settings do.

    Raises:
        Unacceptable: If it cannot be asked.
    """
    if unknown := sorted(set(body) - KNOWN):
        _refuse(f"There is no such member: {unknown[0][:60]}.", None)
    model = _text(body, "model") or settings.model
    if "messages" in body:
        return _with_messages(body, model, settings)
    prompt, system = _text(body, "prompt"), _text(body, "system") or settings.system
    if not prompt.strip():
        _refuse("prompt has to say something, or messages has to be given.", "prompt")
    asked = Conversation(system).asked(prompt, _images(body))
    wanted = _wanted(body, settings)
    return Request(model, asked.sent, wanted.options_for(model), wanted=wanted)


def resume_in(body: JSON) -> float:
    """Seconds that the reply goes on without a reader.

    Raises:
        Unacceptable: If that is no such number.
    """
    return _number(body, "resume", LONGEST_RESUME) or 0.0


def _with_messages(body: JSON, model: str, settings: Settings) -> Request:
    for name in ("prompt", "images", "system"):
        if body.get(name):
            _refuse(f"{name} goes into messages, where those are given.", name)
    messages = asked_in({"messages": body["messages"]}, model).request.given
    assert messages is not None
    given = messages["messages"]
    assert isinstance(given, list)
    if settings.system and not any(message.get("role") == "system" for message in given):
        given = [{"role": "system", "content": settings.system}, *given]
    wanted = _wanted(body, settings)
    options = wanted.options_for(model)
    return Request(model, (), options, wanted=wanted, given={"messages": given})


def _wanted(body: JSON, settings: Settings) -> Wanted:
    """What the page says goes before what the settings say."""
    own = Options()
    for known in PARAMETERS:
        if (value := body.get(known.name)) is None:
            continue
        try:
            checked = known.checked(value)
        except BadParameter as bad:
            _refuse(str(bad), known.name)
        own = (
            own.with_extra(checked)
            if isinstance(checked, Mapping)
            else own.with_value(known.name, checked)
        )
    return Wanted(settings.levels, own)


def _images(body: JSON) -> tuple[Image, ...]:
    given = body.get("images") or []
    if not isinstance(given, list) or not all(isinstance(url, str) for url in given):
        _refuse("images has to be a list of URLs.", "images")
    try:
        return tuple(image_from(url) for url in given)
    except BadImage as bad:
        _refuse(str(bad), "images")


def _text(body: JSON, name: str) -> str:
    found = body.get(name)
    if found is not None and not isinstance(found, str):
        _refuse(f"{name} has to be a string.", name)
    return found or ""


def _number(body: JSON, name: str, most: float) -> float | None:
    found = body.get(name)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= most:
        _refuse(f"{name} has to be a number from 0 to {most:g}.", name)
    return float(found)


def _refuse(message: str, param: str | None) -> NoReturn:
    raise Unacceptable(error(400, message, param=param))
