"""The shell's work on offices: found one, show it, print its invitations. Lines are for the operator."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.beside import NoSuchOffice, office_of_key, office_time, opened_by
from bot.codes import new_code
from bot.office_presets import plan_of
from bot.preset_lines import APPEAL_TERMS, appeal_term, setting_said
from bot.program import program
from bot.settings import Settings
from risk.appeals import Regime
from risk.deadlines import ClockKind, Term
from risk.office_settings import Setting, written
from risk.offices import Block, Office, OfficePlan
from risk.people import Position
from risk.preset_changes import appeal_terms_written, ladder_written
from risk.seats import present_seats
from risk.use_cases.founding import found_office
from risk.use_cases.inviting import IssuedInvitation, invite_to_vacancies
from storage.database import DatabaseKind, open_beside, open_existing
from storage.directory import SqlDirectory
from storage.unit_of_work import Units

_NAMELESS: Final = {
    DatabaseKind.PRODUCTION: "Имя бота узнать не удалось: пусть человек отправит боту команду целиком.",
    DatabaseKind.SANDBOX: "В песочнице ссылок нет: отправьте боту команду целиком от имени нужного человека.",
}


async def add(database: Path, kind: DatabaseKind, calendar_file: Path, preset: str) -> OfficePlan:
    """Found an office of a shipped preset or of a file; its plan. Raises PresetError, CalendarError, OfficeExists."""
    plan = plan_of(preset, calendar_file)
    async with opened_by(open_beside, database, kind) as opened:
        await found_office(plan, registry=SqlDirectory(opened), now=await office_time(opened))
    return plan


async def show(database: Path, kind: DatabaseKind, key: str | None) -> list[str]:
    """Raises NoSuchOffice, DatabaseMissing."""
    async with opened_by(open_existing, database, kind) as opened:
        offices = await SqlDirectory(opened).offices()
        chosen = [office for office in offices if key in {None, office.plan.key}]
        if key is not None and not chosen:
            raise NoSuchOffice(key)
        if not chosen:
            return [f"Офисов пока нет. Завести: {program()} office add pestovo"]
        units = Units(database=opened)
        lines: list[str] = []
        for office in chosen:
            async with units.view_of(office.id)() as unit:
                bound = await unit.chats.alert_chat() is not None
                lines += _description(office, await unit.people.positions(), alert_chat_bound=bound)
        return lines


async def invite(settings: Settings, database: Path, kind: DatabaseKind, key: str, members: int) -> list[str]:
    """Fresh invitations to all vacancies, as links when the bot's name can be learned.

    The name comes first: whatever asking for it may lead to, codes that nobody was shown must not replace the old.
    Raises NoSuchOffice, DatabaseMissing.
    """
    async with opened_by(open_existing, database, kind) as opened:
        office = await office_of_key(opened, key)
        username = await _bot_username(settings) if kind is DatabaseKind.PRODUCTION else None
        issued = await invite_to_vacancies(
            uow=Units(database=opened).of(office.id),
            now=await office_time(opened),
            new_code=new_code,
            open_seats=members,
        )
    return _invitations(office.plan, issued, username, nameless=_NAMELESS[kind])


async def _bot_username(settings: Settings) -> str | None:
    """None when there is no token, a bad one, or Telegram does not answer: the codes work all the same."""
    if settings.bot_token is None:
        return None
    from bot.gateways.telegram import NO_ANSWER, username_of  # noqa: PLC0415 - it takes seconds, few commands need it

    try:
        return await username_of(settings.bot_token, settings.telegram_api_url, settings.proxy_url)
    except NO_ANSWER:
        return None


def _invitations(
    plan: OfficePlan, issued: tuple[IssuedInvitation, ...], username: str | None, *, nameless: str
) -> list[str]:
    """`nameless` explains why there are no links."""
    if not issued:
        return ["Незанятых должностей нет. Ещё место члену офиса: --members 1"]
    lines = ["Одноразовые приглашения; показываются один раз, прежние неиспользованные больше не действуют."]
    for each in issued:
        way = f"/start i_{each.code}" if username is None else f"https://t.me/{username}?start=i_{each.code}"
        until = f"{plan.calendar.local(each.expires_at):%d.%m.%Y %H:%M}"
        lines.append(f"{each.position.title(plan)} (до {until}): {way}")
    if username is None:
        lines.append(nameless)
    return lines


def _description(office: Office, positions: tuple[Position, ...], *, alert_chat_bound: bool) -> list[str]:
    plan = office.plan
    seats = [
        f"  {each.title(plan)}: {'занята' if each.holder else 'не занята'}" for each in present_seats(positions, plan)
    ]
    blocks = [f"  {block.title}: {_answering(block, plan)}" for block in plan.blocks]
    levels = [
        f"  {level.title}: проверить за {_term(level.verify_within)}, ответить за {_term(level.answer_within)}"
        for level in plan.levels
    ]
    powers = [f"  {power.value}: {ladder_written(ladder)}" for power, ladder in plan.powers.items()]
    return [
        f"{plan.title} [{plan.key}], зона {plan.calendar.zone}",
        f"Алерт-чат «{plan.chat_title}»: {'привязан' if alert_chat_bound else 'не привязан, нужна команда /bind'}",
        "Должности:",
        *seats,
        *(["Блоки:", *blocks] if blocks else ["Блоков нет."]),
        "Критичность и внутренние ориентиры МЦУ:",
        *levels,
        "Обращения:",
        *(f"  {line}" for line in _about_appeals(plan)),
        "Отчёты:",
        *(f"  {line}" for line in _about_reports(plan)),
        "Полномочия (по порядку):",
        *powers,
    ]


def _about_appeals(plan: OfficePlan) -> Iterator[str]:
    for key, term in appeal_terms_written(plan.appeal_terms).items():
        yield f"{APPEAL_TERMS[key]}: {appeal_term(key, term)}{', это закон' if key == Regime.LAW_59 else ''}"
    yield f"свежую выгрузку просим в {plan.exports_asked_at:%H:%M}; верим ей рабочих дней {plan.exports_fresh_for}"
    yield f"ответ согласуют до отправки: {'да' if plan.approves_appeals else 'нет'}"
    yield f"наш муниципалитет в выгрузках: {', '.join(plan.municipalities) or 'не задан, берём все строки'}"
    rules = Counter(rule.block for rule in plan.routing)
    by_block = "; ".join(f"{block.title} {rules[block.key]}" for block in plan.blocks if rules[block.key])
    yield f"правил распределения {len(plan.routing)}{f': {by_block}' if by_block else ''}"


def _about_reports(plan: OfficePlan) -> Iterator[str]:
    terms = plan.reports
    yield f"дайджест по рабочим дням в {terms.digest_at:%H:%M}"
    yield f"просрочка по блокам: {_in_words(plan, Setting.LATENESS_TOLD)}"
    yield f"неделя начинается: {_in_words(plan, Setting.WEEK_BEGINS)}; доли считаем от {terms.rating_minimum} обращений"
    at = "" if terms.memo_on is None else f" в {terms.memo_at:%H:%M}"
    yield f"справка за неделю: {_in_words(plan, Setting.MEMO_ON)}{at}"
    signed_by = "не задано" if terms.signed_by is None else plan.role(terms.signed_by).title
    yield f"справка адресована: {terms.addressee or 'не задано'}; подписывает: {signed_by}"


def _in_words(plan: OfficePlan, setting: Setting) -> str:
    return setting_said(setting, written(plan, setting))


def _answering(block: Block, plan: OfficePlan) -> str:
    roles = [plan.role(key).title for key in (block.head, block.owner) if key is not None]
    return " → ".join(roles)


def _term(term: Term) -> str:
    hours = term.amount.total_seconds() / 3600
    return f"{hours:g} ч {'рабочего времени' if term.clock is ClockKind.WORKING else 'подряд'}"
