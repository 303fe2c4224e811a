"""The guard before the web: what it fetches, and all that it must not knock at."""

import asyncio
import re
import ssl
from collections.abc import Sequence
from ipaddress import ip_address

import pytest
import trustme

from tests.edge.pictures.made import painted, saved
from tests.edge.plain import Heard, Plain, http
from tui.core.addresses import Address, is_public
from tui.core.images import BadImage
from tui.edge.fetch import Fetcher, Resolver

NOT_HERE = re.compile("not on the public internet|not known|Only http and https")

PICTURE = saved(painted(), "PNG")


class Names:
    """A name service; it gives each answer of a name once, the last one for good."""

    def __init__(self, **names: str) -> None:
        self.names = {name.replace("_", "."): said.split("|") for name, said in names.items()}
        self.asked: list[tuple[str, int]] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append((host, port))
        answers = self.names.get(host)
        if answers is None:
            raise OSError("unknown")
        return (answers.pop(0) if len(answers) > 1 else answers[0]).split()


def trusting(names: Resolver, **more: float) -> Fetcher:
    """One that takes this machine for the internet, and nothing else."""
    return Fetcher(names, _is_ours, most=int(more.get("most", 10_000_000)),
                   patience=more.get("patience", 5.0))  # fmt: skip


def _is_ours(address: Address) -> bool:
    return address == ip_address("127.0.0.1")


async def test_a_picture_is_fetched_from_the_address_that_was_looked_up() -> None:
    names = Names(pictures_example="127.0.0.1")
    async with Plain(http(200, PICTURE)) as server:
        url = f"http://me:secret@pictures.example:{server.port}/a%20b.png?size=1#top"
        assert await trusting(names).fetch(url) == PICTURE
        (heard,) = server.heard
    assert names.asked == [("pictures.example", server.port)]
    assert (heard.method, heard.path, heard.body) == ("GET", "/a%20b.png?size=1", b"")
    assert heard.headers["host"] == f"pictures.example:{server.port}"
    assert heard.headers["accept-encoding"] == "identity"
    told = {"cookie", "authorization", "referer", "proxy-authorization"}
    assert not told & heard.headers.keys()


async def test_a_name_of_any_letters_is_looked_up_as_name_services_know_it() -> None:
    async with Plain(http(200, PICTURE)) as server:
        names = Names()
        names.names["xn--exmple-cua.org"] = ["127.0.0.1"]
        assert await trusting(names).fetch(f"http://EXämple.org:{server.port}/") == PICTURE
        assert server.heard[0].headers["host"] == f"xn--exmple-cua.org:{server.port}"


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.9.10", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1"),
        *("192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192"),
        *("168.63.129.16", "198.18.0.1", "203.0.113.9", "224.0.0.1", "255.255.255.255"),
        *("240.0.0.1", "192.88.99.1", "::", "::1", "::7f00:1", "::ffff:127.0.0.1"),
        *("::ffff:10.0.0.1", "::ffff:8.8.8.8", "::ffff:0:127.0.0.1", "fe80::1", "fe80::1%eth0"),
        *("fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2002:7f00:1::", "2002:a00:1::"),
        *("2002:a9fe:a9fe::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1"),
        *("2001::1", "2001:db8::1", "3fff::1", "5f00::1", "100::1"),
    ],
)
async def test_what_is_not_public_is_not_connected_to(address: str) -> None:
    for answer in (address, f"93.184.215.14 {address}"):
        with pytest.raises(BadImage, match=r"inner\.example is not on the public internet"):
            await Fetcher(Names(inner_example=answer)).fetch("https://inner.example/a.png")


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "2002:808:808::", "64:ff9b::808:808"]
)
def test_what_is_public_is(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "0", "[::1]",
     "[::ffff:127.0.0.1]", "[::]", "LOCALHOST.", "[fe80::1]"],
)  # fmt: skip
async def test_this_machine_is_not_asked_by_any_of_its_names(host: str) -> None:
    async with Plain(http(200, PICTURE)) as server:
        with pytest.raises(BadImage, match=NOT_HERE):
            await Fetcher().fetch(f"http://{host}:{server.port}/a.png")
        assert server.heard == []


async def test_a_name_that_changes_its_answer_gains_nothing() -> None:
    names = Names(rebinding_example="127.0.0.1|10.0.0.1")
    async with Plain(http(200, PICTURE)) as server:
        assert await trusting(names).fetch(f"http://rebinding.example:{server.port}/") == PICTURE
        assert len(names.asked) == 1
        with pytest.raises(BadImage, match="not on the public internet"):
            await trusting(names).fetch(f"http://rebinding.example:{server.port}/")
        assert len(server.heard) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_followed_to_where_its_own_check_lets_it(status: int) -> None:
    def says(heard: Heard) -> bytes:
        moved = http(status, location=f"http://other.example:{server.port}/b.png")
        return moved if heard.path == "/a.png" else http(200, PICTURE)

    names = Names(first_example="127.0.0.1", other_example="127.0.0.1")
    async with Plain(says) as server:
        assert await trusting(names).fetch(f"http://first.example:{server.port}/a.png") == PICTURE
        assert [each.path for each in server.heard] == ["/a.png", "/b.png"]
    assert [host for host, _ in names.asked] == ["first.example", "other.example"]


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("http://inner.example/secret", "inner.example is not on the public internet"),
        ("http://[::1]:9/", "not on the public|not known"),
        ("//inner.example/", "not on the public internet"),
        ("file:///etc/passwd", "Only http and https"),
        ("ftp://pictures.example/", "Only http and https"),
        ("data:image/png;base64,AAAA", "Only http and https"),
        ("http://[", "Only http and https"),
        ("", "Only http and https"),
        ("/round", "redirects more than 3 times"),
    ],
)
async def test_a_redirect_does_not_lead_past_the_guard(location: str, why: str) -> None:
    names = Names(pictures_example="127.0.0.1", inner_example="10.0.0.1")
    async with Plain(http(302, location=location)) as server:
        with pytest.raises(BadImage, match=why):
            await trusting(names).fetch(f"http://pictures.example:{server.port}/a.png")
        assert len(server.heard) == (4 if location == "/round" else 1)


async def test_a_redirect_back_to_the_first_name_is_looked_up_anew() -> None:
    names = Names(rebinding_example="127.0.0.1|192.168.0.1")
    async with Plain(http(302, location="/again")) as server:
        with pytest.raises(BadImage, match="not on the public internet"):
            await trusting(names).fetch(f"http://rebinding.example:{server.port}/")
        assert len(server.heard) == 1


async def test_a_cookie_of_one_answer_does_not_come_with_the_next_question() -> None:
    moved = http(302, location="/b.png", set_cookie="who=me; Path=/")
    async with Plain(lambda heard: moved if heard.path == "/" else http(200, PICTURE)) as server:
        await trusting(Names(a_example="127.0.0.1")).fetch(f"http://a.example:{server.port}/")
        assert ["cookie" in each.headers for each in server.heard] == [False, False]


ENDLESS = b"HTTP/1.1 200 OK\r\ncontent-type: image/png\r\n\r\n" + PICTURE + bytes(3_000_000)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (http(200, PICTURE + bytes(2_000_000)), "more than 1.0 MB"),
        (ENDLESS, "more than 1.0 MB"),
        (http(200, b"<html><body>No</body></html>"), "This is a web page"),
        (http(200, b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "an SVG drawing"),
        (http(200, b"\x89PNG"), "no PNG"),
        (http(200, b""), "no PNG"),
        (http(200, PICTURE, content_encoding="gzip"), "packed"),
        (http(404, PICTURE), r"says no \(404\)"),
        (http(206, PICTURE), r"says no \(206\)"),
        (b"nonsense\r\n\r\n", "cannot be had"),
        (b"", "cannot be had"),
    ],
)
async def test_what_is_no_picture_or_too_much_of_one_is_told(answer: bytes, why: str) -> None:
    async with Plain(answer) as server:
        fetcher = trusting(Names(a_example="127.0.0.1"), most=1_000_000)
        with pytest.raises(BadImage, match=why):
            await fetcher.fetch(f"http://a.example:{server.port}/a.png")


async def test_patience_is_for_all_of_it() -> None:
    async with Plain(lambda _: None) as server:
        fetcher = trusting(Names(a_example="127.0.0.1"), patience=0.2)
        with pytest.raises(BadImage, match=r"did not come within 0\.2 seconds"):
            await fetcher.fetch(f"http://a.example:{server.port}/a.png")


async def test_a_name_service_that_is_silent_costs_no_more() -> None:
    async def silent(host: str, port: int) -> Sequence[str]:
        await asyncio.get_running_loop().create_future()
        return []

    with pytest.raises(BadImage, match="did not come within"):
        await trusting(silent, patience=0.1).fetch("http://a.example/a.png")


@pytest.mark.parametrize(
    "url",
    ["", "a.png", "/etc/passwd", "file:///etc/passwd", "ftp://a.example/", "gopher://a.example/",
     "http://", "http:///a.png", "https://[::1", "http://a.example:99999/", "javascript:alert(1)",
     "http://\x00/", "unix:///run/docker.sock"],
)  # fmt: skip
async def test_nothing_but_a_web_address_is_fetched(url: str) -> None:
    with pytest.raises(BadImage, match="Only http and https"):
        await Fetcher(Names()).fetch(url)


async def test_a_host_that_nobody_knows_is_told() -> None:
    with pytest.raises(BadImage, match=r"The host nowhere\.example is not known"):
        await Fetcher(Names()).fetch("https://nowhere.example/a.png")


async def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Plain(http(200, PICTURE)) as server, Plain(http(200, b"proxy")) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        fetcher = trusting(Names(a_example="127.0.0.1"))
        assert await fetcher.fetch(f"http://a.example:{server.port}/a.png") == PICTURE
        assert proxy.heard == []


async def test_the_certificate_has_to_be_of_the_name_and_not_of_the_address() -> None:
    ca = trustme.CA()
    here = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    ca.issue_cert("pictures.example").configure_cert(here)
    trusted = ssl.create_default_context()
    ca.configure_trust(trusted)
    names = Names(pictures_example="127.0.0.1", other_example="127.0.0.1")
    fetcher = Fetcher(names, _is_ours, trust=lambda: trusted)
    async with Plain(http(200, PICTURE), tls=here) as server:
        assert await fetcher.fetch(f"https://pictures.example:{server.port}/") == PICTURE
        with pytest.raises(BadImage, match=r"cannot be had: .*other\.example"):
            await fetcher.fetch(f"https://other.example:{server.port}/")
        with pytest.raises(BadImage, match="cannot be had"):
            await trusting(names).fetch(f"https://pictures.example:{server.port}/")
