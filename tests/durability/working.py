"""Stories of working a risk, from its verification to its closure; each begins where its prologue has come to."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, Final

from tests.durability.disk import Rows
from tests.durability.mortal import MortalStage
from tests.durability.stories import MEMBER, Facts, Story
from tests.support.people import Person

LOOK_IS_DUE: Final = datetime(2026, 11, 20, 11, 30, tzinfo=UTC)
"""More than the four working hours after the answer was published on Friday morning."""

DEADLINE_IS_NEAR: Final = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
"""Less than the two hours before 14:00 at which a block is reminded of what was filed on Friday morning."""

_KINDS: Final = "select kind from events order by id"
_STATE: Final = "select state, round from risks order by id"
_RECORDS: Final = "select kind, status, filled from records order by id"


def _ivan(stage: MortalStage) -> Person:
    return stage.person("член проектного офиса 2")


def _roads(stage: MortalStage) -> Person:
    return stage.person("руководитель блока «Дороги, ЖКХ, благоустройство»")


def _head(stage: MortalStage) -> Person:
    return stage.person("руководитель МЦУ")


def _one_each(*kinds: str) -> Rows:
    return [(kind,) for kind in kinds]


def _done(*kinds: str) -> Rows:
    """Records that took effect; after that nothing of what was typed stands in them."""
    return [(kind, "done", "{}") for kind in kinds]


def _sent(*kinds: str) -> Facts:
    """Each of these notices was sent once, and there is no other of its kind."""
    names = ", ".join(f"'{kind}'" for kind in kinds)
    query = f"select kind, state from outbox where kind in ({names}) order by kind"
    return {query: [(kind, "sent") for kind in sorted(kinds)]}


# --- how far the prologues come


async def _filed(stage: MortalStage) -> None:
    await stage.person(MEMBER).says("/risk Нет воды на улице Мира третий день", where=stage.chat)
    await stage.chat.sees("ИР-1/26", "зарегистрирован")


async def _refuted(stage: MortalStage) -> None:
    await _filed(stage)
    await _verify(stage)


async def _half_drafted(stage: MortalStage) -> None:
    await _refuted(stage)
    await _begin_draft(stage)


async def _ready_to_place(stage: MortalStage) -> None:
    await _refuted(stage)
    await _draft(stage)


async def _ready_to_approve(stage: MortalStage) -> None:
    """In an office that asks approval of its answers."""
    await stage.stop_bot()
    with closing(sqlite3.connect(stage.database)) as connection:
        connection.execute("update offices set plan = json_set(plan, '$.approves_answers', json('true'))")
        connection.commit()
    await stage.start_bot()
    await _ready_to_place(stage)


async def _half_linked(stage: MortalStage) -> None:
    await _ready_to_place(stage)
    await _place(stage)
    await _begin_link(stage)


async def _half_looked_at(stage: MortalStage) -> None:
    """A confirmed risk, answered with a link, whose reaction is due; two of the questions about it are answered."""
    ivan, olga = _ivan(stage), stage.person(MEMBER)
    await _filed(stage)
    await stage.presses(ivan, "Взять на проверку", stage.chat)
    await stage.presses(ivan, "Подтвердился", stage.chat)
    await ivan.says("Водоканал подтвердил аварию")
    await _draft(stage)
    await _place(stage)
    await _link(stage)
    await stage.office_time_is(LOOK_IS_DUE)
    await olga.sees("На сегодня у вас 1", "проверка реакции")
    await stage.presses(olga, "1", olga)
    await stage.presses(olga, "Проверить реакцию", olga)
    await stage.presses(olga, "Негативная", olga)
    await stage.presses(olga, "Распространяется", olga)


async def _reminded(stage: MortalStage) -> None:
    """The head of the block hears of the verification, two hours before its deadline."""
    await _filed(stage)
    await stage.office_time_is(DEADLINE_IS_NEAR)
    await _roads(stage).sees("На сегодня у вас 1: срок сегодня 1.", "ИР-1/26 · проверка")


async def _worked_off(stage: MortalStage) -> None:
    await _half_linked(stage)
    await _close(stage)


async def _filed_and_followed(stage: MortalStage) -> None:
    await _filed(stage)
    await stage.presses(_ivan(stage), "Ещё", stage.chat)
    await stage.presses(_ivan(stage), "Сообщать мне", stage.chat)
    await stage.presses(_ivan(stage), "Назад", stage.chat)


async def _two_alike(stage: MortalStage) -> None:
    await _filed(stage)
    await _ivan(stage).says("/risk На Мира нет воды второй день", where=stage.chat)
    await stage.chat.sees("ИР-2/26", "Похоже на ИР-1/26")


# --- the steps


async def _verify(stage: MortalStage) -> None:
    ivan = _ivan(stage)
    await stage.presses(ivan, "Взять на проверку", stage.chat)
    await stage.presses(ivan, "Не подтвердился", stage.chat)
    await ivan.says("Вода есть, снимок с места")
    await stage.chat.sees("ИР-1/26", "готовится ответ", "Проверено: не подтвердился")


def _verified(_: MortalStage) -> Facts:
    return {
        _STATE: [("answering", 1)],
        _KINDS: _one_each("filed", "taken", "found"),
        _RECORDS: _done("refuted"),
        "select json_array_length(told, '$.findings') from workings": [(1,)],
    }


async def _draft(stage: MortalStage) -> None:
    await _begin_draft(stage)
    await _name_platforms(stage)


async def _begin_draft(stage: MortalStage) -> None:
    await stage.presses(_ivan(stage), "Добавить ответ", stage.chat)
    await _ivan(stage).says("Вода на улице Мира есть. Диспетчер: 8 (81669) 5-55-55.")


async def _name_platforms(stage: MortalStage) -> None:
    await _ivan(stage).says("сайт администрации")


async def _place(stage: MortalStage) -> None:
    await stage.presses(_ivan(stage), "Ответ размещён", stage.chat)
    await stage.chat.sees("Отработка ИР-1/26", "Вода на улице Мира есть")
    await stage.chat.sees("ИР-1/26", "следим за реакцией")


async def _finish_draft_and_place(stage: MortalStage) -> None:
    await _name_platforms(stage)
    await _place(stage)


def _answer_was_published(_: MortalStage) -> Facts:
    return {
        _STATE: [("watched", 1)],
        _KINDS: _one_each("filed", "taken", "found", "answer_drafted", "published"),
        _RECORDS: _done("refuted", "answer"),
        "select count(*) from workings where json_extract(told, '$.answer.published_at') is not null": [(1,)],
        **_sent("answer_reported"),
    }


async def _accept(stage: MortalStage) -> None:
    roads = _roads(stage)
    while not any("Принято в работу" in each.buttons for each in await roads.of_bot()):
        await stage.presses(roads, "1", roads)  # what only shows something is lost with the bot, and asked for again
    await stage.presses(roads, "Принято в работу", roads)
    await roads.sees("К какому числу сделаете?")
    await stage.presses(roads, "вт 24.11", roads)
    await roads.sees("записано: принято в работу")


def _accepted(_: MortalStage) -> Facts:
    """The ladder is held until the day is over, and the ledger knows that the reminder has led to something."""
    return {
        _STATE: [("filed", 1)],
        _KINDS: _one_each("filed", "accepted"),
        _RECORDS: _done("accept"),
        "select kind, json_extract(hold, '$.kind'), json_extract(hold, '$.day'), next_at from obligations": [
            ("verification", "accepted", "2026-11-24", "2026-11-25 03:00:00.000000")
        ],
        "select state, acted_at is not null, missed from nudges": [("given", 1, 0)],
        **_sent("reminder"),
    }


async def _submit_and_approve(stage: MortalStage) -> None:
    await stage.presses(_ivan(stage), "На согласование", stage.chat)
    await _head(stage).sees("ИР-1/26: ответ ждёт вашего согласования")
    await stage.presses(_head(stage), "Согласовать", _head(stage))
    await stage.chat.sees("ИР-1/26", "ответ согласован")


def _answer_was_approved(_: MortalStage) -> Facts:
    return {
        _STATE: [("approved", 1)],
        _KINDS: _one_each("filed", "taken", "found", "answer_drafted", "submitted", "approved"),
        "select count(*) from workings where json_extract(told, '$.answer.approved_at') is not null": [(1,)],
        **_sent("approval_asked"),
    }


async def _look(stage: MortalStage) -> None:
    olga = stage.person(MEMBER)
    await stage.presses(olga, "На месте", olga)
    await stage.presses(olga, "Цифр не видно", olga)
    await olga.sees("ИР-1/26: реакция неспокойная")


def _looked(_: MortalStage) -> Facts:
    return {
        _STATE: [("watched", 1)],
        f"{_KINDS} desc limit 1": _one_each("checked"),
        "select count(*) from events where kind = 'checked'": [(1,)],
        f"{_RECORDS} desc limit 1": _done("check"),
        "select json_array_length(told, '$.checks') from workings": [(1,)],
        **_sent("reminder", "return_proposed"),
    }


async def _link(stage: MortalStage) -> None:
    await _begin_link(stage)
    await _name_page(stage)


async def _begin_link(stage: MortalStage) -> None:
    await stage.presses(_ivan(stage), "Добавить ссылку", stage.chat)
    await _ivan(stage).says("https://vk.com/wall-2_9")


async def _name_page(stage: MortalStage) -> None:
    await stage.presses(_ivan(stage), "Страница органа", _ivan(stage))


async def _close(stage: MortalStage) -> None:
    """The last line that was missing is met, so closure is proposed to whoever follows the reaction."""
    olga = stage.person(MEMBER)
    await _name_page(stage)
    await olga.sees("ИР-1/26: все условия выполнены")
    await stage.presses(olga, "Отработан", olga)
    await stage.chat.sees("ИР-1/26", "отработан", "Отработан по критериям")


def _closed(_: MortalStage) -> Facts:
    return {
        _STATE: [("worked_off", 1)],
        _KINDS: _one_each("filed", "taken", "found", "answer_drafted", "published", "link_added", "worked_off"),
        _RECORDS: _done("refuted", "answer", "link"),
        "select json_array_length(told, '$.publications'), json_extract(told, '$.ending.kind') from workings": [
            (1, "criteria")
        ],
        **_sent("answer_reported", "closure_proposed"),
    }


async def _override(stage: MortalStage) -> None:
    head = _head(stage)
    await stage.presses(head, "Ещё", stage.chat)
    await stage.presses(head, "Закрыть решением", stage.chat)
    await head.says("Вопрос решён на планёрке")
    await stage.chat.sees("ИР-1/26", "закрыт решением", "Причина: Вопрос решён на планёрке")
    await _ivan(stage).sees("ИР-1/26: закрыт решением")


def _overridden(_: MortalStage) -> Facts:
    return {
        _STATE: [("overridden", 1)],
        _KINDS: _one_each("filed", "overridden"),
        _RECORDS: _done("override"),
        "select json_extract(told, '$.ending.reason') from workings": [("Вопрос решён на планёрке",)],
        **_sent("risk_followed"),
    }


async def _return(stage: MortalStage) -> None:
    olga = stage.person(MEMBER)
    await stage.presses(olga, "Вернуть в работу", stage.chat)
    await olga.says("Появилась новая запись в группе")
    await olga.says("Вопросы будут до собрания")
    await stage.chat.sees("ИР-1/26", "готовится ответ", "работа 2-й раз")


def _returned(_: MortalStage) -> Facts:
    return {
        _STATE: [("answering", 2)],
        "select kind from events order by id desc limit 2": _one_each("returned", "worked_off"),
        "select kind, status, filled from records order by id desc limit 1": _done("return"),
        "select round, json_extract(told, '$.ending.kind') from workings order by round": [(1, "criteria"), (2, None)],
        "select json_extract(told, '$.recurrence.forecast') from workings where round = 2": [
            ("Вопросы будут до собрания",)
        ],
    }


async def _merge(stage: MortalStage) -> None:
    head = _head(stage)
    await stage.presses(head, "Ещё", stage.chat)
    await stage.presses(head, "Объединить с ИР-1/26", stage.chat)
    await stage.chat.sees("ИР-2/26", "Объединён с ИР-1/26")
    await stage.chat.sees("ИР-1/26", "упоминаний: 2")


def _merged(_: MortalStage) -> Facts:
    return {
        _STATE: [("filed", 1), ("merged", 1)],
        "select risk, kind from events order by id": [(1, "filed"), (2, "filed"), (2, "merged"), (1, "took_in")],
        "select risk, json_extract(told, '$.mentions'), json_extract(told, '$.ending.into') from workings "
        "order by risk": [(1, 1, None), (2, 0, 1)],
    }


async def _mention(stage: MortalStage) -> None:
    ivan = _ivan(stage)
    await ivan.forwards("На улице Мира опять нет воды", post="pestovo_news/99")
    await ivan.sees("Похоже на ИР-1/26")
    await stage.presses(ivan, "Это тот же риск: ИР-1/26", ivan)
    await ivan.sees("Упоминание добавлено к ИР-1/26")
    await stage.chat.sees("ИР-1/26", "упоминаний: 2", "t.me/pestovo_news/99")
    await stage.person(MEMBER).sees("ИР-1/26: реакция неспокойная")


def _mentioned(_: MortalStage) -> Facts:
    return {
        _STATE: [("worked_off", 1)],
        "select kind from events order by id desc limit 2": _one_each("mentioned", "worked_off"),
        "select json_extract(told, '$.mentions') from workings": [(1,)],
        "select status from drafts order by id desc limit 1": [("joined",)],
        "select last from counters": [(1,)],
        **_sent("return_proposed"),
    }


def _told(**story: Any) -> Story:
    """A form that follows typed words, and what they have led to, go out at one moment."""
    return Story(**story, at_once=2)


WORKING: Final = (
    _told(title="a risk is verified", prologue=_filed, play=_verify, facts=_verified),
    _told(
        title="an answer is published",
        prologue=_half_drafted,
        play=_finish_draft_and_place,
        facts=_answer_was_published,
    ),
    _told(
        title="an answer is approved",
        prologue=_ready_to_approve,
        play=_submit_and_approve,
        facts=_answer_was_approved,
    ),
    _told(
        title="a reminder is answered by a named day",
        prologue=_reminded,
        play=_accept,
        facts=_accepted,
        shown=("ИР-1/26 · проверка",),
    ),
    _told(title="a look finds unrest", prologue=_half_looked_at, play=_look, facts=_looked),
    _told(title="closure is proposed and done", prologue=_half_linked, play=_close, facts=_closed),
    _told(title="a risk is closed by decision", prologue=_filed_and_followed, play=_override, facts=_overridden),
    _told(title="a risk is returned to work", prologue=_worked_off, play=_return, facts=_returned),
    _told(title="two risks become one", prologue=_two_alike, play=_merge, facts=_merged),
    _told(title="a closed risk is mentioned", prologue=_worked_off, play=_mention, facts=_mentioned),
)
"""The first fields of a record are filled in the prologues: «a risk is verified» and «… returned to work» have them."""
