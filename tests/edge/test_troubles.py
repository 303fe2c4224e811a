"""What goes wrong on the way to a server: real certificates, real proxies, real silence."""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from tests.edge.plain import DONE, Plain, http
from tui.core.conversation import Conversation
from tui.core.errors import Failure, RequestFailed
from tui.core.request import Request
from tui.core.settings import Endpoint
from tui.edge.client import Client
from tui.edge.demo import DemoServer

KEY = "a-key-that-nobody-sees"


async def asked_at(base_url: str, patience: float = 5.0) -> bytes:
    """What comes of a question; RequestFailed if nothing does."""
    client = Client(Endpoint(base_url, KEY), patience)
    try:
        async with client.answer(Request("m", Conversation().asked("Hi").sent)) as answer:
            return b"".join([piece async for piece in answer.pieces()])
    finally:
        await client.aclose()


async def failure_at(base_url: str, patience: float = 5.0) -> Failure:
    """Why a question came to nothing."""
    with pytest.raises(RequestFailed) as caught:
        await asked_at(base_url, patience)
    failure = caught.value.failure
    assert KEY not in repr(failure)
    assert failure.detail.endswith((".", "?"))
    assert failure.can_help_again
    assert not failure.may_retry
    return failure


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority that this test's machine trusts."""
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return made


def tls(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


# Certificates


async def test_a_certificate_that_is_named_is_trusted_on_this_machine_too(
    authority: trustme.CA,
) -> None:
    async with Plain(http(), tls(authority.issue_cert("127.0.0.1"))) as server:
        assert await asked_at(server.url) == DONE


async def test_an_unknown_authority_is_told_with_what_to_do(authority: trustme.CA) -> None:
    unknown = trustme.CA().issue_cert("127.0.0.1")
    async with Plain(http(), tls(unknown)) as server:
        failure = await failure_at(server.url)
        assert failure.title == "The server's certificate is not trusted"
        assert f"127.0.0.1:{server.port}" in failure.detail
        assert "SSL_CERT_FILE=FILE.pem" in failure.detail
        assert "CERTIFICATE_VERIFY_FAILED" in failure.cause
        assert server.heard == []


async def test_an_expired_certificate_is_told(authority: trustme.CA) -> None:
    expired = authority.issue_cert("127.0.0.1", not_after=datetime(2020, 1, 1, tzinfo=UTC))
    async with Plain(http(), tls(expired)) as server:
        failure = await failure_at(server.url)
        assert failure.title == "The server's certificate has expired"
        assert "clock" in failure.detail


async def test_a_certificate_of_tomorrow_is_told(authority: trustme.CA) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    early = authority.issue_cert("127.0.0.1", not_before=tomorrow)
    async with Plain(http(), tls(early)) as server:
        failure = await failure_at(server.url)
        assert failure.title == "The server's certificate is not valid yet"


@pytest.mark.parametrize("name", ["other.example", "127.0.0.2"])
async def test_a_certificate_for_another_name_is_told(authority: trustme.CA, name: str) -> None:
    async with Plain(http(), tls(authority.issue_cert(name))) as server:
        failure = await failure_at(server.url)
        assert failure.title == "The server's certificate is for another name"
        assert f"not made out to 127.0.0.1:{server.port}" in failure.detail


async def test_a_self_signed_certificate_is_told(authority: trustme.CA, tmp_path: Path) -> None:
    alone = trustme.CA()  # an authority's own certificate is signed by itself
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    pair = tmp_path / "alone.pem"
    pair.write_bytes(alone.private_key_pem.bytes() + alone.cert_pem.bytes())
    context.load_cert_chain(pair)
    async with Plain(http(), context) as server:
        failure = await failure_at(server.url)
        assert failure.title == "The server's certificate is self-signed"
        assert "SSL_CERT_FILE=FILE.pem" in failure.detail


@pytest.mark.parametrize("held", [None, "no certificate", ""])
async def test_certificates_that_cannot_be_read_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: str | None
) -> None:
    file = tmp_path / "some.pem"
    if held is not None:
        file.write_text(held)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    failure = await failure_at("https://127.0.0.1:9/v1")
    assert failure.title == "The certificates to trust cannot be read"
    assert str(file) in failure.detail


async def test_without_tls_nobody_asks_for_certificates(
    demo: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/at/all.pem")
    client = Client(Endpoint(demo.base_url))
    assert "demo-tour" in await client.models()
    await client.aclose()


# One protocol at the other's port


async def test_tls_spoken_to_a_server_without_it_is_told() -> None:
    async with Plain(http(400), is_hasty=True) as server:
        url = server.url.replace("http:", "https:")
        failure = await failure_at(url)
        assert failure.title == "The server speaks no TLS"
        assert f"try {server.url}." in failure.detail


async def test_tls_that_never_begins_is_told() -> None:
    async with Plain(http()) as server:
        failure = await failure_at(server.url.replace("http:", "https:"), patience=0.3)
        assert failure.title == "The TLS connection does not begin"
        assert f"try {server.url}." in failure.detail


async def test_no_tls_spoken_to_a_server_with_it_is_told(authority: trustme.CA) -> None:
    async with Plain(http(), tls(authority.issue_cert("127.0.0.1"))) as server:
        failure = await failure_at(server.url.replace("https:", "http:"))
        assert failure.title == "The server closed the connection without an answer"
        assert f"try {server.url}." in failure.detail


async def test_a_connection_closed_before_tls_is_told() -> None:
    async with Plain(b"", is_hasty=True) as server:
        failure = await failure_at(server.url.replace("http:", "https:"))
        assert failure.title == "The TLS connection failed"


# Answers that are none


@pytest.mark.parametrize(
    ("says", "title"),
    [
        (b"", "The server closed the connection without an answer"),
        (b"HTTP/1.1 200 OK\r\nconte", "The server closed the connection without an answer"),
        (b"SSH-2.0-OpenSSH_9.9\r\n\r\n", "The server's answer cannot be read"),
        (b"\x00\x00\x12\x04\x00\x00\x00\x00\x00", "The server's answer cannot be read"),
        (b"HTTP/1.1 200 OK\r\nx: " + b"a" * 300_000, "The server's answer cannot be read"),
        (b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "The server's answer cannot be read"),
        (
            b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 5\r\n\r\nhello",
            "The server's answer cannot be read",
        ),
        (
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n",
            "The connection broke",
        ),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhello", "The connection broke"),
    ],
)
async def test_an_answer_that_is_none_is_told(says: bytes, title: str) -> None:
    async with Plain(says) as server:
        failure = await failure_at(server.url)
        assert failure.title == title
        assert failure.cause
        assert len(failure.cause) <= 200
        assert failure.url == server.url
        has_words = b"\r\n\r\n" in says and b"hello" in says
        assert ("Words that arrived are kept." in failure.detail) == has_words
        assert len(server.heard) == 1


async def test_a_connection_reset_before_an_answer_is_told() -> None:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        asking = asyncio.create_task(failure_at(f"http://127.0.0.1:{listener.getsockname()[1]}"))
        line, _ = await asyncio.get_running_loop().sock_accept(listener)
        await asyncio.get_running_loop().sock_recv(line, 16)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        line.close()
        assert (await asking).title == "The connection broke before an answer came"


# No server at all


@pytest.fixture
def full() -> Iterator[str]:
    """A server whose queue of connections is full, so that another one is not answered."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        lines = [socket.socket() for _ in range(8)]
        for line in lines:
            line.setblocking(False)
            line.connect_ex(address)
        yield f"http://127.0.0.1:{address[1]}/v1"
        for line in lines:
            line.close()


async def test_a_connection_that_is_not_answered_is_told(full: str) -> None:
    failure = await failure_at(full, patience=0.3)
    assert failure.title == "The server cannot be reached"
    assert full.removeprefix("http://").removesuffix("/v1") in failure.detail


@pytest.mark.parametrize("host", ["127.0.0.1:9", "localhost:9", "0.0.0.0:9"])
async def test_a_refused_connection_names_the_host(host: str) -> None:
    failure = await failure_at(f"http://{host}/v1")
    assert failure.title == "Nothing answers at the server's address"
    assert f"{host} refused the connection" in failure.detail


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a..b", "a" * 70 + ".invalid", "xn--"])
async def test_a_name_that_is_not_known_is_told(host: str) -> None:
    failure = await failure_at(f"http://{host}/v1")
    assert failure.title == "The server's name is not known"
    assert f"No address was found for {host}." in failure.detail


# Proxies


AWAY = "http://a.example/v1"
AWAY_TLS = "https://a.example/v1"


async def test_a_proxy_that_is_not_there_is_named_and_not_the_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://me:secret@127.0.0.1:9")
    failure = await failure_at(AWAY)
    assert failure.title == "Nothing answers at the proxy's address"
    assert "127.0.0.1:9 (the proxy of HTTP_PROXY) refused" in failure.detail
    assert "secret" not in repr(failure)


async def test_a_proxy_whose_name_is_not_known_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://proxy.invalid:3128")
    failure = await failure_at(AWAY_TLS)
    assert failure.title == "The proxy's name is not known"
    assert "proxy.invalid:3128 (the proxy of ALL_PROXY)" in failure.detail


@pytest.mark.parametrize(("url", "variable"), [(AWAY, "HTTP_PROXY"), (AWAY_TLS, "HTTPS_PROXY")])
async def test_a_proxy_that_wants_a_login_is_told(
    monkeypatch: pytest.MonkeyPatch, url: str, variable: str
) -> None:
    async with Plain(http(407, b"", proxy_authenticate="Basic realm=x")) as proxy:
        monkeypatch.setenv(variable, f"http://127.0.0.1:{proxy.port}")
        failure = await failure_at(url) if url == AWAY_TLS else await refused_at(url)
        assert failure.title == "The proxy wants a login"
        assert "NAME:PASSWORD@HOST:PORT" in failure.detail


async def refused_at(base_url: str) -> Failure:
    with pytest.raises(RequestFailed) as caught:
        await asked_at(base_url)
    return caught.value.failure


async def test_a_proxy_that_lets_nothing_through_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Plain(http(403, b"")) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        failure = await failure_at(AWAY_TLS)
        assert failure.title == "The proxy refused the connection"
        assert "let requests through to a.example. Check HTTPS_PROXY" in failure.detail
        assert [heard.method for heard in proxy.heard] == ["CONNECT"]
        assert KEY not in repr(proxy.heard)


async def test_a_silent_proxy_is_mentioned(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Plain(b"") as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        failure = await failure_at(AWAY)
        assert failure.title == "The server closed the connection without an answer"
        assert f"through the proxy 127.0.0.1:{proxy.port} (HTTP_PROXY)." in failure.detail


async def test_a_socks_proxy_without_its_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1080")
    failure = await failure_at(AWAY_TLS)
    assert failure.title == "A proxy of this kind is not supported"
    assert "unset ALL_PROXY" in failure.detail


@pytest.mark.parametrize("proxy", ["ftp://me:secret@x", "http://[::1", "::::", "http://x:secret"])
async def test_a_proxy_whose_url_cannot_be_used_is_told_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    failure = await failure_at(AWAY_TLS)
    assert failure.title == "The proxy's URL cannot be used"
    assert "secret" not in repr(failure)


async def test_this_machine_is_never_asked_through_a_proxy(
    demo: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "socks5://127.0.0.1:9")
    client = Client(Endpoint(demo.base_url))
    assert "demo-tour" in await client.models()
    await client.aclose()


async def test_a_client_that_was_never_built_closes_and_can_be_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1080")
    client = Client(Endpoint(AWAY))
    for _ in range(2):
        with pytest.raises(RequestFailed, match="not supported"):
            await client.ready()
    monkeypatch.delenv("ALL_PROXY")
    await client.ready()
    await client.aclose()
    await client.aclose()


# Who gets what


async def test_what_openai_calls_organisation_is_nobody_elses_matter(
    demo: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-private")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-private")
    client = Client(Endpoint(demo.base_url, KEY))
    await client.models()
    await client.aclose()
    assert "private" not in repr(demo.asked)


async def test_the_chosen_key_goes_before_a_header_of_the_environment(
    demo: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "Authorization: Bearer other\nX-Team: one")
    client = Client(Endpoint(demo.base_url, KEY))
    await client.models()
    await client.aclose()
    assert demo.asked[0].headers["authorization"] == f"Bearer {KEY}"
    assert demo.asked[0].headers["x-team"] == "one"


# The list of models


@pytest.mark.parametrize(
    ("says", "title"),
    [
        (http(200, b"<html>Welcome</html>"), "The server's list of models cannot be read"),
        (http(200, b"\xff\xfe"), "The server's list of models cannot be read"),
        (http(200, b"[" * 100_000), "The server's list of models cannot be read"),
        (http(404, b'{"detail":"Not Found"}'), "The server lists no models"),
        (http(405, b""), "The server lists no models"),
        (http(401, b""), "The key was refused"),
    ],
)
async def test_a_list_that_is_none_is_told(says: bytes, title: str) -> None:
    async with Plain(says) as server:
        client = Client(Endpoint(server.url, KEY))
        with pytest.raises(RequestFailed) as caught:
            await client.models()
        await client.aclose()
        assert caught.value.failure.title == title
