"""What a chat completion request must hold, and the answer to one that does not."""

from tui.edge.demo import errors
from tui.edge.demo.script import Script

_MISSING = "missing_required_parameter"


def fault(body: dict[str, object]) -> Script | None:
    """Find the first thing that is wrong with a request.

    Returns:
        The script that says so in OpenAI's words with a 400, or None for a sound request.
    """
    model = body.get("model")
    if not isinstance(model, str) or not model:
        return errors.failed(400, "you must provide a model parameter")
    return _messages(body) or _limits(body)


def _messages(body: dict[str, object]) -> Script | None:
    messages = body.get("messages")
    if messages is None:
        return _wrong("messages", "Missing required parameter: 'messages'.", _MISSING)
    if not isinstance(messages, list):
        return _mistyped("messages", "an array of objects", messages)
    if not messages:
        text = "Invalid 'messages': empty array. Expected an array with minimum length 1."
        return _wrong("messages", text, "empty_array")
    for place, message in enumerate(messages):
        if not isinstance(message, dict):
            return _mistyped(f"messages[{place}]", "an object", message)
        if not isinstance(message.get("role"), str):
            param = f"messages[{place}].role"
            return _wrong(param, f"Missing required parameter: '{param}'.", _MISSING)
    return None


def _limits(body: dict[str, object]) -> Script | None:
    for name in ("max_tokens", "max_completion_tokens"):
        limit = body.get(name)
        if limit is None:
            continue
        if not isinstance(limit, int) or isinstance(limit, bool):
            return _mistyped(name, "an integer", limit)
        if limit < 1:
            text = f"Invalid '{name}': integer below minimum value. Expected a value >= 1."
            return _wrong(name, text, "integer_below_min_value")
    return None


def _mistyped(param: str, wanted: str, given: object) -> Script:
    text = f"Invalid type for '{param}': expected {wanted}, but got {_kind(given)} instead."
    return _wrong(param, text, "invalid_type")


def _wrong(param: str, text: str, code: str) -> Script:
    return errors.failed(400, text, param=param, code=code)


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "an array", str: "a string", bool: "a boolean"}
    return kinds.get(type(value), "null" if value is None else "a number")
