"""Reading appeals without changing them: a page of a list, the page of one, its history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final

from risk.appeal_acts import AppealAct, possible_acts
from risk.appeal_cases import AppealCase, AppealChange, AppealHappening, Approval
from risk.appeal_forms import number_asked
from risk.appeal_lists import AppealsAsked, CodedAppeals, key_of_code
from risk.appeal_terms import AppealDue, due_of
from risk.appeals import AppealSource
from risk.errors import AppealNotFound, UnknownChoice
from risk.ids import AppealId, ImportId, PositionId
from risk.imports import Import
from risk.obligations import Matter, Owed
from risk.offices import Office, OfficePlan
from risk.people import Actor, Member
from risk.ports import OpenView, Unit
from risk.powers import POWER_FOR, Action
from risk.use_cases.appeal_keeping import case_of
from risk.use_cases.permission import permitted
from risk.use_cases.rounds import is_of_other_block

APPEALS_ON_A_PAGE: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealsPage:
    """A page of the list. `freshest` tells which exports it rests on."""

    office: Office
    appeals: Sequence[AppealCase]
    page: int
    pages: int
    total: int
    asked: AppealsAsked
    freshest: Mapping[AppealSource, datetime]
    now: datetime


async def read_appeals(page: int, coded: CodedAppeals, *, actor: Actor, view: OpenView, now: datetime) -> AppealsPage:
    """A page of the list, counted from 0; a page past the end is the last one. Raises UnknownChoice."""
    async with view() as unit:
        await permitted(unit, actor, Action.READ_APPEALS)
        asked = _decoded(coded, unit.office.plan)
        day_ends = _day_ends(unit.office.plan, now)
        total = await unit.appeals.count(asked, now=now, day_ends=day_ends)
        pages = max(1, -(-total // APPEALS_ON_A_PAGE))
        page = min(max(page, 0), pages - 1)
        begins = page * APPEALS_ON_A_PAGE
        appeals, _ = await unit.appeals.page(asked, now=now, day_ends=day_ends, offset=begins, limit=APPEALS_ON_A_PAGE)
        return AppealsPage(
            office=unit.office,
            appeals=appeals,
            page=page,
            pages=pages,
            total=total,
            asked=asked,
            freshest=await unit.imports.freshest(),
            now=now,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealFacts:
    """All that the page of an appeal says. `owed` is what is owed about it, `allowed` what the reader may do."""

    office: Office
    case: AppealCase
    due: AppealDue
    owed: Owed | None
    allowed: frozenset[AppealAct]
    may_hold: bool
    titles: Mapping[PositionId, str]
    remark: str | None
    freshest: Mapping[AppealSource, datetime]
    now: datetime

    @property
    def today(self) -> date:
        return self.office.plan.calendar.local(self.now).date()


async def read_appeal(appeal: AppealId, *, actor: Actor, view: OpenView, now: datetime) -> AppealFacts:
    """Raises UnknownChoice."""
    async with view() as unit:
        member = await permitted(unit, actor, Action.READ_APPEALS)
        return await _facts(unit, member, await case_of(unit, appeal), now)


async def appeals_numbered(typed: str, *, actor: Actor, view: OpenView, now: datetime) -> Sequence[AppealFacts]:
    """`/appeal 6100013`: of each source at most one bears the number. Raises AppealNotFound."""
    async with view() as unit:
        member = await permitted(unit, actor, Action.READ_APPEALS)
        number = number_asked(typed)
        cases = [] if number is None else await unit.appeals.numbered(number)
        if not cases:
            raise AppealNotFound(typed)
        return [await _facts(unit, member, case, now) for case in cases]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealHistory:
    """Changes in their order, with the titles of who acted and the imports that some came with."""

    office: Office
    case: AppealCase
    changes: Sequence[AppealChange]
    titles: Mapping[PositionId, str]
    imports: Mapping[ImportId, Import]
    now: datetime


async def read_appeal_history(appeal: AppealId, *, actor: Actor, view: OpenView, now: datetime) -> AppealHistory:
    """Raises UnknownChoice."""
    async with view() as unit:
        await permitted(unit, actor, Action.READ_APPEALS)
        case, changes = await case_of(unit, appeal), await unit.appeals.changes_of(appeal)
        imports = [await unit.imports.get(one) for one in sorted({each.imported for each in changes if each.imported})]
        return AppealHistory(
            office=unit.office,
            case=case,
            changes=changes,
            titles=await _titles(unit),
            imports={one.id: one for one in imports if one is not None},
            now=now,
        )


async def _facts(unit: Unit, member: Member, case: AppealCase, now: datetime) -> AppealFacts:
    plan = unit.office.plan
    owed = await unit.obligations.open_of(Matter.APPEAL, case.id)
    own = not is_of_other_block(plan, member, case.block)
    return AppealFacts(
        office=unit.office,
        case=case,
        due=due_of(case.appeal, plan.appeal_terms, plan.calendar),
        owed=next(iter(owed), None),
        allowed=_allowed(case, plan, member, own=own),
        may_hold=own and POWER_FOR[Action.WORK_APPEAL] in member.powers,
        titles=await _titles(unit),
        remark=await last_remark(unit, case),
        freshest=await unit.imports.freshest(),
        now=now,
    )


async def last_remark(unit: Unit, case: AppealCase) -> str | None:
    """What the answer was returned with, until it is prepared anew."""
    last = _last_remark(await unit.appeals.changes_of(case.id)) if case.approval is Approval.SENT_BACK else None
    return None if last is None else last.facts.get("text")


def _last_remark(changes: Sequence[AppealChange]) -> AppealChange | None:
    return next((each for each in reversed(changes) if each.happening is AppealHappening.SENT_BACK), None)


def _allowed(case: AppealCase, plan: OfficePlan, member: Member, *, own: bool) -> frozenset[AppealAct]:
    return frozenset(
        act
        for act in possible_acts(case, plan)
        if POWER_FOR[_ASKING[act]] in member.powers and (own or act not in _OF_OWN_BLOCK)
    )


async def _titles(unit: Unit) -> Mapping[PositionId, str]:
    return {each.id: each.title(unit.office.plan) for each in await unit.people.positions()}


def _decoded(coded: CodedAppeals, plan: OfficePlan) -> AppealsAsked:
    """Raises UnknownChoice for a block or a territory that the office has no more."""
    blocks = [each.key for each in (*plan.blocks, *plan.retired.blocks)]
    territories = [each.key for each in (*plan.territories, *plan.retired.territories)]
    block = None if coded.block is None else key_of_code(coded.block, blocks)
    territory = None if coded.territory is None else key_of_code(coded.territory, territories)
    if (block is None) != (coded.block is None) or (territory is None) != (coded.territory is None):
        raise UnknownChoice
    return AppealsAsked(standing=coded.standing, block=block, channel=coded.channel, territory=territory)


def _day_ends(plan: OfficePlan, now: datetime) -> datetime:
    following = plan.calendar.local(now).date() + timedelta(days=1)
    return plan.calendar.moment_at(following, time.min)


_ASKING: Final[Mapping[AppealAct, Action]] = MappingProxyType(
    {
        AppealAct.ANSWERED: Action.WORK_APPEAL,
        AppealAct.PREPARED: Action.WORK_APPEAL,
        AppealAct.APPROVE: Action.APPROVE_APPEAL,
        AppealAct.SEND_BACK: Action.APPROVE_APPEAL,
        AppealAct.GIVE: Action.DISTRIBUTE_APPEAL,
        AppealAct.RETURN: Action.WORK_APPEAL,
        AppealAct.REDIRECT: Action.DISTRIBUTE_APPEAL,
    }
)
"""What each act asks for, as the use case that does it."""
_OF_OWN_BLOCK: Final = frozenset({AppealAct.ANSWERED, AppealAct.PREPARED, AppealAct.RETURN})
