"""The samples' month end to end: on Monday at 09:00 every message, paper and picture says the same figures."""

import asyncio
import io
import re
import shutil
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import docx
import pytest
from docx.document import Document as WordDocument
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from python_calamine import CalamineWorkbook

from handlers.views.papers.digest_board import digest_board
from risk.digests import DigestKind
from storage.directory import SqlDirectory
from storage.unit_of_work import Units
from tests.journeys.steps import answered, filed, measured, placed, verified
from tests.support.people import Person, Shown
from tests.support.plain_samples import Counted, counted, sample_rows
from tests.support.programs import finished
from tests.support.stage import Stage
from tests.support.workbooks import IM_SAMPLE, POS_SAMPLE

MOSCOW: Final = ZoneInfo("Europe/Moscow")
MORNING: Final = datetime(2026, 11, 23, 9)  # noqa: DTZ001 - the office's wall clock
FRIDAY, SUNDAY, TODAY = date(2026, 11, 20), date(2026, 11, 22), date(2026, 11, 23)
NOVEMBER: Final = date(2026, 11, 1)
IN_WORK: Final = "в работе"
MOVED: Final = "отложено"

Figures = dict[str, int]


@dataclass(frozen=True)
class Morning:
    """Monday, just after 09:00. The month: samples loaded on Friday, then four risks.

    ИР-1 is answered and watched, ИР-2 was closed by decision, ИР-3 is no risk, ИР-4 is not verified yet and late.
    """

    stage: Stage
    digest: Shown

    @property
    def head(self) -> Person:
        return self.stage.person("руководитель МЦУ")

    async def summary(self, period: str) -> Shown:
        await self.head.says(f"/summary {period}")
        return await self.head.last()

    async def newest_file(self) -> bytes:
        files = [each for each in await self.head.of_bot() if (each.data["media"] or {}).get("kind") == "document"]
        answer = await self.stage.sandbox.get(f"/control/files/{files[-1].data['media']['file']}")
        assert answer.is_success, answer.text
        return answer.content

    async def memo(self, period: str) -> WordDocument:
        await self.head.says(f"/memo {period}")
        return docx.Document(io.BytesIO(await self.newest_file()))

    async def page(self) -> WordDocument:
        await self.head.presses("Страница для планёрки", on=self.digest)
        return docx.Document(io.BytesIO(await self.newest_file()))

    async def registers(self, days: str) -> Mapping[str, list[dict[str, Any]]]:
        await self.head.says(f"/export {days}")
        book = CalamineWorkbook.from_filelike(io.BytesIO(await self.newest_file()))
        sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
        return {
            name: [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]] for name, rows in sheets.items()
        }

    async def board(self) -> Figures:
        """The values that the picture is drawn of, composed of the snapshot."""
        await self.stage.stop_bot()
        async with self.stage.opened_database() as database:
            [office] = await SqlDirectory(database).offices()
            async with Units(database=database).of(office.id)() as unit:
                digest = await unit.digests.of_day(DigestKind.DAILY, TODAY)
        await self.stage.start_bot()
        assert digest is not None
        return {tile.label: number(tile.value) for tile in digest_board(office, digest).tiles}


@pytest.fixture
async def morning(stage: Stage) -> Morning:
    officer, head, olga = (
        stage.person(each) for each in ("ответственный за ИМ и ПОС", "руководитель МЦУ", "член проектного офиса 1")
    )
    for sample in (POS_SAMPLE, IM_SAMPLE):
        shutil.copy(sample, stage.exports / sample.name)
        await stage.exports_settle()
        await officer.presses("Загрузить")
    await filed(olga, stage.chat)
    await verified(olga, stage.chat)
    await measured(olga, stage.chat, "член проектного офиса 1")
    await answered(olga, stage.chat)
    await placed(olga, stage.chat)
    for serial, gist in enumerate(("Яма на дороге у школы", "Дым над полигоном", "Нет света в деревне Быково"), 2):
        await olga.says(f"/risk {gist}", where=stage.chat)
        await stage.chat.sees(f"ИР-{serial}/26", "зарегистрирован")
    for serial, button in ((2, "Закрыть решением"), (3, "Не риск")):
        await head.presses("Ещё", on=await stage.chat.sees(f"ИР-{serial}/26", "Зарегистрировал"))
        await head.presses(button, on=await stage.chat.sees(f"ИР-{serial}/26", "Зарегистрировал"))
        await head.says("Решили на планёрке")
    await stage.office_time_is(MORNING.replace(tzinfo=MOSCOW))
    return Morning(stage, await stage.chat.sees("понедельник, 23\u00a0ноября", "по состоянию на 09:0"))


def plainly(first: date, last: date) -> Counted:
    return counted(sample_rows(), first, last, MORNING)


async def test_the_digest_counts_as_the_rows_of_the_samples_do(morning: Morning) -> None:
    counts = plainly(FRIDAY, SUNDAY)
    assert of_digest(morning.digest.text) == {
        "открыто": counts.open,
        "просрочено": counts.overdue,
        "отложено": counts.deferred,
        "новых": counts.new,
        "повторных": counts.repeated,
        "завершено": counts.finished,
        "риски: открыто": 2,
        "риски: просрочено": 1,
        "риски: на проверке": 1,
        "риски: следим за реакцией": 1,
        "риски: новых": 4,
        "риски: отработано": 0,
        "риски: закрыто решением": 1,
    }


async def test_the_summary_the_page_the_picture_and_the_registers_say_what_the_digest_says(morning: Morning) -> None:
    digest = of_digest(morning.digest.text)
    days, today = [of_summary((await morning.summary(each)).text) for each in ("20.11–22.11", "сегодня")]
    assert {name: digest[name] for name in ("новых", "повторных", "завершено", "риски: новых")} == {
        "новых": days["новые"],
        "повторных": days.get("повторные", 0),
        "завершено": days["завершены"],
        "риски: новых": days["риски: новые"],
    }
    assert {name: digest[name] for name in ("открыто", "просрочено", "риски: открыто", "риски: просрочено")} == {
        "открыто": today["открыты"],
        "просрочено": today["просрочено"],
        "риски: открыто": today["риски: открыты"],
        "риски: просрочено": today["риски: просрочены"],
    }
    page = of_page(await morning.page())
    assert page.items() >= digest.items()
    registers = await morning.registers("20.11–22.11")
    assert of_registers(registers, FRIDAY, SUNDAY).items() <= digest.items()
    board = await morning.board()
    assert board == {
        "риски открыты": digest["риски: открыто"],
        "риски просрочены": digest["риски: просрочено"],
        "новые риски за пт–вс": digest["риски: новых"],
        "новые обращения за пт–вс": digest["новых"],
        "обращения просрочены": digest["просрочено"],
        "обращения отложены": digest["отложено"],
    }


async def test_the_memo_the_summary_and_the_registers_of_the_month_say_the_same(morning: Morning) -> None:
    counts = plainly(NOVEMBER, TODAY)
    told = of_summary((await morning.summary("месяц")).text)
    memo = of_memo(await morning.memo("этот месяц"))
    assert memo == {
        "Новые": counts.new,
        "Повторные": counts.repeated,
        "Завершены": counts.finished,
        "Открыты": counts.open,
        "Просрочено": counts.overdue,
        "Отложено": counts.deferred,
        "Завершены позже срока": told["позже срока"],
        "Решено": told["решено"],
        "Разъяснено": told["разъяснено"],
        "риски: новых": told["риски: новые"],
        "риски: отработано": told.get("риски: отработаны", 0),
        "риски: открыто": told["риски: открыты"],
    }
    assert [told[each] for each in ("новые", "повторные", "завершены", "открыты", "просрочено", "отложено")] == [
        counts.new,
        counts.repeated,
        counts.finished,
        counts.open,
        counts.overdue,
        counts.deferred,
    ]
    registers = of_registers(await morning.registers("01.11–23.11"), NOVEMBER, TODAY)
    assert [registers[each] for each in ("новых", "повторных", "завершено", "открыто", "просрочено", "отложено")] == [
        counts.new,
        counts.repeated,
        counts.finished,
        counts.open,
        counts.overdue,
        counts.deferred,
    ]


async def test_the_memo_reads_as_a_paper(morning: Morning) -> None:
    """Navigation sees its sections in their order; nothing gapes, sticks out of the page or was left unworded."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        memo = await morning.memo("этот месяц")
    outline = [(each.style.name, each.text) for each in memo.paragraphs if each.style and "Heading" in each.style.name]
    sections = [text for name, text in outline if name == "Heading 1"]
    assert [text.partition(".")[0] for text in sections] == [str(at) for at in range(1, len(sections) + 1)]
    assert outline[0][0] == "Heading 1"
    between = zip(memo.paragraphs, memo.paragraphs[1:], strict=False)
    gaping = [one for one, other in between if is_empty(one) and is_empty(other) and is_next(one, other)]
    assert gaping == []
    page = memo.sections[0]
    width = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    assert all(sum(column.width for column in table.columns) <= width + Pt(1) for table in memo.tables)
    words = [each.text for each in memo.paragraphs]
    words += [cell.text for table in memo.tables for row in table.rows for cell in row.cells]
    assert not [each for each in words if "None" in each or "  " in each]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice Writer")
async def test_libreoffice_opens_the_memo_without_a_warning(morning: Morning, tmp_path: Path) -> None:
    await morning.head.says("/memo этот месяц")
    paper = tmp_path / "memo.docx"
    await asyncio.to_thread(paper.write_bytes, await morning.newest_file())
    profile, into = f"-env:UserInstallation=file://{tmp_path}/profile", ("--convert-to", "pdf", "--outdir", tmp_path)
    ended = await finished("soffice", profile, "--headless", *into, paper, environment={}, folder=tmp_path)
    assert ended.code == 0, ended.said
    assert "source file could not be loaded" not in ended.said
    assert "warn" not in ended.said.lower().replace("warning: failed to launch javaldx", ""), ended.said
    assert (tmp_path / "memo.pdf").exists()


async def test_each_figure_under_the_digest_opens_exactly_as_many(morning: Morning) -> None:
    figures = [each for each in morning.digest.buttons if each != "Страница для планёрки"]
    assert len(figures) == 5, "nothing was repeated in these days"
    for button in figures:
        title, _, said = button.rpartition(" ")
        await morning.head.presses(button, on=morning.digest)
        listed = await morning.head.last()
        assert listed.text.startswith(f"{title} · ")
        assert await items_in(morning.head, listed) == number(said), button


async def test_blocks_channels_and_topics_of_the_month_sum_up_to_the_whole(morning: Morning) -> None:
    shown = await morning.summary("месяц")
    whole = of_summary(shown.text)
    for button in ("По блокам", "По каналам", "По темам"):
        await morning.head.presses(button, on=shown)
        summed: Counter[str] = Counter()
        while True:
            now = await shown.now()
            summed.update(of_groups(now.text))
            if "Дальше ›" not in now.buttons:
                break
            await morning.head.presses("Дальше ›", on=now)
        names = {"нов": "новые", "повт": "повторные", "зав": "завершены", "откр": "открыты", "проср": "просрочено"}
        assert summed == {short: whole[name] for short, name in names.items()}, button
        await morning.head.presses("Итоги", on=shown)


def is_empty(paragraph: Paragraph) -> bool:
    """Neither words, those of a field among them, nor a picture."""
    element = paragraph._p
    return not element.xpath("string(.)").strip() and not element.xpath(".//w:drawing")


def is_next(one: Paragraph, other: Paragraph) -> bool:
    """No table stands between."""
    return one._p.getnext() is other._p


def number(words: str) -> int:
    return int(re.sub(r"[\s\u00a0]", "", words))


def of_digest(text: str) -> Figures:
    """«Обращения: открыто 5 (+1 к пятнице), …» and the line under it; names of risks say that they are theirs."""
    found: Figures = {}
    prefix = ""
    for line in text.splitlines():
        head, _, rest = line.partition(": ")
        if head in {"Риски", "Обращения"}:
            prefix = "риски: " if head == "Риски" else ""
        if line.startswith("Из них "):
            rest = line.removeprefix("Из них ")
        elif head not in {"Риски", "Обращения", "За пт–вс"}:
            continue
        plain = re.sub(r" \([^)]*\)", "", rest)
        found |= {prefix + name: number(count) for name, count in re.findall(r"([^\d,]+) ([\d\u00a0]+)(?:, |$)", plain)}
    return found


def of_summary(text: str) -> Figures:
    """Rows of its tables: «· повторные   12  +3», or without the change where nothing is compared."""
    found: Figures = {}
    prefix = ""
    for line in text.splitlines():
        if line.startswith(("Риски ", "Обращения ")):
            prefix = "риски: " if line.startswith("Риски ") else ""
        row = re.fullmatch(r"(?:· )?(\D+?) +(\d[\d\u00a0]*)(?: +\S+)?", line)
        if row is not None:
            found[prefix + row[1]] = number(row[2])
    return found


def of_groups(text: str) -> Counter[str]:
    """Sums of the columns of a summary's table of appeals, which may stand in several parts."""
    found: Counter[str] = Counter()
    names: list[str] = []
    for line in text.splitlines():
        words = line.split()
        titles = [each for each in words if each in {"нов", "повт", "зав", "откр", "проср"}]
        if line.startswith("Риски"):
            break
        if titles and set(words) <= {*titles, "Обращения"}:
            names = titles
        cells = re.search(r"(?:(?:^|(?<=\s))\d[\d\u00a0]*(?:\s+|$))+$", line)
        if names and cells is not None and len(cells[0].split(" ")) >= len(names):
            numbers = cells[0].split()[-len(names) :]
            if len(numbers) == len(names):
                found.update({name: number(each) for name, each in zip(names, numbers, strict=True)})
    return found


def of_page(document: WordDocument) -> Figures:
    """Its tables by the headings above them; a stage of risks is a figure of them too."""
    found: Figures = {}
    for heading, cells in tables_of(document):
        if heading not in {"Риски", "Обращения"}:
            continue
        for name, count, *_ in cells[1:]:
            plain = re.sub(r" за пт–вс$", "", name.replace("\u00a0", " "))
            found[("риски: " if heading == "Риски" else "") + plain] = number(count)
    return found


def of_memo(document: WordDocument) -> Figures:
    found: Figures = {}
    for heading, (titles, *rows) in tables_of(document):
        if heading == "По каналам":
            found |= dict(zip(titles[1:], map(_first_number, rows[-1][1:]), strict=True))
            for_each = [sum(_first_number(row[at]) for row in rows[:-1]) for at in range(1, len(titles))]
            assert for_each == list(found.values())
        if heading == "По блокам":
            for_each = [sum(_first_number(row[at]) for row in rows[:-1]) for at in range(1, len(titles))]
            assert for_each == [_first_number(cell) for cell in rows[-1][1:]]
        wanted = {"Отложено", "Завершены позже срока", "Решено", "Разъяснено"}
        found |= {row[0]: _first_number(row[1]) for row in rows if row[0] in wanted and heading != "По каналам"}
    words = "\n".join(each.text for each in document.paragraphs).replace("\u00a0", " ")
    risks = re.search(r"Новых информационных рисков — (\d+); отработано — (\d+), открыто — (\d+)", words)
    assert risks is not None, words
    for name, count in zip(("новых", "отработано", "открыто"), risks.groups(), strict=True):
        found[f"риски: {name}"] = int(count)
    return found


def of_registers(sheets: Mapping[str, list[dict[str, Any]]], first: date, last: date) -> Figures:
    """Rows that fit: of the appeals by their own cells, of the risks by theirs."""
    appeals, risks = sheets["Обращения"], sheets["Риски"]

    def within(cell: Any) -> bool:
        day = cell.date() if isinstance(cell, datetime) else cell
        return isinstance(day, date) and first <= day <= last

    def is_open(row: dict[str, Any]) -> bool:
        return IN_WORK in row["Состояние"] or (MOVED in row["Состояние"] and not row["Завершено"])

    def is_finished(row: dict[str, Any]) -> bool:
        return within(row["Завершено"]) and not is_open(row)

    return {
        "открыто": sum(map(is_open, appeals)),
        "просрочено": sum(is_open(row) and _as_moment(row["Срок"]) <= MORNING for row in appeals),
        "отложено": sum(MOVED in row["Состояние"] and (is_open(row) or is_finished(row)) for row in appeals),
        "новых": sum(within(row["Поступило"]) for row in appeals),
        "повторных": sum(within(row["Поступило"]) and row["Повторное"] == "да" for row in appeals),
        "завершено": sum(map(is_finished, appeals)),
        "риски: новых": sum(within(row["Зарегистрирован"]) for row in risks),
        "риски: открыто": sum(not row["Кончился"] for row in risks),
    }


def tables_of(document: WordDocument) -> Iterator[tuple[str, list[list[str]]]]:
    """Each with the heading that it stands under."""
    heading = ""
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            if block.style is not None and (block.style.name or "").startswith("Heading"):
                heading = block.text.replace("\u00a0", " ")
        else:
            yield heading, [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in block.rows]


def _as_moment(cell: date) -> datetime:
    """A sheet's midnight is read as a day."""
    return cell if isinstance(cell, datetime) else datetime.combine(cell, time())


def _first_number(cell: str) -> int:
    found = re.match(r"\d[\d ]*", cell)
    assert found is not None, cell
    return number(found[0])


async def items_in(person: Person, listed: Shown) -> int:
    """Down all the leaves of the list."""
    seen = 0
    while True:
        now = await listed.now()
        seen += len(re.findall(r"^\d+\. ", now.text, re.MULTILINE))
        if "Дальше ›" not in now.buttons:
            return seen
        await person.presses("Дальше ›", on=now)
