"""Every fault of a file and of a row has a plain sentence of its own."""

import pytest

from handlers.views.imports import fault_text, row_fault_text
from risk.cells import Wrong
from risk.export_rows import RowFault
from risk.sheet_faults import SheetFault
from risk.sheets import CellKind


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
