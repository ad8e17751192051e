"""What members send, in private and in the alert chat."""

from typing import Any

import pytest
from aiogram.dispatcher.event.bases import UNHANDLED

from handlers.errors import refusal_text
from handlers.places import telegram
from risk.errors import AnswerUnclear, LinkUnfit, NothingToFile, Refusal
from risk.people import Place
from risk.use_cases.drafts import TakeMessage
from risk.use_cases.filing import FileInChat
from risk.use_cases.record_answers import RecordWords
from tests.handlers.builders import SATURDAY
from tests.handlers.conftest import Noting
from tests.handlers.telegram import ACTOR, DATE, GROUP, PERSON, Door, message

PHOTO: dict[str, Any] = {"photo": [{"file_id": "", "file_unique_id": "", "width": 0, "height": 0}]}
VOICE: dict[str, Any] = {"voice": {"file_id": "", "file_unique_id": "", "duration": 0}}
STICKER: dict[str, Any] = {
    "sticker": {
        "file_id": "",
        "file_unique_id": "",
        "type": "regular",
        "width": 0,
        "height": 0,
        "is_animated": False,
        "is_video": False,
    }
}
HIDDEN_FORWARD: dict[str, Any] = {"forward_origin": {"type": "hidden_user", "date": DATE, "sender_user_name": ""}}
CHANNEL_FORWARD: dict[str, Any] = {
    "forward_origin": {
        "type": "channel",
        "date": DATE,
        "chat": {"id": -9, "type": "channel", "username": "novosti"},
        "message_id": 77,
    }
}


@pytest.fixture(autouse=True)
def no_record_is_open(noting: Noting) -> None:
    """Whoever sends something is asked nothing, but where a test says so."""
    noting("filing.take_record_words", gives=False)


def taken(asked: list[tuple[tuple[Any, ...], dict[str, Any]]]) -> TakeMessage:
    [(arguments, _)] = asked
    command = arguments[0]
    assert isinstance(command, TakeMessage)
    return command


async def test_private_words_become_a_part_and_may_answer_a_question(noting: Noting) -> None:
    asked = noting("filing.take_message")
    door = Door(uow="units", understand="reader")
    await door.takes(message=message("Нет воды на улице Мира"))
    command = taken(asked)
    assert command.part.text == "Нет воды на улице Мира"
    assert command.part.sent_at == SATURDAY
    assert command.typed == "Нет воды на улице Мира"
    assert command.place == Place(address=telegram(PERSON))
    assert command.replies_to is None
    assert asked[0][1] == {"actor": ACTOR, "uow": "units", "now": SATURDAY, "understand": "reader"}
    assert door.said == []


async def test_private_words_are_first_offered_to_the_open_question_of_a_record(noting: Noting) -> None:
    offered = noting("filing.take_record_words", gives=True)
    asked = noting("filing.take_message")
    door = Door(uow="units", understand="reader")
    await door.takes(message=message("Звонок в водоканал: авария"))
    [(arguments, named)] = offered
    [words] = arguments
    assert isinstance(words, RecordWords)
    assert (words.part.text, words.typed) == ("Звонок в водоканал: авария", "Звонок в водоканал: авария")
    assert words.place == Place(address=telegram(PERSON))
    assert named == {"actor": ACTOR, "uow": "units", "now": SATURDAY}
    assert asked == []
    assert door.said == []


async def test_words_that_no_record_awaits_become_a_draft(noting: Noting) -> None:
    noting("filing.take_record_words", gives=False)
    asked = noting("filing.take_message")
    await Door(uow=None, understand=None).takes(message=message("Нет воды"))
    assert taken(asked).typed == "Нет воды"


async def test_a_forward_is_offered_to_a_record_as_words_of_somebody_else(noting: Noting) -> None:
    offered = noting("filing.take_record_words", gives=True)
    await Door(uow=None, understand=None).takes(message=message("Авария устранена", **CHANNEL_FORWARD))
    [words] = offered[0][0]
    assert words.typed is None
    assert [source.link for source in words.part.sources] == ["t.me/novosti/77"]


@pytest.mark.parametrize("refusal", [AnswerUnclear(), LinkUnfit()])
async def test_words_that_do_not_answer_the_question_of_a_record_become_no_draft(
    noting: Noting, refusal: Refusal
) -> None:
    noting("filing.take_record_words", refuses=refusal)
    asked = noting("filing.take_message")
    door = Door(uow=None, understand=None)
    await door.takes(message=message("…"))
    assert door.said == [refusal_text(refusal)]
    assert asked == []


async def test_a_command_answers_no_record(noting: Noting) -> None:
    offered = noting("filing.take_record_words", gives=True)
    noting("filing.take_message")
    await Door(uow=None, understand=None).takes(message=message("/risk Нет воды"))
    assert offered == []


async def test_forwarded_post_answers_no_question_and_brings_its_address(noting: Noting) -> None:
    asked = noting("filing.take_message")
    await Door(uow=None, understand=None).takes(message=message("Нет воды", **CHANNEL_FORWARD))
    command = taken(asked)
    assert command.typed is None
    assert command.part.is_forward
    assert [source.link for source in command.part.sources] == ["t.me/novosti/77"]


async def test_forward_with_a_hidden_author_brings_no_address(noting: Noting) -> None:
    asked = noting("filing.take_message")
    await Door(uow=None, understand=None).takes(message=message("Нет воды", **HIDDEN_FORWARD))
    assert taken(asked).part.is_forward
    assert taken(asked).part.sources == ()


async def test_links_under_words_are_sources(noting: Noting) -> None:
    asked = noting("filing.take_message")
    hidden = {"type": "text_link", "offset": 0, "length": 3, "url": "https://vk.com/wall-1_2"}
    shown = {"type": "url", "offset": 7, "length": 17}
    sent = message("тут и  example.org/вода!", entities=[hidden, shown])
    await Door(uow=None, understand=None).takes(message=sent)
    assert {source.link for source in taken(asked).part.sources} >= {"vk.com/wall-1_2"}
    assert len(taken(asked).part.sources) == 2


@pytest.mark.parametrize("caption", [{}, {"caption": "Нет воды"}])
async def test_photo_is_taken_with_or_without_a_caption(noting: Noting, caption: dict[str, Any]) -> None:
    asked = noting("filing.take_message")
    await Door(uow=None, understand=None).takes(message=message(media_group_id="7", **PHOTO, **caption))
    command = taken(asked)
    assert command.part.has_media
    assert command.part.album == "7"
    assert command.typed == caption.get("caption")
    assert command.part.text == caption.get("caption", "")


@pytest.mark.parametrize("content", [VOICE, STICKER, VOICE | {"caption": "послушайте"}, {}])
async def test_what_cannot_become_a_card_is_asked_for_in_words(noting: Noting, content: dict[str, Any]) -> None:
    asked = noting("filing.take_message")
    door = Door(uow=None, understand=None)
    await door.takes(message=message(**content))
    assert asked == []
    assert door.said == ["Пришлите, пожалуйста, текстом или фото."]


async def test_edited_private_message_is_mended(noting: Noting) -> None:
    asked = noting("filing.take_edited_message")
    await Door(uow=None, understand=None).takes(edited_message=message("Нет воды и света", edit_date=DATE + 60))
    assert taken(asked).part.text == "Нет воды и света"
    assert taken(asked).part.sent_at == SATURDAY


async def test_refused_filing_says_why(noting: Noting) -> None:
    noting("filing.take_message", refuses=NothingToFile())
    door = Door(uow=None, understand=None)
    await door.takes(message=message("..."))
    assert door.said == [refusal_text(NothingToFile())]


async def test_command_in_private_files_its_words_and_answers_no_question(noting: Noting) -> None:
    asked = noting("filing.take_message")
    await Door(uow=None, understand=None).takes(message=message("/risk Нет воды, см. site/risk"))
    assert taken(asked).part.text.strip() == "Нет воды, см. site/risk"
    assert taken(asked).typed is None


async def test_slash_before_a_space_is_no_command(noting: Noting) -> None:
    asked = noting("filing.take_message")
    await Door(uow=None, understand=None).takes(message=message("/ нет воды"))
    assert taken(asked).typed == "/ нет воды"


async def test_unknown_command_is_not_filed(noting: Noting) -> None:
    asked = noting("filing.take_message")
    door = Door(uow=None, understand=None)
    await door.takes(message=message("/water нет воды"))
    assert asked == []
    assert door.said == ["Такой команды нет. Что умеет бот: /help."]


async def test_unknown_command_in_a_group_may_be_meant_for_another_bot() -> None:
    door = Door()
    assert await door.takes(message=message("/water", chat=GROUP)) is UNHANDLED
    await door.takes(message=message("/water@mcu_bot", chat=GROUP))
    assert door.said == ["Такой команды нет. Что умеет бот: /help."]


async def test_forwarded_words_that_begin_with_a_slash_are_words(noting: Noting) -> None:
    asked = noting("filing.take_message")
    await Door(uow=None, understand=None).takes(message=message("/water нет воды", **HIDDEN_FORWARD))
    assert taken(asked).part.text == "/water нет воды"


async def test_risk_in_the_chat_is_filed_at_once_from_the_words_and_the_replied_message(noting: Noting) -> None:
    asked = noting("filing.file_in_chat")
    replied = message("Третий день нет воды", chat=GROUP, number=50)
    sent = message("/risk@mcu_bot на Мира", chat=GROUP, reply_to_message=replied)
    door = Door(uow="units", understand="reader")
    await door.takes(message=sent)
    [(arguments, named)] = asked
    command = arguments[0]
    assert isinstance(command, FileInChat)
    quoted, own = command.parts
    assert (quoted.text, quoted.is_forward, quoted.message_id) == ("Третий день нет воды", True, 50)
    assert (own.text.strip(), own.is_forward, own.message_id) == ("на Мира", False, 55)
    assert command.place == Place(address=telegram(GROUP))
    assert command.command == 55
    assert named == {"actor": ACTOR, "uow": "units", "now": SATURDAY, "understand": "reader"}
    assert door.said == []


async def test_risk_as_the_caption_of_a_photo_is_filed(noting: Noting) -> None:
    asked = noting("filing.file_in_chat")
    await Door(uow=None, understand=None).takes(message=message(chat=GROUP, caption="/risk яма", **PHOTO))
    [own] = asked[0][0][0].parts
    assert own.has_media
    assert own.text.strip() == "яма"


async def test_people_named_behind_the_command_are_hidden_at_their_place(noting: Noting) -> None:
    asked = noting("filing.file_in_chat")
    words = "/risk 🏠 Иван Примеров пишет о воде"
    name = {"type": "text_mention", "offset": 9, "length": 13}
    person = {"user": {"id": 0, "is_bot": False, "first_name": ""}}
    await Door(uow=None, understand=None).takes(message=message(words, chat=GROUP, entities=[name | person]))
    [own] = asked[0][0][0].parts
    assert own.text.strip() == "🏠 [имя скрыто] пишет о воде"


async def test_reply_in_the_chat_may_answer_the_bot(noting: Noting) -> None:
    asked = noting("filing.take_reply_in_chat", gives=True)
    offered = noting("notes.offer_note")
    replied = message(chat=GROUP, number=50)
    door = Door(uow="units")
    await door.takes(message=message("Нет воды", chat=GROUP, reply_to_message=replied))
    command = taken(asked)
    assert (command.replies_to, command.typed) == (50, "Нет воды")
    assert asked[0][1] == {"actor": ACTOR, "uow": "units", "now": SATURDAY}
    assert door.said == []
    assert offered == []


async def test_talk_in_the_group_is_nobody_elses_business() -> None:
    assert await Door().takes(message=message("Доброе утро", chat=GROUP)) is UNHANDLED
