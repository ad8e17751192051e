"""Which export a sheet is, what becomes of its columns, and what its rows say; by headers, never by places."""

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from risk.appeal_states import state_of
from risk.appeals import Appeal, AppealKind, AppealOutcome, AppealSource, AppealState, Regime, Satisfaction
from risk.cells import Wrong
from risk.cleaning import cleaned_rows, kept_columns
from risk.export_columns import Fate, Field, LayoutKind
from risk.export_layouts import ColumnMapping, MappingUnfit, recognise
from risk.export_rows import ExportReading, RowFault
from risk.first_answers import FirstAnswer, Importance, gathered
from risk.sheets import Cell, CellKind, Row
from tests.risk.exports import IM_ROW, MOSCOW, POS_ROW, appeal_of, fault_of, personal_cells, read
from tests.support.workbooks import (
    EVERY_SAMPLE,
    IM_SAMPLE,
    IM_TEXT_SAMPLE,
    OLDER_POS_SAMPLE,
    POS_SAMPLE,
    REGIONAL_SAMPLE,
    as_sheet,
    table_of,
)

IM_TABLE = table_of(IM_SAMPLE)
POS_TABLE = table_of(POS_SAMPLE)

TABLE = [
    ["№ карточки", "Поступило", "О чём", "Куда передано", "Как пришло", "Текст обращения", "ФИО заявителя"],
    ["12", "06.11.2026", "Ямы", "Отдел ЖКХ", "звонок", "Выдуманный текст", "Выдуманов В.В."],
]
MAPPING = ColumnMapping.of(
    AppealSource.HAND,
    {
        "№ карточки": Field.NUMBER,
        "поступило": Field.CREATED,
        "О чем": Field.TOPIC,
        "Куда передано": Field.DEPARTMENT,
        "Как пришло": Field.CHANNEL,
    },
)


# --- the samples -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sample", "layout", "source", "rows"),
    [
        (IM_SAMPLE, LayoutKind.IM, AppealSource.IM, 420),
        (IM_TEXT_SAMPLE, LayoutKind.IM, AppealSource.IM, 80),
        (POS_SAMPLE, LayoutKind.POS, AppealSource.POS, 300),
        (OLDER_POS_SAMPLE, LayoutKind.POS, AppealSource.POS, 60),
    ],
    ids=lambda value: value.stem if isinstance(value, Path) else "",
)
def test_each_sample_is_known_and_every_row_of_it_is_read(
    sample: Path, layout: LayoutKind, source: AppealSource, rows: int
) -> None:
    reading = ExportReading(as_sheet(table_of(sample)), MOSCOW)
    found = reading.recognition
    assert (found.layout, found.source, found.heading_row) == (layout, source, 1)
    assert (found.missing, found.doubled, found.headers(Fate.UNKNOWN)) == ((), (), ())
    appeals = list(reading.rows())
    assert len(appeals) == rows
    assert {type(each) for each in appeals} == {Appeal}
    assert not reading.unfamiliar


def test_every_column_of_the_im_export_has_its_fate() -> None:
    fates = Counter(column.fate for column in recognise(IM_TABLE).columns)
    assert fates == {Fate.KEPT: 17, Fate.LEFT: 16, Fate.PERSONAL: 14}
    assert sum(fates.values()) == 47


def test_personal_columns_are_told_by_name() -> None:
    assert set(recognise(IM_TABLE).headers(Fate.PERSONAL)) == {
        "Общий текст первого ответа",
        "Улица",
        "Дом",
        "Объект старый",
        "Объект",
        "Урл блога",
        "Текст инцидента",
        "1ый ответ ПИ",
        "2ой ответ ПИ",
        "3ий ответ ПИ",
        "URL автора",
        "Аккаунт публикации ответа",
        "Теги",
        "Примечание",
    }
    assert recognise(POS_TABLE).headers(Fate.STAFF) == ("ФИО координатора", "ФИО исполнителя", "ФИО руководителя")


def test_names_of_staff_alone_do_not_keep_a_file_out_of_a_messenger_and_residents_do() -> None:
    assert recognise(IM_TABLE).tells_of_residents
    assert not recognise(POS_TABLE).tells_of_residents
    assert recognise([[*POS_TABLE[0], "ФИО заявителя"]]).tells_of_residents


@pytest.mark.parametrize("sample", EVERY_SAMPLE, ids=lambda path: path.stem)
def test_nothing_personal_of_a_sample_stands_in_what_is_read_or_in_what_is_cleaned(sample: Path) -> None:
    table = table_of(sample)
    secrets = set(personal_cells(table))
    reading = ExportReading(as_sheet(table), MOSCOW)
    told = {
        str(value)
        for row in reading.rows()
        for value in (getattr(row, each.name) for each in dataclasses.fields(row))
        if isinstance(value, str)
    }
    cleaned = {cell for row in cleaned_rows(ExportReading(as_sheet(table), MOSCOW)) for cell in row}
    for said in (told, cleaned):
        assert not said & secrets
        everything = "\n".join(said)
        assert [secret for secret in secrets if len(secret) > 5 and secret in everything] == []
        assert not re.search(r"\[id|/id\d|/wall\d|reply=|[?&]|/i?gim|[А-ЯЁ]\.\s?[А-ЯЁ]\.", everything)


@pytest.mark.parametrize("sample", EVERY_SAMPLE, ids=lambda path: path.stem)
def test_a_cleaned_export_says_of_appeals_what_the_export_said(sample: Path) -> None:
    table = table_of(sample)
    reading = ExportReading(as_sheet(table), MOSCOW)
    heading = [column.header for column in kept_columns(reading.recognition)]
    assert read([heading, *cleaned_rows(reading)]) == read(table)


def test_the_sample_of_im_counts_as_a_plain_look_at_its_columns_does() -> None:
    place = {str(header): at for at, header in enumerate(IM_TABLE[0])}
    appeals = [each for each in read(IM_TABLE) if isinstance(each, Appeal)]
    done = [
        row for row in IM_TABLE[1:] if row[place["Текущий шаг инцидента"]] in {"Готово", "Оценка удовлетворенности"}
    ]
    put_off = [row for row in done if row[place["Итог"]] == "Отложено"]
    states = Counter(map(state_of, appeals))
    assert states[AppealState.DEFERRED] == len(put_off)
    assert states[AppealState.ANSWERED] == len(done) - len(put_off)
    assert states[AppealState.OPEN] == len(appeals) - len(done)
    public = [
        row
        for row in IM_TABLE[1:]
        if re.search(r"/wall-|//t\.me/\w+/\d+$|/group/\d+/topic", str(row[place["Урл поста"]]))
    ]
    assert sum(1 for each in appeals if each.post) == len(public)


# --- headers, however they are written ---------------------------------------------------------------------------


@st.composite
def _mangled(draw: st.DrawFn, header: str) -> str:
    changes: list[Callable[[str], str]] = [str.upper, str.lower, str.title, str]
    change = draw(st.sampled_from(changes))
    gap = draw(st.sampled_from(["  ", "\u00a0", "\n", " "]))
    changed = change(header).replace(" ", gap)
    swapped = changed.replace("е", "ё", 1) if draw(st.booleans()) else changed
    return draw(st.sampled_from(["", " ", "'"])) + swapped + draw(st.sampled_from(["", " ", ":", "*"]))


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(["im", "pos"]))
def test_columns_may_come_in_any_order_case_and_spacing_with_others_among_them(data: st.DataObject, which: str) -> None:
    table = (IM_TABLE if which == "im" else POS_TABLE)[:4]
    order = data.draw(st.permutations(range(len(table[0]))))
    shuffled: list[list[Cell]] = [[row[place] for place in order] for row in table]
    shuffled[0] = [data.draw(_mangled(str(header))) for header in shuffled[0]]
    for row, new in zip(shuffled, ["Новый столбец", "а", "б", "в"], strict=True):
        row.insert(3, new)
    assert read(shuffled) == read(table)
    assert recognise(shuffled).headers(Fate.UNKNOWN) == ("Новый столбец",)


@pytest.mark.parametrize("rows_above", [1, 3, 12])
def test_titles_merged_cells_and_empty_rows_may_stand_above_the_heading(rows_above: int) -> None:
    titles: list[Row] = [["Выгрузка за ноябрь"], *([["", ""]] * (rows_above - 1))]
    plain: list[Sequence[Cell]] = [list(IM_ROW), list(IM_ROW.values())]
    assert read([*titles, *plain]) == read(plain)
    fault = read([*titles, list(IM_ROW), ["сбой", *list(IM_ROW.values())[1:]]])[0]
    assert isinstance(fault, RowFault)
    assert fault.row == rows_above + 2


def test_a_row_of_column_numbers_and_empty_rows_are_no_appeals() -> None:
    numbers = [float(place) for place in range(1, len(IM_ROW) + 1)]
    empty = [""] * len(IM_ROW)
    assert len(read([list(IM_ROW), numbers, list(IM_ROW.values()), empty, []])) == 1


@pytest.mark.parametrize("header", ["Номер инцидента", "Дата создания", "Текущий шаг инцидента"])
def test_a_needed_column_that_is_missing_is_named_and_nothing_is_read(header: str) -> None:
    row = {name: cell for name, cell in IM_ROW.items() if name != header}
    found = recognise([list(row)])
    assert found.layout is LayoutKind.IM
    assert found.missing == (header,)
    assert read([list(row), list(row.values())]) == []


@pytest.mark.parametrize("header", [name for name in POS_ROW if name not in {"Номер", "Дата поступления", "Статус"}])
def test_without_any_other_column_the_rest_is_read(header: str) -> None:
    row = {name: cell for name, cell in POS_ROW.items() if name != header}
    assert appeal_of(row).number == "6100013"


def test_of_a_doubled_column_the_cell_with_a_value_counts_and_two_values_are_a_fault() -> None:
    heading = [*IM_ROW, "ТЕМА"]
    cells = list(IM_ROW.values())
    without = ["" if cell == "Ямы" else cell for cell in cells]
    assert recognise([heading]).doubled == ("Тема", "ТЕМА")
    (same,), (other,) = read([heading, [*cells, "Ямы"]]), read([heading, [*without, "Свет"]])
    assert isinstance(same, Appeal)
    assert isinstance(other, Appeal)
    assert (same.topic, other.topic) == ("Ямы", "Свет")
    (fault,) = read([heading, [*cells, "Свет"]])
    assert fault == RowFault(row=2, column="Тема", wrong=Wrong.CONTRADICTS, found=CellKind.TEXT, number="700000")


def test_a_doubled_personal_column_is_dropped_twice() -> None:
    heading = [*IM_ROW, "Текст инцидента", "текст инцидента"]
    assert recognise([heading]).headers(Fate.PERSONAL) == ("Текст инцидента", "текст инцидента")


@pytest.mark.parametrize(
    ("header", "fate"),
    [
        ("ФИО заявителя", Fate.PERSONAL),
        ("Телефон", Fate.PERSONAL),
        ("E-mail автора", Fate.PERSONAL),
        ("Адрес объекта", Fate.PERSONAL),
        ("Текст сообщения", Fate.PERSONAL),
        ("4ый ответ ПИ", Fate.PERSONAL),
        ("ФИО модератора", Fate.STAFF),
        ("Важность", Fate.UNKNOWN),
    ],
)
def test_a_new_column_that_sounds_personal_is_dropped_by_name(header: str, fate: Fate) -> None:
    found = recognise([[*IM_ROW, header]])
    assert found.columns[-1].fate is fate


@pytest.mark.parametrize("head", [[], [[]], [["", None]], [["Имя", "Сумма"], ["а", 5.0]], [["Тема", "Отдел"]]])
def test_a_table_of_something_else_is_no_export(head: list[Row]) -> None:
    found = recognise(head)
    assert found.layout is None
    assert not found.is_usable


# --- what a row of ИМ says ---------------------------------------------------------------------------------------


def test_a_row_of_im_says_all_that_is_kept() -> None:
    assert appeal_of(IM_ROW) == Appeal(
        source=AppealSource.IM,
        number="700000",
        regime=Regime.IM,
        created_on=date(2026, 11, 6),
        created_at=datetime(2026, 11, 5, 23, 51, 43, tzinfo=UTC),
        channel="vk.com",
        group="Дороги",
        topic="Ямы",
        kind=AppealKind.SOLVABLE,
        settlement="деревня Вятка",
        municipality="Пестовский округ",
        department="Администрация",
        executor="Отдел ЖКХ",
        finished_on=date(2026, 11, 8),
        finished_at=datetime(2026, 11, 8, 14, 15, 37, tzinfo=UTC),
        first_answered_at=datetime(2026, 11, 7, 6, 20, 47, tzinfo=UTC),
        first_answer_in_norm=True,
        first_answer_time=timedelta(hours=1, minutes=26),
        step="Готово",
        outcome=AppealOutcome.SOLVED,
        mark=5,
        post="vk.com/wall-1_2",
    )


@pytest.mark.parametrize(
    ("reason", "mark", "satisfaction"),
    [
        ("5", 5, None),
        (1.0, 1, None),
        ("Автор доволен", None, Satisfaction.PLEASED),
        ("Автор нейтрален", None, Satisfaction.NEUTRAL),
        ("Автор недоволен", None, Satisfaction.DISPLEASED),
        ("Нет ответа от автора", None, Satisfaction.SILENT),
        ("Дальнейший диалог нецелесообразен", None, Satisfaction.POINTLESS),
        ("", None, None),
    ],
)
def test_the_reason_of_closing_is_a_mark_or_what_the_author_thinks(
    reason: Cell, mark: int | None, satisfaction: Satisfaction | None
) -> None:
    found = appeal_of({**IM_ROW, "Причина закрытия": reason})
    assert (found.mark, found.satisfaction) == (mark, satisfaction)


def test_an_unfamiliar_word_of_a_closed_list_is_counted_and_loses_no_appeal() -> None:
    rows: list[list[Cell]] = [list(IM_ROW)]
    for number in range(3):
        row = {**IM_ROW, "Номер инцидента": number, "Итог": "Передано", "Текущий шаг инцидента": "Проверка"}
        rows.append(list(row.values()))
    reading = ExportReading(as_sheet(rows), MOSCOW)
    outcomes = [row.outcome for row in reading.rows() if isinstance(row, Appeal)]
    assert outcomes == [AppealOutcome.OTHER] * 3
    assert reading.unfamiliar == {("Итог", "Передано"): 3, ("Текущий шаг инцидента", "Проверка"): 3}


@pytest.mark.parametrize("word", ["тел. 8 911 000-00-00", "см. vk.com/id5", "Слово " * 30, "[id5|Выдуманов]"])
def test_an_unfamiliar_word_that_may_be_more_than_a_word_is_not_told(word: str) -> None:
    row = {**IM_ROW, "Итог": word[:190]}
    reading = ExportReading(as_sheet([list(row), list(row.values())]), MOSCOW)
    assert len(list(reading.rows())) == 1
    assert not reading.unfamiliar


def test_a_personal_wall_leaves_its_network_alone() -> None:
    found = appeal_of({**IM_ROW, "Урл поста": "http://vk.com/wall5_6?reply=7"})
    assert (found.channel, found.post, found.link) == ("vk.com", None, None)


def test_an_executor_who_is_a_person_is_not_kept() -> None:
    assert appeal_of({**IM_ROW, "Исполнитель": "Выдуманов В.В."}).executor is None


# --- what a row of ПОС says --------------------------------------------------------------------------------------


def test_a_row_of_pos_says_all_that_is_kept() -> None:
    assert appeal_of(POS_ROW) == Appeal(
        source=AppealSource.POS,
        number="6100013",
        regime=Regime.POS_ORDINARY,
        created_on=date(2026, 11, 9),
        channel="EPGU",
        group="Мусор",
        topic="Свалка",
        organisation="Администрация округа",
        planned_on=date(2026, 11, 18),
        step="Назначен исполнитель",
    )


@pytest.mark.parametrize(
    ("changed", "regime"),
    [
        ({"ФЗ": "59-ФЗ"}, Regime.LAW_59),
        ({"ФЗ": "59-ФЗ", "Фаст-трек": "Да"}, Regime.LAW_59),
        ({"ФЗ": "-", "Заявитель выбрал подачу по 59-ФЗ": "Да"}, Regime.LAW_59),
        ({"Фаст-трек": "Да"}, Regime.POS_FAST_TRACK),
        ({"Фаст-трек": "-"}, Regime.POS_ORDINARY),
    ],
)
def test_the_law_comes_before_the_track(changed: Mapping[str, Cell], regime: Regime) -> None:
    assert appeal_of({**POS_ROW, **changed}).regime is regime


def test_marks_repeats_and_outcomes_of_pos_are_read() -> None:
    found = appeal_of(
        {**POS_ROW, "Оценка ответа заявителем": "4", "Повторное рассмотрение": "Да", "Тип решения": "Отказано"}
    )
    assert (found.mark, found.repeated, found.outcome) == (4, True, AppealOutcome.REFUSED)


def test_dates_are_of_the_offices_zone() -> None:
    row = {**IM_ROW, "Дата создания": "2026-11-06 02:51:43"}
    (found,) = ExportReading(as_sheet([list(row), list(row.values())]), ZoneInfo("Asia/Yekaterinburg")).rows()
    assert isinstance(found, Appeal)
    assert found.created_on == date(2026, 11, 6)
    assert found.created_at == datetime(2026, 11, 5, 21, 51, 43, tzinfo=UTC)


# --- faults ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "cell", "wrong", "kind"),
    [
        ("Номер инцидента", "", Wrong.MISSING, CellKind.EMPTY),
        ("Номер инцидента", "7,0E+05", Wrong.ROUNDED, CellKind.TEXT),
        ("Дата создания", "", Wrong.MISSING, CellKind.EMPTY),
        ("Дата создания", "-", Wrong.MISSING, CellKind.EMPTY),
        ("Дата создания", "вчера", Wrong.NOT_A_DATE, CellKind.TEXT),
        ("Дата создания", date(1900, 1, 1), Wrong.DATE_BEYOND, CellKind.DATE),
        ("Дата окончания", "9999-12-31 00:00:00", Wrong.DATE_BEYOND, CellKind.TEXT),
        ("Дата окончания", 46000.0, Wrong.NOT_A_DATE, CellKind.NUMBER),
        ("Уложились или нет после назн. ПИ", "Почти", Wrong.NOT_YES_NO, CellKind.TEXT),
        ("Тема", "Снова не вывозят мусор. " * 20, Wrong.TOO_LONG, CellKind.TEXT),
    ],
)
def test_a_fault_names_the_row_and_the_column_and_of_the_cell_its_kind_alone(
    header: str, cell: Cell, wrong: Wrong, kind: CellKind
) -> None:
    fault = fault_of({**IM_ROW, header: cell})
    number = None if header == "Номер инцидента" else "700000"
    assert fault == RowFault(row=2, column=header, wrong=wrong, found=kind, number=number)


def test_a_mark_beyond_five_is_a_fault() -> None:
    assert fault_of({**POS_ROW, "Оценка ответа заявителем": 7.0}).wrong is Wrong.NOT_A_MARK


def test_a_number_that_was_in_an_earlier_row_is_a_fault() -> None:
    rows: list[Sequence[Cell]] = [list(IM_ROW), list(IM_ROW.values()), list(IM_ROW.values())]
    first, second = read(rows)
    assert isinstance(first, Appeal)
    assert isinstance(second, RowFault)
    assert (second.row, second.column, second.wrong) == (3, "Номер инцидента", Wrong.DOUBLED)
    assert second.number == first.number


@pytest.mark.parametrize("change", ["longer", "shorter"])
def test_a_row_whose_cells_were_moved_by_a_separator_in_a_text_is_a_fault(change: str) -> None:
    cells = list(IM_ROW.values())
    moved = [*cells[:4], "Выдуманный", *cells[4:]] if change == "longer" else cells[:-1]
    assert read([list(IM_ROW), moved]) == [RowFault(row=2, column=None, wrong=Wrong.SHIFTED, number="700000")]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_whatever_stands_in_the_cells_a_row_is_an_appeal_or_a_fault(data: st.DataObject) -> None:
    cells = st.one_of(
        st.text(max_size=30),
        st.floats(),
        st.integers(),
        st.booleans(),
        st.none(),
        st.dates(),
        st.datetimes(),
        st.timedeltas(),
        st.sampled_from(list(IM_ROW.values())),
    )
    row = [data.draw(cells) for _ in IM_ROW]
    found = read([list(IM_ROW), row])
    assert all(isinstance(each, Appeal | RowFault) for each in found)
    assert len(found) <= 1


# --- the regional sheet ------------------------------------------------------------------------------------------


def test_the_sheet_without_numbers_gives_statistics_and_no_appeals() -> None:
    table = table_of(REGIONAL_SAMPLE)
    found = recognise(table)
    assert (found.layout, found.source, found.missing) == (LayoutKind.FIRST_ANSWERS, None, ())
    rows = read(table)
    assert {type(row) for row in rows} == {FirstAnswer}
    statistics = gathered(row for row in rows if isinstance(row, FirstAnswer))
    assert sum(group.total for group in statistics) == len(table) - 1
    assert sum(len(group.times) for group in statistics) == sum(1 for row in table[1:] if row[4])
    by_importance = Counter[Importance | None]()
    for group in statistics:
        by_importance[group.importance] += group.total
    assert by_importance == {Importance.HIGH: 22, Importance.DIRECT: 22, Importance.ORDINARY: 16}
    created = [datetime.strptime(str(row[3]), "%d.%m.%Y %H:%M:%S").replace(tzinfo=MOSCOW).date() for row in table[1:]]
    assert {group.day for group in statistics} == set(created)


def test_statistics_of_nothing_are_empty() -> None:
    assert gathered(()) == ()


def test_an_im_export_with_importance_in_it_is_still_one_of_appeals() -> None:
    heading = [*IM_ROW, "Важность", "Время до ответа, ч:м:с"]
    assert recognise([heading]).layout is LayoutKind.IM


# --- a plain table -----------------------------------------------------------------------------------------------


def test_a_plain_table_is_read_by_the_mapping_that_somebody_confirmed() -> None:
    assert recognise(TABLE).layout is None
    found = recognise(TABLE, [MAPPING])
    assert (found.layout, found.source) == (LayoutKind.MAPPED, AppealSource.HAND)
    assert found.headers(Fate.PERSONAL) == ("Текст обращения", "ФИО заявителя")
    assert read(TABLE, [MAPPING]) == [
        Appeal(
            source=AppealSource.HAND,
            number="12",
            regime=Regime.BY_HAND,
            created_on=date(2026, 11, 6),
            channel="звонок",
            topic="Ямы",
            department="Отдел ЖКХ",
        )
    ]


def test_a_table_that_is_not_known_shows_its_headers_to_whoever_maps_it() -> None:
    found = recognise([["Журнал"], *TABLE])
    assert found.heading_row == 2
    assert found.headers(Fate.UNKNOWN) == ("№ карточки", "Поступило", "О чём", "Куда передано", "Как пришло")


def test_a_mapping_does_not_fit_a_table_that_lacks_one_of_its_headers() -> None:
    assert recognise([TABLE[0][1:], TABLE[1][1:]], [MAPPING]).layout is None


def test_a_known_export_comes_before_a_mapping() -> None:
    mapping = ColumnMapping.of(AppealSource.HAND, {"Номер": Field.NUMBER, "Дата поступления": Field.CREATED})
    assert recognise(POS_TABLE, [mapping]).layout is LayoutKind.POS


@pytest.mark.parametrize(
    "headers",
    [
        {"№": Field.NUMBER},
        {"Номер": Field.NUMBER, "Дата": Field.CREATED, "Дата 2": Field.CREATED},
        {"Номер": Field.NUMBER, "Дата": Field.CREATED, "Текст обращения": Field.TOPIC},
        {"Номер": Field.NUMBER, "Дата": Field.CREATED, "Улица": Field.SETTLEMENT},
        {"Номер": Field.NUMBER, "Дата": Field.CREATED, "Время": Field.ANSWER_TIME},
    ],
)
def test_a_mapping_needs_number_and_date_and_no_personal_column(headers: Mapping[str, Field]) -> None:
    with pytest.raises(MappingUnfit):
        ColumnMapping.of(AppealSource.HAND, headers)
