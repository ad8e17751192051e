"""Invented appeals, for the views; changed where a test says so."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from risk.appeal_acts import AppealAct
from risk.appeal_cases import AppealCase, AppealChange, change_of
from risk.appeal_lists import AppealsAsked
from risk.appeal_terms import due_of
from risk.appeals import Appeal, AppealSource, AppealState, Regime
from risk.ids import AppealId, BlockKey, PositionId
from risk.offices import OfficePlan
from risk.routing import Routed, RoutingField
from risk.use_cases.appeal_reading import AppealFacts, AppealHistory, AppealsPage
from risk.use_cases.appeal_work_telling import AppealTold
from tests.handlers.builders import FRIDAY_AFTERNOON, ROADS, office, plan

NOW: Final = FRIDAY_AFTERNOON + timedelta(days=3)
"""Monday 23.11.2026, 16:00."""
TITLES: Final = {PositionId(5): "член проектного офиса 1", PositionId(6): "руководитель МЦУ"}
BY_RULE: Final = Routed(block=ROADS, field=RoutingField.GROUP, word="ЖКХ", rule=3)


def appeal(**known: Any) -> Appeal:
    """Of ПОС, due on Wednesday 18.11."""
    facts: dict[str, Any] = {
        "source": AppealSource.POS,
        "number": "6100013",
        "regime": Regime.POS_ORDINARY,
        "created_on": date(2026, 11, 9),
        "group": "Дороги",
        "topic": "Ямы на дороге",
        "planned_on": date(2026, 11, 18),
        "step": "Назначен исполнитель",
    }
    return Appeal(**{**facts, **known})


def appeal_case(of: Appeal | None = None, *, block: BlockKey | None = ROADS, **known: Any) -> AppealCase:
    shown = of or appeal()
    facts: dict[str, Any] = {
        "id": AppealId(41),
        "appeal": shown,
        "state": AppealState.OPEN,
        "due_at": due_of(shown, plan().appeal_terms, plan().calendar).at,
        "block": block,
        "routed": BY_RULE if block == ROADS else None,
    }
    return AppealCase(**{**facts, **known})


def by_hand(**known: Any) -> Appeal:
    """A call of Friday."""
    facts: dict[str, Any] = {
        "source": AppealSource.HAND,
        "number": "О-1/26",
        "regime": Regime.LAW_59,
        "created_on": date(2026, 11, 20),
        "channel": "call",
        "group": None,
        "planned_on": None,
        "step": None,
    }
    return appeal(**{**facts, **known})


def appeal_facts(
    case: AppealCase | None = None, *allowed: AppealAct, of: OfficePlan | None = None, **known: Any
) -> AppealFacts:
    shown, working_plan = case or appeal_case(), of or plan()
    facts: dict[str, Any] = {
        "office": office(working_plan),
        "case": shown,
        "due": due_of(shown.appeal, working_plan.appeal_terms, working_plan.calendar),
        "owed": None,
        "allowed": frozenset(allowed),
        "may_hold": True,
        "titles": TITLES,
        "remark": None,
        "freshest": {AppealSource.POS: FRIDAY_AFTERNOON},
        "now": NOW,
    }
    return AppealFacts(**{**facts, **known})


def appeals_page(*cases: AppealCase, of: OfficePlan | None = None, **known: Any) -> AppealsPage:
    facts: dict[str, Any] = {
        "office": office(of),
        "appeals": cases,
        "page": 0,
        "pages": 1,
        "total": len(cases),
        "asked": AppealsAsked(),
        "freshest": {AppealSource.POS: FRIDAY_AFTERNOON},
        "now": NOW,
    }
    return AppealsPage(**{**facts, **known})


def history_of(*changes: AppealChange, case: AppealCase | None = None, **known: Any) -> AppealHistory:
    facts: dict[str, Any] = {"office": office(), "titles": TITLES, "imports": {}, "now": NOW, **known}
    return AppealHistory(case=case or appeal_case(), changes=changes, **facts)


def appeal_told(case: AppealCase | None = None, *, remark: str | None = None) -> AppealTold:
    return AppealTold(office=office(), case=case or appeal_case(), remark=remark, now=NOW)


def changed(case: AppealCase | None = None, **known: Any) -> AppealChange:
    happening, facts = known.pop("happening"), known.pop("facts", {})
    return replace(change_of(case or appeal_case(), happening, FRIDAY_AFTERNOON, facts=facts), **known)
