"""Typography of papers: what may not be torn apart, quotation marks, dashes; nothing else is touched."""

import re
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.views.papers.typography import typographic, well_set
from risk.documents import (
    Align,
    Bar,
    BarChart,
    Block,
    Board,
    Bullets,
    Column,
    Document,
    Field,
    Figure,
    Heading,
    HeatMap,
    Paragraph,
    Run,
    Signature,
    Table,
    Tile,
)

LINK = 'https://vk.com/wall-1_2?z="a" - 5'
ROUGH = '"слово" - в № 5'
SET = "«слово»\u00a0— в\u00a0№\u00a05"

pieces = st.lists(
    st.sampled_from(
        ['"', "«", "»", "„", "“", " ", "\u00a0", " - ", "–", "—", "-", "№", "§", "5", "16", "2026", "ноября", "в", "и",
         "на", "А.", "Б.", "Иванова", "г.", "т.", "д.", "тыс", "%", "слово", ",", ".", "(", ")", ":", "/", "\n",
         "https://a.ru/б в", "a@b.ru", "vk.com/x"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    ("rough", "fine"),
    [
        ("акт № 5", "акт №\u00a05"),
        ("от 20 ноября 2026 г.", "от\u00a020\u00a0ноября\u00a02026\u00a0г."),
        ("5 тыс. человек, 60 %", "5\u00a0тыс. человек, 60\u00a0%"),
        ("1 234 567", "1\u00a0234\u00a0567"),
        ("А. Б. Иванова", "А.\u00a0Б.\u00a0Иванова"),
        ("Иванова А. Б.", "Иванова\u00a0А.\u00a0Б."),
        ("вода и свет в доме", "вода и\u00a0свет в\u00a0доме"),
        ("ул. Мира, д. 5", "ул.\u00a0Мира, д.\u00a05"),
        ("то же", "то\u00a0же"),
        ('тема "Дороги"', "тема «Дороги»"),
        ('ООО "Завод "Труд""', "ООО «Завод „Труд“»"),
        ("«Завод \"Труд\"»", "«Завод „Труд“»"),
        ('труба 5" и ещё', 'труба 5" и\u00a0ещё'),
        ("вода - есть", "вода\u00a0— есть"),
        ("вода — есть", "вода\u00a0— есть"),
        ("16-22.11.2026", "16–22.11.2026"),
        ("09:00-18:00", "09:00–18:00"),
    ],
)  # fmt: skip
def test_what_belongs_together_stays_together(rough: str, fine: str) -> None:
    assert typographic(rough) == fine


@pytest.mark.parametrize(
    "kept",
    [
        "ИР-12/26",
        "59-ФЗ",
        "2026-11-20",
        "8-800-100-00-00",
        "№\u00a001-12/345",
        LINK.split(maxsplit=1)[0],
        "a-b@c.ru",
        "- пункт",
    ],
)
def test_numbers_names_and_addresses_stay_as_they_are(kept: str) -> None:
    assert typographic(kept) == kept


@given(pieces)
def test_what_is_set_well_is_left_alone(text: str) -> None:
    once = typographic(text)
    assert typographic(once) == once


@given(pieces)
def test_only_spaces_quotation_marks_and_dashes_change(text: str) -> None:
    assert _bare(typographic(text)) == _bare(text)


def test_every_text_of_a_document_is_set_and_no_address() -> None:
    run = Run(text=ROUGH, link=LINK)
    bar = Bar(label=ROUGH, value=1)
    pictures = (
        BarChart(title=ROUGH, bars=(bar,), source=ROUGH, legend=(ROUGH, ROUGH)),
        HeatMap(title=ROUGH, rows=(ROUGH,), columns=(ROUGH,), values=((1,),), source=ROUGH),
        Board(
            title=ROUGH,
            tiles=(Tile(label=ROUGH, value=ROUGH, change=ROUGH),),
            bars=(bar,),
            bars_title=ROUGH,
            source=ROUGH,
        ),
    )
    table = Table(columns=(Column(title=ROUGH, align=Align.RIGHT),), rows=((ROUGH,),))
    blocks: tuple[Block, ...] = (
        Heading(text=ROUGH),
        Paragraph(runs=(run,)),
        Bullets(items=((run,),)),
        table,
        Field(hint=ROUGH),
        Signature(position=ROUGH, name=ROUGH),
        *(Figure(picture=picture) for picture in pictures),
    )
    words = list(_texts(well_set(Document(title=ROUGH, blocks=blocks))))

    assert set(words) == {SET, LINK}
    assert words.count(LINK) == 2
    assert {well_set(picture).title for picture in pictures} == {SET}


def _texts(value: Any) -> Any:
    if is_dataclass(value):
        for each in fields(value):
            if each.name != "align":
                yield from _texts(getattr(value, each.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield value


def _bare(text: str) -> str:
    return re.sub(r"[–—]", "-", re.sub(r"[«»„“]", '"', re.sub("\u00a0", " ", text)))
