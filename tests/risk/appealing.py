"""Appeals for the tests of their rules: one that says little, and any at all."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from risk.appeal_cases import AppealCase, Approval, Press, Pressed, Redirected
from risk.appeals import Appeal, AppealKind, AppealOutcome, AppealSource, AppealState, Regime, Satisfaction
from risk.ids import AppealId, ImportId, PositionId
from tests.risk.calendars import moments

REGISTERED: Final = date(2026, 11, 6)
"""A Friday."""
PRESSED: Final = Pressed(press=Press.SENT, at=datetime(2026, 11, 9, 9, tzinfo=UTC), by=PositionId(5))


def moscow(written: str) -> datetime:
    """«11-06 10:00» of 2026 in Moscow as a moment in UTC."""
    return datetime.fromisoformat(f"2026-{written}").replace(tzinfo=ZoneInfo("Europe/Moscow")).astimezone(UTC)


def appeal(**says: Any) -> Appeal:
    known: dict[str, Any] = {
        "source": AppealSource.POS,
        "number": "6100013",
        "regime": Regime.POS_ORDINARY,
        "created_on": REGISTERED,
    }
    return Appeal(**known | says)


def im_appeal(**says: Any) -> Appeal:
    known: dict[str, Any] = {"source": AppealSource.IM, "regime": Regime.IM, "created_at": moscow("11-06 10:00")}
    return appeal(**known | says)


def case_of(about: Appeal | None = None, **stands: Any) -> AppealCase:
    known: dict[str, Any] = {
        "id": AppealId(7),
        "appeal": about or appeal(),
        "state": AppealState.OPEN,
        "due_at": moscow("11-18 18:00"),
    }
    return AppealCase(**known | stands)


_DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2027, 12, 1))
_WORDS = st.sampled_from(
    [
        "Дороги",
        "дороги",
        "ЖКХ",
        "деревня Охона",
        "Пестово",
        "Пестовский округ",
        "Готово",
        "Подготовка ответа",
        "None",
        "",
    ]
)


_OPTIONAL: Final[dict[str, st.SearchStrategy[Any]]] = {
    "created_at": moments,
    "channel": _WORDS,
    "group": _WORDS,
    "topic": _WORDS,
    "kind": st.sampled_from(AppealKind),
    "settlement": _WORDS,
    "municipality": _WORDS,
    "department": _WORDS,
    "executor": _WORDS,
    "organisation": _WORDS,
    "planned_on": _DAYS,
    "finished_on": _DAYS,
    "finished_at": moments,
    "first_answered_at": moments,
    "first_answer_in_norm": st.booleans(),
    "first_answer_time": st.integers(1, 10**6).map(lambda seconds: timedelta(seconds=seconds)),
    "step": _WORDS,
    "outcome": st.sampled_from(AppealOutcome),
    "mark": st.integers(1, 5),
    "satisfaction": st.sampled_from(Satisfaction),
    "repeated": st.booleans(),
    "post": _WORDS,
}


@st.composite
def appeals(draw: DrawFn) -> Appeal:
    """Any at all, contradictory ones too: nobody knows all that an export may say."""
    said = draw(st.sets(st.sampled_from(sorted(_OPTIONAL)), max_size=8))
    return Appeal(
        source=draw(st.sampled_from(AppealSource)),
        number=draw(st.sampled_from(["1", "2", "6100013"])),
        regime=draw(st.sampled_from(Regime)),
        created_on=draw(_DAYS),
        **{name: draw(_OPTIONAL[name]) for name in sorted(said)},
    )


@st.composite
def cases(draw: DrawFn) -> AppealCase:
    pressed = draw(st.none() | st.builds(lambda press: replace(PRESSED, press=press), st.sampled_from(Press)))
    redirected = draw(st.none() | st.builds(lambda day: Redirected(to="Минтранс", on=day), _DAYS))
    return AppealCase(
        id=AppealId(7),
        appeal=draw(appeals()),
        state=draw(st.sampled_from(AppealState)),
        due_at=draw(moments),
        pressed=pressed,
        approval=draw(st.none() | st.sampled_from(Approval)),
        redirected=redirected,
        vanished_in=draw(st.none() | st.just(ImportId(3))),
    )
