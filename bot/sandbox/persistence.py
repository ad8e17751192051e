"""Keeping a world in a file, so that chats survive a restart; calls and limits are not kept."""

import asyncio
import contextlib
import functools
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.sandbox.chats import Chat
from bot.sandbox.faults import Fault
from bot.sandbox.files import StoredFile
from bot.sandbox.people import Person
from bot.sandbox.presses import Press
from bot.sandbox.tasks import running
from bot.sandbox.updates import Queued
from bot.sandbox.webhook import Webhook
from bot.sandbox.wire import JsonObject
from bot.sandbox.world import World

_SHORTEST_PAUSE = 0.5
_LONGEST_WAIT = 3600.0
_PAUSE_PER_WRITING = 20
"""A big world takes long to write: pause so much longer than that, so that the bot hardly notices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All of a world that is worth keeping."""

    people: dict[int, Person]
    chats: dict[int, Chat]
    presses: dict[str, Press]
    queue: list[Queued]
    faults: list[Fault]
    next_update_id: int
    confirmed_below: int
    allowed_updates: frozenset[str]
    next_account_message_id: int
    commands: dict[str, list[JsonObject]] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    training: Any = None
    era: str = ""
    webhook: Webhook = field(default_factory=Webhook)


@contextlib.asynccontextmanager
async def kept_in(path: Path, world: World) -> AsyncIterator[None]:
    """Load the world now, write it after every change (not at once), and write it a last time at the end."""
    load(path, world)
    try:
        async with running(_write_changes(path, world), name="sandbox-state"):
            yield
    finally:
        write(path, world)


def load(path: Path, world: World) -> None:
    """Make the world what the file says, if there is one."""
    if not path.exists():
        return
    try:
        restore(world, _adapter().validate_json(path.read_bytes()))
    except ValidationError as error:
        raise ValueError(f"{path} holds no sandbox's world: move it away to start anew") from error


def write(path: Path, world: World) -> None:
    """Replace the file whole: a reader sees the old world or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.new")
    with draft.open("wb") as file:
        file.write(_adapter().dump_json(take(world)))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def take(world: World) -> Snapshot:
    """The world as it stands."""
    return Snapshot(
        people=world.people,
        chats=world.chats,
        presses=world.presses,
        queue=world.updates.entries,
        faults=list(world.faults),
        next_update_id=world.updates.next_id,
        confirmed_below=world.updates.confirmed_below,
        allowed_updates=world.updates.allowed,
        next_account_message_id=world.next_account_message_id,
        commands=world.commands,
        files=world.files.entries,
        training=world.training,
        era=world.era,
        webhook=world.webhook,
    )


def restore(world: World, snapshot: Snapshot) -> None:
    """Make the world what it was."""
    world.people = snapshot.people
    world.chats = snapshot.chats
    world.presses = snapshot.presses
    world.updates.entries = snapshot.queue
    world.updates.next_id = snapshot.next_update_id
    world.updates.confirmed_below = snapshot.confirmed_below
    world.updates.allowed = snapshot.allowed_updates
    world.next_account_message_id = snapshot.next_account_message_id
    world.commands = snapshot.commands
    world.files.entries = snapshot.files
    world.training = snapshot.training
    world.era = snapshot.era or world.era
    world.webhook = snapshot.webhook
    for fault in snapshot.faults:
        world.faults.add(fault)
    world.changed()


async def _write_changes(path: Path, world: World) -> None:
    loop = asyncio.get_running_loop()
    written = world.revision.number
    while not world.revision.closed:
        reached = await world.revision.after(written, seconds=_LONGEST_WAIT)
        if reached != written:
            written = reached
            began = loop.time()
            write(path, world)
            await asyncio.sleep(max(_SHORTEST_PAUSE, (loop.time() - began) * _PAUSE_PER_WRITING))


@functools.cache
def _adapter() -> TypeAdapter[Snapshot]:
    return TypeAdapter(Snapshot)
