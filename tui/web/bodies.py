"""Bodies of requests, bounded in bytes and in time."""

from __future__ import annotations

import asyncio

from fastapi import Request
from starlette.requests import ClientDisconnect

from tui.web.errors import Unacceptable, error

MOST = 32 * 2**20
"""Bytes of a body at the most: images travel in it."""

WITHIN = 30.0
"""Seconds in which it has to come."""

TOO_LARGE = error(413, f"The body is larger than {MOST // 2**20} MB.", code="body_too_large")

TOO_SLOW = error(408, f"The body did not come within {WITHIN:g} seconds.", code="body_too_slow")

GONE = error(400, "The body ended too early.")


async def read_body(request: Request) -> bytes:
    """All of a body.

    Raises:
        Unacceptable: If it is too large, too slow or incomplete.
    """
    pieces, size = [], 0
    try:
        async with asyncio.timeout(WITHIN):
            async for piece in request.stream():
                size += len(piece)
                if size <= MOST:
                    pieces.append(piece)
    except TimeoutError:
        raise Unacceptable(TOO_SLOW) from None
    except ClientDisconnect:
        raise Unacceptable(GONE) from None
    if size > MOST:  # it was read to its end, so that the answer can be seen
        raise Unacceptable(TOO_LARGE)
    return b"".join(pieces)
