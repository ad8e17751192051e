"""The lines about a preset loaded anew: plain Russian, one for each change, conflicts marked."""

import re
from dataclasses import fields
from typing import Any

import pytest

from bot.preset_lines import APPEAL_TERMS, PUBLICATION_KINDS, change_line, loading_lines
from handlers.views.working import PUBLICATIONS
from risk.appeal_terms import DEFAULT_TERMS
from risk.appeals import Regime
from risk.offices import Block, Level, Page, Role, Territory
from risk.preset_changes import FIRST_ANSWER, ORDER, Change, ChangeKind, Fate, appeal_terms_written
from risk.preset_loading import loading_over
from tests.risk.plans import plan
from tests.risk.test_preset_loading import CASES, Case, living

TOLD_OTHERWISE = {"key", "seats", "link"}
"""Keys and links name the thing, seats have a line of their own."""

LINES = {
    Change(kind=ChangeKind.OFFICE, key="chat_title", before="Чат", after="МЦУ-ПИЛОТ"): (
        "Название алерт-чата: было Чат, стало МЦУ-ПИЛОТ."
    ),
    Change(kind=ChangeKind.OFFICE, key="approves_answers", before="false", after="true"): (
        "Согласование ответов до размещения: было не нужно, стало нужно."
    ),
    Change(kind=ChangeKind.OFFICE, key="quiet_rule", before="both", after="either"): (
        "Какая реакция спокойная: было нет ни негатива, ни распространения, стало нет негатива или нет распространения."
    ),
    Change(
        kind=ChangeKind.OFFICE, key="counted_publications", before="body_page", after="body_page, local_media"
    ): (
        "Какие публикации засчитываются для закрытия: было страница органа, стало страница органа, местное СМИ."
    ),
    Change(kind=ChangeKind.OFFICE, key="escalation", before="", after="руководитель МЦУ → куратор"): (
        "Кто над блоками узнаёт о просроченном: было не задано, стало руководитель МЦУ → куратор."
    ),
    Change(kind=ChangeKind.OFFICE, key="nudged_at", before="09:00", after="08:30"): (
        "Час утренних напоминаний: было 09:00, стало 08:30."
    ),
    Change(kind=ChangeKind.OFFICE, key="reminds_juniors", before="false", after="true"): (
        "Узнаёт ли младший о просроченном у старшего: было нет, стало да."
    ),
    Change(kind=ChangeKind.OFFICE, key="municipalities", before="", after="Пестовский округ, Пестово"): (
        "Как муниципалитет назван в выгрузках: было не задано, стало Пестовский округ, Пестово."
    ),
    Change(kind=ChangeKind.OFFICE, key="exports_fresh_for", before="2", after="5"): (
        "Сколько рабочих дней выгрузка свежая: было 2, стало 5."
    ),
    Change(kind=ChangeKind.APPEAL_TERM, key="pos_ordinary", before="30 clock", after="20 working"): (
        "Срок, сообщение в ПОС: было дней 30 (подряд), стало дней 20 (рабочих)."
    ),
    Change(kind=ChangeKind.APPEAL_TERM, key="first_answer", before="9 working", after="24 clock"): (
        "Срок, первый ответ в ИМ: было часов 9 (рабочих), стало часов 24 (подряд)."
    ),
    Change(kind=ChangeKind.ROUTING, before="5", after="7"): "Правила распределения: было 5, стало 7.",
    Change(kind=ChangeKind.ROUTING, before="5", after="5"): "Правила распределения изменились, их по-прежнему 5.",
    Change(kind=ChangeKind.LEVEL, key="low", title="низкая", fields=("ladder",)): (
        "Уровень критичности «низкая», изменилось: порядок напоминаний."
    ),
    Change(kind=ChangeKind.PAGE, fate=Fate.ADDED, key="example.org", title="Сайт администрации"): (
        "Новая страница в реестре: Сайт администрации."
    ),
    Change(kind=ChangeKind.PAGE, fate=Fate.DROPPED, key="example.org", title="Сайт администрации"): (
        "Страницы в реестре больше нет: Сайт администрации."
    ),
    Change(kind=ChangeKind.PAGE, key="example.org", title="Сайт", fields=("title", "kind"), before="Портал"): (
        "Страница «Сайт», изменилось: название (было «Портал»), чья она."
    ),
    Change(kind=ChangeKind.PAGE, fields=(ORDER,)): "Другой порядок страниц.",
    Change(kind=ChangeKind.LEVEL, key="low", title="низкая", fields=("check_after", "may_go_unanswered")): (
        "Уровень критичности «низкая», изменилось: сроки проверок реакции, можно ли без публичного ответа."
    ),
    Change(kind=ChangeKind.ROLE, fate=Fate.ADDED, key="press", title="пресс-секретарь"): (
        "Новая должность: пресс-секретарь."
    ),
    Change(kind=ChangeKind.BLOCK, fate=Fate.DROPPED, key="press", title="Печать"): "Блока больше нет: Печать.",
    Change(kind=ChangeKind.BLOCK, key="roads", title="Дороги", fields=("title", "words"), before="Пути"): (
        "Блок «Дороги», изменилось: название (было «Пути»), слова."
    ),
    Change(kind=ChangeKind.LEVEL, fields=(ORDER,)): "Другой порядок уровней критичности.",
    Change(kind=ChangeKind.SEATS, key="clerk", title="секретарь", before="1", after="3"): (
        "Должность «секретарь»: мест было 1, стало 3."
    ),
    Change(kind=ChangeKind.ROLE, fate=Fate.KEPT_HELD, key="clerk", title="секретарь", count=2): (
        "Должности больше нет: секретарь, но она занята (мест: 2). "
        "Полномочий она больше не даёт; освободите её: /dismiss."
    ),
    Change(kind=ChangeKind.POWER, key="bind", before="head → operator", after="curator → operator"): (
        "Полномочие bind: было head → operator, стало curator → operator."
    ),
    Change(kind=ChangeKind.POWER, key="bind", after="curator → operator"): (
        "Полномочие bind: было не назначено, стало curator → operator."
    ),
    Change(kind=ChangeKind.SETTING, fate=Fate.OVERRULED, key="invitation_days", before="14", after="7"): (
        "Сколько дней действует приглашение: в чате задано 14, теперь по файлу 7."
    ),
    Change(kind=ChangeKind.SETTING, key="lateness_told", before="chat", after="private"): (
        "Где видна просрочка по блокам: было в чате, стало у тех, кто читает отчёты офиса."
    ),
    Change(kind=ChangeKind.SETTING, key="memo_on", before="never", after="friday"): (
        "День справки за неделю: было сама не приходит, стало пятница."
    ),
    Change(kind=ChangeKind.SETTING, fate=Fate.OVERRULED, key="week_begins", before="sunday", after="monday"): (
        "С какого дня неделя: в чате задано воскресенье, теперь по файлу понедельник."
    ),
    Change(kind=ChangeKind.OFFICE, key="signed_by", before="", after="руководитель МЦУ"): (
        "Кто подписывает справки: было не задано, стало руководитель МЦУ."
    ),
    Change(kind=ChangeKind.CALENDAR, key="known_until", before="2026-12-31", after="2027-12-31"): (
        "Календарь подтверждён до 31.12.2027 (было до 31.12.2026)."
    ),
    Change(kind=ChangeKind.CALENDAR, key="days", count=3): "Праздники, переносы и дни офиса: изменилось дней 3.",
}  # fmt: skip


@pytest.mark.parametrize(("change", "says"), LINES.items(), ids=LINES.values())
def test_a_change_is_said_so(change: Change, says: str) -> None:
    assert change_line(change) == says


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_whatever_changes_has_its_line_and_a_conflict_its_mark(case: Case) -> None:
    loading = loading_over(plan(), case.loaded, case.living or living())
    lines = loading_lines(loading)
    assert len(lines) == len(loading.changes)
    for line, change in zip(lines, loading.changes, strict=True):
        assert line.startswith("! " if change.is_conflict else "· ")
        assert "\n" not in line
        assert line.endswith(".")


@pytest.mark.parametrize(
    ("kind", "thing"),
    [
        (ChangeKind.ROLE, Role),
        (ChangeKind.BLOCK, Block),
        (ChangeKind.TERRITORY, Territory),
        (ChangeKind.LEVEL, Level),
        (ChangeKind.PAGE, Page),
    ],
)
def test_whatever_may_change_of_a_thing_has_a_word(kind: ChangeKind, thing: type[Any]) -> None:
    for field in fields(thing):
        if field.name not in TOLD_OTHERWISE:
            line = change_line(Change(kind=kind, key="key", title="Название", fields=(field.name,), before="Было"))
            assert line.startswith(("Должность", "Блок", "Территория", "Уровень", "Страница"))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_no_name_of_a_field_is_shown_to_people(case: Case) -> None:
    said = " ".join(loading_lines(loading_over(plan(), case.loaded, case.living or living())))
    assert not re.search(r"_|verify|title|fields|None", said)


def test_every_term_of_an_appeal_has_its_words() -> None:
    assert set(APPEAL_TERMS) == set(appeal_terms_written(DEFAULT_TERMS)) == {FIRST_ANSWER, *Regime}


def test_kinds_of_publications_are_called_as_people_read_them() -> None:
    assert dict(PUBLICATION_KINDS) == dict(PUBLICATIONS)
