"""The digest in words: what each line says, what is left out, and that it stays short."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers.callbacks.reports import DigestAgain, DigestPage, FigureItems
from handlers.views.digest import digest_astray, digest_read, digest_text, lateness_by_block
from handlers.views.message import LONGEST_TEXT, Outgoing
from handlers.views.papers.digest_board import digest_board
from handlers.views.papers.digest_page import digest_page
from risk.appeals import AppealSource
from risk.digests import UNSTORED, Digest, Missed
from risk.figures import Figure, Tally
from risk.notices import NoticeState, Told
from risk.periods import Period
from risk.report_terms import LatenessTold
from risk.units import units
from risk.use_cases.digesting import DigestRead
from tests.handlers.builders import HOSTILE, ROADS, office, plan
from tests.handlers.digested import EVERYTHING_MISSED, FRIDAY_EXPORT, MONDAY, QUIET, RICH, late

HOUR = timedelta(hours=1)


def lines(digest: Digest) -> Sequence[str]:
    return digest_text(office(), digest).text.splitlines()


def pressed(said: Outgoing) -> list[str | None]:
    rows = [] if said.keyboard is None else said.keyboard.inline_keyboard
    return [each.callback_data for row in rows for each in row]


def test_it_stands_alone_when_it_is_forwarded() -> None:
    """Whose it is, of which day, as of when, by which exports."""
    first, *_, last = lines(RICH)
    assert first == "МЦУ Заречного округа · понедельник, 23\u00a0ноября · по состоянию на 09:00"
    assert last == "Данные: ИМ на пн 23.11, 08:10, ПОС на пт 20.11, 08:10 (ждём свежую)"


@pytest.mark.parametrize(
    ("before", "why"),
    [
        (set(), "ИМ и ПОС: выгрузка загружена впервые, обращения с прошлым дайджестом не сравниваем"),
        ({AppealSource.POS}, "ИМ: выгрузка загружена впервые, обращения с прошлым дайджестом не сравниваем"),
    ],
)
def test_what_the_first_export_of_a_source_brought_is_growth_nowhere_and_why_is_said(
    before: set[AppealSource], why: str
) -> None:
    first = replace(RICH, exported_before=frozenset(before))
    assert lines(first)[1] == "Риски: открыто 5 (+1 к пятнице), просрочено 1"
    assert lines(first)[4:6] == ["Обращения: открыто 118, просрочено 6, отложено 4", f"{why}."]
    board, page = digest_board(office(), first), str(digest_page(office(), first))
    assert board.title == "Просрочено 6 обращений"
    assert [tile.change for tile in board.tiles if "просрочены" in tile.label] == ["", ""]
    assert why in board.source
    assert why in page
    assert "−9" not in page


def test_what_a_load_that_was_taken_back_had_brought_is_no_decline() -> None:
    without = replace(RICH, exports={AppealSource.POS: FRIDAY_EXPORT})
    assert lines(without)[5] == "ИМ: загрузка отменена, обращения с прошлым дайджестом не сравниваем."


def test_what_stands_opens_with_the_days_that_it_counts_and_till_the_day_of_the_digest() -> None:
    """«Отложено» holds what was finished on Friday by a promise."""
    opened = [FigureItems.unpack(each) for each in pressed(digest_text(office(), RICH)) if each and each[:3] == "fi:"]
    days = {each.figure: (each.first, each.last) for each in opened}
    friday, monday = RICH.period.first.toordinal(), RICH.day.toordinal()
    assert days[Figure.DEFERRED] == (friday, monday)
    assert days[Figure.OVERDUE] == days[Figure.RISKS_OPEN] == (monday, monday)
    assert days[Figure.NEW] == days[Figure.REPEATED] == (friday, monday - 1)


def test_it_tells_of_risks_and_appeals_what_stands_and_what_came() -> None:
    assert lines(RICH)[1:6] == [
        "Риски: открыто 5 (+1 к пятнице), просрочено 1",
        "Из них на проверке 2 (просрочено 1), ждут ответа 1, следим за реакцией 2",
        "За пт–вс: новых 3 (в среднем 0,6 в день), отработано 2, закрыто решением 0",
        "Обращения: открыто 118 (−9 к пятнице), просрочено 6 (−2), отложено 4",
        "За пт–вс: новых 31 (в среднем 24 в день), повторных 7, завершено 40",
    ]


def test_it_tells_what_changed_what_waits_who_is_late_and_what_is_vacant() -> None:
    assert lines(RICH)[6:-1] == [
        "Изменилось: «Уборка дорог от снега» 12 (обычно 4 за 3 дня)",
        "Чаще всего: «Уборка дорог от снега» 12, «ЖКХ» 9",
        "Ждут сегодня:",
        "— ИР-12/26 · проверка реакции · сегодня до 16:00 · Нет воды на улице Мира третий день",
        "Просрочено по блокам:",
        "— Дороги, ЖКХ, благоустройство: рисков 1, обращений 4",
        "— без блока: обращений 2",
        "Не занято: руководитель блока «Сельские территории»",
    ]


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [(22, 22, "За вс 22.11: "), (20, 22, "За пт–вс: "), (16, 22, "За пн–вс: "), (9, 22, "За 09.11–22.11: ")],
)
def test_the_days_are_named_as_people_name_them(first: int, last: int, says: str) -> None:
    of = Period(first=date(2026, 11, first), last=date(2026, 11, last))
    assert [line for line in lines(replace(RICH, period=of)) if line.startswith(says)] != []


@pytest.mark.parametrize(("day", "says"), [(20, "(+1 к пятнице)"), (17, "(+1 ко вторнику)"), (16, "(+1 к 16.11)")])
def test_a_change_names_the_day_that_it_is_against(day: int, says: str) -> None:
    before = date(2026, 11, day)
    days = Period(first=before, last=RICH.period.last)
    assert says in lines(replace(RICH, previous_day=before, period=days))[1]


def test_the_first_digest_compares_with_nothing() -> None:
    text = digest_text(office(), replace(RICH, previous=None, previous_day=None, usual={})).text
    assert "Риски: открыто 5, просрочено 1" in text
    assert "За пт–вс: новых 31, повторных 7, завершено 40" in text


def test_a_quiet_day_says_so_in_one_line() -> None:
    assert lines(QUIET)[1:-1] == ["Новых рисков и обращений нет. Открытых рисков нет, просроченных обращений тоже."]


def test_a_day_without_news_still_tells_what_stands_open() -> None:
    standing = replace(
        QUIET,
        total=Tally(figures={Figure.RISKS_OPEN: 1, Figure.RISKS_TO_ANSWER: 1, Figure.OPEN: 3}),
        previous=Tally(figures={Figure.OPEN: 2}),
    )
    assert lines(standing)[1:-1] == [
        "Новых рисков и обращений нет.",
        "Риски: открыто 1 (+1 к пятнице), просрочено 0",
        "Из них ждут ответа 1",
        "Обращения: открыто 3 (+1 к пятнице), просрочено 0, отложено 0",
    ]


def test_what_an_export_has_yet_to_say_is_not_denied() -> None:
    said = lines(replace(QUIET, expected=RICH.expected))
    assert said[1].startswith("Новых рисков нет, в имеющихся выгрузках новых обращений тоже.")


def test_an_office_that_has_never_imported_anything_says_nothing_of_appeals() -> None:
    assert lines(replace(QUIET, exports={}))[1:] == [
        "Новых рисков нет. Открытых рисков нет.",
        "Выгрузок ещё не было.",
    ]


def test_appeals_registered_by_hand_are_told_without_any_export() -> None:
    by_hand = replace(QUIET, exports={}, total=Tally(figures={Figure.NEW: 1, Figure.OPEN: 1}))
    assert "За пт–вс: новых 1, повторных 0, завершено 0" in lines(by_hand)
    assert lines(by_hand)[-1] == "Выгрузок ещё не было."


def test_a_late_one_says_so_and_a_punctual_one_does_not() -> None:
    assert lines(replace(RICH, as_of=MONDAY + HOUR))[:2] == [
        "МЦУ Заречного округа · понедельник, 23\u00a0ноября · по состоянию на 10:00",
        "Позже обычного: обычно он приходит в 09:00.",
    ]
    assert not any(line.startswith("Позже") for line in lines(replace(RICH, as_of=MONDAY + HOUR / 10)))


def test_days_without_a_digest_are_named_and_many_are_counted() -> None:
    one = replace(RICH, missed=EVERYTHING_MISSED)
    assert "Дайджеста не было: пт 20.11. Эти дни вошли в сегодняшний." in lines(one)
    many = Missed(days_without=tuple(date(2026, 11, day) for day in (12, 13, 16, 17, 18, 19, 20)))
    named = "вт 17.11, ср 18.11, чт 19.11, пт 20.11 и ещё 3 дня до этого"
    assert f"Дайджеста не было: {named}. Эти дни вошли в сегодняшний." in lines(replace(RICH, missed=many))


def test_a_stop_longer_than_a_digest_covers_is_said() -> None:
    days = Period(first=date(2026, 11, 9), last=date(2026, 11, 22))
    cut = replace(RICH, period=days, previous_day=date(2026, 10, 30))
    assert "Перерыв был дольше: новое и завершённое показано за последние 14 дней." in lines(cut)


def test_what_the_bot_itself_missed_is_said() -> None:
    said = "не доставлено или под вопросом 2, напоминаний ни до кого не дошло 1, сообщений не разобрано 3"
    assert f"Бот не справился: {said}, прошлый дайджест вышел без картинки" in lines(
        replace(RICH, missed=EVERYTHING_MISSED)
    )
    assert not any(line.startswith("Бот не справился") for line in lines(RICH))


def test_what_waits_beyond_four_is_counted() -> None:
    many = lines(replace(RICH, awaited=RICH.awaited * 6, awaited_in_all=9))
    assert sum(line.startswith("— ИР-12/26") for line in many) == 4
    assert "— и ещё 5: /risks" in many


def test_vacant_positions_beyond_two_are_counted() -> None:
    vacant = ("куратор", "руководитель МЦУ", "модератор", "исполнитель")
    assert "Не занято: куратор, руководитель МЦУ, ещё 2" in lines(replace(RICH, vacant=vacant))


def test_blocks_beyond_five_are_summed_up() -> None:
    many = (late(ROADS, appeals=9), *(late(f"b{number}", appeals=1, risks=1) for number in range(6)))
    assert "— и ещё блоков: 2, в них просрочено 4" in lines(replace(RICH, by_block=many))


def test_an_office_without_blocks_has_no_lines_of_them() -> None:
    assert "Просрочено по блокам:" not in lines(replace(RICH, by_block=()))


def test_lateness_that_is_told_in_private_is_not_in_the_chat() -> None:
    kept = replace(RICH, lateness_told=LatenessTold.PRIVATE)
    assert not [line for line in lines(kept) if "блокам" in line or "Дороги" in line]
    assert lateness_by_block(office(), kept).text.splitlines()[1:4] == [
        "Просрочено по блокам (в алерт-чате этих строк нет):",
        "— Дороги, ЖКХ, благоустройство: рисков 1, обращений 4",
        "— без блока: обращений 2",
    ]


def test_a_posted_digest_offers_its_page_and_a_preview_does_not() -> None:
    page = DigestPage(office=office().id, digest=RICH.id)
    assert pressed(digest_text(office(), RICH))[-1] == page.pack()
    assert page.pack() not in pressed(digest_text(office(), replace(RICH, id=UNSTORED)))


def test_a_preview_says_that_it_is_one_and_when_the_digest_comes() -> None:
    preview = replace(RICH, id=UNSTORED, as_of=MONDAY - HOUR)
    read = DigestRead(office=office(), digest=preview, by_block=(), comes_at=MONDAY)
    said = digest_read(read).text.splitlines()
    assert said[-1] == "Это предпросмотр: в алерт-чат дайджест придёт пн 23.11, 09:00."
    due = digest_read(replace(read, comes_at=MONDAY - 2 * HOUR)).text
    assert due.endswith("дайджест появится, как только бот сможет его отправить.")
    assert "предпросмотр" not in digest_read(replace(read, comes_at=None)).text


@pytest.mark.parametrize(
    ("sending", "says"),
    [
        (Told(state=NoticeState.UNKNOWN, message=None), ("Дайджест мог не дойти", "Связь прервалась")),
        (
            Told(state=NoticeState.REFUSED, message=None, why="forbidden"),
            ("Дайджест не принят алерт-чатом", "Бота нет в чате"),
        ),
        (
            Told(state=NoticeState.REFUSED, message=None, why="Bad Request: chat not found"),
            ("Дайджест не принят алерт-чатом", "Telegram не принял сообщение"),
        ),
    ],
)
def test_one_that_may_not_have_arrived_says_why_and_offers_to_send_it_again(
    sending: Told, says: tuple[str, str]
) -> None:
    said = digest_astray(office(), RICH, sending, times=1)
    assert all(each in said.text for each in says)
    assert pressed(said) == [DigestAgain(office=office().id, digest=RICH.id, times=1).pack()]


@pytest.mark.parametrize("words", HOSTILE)
def test_however_long_the_words_it_fits_into_a_message(words: str) -> None:
    hostile = replace(
        RICH,
        topics=tuple((words, 100_000) for _ in range(3)),
        changed=tuple(replace(RICH.changed[0], topic=words) for _ in range(3)),
        awaited=tuple(replace(RICH.awaited[0], gist=words) for _ in range(12)),
        awaited_in_all=12,
        vacant=(words,) * 9,
        by_block=tuple(late(f"{words[:20]}{number}", risks=1, appeals=1) for number in range(25)),
        missed=EVERYTHING_MISSED,
    )
    said = digest_text(office(replace(plan(), title="МЦУ " + "О" * 100)), hostile)
    assert units(said.text) < LONGEST_TEXT / 1.5


def test_a_full_digest_reads_in_half_a_minute() -> None:
    """At some twenty signs a second, which is how fast people read in silence."""
    assert units(digest_text(office(), replace(RICH, missed=EVERYTHING_MISSED)).text) < 30 * 40


def test_what_opens_a_figure_asks_for_the_days_that_it_counts() -> None:
    """What was put off and has ended in the days of the digest is among what it counts."""
    found = [
        FigureItems.unpack(each) for each in pressed(digest_text(office(), RICH)) if each and each.startswith("fi")
    ]
    days = {each.figure: (date.fromordinal(each.first).day, date.fromordinal(each.last).day) for each in found}
    assert days[Figure.NEW] == days[Figure.REPEATED] == (20, 22)
    assert days[Figure.RISKS_OPEN] == days[Figure.OVERDUE] == (23, 23)
    assert days[Figure.DEFERRED] == (20, 23)
