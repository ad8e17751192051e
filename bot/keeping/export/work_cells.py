"""What the sheets say of working risks: a line for each round, who follows a risk, which records were opened."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.keeping.export.cells import Who, day, risk_number
from handlers.views.lists import HAPPENINGS
from handlers.views.record import KINDS
from handlers.views.register_words import ENDINGS
from handlers.views.working import OUTCOMES, PROBED, PUBLICATIONS, reach_words
from risk.records import RecordStatus
from risk.workings import Measure, Publication, Unknown, Working
from storage.mapping import AnyRow, record_of, working_of

ROUND_COLUMNS: Final = (
    "Номер", "Круг", "Проверил", "Взят на проверку, время", "Итог проверки", "На чём основан", "Вопросы", "Меры",
    "Текст ответа", "Площадки", "Ответ размещён, время", "Без публичного ответа, причина", "Публикации",
    "Проверок реакции", "Охват", "Новых упоминаний", "Следит", "Чем кончился", "Кто закончил", "Кончился, время",
    "Причина",
)  # fmt: skip
RECORD_STATUSES: Final[Mapping[RecordStatus, str]] = {
    RecordStatus.OPEN: "заполняется",
    RecordStatus.DONE: "записано",
    RecordStatus.CANCELLED: "закрыто, ничего не записано",
}


def round_cells(row: AnyRow, who: Who) -> Sequence[str]:
    working = working_of(row)
    return (
        risk_number(row),
        str(working.round),
        *_verified(working, who),
        _listed(_unknown(each, who) for each in working.unknowns),
        _listed(_measure(each, who) for each in working.measures),
        *_answered(working, who),
        _listed(_publication(each, who) for each in working.publications),
        str(len(working.checks)),
        _listed(_reach(working, who)),
        str(working.mentions),
        who.position(working.watcher),
        *_ended(working, who),
    )


def follower_cells(row: AnyRow, who: Who) -> Sequence[str]:
    return risk_number(row), who.position(row.position)


def record_cells(row: AnyRow, who: Who) -> Sequence[str]:
    record = record_of(row)
    return (
        risk_number(row),
        str(record.round),
        KINDS[record.kind],
        who.person(record.author),
        RECORD_STATUSES[record.status],
        who.moment(record.touched_at),
    )


def _verified(working: Working, who: Who) -> Sequence[str]:
    finding = working.finding
    found = ("", "") if finding is None else (OUTCOMES[finding.outcome], finding.grounds)
    return who.position(working.verifier), who.moment(working.taken_at), *found


def _answered(working: Working, who: Who) -> Sequence[str]:
    waived = "" if working.waiver is None else working.waiver.reason
    if working.answer is None:
        return "", "", "", waived
    return working.answer.text, working.answer.platforms, who.moment(working.answer.published_at), waived


def _ended(working: Working, who: Who) -> Sequence[str]:
    ending = working.ending
    if ending is None:
        return "", "", "", ""
    return HAPPENINGS[ENDINGS[ending.kind]], who.position(ending.by), who.moment(ending.at), ending.reason or ""


def _unknown(unknown: Unknown, who: Who) -> Iterator[str]:
    yield unknown.question
    yield f"{who.position(unknown.asked)}, до {day(unknown.until)}"
    if unknown.answer is not None:
        yield f"ответ: {unknown.answer}"


def _measure(measure: Measure, who: Who) -> Iterator[str]:
    yield measure.what
    yield who.position(measure.position)
    yield f"принята {who.moment(measure.taken_at)}" if measure.is_taken else f"до {day(measure.until)}"


def _publication(publication: Publication, who: Who) -> Iterator[str]:
    """With what was seen at the address: by the machine, and by whoever looked."""
    yield publication.address if publication.link else ""
    yield PUBLICATIONS[publication.kind]
    if publication.last is not None:
        yield f"{PROBED[publication.last.result]}, проверено {who.moment(publication.last.at)}"
        yield publication.last.title or ""
    if publication.changed_since is not None:
        yield f"страница изменилась {who.moment(publication.changed_since)}"
    if publication.missing_since is not None:
        yield f"не на месте с {who.moment(publication.missing_since)}"
    if publication.seen_at is not None:
        yield f"на месте {who.moment(publication.seen_at)}, проверил {who.position(publication.seen_by)}"


def _reach(working: Working, who: Who) -> Iterator[Iterator[str]]:
    """What was seen at the filing, then at each look that gave figures: one line tells how the topic spread."""
    if working.first_reach is not None:
        yield iter(("при регистрации", who.moment(working.first_reach.at), reach_words(working.first_reach.figures)))
    for check in working.checks:
        if check.reach is not None:
            yield iter((who.moment(check.at), reach_words(check.reach)))


def _listed(items: Iterator[Iterator[str]]) -> str:
    """«вопрос · должность; вопрос · должность»; what was dropped with the words leaves no gap."""
    return "; ".join(" · ".join(filter(None, each)) for each in items)
