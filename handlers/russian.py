"""Russian word forms that a sentence with a changing part needs; what the sentences say is in `views`."""

from collections.abc import Iterable

from risk.units import shortened

_BUTTON_TITLE = 40


def counted(number: int, one: str, few: str, many: str) -> str:
    """«1 час», «2 часа», «5 часов»: the number with the form of the word that goes with it."""
    return f"{number} {_form(number, one, few, many)}"


def grouped(number: int) -> str:
    """«4 000»: thousands apart, never torn between two lines."""
    return f"{number:,}".replace(",", "\u00a0")


def decimal(number: float) -> str:
    """«7,2», «6»: with one place, where it is not whole."""
    return f"{number:.1f}".removesuffix(".0").replace(".", ",")


def percent(share: float) -> str:
    """«83 %», never torn between two lines."""
    return f"{share * 100:.0f}\u00a0%"


def signed(number: int) -> str:
    """«+7», «−2», «0»."""
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "0"


def accusative(title: str) -> str:
    """«средняя» → «среднюю»: a feminine adjective as the object of a verb; other words stay as they are."""
    for ending, changed in (("ая", "ую"), ("яя", "юю")):
        if title.endswith(ending):
            return title.removesuffix(ending) + changed
    return title


def quoted(words: Iterable[str]) -> str:
    """«воды», «улице»."""
    return ", ".join(f"«{word}»" for word in words)


def button_title(title: str) -> str:
    """A title as long as a button on a narrow phone can bear."""
    return shortened(title, _BUTTON_TITLE)


def _form(number: int, one: str, few: str, many: str) -> str:
    tens, last = number // 10 % 10, number % 10
    if tens == 1 or last == 0 or last > 4:
        return many
    return one if last == 1 else few
