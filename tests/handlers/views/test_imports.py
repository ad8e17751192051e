"""A file with appeals has plain words for every state and fault, and all of them fit into one message."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from handlers.views.imports import STATE_WORDS, fault_text, imports, preview, row_fault_text
from handlers.views.message import LONGEST_TEXT
from risk.appeals import AppealSource
from risk.cells import Wrong
from risk.export_columns import LayoutKind
from risk.export_rows import RowFault
from risk.ids import ImportId, JobId, OfficeId
from risk.imports import ASKED_FIELDS, Asking, Door, Found, Import, ImportRefusal, ImportState
from risk.jobs import Job, JobKind
from risk.sheet_faults import SheetFault
from risk.sheets import CellKind
from risk.units import units
from risk.use_cases.import_telling import ImportFacts, ImportsFacts
from tests.handlers.builders import SATURDAY, office, titles


def test_every_fault_of_a_file_has_a_sentence_of_its_own_that_says_what_to_do() -> None:
    said = [fault_text(fault) for fault in SheetFault]
    assert len(set(said)) == len(SheetFault)
    for sentence in said:
        happened, nothing, what_to_do = sentence.split(". ")
        assert happened
        assert nothing == "Ничего не загружено"
        assert what_to_do.endswith(".")


@pytest.mark.parametrize("wrong", Wrong)
def test_every_fault_of_a_row_names_the_row(wrong: Wrong) -> None:
    said = row_fault_text(RowFault(row=77, column="Дата создания", wrong=wrong, found=CellKind.TEXT))
    assert said.startswith("строка 77: ")
    assert "None" not in row_fault_text(RowFault(row=77, column=None, wrong=Wrong.SHIFTED))


def test_the_column_is_named_where_it_is_known() -> None:
    said = row_fault_text(RowFault(row=77, column="Дата создания", wrong=Wrong.MISSING))
    assert said == "строка 77: «Дата создания» не указано"


# --- the standing message of a file ------------------------------------------------------------------------------

LONG: Final = "Очень длинный заголовок столбца с 👨‍👩‍👧 " * 4
MANY: Final = tuple(f"{LONG}{number}" for number in range(500))
FULLEST: Final = Found(
    rows=200_000,
    new=100_000,
    changed=50_000,
    same=40_000,
    foreign=5_000,
    faulty=5_000,
    vanished=9_999,
    in_period=10_000,
    faults=tuple(RowFault(row=200_000 - each, column=LONG, wrong=Wrong.CONTRADICTS) for each in range(20)),
    unknown=MANY,
    personal=MANY,
    staff=MANY,
    missing=MANY,
    doubled=MANY,
    unfamiliar=tuple((header, header[:80], 1_000) for header in MANY[:20]),
)
MODEST: Final = Found(rows=420, new=37, changed=112, same=241, foreign=28, faulty=2, personal=("Текст инцидента",))


def one(state: ImportState, **more: Any) -> Import:
    usual: dict[str, Any] = {
        "id": ImportId(12),
        "state": state,
        "door": Door.FOLDER,
        "file": "ноябрь.xlsx",
        "path": "x",
        "received_at": SATURDAY,
        "made_at": SATURDAY,
        "layout": LayoutKind.IM,
        "source": AppealSource.IM,
        "first_day": date(2026, 10, 6),
        "last_day": date(2026, 11, 20),
        "found": MODEST,
        "decided_at": SATURDAY,
    }
    return Import(**usual | more)


def facts(state: ImportState, job: Job | None = None, *, is_last: bool = True, **more: Any) -> ImportFacts:
    title = "ответственный за ИМ и ПОС"
    return ImportFacts(
        office=office(), one=one(state, **more), job=job, is_last=is_last, decided_by=title, now=SATURDAY
    )


def job(done: int, total: int | None) -> Job:
    return Job(
        id=JobId(1), office=OfficeId(3), kind=JobKind.READ_EXPORT, subject=12, attempts=1, done=done, total=total
    )


def asking(fields: int = 0, headers: tuple[str, ...] = ("№", "Когда", "О чём"), **more: Any) -> Asking:
    made = Asking(headers=headers, **more)
    for place in range(fields):
        made = made.naming(ASKED_FIELDS[place], headers[place] if place < len(headers) else None)
    return made


def every_message() -> Iterator[ImportFacts]:
    for found in (MODEST, FULLEST, Found()):
        for layout in LayoutKind:
            for state in set(ImportState) - {ImportState.ASKING_COLUMNS}:
                yield facts(state, job(4_000, 12_000), found=found, layout=layout, file="x" * 200)
        for refusal in ImportRefusal:
            yield facts(ImportState.REFUSED, refusal=refusal, found=found, door=Door.BOT)
    for fault in SheetFault:
        for door in Door:
            yield facts(ImportState.REFUSED, fault=fault, door=door, layout=None, source=None, found=Found())
    for fields in range(len(ASKED_FIELDS) + 1):
        for headers in (("№", "Когда", "О чём"), MANY):
            for source in (None, AppealSource.HAND):
                made = replace(asking(fields, headers), source=source, page=99)
                yield facts(ImportState.ASKING_COLUMNS, asking=made, layout=None, source=None)


def test_every_state_of_every_file_is_said_within_one_message_and_its_buttons() -> None:
    for each in every_message():
        said = preview(each)
        assert 0 < units(said.text) <= LONGEST_TEXT, each
        assert "None" not in said.text
        rows = [] if said.keyboard is None else said.keyboard.inline_keyboard
        assert sum(map(len, rows)) <= 60


def test_every_state_has_words_in_the_list() -> None:
    assert set(STATE_WORDS) == set(ImportState)
    of_all = ImportsFacts(
        office=office(),
        imports=[one(state, file="ф" * 90) for state in ImportState],
        last=one(ImportState.APPLIED),
        now=SATURDAY,
    )
    said = imports(of_all)
    assert units(said.text) <= LONGEST_TEXT
    assert titles(said.keyboard) == [["Отменить загрузку 12"]]


def test_a_preview_says_what_would_change_and_what_is_dropped_by_name() -> None:
    found = replace(
        MODEST,
        faults=(RowFault(row=77, column="Дата создания", wrong=Wrong.MISSING),),
        staff=("Исполнитель ФИО",),
        unknown=("Новый столбец",),
        doubled=("Тема",),
        vanished=3,
        in_period=300,
        unfamiliar=(("Статус", "Рассматривается", 12),),
    )
    assert preview(facts(ImportState.WAITING, found=found)).text.splitlines() == [
        "Выгрузка «Инцидент Менеджмент», 420 строк за 06.10–20.11",
        "Файл: «ноябрь.xlsx». По состоянию на сб 21.11, 09:02.",
        "Новых 37, изменилось 112, без изменений 241.",
        "Не наш муниципалитет, не загружаются: 28.",
        "С ошибкой, не загружаются: 2.",
        "— строка 77: «Дата создания» не указано",
        "— и ещё 1",
        "Пропали из выгрузки: 3, будут отмечены «на проверку».",
        "Столбцы повторяются: «Тема».",
        "Незнакомые столбцы, не читаются: «Новый столбец».",
        "Не сохраняются личные данные: «Текст инцидента».",
        "Не сохраняются имена сотрудников: «Исполнитель ФИО».",
        "Незнакомые слова, загрузятся как есть: «Рассматривается» (12, «Статус»).",
        "Дата или период не те? Напишите, например: /imports 12 06.10–20.11 или /imports 12 21.11 09:02",
    ]


def test_the_statistics_of_first_answers_say_that_no_appeal_changes() -> None:
    said = preview(facts(ImportState.WAITING, layout=LayoutKind.FIRST_ANSWERS, source=None)).text
    assert "обращения не изменятся" in said
    assert "Новых" not in said


def test_what_a_newer_export_has_told_of_is_counted_apart() -> None:
    found = replace(MODEST, newer=1_200)
    waiting = preview(facts(ImportState.WAITING, found=found)).text
    assert "Новее уже загружено: 1\u00a0200, они не изменятся." in waiting
    assert "Новее уже было загружено: 1\u00a0200" in preview(facts(ImportState.APPLIED, found=found)).text
    assert "Новее" not in preview(facts(ImportState.WAITING, found=MODEST)).text


def test_progress_is_told_in_rows() -> None:
    assert preview(facts(ImportState.READING)).text.startswith("Читаю «ноябрь.xlsx».")
    told = preview(facts(ImportState.READING, job(4_000, 12_000))).text
    assert told.startswith("Читаю «ноябрь.xlsx»: 4\u00a0000 из 12\u00a0000 строк.")


def test_years_are_said_where_they_are_not_this_one() -> None:
    said = preview(facts(ImportState.WAITING, first_day=date(2025, 12, 30))).text
    assert "за 30.12.2025–20.11.2026" in said


def test_only_what_may_be_pressed_has_a_button() -> None:
    doubtful = replace(MODEST, vanished=60, in_period=200)
    assert titles(preview(facts(ImportState.WAITING)).keyboard) == [["Загрузить", "Отмена"]]
    assert titles(preview(facts(ImportState.WAITING, found=doubtful)).keyboard) == [
        ["Загрузить, пропавшие не отмечать"],
        ["Загрузить: выгрузка полная"],
        ["Отмена"],
    ]
    assert titles(preview(facts(ImportState.READING)).keyboard) == [["Отмена"]]
    assert titles(preview(facts(ImportState.APPLIED)).keyboard) == [["Отменить загрузку"]]
    assert preview(facts(ImportState.APPLIED, is_last=False)).keyboard is None
    for state in set(ImportState) - {ImportState.READING, ImportState.ASKING_COLUMNS, ImportState.WAITING}:
        assert preview(facts(state, is_last=False)).keyboard is None


def test_columns_are_asked_about_one_after_another_and_a_named_one_is_not_offered_again() -> None:
    asked = preview(facts(ImportState.ASKING_COLUMNS, asking=asking(source=AppealSource.HAND)))
    assert asked.text.endswith("В каком столбце номер обращения?")
    assert titles(asked.keyboard) == [["№", "Когда"], ["О чём"], ["Заново", "Отмена"]]
    later = preview(facts(ImportState.ASKING_COLUMNS, asking=asking(2, source=AppealSource.HAND)))
    assert "Номер обращения: «№»\nДата поступления: «Когда»" in later.text
    assert titles(later.keyboard) == [["О чём"], ["Нет такого столбца"], ["Заново", "Отмена"]]
    ended = preview(facts(ImportState.ASKING_COLUMNS, asking=asking(len(ASKED_FIELDS), source=AppealSource.HAND)))
    assert titles(ended.keyboard) == [["Читать по этим столбцам"], ["Заново", "Отмена"]]


def test_a_table_of_many_columns_is_offered_page_by_page() -> None:
    made = asking(headers=tuple(f"Столбец {number}" for number in range(95)), source=AppealSource.HAND)
    first = titles(preview(facts(ImportState.ASKING_COLUMNS, asking=made)).keyboard)
    last = titles(preview(facts(ImportState.ASKING_COLUMNS, asking=replace(made, page=2))).keyboard)
    assert (first[0], first[-2]) == (["Столбец 0", "Столбец 1"], ["Дальше ›"])
    assert (last[0], last[-2]) == (["Столбец 80", "Столбец 81"], ["‹ Назад"])


def test_a_file_with_residents_in_it_is_refused_with_the_reason_and_the_way() -> None:
    said = preview(facts(ImportState.REFUSED, refusal=ImportRefusal.TELLS_OF_RESIDENTS, door=Door.BOT)).text
    assert "В файле тексты и ссылки жителей: через мессенджер такое передавать нельзя." in said
    assert "Сообщение удалено, ничего не загружено." in said
    assert "папку на сервере" in said
    assert "mcu-pilot clean" in said


def test_a_file_too_big_for_the_messenger_is_shown_the_folder() -> None:
    by_bot = preview(facts(ImportState.REFUSED, fault=SheetFault.TOO_BIG, door=Door.BOT)).text
    assert "через папку на сервере" in by_bot
    assert "через папку" not in preview(facts(ImportState.REFUSED, fault=SheetFault.TOO_BIG)).text
