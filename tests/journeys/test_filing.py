"""Filing a risk in each way there is: in private through a form, in the alert chat at once."""

import pytest

from tests.support.people import Group, Person
from tests.support.stage import Stage


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person("член проектного офиса 1")


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


async def test_a_forward_becomes_a_preview_and_one_press_files_it(olga: Person, chat: Group) -> None:
    await olga.forwards("Нет воды на улице Мира третий день")
    preview = await olga.sees("Проверьте, прежде чем отправить", "Нет воды на улице Мира", "t.me/pestovo_news/77")
    assert preview.buttons == ["Зарегистрировать", "Изменить", "Отмена"]

    await olga.presses("Зарегистрировать")

    card = await chat.sees("ИР-1/26", "Нет воды на улице Мира", "Зарегистрировал: член проектного офиса 1")
    assert card.buttons == ["Взять на проверку", "Сменить блок", "Сменить критичность", "Подробнее", "Ещё"]
    await olga.sees("ИР-1/26", "зарегистрирован")


async def test_a_text_becomes_a_preview(olga: Person) -> None:
    await olga.says("На Советской яма, жалуются в домовом чате")
    await olga.sees("Суть: На Советской яма")


async def test_a_photo_with_a_caption_becomes_a_preview_and_is_not_kept(olga: Person, chat: Group) -> None:
    await olga.sends(photo=True, caption="Свалка у школы на Новой")
    await olga.sees("Суть: Свалка у школы", "Фото и видео не сохраняются")
    await olga.presses("Зарегистрировать")
    assert (await chat.sees("Свалка у школы")).data["media"] is None


async def test_a_photo_without_words_asks_for_the_gist(olga: Person) -> None:
    await olga.sends(photo=True)
    await olga.sees("В чём суть, одной фразой?")
    await olga.says("Упало дерево на дорогу")
    await olga.sees("Суть: Упало дерево на дорогу")


async def test_a_video_with_a_caption_becomes_a_preview(olga: Person) -> None:
    await olga.sends(video=True, caption="Автобус не приехал утром")
    await olga.sees("Суть: Автобус не приехал утром")


async def test_a_bare_link_asks_one_question(olga: Person, chat: Group) -> None:
    await olga.says("https://vk.com/wall-1_2?utm_source=telegram")
    await olga.sees("В чём суть, одной фразой?")
    await olga.says("Жители ждут автобус по часу")
    await olga.sees("Суть: Жители ждут автобус по часу", "vk.com/wall-1_2")
    await olga.presses("Зарегистрировать")
    assert "utm_source" not in (await chat.sees("Жители ждут автобус")).text


async def test_a_comment_sent_with_a_forward_joins_its_draft(olga: Person) -> None:
    await olga.forwards("Длинный пост о воде и трубах", comment="Третий день нет воды на Мира")
    await olga.sees("Суть: Третий день нет воды на Мира", "t.me/pestovo_news/77")
    assert len([message for message in await olga.of_bot() if "Проверьте" in message.text]) == 1


async def test_an_album_joins_one_draft(olga: Person) -> None:
    await olga.sends(media_group=[{"photo": True, "caption": "Разбита остановка"}, {"photo": True}, {"photo": True}])
    await olga.sees("Суть: Разбита остановка")
    assert len([message for message in await olga.of_bot() if "Проверьте" in message.text]) == 1


async def test_two_texts_sent_apart_are_two_drafts(olga: Person) -> None:
    await olga.says("Яма на Советской")
    await olga.says("Нет света в парке")
    assert len([message for message in await olga.of_bot() if "Проверьте" in message.text]) == 2


async def test_an_edited_message_changes_its_preview(stage: Stage, olga: Person) -> None:
    message = await olga.says("Яма на Советско")
    preview = await olga.sees("Суть: Яма на Советско")
    await stage.control(f"messages/{olga.id}/{message}/edit", **{"as": olga.id, "text": "Яма на Советской улице"})
    await stage.rest()
    assert "Суть: Яма на Советской улице" in (await preview.now()).text


async def test_the_form_takes_fields_in_any_order_and_back_returns(olga: Person, chat: Group) -> None:
    await olga.says("Что-то случилось на улице")
    await olga.presses("Изменить")
    await olga.presses("Источник")
    await olga.says("домовой чат")
    await olga.presses("Изменить")
    await olga.presses("Суть")
    await olga.presses("Назад")
    await olga.presses("Изменить")
    await olga.presses("Суть")
    await olga.says("Провал асфальта на Мира, 5")
    preview = await olga.sees("Суть: Провал асфальта на Мира, 5", "домовой чат")
    assert preview.buttons == ["Зарегистрировать", "Изменить", "Отмена"]
    await olga.presses("Зарегистрировать")
    await chat.sees("Провал асфальта на Мира, 5", "домовой чат")


async def test_a_cancelled_draft_files_nothing_and_its_buttons_are_gone(olga: Person, chat: Group) -> None:
    await olga.says("Передумал: слух про воду")
    preview = await olga.sees("слух про воду")
    await olga.presses("Отмена")
    assert (await preview.now()).buttons == []
    await chat.does_not_see("слух про воду")


async def test_the_highest_level_takes_a_second_press_of_the_filer(olga: Person, chat: Group) -> None:
    await olga.says("Авария на теплотрассе, пар на дороге")
    await olga.presses("Зарегистрировать")
    await chat.does_not_see("теплотрассе")
    await olga.presses("Да, высокая")
    await chat.sees("высокая", "теплотрассе")


async def test_refusing_the_highest_level_files_with_the_one_below(olga: Person, chat: Group) -> None:
    await olga.says("Авария на теплотрассе, пар на дороге")
    await olga.presses("Зарегистрировать")
    await olga.presses("Нет, средняя")
    card = await chat.sees("средняя", "теплотрассе")
    assert "Да, высокая" not in card.buttons


async def test_risk_as_a_reply_files_the_message_it_replies_to(olga: Person, chat: Group) -> None:
    post = await olga.sends(
        where=chat,
        text="Во дворе на Мира нет света",
        forward={"kind": "channel", "title": "Новости", "username": "pestovo_news", "message_id": 5},
    )
    await olga.says("/risk", where=chat, reply_to=post)
    await chat.sees("ИР-1/26", "Во дворе на Мира нет света", "t.me/pestovo_news/5")


async def test_risk_with_words_and_a_link_files_at_once(olga: Person, chat: Group) -> None:
    await olga.says("/risk Не вывозят мусор на Новой https://vk.com/wall-5_6", where=chat)
    await chat.sees("ИР-1/26", "Не вывозят мусор на Новой", "vk.com/wall-5_6")


async def test_risk_with_a_bare_link_asks_in_the_chat_and_the_reply_files(olga: Person, chat: Group) -> None:
    await olga.says("/risk https://vk.com/wall-5_6", where=chat)
    question = await chat.sees("В чём суть, одной фразой?")
    await olga.replies(question, "Третий день не вывозят мусор")
    await chat.sees("ИР-1/26", "Третий день не вывозят мусор", "vk.com/wall-5_6")


async def test_somebody_elses_reply_does_not_answer_the_question(stage: Stage, olga: Person, chat: Group) -> None:
    await olga.says("/risk https://vk.com/wall-5_6", where=chat)
    question = await chat.sees("В чём суть, одной фразой?")
    await stage.person("член проектного офиса 2").replies(question, "Чужой ответ")
    await chat.does_not_see("Чужой ответ")


async def test_risk_without_anything_says_how_to_use_it(olga: Person, chat: Group) -> None:
    await olga.says("/risk", where=chat)
    await chat.sees("нет ни слов", "ответьте командой /risk")


async def test_risk_that_sounds_like_the_highest_asks_its_filer_on_the_card(
    stage: Stage, olga: Person, chat: Group
) -> None:
    await olga.says("/risk Пожар на складе", where=chat)
    card = await chat.sees("ИР-1/26", "средняя", "Пожар на складе")
    refused = await stage.person("руководитель МЦУ").presses("Да, высокая", on=card)
    assert refused["show_alert"]
    await olga.presses("Да, высокая", on=card)
    assert "высокая" in (await card.now()).text.splitlines()[0]


async def test_numbers_go_up_by_one_within_the_year(olga: Person, chat: Group) -> None:
    for words in ("Первый", "Второй", "Третий"):
        await olga.says(f"/risk {words} риск в городе", where=chat)
    await chat.sees("ИР-1/26", "Первый")
    await chat.sees("ИР-3/26", "Третий")


async def test_a_double_tap_on_register_files_once_and_names_the_risk(olga: Person, chat: Group) -> None:
    await olga.says("Нет света в парке")
    preview = await olga.sees("Нет света в парке")
    await olga.presses("Зарегистрировать", settle=False)
    stale = {"office": 1, "draft": 1}
    answer = await olga.presses_data(f"fr:{stale['office']}:{stale['draft']}:", on=preview)
    assert "ИР-1/26" in answer["text"]
    await chat.does_not_see("ИР-2/26")


async def test_two_forwards_of_different_posts_are_two_drafts(olga: Person) -> None:
    await olga.forwards("Нет света в парке", post="okrug_news/1")
    await olga.forwards("Яма на дороге", post="okrug_news/2")
    assert len([message for message in await olga.of_bot() if "Проверьте" in message.text]) == 2


async def test_a_second_bare_link_is_a_draft_of_its_own(olga: Person) -> None:
    await olga.says("https://vk.com/wall-1_2")
    await olga.says("https://vk.com/wall-1_3")
    assert len([message for message in await olga.of_bot() if "В чём суть" in message.text]) == 2


async def test_an_edit_of_an_older_drafts_message_changes_that_draft(stage: Stage, olga: Person) -> None:
    older = await olga.says("Яма на Советско")
    preview = await olga.sees("Яма на Советско")
    await olga.says("Нет света в парке")
    await stage.control(f"messages/{olga.id}/{older}/edit", **{"as": olga.id, "text": "Яма на Советской"})
    await stage.rest()
    assert "Суть: Яма на Советской" in (await preview.now()).text


async def test_a_service_number_takes_digits_only(olga: Person) -> None:
    await olga.says("Аварийная служба: 8 (81669) 5-55-01")
    await olga.presses("Изменить")
    await olga.presses("Это служебный номер")
    await olga.says("звоните Зоряне Выдумкиной, 8 921 555-01-23")
    await olga.sees("Это не похоже на ответ")
    await olga.does_not_see("Зоряне")


async def test_risk_in_reply_to_a_card_files_nothing_of_the_card(olga: Person, chat: Group) -> None:
    await olga.says("/risk Яма на дороге", where=chat)
    card = await chat.sees("ИР-1/26")
    await olga.replies(card, "/risk")
    await chat.does_not_see("ИР-2/26")


async def test_a_filer_without_the_power_to_classify_answers_the_question_put_to_them(
    stage: Stage, chat: Group
) -> None:
    curator = stage.person("куратор")
    await curator.says("/risk Пожар на складе", where=chat)
    await curator.presses("Да, высокая", on=await chat.sees("ИР-1/26"))
    assert "высокая" in (await chat.sees("ИР-1/26")).text.splitlines()[0]
