"""Looks whether a published page opens, from behind a guard that lets out to public web servers only.

Addresses come from people and from whoever answers at them, so nothing of either is trusted. A name is resolved once,
every address it has must be public, and the connection goes to an address that was checked: a name that changes its
mind between the check and the connection gains nothing. Every redirect passes the same guard. There is no
`httpx.AsyncClient` here on purpose: it would read a redirect before we can, and keep cookies.

`PROXY_URL` is not for probes. It leads to Telegram, mostly out of the country, and the pages are those of bodies and
media here, which often answer to addresses of this country only: a look through it would call a good page closed.
Behind a proxy names are resolved there, too, where the guard could not check to which address one leads.
"""

import asyncio
import re
import socket
import ssl
import zlib
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final, TypeAlias

import httpx

from risk.addresses import LONGEST
from risk.probes import Probe, ProbeResult, is_probed, one_line

WITHIN_SECONDS: Final = 15.0
"""For all of a probe: names, redirects and the page."""
LONGEST_BODY: Final = 256 * 1024
"""Bytes, as they come and again as they are unpacked."""
MOST_REDIRECTS: Final = 4
MOST_ADDRESSES: Final = 3
"""Of one name that are tried in turn: a machine without IPv6 must not fail a page that has it."""
USER_AGENT: Final = "mcu-pilot (looks whether a published link opens)"

Resolve: TypeAlias = Callable[[str], Awaitable[Sequence[str]]]
"""All addresses of a host. Raises OSError when the name is not known, or nobody says."""
ConnectTo: TypeAlias = Callable[[str, int], tuple[str, int]]
"""Where to connect instead of a checked address and its port: tests put a server of their own there."""


async def resolve_by_system(host: str) -> Sequence[str]:
    """The dot at the end keeps the machine's own search domains out."""
    found = await asyncio.get_running_loop().getaddrinfo(f"{host}.", None, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class LinkProbe:
    """Every probe is on its own: no connection, cookie or name outlives it."""

    def __init__(
        self,
        *,
        resolve: Resolve = resolve_by_system,
        connect_to: ConnectTo = lambda address, port: (address, port),
        trust: ssl.SSLContext | None = None,
        within_seconds: float = WITHIN_SECONDS,
        longest_body: int = LONGEST_BODY,
    ) -> None:
        """`trust` says whose certificates are believed; without it those of `certifi`, not the machine's."""
        self._resolve = resolve
        self._connect_to = connect_to
        self._trust = trust or httpx.create_ssl_context(trust_env=False)
        self._within_seconds = within_seconds
        self._longest_body = longest_body

    async def probe(self, address: str, now: datetime) -> Probe:
        """`address` has its scheme. Whatever is there, the answer is a Probe."""
        answers: list[_Answer] = []
        try:
            async with asyncio.timeout(self._within_seconds):
                result = await self._walk(address, answers)
        except (_Forbidden, httpx.HTTPError, OSError) as fault:  # a TimeoutError is an OSError
            result = _result_of_fault(fault)
        last = answers[-1] if answers else None
        return Probe(
            result=result,
            address=address,
            final=last.address if last else None,
            title=last.title if last else None,
            status=last.status if last else None,
            at=now,
        )

    async def _walk(self, address: str, answers: list["_Answer"]) -> ProbeResult:
        """From redirect to redirect. Raises _Forbidden, httpx.HTTPError, OSError."""
        url = _permitted(address)
        for _ in range(MOST_REDIRECTS + 1):
            if not is_probed(_host(url)):
                return ProbeResult.BARRED
            answer = await self._ask(url)
            answers.append(answer)
            if answer.status not in _REDIRECTS:
                return _result_of_status(answer.status)
            if not answer.location:
                return ProbeResult.GONE
            url = _permitted(answer.location, seen_at=url)
        # Sites that wait for their cookie send those without it round and round, so a circle says nothing of the page.
        return ProbeResult.BARRED

    async def _ask(self, url: httpx.URL) -> "_Answer":
        """At the first address that lets us connect. When none does, the first one's fault is told: a refusal over IPv4
        says more than the lack of any way over IPv6."""
        told: httpx.TransportError | None = None
        for address in await self._checked_addresses(_host(url)):
            try:
                return await self._ask_at(address, url)
            except (httpx.ConnectError, httpx.ConnectTimeout) as fault:
                told = told or fault
        assert told is not None
        raise told

    async def _checked_addresses(self, host: str) -> list[str]:
        """Those to try, at least one, IPv4 first. One that is not public condemns them all: honest names have none."""
        found = list(dict.fromkeys(await self._resolve(host)))
        if not found:
            raise OSError("the name has no address")
        if not all(map(is_public, found)):
            raise _Forbidden
        return sorted(found, key=lambda address: ":" in address)[:MOST_ADDRESSES]

    async def _ask_at(self, address: str, url: httpx.URL) -> "_Answer":
        """The name stays in `Host` and in the handshake, where the certificate must be the name's."""
        host, port = self._connect_to(address, _port(url))
        request = httpx.Request(
            "GET",
            url.copy_with(host=host, port=port),
            headers={"Host": url.netloc.decode("ascii"), **_HEADERS},
            extensions={"sni_hostname": _host(url), "timeout": {"connect": self._within_seconds / MOST_ADDRESSES}},
        )
        async with httpx.AsyncHTTPTransport(verify=self._trust, trust_env=False) as transport:
            response = await transport.handle_async_request(request)
            try:
                return _Answer(
                    address=str(url),
                    status=response.status_code,
                    location=response.headers.get("Location"),
                    title=await self._title_in(response) if response.is_success else None,
                )
            finally:
                await response.aclose()

    async def _title_in(self, response: httpx.Response) -> str | None:
        content_type = response.headers.get("Content-Type", "")
        if content_type and "html" not in content_type.lower():
            return None
        body = await self._beginning(response)
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            body = _unpacked(body, self._longest_body)
        return _title(body.decode(_charset(content_type, body), errors="replace"))

    async def _beginning(self, response: httpx.Response) -> bytes:
        """The body up to its title, or up to the cap. Raw: what httpx unpacks by itself has no cap."""
        body = bytearray()
        async for chunk in response.aiter_raw():
            unread = max(0, len(body) - len(_TITLE_ENDS_BYTES))
            body += chunk
            if len(body) >= self._longest_body or _TITLE_ENDS_BYTES in body[unread:].lower():
                break
        return bytes(body[: self._longest_body])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    address: str
    status: int
    location: str | None
    title: str | None


_HEADERS: Final = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.5",
    "Accept-Language": "ru",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


# --- what an answer means -------------------------------------------------------------------------

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_FOR_SOME_EYES_ONLY: Final = frozenset({401, 403, 407, 429, 451, 511})
"""A login, a filter, a proxy, a limit or a law stands between the probe and the page."""


def _result_of_status(status: int) -> ProbeResult:
    if 200 <= status < 300:
        return ProbeResult.REACHED
    if status in {404, 410}:
        return ProbeResult.GONE
    return ProbeResult.BARRED if status in _FOR_SOME_EYES_ONLY else ProbeResult.FAILED


def _result_of_fault(fault: Exception) -> ProbeResult:
    """Only a refusal and an answer that is no HTTP are the server's own; the rest may lie on the way, or with us.

    A failed handshake is no sign either: sites with certificates of a national authority fail it for everybody abroad.
    """
    if isinstance(fault, _Forbidden):
        return ProbeResult.FORBIDDEN
    is_refused = any(isinstance(each, ConnectionRefusedError) for each in _causes(fault))
    return ProbeResult.FAILED if is_refused or isinstance(fault, httpx.ProtocolError) else ProbeResult.BARRED


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    """Down to the socket's own; httpcore does not name the cause of what it raises anew."""
    while fault is not None:
        yield fault
        fault = fault.__cause__ or fault.__context__


# --- the guard ------------------------------------------------------------------------------------


class _Forbidden(Exception):
    """The guard does not let the probe go there."""


_PORTS: Final = {"http": 80, "https": 443}
_LABEL: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_LAST_LABEL: Final = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{1,59}")
"""A number here, in whatever base, would make the host an address; published pages have names."""
_LONGEST_HOST: Final = 253


def _permitted(address: str, *, seen_at: httpx.URL | None = None) -> httpx.URL:
    """The address as it may be asked. Raises _Forbidden for what no published page has."""
    if len(address) > LONGEST:
        raise _Forbidden
    try:
        url = httpx.URL(address) if seen_at is None else seen_at.join(address)
    except (httpx.InvalidURL, ValueError):
        raise _Forbidden from None
    host = _host(url)
    is_allowed = url.scheme in _PORTS and not url.userinfo and _port(url) in _PORTS.values() and _is_name(host)
    if not is_allowed:
        raise _Forbidden
    return url.copy_with(host=host, fragment=None)


def _host(url: httpx.URL) -> str:
    """In lower case and punycode, as it is asked for in the net."""
    return url.raw_host.decode("ascii").removesuffix(".")


def _port(url: httpx.URL) -> int:
    return _PORTS.get(url.scheme, 0) if url.port is None else url.port


def _is_name(host: str) -> bool:
    labels = host.split(".")
    if len(host) > _LONGEST_HOST or len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)):
        return False
    return _LAST_LABEL.fullmatch(labels[-1]) is not None


def is_public(address: str) -> bool:
    """Whether an address belongs to the open internet, and can stand for no other one that does not."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        is_allowed = found.scope_id is None and found in _GLOBAL_IPV6 and _is_outside(found, _CLOSED_IPV6)
    else:
        is_allowed = _is_outside(found, _CLOSED_IPV4)
    return is_allowed and found.is_global and not found.is_multicast and not found.is_reserved


def _is_outside(address: IPv4Address | IPv6Address, networks: Sequence[str]) -> bool:
    return not any(address in ip_network(network) for network in networks)


_CLOSED_IPV4: Final = (
    "0.0.0.0/8",  # this network, and the unspecified address
    "10.0.0.0/8",  # private
    "100.64.0.0/10",  # shared by a carrier's subscribers
    "127.0.0.0/8",  # loopback
    "168.63.129.16/32",  # a cloud's own services behind an address that looks public
    "169.254.0.0/16",  # link-local, and the metadata of clouds
    "172.16.0.0/12",  # private
    "192.0.0.0/24",  # protocols' own
    "192.0.2.0/24",  # documentation
    "192.88.99.0/24",  # relays of 6to4
    "192.168.0.0/16",  # private
    "198.18.0.0/15",  # benchmarks
    "198.51.100.0/24",  # documentation
    "203.0.113.0/24",  # documentation
    "224.0.0.0/4",  # multicast
    "240.0.0.0/4",  # reserved, and broadcast
)
_GLOBAL_IPV6: Final = ip_network("2000::/3")
"""All that is given out. Outside are loopback, `::`, mapped and compatible IPv4, NAT64 (64:ff9b::/96, 64:ff9b:1::/48),
unique local, link-local, site-local and multicast addresses."""
_CLOSED_IPV6: Final = (
    "2001::/23",  # protocols' own: Teredo, benchmarks, ORCHID
    "2001:db8::/32",  # documentation
    "2002::/16",  # 6to4: an IPv4 address inside
    "3ffe::/16",  # a network for trials, given back
    "3fff::/20",  # documentation
)


# --- the title ------------------------------------------------------------------------------------
# Searches go over the page once, whatever it is filled with: no pattern looks further than one bracket or 200 letters.

_TITLE_BEGINS: Final = re.compile(r"<title(?=[\s/>])", re.IGNORECASE)
_TITLE_ENDS: Final = re.compile(r"</title", re.IGNORECASE)
_TITLE_ENDS_BYTES: Final = b"</title"
_TAG: Final = re.compile(r"<[a-z/!?][^<>]*>", re.IGNORECASE)
_META_CHARSET: Final = re.compile(rb"<meta[^<>]{1,200}?charset\s{0,9}=\s{0,9}[\"']?([\w-]{1,40})", re.IGNORECASE)
_CHARSET: Final = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w-]{1,40})", re.IGNORECASE)
_SNIFFED: Final = 1024
_UTF_8: Final = "utf-8"
_MARKS: Final = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_CHARSETS: Final = {
    **dict.fromkeys(("utf-8", "utf8"), _UTF_8),
    **dict.fromkeys(("windows-1251", "cp1251", "cp-1251", "win-1251"), "cp1251"),
    **dict.fromkeys(("koi8-r", "koi8-u"), "koi8-u"),
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "windows-1252"), "cp1252"),
    **{name: name for name in ("iso-8859-5", "cp866", "utf-16", "utf-16le", "utf-16be")},
}
"""Others are read as UTF-8: some of Python's codecs are no place for a stranger's bytes."""


def _title(page: str) -> str | None:
    begins = _TITLE_BEGINS.search(page)
    opened = -1 if begins is None else page.find(">", begins.end())
    closed = None if opened < 0 else _TITLE_ENDS.search(page, opened)
    if closed is None:
        return None
    raw = page[opened + 1 : closed.start()]
    return one_line(unescape(_TAG.sub("", raw)))


def _charset(content_type: str, body: bytes) -> str:
    """Its mark, the header, the page itself, in this order."""
    for mark, name in _MARKS.items():
        if body.startswith(mark):
            return name
    said = _CHARSET.search(content_type)
    inside = _META_CHARSET.search(body[:_SNIFFED])
    named = (said and said[1], inside and inside[1].decode("ascii", errors="replace"))
    return next((_CHARSETS[name.lower()] for name in named if name and name.lower() in _CHARSETS), _UTF_8)


def _unpacked(body: bytes, longest: int) -> bytes:
    """What a server has packed though it was asked not to; nothing when it is not gzip or deflate."""
    try:
        return zlib.decompressobj(wbits=_GZIP_OR_DEFLATE).decompress(body, longest)
    except zlib.error:
        return b""


_GZIP_OR_DEFLATE: Final = 32 + zlib.MAX_WBITS
