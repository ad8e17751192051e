"""What is kept of an appeal, where it stands, whose page a link is, who is a body and who is a person."""

import dataclasses
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.addresses import Address
from risk.appeal_links import platform_of, public_post
from risk.appeal_states import is_familiar, is_open, state_of, step_words
from risk.appeals import Appeal, AppealOutcome, AppealSource, AppealState, Regime
from risk.bodies import body_named
from risk.platforms import judge

NEVER_KEPT = ("author", "text", "street", "house", "staff", "wall", "profile", "name")


def appeal(**kept: Any) -> Appeal:
    values: dict[str, Any] = {
        "source": AppealSource.IM,
        "number": "700000",
        "regime": Regime.IM,
        "created_on": date(2026, 11, 6),
    }
    return Appeal(**values | kept)


def test_an_appeal_has_no_place_for_what_is_never_kept() -> None:
    names = [each.name for each in dataclasses.fields(Appeal)]
    assert [name for name in names if any(word in name for word in NEVER_KEPT)] == []


def test_numbers_are_unique_within_their_source() -> None:
    assert appeal().key != appeal(source=AppealSource.POS).key


def test_an_appeal_of_pos_leads_to_its_card_and_one_of_im_to_its_public_post() -> None:
    pos = appeal(source=AppealSource.POS, number="6100013")
    assert pos.link == "https://pos.gosuslugi.ru/backoffice/appeals/6100013"
    assert appeal(post="vk.com/wall-1_2").link == "https://vk.com/wall-1_2"
    assert appeal().link is None


@pytest.mark.parametrize(
    ("step", "state", "still_open"),
    [
        ("Назначение исполнителя", AppealState.OPEN, True),
        ("Подготовка ответа", AppealState.OPEN, True),
        ("согласование  ответа", AppealState.OPEN, True),
        ("Оценка удовлетворённости", AppealState.ANSWERED, False),
        ("ГОТОВО", AppealState.ANSWERED, False),
        ("Назначен исполнитель", AppealState.OPEN, True),
        ("Направлено в подведомственную организацию", AppealState.OPEN, True),
        ("Перенос срока обработки утвержден. Отправлен ответ Заявителю", AppealState.DEFERRED, True),
        ("Отправлен ответ заявителю", AppealState.ANSWERED, False),
        ("Передано в вышестоящую организацию", AppealState.REDIRECTED, False),
        ("Отклонено модератором", AppealState.REJECTED, False),
    ],
)
def test_the_step_says_where_an_appeal_stands(step: str, state: AppealState, still_open: bool) -> None:
    assert is_familiar(step)
    assert state_of(appeal(step=step)) is state
    assert is_open(appeal(step=step)) is still_open


def test_an_unfamiliar_step_is_open_until_the_export_has_a_date_of_its_end() -> None:
    assert not is_familiar("Проверка куратором")
    assert state_of(appeal(step="Проверка куратором")) is AppealState.OPEN
    assert state_of(appeal(step="Проверка куратором", finished_on=date(2026, 11, 9))) is AppealState.ANSWERED
    assert state_of(appeal()) is AppealState.OPEN


def test_an_answer_that_promises_a_later_solution_is_deferred_and_owes_nothing_more_once_it_has_ended() -> None:
    put_off = appeal(step="Готово", outcome=AppealOutcome.DEFERRED, finished_on=date(2026, 11, 9))
    assert state_of(put_off) is AppealState.DEFERRED
    assert not is_open(put_off)


def test_an_office_may_have_words_of_its_own_for_a_step() -> None:
    words = step_words({"На контроле главы": AppealState.REDIRECTED})
    assert state_of(appeal(step="на контроле главы"), words) is AppealState.REDIRECTED


# --- links -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("http://vk.com/wall-18974891_496998?reply=823346", "vk.com/wall-18974891_496998"),
        ("https://m.vk.com/wall-1_2?reply=3&thread=4#c", "vk.com/wall-1_2"),
        ("https://vk.ru/wall-1_2", "vk.com/wall-1_2"),
        ("https://t.me/pestovo_news/77?comment=5", "t.me/pestovo_news/77"),
        ("https://ok.ru/group/123/topic/45?cmt=6", "ok.ru/group/123/topic/45"),
        ("https://example-gazeta.ru/news/5?from=feed", "example-gazeta.ru/news/5"),
    ],
)
def test_a_public_post_is_kept_without_its_query(written: str, kept: str) -> None:
    assert public_post(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "http://vk.com/id545002",
        "http://vk.com/wall99006490_66522",
        "http://vk.com/wall99006490_66522?reply=1",
        "https://vk.com/im?sel=5",
        "https://vk.com/gim18974891?sel=5",
        "https://vk.com/somebody",
        "https://vk.com/feed?w=wall5_6",
        "https://vk.com/away.php?to=https%3A%2F%2Fvk.com%2Fid5",
        "https://ok.ru/profile/5",
        "https://t.me/somebody",
        "https://t.me/c/1/2",
        "https://somebody.livejournal.com/1.html",
        "https://youtube.com/watch?v=abcdefghijk",
        "https://vk.com",
        "vk.com",
        "+7 911 000-00-00",
        "не указано",
        "-",
    ],
)
def test_a_personal_wall_a_dialogue_and_what_is_no_public_page_are_never_kept(written: str) -> None:
    assert public_post(written) is None


@given(
    st.integers(0, 10**9),
    st.integers(0, 10**9),
    st.sampled_from(["http://vk.com", "https://m.vk.com", "https://vk.ru"]),
)
def test_the_quick_way_for_posts_of_communities_judges_as_the_slow_one(owner: int, post: int, host: str) -> None:
    for sign in ("-", ""):
        written = f"{host}/wall{sign}{owner}_{post}"
        address = Address.read(written)
        assert address is not None
        assert public_post(written) == judge(address).page


def test_the_network_is_told_by_the_host_even_of_a_personal_wall_and_no_host_that_may_be_somebodys() -> None:
    assert platform_of("http://m.vk.com/wall5_6") == "vk.com"
    assert platform_of("https://www.ok.ru/profile/5") == "ok.ru"
    assert platform_of("https://somebody.livejournal.com/1") is None
    assert platform_of("нет") is None


# --- bodies ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "МБУ «Городское хозяйство»",
        "Отдел ЖКХ",
        "Комитет образования",
        "Администрация Пестовский округ",
        "ООО «Надежда»",
        "Управление по делам ГО и ЧС",
        "МАОУ СОШ № 2",
    ],
)
def test_an_executor_that_is_a_body_is_kept(written: str) -> None:
    assert body_named(written) == written


@pytest.mark.parametrize(
    "written",
    [
        "Координатор  К.К.",
        "Выдуманов В. В.",
        "Выдуманова Вера",
        "Выдуманов Пётр Петрович",
        "Отдел ЖКХ (Выдуманов В.В.)",
        "Отдел ЖКХ, Выдуманов Пётр",
        "Выдуманова Вера Петровна, администрация",
        "Отдел ЖКХ, тел. 8 911 000-00-00",
        "Советова",
        "",
    ],
)
def test_a_person_is_never_taken_for_a_body(written: str) -> None:
    assert body_named(written) is None
