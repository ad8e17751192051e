"""How a journey works a risk, step after step: from its filing to a look at residents' reaction."""

import io

import docx

from tests.support.people import Chat, Group, Person, Shown

MEASURE = "Подвоз воды на улицу Мира"
LINK = "https://vk.com/wall-2_9"


async def filed(person: Person, chat: Group) -> None:
    await person.forwards("Нет воды на улице Мира третий день")
    await person.presses("Зарегистрировать")
    await chat.sees("ИР-1/26", "зарегистрирован")


async def on_card(person: Person, button: str, chat: Group) -> None:
    await person.presses(button, on=await chat.sees("ИР-1/26", "Зарегистрировал"))


async def verified(person: Person, chat: Group, outcome: str = "Подтвердился") -> None:
    await on_card(person, "Взять на проверку", chat)
    await on_card(person, outcome, chat)
    await person.says("Водоканал подтвердил аварию на водоводе")


async def asked(person: Person, chat: Group, position: str) -> None:
    """What is still unknown, of a position."""
    await on_card(person, "Ещё", chat)
    await on_card(person, "Неизвестное", chat)
    await person.says("Когда восстановят подачу?")
    await person.presses(position)
    await person.presses("сегодня")


async def measured(person: Person, chat: Group, position: str) -> None:
    await on_card(person, "Меры", chat)
    await on_card(person, "Мера принята", chat)
    await person.says(MEASURE)
    await person.presses(position)


async def answered(person: Person, chat: Group) -> None:
    await on_card(person, "Добавить ответ", chat)
    await person.says("Авария на водоводе по улице Мира устранена. Диспетчер: 8 (81669) 5-55-55.")
    await person.says("госпаблик администрации ВКонтакте; сайт администрации")


async def placed(person: Person, chat: Group) -> None:
    """Somebody has put the answer on its platforms."""
    await on_card(person, "Ответ размещён", chat)
    await chat.sees("Отработка ИР-1/26")


async def linked(person: Person, chat: Group, kind: str = "Страница органа") -> None:
    await on_card(person, "Добавить ссылку", chat)
    await gives_link(person, kind)


async def gives_link(person: Person, kind: str = "Страница органа", link: str = LINK) -> None:
    """To the question that stands."""
    await person.says(link)
    await person.presses(kind)


async def looks(person: Person, spread: str = "Не распространяется", *, at_links: bool = True) -> None:
    """At the reaction, as the questions that stand ask it."""
    await person.presses("Реакции нет")
    await person.presses(spread)
    if at_links:
        await person.presses("На месте")
    await person.presses("Цифр не видно")


async def reads_checklist(person: Person) -> Shown:
    await person.says("/close 1")
    return await person.last()


def lacking(checklist: Shown) -> list[str]:
    """Its lines that are not met, without what they rest on."""
    return _lines(checklist, "✗ ")


def met(checklist: Shown) -> list[str]:
    return _lines(checklist, "✓ ")


def _lines(checklist: Shown, sign: str) -> list[str]:
    lines = checklist.text.splitlines()
    return [line.removeprefix(sign).partition(": ")[0] for line in lines if line.startswith(sign)]


async def number_of(chat: Chat, words: str) -> int:
    """How many messages of the bot say so."""
    return sum(words in message.text for message in await chat.of_bot())


async def documents(person: Person) -> list[Shown]:
    """Files that the bot has sent to them."""
    return [each for each in await person.of_bot() if (each.data["media"] or {}).get("kind") == "document"]


async def reads_document(person: Person) -> str:
    """All the words of the newest Word file that came to the person, those of tables last."""
    newest = (await documents(person))[-1]
    file = await person.stage.sandbox.get(f"/control/files/{newest.data['media']['file']}")
    assert file.is_success, file.text
    document = docx.Document(io.BytesIO(file.content))
    paragraphs = [each.text for each in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*paragraphs, *cells]).replace("\u00a0", " ")
