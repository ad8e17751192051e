"""Small real proxies on loopback: HTTP CONNECT and SOCKS5, with a password if a test wants one."""

import asyncio
import base64
import contextlib
import struct
from abc import ABC, abstractmethod
from typing import Final, Self, TypeAlias

USER: Final = "pilot"
PASSWORD: Final = "p@role/secret"  # invented, and awkward in an address on purpose
PASSWORD_IN_URL: Final = "p%40role%2Fsecret"

Reader: TypeAlias = asyncio.StreamReader
Writer: TypeAlias = asyncio.StreamWriter


class RefusedError(Exception):
    """The client may not pass."""


class Proxy(ABC):
    """Passes bytes on. `asked` are the addresses that clients wanted to reach."""

    scheme = ""

    def __init__(self, *, wants_password: bool = False) -> None:
        self.wants_password = wants_password
        self.asked: list[str] = []
        self.port = 0
        self._writers: set[Writer] = set()

    @property
    def url(self) -> str:
        login = f"{USER}:{PASSWORD_IN_URL}@" if self.wants_password else ""
        return f"{self.scheme}://{login}127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for writer in self._writers:
            writer.close()
        await self._server.wait_closed()

    @abstractmethod
    async def agree(self, reader: Reader, writer: Writer) -> tuple[str, int]:
        """Whereto the client wants. Raises RefusedError after telling the client."""

    @abstractmethod
    def connected(self) -> bytes:
        """What tells the client that it is through."""

    async def _serve(self, reader: Reader, writer: Writer) -> None:
        self._writers.add(writer)
        with contextlib.suppress(RefusedError, OSError, asyncio.IncompleteReadError):
            host, port = await self.agree(reader, writer)
            self.asked.append(f"{host}:{port}")
            far_reader, far_writer = await asyncio.open_connection(host, port)
            self._writers.add(far_writer)
            writer.write(self.connected())
            await asyncio.gather(_pump(reader, far_writer), _pump(far_reader, writer))
        writer.close()


class HttpProxy(Proxy):
    scheme = "http"

    async def agree(self, reader: Reader, writer: Writer) -> tuple[str, int]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        method, target, _ = head.split(" ", 2)
        assert method == "CONNECT"
        login = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.wants_password and f"Basic {login}" not in head:
            await _say(writer, b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
            raise RefusedError
        host, _, port = target.rpartition(":")
        return host, int(port)

    def connected(self) -> bytes:
        return b"HTTP/1.1 200 Connection established\r\n\r\n"


class SocksProxy(Proxy):
    scheme = "socks5"

    async def agree(self, reader: Reader, writer: Writer) -> tuple[str, int]:
        _, methods = struct.unpack("!BB", await reader.readexactly(2))
        await reader.readexactly(methods)
        await _say(writer, bytes([5, 2 if self.wants_password else 0]))
        if self.wants_password:
            await self._check_login(reader, writer)
        _, _, _, kind = struct.unpack("!BBBB", await reader.readexactly(4))
        host = await self._host(reader, kind)
        (port,) = struct.unpack("!H", await reader.readexactly(2))
        return host, port

    def connected(self) -> bytes:
        return bytes([5, 0, 0, 1, 127, 0, 0, 1, 0, 0])

    async def _check_login(self, reader: Reader, writer: Writer) -> None:
        _, length = struct.unpack("!BB", await reader.readexactly(2))
        user = await reader.readexactly(length)
        (length,) = await reader.readexactly(1)
        password = await reader.readexactly(length)
        known = (user.decode(), password.decode()) == (USER, PASSWORD)
        await _say(writer, bytes([1, 0 if known else 1]))
        if not known:
            raise RefusedError

    async def _host(self, reader: Reader, kind: int) -> str:
        if kind == 1:
            return ".".join(map(str, await reader.readexactly(4)))
        (length,) = await reader.readexactly(1)
        return (await reader.readexactly(length)).decode()


async def _say(writer: Writer, words: bytes) -> None:
    writer.write(words)
    await writer.drain()


async def _pump(reader: Reader, writer: Writer) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
