"""Registers as sheets of a workbook: columns in plain words, real dates, positions and no names.

Rows are worded as they are written: a sheet may have a hundred thousand of them.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final, assert_never

from handlers.russian import grouped
from handlers.views.appeal_lines import REGIMES, STATES, TO_CHECK, way_words
from handlers.views.appeals import OUTCOMES, SATISFACTIONS
from handlers.views.freshness import NO_EXPORTS, appeal_number, dated_exports
from handlers.views.ledger import REASONS
from handlers.views.lines import block_line, level_line, shown_source
from handlers.views.lists import HAPPENINGS, happening
from handlers.views.papers.naming import of_period
from handlers.views.register_words import CHANGES, ENDINGS, NUDGES, RUNGS, STAFF
from handlers.views.reminders import KINDS
from handlers.views.working import OUTCOMES as FINDINGS
from handlers.views.working import STATES as RISK_STATES
from risk.documents import Cell, Register
from risk.ids import BlockKey, PersonId, PositionId, TerritoryKey
from risk.nudges import Nudge
from risk.registers import (
    AppealHistoryLine,
    AppealLine,
    NudgeLine,
    RegisterKind,
    RegisterLine,
    RiskHistoryLine,
    RiskLine,
    StaffHistoryLine,
)
from risk.risks import RiskNumber
from risk.use_cases.registers import RegistersFacts
from risk.workings import Working

Row = tuple[Cell, ...]

_TITLES: Final[Mapping[RegisterKind, str]] = MappingProxyType(
    {
        RegisterKind.RISKS: "Риски",
        RegisterKind.APPEALS: "Обращения",
        RegisterKind.NUDGES: "Напоминания",
        RegisterKind.RISK_HISTORY: "История рисков",
        RegisterKind.APPEAL_HISTORY: "История обращений",
        RegisterKind.STAFF_HISTORY: "История состава",
    }
)
_ABOUT: Final[Mapping[RegisterKind, str]] = MappingProxyType(
    {
        RegisterKind.RISKS: "открытые в эти дни, зарегистрированные и закрытые; состояние — на момент файла",
        RegisterKind.APPEALS: "поступили не позже этих дней и не завершены раньше них; состояние — на момент файла",
        RegisterKind.NUDGES: "которым в эти дни пришло время, и чем кончилось каждое",
        RegisterKind.RISK_HISTORY: "что в эти дни происходило с каждым риском",
        RegisterKind.APPEAL_HISTORY: "каждая перемена обращений в эти дни",
        RegisterKind.STAFF_HISTORY: "кто какую должность занял или освободил в эти дни; без имён",
    }
)
_COLUMNS: Final[Mapping[RegisterKind, tuple[tuple[str, int], ...]]] = MappingProxyType(
    {
        RegisterKind.RISKS: (
            ("Номер", 12), ("Состояние", 22), ("Суть", 60), ("Источники", 40), ("Блок", 28), ("Критичность", 16),
            ("Территория", 20), ("Зарегистрировал", 28), ("Зарегистрирован", 17),
            ("Проверить до (внутренний ориентир МЦУ)", 17), ("Ответить до (внутренний ориентир МЦУ)", 17),
            ("Просрочен", 11), ("Кругов", 8), ("Итог проверки", 20), ("Текст ответа", 60), ("Ответ размещён", 17),
            ("Ссылки на публикации", 40), ("Меры", 50), ("Проверок реакции", 10), ("Чем кончился", 24),
            ("Кончился", 17), ("Причина", 40),
        ),
        RegisterKind.APPEALS: (
            ("Номер", 18), ("Порядок", 20), ("Поступило", 12), ("Канал", 16), ("Группа тем", 28), ("Тема", 40),
            ("Населённый пункт", 22), ("Блок", 28), ("Исполнитель", 32), ("Состояние", 24), ("Срок", 17),
            ("Переносов срока", 10), ("Завершено", 12), ("Итог", 18), ("Оценка", 9), ("Автор", 16), ("Повторное", 11),
            ("Перенаправлено", 28), ("Ссылка", 36),
        ),
        RegisterKind.NUDGES: (
            ("О чём", 18), ("Что нужно", 32), ("Срок", 17), ("Ступень", 18), ("Положено", 17), ("Итог", 24),
            ("Причина", 32), ("Должность", 32), ("Кто получил, если не эта должность", 34), ("Замещал", 10),
            ("Отдано", 17), ("Действие после него", 17),
        ),
        RegisterKind.RISK_HISTORY: (("Номер", 12), ("Когда", 17), ("Что", 60), ("Должность", 32)),
        RegisterKind.APPEAL_HISTORY: (
            ("Номер", 18), ("На момент", 17), ("Что", 28), ("Состояние", 24), ("Срок", 17), ("Блок", 28),
            ("№ загрузки", 10), ("Должность", 32),
        ),
        RegisterKind.STAFF_HISTORY: (("Когда", 17), ("Что", 32), ("Должность", 40), ("Чьё действие", 40)),
    }
)  # fmt: skip


class RegisterSheets:
    """Sheets of a workbook: first what the file is, then one for each kind, worded row by row."""

    def __init__(self, facts: RegistersFacts) -> None:
        self._facts = facts
        self._plan = facts.office.plan

    def about(self) -> Register:
        facts, plan = self._facts, self._plan
        blocks = facts.asked.scope.blocks
        whose = "весь офис" if blocks is None else "; ".join(filter(None, map(self._block, sorted(blocks))))
        rows: list[Row] = [
            ("Офис", plan.title),
            ("За какие дни", of_period(facts.asked.period)),
            ("Чьи данные", whose),
            ("Собрано", self._moment(facts.made_at)),
            ("Часовой пояс", plan.calendar.zone),
            ("Выгрузки", dated_exports(facts.freshest, plan, facts.made_at) or NO_EXPORTS),
            *((_TITLES[kind], f"{_ABOUT[kind]}: {grouped(count)}") for kind, count in facts.rows.items()),
        ]
        return Register(title="О файле", columns=("Что", "Сведения"), widths=(22, 90), rows=rows)

    def head(self, kind: RegisterKind) -> Register:
        """The sheet before any row of it."""
        columns = _COLUMNS[kind]
        return Register(
            title=_TITLES[kind],
            columns=tuple(title for title, _ in columns),
            widths=tuple(width for _, width in columns),
            rows=(),
        )

    def row(self, line: RegisterLine) -> Row:
        match line:
            case RiskLine():
                return self._risk(line)
            case AppealLine():
                return self._appeal(line)
            case NudgeLine():
                return self._nudge(line)
            case RiskHistoryLine(number=number, event=event):
                what = happening(event, self._plan)
                return str(number), self._moment(event.at), what, self._position(event.position)
            case AppealHistoryLine():
                return self._appeal_history(line)
            case StaffHistoryLine(event=event):
                whose = self._position(event.position), self._position(event.by)
                return self._moment(event.at), STAFF[event.kind], *whose
            case other:
                assert_never(other)

    def _risk(self, line: RiskLine) -> Row:
        risk = line.risk
        territory = self._plan.territory(None if risk.territory is None else TerritoryKey(risk.territory))
        return (
            str(risk.number),
            RISK_STATES[risk.state],
            risk.gist,
            "; ".join(each.address or shown_source(each) for each in risk.sources),
            self._block(risk.block),
            level_line(risk.level, self._plan),
            risk.territory if territory is None else territory.title,
            self._position(risk.filed_by),
            self._moment(risk.filed_at),
            self._moment(risk.verify_by),
            self._moment(risk.answer_by),
            "да" if risk.overdue_noted else None,
            len(line.rounds),
            *(self._round(line.rounds[-1]) if line.rounds else (None,) * _CELLS_OF_ROUND),
        )

    def _round(self, working: Working) -> Row:
        """The one in hand, or the last."""
        answer, ending = working.answer, working.ending
        links = "; ".join(each.address for each in working.publications if each.link)
        measures = "; ".join(f"{each.what} · {self._position(each.position)}" for each in working.measures)
        ended: Row = (None, None, None)
        if ending is not None:
            ended = HAPPENINGS[ENDINGS[ending.kind]], self._moment(ending.at), ending.reason
        return (
            None if working.finding is None else FINDINGS[working.finding.outcome],
            None if answer is None else answer.text,
            None if answer is None else self._moment(answer.published_at),
            links or None,
            measures or None,
            len(working.checks),
            *ended,
        )

    def _appeal(self, line: AppealLine) -> Row:
        case, appeal = line.case, line.case.appeal
        return (
            appeal_number(appeal.key),
            REGIMES[appeal.regime],
            appeal.created_on,
            way_words(appeal.channel),
            appeal.group,
            appeal.topic,
            appeal.settlement,
            self._block(case.block),
            appeal.department or appeal.organisation,
            TO_CHECK if case.vanished_in is not None else STATES[case.state],
            self._moment(case.due_at),
            case.extensions,
            appeal.finished_on,
            None if appeal.outcome is None else OUTCOMES[appeal.outcome],
            appeal.mark,
            None if appeal.satisfaction is None else SATISFACTIONS[appeal.satisfaction],
            "да" if appeal.repeated else None,
            None if case.redirected is None else case.redirected.to,
            appeal.link,
        )

    def _nudge(self, line: NudgeLine) -> Row:
        nudge, obligation = line.nudge, None if line.owed is None else line.owed.obligation
        about = str(line.matter) if isinstance(line.matter, RiskNumber) else line.matter and appeal_number(line.matter)
        return (
            about,
            None if obligation is None else KINDS[obligation.key.kind],
            None if obligation is None else self._moment(obligation.due_at),
            RUNGS[nudge.kind],
            self._moment(nudge.at),
            NUDGES[nudge.state],
            None if nudge.why is None else REASONS[nudge.why],
            self._position(nudge.position),
            self._other(nudge),
            "да" if nudge.deputises else None,
            self._moment(nudge.given_at),
            self._moment(nudge.acted_at),
        )

    def _appeal_history(self, line: AppealHistoryLine) -> Row:
        change = line.change
        return (
            appeal_number(line.key),
            self._moment(change.at),
            CHANGES[change.happening],
            TO_CHECK if change.vanished else STATES[change.state],
            self._moment(change.due_at),
            self._block(change.block),
            change.imported,
            self._position(change.position),
        )

    def _position(self, position: PositionId | None) -> str | None:
        return None if position is None else self._facts.titles[position]

    def _person(self, person: PersonId | None) -> str | None:
        """By what they hold now."""
        return None if person is None else "; ".join(self._facts.held.get(person, ())) or "не занимает должности"

    def _other(self, nudge: Nudge) -> str | None:
        """Whoever was told, where they do not hold the position that it is of."""
        held = () if nudge.person is None else self._facts.held.get(nudge.person, ())
        return None if self._position(nudge.position) in held else self._person(nudge.person)

    def _block(self, block: BlockKey | None) -> str | None:
        return block_line(block, self._plan) or block

    def _moment(self, at: datetime | None) -> datetime | None:
        """As clocks in the office show it: a sheet knows no zones."""
        return None if at is None else self._plan.calendar.local(at).replace(tzinfo=None)


_CELLS_OF_ROUND: Final = 9
