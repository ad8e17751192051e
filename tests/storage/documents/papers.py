"""A paper with a block of every kind, and pictures of every kind, for tests of how they are set."""

from datetime import UTC, datetime
from typing import Final

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

MADE_AT: Final = datetime(2026, 11, 23, 6, tzinfo=UTC)
LINK: Final = "https://vk.com/wall-2_9"
SOURCE: Final = "По выгрузке ИМ от пн 23.11, 08:10, ПОС от пт 20.11, 08:10. На пн 23.11, 09:00."
LONG: Final = "Дороги, ЖКХ, благоустройство, транспорт, обращение с отходами, строительство и архитектура"
UNBREAKABLE: Final = "Водоснабжениеводоотведениетеплоснабжениегазоснабжениеэлектроснабжение"

BARS: Final = (
    Bar(label=LONG, value=31, earlier=12, is_marked=True),
    Bar(label=UNBREAKABLE, value=123_456, earlier=99),
    Bar(label="Сельские территории", value=0, earlier=0),
)
CHART: Final = BarChart(title=f"Больше всего: {LONG}", bars=BARS, source=SOURCE, legend=("за неделю", "неделей раньше"))
HEAT: Final = HeatMap(
    title=f"Больше всего: {LONG}, Пестово: 55 из 120",
    rows=(LONG, UNBREAKABLE, "прочие темы"),
    columns=("Пестово", "Охонское территориальное управление", UNBREAKABLE, "Быковское", "прочие"),
    values=((55, 0, 3, 1, 1), (1_234_567, 2, None, 0, 0), (0, 0, 0, 0, 7)),
    source=SOURCE,
    marked=(0, 0),
)
WEEKS: Final = HeatMap(
    title="Выросло",
    rows=("Дороги",),
    columns=tuple(f"{day:02}.10" for day in range(14)),
    values=(tuple(range(14)),),
    source=SOURCE,
)
BOARD: Final = Board(
    title="Просрочено 6",
    tiles=(
        Tile(label="обращения просрочены", value="6", change="−2 к пт 20.11", is_alarming=True),
        Tile(label=LONG, value="12\u00a0345\u00a0678\u00a0901", change="обычно 24"),
        Tile(label="повторных", value="3"),
    ),
    bars=BARS,
    bars_title="Просрочено по блокам",
    source=SOURCE,
)
EMPTY: Final = (
    BarChart(title="Обращений не было", bars=(), source=SOURCE),
    HeatMap(title="Обращений не было", rows=(), columns=(), values=(), source=SOURCE),
    Board(title="Тихо", tiles=(), bars=(), bars_title="", source=SOURCE),
)
PICTURES: Final = (CHART, HEAT, WEEKS, BOARD, *EMPTY)

TABLE: Final = Table(
    columns=(
        Column(title="Канал", share=3),
        Column(title="Поступило", align=Align.RIGHT),
        Column(title="Просрочено", align=Align.RIGHT),
    ),
    rows=(*((f"Канал {number}", str(number), "0") for number in range(60)), ("Всего", "1770", "0")),
    has_total=True,
)
BLOCKS: Final[tuple[Block, ...]] = (
    Paragraph(runs=(Run(text="Главе муниципального округа"),), align=Align.RIGHT),
    Paragraph(runs=(Run(text="СПРАВКА", bold=True),), align=Align.CENTRE),
    Heading(text="1. Обращения"),
    Paragraph(runs=(Run(text="Поступило 31, просрочено 6."),)),
    Heading(text="По каналам", level=2),
    TABLE,
    TABLE,
    Figure(picture=CHART),
    Bullets(items=((Run(text="ИР-12/26: "), Run(text="ответ", link=LINK)), (Run(text="ИР-13/26"),))),
    Heading(text="Предложения", level=3),
    Field(hint="предложения"),
    Signature(position="Руководитель муниципального центра управления", name="А. Б. Примерова"),
    Signature(position="Куратор", name=None),
)
PAPER: Final = Document(title="Справка за неделю 16–22.11.2026", blocks=BLOCKS)
