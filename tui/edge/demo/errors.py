"""Scripts that answer with an error, in OpenAI's words and shape.

The shape is `{"error": {"message", "type", "param", "code"}}`; see
https://platform.openai.com/docs/guides/error-codes.
"""

import json
from collections.abc import AsyncIterator

from tui.edge.demo.prompt import count_words
from tui.edge.demo.script import Act, Asked, Bytes, Script, Status

_INVALID = "invalid_request_error"
_TINY = 4
_HTML = b"""<html>\r
<head><title>502 Bad Gateway</title></head>\r
<body>\r
<center><h1>502 Bad Gateway</h1></center>\r
<hr><center>nginx</center>\r
</body>\r
</html>\r
"""


def announced(payload: bytes, status: int = 200, **headers: str) -> Status:
    """Give the head of an answer with one JSON body of this length.

    Further header fields are named with underscores: `retry_after="2"`.
    """
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    length = str(len(payload))
    return Status(status, {"content-type": "application/json", "content-length": length, **fields})


async def whole(payload: bytes, status: int = 200, **headers: str) -> AsyncIterator[Act]:
    """Send one JSON body; header fields are named with underscores."""
    yield announced(payload, status, **headers)
    yield Bytes(payload)


def error(
    message: str, *, kind: str = _INVALID, param: str | None = None, code: str | None = None
) -> bytes:
    """Write an error object as OpenAI does."""
    body = {"error": {"message": message, "type": kind, "param": param, "code": code}}
    return json.dumps(body).encode()


def failed(
    status: int,
    message: str,
    *,
    kind: str = _INVALID,
    param: str | None = None,
    code: str | None = None,
    **headers: str,
) -> Script:
    """Make a script that always answers with this error; see `announced` for header fields."""
    payload = error(message, kind=kind, param=param, code=code)
    return lambda _: whole(payload, status, **headers)


def server_error(_: Asked) -> AsyncIterator[Act]:
    """Answer that something went wrong in the server."""
    return whole(SERVER_ERROR, 500)


def bad_gateway(_: Asked) -> AsyncIterator[Act]:
    """Answer as a proxy does whose server is down: with a page, not with JSON."""
    return whole(_HTML, 502, content_type="text/html")


def wrong_key(asked: Asked) -> AsyncIterator[Act]:
    """Answer that the key is missing or wrong; a wrong one is shown with most of it hidden."""
    key = asked.headers.get("authorization", "").removeprefix("Bearer").strip()
    if not key:
        return failed(
            401,
            "You didn't provide an API key. You need to provide your API key in an Authorization "
            "header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
        )(asked)
    return failed(
        401,
        f"Incorrect API key provided: {_hidden(key)}. You can find your API key at "
        "https://platform.openai.com/account/api-keys.",
        code="invalid_api_key",
    )(asked)


def _hidden(key: str) -> str:
    return f"{key[:3]}{'*' * (len(key) - 7)}{key[-4:]}" if len(key) > 11 else "*" * len(key)


def unknown_model(name: str) -> Script:
    """Make the answer to a model that is not there."""
    message = f"The model `{name}` does not exist or you do not have access to it."
    return failed(404, message, code="model_not_found")


def too_long(asked: Asked) -> AsyncIterator[Act]:
    """Answer that the conversation does not fit; this model takes next to nothing."""
    return failed(
        400,
        f"This model's maximum context length is {_TINY} tokens. However, your messages resulted "
        f"in {_TINY + count_words(asked)} tokens. Please reduce the length of the messages.",
        param="messages",
        code="context_length_exceeded",
    )(asked)


def unknown_url(asked: Asked) -> AsyncIterator[Act]:
    """Answer that there is nothing at this path."""
    return failed(404, f"Invalid URL ({asked.method} {asked.path})")(asked)


def wrong_method(asked: Asked) -> AsyncIterator[Act]:
    """Answer that the path is right and the method is not."""
    return failed(
        405,
        f"Not allowed to {asked.method} on {asked.path}. "
        "(HINT: Perhaps you meant to use a different HTTP method?)",
    )(asked)


bad_json = failed(
    400,
    "We could not parse the JSON body of your request. (HINT: This likely means you aren't using "
    "your HTTP library correctly. The OpenAI API expects a JSON payload, but what was sent was "
    "not valid JSON.)",
)

rate_limited = failed(
    429,
    "Rate limit reached for demo-429 in organization org-demo on requests per min (RPM): "
    "Limit 3, Used 3, Requested 1. Please try again in 2s. Visit "
    "https://platform.openai.com/account/rate-limits to learn more.",
    kind="requests",
    code="rate_limit_exceeded",
    retry_after="2",
)

out_of_quota = failed(
    429,
    "You exceeded your current quota, please check your plan and billing details. For more "
    "information on this error, read the docs: "
    "https://platform.openai.com/docs/guides/error-codes/api-errors.",
    kind="insufficient_quota",
    code="insufficient_quota",
)

SERVER_ERROR = error(
    "The server had an error while processing your request. Sorry about that! You can retry your "
    "request, or contact us through our help center at help.openai.com if the error persists.",
    kind="server_error",
)

overloaded = failed(
    503, "The engine is currently overloaded, please try again later.", kind="server_error"
)

no_images = failed(
    400,
    "Invalid content type. image_url is only supported by certain models.",
    param="messages.[0].content.[1].type",
)
