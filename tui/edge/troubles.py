"""What goes wrong on the way to a server, before it says anything: the table.

It is read from above; the first row of which an exception in the chain is a case decides. httpx2
keeps the system's own exception as the cause, so TLS, names and refusals are told apart by that
and not by anyone's words. `tui.edge.causes` makes sentences of it.
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass

import httpx2

Test = Callable[[BaseException], bool]
"""Whether an exception of the chain is a case of a row."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that goes wrong on the way."""

    is_case: Test
    """Recognises it."""

    title: str
    """What happened."""

    detail: str
    """What it means and what to do; `{name}` is who did not answer, `{check}` what to look at."""

    if_begun: bool | None = None
    """Only while a body was read (True), only before it (False), or either."""


def _is(*kinds: type[BaseException], says: str = "") -> Test:
    return lambda error: isinstance(error, kinds) and says in str(error)


def _tls(reason: str) -> Test:
    return lambda error: isinstance(error, ssl.SSLError) and reason in (error.reason or "")


def _certificate(*codes: int) -> Test:
    """OpenSSL's codes of verification (its manual, X509_STORE_CTX_get_error)."""
    return lambda error: (
        isinstance(error, ssl.SSLCertVerificationError)
        and (not codes or error.verify_code in codes)
    )


def _system(*numbers: int) -> Test:
    return lambda error: isinstance(error, OSError) and error.errno in numbers


NO_TLS = (
    "The server speaks no TLS",
    "{name} answered, but not in TLS. {check}",
)

CUT = (
    "The connection broke",
    "{name} or the network closed it. Words that arrived are kept.",
)

TROUBLES = (
    Trouble(
        _certificate(10),
        "The server's certificate has expired",
        "Whoever runs {name} has to renew it. Check this machine's clock, too.",
    ),
    Trouble(
        _certificate(9),
        "The server's certificate is not valid yet",
        "Check this machine's clock; else whoever runs {name} has to look.",
    ),
    Trouble(
        _certificate(62, 63, 64),
        "The server's certificate is for another name",
        "It is not made out to {name}. Check the base URL: another server may be answering.",
    ),
    Trouble(
        _certificate(18),
        "The server's certificate is self-signed",
        "Nobody vouches for {name}. If it is yours, name its certificate: SSL_CERT_FILE=FILE.pem.",
    ),
    Trouble(
        _certificate(),
        "The server's certificate is not trusted",
        "It is signed by an authority that this machine does not know. If {name} or a proxy of "
        "your network has its own, name its certificate: SSL_CERT_FILE=FILE.pem.",
    ),
    Trouble(_tls("WRONG_VERSION_NUMBER"), *NO_TLS),
    Trouble(_tls("RECORD_LAYER_FAILURE"), *NO_TLS),
    Trouble(_tls("HTTP_REQUEST"), *NO_TLS),
    Trouble(
        lambda error: isinstance(error, ssl.SSLWantReadError),
        "The TLS connection does not begin",
        "{name} takes connections but does not answer in TLS. {check}",
        if_begun=False,
    ),
    Trouble(
        _is(ssl.SSLError),
        "The TLS connection failed",
        "{name} and this machine could not agree on it. Check the base URL and the port; a proxy "
        "or firewall may be in between.",
        if_begun=False,
    ),
    Trouble(
        _is(httpx2.ProxyError, says="407"),
        "The proxy wants a login",
        "Put it into the URL of {proxy}: http://NAME:PASSWORD@HOST:PORT.",
    ),
    Trouble(
        _is(httpx2.ProxyError),
        "The proxy refused the connection",
        "It does not let requests through to {host}. Check {proxy} and NO_PROXY.",
    ),
    Trouble(
        _is(socket.gaierror),
        "The server's name is not known",
        "No address was found for {name}. Check the spelling and the network.",
    ),
    Trouble(
        _is(httpx2.ConnectTimeout),
        "The server cannot be reached",
        "{name} did not answer the connection. Check the network and the base URL.",
    ),
    Trouble(
        _system(
            *(errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN),
            errno.EADDRNOTAVAIL,
        ),
        "There is no way to the server",
        "The network knows no route to {name}. Is this machine connected, is the VPN up?",
    ),
    Trouble(
        _is(ConnectionRefusedError),
        "Nothing answers at the server's address",
        "{name} refused the connection. Is it running, and is the port right?",
    ),
    Trouble(
        _is(httpx2.ConnectError),
        "The server cannot be reached",
        "The connection to {name} failed. Check the network and the base URL.",
    ),
    Trouble(
        _is(httpx2.TooManyRedirects),
        "The server redirects in a circle",
        "{name} sent the request from one address to the next, and never answered. Check the "
        "base URL.",
    ),
    Trouble(
        _is(httpx2.RemoteProtocolError, says="location header"),
        "The server points nowhere",
        "{name} redirects to something that is no address. Check the base URL.",
    ),
    Trouble(
        _is(httpx2.RemoteProtocolError, says="disconnected without sending"),
        "The server closed the connection without an answer",
        "{name} took the request and said nothing. It may have crashed, or speak another "
        "protocol. {check}",
    ),
    Trouble(
        _is(httpx2.RemoteProtocolError, says="too long"),
        "The server's answer cannot be read",
        "Its header is endless. Check that {name} is the API and not something else.",
        if_begun=False,
    ),
    Trouble(
        _is(httpx2.RemoteProtocolError),
        "The server's answer cannot be read",
        "{name} does not answer in HTTP. Check the port and the base URL.",
        if_begun=False,
    ),
    Trouble(
        _is(httpx2.DecodingError),
        "The server's answer cannot be read",
        "It says that it is compressed, and is not. Words that arrived are kept.",
    ),
    Trouble(
        _is(httpx2.ReadTimeout, httpx2.WriteTimeout, httpx2.PoolTimeout),
        "The server did not answer in time",
        "{name} may be busy or starting. Ask again in a moment.",
    ),
    Trouble(
        _is(httpx2.NetworkError, OSError),
        "The connection broke before an answer came",
        "{name} or the network closed it. Ask again; if it stays so, see the server's log.",
        if_begun=False,
    ),
    Trouble(_is(httpx2.TransportError, ssl.SSLError, OSError), *CUT, if_begun=True),
    Trouble(
        _is(httpx2.InvalidURL, httpx2.UnsupportedProtocol, UnicodeError),
        "The base URL cannot be used",
        "It should look like https://HOST/v1.",
    ),
)
"""The rows, the special ones first."""

UNEXPECTED = Trouble(
    lambda _: True,
    "The request could not be sent",
    "Something unexpected happened on the way to {name}.",
)
