"""The form: its preview, its questions, its end, its buttons."""

from dataclasses import replace

import pytest

from handlers.views.form import HIDDEN_KINDS, form
from handlers.views.message import LONGEST_TEXT
from handlers.views.record import QUESTIONS as RECORD_QUESTIONS
from risk.drafts import Choices, DraftStatus
from risk.masking import Hidden
from risk.records import RecordField
from risk.risks import RiskNumber
from risk.sameness import Sameness, SamenessReason
from risk.sources import Source, SourceKind
from risk.standing import Panel
from risk.units import units
from risk.workings import Reach, ReachSeen
from tests.handlers.builders import (
    CHANNEL,
    GIST,
    HIGH,
    HOSTILE,
    HOUSE_CHAT,
    NORTH,
    SATURDAY,
    SOCIAL,
    draft,
    draft_facts,
    marked,
    risk,
    titles,
    understanding,
    without_blocks,
)

IN_CHAT = "-1001"


def test_preview_says_what_would_be_filed() -> None:
    assert form(draft_facts()).text.splitlines() == [
        "Проверьте, прежде чем отправить в алерт-чат.",
        f"Суть: {GIST}",
        "Источник: t.me/novosti/77 (имена авторов не сохраняются)",
        "Блок: Дороги, ЖКХ, благоустройство (по словам «воды», «улице»)",
        "Критичность: 🟡 средняя",
    ]


def test_suggestions_name_the_words_that_led_to_them() -> None:
    understood = understanding(
        block_words=("воды",),
        level=HIGH,
        level_words=("авария",),
        territory=NORTH,
        territory_word="Верховье",
    )
    text = form(draft_facts(draft(understood))).text
    assert "Блок: Дороги, ЖКХ, благоустройство (по слову «воды»)" in text
    assert "Критичность: 🔴 высокая (по слову «авария»)" in text
    assert "Территория: Северная сторона (по слову «Верховье»)" in text


def test_what_a_person_chose_needs_no_reason() -> None:
    understood = understanding(level_words=("авария",), territory=NORTH, territory_word="Верховье", level=HIGH)
    chosen = Choices(block=SOCIAL, level=HIGH, territory=NORTH)
    text = form(draft_facts(draft(understood, choices=chosen))).text
    assert "Блок: Социальная политика\n" in text
    assert "по слов" not in text


def test_missing_block_is_told_from_no_block_by_choice() -> None:
    assert "Блок: не определён" in form(draft_facts(draft(understanding(block=None, block_words=())))).text
    assert "Блок: без блока" in form(draft_facts(draft(choices=Choices(without_block=True)))).text


def test_missing_source_and_several_sources_are_named_so() -> None:
    assert "Источник: не указан" in form(draft_facts(draft(understanding(sources=())))).text
    several = form(draft_facts(draft(understanding(sources=(CHANNEL, HOUSE_CHAT)))))
    assert "Источники: t.me/novosti/77 · домовой чат (имена авторов не сохраняются)" in several.text
    assert marked(several, "text_link") == ["t.me/novosti/77"]


def test_media_and_hidden_data_are_spoken_of_only_when_there_were_any() -> None:
    quiet = form(draft_facts()).text
    assert "Фото" not in quiet
    assert "Скрыты" not in quiet
    understood = understanding(has_media=True, hidden=frozenset({Hidden.NAME, Hidden.PHONE}))
    told = form(draft_facts(draft(understood))).text
    assert "Фото и видео не сохраняются, в карточку попадёт только текст." in told
    assert "Скрыты личные данные: телефон, имя." in told


def test_every_kind_of_hidden_data_has_a_word() -> None:
    assert set(HIDDEN_KINDS) == set(Hidden)


def test_office_without_blocks_has_no_word_of_them() -> None:
    shown = form(draft_facts(draft(understanding(block=None)), panel=Panel.EDIT, of=without_blocks()))
    assert "Блок" not in shown.text
    assert titles(shown.keyboard) == [["Суть", "Источник"], ["Критичность", "Охват"], ["Назад"]]


@pytest.mark.parametrize(
    ("panel", "buttons"),
    [
        (Panel.MAIN, [["Зарегистрировать"], ["Изменить", "Отмена"]]),
        (Panel.EDIT, [["Суть", "Источник"], ["Блок", "Критичность"], ["Территория", "Охват"], ["Назад"]]),
        (
            Panel.BLOCKS,
            [["Дороги, ЖКХ, благоустройство"], ["Социальная политика"], ["Без блока"], ["Назад"]],
        ),
        (Panel.LEVELS, [["⚪ низкая"], ["🟡 средняя"], ["🔴 высокая"], ["Назад"]]),
        (Panel.TERRITORIES, [["Северная сторона"], ["Без территории"], ["Назад"]]),
        (Panel.CONFIRM_HIGHEST, [["Да, высокая"], ["Нет, средняя"]]),
        (Panel.ASK_GIST, [["Назад"]]),
        (Panel.ASK_SOURCE, [["Назад"]]),
        (Panel.ASK_SERVICE_NUMBER, [["Назад"]]),
        (Panel.ASK_REACH, [["Назад"]]),
    ],
)
def test_each_panel_has_its_buttons(panel: Panel, buttons: list[list[str]]) -> None:
    assert titles(form(draft_facts(panel=panel)).keyboard) == buttons


SEEN = Choices(reach=ReachSeen(figures=Reach(views=1200, reposts=30), at=SATURDAY))


def test_figures_of_spread_are_shown_when_somebody_has_typed_them_and_not_spoken_of_otherwise() -> None:
    assert "хват" not in form(draft_facts()).text
    assert "Охват: просмотров 1\xa0200, репостов 30" in form(draft_facts(draft(choices=SEEN))).text.splitlines()


def test_the_question_for_figures_reads_as_at_a_look_at_the_reaction() -> None:
    asked = form(draft_facts(panel=Panel.ASK_REACH)).text
    assert asked == RECORD_QUESTIONS[RecordField.REACH]


def test_typed_figures_are_shown_when_they_are_asked_again_and_can_be_taken_back() -> None:
    asked = form(draft_facts(draft(choices=SEEN), panel=Panel.ASK_REACH))
    assert asked.text.splitlines()[1:] == ["Сейчас охват: просмотров 1\xa0200, репостов 30"]
    assert titles(asked.keyboard) == [["Цифр не видно"], ["Назад"]]


def test_service_number_is_offered_only_when_a_number_was_hidden() -> None:
    def buttons(kind: Hidden) -> list[list[str]]:
        hiding = draft(understanding(hidden=frozenset({kind})))
        return titles(form(draft_facts(hiding, panel=Panel.EDIT)).keyboard)

    assert ["Это служебный номер"] in buttons(Hidden.PHONE)
    assert ["Это служебный номер"] not in buttons(Hidden.EMAIL)


@pytest.mark.parametrize(
    ("panel", "question"),
    [
        (Panel.ASK_GIST, "В чём суть, одной фразой?"),
        (Panel.ASK_SOURCE, "Пришлите ссылку или напишите, откуда известно: «домовой чат», «звонок»."),
        (Panel.ASK_SERVICE_NUMBER, "Напишите служебный номер, он будет показан на карточке."),
    ],
)
def test_question_stands_first(panel: Panel, question: str) -> None:
    assert form(draft_facts(panel=panel)).text.splitlines() == [question, f"Сейчас суть: {GIST}"]


def test_bare_link_is_asked_for_its_gist_and_can_only_be_cancelled() -> None:
    shown = form(draft_facts(draft(understanding(gist=None)), panel=Panel.ASK_GIST))
    assert shown.text == "В чём суть, одной фразой?"
    assert titles(shown.keyboard) == [["Отмена"]]


def test_question_in_the_chat_asks_for_a_reply() -> None:
    asked = form(draft_facts(draft(understanding(gist=None), chat=IN_CHAT), panel=Panel.ASK_GIST))
    assert asked.text == "В чём суть, одной фразой? Ответьте на это сообщение."


def test_highest_level_is_asked_about_below_the_preview() -> None:
    text = form(draft_facts(panel=Panel.CONFIRM_HIGHEST)).text
    assert text.startswith("Проверьте")
    assert text.endswith("срок пойдёт круглосуточно. Подтвердите вторым нажатием.")


def test_filed_form_names_the_number_and_has_no_buttons() -> None:
    filed = draft(understanding(gist=None), status=DraftStatus.FILED)
    shown = form(draft_facts(filed, number=RiskNumber(serial=12, year=2026)))
    assert shown.text == "ИР-12/26 зарегистрирован. Карточка — в алерт-чате."
    assert shown.keyboard is None
    in_chat = replace(filed, place=draft(chat=IN_CHAT).place)
    assert form(draft_facts(in_chat, number=RiskNumber(serial=12, year=2026))).text == "ИР-12/26 зарегистрирован."


def test_cancelled_form_says_that_nothing_is_kept() -> None:
    shown = form(draft_facts(draft(status=DraftStatus.CANCELLED), panel=Panel.ASK_GIST))
    assert shown.text == "Черновик закрыт, ничего не сохранено."
    assert shown.keyboard is None


@pytest.mark.parametrize("gist", HOSTILE)
@pytest.mark.parametrize("panel", [Panel.MAIN, Panel.ASK_GIST])
def test_hostile_gist_stands_as_typed_and_moves_no_entity(gist: str, panel: Panel) -> None:
    shown = form(draft_facts(draft(understanding(gist=gist)), panel=panel))
    line = shown.text.splitlines()[1].partition(": ")[2]
    assert line == gist or (line.endswith("…") and gist.startswith(line[:-1]))
    assert marked(shown, "text_link") in (["t.me/novosti/77"], [])
    assert units(shown.text) <= LONGEST_TEXT


def test_form_fits_into_a_message_however_much_was_typed() -> None:
    understood = understanding(
        gist="🏠" * 5000,
        sources=tuple(Source(kind=SourceKind.LINK, link=f"example.org/{n}/" + "x" * 500) for n in range(100)),
        block_words=("длинное" * 100,) * 50,
        level=HIGH,
        level_words=("длинное" * 100,) * 50,
        territory=NORTH,
        territory_word="длинное" * 100,
        hidden=frozenset(Hidden),
        has_media=True,
    )
    shown = form(draft_facts(draft(understood), panel=Panel.CONFIRM_HIGHEST))
    assert units(shown.text) <= LONGEST_TEXT
    assert shown.text.endswith("Подтвердите вторым нажатием.")


@pytest.mark.parametrize(
    ("sameness", "why"),
    [
        (Sameness(reason=SamenessReason.LINK, score=100, words=(), link="vk.com/wall-1_2"), "та же ссылка"),
        (
            Sameness(reason=SamenessReason.WORDS, score=80, words=("воды", "улице"), link=None),
            "общие слова: «воды», «улице»",
        ),
    ],
)
def test_a_risk_that_may_be_the_same_is_named_with_the_reason_and_offered(sameness: Sameness, why: str) -> None:
    shown = form(replace(draft_facts(), alike=[(risk(serial=9), sameness)]))
    assert f"Похоже на ИР-9/26 «{GIST}» ({why}; зарегистрирован сб 21.11, 09:02)" in shown.text.splitlines()
    assert titles(shown.keyboard)[:2] == [["Новый риск"], ["Это тот же риск: ИР-9/26"]]


def test_a_draft_that_joined_a_risk_says_which_and_has_no_buttons() -> None:
    joined = draft_facts(draft(status=DraftStatus.JOINED), number=RiskNumber(serial=9, year=2026))
    assert form(joined).text == "Упоминание добавлено к ИР-9/26. Сообщу, когда его состояние изменится."
    assert form(joined).keyboard is None
