"""One word for one figure: messages, buttons, papers and the export name each of them alike."""

from typing import Final

import pytest

from bot.keeping.export.report_cells import DIGEST_COLUMNS
from handlers.figure_words import FIGURE_WORDS, alone, in_row, said_of
from handlers.views.digest import digest_text
from handlers.views.papers.digest_page import digest_page
from handlers.views.summary import figure_items, figures, summary
from risk.documents import Document, Table
from risk.figures import OF_RISKS, Figure, Tally
from tests.handlers.builders import office
from tests.handlers.digested import RICH
from tests.handlers.memoed import GROUPS, memo, risk_told, section
from tests.handlers.reported import figure_facts, summary_facts

EVERY: Final = Tally(figures=dict.fromkeys(Figure, 7))
IN_THE_MEMO: Final = (Figure.NEW, Figure.REPEATED, Figure.FINISHED, Figure.OPEN, Figure.OVERDUE, Figure.DEFERRED)
OF_ANSWERS: Final = ("отвечено", "отвечен", "поступило", "зарегистрировано", "с опозданием", "срок прошёл у")
"""What some of the figures were called in the memo."""


def stems(words: str) -> set[str]:
    return {each[:4] for each in words.lower().split() if len(each) > 3}


def rows_of(document: Document) -> list[str]:
    return [str(row[0]) for block in document.blocks if isinstance(block, Table) for row in block.rows]


@pytest.mark.parametrize("figure", Figure)
def test_a_figure_is_one_word_wherever_it_stands(figure: Figure) -> None:
    words = FIGURE_WORDS[figure]
    assert stems(words.row) & stems(words.said) & stems(words.alone)


@pytest.mark.parametrize("figure", Figure)
def test_a_list_is_headed_as_the_button_that_opens_it(figure: Figure) -> None:
    offered = figures(summary_facts(EVERY)).keyboard
    assert offered is not None
    assert f"{alone(figure)} 7" in [each.text for row in offered.inline_keyboard for each in row]
    assert figure_items(figure_facts(figure)).text.startswith(f"{alone(figure)} · ")


@pytest.mark.parametrize("figure", [each for each in Figure if each not in {Figure.MARKED, Figure.SATISFIED}])
def test_a_summary_has_a_row_of_that_name(figure: Figure) -> None:
    """Marks are said as a share."""
    names = [line.removeprefix("· ").rstrip("+−0123456789 ") for line in summary(summary_facts(EVERY)).text.split("\n")]
    assert names.count(in_row(figure)) == [in_row(each) for each in Figure].count(in_row(figure))


def test_a_memo_names_them_as_the_summary_does() -> None:
    told = memo(EVERY, EVERY, cuts=GROUPS, risks=[risk_told()])
    [by_channel, *_] = [line for line in section(told, "сколько и откуда") if line.startswith("Канал")]
    assert by_channel.split(" | ")[1:] == [in_row(each).capitalize() for each in IN_THE_MEMO]
    said = "\n".join(line for title in ("Главное", "Информационные риски") for line in section(told, title)).lower()
    for figure in (*IN_THE_MEMO[:-1], Figure.RISKS_NEW, Figure.RISKS_ANSWERED, Figure.RISKS_OVERRIDDEN):
        assert said_of(figure) in said, figure


def test_a_memo_says_of_nothing_finished_that_it_was_answered() -> None:
    """What was redirected or rejected is among the finished ones."""
    told = memo(EVERY, EVERY, cuts=GROUPS, risks=[risk_told()])
    titles = ("Главное", "сколько и откуда", "Темы обращений", "качество ответов", "Информационные риски", "зоны")
    said = "\n".join(line for title in titles for line in section(told, title)).lower()
    assert [each for each in OF_ANSWERS if each in said] == []


def test_a_digest_its_page_and_the_export_name_them_as_well() -> None:
    told, page = digest_text(office(), RICH).text, rows_of(digest_page(office(), RICH))
    for figure in (Figure.NEW, Figure.FINISHED, Figure.OVERDUE, Figure.RISKS_OVERRIDDEN, Figure.RISKS_TO_VERIFY):
        assert f"{said_of(figure)} " in told, figure
        assert [each for each in page if each.startswith(said_of(figure))], figure
        if figure is not Figure.RISKS_TO_VERIFY:
            of = "Рисков" if figure in OF_RISKS else "Обращений"
            assert f"{of} {said_of(figure)}" in DIGEST_COLUMNS
