"""What the tables of a preset owe one another: keys that exist, powers that are all given, no place twice."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from bot.presets.schema import BlockTable, LevelTable, PresetSheet, RoleTable, RoutingTable, TerritoryTable
from risk.offices import OPERATOR, Page
from risk.powers import Power
from risk.routing import RoutingField, plain

_T = TypeVar("_T", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """Tables that contradict one another: where, and what is allowed instead."""

    key: str
    says: str


def misfits(sheet: PresetSheet) -> Iterator[Misfit]:
    """Every contradiction of the sheet, in the order of reading."""
    yield from _keys_and_titles(sheet)
    yield from _roles(sheet)
    yield from _powers(sheet)
    yield from _levels(sheet)
    yield from _reminders(sheet)
    yield from _reports(sheet)
    yield from _blocks(sheet)
    yield from _settlements(sheet)
    yield from _pages(sheet)
    yield from _routing(sheet)
    yield from _calendar(sheet)


def _keys_and_titles(sheet: PresetSheet) -> Iterator[Misfit]:
    lists: dict[str, tuple[RoleTable | LevelTable | BlockTable | TerritoryTable, ...]] = {
        "roles": sheet.roles,
        "levels": sheet.levels,
        "blocks": sheet.blocks,
        "territories": sheet.territories,
    }
    for name, tables in lists.items():
        for key in _repeated(table.key for table in tables):
            yield Misfit(key=f"{name}.{key}", says="ключ повторяется; каждый ключ нужен один раз")
        for title in _repeated(table.title for table in tables):
            yield Misfit(key=f"{name}.title", says=f"название «{title}» повторяется; названия должны различаться")


def _roles(sheet: PresetSheet) -> Iterator[Misfit]:
    for role in sheet.roles:
        if role.key == OPERATOR:
            yield Misfit(key=f"roles.{role.key}", says=f"ключ {OPERATOR} занят: это доступ к серверу, не должность")
        if role.seats == 0 and not role.open_ended:
            yield Misfit(key=f"roles.{role.key}.seats", says="0 мест можно только вместе с open_ended = true")


def _powers(sheet: PresetSheet) -> Iterator[Misfit]:
    known = _listed([*(role.key for role in sheet.roles), OPERATOR])
    for power in Power:
        if power not in sheet.powers:
            yield Misfit(key=f"powers.{power}", says=f"полномочие не назначено; роли: {known}")
    for power, ladder in sheet.powers.items():
        if not ladder or ladder[-1] != (OPERATOR,):
            yield Misfit(key=f"powers.{power}", says=f'последняя ступень должна быть ["{OPERATOR}"]')
        if any(OPERATOR in step for step in ladder[:-1]):
            yield Misfit(key=f"powers.{power}", says=f"{OPERATOR} может стоять только в последней ступени")
        if not all(ladder):
            yield Misfit(key=f"powers.{power}", says=f"ступень пуста; роли: {known}")
        for role in (role for step in ladder for role in step):
            if role not in {OPERATOR, *(table.key for table in sheet.roles)}:
                yield Misfit(key=f"powers.{power}", says=f"нет роли «{role}»; есть: {known}")


def _levels(sheet: PresetSheet) -> Iterator[Misfit]:
    # The highest level is never set without a person's own second press, so it cannot be the default.
    choices = [level.key for level in sheet.levels[:-1]]
    if sheet.default_level not in choices:
        says = f"можно: {_listed(choices)} (высший уровень по умолчанию не ставится)"
        yield Misfit(key="default_level", says=says)
    for level in sheet.levels:
        # Looks are counted from one moment, so each must come later than the one before.
        if [each.hours for each in level.check_after] != sorted({each.hours for each in level.check_after}):
            says = "сроки должны расти: каждая проверка позже предыдущей"
            yield Misfit(key=f"levels.{level.key}.check_after", says=says)
        if len({each.clock for each in level.check_after}) > 1:
            yield Misfit(
                key=f"levels.{level.key}.check_after", says='у всех проверок уровня один clock: "working" или "clock"'
            )


def _reminders(sheet: PresetSheet) -> Iterator[Misfit]:
    roles = [role.key for role in sheet.roles]
    for role in sheet.escalation:
        if role not in roles:
            yield Misfit(key="escalation", says=f"нет роли «{role}»; есть: {_listed(roles)}")
    for role in _repeated(sheet.escalation):
        yield Misfit(key="escalation", says=f"роль «{role}» повторяется; нужна один раз")
    for level in sheet.levels:
        lead = level.nudge_before
        if lead is not None and (lead.hours is None) == (lead.days is None):
            says = "нужно одно из двух: { hours = 2 } или { days = 1 }"
            yield Misfit(key=f"levels.{level.key}.nudge_before", says=says)
        if [each.hours for each in level.up_after] != sorted({each.hours for each in level.up_after}):
            says = "сроки должны расти: каждый следующий узнаёт позже"
            yield Misfit(key=f"levels.{level.key}.up_after", says=says)
        if len({each.clock for each in level.up_after}) > 1:
            says = 'у всех ступеней уровня один clock: "working" или "clock"'
            yield Misfit(key=f"levels.{level.key}.up_after", says=says)


def _reports(sheet: PresetSheet) -> Iterator[Misfit]:
    reports, roles = sheet.reports, [role.key for role in sheet.roles]
    if reports.digest_at <= sheet.appeals.asked_at:
        says = f"дайджест опирается на выгрузки: нужен час позже, чем appeals.asked_at ({sheet.appeals.asked_at:%H:%M})"
        yield Misfit(key="reports.digest_at", says=says)
    if reports.signed_by is not None and reports.signed_by not in roles:
        yield Misfit(key="reports.signed_by", says=f"нет роли «{reports.signed_by}»; есть: {_listed(roles)}")


def _blocks(sheet: PresetSheet) -> Iterator[Misfit]:
    roles = [role.key for role in sheet.roles]
    territories = [territory.key for territory in sheet.territories]
    for block in sheet.blocks:
        for name, role in (("head", block.head), ("owner", block.owner)):
            if role is not None and role not in roles:
                yield Misfit(key=f"blocks.{block.key}.{name}", says=f"нет роли «{role}»; есть: {_listed(roles)}")
        if block.owner == block.head:
            says = f"«{block.head}» уже руководитель блока; owner — тот, кто над ним, или не нужен"
            yield Misfit(key=f"blocks.{block.key}.owner", says=says)
        for territory in block.territories:
            if territory not in territories:
                says = f"нет территории «{territory}»; есть: {_listed(territories)}"
                yield Misfit(key=f"blocks.{block.key}.territories", says=says)
    for territory in _repeated(territory for block in sheet.blocks for territory in block.territories):
        yield Misfit(key="blocks.territories", says=f"территория «{territory}» названа дважды; нужна в одном блоке")


def _settlements(sheet: PresetSheet) -> Iterator[Misfit]:
    seen: dict[str, str] = {}
    for territory in sheet.territories:
        for settlement in territory.settlements:
            # Residents write ё as е, so two names that differ in it alone are one.
            first = seen.setdefault(settlement.casefold().replace("ё", "е"), territory.key)
            if first != territory.key:
                says = f"«{settlement}» уже есть в территории {first}; нужен в одной"
                yield Misfit(key=f"territories.{territory.key}.settlements", says=says)


def _pages(sheet: PresetSheet) -> Iterator[Misfit]:
    # A community of VK has several addresses: pages are compared by how the addresses of their posts begin.
    seen: dict[str, str] = {}
    for page in sheet.pages:
        beginning = Page(title=page.title, link=page.link, kind=page.kind).beginning
        if beginning in seen:
            yield Misfit(key="pages.link", says=f"{page.link} и «{seen[beginning]}» — одна страница; нужна один раз")
        seen.setdefault(beginning, page.title)
    for title in _repeated(page.title for page in sheet.pages):
        yield Misfit(key="pages.title", says=f"название «{title}» повторяется; названия должны различаться")


def _routing(sheet: PresetSheet) -> Iterator[Misfit]:
    blocks = [block.key for block in sheet.blocks]
    lists = _listed(name for name in RoutingTable.model_fields if name != "block")
    # Two rules of the same words: the first wins always, whatever block the second one names.
    seen: dict[frozenset[tuple[RoutingField, frozenset[str]]], int] = {}
    for number, rule in enumerate(sheet.routing, start=1):
        if rule.block not in blocks:
            says = f"нет блока «{rule.block}»; есть: {_listed(blocks)}"
            yield Misfit(key=f"routing.{number}.block", says=says)
        if not rule.words:
            yield Misfit(
                key=f"routing.{number}", says=f"в правиле нет ни одного слова; нужен хотя бы один список: {lists}"
            )
        for word in (word for words in rule.words.values() for word in words):
            if not plain(word):
                says = f"в «{word}» нет ни буквы, ни цифры; такое не найдётся"
                yield Misfit(key=f"routing.{number}", says=says)
        signs = frozenset((field, frozenset(map(plain, words))) for field, words in rule.words.items())
        first = seen.setdefault(signs, number)
        if first != number and rule.words:
            says = f"слова те же, что в правиле {first}: до этого правила очередь не дойдёт; нужно одно"
            yield Misfit(key=f"routing.{number}", says=says)


def _calendar(sheet: PresetSheet) -> Iterator[Misfit]:
    calendar = sheet.calendar
    if not any(hours for _, hours in calendar.week):
        yield Misfit(key="calendar.week", says="нужен хотя бы один рабочий день")
    days_off = [day for days in calendar.days_off.values() for day in days]
    for day in _repeated([*days_off, *calendar.hours_on]):
        says = f"{day.isoformat()} названо дважды; день нужен один раз в days_off или в hours_on"
        yield Misfit(key="calendar.days_off", says=says)


def _repeated(values: Iterable[_T]) -> list[_T]:
    return [value for value, times in Counter(values).items() if times > 1]


def _listed(keys: Iterable[str]) -> str:
    return ", ".join(keys) or "нет ни одной"
