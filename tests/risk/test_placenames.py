"""Rules of place names: all their cases are known, and a surname or a common noun is not taken for a village."""

import pytest

from risk.placenames import forms_of, is_place


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Быково", "Быково Быкова Быкову Быковом Быкове"),
        ("Сихино", "Сихино Сихина Сихину Сихином Сихине"),
        ("Муравьёво", "Муравьево Муравьёва Муравьеву Муравьёве"),
        ("Охона", "Охона Охоны Охоне Охону Охоной"),
        ("Вятка", "Вятка Вятки Вятке Вятку Вяткой"),
        ("Устюцкое", "Устюцкое Устюцкого Устюцкому Устюцким Устюцком"),
        ("Новая", "Новая Новой Новую"),
        ("Красный", "Красный Красного Красному Красным Красном"),
        ("Горки", "Горки Горкам Горками Горках"),
        ("Мохнецы", "Мохнецы Мохнецов Мохнецам Мохнецах"),
        ("Починок", "Починок Починка Починку Починком Починке"),
        ("Раменье", "Раменье Раменья Раменью Раменьем"),
        ("Ельня", "Ельня Ельни Ельне Ельню Ельней"),
        ("Кема", "Кема Кемы Кеме Кему Кемой"),
        ("Бор", "Бор Бора Бору Бором Боре"),
        ("Сить", "Сить Сити Ситью"),
    ],
)
def test_every_case_of_a_name_is_known(name: str, forms: str) -> None:
    assert {form.lower().replace("ё", "е") for form in forms.split()} <= forms_of(name)


@pytest.mark.parametrize(
    ("name", "other"), [("Вятка", "вятский"), ("Быково", "быков"), ("Охона", "охотник"), ("Бор", "бора́")]
)
def test_a_word_that_only_begins_alike_is_no_case_of_the_name(name: str, other: str) -> None:
    assert other not in forms_of(name)


@pytest.mark.parametrize(
    ("before", "written", "name"),
    [
        ("в", "Быкове", "быково"),
        ("в", "быково", "быково"),
        ("в", "быкове", "быково"),
        ("", "Быково", "быково"),
        ("дорога", "быково", "быково"),
        ("деревне", "быково", "быково"),
        ("Жители", "Быкова", "быково"),
        ("д", "Быкова", "быково"),
        ("из", "охоны", "охона"),
        ("", "Охоне", "охона"),
        ("деревня", "гора", "гора"),
        ("за", "Вяткой", "вятка"),
    ],
)
def test_a_village_is_told_by_its_capital_letter_or_the_word_before(before: str, written: str, name: str) -> None:
    assert is_place([written], before, name)


@pytest.mark.parametrize(
    ("before", "written", "name"),
    [
        ("депутат", "Быкова", "быково"),
        ("Ирина", "Быкова", "быково"),
        ("у", "Быкова", "быково"),
        ("к", "быкову", "быково"),
        ("на", "гору", "гора"),
        ("высокая", "гора", "гора"),
        ("в", "бору", "бор"),
    ],
)
def test_a_surname_or_a_noun_is_no_village(before: str, written: str, name: str) -> None:
    assert not is_place([written], before, name)
