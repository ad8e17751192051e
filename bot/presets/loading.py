"""From a preset's file to the plan of an office; what a preset may say is in `schema` and `agreements`.

A plan comes with the national days of its calendar; the operator's own days are laid over them by `operators_days`.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from bot.presets.agreements import misfits
from bot.presets.faults import PresetError
from bot.presets.operators_days import NOTHING, laid_over
from bot.presets.reading import read_toml, validated
from bot.presets.schema import (
    AppealsTable,
    BlockTable,
    CalendarTable,
    DaysTermTable,
    LeadTable,
    LevelTable,
    PresetSheet,
    ReportsTable,
    RoleTable,
    RoutingTable,
    TermTable,
    TerritoryTable,
    WeekTable,
)
from risk.appeal_terms import BY_LAW, AppealTerms, DaysTerm
from risk.appeals import Regime
from risk.calendar import Week, WorkingHours
from risk.deadlines import Term
from risk.ids import BlockKey, LevelKey, RoleKey, TerritoryKey
from risk.offices import Block, Ladder, Lead, LeadUnit, Level, OfficePlan, Page, PowerLadder, Role, Territory
from risk.report_terms import ReportTerms
from risk.routing import RoutingRule

_SUFFIX: Final = ".toml"


def preset_keys() -> tuple[str, ...]:
    """Keys of the presets that come with the bot."""
    return tuple(sorted(_bundled()))


def load_preset(key: str) -> OfficePlan:
    """The plan of a bundled preset; raises PresetError."""
    preset = _bundled().get(key)
    if preset is None:
        raise PresetError(file="", key="", says=f"нет пресета «{key}»; есть: {', '.join(preset_keys())}")
    return _load(preset, key=key)


def load_preset_file(path: Path) -> OfficePlan:
    """The plan of an office's own preset file; its name without the suffix is its key. Raises PresetError."""
    return _load(path, key=path.stem)


def preset_text(plan: OfficePlan) -> str | None:
    """What the bundled preset of the plan's key says; None when the office came of another one, or of an earlier."""
    preset = _bundled().get(plan.key)
    if preset is None or _load(preset, key=plan.key) != plan:
        return None
    return preset.read_text(encoding="utf-8")


def _bundled() -> Mapping[str, Traversable]:
    presets = (entry for entry in files("bot.presets").iterdir() if entry.name.endswith(_SUFFIX))
    return {preset.name.removesuffix(_SUFFIX): preset for preset in presets}


def _load(source: Traversable, *, key: str) -> OfficePlan:
    data = read_toml(source, PresetError)
    sheet = validated(PresetSheet, data, file=source.name, kind=PresetError)
    misfit = next(misfits(sheet), None)
    if misfit is not None:
        raise PresetError(file=source.name, key=misfit.key, says=misfit.says)
    return _plan(sheet, key=key)


def _plan(sheet: PresetSheet, *, key: str) -> OfficePlan:
    return OfficePlan(
        key=key,
        title=sheet.title,
        chat_title=sheet.chat_title,
        member_word=sheet.member_word,
        roles=tuple(map(_role, sheet.roles)),
        powers={power: _ladder(steps) for power, steps in sheet.powers.items()},
        blocks=tuple(map(_block, sheet.blocks)),
        territories=tuple(map(_territory, sheet.territories)),
        levels=tuple(map(_level, sheet.levels)),
        default_level=LevelKey(sheet.default_level),
        calendar=laid_over(sheet.calendar.zone, _week(sheet.calendar.week), _own_days(sheet.calendar), NOTHING),
        own_days=_own_days(sheet.calendar),
        quiet_hours=sheet.quiet_hours,
        invitation_days=sheet.invitation_days,
        escalation=tuple(map(RoleKey, sheet.escalation)),
        reminds_juniors=sheet.reminds_juniors,
        nudged_at=sheet.nudged_at,
        nudges_a_day=sheet.nudges_a_day,
        approves_answers=sheet.approves_answers,
        quiet_rule=sheet.quiet_rule,
        counted_publications=frozenset(sheet.counted_publications),
        pages=tuple(Page(title=page.title, link=page.link, kind=page.kind) for page in sheet.pages),
        municipalities=sheet.municipalities,
        routing=tuple(map(_rule, sheet.routing)),
        appeal_terms=_appeal_terms(sheet.appeals),
        approves_appeals=sheet.appeals.approves,
        exports_fresh_for=sheet.appeals.fresh_for_days,
        exports_asked_at=sheet.appeals.asked_at,
        reports=_reports(sheet.reports),
    )


def _role(table: RoleTable) -> Role:
    return Role(
        key=RoleKey(table.key),
        title=table.title,
        seats=table.seats,
        open_ended=table.open_ended,
        rank=table.rank,
    )


def _ladder(steps: tuple[tuple[str, ...], ...]) -> PowerLadder:
    return tuple(frozenset(map(RoleKey, step)) for step in steps)


def _block(table: BlockTable) -> Block:
    return Block(
        key=BlockKey(table.key),
        title=table.title,
        head=RoleKey(table.head),
        owner=None if table.owner is None else RoleKey(table.owner),
        topics=table.topics,
        words=table.words,
        territories=tuple(map(TerritoryKey, table.territories)),
    )


def _territory(table: TerritoryTable) -> Territory:
    return Territory(key=TerritoryKey(table.key), title=table.title, settlements=table.settlements)


def _level(table: LevelTable) -> Level:
    return Level(
        key=LevelKey(table.key),
        title=table.title,
        sign=table.sign,
        verify_within=_term(table.verify_within),
        answer_within=_term(table.answer_within),
        words=table.words,
        check_after=tuple(map(_term, table.check_after)),
        may_go_unanswered=table.may_go_unanswered,
        ladder=_ladder_of(table),
    )


def _ladder_of(table: LevelTable) -> Ladder:
    return Ladder(lead=_lead(table.nudge_before), up_after=tuple(map(_term, table.up_after)), urgent=table.urgent)


def _lead(table: LeadTable | None) -> Lead | None:
    if table is None:
        return None
    if table.hours is not None:
        return Lead(amount=table.hours, unit=LeadUnit.HOURS)
    return None if table.days is None else Lead(amount=table.days, unit=LeadUnit.DAYS)


def _term(table: TermTable) -> Term:
    return Term(amount=timedelta(hours=table.hours), clock=table.clock)


def _rule(table: RoutingTable) -> RoutingRule:
    return RoutingRule(block=BlockKey(table.block), words=table.words)


def _appeal_terms(table: AppealsTable) -> AppealTerms:
    return AppealTerms(
        first_answer=_term(table.first_answer),
        answer={
            Regime.LAW_59: BY_LAW,
            Regime.POS_ORDINARY: _days(table.pos_ordinary),
            Regime.POS_FAST_TRACK: _days(table.pos_fast_track),
            Regime.IM: _days(table.im),
            Regime.BY_HAND: _days(table.by_hand),
        },
    )


def _reports(table: ReportsTable) -> ReportTerms:
    return ReportTerms(
        digest_at=table.digest_at,
        lateness_told=table.lateness_told,
        week_begins=table.week_begins,
        memo_on=table.memo_on,
        memo_at=table.memo_at,
        rating_minimum=table.rating_minimum,
        addressee=table.addressee,
        signed_by=None if table.signed_by is None else RoleKey(table.signed_by),
    )


def _days(table: DaysTermTable) -> DaysTerm:
    return DaysTerm(days=table.days, clock=table.clock)


def _week(week: WeekTable) -> Week:
    return (
        week.monday,
        week.tuesday,
        week.wednesday,
        week.thursday,
        week.friday,
        week.saturday,
        week.sunday,
    )


def _own_days(table: CalendarTable) -> dict[date, WorkingHours | None]:
    days_off = (day for days in table.days_off.values() for day in days)
    return {**dict.fromkeys(days_off), **table.hours_on}
