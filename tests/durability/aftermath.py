"""What must hold whatever happened: looked at right after each kill, and once all has come to rest."""

from collections import Counter
from datetime import datetime, timedelta

from bot.delivery.rendering import rendered
from bot.sandbox.messages import Message
from handlers.views.message import Outgoing
from risk.ids import OfficeId
from storage import tables
from storage.database import Database
from storage.mapping import standing_of
from storage.unit_of_work import Units
from tests.durability.disk import files_with, rows, rows_as_left
from tests.durability.mortal import MortalStage
from tests.durability.stories import AUTHOR, FORMS_OF_PHONE, Story

_NEVER_REPEATED = ("digest_posted", "lateness_by_block")
"""Notices that stay unknown when a kill came between their sending and its noting; many stories see a morning."""

_SETTLED = "select update_id from inbox where state <> 'waiting'"
_DELIVERED = """
    select address, message from standing union all
    select address, message from outbox where state = 'sent' and message is not null
"""
_LOST_TRACK_OF = """
    select coalesce(standing.address, outbox.address), ledger.outcome from ledger
    left join standing on ledger.what = 'standing' and ledger.item = standing.id
    left join outbox on ledger.what = 'notice' and ledger.item = outbox.id
"""
_UNFINISHED = "select distinct kind, state from outbox where state not in ('sent', 'moot')"
_DIGESTS_ASTRAY = """
    select count(*) from outbox as digest where kind = 'digest_posted' and state = 'unknown' and not exists (
        select 1 from outbox as asked where asked.kind = 'digest_astray' and asked.state = 'sent'
        and json_extract(asked.notice, '$.digest') = json_extract(digest.notice, '$.digest')
        and json_extract(asked.notice, '$.times') = json_extract(digest.notice, '$.times')
    )
"""
_MUST_BE_ZERO = (
    "select count(*) from inbox where state <> 'done' or payload is not null",
    "select count(*) from standing where wanted <> shown or claimed_by is not null or retired <> '[]'",
    "select count(*) from ledger where outcome <> 'unknown'",
    "select count(*) from outbox where state = 'unknown' and id not in (select item from ledger where what = 'notice')",
    _DIGESTS_ASTRAY,
    "select count(*) from prompts",
)


class Witness:
    """Remembers how the stage was before the story, and what each death left undone."""

    def __init__(self, stage: MortalStage) -> None:
        self._stage = stage
        self._before = set(_said_by_bot(stage))
        self._lost_before = _lost_track_of(stage)
        self._excused: set[str] = set()

    def examine_remains(self) -> None:
        """Right after a kill, before anything is started again."""
        database = self._stage.database
        self._sees_no_author()
        settled = {update_id for (update_id,) in rows_as_left(database, _SETTLED)}
        for query, press in self._stage.world.presses.items():
            if press.answer is None and _update_of_press(self._stage, query) in settled:
                self._excused.add(query)

    async def examine_ending(self, story: Story) -> None:
        """Once the story was told to its end: one forced tick, an orderly stop, and the questions."""
        stage = self._stage
        await stage.office_time_is(await _office_time(stage) + timedelta(minutes=1))
        for form_of_phone in FORMS_OF_PHONE:
            assert not files_with(form_of_phone, stage.database), "a resident's phone is still on the disk"
            assert form_of_phone not in stage.log.read_text(), "a resident's phone is in the log"
        now = await _office_time(stage)
        await stage.stop_bot()
        assert stage.bot.exit_code == 0, f"an orderly stop ended with {stage.bot.exit_code}"
        self._sees_no_author()
        for query, expected in story.facts(stage).items():
            found = rows(stage.database, query)
            assert found == expected, f"{query}: {found}"
        for query in _MUST_BE_ZERO:
            assert rows(stage.database, query) == [(0,)], query
        assert set(rows(stage.database, _UNFINISHED)) <= {(kind, "unknown") for kind in _NEVER_REPEATED}
        await _examine_standing(stage, now)
        self._examine_copies(story)
        self._examine_presses()

    def _sees_no_author(self) -> None:
        assert not files_with(AUTHOR, self._stage.database), "the author's name is on the disk"
        assert AUTHOR not in self._stage.log.read_text(), "the author's name is in the log"

    def _examine_copies(self, story: Story) -> None:
        """A message that nobody keeps track of is allowed only where the ledger says that track was lost."""
        database = self._stage.database
        kept = {(int(address), message) for address, message in rows(database, _DELIVERED)}
        said = {
            place
            for place, message in _said_by_bot(self._stage).items()
            if not message.deleted and _is_kept(message, story)
        }
        assert kept <= said, f"delivered, but not there: {kept - said}"
        surplus = Counter(chat for chat, _ in said - kept - self._before)
        lost = _lost_track_of(self._stage) - self._lost_before
        assert surplus <= lost, f"copies by chat {surplus}, accounted for {lost}"
        in_flight = self._stage.deaths * story.at_once
        assert lost.total() <= in_flight, "more messages lost track of than were in flight when it died"

    def _examine_presses(self) -> None:
        """A press goes unanswered only if its kill came between what it did and the answer."""
        unanswered = {query for query, press in self._stage.world.presses.items() if press.answer is None}
        assert unanswered <= self._excused, f"presses without an answer: {unanswered - self._excused}"
        assert len(unanswered) <= self._stage.deaths


async def _office_time(stage: MortalStage) -> datetime:
    return datetime.fromisoformat((await stage.status.get("/status")).json()["office_time"])


def _said_by_bot(stage: MortalStage) -> dict[tuple[int, int], Message]:
    """Every message of the bot by chat and number."""
    world = stage.world
    messages = [message for chat in world.chats.values() for message in chat.messages.values()]
    return {(each.chat_id, each.id): each for each in messages if each.sender_id == world.bot.id}


def _lost_track_of(stage: MortalStage) -> Counter[int]:
    """Of how many messages to each chat the ledger says that they may or may not have arrived."""
    return Counter(int(address) for address, _ in rows(stage.database, _LOST_TRACK_OF))


def _is_kept(message: Message, story: Story) -> bool:
    """A file has no text, and a row stands behind each."""
    text = message.body.text or ""
    return bool(message.body.media) or (text != "" and not text.startswith(story.shown))


def _update_of_press(stage: MortalStage, query: str) -> int | None:
    past = stage.world.updates._past
    found = (key for key, update in past.items() if update.get("callback_query", {}).get("id") == query)
    return next(found, None)


async def _examine_standing(stage: MortalStage, now: datetime) -> None:
    """Every card and form stands and says what a fresh look at the database would say."""
    said = _said_by_bot(stage)
    database = Database(stage.database)
    try:
        async with database.read() as connection:
            found = list(await connection.execute(tables.standing.select()))
        for row in found:
            standing = standing_of(row)
            async with Units(database=database).view_of(OfficeId(row.office_id))() as unit:
                fresh = await rendered(unit, standing, now)
            assert standing.message is not None
            _equal(said[int(standing.place.address.value), standing.message], fresh)
    finally:
        await database.close()


def _equal(shown: Message, fresh: Outgoing) -> None:
    assert shown.body.text == fresh.text
    rows_of_buttons = (shown.inline_keyboard or {}).get("inline_keyboard", [])
    fresh_rows = [] if fresh.keyboard is None else fresh.keyboard.inline_keyboard
    assert [[button["callback_data"] for button in row] for row in rows_of_buttons] == [
        [button.callback_data for button in row] for row in fresh_rows
    ]
