"""Small facts for the views: an invented office, a risk and a draft in it, changed where a test says so."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Final

from aiogram.types import InlineKeyboardMarkup

from handlers.views.message import Outgoing
from risk.calendar import WorkingCalendar, WorkingHours
from risk.deadlines import ClockKind, Term
from risk.drafts import Choices, Draft, DraftStatus
from risk.ids import BlockKey, DraftId, LevelKey, OfficeId, PersonId, PositionId, RiskId, RoleKey, TerritoryKey
from risk.masking import Hidden
from risk.offices import Block, Level, Office, OfficePlan, QuietHours, Retired, Role, Territory
from risk.people import Address, MessengerKind, Place
from risk.risks import Risk, RiskNumber, RiskState, verification_deadline
from risk.sources import Source, SourceKind
from risk.standing import Panel
from risk.understanding import Understanding
from risk.use_cases.reading import Away, CardFacts, DraftFacts
from risk.workings import Working

LOW, MIDDLE, HIGH = LevelKey("low"), LevelKey("middle"), LevelKey("high")
ROADS, SOCIAL = BlockKey("roads"), BlockKey("social")
NORTH = TerritoryKey("north")

SATURDAY: Final = datetime(2026, 11, 21, 6, 2, 17, tzinfo=UTC)
"""Saturday 21.11.2026, 09:02 in Moscow."""

FRIDAY_AFTERNOON: Final = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
"""Friday 20.11.2026, 16:00 in Moscow: two working hours before closing."""

POST: Final = Source(kind=SourceKind.LINK, link="vk.com/wall-1_2")
CHANNEL: Final = Source(kind=SourceKind.LINK, link="t.me/novosti/77")
PERSONAL_PAGE: Final = Source(kind=SourceKind.PERSONAL_PAGE)
HOUSE_CHAT: Final = Source(kind=SourceKind.SPOKEN, label="домовой чат")

GIST: Final = "Нет воды на улице Мира третий день"

HOSTILE: Final = (
    '<b>жирно</b> & "кавычки" «ёлочки»',
    "слово " * 900,
    "👨\u200d👩\u200d👧\u200d👦" * 500,
    "\u202eабв\u202c и дальше",
    "ну\u200bле\u200bва\u2060я ширина",
    "*звёзды* _подчёркивания_ `код` [текст](адрес)",
)


def working(hours: int) -> Term:
    return Term(amount=timedelta(hours=hours), clock=ClockKind.WORKING)


def by_clock(hours: int) -> Term:
    return Term(amount=timedelta(hours=hours), clock=ClockKind.CLOCK)


def calendar(*, known_until: datetime | None = None) -> WorkingCalendar:
    day = WorkingHours(opens=time(9), closes=time(18))
    return WorkingCalendar(
        zone="Europe/Moscow",
        week=(day, day, day, day, day, None, None),
        known_until=None if known_until is None else known_until.date(),
    )


def plan() -> OfficePlan:
    return OfficePlan(
        key="zarechny",
        title="МЦУ Заречного округа",
        chat_title="МЦУ-ПИЛОТ",
        member_word="член проектного офиса",
        roles=(
            Role(key=RoleKey("head_roads"), title="руководитель блока «Дороги»"),
            Role(key=RoleKey("head_social"), title="руководитель блока «Социальная политика»"),
            Role(key=RoleKey("member"), title="член проектного офиса", seats=0, open_ended=True),
        ),
        powers={},
        blocks=(
            Block(key=ROADS, title="Дороги, ЖКХ, благоустройство", head=RoleKey("head_roads")),
            Block(key=SOCIAL, title="Социальная политика", head=RoleKey("head_social")),
        ),
        territories=(Territory(key=NORTH, title="Северная сторона", settlements=("Верховье",)),),
        levels=(
            Level(key=LOW, title="низкая", sign="⚪", verify_within=working(9), answer_within=working(27)),
            Level(key=MIDDLE, title="средняя", sign="🟡", verify_within=working(4), answer_within=working(9)),
            Level(key=HIGH, title="высокая", sign="🔴", verify_within=by_clock(2), answer_within=by_clock(6)),
        ),
        default_level=MIDDLE,
        calendar=calendar(),
        quiet_hours=QuietHours(begins=time(21), ends=time(8)),
        invitation_days=7,
    )


def office(of: OfficePlan | None = None) -> Office:
    return Office(id=OfficeId(3), plan=of or plan())


def risk(
    *,
    gist: str = GIST,
    sources: tuple[Source, ...] = (POST,),
    block: BlockKey | None = ROADS,
    level: LevelKey = HIGH,
    territory: TerritoryKey | None = None,
    filed_at: datetime = SATURDAY,
    serial: int = 12,
) -> Risk:
    return Risk(
        id=RiskId(7),
        number=RiskNumber(serial=serial, year=2026),
        state=RiskState.FILED,
        round=1,
        gist=gist,
        sources=sources,
        block=block,
        level=level,
        suggested_level=None,
        territory=territory,
        filed_by=PositionId(5),
        filed_at=filed_at,
        verify_by=verification_deadline(filed_at, level, plan()).due_at,
    )


def card_facts(
    shown: Risk | None = None,
    *,
    panel: Panel = Panel.MAIN,
    now: datetime = SATURDAY,
    of: OfficePlan | None = None,
    responsible: str | None = "руководитель блока",
    away: Away | None = None,
    working: Working | None = None,
) -> CardFacts:
    risk_shown = shown or risk()
    return CardFacts(
        office=office(of),
        risk=risk_shown,
        working=working or Working(risk=risk_shown.id, round=1, watcher=PositionId(5)),
        titles={PositionId(5): "член проектного офиса 1", PositionId(6): "руководитель МЦУ"},
        merged_into=None,
        alike=(),
        responsible=responsible,
        responsible_vacant=False,
        responsible_away=away,
        filed_by="член проектного офиса 1",
        panel=panel,
        now=now,
    )


def understanding(
    *,
    gist: str | None = GIST,
    sources: tuple[Source, ...] = (CHANNEL,),
    block: BlockKey | None = ROADS,
    block_words: tuple[str, ...] = ("воды", "улице"),
    level: LevelKey = MIDDLE,
    level_words: tuple[str, ...] = (),
    territory: TerritoryKey | None = None,
    territory_word: str | None = None,
    hidden: frozenset[Hidden] = frozenset(),
    has_media: bool = False,
) -> Understanding:
    return Understanding(
        gist=gist,
        sources=sources,
        block=block,
        block_words=block_words,
        level=level,
        level_words=level_words,
        territory=territory,
        territory_word=territory_word,
        hidden=hidden,
        has_media=has_media,
    )


def draft(
    understood: Understanding | None = None,
    *,
    choices: Choices | None = None,
    status: DraftStatus = DraftStatus.OPEN,
    chat: str = "101",
) -> Draft:
    return Draft(
        id=DraftId(9),
        author=PersonId(4),
        place=Place(address=Address(messenger=MessengerKind.TELEGRAM, value=chat)),
        status=status,
        touched_at=SATURDAY,
        parts=(),
        understood=understood or understanding(),
        choices=choices or Choices(),
    )


def draft_facts(
    shown: Draft | None = None,
    *,
    panel: Panel = Panel.MAIN,
    number: RiskNumber | None = None,
    of: OfficePlan | None = None,
) -> DraftFacts:
    return DraftFacts(office=office(of), draft=shown or draft(), panel=panel, number=number)


def without_blocks() -> OfficePlan:
    """An office whose act lists no blocks and no territories."""
    return replace(plan(), blocks=(), territories=())


def with_retired_block() -> OfficePlan:
    """An office that has dropped its last blocks: a risk may still bear one of them."""
    return replace(plan(), blocks=(), retired=Retired(blocks=plan().blocks))


def titles(keyboard: InlineKeyboardMarkup | None) -> list[list[str]]:
    """What is written on the buttons, row by row."""
    return [] if keyboard is None else [[button.text for button in row] for row in keyboard.inline_keyboard]


def marked(message: Outgoing, kind: str) -> list[str]:
    """The pieces of text that entities of this kind cover, measured as Telegram does: in UTF-16 units."""
    encoded = message.text.encode("utf-16-le")
    return [
        encoded[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le")
        for entity in message.entities
        if entity.type == kind
    ]
