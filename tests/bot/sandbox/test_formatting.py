"""What becomes of a text and its entities."""

import pytest

from bot.sandbox.detection import detect
from bot.sandbox.formatting import format_text
from tests.bot.sandbox.harness import Json


def entity(kind: str, offset: int, length: int, **more: object) -> Json:
    return {"type": kind, "offset": offset, "length": length} | more


BOLD = "bold"


@pytest.mark.parametrize(
    ("text", "given", "kept", "entities"),
    [
        ("  слова \n", [], "слова", []),
        ("  слова ", [entity(BOLD, 2, 5)], "слова", [entity(BOLD, 0, 5)]),
        ("  слова ", [entity(BOLD, 0, 8)], "слова", [entity(BOLD, 0, 5)]),
        ("а  б", [entity(BOLD, 1, 2)], "а  б", []),
        ("а  б", [entity(BOLD, 1, 3)], "а  б", [entity(BOLD, 3, 1)]),
        ("а\r\nб", [entity(BOLD, 3, 1)], "а\nб", [entity(BOLD, 2, 1)]),
        ("а\tб", [], "а б", []),
        ("а\u202eб", [entity(BOLD, 2, 1)], "аб", [entity(BOLD, 1, 1)]),
        ("😀 да ", [entity(BOLD, 3, 3)], "😀 да", [entity(BOLD, 3, 2)]),
        ("абвг", [entity(BOLD, 0, 2), entity(BOLD, 2, 2)], "абвг", [entity(BOLD, 0, 4)]),
        ("абвг", [entity("italic", 0, 2), entity(BOLD, 0, 4)], "абвг", [entity(BOLD, 0, 4), entity("italic", 0, 2)]),
        ("абвг", [entity(BOLD, 0, 0)], "абвг", []),
        ("@olga_example", [entity("code", 0, 13)], "@olga_example", [entity("code", 0, 13)]),
        ("слово", [entity("hashtag", 0, 5)], "слово", []),
    ],
)
def test_text_is_kept_as_telegram_keeps_it(text: str, given: list[Json], kept: str, entities: list[Json]) -> None:
    assert format_text(text, given) == (kept, tuple(entities))


def test_a_text_of_4096_units_passes() -> None:
    assert format_text("я" * 4096, ())[0] == "я" * 4096
    assert format_text(" " + "😀" * 2048 + " ", ())[0] == "😀" * 2048


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start", ["bot_command:/start"]),
        ("см. /card@mcu_pilot_sandbox_bot!", ["bot_command:/card@mcu_pilot_sandbox_bot"]),
        ("и/или", []),
        ("a/b /c/d", []),
        ("https://example.org/a?b=1, дальше", ["url:https://example.org/a?b=1"]),
        ("(см. https://example.org/a)", ["url:https://example.org/a"]),
        ("https://ru.example.org/Вода_(река)", ["url:https://ru.example.org/Вода_(река)"]),
        ("example.ru и администрация.рф", ["url:example.ru", "url:администрация.рф"]),
        ("т.е. и т.д.", []),
        ("файл.xlsx", []),
        ("post@example.org", ["email:post@example.org"]),
        ("@olga_example и a@b", ["mention:@olga_example"]),
        ("#вода #1 #2024год", ["hashtag:#вода", "hashtag:#2024год"]),
        ("+7 (900) 000-00-00", ["phone_number:+7 (900) 000-00-00"]),
        ("😀 /start", ["bot_command:/start"]),
    ],
)
def test_commands_links_and_mentions_are_found(text: str, found: list[str]) -> None:
    units = text.encode("utf-16-le")
    shown = [
        f"{item['type']}:" + units[item["offset"] * 2 : (item["offset"] + item["length"]) * 2].decode("utf-16-le")
        for item in detect(text)
    ]
    assert shown == found
