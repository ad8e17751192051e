"""Tells the service manager that waits for it, systemd or one alike, that the bot has started. Others hear nothing."""

import os
import socket


def tell_started() -> None:
    """Raises OSError when there is somebody to tell and no way to: they would wait in vain."""
    address = os.environ.get("NOTIFY_SOCKET")
    if address is None:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as telling:
        telling.sendto(b"READY=1", _spelled_for_the_kernel(address))


def _spelled_for_the_kernel(address: str) -> str:
    """A name without a file begins with a zero byte, which no variable can hold; «@» stands for it there."""
    return "\0" + address[1:] if address.startswith("@") else address
