"""How a body is compressed: what was not asked for cannot always be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.errors import Failure, RequestFailed
from tui.core.sanitize import one_line

if TYPE_CHECKING:
    from httpx2 import Response

ALWAYS = frozenset({"", "identity", "gzip", "deflate"})
"""Codings that are decoded whether they were asked for or not; others need a package each."""


def check_encoding(response: Response) -> None:
    """See that the body can be decoded (RFC 9110, 8.4 and 12.5.3).

    Raises:
        RequestFailed: If it is compressed in a way that the request did not offer.
    """
    offered = _listed(response.request.headers.get("accept-encoding", ""))
    used = _listed(response.headers.get("content-encoding", ""))
    if odd := used - offered - ALWAYS:
        names = ", ".join(one_line(name, 20) for name in sorted(odd))
        raise RequestFailed(
            Failure(
                title="The answer is compressed in a way that was not asked for",
                detail=f"It came as {names}, which Rillet cannot read. A proxy on the way may be "
                "to blame: check the base URL and the proxy.",
                status=response.status_code,
                url=str(response.request.url),
            )
        )


def _listed(field: str) -> set[str]:
    """The codings in a header field, without their weights."""
    return {item.partition(";")[0].strip().lower() for item in field.split(",")}
