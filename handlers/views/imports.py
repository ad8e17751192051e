"""What is said of files with appeals: how far one has come, what it would change, why it cannot be taken."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from aiogram.utils.formatting import Bold

from handlers.keyboards.imports import import_keyboard, imports_keyboard
from handlers.russian import grouped
from handlers.views.dates import moment
from handlers.views.import_columns import asking_lines
from handlers.views.import_lines import SOURCES, listed, named, period, rows, that_fit, what
from handlers.views.message import Line, Outgoing, outgoing
from risk.cells import Wrong
from risk.export_columns import LayoutKind
from risk.export_rows import RowFault
from risk.imports import Door, Found, Import, ImportRefusal, ImportState
from risk.offices import OfficePlan
from risk.sheet_faults import SheetFault
from risk.units import shortened
from risk.use_cases.import_telling import ImportFacts, ImportsFacts

HOW_TO_DATE: Final = Outgoing(
    text="Напишите номер загрузки и период или момент: /imports 12 06.10–20.11 или /imports 12 20.11 08:10"
)
DATED: Final = Outgoing(text="Записано. Предпросмотр загрузки — в сообщении выше, он обновится.")
UNDONE: Final = "Загрузка отменена, обращения — как до неё."
STALE_IMPORTS: Final = "Этот список устарел. Откройте его заново: /imports."

_NOTHING_LOADED: Final = "Ничего не загружено."
_FAULTS_SHOWN: Final = 5
_FAULT_ROOM: Final = 160
_FAULTS: Final[Mapping[SheetFault, str]] = MappingProxyType(
    {
        SheetFault.GONE: "Файл не открывается: его нет на месте или нет доступа. {nothing} Проверьте и повторите.",
        SheetFault.EMPTY: "Файл пустой. {nothing} Выгрузите его заново.",
        SheetFault.NOT_A_SHEET: "Это не таблица. {nothing} Нужен файл .xlsx или .csv, как его отдаёт система.",
        SheetFault.TRUNCATED: "Файл обрывается на середине. {nothing} Скачайте выгрузку заново.",
        SheetFault.DAMAGED: "Файл повреждён и не читается. {nothing} Скачайте выгрузку заново.",
        SheetFault.ENCRYPTED: "Файл закрыт паролем. {nothing} Снимите пароль и повторите.",
        SheetFault.TOO_BIG: "Файл слишком большой. {nothing} Сделайте выгрузку за меньший срок.",
        SheetFault.UNPACKS_TOO_BIG: (
            "Файл маленький, но распаковывается в слишком большой. {nothing} Скачайте выгрузку заново."
        ),
        SheetFault.TOO_MANY_ROWS: "В файле слишком много строк. {nothing} Сделайте выгрузку за меньший срок.",
        SheetFault.TOO_MANY_COLUMNS: "В файле слишком много столбцов. {nothing} Проверьте, тот ли это файл.",
        SheetFault.TOOK_TOO_LONG: "Файл читается слишком долго. {nothing} Сделайте выгрузку за меньший срок.",
    }
)
_BY_FOLDER: Final = "Файл больше 20 МБ можно передать через папку на сервере или командой mcu-pilot import."

_WRONG: Final[Mapping[Wrong, str]] = MappingProxyType(
    {
        Wrong.MISSING: "{column} не указано",
        Wrong.NOT_A_NUMBER: "{column} не похоже на номер",
        Wrong.ROUNDED: "{column} округлено таблицей (вида 6,1E+6), цифры потеряны",
        Wrong.NOT_A_DATE: "{column} не похоже на дату",
        Wrong.DATE_BEYOND: "{column}: год раньше 2000 или позже 2100",
        Wrong.NOT_A_DURATION: "{column} не похоже на длительность",
        Wrong.NOT_YES_NO: "{column}: ожидается «Да» или «Нет»",
        Wrong.NOT_A_MARK: "{column}: ожидается оценка от 1 до 5",
        Wrong.TOO_LONG: "{column}: вместо нескольких слов длинный текст",
        Wrong.DOUBLED: "номер повторяется",
        Wrong.CONTRADICTS: "{column}: столбец есть дважды, и значения разные",
        Wrong.SHIFTED: "ячеек не столько, сколько в шапке: похоже, строка сдвинута",
    }
)

STATE_WORDS: Final[Mapping[ImportState, str]] = MappingProxyType(
    {
        ImportState.READING: "читается",
        ImportState.ASKING_COLUMNS: "ждёт, какие столбцы читать",
        ImportState.WAITING: "ждёт решения",
        ImportState.APPLYING: "загружается",
        ImportState.APPLIED: "загружено",
        ImportState.CANCELLED: "отменено до загрузки",
        ImportState.REPLACED: "пришёл файл новее",
        ImportState.REFUSED: "не принято",
        ImportState.FAILED: "сбой",
        ImportState.UNDONE: "загрузка отменена",
    }
)


def fault_text(fault: SheetFault) -> str:
    """Why the file as a whole was left alone, and what to do."""
    return _FAULTS[fault].format(nothing=_NOTHING_LOADED)


def row_fault_text(fault: RowFault) -> str:
    """«строка 77: «Дата создания» не указано»; what stands in the cell is not told."""
    return f"строка {fault.row}: {_WRONG[fault.wrong].format(column=f'«{fault.column}»')}"


def preview(facts: ImportFacts) -> Outgoing:
    return outgoing(_SAID[facts.one.state](facts), import_keyboard(facts))


def imports(facts: ImportsFacts) -> Outgoing:
    return outgoing(_list(facts), imports_keyboard(facts))


# --- the list ----------------------------------------------------------------------------------------------------


def _list(facts: ImportsFacts) -> Iterator[Line]:
    if not facts.imports:
        yield "Загрузок ещё не было."
        yield "Выгрузку положите в папку на сервере; без столбцов с личными данными её можно прислать сюда файлом."
        return
    yield Bold("Последние загрузки")
    for one in facts.imports:
        yield _list_line(one, facts.office.plan, facts.now)
    last = facts.imports[0].id
    yield f"Показать одну: /imports {last}."
    yield f"Другой период или момент: /imports {last} 06.10–20.11 или /imports {last} 20.11 08:10."


def _list_line(one: Import, plan: OfficePlan, now: datetime) -> str:
    what = named(one.file) if one.source is None else SOURCES[one.source]
    rows = f" · строк {grouped(one.found.rows)}" if one.found.rows else ""
    figures = f": новых {grouped(one.found.new)}, изменилось {grouped(one.found.changed)}"
    counts = figures if one.state is ImportState.APPLIED and one.source is not None else ""
    return f"{one.id} · {moment(one.received_at, plan.calendar, now)} · {what}{rows} · {STATE_WORDS[one.state]}{counts}"


# --- one file, by its state --------------------------------------------------------------------------------------


def _reading(facts: ImportFacts) -> Iterator[Line]:
    job = facts.job
    if job is None or not job.done:
        yield f"Читаю {named(facts.one.file)}."
    elif job.total is None:
        yield f"Читаю {named(facts.one.file)}: строк {grouped(job.done)}."
    else:
        yield f"Читаю {named(facts.one.file)}: {grouped(job.done)} из {rows(job.total)}."
    yield "Предпросмотр придёт сюда."


def _waiting(facts: ImportFacts) -> Iterator[Line]:
    one, plan = facts.one, facts.office.plan
    yield Bold(what(facts))
    yield f"Файл: {named(one.file)}. По состоянию на {moment(one.made_at, plan.calendar, facts.now)}."
    if one.layout is LayoutKind.FIRST_ANSWERS:
        yield "Номеров в ней нет: обращения не изменятся, добавится статистика первых ответов по дням."
    else:
        yield _figures(one.found)
        if one.found.newer:
            yield f"Новее уже загружено: {grouped(one.found.newer)}, они не изменятся."
    yield from _left_out(one.found)
    yield from _vanished(one.found)
    yield from _columns(one.found)
    yield from _how_to_date(facts)


def _applying(facts: ImportFacts) -> Iterator[Line]:
    yield f"Загружаю: {what(facts, capital=False)}. Обычно это несколько секунд."


def _applied(facts: ImportFacts) -> Iterator[Line]:
    one = facts.one
    yield Bold(f"Загружено. {what(facts)}")
    yield f"По состоянию на {moment(one.made_at, facts.office.plan.calendar, facts.now)}."
    if one.layout is LayoutKind.FIRST_ANSWERS:
        yield "Обновлена статистика первых ответов, обращения не менялись."
    else:
        yield _figures(one.found)
        if one.found.newer:
            yield f"Новее уже было загружено: {grouped(one.found.newer)}, они не изменились."
        if one.found.vanished:
            yield _marked(one)
    yield f"Подтвердил: {_decided(facts)}"


def _marked(one: Import) -> str:
    if one.found.is_complete_in_doubt and not one.complete:
        return f"Пропали из выгрузки: {grouped(one.found.vanished)}, не отмечены: выгрузка могла быть неполной."
    return f"Пропали из выгрузки: {grouped(one.found.vanished)}, отмечены «на проверку»."


def _cancelled(facts: ImportFacts) -> Iterator[Line]:
    yield f"Отменено: {named(facts.one.file)}. {_NOTHING_LOADED}"
    yield f"Отменил: {_decided(facts)}"


def _replaced(facts: ImportFacts) -> Iterator[Line]:
    yield f"{named(facts.one.file)}: пришёл файл новее, этот не загружен. Предпросмотр нового — ниже."


def _refused(facts: ImportFacts) -> Iterator[Line]:
    one = facts.one
    yield f"Не принято: {named(one.file)}"
    if one.fault is not None:
        yield fault_text(one.fault)
        if one.fault is SheetFault.TOO_BIG and one.door is Door.BOT:
            yield _BY_FOLDER
    elif one.refusal is not None:
        yield from _REFUSALS[one.refusal](one)
    if one.door is Door.FOLDER:
        yield "Файл лежит в папке приёма, в подпапке «не загружено»."


def _failed(facts: ImportFacts) -> Iterator[Line]:
    yield f"Что-то сломалось у меня, не у вас: {named(facts.one.file)}. {_NOTHING_LOADED}"
    yield "Передайте файл ещё раз. Если повторится, скажите администратору время этого сообщения."


def _undone(facts: ImportFacts) -> Iterator[Line]:
    yield Bold(f"Загрузка отменена. {what(facts)}")
    yield "Обращения — как до неё."
    yield f"Отменил: {_decided(facts)}"


_SAID: Final[Mapping[ImportState, Callable[[ImportFacts], Iterator[Line]]]] = MappingProxyType(
    {
        ImportState.READING: _reading,
        ImportState.ASKING_COLUMNS: asking_lines,
        ImportState.WAITING: _waiting,
        ImportState.APPLYING: _applying,
        ImportState.APPLIED: _applied,
        ImportState.CANCELLED: _cancelled,
        ImportState.REPLACED: _replaced,
        ImportState.REFUSED: _refused,
        ImportState.FAILED: _failed,
        ImportState.UNDONE: _undone,
    }
)


# --- why a file that can be read is not taken --------------------------------------------------------------------


def _not_an_export(_: Import) -> Iterator[str]:
    yield f"Файл не похож на выгрузку ИМ или ПОС: нет столбцов «Номер» или «Номер инцидента». {_NOTHING_LOADED}"
    yield "Пришлите файл так, как его отдаёт система."


def _missing_columns(one: Import) -> Iterator[str]:
    yield f"В файле нет нужных столбцов: {listed(one.found.missing)}. {_NOTHING_LOADED}"
    yield "Сделайте выгрузку со всеми столбцами и повторите."


def _no_rows(one: Import) -> Iterator[str]:
    yield f"В файле нет строк, которые можно загрузить. {_NOTHING_LOADED}"
    yield from _left_out(one.found)
    yield "Проверьте период и муниципалитет выгрузки."


def _tells_of_residents(one: Import) -> Iterator[str]:
    yield (
        "В файле тексты и ссылки жителей: через мессенджер такое передавать нельзя. "
        "Сообщение удалено, ничего не загружено."
    )
    yield f"Личные столбцы: {listed(one.found.personal)}."
    yield (
        "Положите файл в папку на сервере или уберите личные столбцы командой mcu-pilot clean "
        "и пришлите то, что получится."
    )


_REFUSALS: Final[Mapping[ImportRefusal, Callable[[Import], Iterator[str]]]] = MappingProxyType(
    {
        ImportRefusal.NOT_AN_EXPORT: _not_an_export,
        ImportRefusal.MISSING_COLUMNS: _missing_columns,
        ImportRefusal.NO_ROWS: _no_rows,
        ImportRefusal.TELLS_OF_RESIDENTS: _tells_of_residents,
    }
)


# --- lines that several of these share ---------------------------------------------------------------------------


def _figures(found: Found) -> str:
    return f"Новых {grouped(found.new)}, изменилось {grouped(found.changed)}, без изменений {grouped(found.same)}."


def _left_out(found: Found) -> Iterator[str]:
    if found.foreign:
        yield f"Не наш муниципалитет, не загружаются: {grouped(found.foreign)}."
    if found.faulty:
        yield f"С ошибкой, не загружаются: {grouped(found.faulty)}."
        shown = found.faults[:_FAULTS_SHOWN]
        yield from (f"— {shortened(row_fault_text(fault), _FAULT_ROOM)}" for fault in shown)
        if found.faulty > len(shown) > 0:
            yield f"— и ещё {grouped(found.faulty - len(shown))}"


def _vanished(found: Found) -> Iterator[str]:
    if found.is_complete_in_doubt:
        yield (
            f"Пропали из выгрузки: {grouped(found.vanished)} из {grouped(found.in_period)}. "
            "Это много: выгрузка полная или в неё попало не всё?"
        )
    elif found.vanished:
        yield f"Пропали из выгрузки: {grouped(found.vanished)}, будут отмечены «на проверку»."


def _columns(found: Found) -> Iterator[str]:
    for says, headers in (
        ("Столбцы повторяются", found.doubled),
        ("Незнакомые столбцы, не читаются", found.unknown),
        ("Не сохраняются личные данные", found.personal),
        ("Не сохраняются имена сотрудников", found.staff),
    ):
        if headers:
            yield f"{says}: {listed(headers)}."
    if found.unfamiliar:
        words = [f"{named(word)} ({grouped(count)}, {named(header)})" for header, word, count in found.unfamiliar]
        yield f"Незнакомые слова, загрузятся как есть: {that_fit(words)}."


def _how_to_date(facts: ImportFacts) -> Iterator[str]:
    one = facts.one
    if one.first_day is not None and one.last_day is not None:
        days = period(one.first_day, one.last_day, facts)
        made = f"{facts.office.plan.calendar.local(one.made_at):%d.%m %H:%M}"
        yield f"Дата или период не те? Напишите, например: /imports {one.id} {days} или /imports {one.id} {made}"


def _decided(facts: ImportFacts) -> str:
    by, at = facts.decided_by or "должность, которой больше нет", facts.one.decided_at
    return by if at is None else f"{by}, {moment(at, facts.office.plan.calendar, facts.now)}"
