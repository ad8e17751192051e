"""The shell's work on presets: list them, check one, load one over a founded office. Lines are for the operator."""

from dataclasses import replace
from pathlib import Path

from bot.beside import office_if_founded, office_of_key, office_time, opened_by
from bot.preset_lines import loading_lines
from bot.presets.faults import PresetError
from bot.presets.loading import load_preset, load_preset_file, preset_keys
from bot.presets.operators_days import calendar_in_force, read_operators_days
from bot.program import program
from risk.offices import OfficePlan
from risk.preset_loading import PresetLoading
from risk.use_cases.offices import compare_preset, load_preset_anew
from storage.database import DatabaseKind, kind_of, open_existing
from storage.directory import SqlDirectory
from storage.unit_of_work import Units


def plan_of(preset: str, calendar_file: Path) -> OfficePlan:
    """The plan of a shipped preset or of a file, with its calendar in force. Raises PresetError, CalendarError."""
    plan = load_preset_file(Path(preset)) if preset.endswith(".toml") else load_preset(preset)
    return replace(plan, calendar=calendar_in_force(plan, read_operators_days(calendar_file)))


async def listed(database: Path, kind: DatabaseKind) -> list[str]:
    """Founded offices, and presets that come with the bot."""
    founded = await _founded(database, kind)
    return [
        *(["Заведённые офисы:", *founded] if founded else ["Заведённых офисов нет."]),
        "Пресеты, которые есть у бота:",
        *(f"  {key}: {load_preset(key).title}" for key in preset_keys()),
    ]


async def check(database: Path, kind: DatabaseKind, calendar_file: Path, preset: str, key: str | None) -> list[str]:
    """Whether the preset can be used, and what it would change in the office of that key, or of the preset's own.

    Raises PresetError, CalendarError.
    """
    plan = plan_of(preset, calendar_file)
    key = key or plan.key
    loading = await _compared(database, kind, key, plan)
    return [_in_order(plan), *_what_it_would_do(loading, key, preset)]


async def update(database: Path, kind: DatabaseKind, calendar_file: Path, key: str, preset: str | None) -> list[str]:
    """Load a preset over the office: the file, or the shipped preset of its key.

    Raises NoSuchOffice, DatabaseMissing, PresetError, CalendarError.
    """
    async with opened_by(open_existing, database, kind) as opened:
        office = await office_of_key(opened, key)
        if preset is None and key not in preset_keys():
            says = f"с ботом пресета «{key}» нет; укажите файл: {program()} office update {key} ФАЙЛ"
            raise PresetError(file="", key="", says=says)
        plan = plan_of(preset or key, calendar_file)
        uow = Units(database=opened).of(office.id)
        loading = await load_preset_anew(plan, uow=uow, now=await office_time(opened))
    told = loading_lines(loading)
    return [*told, *_conflicts(loading), _done(loading)]


async def _founded(database: Path, kind: DatabaseKind) -> list[str]:
    if kind_of(database) is None:
        return []
    async with opened_by(open_existing, database, kind) as opened:
        return [f"  {office.plan.key}: {office.plan.title}" for office in await SqlDirectory(opened).offices()]


async def _compared(database: Path, kind: DatabaseKind, key: str, plan: OfficePlan) -> PresetLoading | None:
    """None for an office that was not founded."""
    if kind_of(database) is None:
        return None
    async with opened_by(open_existing, database, kind) as opened:
        office = await office_if_founded(opened, key)
        if office is None:
            return None
        return await compare_preset(plan, view=Units(database=opened).view_of(office.id))


def _in_order(plan: OfficePlan) -> str:
    return (
        f"Пресет в порядке: {plan.title}. Должностей {len(plan.roles)}, блоков {len(plan.blocks)}, "
        f"территорий {len(plan.territories)}, уровней критичности {len(plan.levels)}."
    )


def _what_it_would_do(loading: PresetLoading | None, key: str, preset: str) -> list[str]:
    if loading is None:
        return [f"Офис «{key}» не заведён. Завести: {program()} office add {preset}"]
    told = loading_lines(loading)
    if not told:
        return [f"Офис «{key}» уже такой: загружать заново нечего."]
    return [f"Если загрузить его в офис «{key}»:", *told, *_conflicts(loading)]


def _conflicts(loading: PresetLoading) -> list[str]:
    count = sum(change.is_conflict for change in loading.changes)
    return [f"Отмечено знаком «!»: {count}. Это решают люди; до тех пор остаётся как сказано."] if count else []


def _done(loading: PresetLoading) -> str:
    title = loading.plan.title
    return f"Пресет загружен: {title}." if loading.changes_something else f"Менять нечего: {title} уже такой."
