"""The HTTP client below the SDK: certificates, proxies, redirects, and who gets which header.

A server on this machine is never asked through a proxy, but its certificate may be one that
`SSL_CERT_FILE` names.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx2

from tui.core.errors import Failure, RequestFailed
from tui.core.hosts import is_loopback
from tui.core.sanitize import one_line
from tui.core.settings import Endpoint
from tui.edge import redirects
from tui.edge.bounded import bound


def open_transport(
    endpoint: Endpoint,
    timeout: httpx2.Timeout,
    kind: Callable[..., httpx2.AsyncClient] = httpx2.AsyncClient,
) -> httpx2.AsyncClient:
    """The client for one endpoint; whoever opens it closes it.

    Args:
        endpoint: Who will be asked.
        timeout: How long to wait for what.
        kind: What makes it: one that records, say.

    Raises:
        RequestFailed: If the environment's certificates or proxies cannot be used.
    """
    is_here = is_loopback(endpoint.base_url)
    # llama.cpp closes after a stream what it said to keep alive; here, connecting is cheap.
    kept = 0 if is_here else 4
    verify = _verify(endpoint)
    try:
        return kind(
            verify=verify,
            timeout=timeout,
            follow_redirects=True,
            max_redirects=redirects.MOST,
            event_hooks={"response": [redirects.check, bound]},
            trust_env=not is_here,
            limits=httpx2.Limits(max_keepalive_connections=kept),
        )
    except ImportError as error:
        raise RequestFailed(_SOCKS) from error
    except (ValueError, httpx2.InvalidURL) as error:
        raise RequestFailed(_NO_PROXY_URL) from error


def _verify(endpoint: Endpoint) -> ssl.SSLContext:
    """Whom to trust; without TLS nobody, which spares reading a hundred certificates."""
    if urlsplit(endpoint.base_url).scheme == "http" and is_loopback(endpoint.base_url):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        return httpx2.create_ssl_context()
    except OSError as error:
        raise RequestFailed(_no_certificates(error)) from error


_SOCKS = Failure(
    "A proxy of this kind is not supported",
    "A SOCKS proxy is set in the environment: unset ALL_PROXY, or name an HTTP proxy in "
    "HTTPS_PROXY. With `pip install socksio` Rillet can use it.",
)

_NO_PROXY_URL = Failure(
    "The proxy's URL cannot be used",
    "Check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY: it should look like http://HOST:PORT.",
)


def _no_certificates(error: OSError) -> Failure:
    named = os.environ.get("SSL_CERT_FILE") or os.environ.get("SSL_CERT_DIR") or ""
    return Failure(
        "The certificates to trust cannot be read",
        f"SSL_CERT_FILE names {one_line(named, 200)}. It has to be a file of certificates (PEM).",
        cause=one_line(error.strerror or str(error), 200),
    )
