"""Where the probe of links goes and where it never does, against invented names and small servers on loopback.

Names are resolved by a table, and a connection to a checked public address is led to a server of the test.
"""

import asyncio
import contextlib
import gzip
import socket
import ssl
import struct
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.gateways.link_probe import (
    LONGEST_BODY,
    MOST_REDIRECTS,
    USER_AGENT,
    WITHIN_SECONDS,
    LinkProbe,
    is_public,
    resolve_by_system,
)
from risk.probes import Probe, ProbeResult

NOW: Final = datetime(2026, 3, 10, 9, tzinfo=UTC)
HOST: Final = "news.example"
PAGE: Final = f"http://{HOST}/page"
PUBLIC: Final = "45.67.89.10"
ANOTHER_PUBLIC: Final = "45.67.89.11"
PUBLIC_IPV6: Final = "2a0f:1234::10"
TRUSTS_NOBODY: Final = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
SHORT: Final = 0.3
"""Seconds. Given to probes of what never ends, and to no others."""

FORBIDDEN: Final = (
    # what is no name: addresses, in every spelling
    *("http://127.0.0.1/", "http://127.1/", "http://0x7f.1/", "http://0x7f000001/", "http://2130706433/"),
    *("http://017700000001/", "http://0177.0.0.1/", "http://127.0.0.1./", "http://0/", "http://0.0.0.0/"),
    *("http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.1.1/", "http://100.64.0.1/", "http://169.254.169.254/"),
    *("http://224.0.0.1/", "http://255.255.255.255/", "http://256.1.1.1/", "http://45.67.89.10/"),
    *("http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::127.0.0.1]/", "http://[fd00::1]/"),
    *("http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[fe80::1%eth0]/", "http://[fec0::1]/"),
    *("http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[ff02::1]/", "http://[2a0f:1234::10]/"),
    *("http://１２７.０.０.１/", "http://127。0。0。1/", "http://①②⑦.⓪.⓪.①/", "http://127%2e0%2e0%2e1/"),
    *("http://%31%32%37.0.0.1/", "http://[::1/", "http://[127.0.0.1]/"),
    # names that lead inside, or are none
    *("http://localhost/", "http://localhost./", "http://intranet/", "http://метадата/", "http://news..example/"),
    *("http://-news.example/", "http://news.example-/", "http://new%73.example/", "http://news.example%00.example/"),
    *(
        f"http://{'a' * 64}.example/",
        f"http://{'a.' * 130}example/",
    ),
    "http://news.example\\.evil.example/",
    # somebody's login
    *("http://user@news.example/", "http://user:word@news.example/", "http://news.example:80@127.0.0.1/"),
    *("http://news.example\\@127.0.0.1/", "http://:@news.example/", "http://news.example%2f@127.0.0.1/"),
    # ports
    *("http://news.example:22/", "http://news.example:8080/", "https://news.example:8443/", "http://news.example:0/"),
    *("http://news.example:65536/", "http://news.example:-80/", "http://news.example:80:22/", "http://news.example:x/"),
    # schemes
    *(
        "file:///etc/passwd",
        "file://news.example/etc/passwd",
        "ftp://news.example/",
        "ftp://news.example:80/",
        "gopher://news.example/_x",
    ),
    *(
        "javascript:alert(1)",
        "data:text/html,x",
        "ws://news.example/",
        "unix:///run/docker.sock",
        "dict://news.example/",
    ),
    *("jar:http://news.example!/", "about:blank", "view-source:http://news.example/", "tg://resolve?domain=news"),
    # what is no address
    *("http://news.example/\r\nX: y", "http://news.example/\x00", "\thttp://news.example/", "ht\ntp://news.example/"),
    "http://news.example/" + "a" * 5000,
)
NOT_WHOLE: Final = (
    *("", " ", "news.example/page", "//news.example/", "/etc/passwd", "http:news.example"),
    *("http:///page", "http:/", "http://"),
)
"""In a redirect these are read from the page that redirects, and lead back to its site."""
IN_A_REDIRECT: Final = tuple(each for each in FORBIDDEN if not set(each) & set("\r\n\x00\t"))
"""The others break the header that they stand in."""

NOT_PUBLIC: Final = (
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.1.2.3", "172.16.0.1", "172.31.255.255"),
    *("192.168.0.1", "169.254.169.254", "169.254.0.1", "100.64.0.1", "100.100.100.200", "100.127.255.255"),
    *("192.0.0.1", "192.0.0.170", "192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "198.19.255.255"),
    *("192.88.99.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16"),
    *("::", "::1", "::ffff:127.0.0.1", "::ffff:45.67.89.10", "::127.0.0.1", "::45.67.89.10", "::ffff:0:127.0.0.1"),
    *("64:ff9b::127.0.0.1", "64:ff9b::45.67.89.10", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:2d43:590a::1"),
    *("2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1"),
    *("3fff::1", "3ffe::1", "5f00::1", "100::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1"),
    *("ff02::1", "ff0e::1", "2a0f:1234::10%eth0", "4000::1", "e000::1"),
    *("", "localhost", "127.1", "0x7f000001", "017700000001", "45.67.89.10:80", "[2a0f:1234::10]"),
)

Answer = bytes | Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Site:
    """A web server that says what it is told to, byte by byte. `asked` are the heads of requests."""

    def __init__(self, answers: Mapping[str, Answer], tls: ssl.SSLContext | None = None) -> None:
        self.answers = dict(answers)
        self.asked: list[str] = []
        self.port = 0
        self._tls = tls
        self._writers: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for writer in self._writers:
            writer.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.asked.append(head)
            answer = self.answers[head.split(" ")[1]]
            if isinstance(answer, bytes):
                writer.write(answer)
                await writer.drain()
            else:
                await answer(reader, writer)
        writer.close()


class Net:
    """A table of names, and the site behind all public addresses. `resolved` and `connected` tell what happened."""

    def __init__(self, site: Site, **names: Sequence[str]) -> None:
        self.site = site
        self.names: dict[str, Sequence[str]] = {HOST: [PUBLIC], **names}
        self.dead: set[str] = set()
        """Addresses behind which nobody listens."""
        self.resolved: list[str] = []
        self.connected: list[tuple[str, int]] = []

    async def resolve(self, host: str) -> Sequence[str]:
        self.resolved.append(host)
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return self.names[host]

    def connect_to(self, address: str, port: int) -> tuple[str, int]:
        self.connected.append((address, port))
        return "127.0.0.1", closed_port() if address in self.dead else self.site.port

    def prober(self, **wishes: Any) -> LinkProbe:
        return LinkProbe(**{"resolve": self.resolve, "connect_to": self.connect_to, "trust": TRUSTS_NOBODY, **wishes})

    async def probe(self, address: str = PAGE, **wishes: Any) -> Probe:
        async with asyncio.timeout(WITHIN_SECONDS):  # no test waits for as long as a probe may last
            return await self.prober(**wishes).probe(address, NOW)


def closed_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


def page(
    body: bytes = b"<html><head><title>News</title></head></html>",
    *,
    status: str = "200 OK",
    content_type: str | None = "text/html; charset=utf-8",
    headers: Iterable[str] = (),
) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    if content_type is not None:
        lines.append(f"Content-Type: {content_type}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(location: str | None, *, status: str = "302 Found") -> bytes:
    return page(b"", status=status, headers=[] if location is None else [f"Location: {location}"])


@pytest.fixture
async def net() -> AsyncIterator[Net]:
    async with Site({"/page": page(), "/": page()}) as site:
        yield Net(site)


# --- the page -------------------------------------------------------------------------------------


async def test_a_page_that_opens_is_reached_and_its_title_is_told(net: Net) -> None:
    assert await net.probe() == Probe(
        result=ProbeResult.REACHED, address=PAGE, final=PAGE, title="News", status=200, at=NOW
    )


async def test_the_site_is_asked_honestly_by_name_without_cookies_and_without_a_wish_for_packing(net: Net) -> None:
    await net.probe(f"{PAGE}#part")
    (head,) = net.site.asked
    lines = head.lower().splitlines()
    assert lines[0] == "get /page http/1.1"
    assert {f"host: {HOST}", f"user-agent: {USER_AGENT}", "accept-encoding: identity"} <= set(lines)
    assert not any(line.startswith(("cookie", "authorization", "referer")) for line in lines)


async def test_a_cookie_is_not_brought_to_the_next_page_nor_to_the_next_probe(net: Net) -> None:
    net.site.answers["/page"] = page(b"", status="302 Found", headers=["Location: /", "Set-Cookie: a=b; Path=/"])
    prober = net.prober()
    for _ in range(2):
        assert (await prober.probe(PAGE, NOW)).result is ProbeResult.REACHED
    assert len(net.site.asked) == 4
    assert not any("cookie" in head.lower() for head in net.site.asked)


async def test_a_proxy_of_the_environment_is_not_asked(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    assert (await net.probe()).result is ProbeResult.REACHED


@pytest.mark.parametrize(
    ("status", "result"),
    [
        *(("200 OK", ProbeResult.REACHED), ("204 No Content", ProbeResult.REACHED)),
        *(("404 Not Found", ProbeResult.GONE), ("410 Gone", ProbeResult.GONE)),
        *(("401 Unauthorized", ProbeResult.BARRED), ("403 Forbidden", ProbeResult.BARRED)),
        *(("407 Proxy", ProbeResult.BARRED), ("429 Slow down", ProbeResult.BARRED), ("451 Law", ProbeResult.BARRED)),
        *(("500 Oops", ProbeResult.FAILED), ("502 Bad", ProbeResult.FAILED), ("503 Later", ProbeResult.FAILED)),
        *(("400 Bad", ProbeResult.FAILED), ("418 Teapot", ProbeResult.FAILED), ("304 Same", ProbeResult.FAILED)),
        ("511 Log in", ProbeResult.BARRED),
    ],
)
async def test_the_status_of_an_answer_decides(net: Net, status: str, result: ProbeResult) -> None:
    net.site.answers["/page"] = page(b"" if status.startswith(("204", "304")) else b"<title>x</title>", status=status)
    found = await net.probe()
    assert (found.result, found.status, found.final) == (result, int(status[:3]), PAGE)
    assert found.title is None or result is ProbeResult.REACHED


async def test_a_connection_that_is_refused_is_a_page_that_does_not_open(net: Net) -> None:
    net.dead.add(PUBLIC)
    found = await net.probe()
    assert (found.result, found.final, found.status) == (ProbeResult.FAILED, None, None)


async def test_a_name_that_is_not_known_tells_nothing_of_the_page(net: Net) -> None:
    assert (await net.probe("http://unknown.example/")).result is ProbeResult.BARRED


async def test_a_name_without_addresses_tells_nothing_of_the_page(net: Net) -> None:
    net.names[HOST] = []
    assert (await net.probe()).result is ProbeResult.BARRED


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-x\r\n", b"\x00" * 100, b"HTTP/1.1 200 OK\r\nbroken\r\n\r\n"])
async def test_an_answer_that_is_no_http_is_a_page_that_does_not_open(net: Net, answer: bytes) -> None:
    net.site.answers["/page"] = answer
    assert (await net.probe()).result is ProbeResult.FAILED


async def broken_off(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    sock: socket.socket = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def test_a_connection_that_breaks_tells_nothing_of_the_page(net: Net) -> None:
    net.site.answers["/page"] = broken_off
    found = await net.probe()
    assert (found.result, found.final, found.status) == (ProbeResult.BARRED, None, None)


async def test_what_answered_before_the_connection_broke_is_told(net: Net) -> None:
    net.site.answers |= {"/page": redirect("/broken"), "/broken": broken_off}
    found = await net.probe()
    assert (found.result, found.final, found.status) == (ProbeResult.BARRED, PAGE, 302)


async def test_of_several_addresses_the_next_is_tried_when_one_is_silent_or_refuses(net: Net) -> None:
    net.names[HOST] = [PUBLIC_IPV6, PUBLIC, ANOTHER_PUBLIC]
    net.dead |= {PUBLIC, ANOTHER_PUBLIC}
    assert (await net.probe()).result is ProbeResult.REACHED
    assert [address for address, _ in net.connected] == [PUBLIC, ANOTHER_PUBLIC, PUBLIC_IPV6]


async def test_of_very_many_addresses_only_a_few_are_tried(net: Net) -> None:
    net.names[HOST] = addresses = [f"45.67.89.{last}" for last in range(1, 200)]
    net.dead |= set(addresses)
    assert (await net.probe()).result is ProbeResult.FAILED
    assert len(net.connected) == 3


async def test_a_name_in_russian_letters_is_asked_for_in_punycode(net: Net) -> None:
    net.names["xn--e1afmkfd.xn--p1ai"] = [PUBLIC]
    found = await net.probe("http://пример.рф/page")
    assert found.result is ProbeResult.REACHED
    assert "Host: xn--e1afmkfd.xn--p1ai\r\n" in net.site.asked[0]


@pytest.mark.parametrize(
    "address", ["http://News.EXAMPLE/page", "http://news.example./page", "http://news.example:80/page"]
)
async def test_spellings_of_one_page_end_at_one_address(net: Net, address: str) -> None:
    found = await net.probe(address)
    assert (found.address, found.final) == (address, PAGE)
    assert net.resolved == [HOST]


@pytest.mark.parametrize(
    "address", ["https://vk.com/wall-1_2", "http://m.vk.com/", "https://t.me/news/5", "http://max.ru/x"]
)
async def test_a_platform_is_never_fetched(net: Net, address: str) -> None:
    assert (await net.probe(address)).result is ProbeResult.BARRED
    assert net.resolved == []


# --- the guard ------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [*FORBIDDEN, *NOT_WHOLE], ids=ascii)
async def test_what_no_published_page_has_is_refused_before_anything_is_asked(net: Net, address: str) -> None:
    found = await net.probe(address)
    assert found == Probe(result=ProbeResult.FORBIDDEN, address=address, final=None, title=None, status=None, at=NOW)
    assert (net.resolved, net.connected) == ([], [])


@pytest.mark.parametrize("location", IN_A_REDIRECT, ids=ascii)
async def test_a_redirect_passes_the_same_guard(net: Net, location: str) -> None:
    net.site.answers["/page"] = redirect(location)
    found = await net.probe()
    assert (found.result, found.final, found.status) == (ProbeResult.FORBIDDEN, PAGE, 302)
    assert len(net.connected) == 1


@pytest.mark.parametrize("inner", NOT_PUBLIC)
async def test_a_name_that_leads_inside_is_refused(net: Net, inner: str) -> None:
    assert not is_public(inner)
    net.names[HOST] = [inner]
    assert (await net.probe()).result is ProbeResult.FORBIDDEN
    assert net.connected == []


@pytest.mark.parametrize("inner", NOT_PUBLIC)
async def test_one_address_inside_condemns_a_name_wherever_it_stands(net: Net, inner: str) -> None:
    for addresses in ([PUBLIC, inner], [inner, PUBLIC], [PUBLIC, ANOTHER_PUBLIC, PUBLIC_IPV6, "45.67.89.12", inner]):
        net.names[HOST] = addresses
        assert (await net.probe()).result is ProbeResult.FORBIDDEN
    assert net.connected == []


@pytest.mark.parametrize("inner", NOT_PUBLIC)
async def test_a_redirect_to_a_name_that_leads_inside_is_refused(net: Net, inner: str) -> None:
    net.names["inside.example"] = [inner]
    net.site.answers["/page"] = redirect("http://inside.example/")
    assert (await net.probe()).result is ProbeResult.FORBIDDEN
    assert len(net.connected) == 1


@pytest.mark.parametrize("address", [PUBLIC, PUBLIC_IPV6, "1.2.3.4", "223.255.255.1", "2600::1", "2001:4000::1"])
def test_an_ordinary_address_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses())
def test_no_address_is_public_that_python_holds_for_anything_else(address: Any) -> None:
    is_special = not address.is_global or address.is_multicast or address.is_reserved or address.is_link_local
    assert not (is_special and is_public(str(address)))


async def test_a_name_that_changes_its_mind_is_asked_once_and_reached_where_it_was_checked(net: Net) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])

    async def resolve(_: str) -> Sequence[str]:
        return next(answers)

    assert (await net.probe(resolve=resolve)).result is ProbeResult.REACHED
    assert net.connected == [(PUBLIC, 80)]
    assert next(answers) == ["127.0.0.1"]


async def test_a_name_that_changes_its_mind_between_redirects_is_refused(net: Net) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])

    async def resolve(_: str) -> Sequence[str]:
        return next(answers)

    net.site.answers["/page"] = redirect("/")
    assert (await net.probe(resolve=resolve)).result is ProbeResult.FORBIDDEN
    assert net.connected == [(PUBLIC, 80)]


async def test_unless_a_test_says_otherwise_the_connection_goes_to_the_checked_address(
    net: Net, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def refuse(_: socket.socket, address: Any) -> None:
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    found = await LinkProbe(resolve=net.resolve).probe(PAGE, NOW)
    assert found.result is ProbeResult.FAILED
    assert asked == [(PUBLIC, 80)]


async def test_the_system_is_asked_for_the_whole_name_so_that_its_search_domains_stay_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    async def getaddrinfo(host: str, *_: object, **__: object) -> list[Any]:
        asked.append(host)
        ours = (socket.AF_INET, socket.SOCK_STREAM, 6, "", (PUBLIC, 0))
        return [ours, (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (PUBLIC_IPV6, 0, 0, 0))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)
    assert await resolve_by_system(HOST) == [PUBLIC, PUBLIC_IPV6]
    assert asked == [f"{HOST}."]


# --- redirects ------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
async def test_a_redirect_is_followed_and_the_last_page_counts(net: Net, status: str) -> None:
    net.site.answers["/page"] = redirect("/new#part", status=status)
    net.site.answers["/new"] = page(b"<title>New</title>")
    found = await net.probe()
    assert (found.result, found.address, found.final) == (ProbeResult.REACHED, PAGE, f"http://{HOST}/new")
    assert found.title == "New"


async def test_a_redirect_to_another_site_is_asked_by_its_own_name(net: Net) -> None:
    net.names["another.example"] = [ANOTHER_PUBLIC]
    net.site.answers["/page"] = redirect("//another.example/")
    assert (await net.probe()).final == "http://another.example/"
    assert net.connected == [(PUBLIC, 80), (ANOTHER_PUBLIC, 80)]
    assert "Host: another.example\r\n" in net.site.asked[1]


async def test_a_redirect_to_a_page_that_is_not_there_is_a_page_that_is_gone(net: Net) -> None:
    net.site.answers |= {"/page": redirect("/old"), "/old": page(status="404 Not Found")}
    found = await net.probe()
    assert (found.result, found.final, found.status) == (ProbeResult.GONE, f"http://{HOST}/old", 404)


@pytest.mark.parametrize("location", [None, ""])
async def test_a_redirect_to_nowhere_is_a_page_that_is_gone(net: Net, location: str | None) -> None:
    net.site.answers["/page"] = redirect(location)
    assert (await net.probe()).result is ProbeResult.GONE


async def test_as_many_redirects_as_allowed_are_followed_and_no_more(net: Net) -> None:
    hops = {f"/{number}": redirect(f"/{number + 1}") for number in range(MOST_REDIRECTS + 1)}
    net.site.answers |= {**hops, f"/{MOST_REDIRECTS + 1}": page()}
    assert (await net.probe(f"http://{HOST}/1")).result is ProbeResult.REACHED
    assert (await net.probe(f"http://{HOST}/0")).result is ProbeResult.BARRED
    assert len(net.site.asked) == 2 * (MOST_REDIRECTS + 1)


@pytest.mark.parametrize("location", ["/page", "/other", PAGE], ids=["to itself", "between two", "whole"])
async def test_a_circle_of_redirects_tells_nothing_of_the_page(net: Net, location: str) -> None:
    net.site.answers |= {"/page": redirect(location), "/other": redirect("/page")}
    assert (await net.probe()).result is ProbeResult.BARRED
    assert len(net.site.asked) == MOST_REDIRECTS + 1


async def test_a_redirect_to_a_platform_is_not_followed(net: Net) -> None:
    net.site.answers["/page"] = redirect("https://vk.com/wall-1_2")
    found = await net.probe()
    assert (found.result, found.final) == (ProbeResult.BARRED, PAGE)
    assert net.resolved == [HOST]


async def test_the_body_of_a_redirect_is_not_read(net: Net) -> None:
    async def endless(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Type: text/html\r\n\r\n")
        while True:
            writer.write(b"a" * 65536)
            await writer.drain()

    net.site.answers["/page"] = endless
    assert (await net.probe()).result is ProbeResult.REACHED


# --- what never ends ------------------------------------------------------------------------------


async def test_a_body_without_end_is_read_up_to_the_cap(net: Net) -> None:
    sent = 0

    async def endless(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            writer.write(b"a" * 65536)
            await writer.drain()
            sent += 65536

    net.site.answers["/page"] = endless
    found = await net.probe()
    assert (found.result, found.title) == (ProbeResult.REACHED, None)
    assert sent < 64 * LONGEST_BODY  # what the buffers of both ends hold, and not the hundreds of MB of a whole probe


async def test_a_title_beyond_the_cap_is_not_looked_for(net: Net) -> None:
    net.site.answers["/page"] = page(b" " * 100 + b"<title>Far</title>")
    assert (await net.probe(longest_body=50)).title is None
    assert (await net.probe(longest_body=500)).title == "Far"


async def until_the_client_leaves(reader: asyncio.StreamReader) -> None:
    await reader.read()


async def test_a_body_that_never_comes_tells_nothing_of_the_page(net: Net) -> None:
    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")
        await until_the_client_leaves(reader)

    net.site.answers["/page"] = slow
    assert (await net.probe(within_seconds=SHORT)).result is ProbeResult.BARRED


async def test_a_body_that_stops_after_its_title_is_not_waited_for(net: Net) -> None:
    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        writer.write(b"f\r\n<title>Here</ti\r\n4\r\ntle>\r\n")
        await until_the_client_leaves(reader)

    net.site.answers["/page"] = slow
    assert (await net.probe()).title == "Here"


async def test_a_server_that_never_answers_tells_nothing_of_the_page(net: Net) -> None:
    async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await until_the_client_leaves(reader)

    net.site.answers["/page"] = silent
    found = await net.probe(within_seconds=SHORT)
    assert (found.result, found.final) == (ProbeResult.BARRED, None)


async def test_bytes_that_trickle_do_not_lengthen_the_probe(net: Net) -> None:
    async def trickle(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"a")
            await writer.drain()
            await asyncio.sleep(0)  # lets the client read

    net.site.answers["/page"] = trickle
    assert (await net.probe(within_seconds=SHORT, longest_body=10**9)).result is ProbeResult.BARRED


async def test_a_name_that_is_never_resolved_tells_nothing_of_the_page(net: Net) -> None:
    async def never(_: str) -> Sequence[str]:
        await asyncio.Event().wait()
        raise AssertionError

    assert (await net.probe(resolve=never, within_seconds=SHORT)).result is ProbeResult.BARRED


async def test_headers_without_measure_are_no_http(net: Net) -> None:
    async def endless(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"X-Header: " + b"a" * 1000 + b"\r\n")
            await writer.drain()

    net.site.answers["/page"] = endless
    assert (await net.probe()).result is ProbeResult.FAILED


async def test_whoever_stops_the_bot_stops_a_probe(net: Net) -> None:
    asked = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        asked.set()
        await until_the_client_leaves(reader)

    net.site.answers["/page"] = silent
    async with asyncio.TaskGroup() as group:
        probing = group.create_task(net.probe())
        await asked.wait()
        probing.cancel()
    assert probing.cancelled()


# --- the title ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>Новости <b>района</b> &amp; посёлка</title>", "Новости района & посёлка"),
        ("<TITLE\n lang='ru'>\n  Новости\n</TITLE >", "Новости"),
        ("<title>2 < 3, 3 > 2 &lt;b&gt;</title>", "2 < 3, 3 > 2 <b>"),
        ("<title><script>alert(1)</script>Новости&#8206;&#0;&#x202e;</title>", "alert(1)Новости\ufffd"),
        ("<title>Первый</title><title>Второй</title>", "Первый"),
        (f"<title>{'я' * 300}</title>", "я" * 200),
        ("<titles>нет</titles>", None),
        ("<title>", None),
        ("<title>без конца", None),
        ("<title", None),
        ("<title> &nbsp; </title>", None),
        ("<p>Ничего</p>", None),
        ("", None),
    ],
)
async def test_of_the_page_only_the_plain_words_of_its_title_are_taken(net: Net, html: str, title: str | None) -> None:
    net.site.answers["/page"] = page(html.encode())
    found = await net.probe()
    assert (found.result, found.title) == (ProbeResult.REACHED, title)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<title>Новости</title>".encode("cp1251"), "text/html; charset=windows-1251"),
        ("<title>Новости</title>".encode("cp1251"), 'text/html; charset="Windows-1251"'),
        ("<title>Новости</title>".encode("koi8-r"), "text/html;charset=KOI8-R"),
        ('<meta charset="cp1251"><title>Новости</title>'.encode("cp1251"), "text/html"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><title>Новости</title>'.encode(
                "cp1251"
            ),
            None,
        ),
        ("<title>Новости</title>".encode("utf-8-sig"), "text/html; charset=windows-1251"),
        ("<title>Новости</title>".encode("utf-16"), "text/html"),
        ("<title>Новости</title>".encode(), "text/html; charset=no-such-charset"),
        ("<title>Новости</title>".encode(), "text/html; charset=zlib"),
        ("<title>Новости</title>".encode(), "text/html; charset=unicode_escape"),
        ("<title>Новости</title>".encode(), "application/xhtml+xml"),
    ],
)
async def test_a_title_is_read_in_the_charset_that_is_named(net: Net, body: bytes, content_type: str | None) -> None:
    net.site.answers["/page"] = page(body, content_type=content_type)
    assert (await net.probe()).title == "Новости"


async def test_a_wrong_charset_spoils_letters_and_nothing_else(net: Net) -> None:
    net.site.answers["/page"] = page("<title>Ёж 5</title>".encode("cp1251"), content_type="text/html; charset=utf-8")
    found = await net.probe()
    assert (found.result, found.title) == (ProbeResult.REACHED, "\ufffd\ufffd 5")


async def test_of_what_is_no_page_no_title_is_looked_for(net: Net) -> None:
    net.site.answers["/page"] = page(b"%PDF <title>x</title>", content_type="application/pdf")
    found = await net.probe()
    assert (found.result, found.title) == (ProbeResult.REACHED, None)


async def test_a_page_that_was_packed_unasked_is_unpacked_up_to_the_cap(net: Net) -> None:
    packed = gzip.compress(b"<title>Packed</title>" + b"\0" * 10**7)
    net.site.answers["/page"] = page(packed, headers=["Content-Encoding: gzip"])
    assert (await net.probe()).title == "Packed"
    bomb = gzip.compress(b" " * LONGEST_BODY + b"<title>Packed</title>")
    net.site.answers["/page"] = page(bomb, headers=["Content-Encoding: gzip"])
    assert (await net.probe()).title is None


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "gzip, gzip", "x" * 1000])
async def test_a_packing_that_cannot_be_opened_leaves_a_page_without_title(net: Net, encoding: str) -> None:
    net.site.answers["/page"] = page(b"<title>News</title>", headers=[f"Content-Encoding: {encoding}"])
    found = await net.probe()
    assert (found.result, found.title) == (ProbeResult.REACHED, None)


@pytest.mark.parametrize(
    "piece", [b"<title", b"<title>", b"<", b"</", b"<title><", b"<meta ", b"&", b"&#", b"<title>&"]
)
async def test_a_page_made_to_be_searched_for_ever_is_searched_at_once(net: Net, piece: bytes) -> None:
    net.site.answers["/page"] = page(piece * (LONGEST_BODY // len(piece)))
    found = await net.probe(within_seconds=5)
    assert found.result is ProbeResult.REACHED


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from(
        [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 302 Found\r\nLocation: ", b"HTTP/1.1 200 OK\r\n\r\n"]
    ),
    rest=st.binary(max_size=200) | st.text(max_size=100).map(str.encode),
)
def test_whatever_a_server_says_the_answer_is_a_probe(start: bytes, rest: bytes) -> None:
    async def probed() -> Probe:
        async with Site({"/page": start + rest, "/": page()}) as site:
            return await Net(site).probe()

    assert isinstance(asyncio.run(probed()), Probe)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.text(max_size=60).map("http://{}".format))
def test_whatever_an_address_is_the_answer_is_a_probe(address: str) -> None:
    async def unknown(_: str) -> Sequence[str]:
        raise socket.gaierror

    found = asyncio.run(LinkProbe(resolve=unknown, trust=TRUSTS_NOBODY).probe(address, NOW))
    assert found.result in {ProbeResult.FORBIDDEN, ProbeResult.BARRED}


# --- certificates ---------------------------------------------------------------------------------


class Certified:
    """A certificate that nobody has signed but itself."""

    def __init__(self, folder: Path, host: str) -> None:
        self.path, key = folder / "certificate.pem", folder / "key.pem"
        made = f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN={host}"
        files = ["-addext", f"subjectAltName=DNS:{host}", "-keyout", str(key), "-out", str(self.path)]
        subprocess.run([*made.split(), *files], check=True, capture_output=True)
        self.names_asked: list[str | None] = []
        self.server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.server.load_cert_chain(self.path, key)
        self.server.sni_callback = lambda _, name, __: self.names_asked.append(name)

    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.path)


class PlainSite(Site):
    """Says at once, and in the clear, what web servers say to a handshake at a plain port."""

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(page(status="400 Bad Request"))
        writer.close()


@pytest.fixture
def certified(tmp_path: Path) -> Certified:
    return Certified(tmp_path, HOST)


@pytest.fixture
async def secure(certified: Certified) -> AsyncIterator[Net]:
    async with Site({"/page": page()}, certified.server) as site:
        yield Net(site)


SECURE_PAGE: Final = f"https://{HOST}/page"


async def test_a_certificate_that_is_not_trusted_here_tells_nothing_of_the_page(secure: Net) -> None:
    found = await secure.probe(SECURE_PAGE, trust=None)
    assert (found.result, found.final) == (ProbeResult.BARRED, None)
    assert secure.site.asked == []


async def test_the_handshake_and_the_certificate_are_of_the_name_though_the_connection_is_to_an_address(
    secure: Net, certified: Certified
) -> None:
    found = await secure.probe(SECURE_PAGE, trust=certified.trusted())
    assert (found.result, found.final) == (ProbeResult.REACHED, SECURE_PAGE)
    assert certified.names_asked == [HOST]
    assert secure.connected == [(PUBLIC, 443)]
    assert f"Host: {HOST}\r\n" in secure.site.asked[0]


async def test_a_trusted_certificate_of_another_name_is_not_trusted(secure: Net, certified: Certified) -> None:
    secure.names["another.example"] = [PUBLIC]
    found = await secure.probe("https://another.example/page", trust=certified.trusted())
    assert found.result is ProbeResult.BARRED
    assert secure.site.asked == []


async def test_when_no_address_lets_connect_the_first_one_decides() -> None:
    async with PlainSite({}) as site:
        net = Net(site, **{HOST: [PUBLIC_IPV6, PUBLIC]})
        net.dead.add(PUBLIC)
        assert (await net.probe(SECURE_PAGE)).result is ProbeResult.FAILED
        net.names[HOST] = [ANOTHER_PUBLIC, PUBLIC]
        assert (await net.probe(SECURE_PAGE)).result is ProbeResult.BARRED
    assert [address for address, _ in net.connected] == [PUBLIC, PUBLIC_IPV6, ANOTHER_PUBLIC, PUBLIC]


async def test_a_server_that_does_not_speak_tls_tells_nothing_of_the_page() -> None:
    async with PlainSite({}) as site:
        assert (await Net(site).probe(SECURE_PAGE)).result is ProbeResult.BARRED


async def test_the_environment_cannot_lend_its_trust(
    secure: Net, certified: Certified, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certified.path))
    assert (await secure.probe(SECURE_PAGE, trust=None)).result is ProbeResult.BARRED
