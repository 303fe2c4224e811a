"""The openai package's client for an endpoint; importing this module costs over a second of CPU."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import httpx2
from openai import AsyncOpenAI

from tui.core.settings import Endpoint
from tui.edge.recorder import Recorder
from tui.edge.recording import RecordingClient
from tui.edge.transport import open_transport

NO_KEY = "none"
"""What is sent where there is no key: the SDK insists on one, servers without keys ignore it."""


def build(endpoint: Endpoint, connect_timeout: float, recorder: Recorder | None) -> AsyncOpenAI:
    """The client; nothing is connected yet.

    Args:
        endpoint: Where to ask.
        connect_timeout: Seconds to wait for the connection.
        recorder: Records the streams, where that was asked for.

    Raises:
        RequestFailed: If the environment's certificates or proxies cannot be used.
    """
    timeout = httpx2.Timeout(None, connect=connect_timeout)
    key = endpoint.key
    sdk = AsyncOpenAI(
        api_key=key or NO_KEY,
        base_url=endpoint.base_url,
        max_retries=0,
        timeout=timeout,
        # OPENAI_CUSTOM_HEADERS may name another: the key that was chosen goes before.
        default_headers={"Authorization": f"Bearer {key}"} if key else None,
        http_client=open_transport(endpoint, timeout, _kind(endpoint, recorder)),
    )
    if not endpoint.is_openai:
        sdk.organization = sdk.project = None
    return sdk


def _kind(endpoint: Endpoint, recorder: Recorder | None) -> Callable[..., httpx2.AsyncClient]:
    """What makes the HTTP client: one that records, where that was asked for."""
    if recorder is None:
        return httpx2.AsyncClient
    return partial(RecordingClient, recorder, endpoint.key)
