"""The sheets of an export: which there are, what each one says in its columns; how they are written is in `writing`."""

import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Table

from bot.keeping.export.appeal_cells import (
    APPEAL_COLUMNS,
    CHANGE_COLUMNS,
    IMPORT_COLUMNS,
    appeal_cells,
    change_cells,
    import_cells,
)
from bot.keeping.export.cells import Who, day, risk_number
from bot.keeping.export.owed_cells import NUDGE_COLUMNS, OWED_COLUMNS, nudge_cells, owed_cells
from bot.keeping.export.report_cells import DIGEST_COLUMNS, PAPER_COLUMNS, digest_cells, paper_cells
from bot.keeping.export.work_cells import ROUND_COLUMNS, follower_cells, record_cells, round_cells
from handlers.views.lines import block_line, level_line, shown_source
from handlers.views.lists import happening
from handlers.views.register_words import STAFF
from handlers.views.working import STATES
from risk.events import Event
from risk.ids import BlockKey, LevelKey, PersonId, TerritoryKey
from risk.reach import FIGURES
from risk.risks import Risk
from storage import tables
from storage.exporting import OfficeView
from storage.mapping import AnyRow, event_of, risk_of, staff_event_of

Cells = Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`columns` that end in «время» get the name of the zone. `joined` is read along; a row may have no place here."""

    name: str
    about: str
    columns: Cells
    table: Table
    cells: Callable[[AnyRow, Who], Cells | None]
    joined: Table | None = None

    async def lines(self, view: OfficeView, who: Who) -> AsyncIterator[Cells]:
        async for row in view.rows(self.table, joined=self.joined):
            cells = self.cells(row, who)
            if cells is not None:
                yield cells


NOTICES: Final[Mapping[str, str]] = {
    "joined": "должность занята",
    "position_lost": "должность освобождена",
    "name_corrected": "имя для бумаг исправлено",
    "removal_failed": "не удалось исключить из алерт-чата",
    "alert_chat_bound": "алерт-чат выбран",
    "alert_chat_closed": "бот не может писать в алерт-чат",
    "absence_noted": "отмечено отсутствие",
    "absence_ended": "отсутствие закончено",
    "duty_assigned": "назначено дежурство",
    "duty_lifted": "дежурство снято",
    "duty_begins": "дежурство начинается",
    "duty_handed_over": "дежурство передано",
    "strangers_in_chat": "в алерт-чате есть посторонние",
    "answer_reported": "отчёт об ответе в алерт-чате",
    "approval_asked": "ответ ждёт согласования",
    "answer_sent_back": "ответ возвращён с замечанием",
    "unknown_asked": "вопрос о неизвестном обстоятельстве",
    "unknown_answered": "на вопрос о неизвестном обстоятельстве ответили",
    "reminder": "напоминание",
    "closure_proposed": "риск можно отметить отработанным",
    "return_proposed": "предложено вернуть риск в работу",
    "risk_followed": "состояние риска изменилось",
    "block_returned": "блок ответил, что риск не к нему",
    "appeal_approval_asked": "ответ на обращение ждёт согласования",
    "appeal_approved": "ответ на обращение согласован",
    "appeal_sent_back": "ответ на обращение возвращён",
    "appeal_returned": "блок ответил, что обращение не к нему",
    "person_unreachable": "бот не может написать сотруднику",
    "reminders_astray": "напоминания без исхода",
    "export_awaited": "ждём свежую выгрузку",
    "exports_stale": "напоминания по старой выгрузке остановлены",
    "appeals_undistributed": "есть нераспределённые обращения",
    "digest_posted": "дайджест",
    "lateness_by_block": "просрочка по блокам",
    "digest_astray": "дайджест мог не дойти",
    "paper_made": "бумага или картинка",
    "paper_failed": "справка сама не пришла",
    "message_set_aside": "сообщение не обработано",
    "remove_from_chat": "исключение из алерт-чата",
    "close_question": "вопрос закрыт",
    "remove_message": "сообщение с личными данными удалено",
    "show_commands": "меню команд",
}
OUTCOMES: Final[Mapping[str, str]] = {
    "planned": "ждёт отправки",
    "claimed": "отправляется",
    "sent": "отправлено",
    "moot": "стало не нужно",
    "refused": "Telegram отказал",
    "unknown": "неизвестно, дошло ли",
    "gone": "сообщение удалено в чате",
}
WHAT: Final[Mapping[str, str]] = {"standing": "карточка или форма", "notice": "уведомление"}


def _seat(row: AnyRow, who: Who) -> Cells:
    title = who.position(row.id)
    if row.holder is None:
        return title, "не занята", "", ""
    return title, row.official_name or "имя не указано", who.moment(row.held_since), who.moment(row.unreachable_since)


def _former(row: AnyRow, who: Who) -> Cells | None:
    if row.official_name is None or PersonId(row.id) in who.held:
        return None
    return row.official_name, who.moment(row.former_since)


def _risk(row: AnyRow, who: Who) -> Cells:
    risk = risk_of(row)
    return (
        str(risk.number),
        STATES[risk.state],
        risk.gist,
        "; ".join(each.address or shown_source(each) for each in risk.sources),
        *_classified(risk, who),
        who.position(risk.filed_by),
        who.moment(risk.filed_at),
        who.moment(risk.verify_by),
        who.moment(risk.answer_by),
        "да" if risk.overdue_noted else "нет",
    )


def _classified(risk: Risk, who: Who) -> Cells:
    suggested = "" if risk.suggested_level is None else level_line(LevelKey(risk.suggested_level), who.plan)
    territory = who.plan.territory(None if risk.territory is None else TerritoryKey(risk.territory))
    return (
        "" if risk.block is None else block_line(BlockKey(risk.block), who.plan) or risk.block,
        level_line(risk.level, who.plan),
        suggested,
        risk.territory or "" if territory is None else territory.title,
    )


def _event(row: AnyRow, who: Who) -> Cells:
    event = event_of(row)
    what, by = happening(event, who.plan), who.position(event.position)
    return risk_number(row), who.moment(event.at), what, by, _more_of(event)


def _more_of(event: Event) -> str:
    """The words in full, and whatever else is known but for what the happening has said already."""
    others = {key: value for key, value in event.facts.items() if key not in _SAID}
    return "; ".join(filter(None, (event.facts.get("text"), _facts(others))))


_SAID: Final = frozenset({"text", "outcome", "reaction", "spread", "said_role", "said_number", "what", "day", *FIGURES})


def _staff_event(row: AnyRow, who: Who) -> Cells:
    event = staff_event_of(row)
    return (
        who.moment(event.at),
        STAFF[event.kind],
        who.position(event.position),
        who.position(event.by),
        _facts(event.facts),
    )


def _facts(facts: Mapping[str, str]) -> str:
    return "; ".join(f"{key}: {value}" for key, value in facts.items())


def _setting(row: AnyRow, who: Who) -> Cells:
    return row.key, row.value, who.position(row.set_by), who.moment(row.set_at)


def _absence(row: AnyRow, who: Who) -> Cells:
    days = day(row.first_day), day(row.last_day)
    return who.person(row.person), *days, who.person(row.deputy), who.position(row.noted_by), who.moment(row.noted_at)


def _duty(row: AnyRow, who: Who) -> Cells:
    days = day(row.first_day), day(row.last_day)
    return who.position(row.position), *days, who.position(row.assigned_by), who.moment(row.assigned_at)


def _invitation(row: AnyRow, who: Who) -> Cells:
    issued_by = who.position(row.issued_by) or "администратор сервера"
    return who.position(row.position), issued_by, who.moment(row.expires_at), who.moment(row.used_at)


def _notice(row: AnyRow, who: Who) -> Cells:
    kind, state = NOTICES.get(row.kind, row.kind), OUTCOMES.get(row.state, row.state)
    return kind, who.at(row.address), state, who.moment(row.due_at), row.why or ""


def _mishap(row: AnyRow, who: Who) -> Cells:
    return who.moment(row.noted_at), WHAT.get(row.what, row.what), OUTCOMES.get(row.outcome, row.outcome), row.why or ""


def _tally(row: AnyRow, _who: Who) -> Cells:
    kind = WHAT.get(row.kind) or NOTICES.get(row.kind, row.kind)
    what = "уведомления" if row.what == "notice" else "сбои доставки"
    return day(row.day), what, kind, OUTCOMES.get(row.outcome, row.outcome), json.dumps(row.count)


SHEETS: Final = (
    Sheet(
        name="Сотрудники.csv",
        about="должности и кто их занимает; имена для бумаг есть только здесь и в следующем файле",
        columns=("Должность", "Имя для бумаг", "Занимает с, время", "Сообщения не доходят с, время"),
        table=tables.positions,
        joined=tables.people,
        cells=_seat,
    ),
    Sheet(
        name="Бывшие сотрудники.csv",
        about="имена тех, кто должности больше не занимает, пока не вышел срок их хранения",
        columns=("Имя для бумаг", "Без должности с, время"),
        table=tables.people,
        cells=_former,
    ),
    Sheet(
        name="Риски.csv",
        about="все информационные риски; у закрытых давно суть и источники удалены по сроку хранения",
        columns=(
            "Номер", "Состояние", "Суть", "Источники", "Блок", "Критичность", "Предложена критичность", "Территория",
            "Зарегистрировал", "Зарегистрирован, время", "Проверить до (внутренний ориентир МЦУ), время",
            "Разместить ответ до (внутренний ориентир МЦУ), время", "Просрочен",
        ),
        table=tables.risks,
        cells=_risk,
    ),
    Sheet(
        name="Отработка рисков.csv",
        about="как каждый риск проверен, что сделано, чем ответили и как за реакцией следили; строка на каждый круг",
        columns=ROUND_COLUMNS,
        table=tables.workings,
        joined=tables.risks,
        cells=round_cells,
    ),
    Sheet(
        name="Кто следит за рисками.csv",
        about="какие должности попросили сообщать о риске",
        columns=("Номер", "Должность"),
        table=tables.followers,
        joined=tables.risks,
        cells=follower_cells,
    ),
    Sheet(
        name="Записи.csv",
        about="что и кто начинал записывать о рисках и чем это кончилось; слова — в отработке и в истории",
        columns=("Номер", "Круг", "Запись", "Кто", "Состояние", "Изменена, время"),
        table=tables.records,
        joined=tables.risks,
        cells=record_cells,
    ),
    Sheet(
        name="Что за кем.csv",
        about="что и кому нужно по рискам и обращениям, до какого срока; исполненное удаляется по сроку хранения",
        columns=OWED_COLUMNS,
        table=tables.obligations,
        joined=tables.risks,
        cells=owed_cells,
    ),
    Sheet(
        name="Напоминания.csv",
        about="каждое напоминание и чем оно кончилось; старые удаляются по сроку хранения",
        columns=NUDGE_COLUMNS,
        table=tables.nudges,
        cells=nudge_cells,
    ),
    Sheet(
        name="История рисков.csv",
        about="что с каждым риском происходило, когда и по чьей должности",
        columns=("Номер", "Когда, время", "Что", "Должность", "Подробности"),
        table=tables.events,
        joined=tables.risks,
        cells=_event,
    ),
    Sheet(
        name="Обращения.csv",
        about="обращения, как они стоят сейчас; имён, текстов и адресов жителей бот не хранит",
        columns=APPEAL_COLUMNS,
        table=tables.appeals,
        cells=appeal_cells,
    ),
    Sheet(
        name="История обращений.csv",
        about="каждая перемена обращения и загрузка, с которой она пришла; по ней пересчитывается любой период",
        columns=CHANGE_COLUMNS,
        table=tables.appeal_changes,
        joined=tables.appeals,
        cells=change_cells,
    ),
    Sheet(
        name="Загрузки.csv",
        about="какие выгрузки приходили и чем это кончилось",
        columns=IMPORT_COLUMNS,
        table=tables.imports,
        cells=import_cells,
    ),
    Sheet(
        name="Дайджесты.csv",
        about="с какими числами выходил каждый дайджест; снимок целиком — в файле для программ",
        columns=DIGEST_COLUMNS,
        table=tables.digests,
        cells=digest_cells,
    ),
    Sheet(
        name="Бумаги.csv",
        about="какие справки, реестры и картинки готовились и для кого; самих файлов бот не хранит",
        columns=PAPER_COLUMNS,
        table=tables.papers,
        cells=paper_cells,
    ),
    Sheet(
        name="История состава.csv",
        about="кто кого приглашал, кто какую должность занял или освободил (по должностям, без имён)",
        columns=("Когда, время", "Что", "Должность", "Чьё действие", "Подробности"),
        table=tables.staff_events,
        cells=_staff_event,
    ),
    Sheet(
        name="Настройки.csv",
        about="что офис изменил в чате поверх пресета",
        columns=("Настройка", "Значение", "Кто изменил", "Когда, время"),
        table=tables.office_settings,
        cells=_setting,
    ),
    Sheet(
        name="Отсутствия.csv",
        about="кто и когда отсутствует и кто замещает; оба дня включены",
        columns=("Кто", "С", "По", "Замещает", "Кто отметил", "Отмечено, время"),
        table=tables.absences,
        cells=_absence,
    ),
    Sheet(
        name="Дежурства.csv",
        about="кто и когда дежурит; оба дня включены",
        columns=("Должность", "С", "По", "Кто назначил", "Назначено, время"),
        table=tables.duties,
        cells=_duty,
    ),
    Sheet(
        name="Приглашения.csv",
        about="выданные приглашения, без самих ссылок",
        columns=("Должность", "Кто выдал", "Действует до, время", "Использовано, время"),
        table=tables.invitations,
        cells=_invitation,
    ),
    Sheet(
        name="Уведомления.csv",
        about="что бот отправлял сам и чем это кончилось",
        columns=("Уведомление", "Кому", "Итог", "Срок, время", "Причина"),
        table=tables.outbox,
        cells=_notice,
    ),
    Sheet(
        name="Сбои доставки.csv",
        about="отправки, которые кончились необычно",
        columns=("Когда, время", "Что", "Итог", "Причина"),
        table=tables.ledger,
        cells=_mishap,
    ),
    Sheet(
        name="Итоги по дням.csv",
        about="сколько уведомлений и сбоев было в дни, за которые подробности уже удалены по сроку хранения",
        columns=("День", "Что", "Вид", "Итог", "Сколько"),
        table=tables.tallies,
        cells=_tally,
    ),
)  # fmt: skip
