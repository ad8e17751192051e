"""Rules of hiding personal data: what is hidden, what must stay, and what holds for any text at all."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from risk.masking import EMAIL_HIDDEN, NAME_HIDDEN, NUMBER_HIDDEN, Hidden, mask, mask_ranges
from risk.units import units

PHONES = (
    "+7 921 123-45-67",
    "+79211234567",
    "89211234567",
    "8(921)123-45-67",
    "8 (921) 123 45 67",
    "8-921-123-45-67",
    "8–921—123‑45−67",
    "8\u00a0921\u00a0123\u00a045\u00a067",
    "+7 (921) 123‑45‑67",
    "9211234567",
    "921 123-45-67",
    "8 9 2 1 1 2 3 4 5 6 7",
    "8.921.123.45.67",
    "8_921_123_45_67",
    "８９２１１２３４５６７",
    "８ （９２１） １２３－４５－６７",
    "8\u200b921\u200b1234567",
    "8\u200d9\u200d2\u200d1\u200d1234567",
    "8️⃣9️⃣2️⃣1️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣",
    "8 (81669) 5-12-34",
    "(81669) 5-12-34",
    "5-12-34",
    "51-23-45",
    "512-34-56",
    "8 800 555-35-35",
    "+375 29 123-45-67",
    "+49 170 1234567",
)


@pytest.mark.parametrize("phone", PHONES)
def test_a_phone_is_hidden_however_it_is_written(phone: str) -> None:
    masked = mask(f"Звонила соседка, {phone}, просила помочь")

    assert masked.text == f"Звонила соседка, {NUMBER_HIDDEN}, просила помочь"
    assert masked.hidden == {Hidden.PHONE}


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("т. 51234", f"т. {NUMBER_HIDDEN}"),
        ("т.51234", f"т.{NUMBER_HIDDEN}"),
        ("тел. 51234", f"тел. {NUMBER_HIDDEN}"),
        ("Тел: 512345", f"Тел: {NUMBER_HIDDEN}"),
        ("телефон 5 12 34", f"телефон {NUMBER_HIDDEN}"),
        ("звоните по номеру 51234", f"звоните по номеру {NUMBER_HIDDEN}"),
        ("позвоните 51234, 51235 или 51236", f"позвоните {NUMBER_HIDDEN}, {NUMBER_HIDDEN} или {NUMBER_HIDDEN}"),
        ("моб. 921 123 45 67", f"моб. {NUMBER_HIDDEN}"),
        ("тел. 81669 51234", f"тел. {NUMBER_HIDDEN}"),
        ("tel:+79211234567", f"tel:{NUMBER_HIDDEN}"),
        ("https://example.ru/?phone=89211234567&a=1", f"https://example.ru/?phone={NUMBER_HIDDEN}&a=1"),
        ("https://wa.me/79211234567", f"https://wa.me/{NUMBER_HIDDEN}"),
        ("https://t.me/+79211234567", f"https://t.me/{NUMBER_HIDDEN}"),
        ("21.11.2026 8 921 123-45-67", f"21.11.2026 {NUMBER_HIDDEN}"),
        ("с 10:00 8 921 123-45-67", f"с 10:00 {NUMBER_HIDDEN}"),
        ("дом 5 89211234567 8 922 765 43 21", f"дом 5 {NUMBER_HIDDEN} {NUMBER_HIDDEN}"),
        ("89211234567 Копейкину, 9211234567 рубит лес", f"{NUMBER_HIDDEN} Копейкину, {NUMBER_HIDDEN} рубит лес"),
        ("за 10 000 рублей, 89211234567", f"за 10 000 рублей, {NUMBER_HIDDEN}"),
    ],
)
def test_a_phone_is_hidden_where_a_word_or_an_address_gives_it(written: str, stored: str) -> None:
    masked = mask(written)

    assert masked.text == stored
    assert masked.hidden == {Hidden.PHONE}


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("4915 123456", Hidden.PASSPORT),
        ("49 15 123456", Hidden.PASSPORT),
        ("4915 № 123456", Hidden.PASSPORT),
        ("112-233-445 95", Hidden.SNILS),
        ("112 233 445 95", Hidden.SNILS),
        ("112–233–445–95", Hidden.SNILS),
        ("4111111111111111", Hidden.CARD),
        ("4111 1111 1111 1111", Hidden.CARD),
        ("2200-0000-0000-0004", Hidden.CARD),
        ("500100732259", Hidden.INN),
    ],
)
def test_a_document_is_hidden_by_its_shape(written: str, kind: Hidden) -> None:
    masked = mask(f"мои данные: {written}.")

    assert masked.text == f"мои данные: {NUMBER_HIDDEN}."
    assert masked.hidden == {kind}


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("паспорт 4915123456", Hidden.PASSPORT),
        ("Паспорт серии 4915 № 123456", Hidden.PASSPORT),
        ("серия 49 15 номер 123456", Hidden.PASSPORT),
        ("паспорт № 123456", Hidden.PASSPORT),
        ("СНИЛС 11223344595", Hidden.SNILS),
        ("снилс: 112.233.445.95", Hidden.SNILS),
        ("ИНН 123456789012", Hidden.INN),
    ],
)
def test_a_document_is_hidden_after_its_name(written: str, kind: Hidden) -> None:
    masked = mask(written)

    assert masked.text.endswith(NUMBER_HIDDEN)
    assert not any(char.isdigit() for char in masked.text)
    assert masked.hidden == {kind}


@pytest.mark.parametrize(
    "written",
    ["ivan@example.ru", "i.petrov+mail@почта.рф", "иван@example.ru", "ivan (at) example.ru", "ivan[собака]example.ru"],
)
def test_an_e_mail_is_hidden(written: str) -> None:
    masked = mask(f"пишите {written}, отвечу")

    assert masked.text == f"пишите {EMAIL_HIDDEN}, отвечу"
    assert masked.hidden == {Hidden.EMAIL}


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("[id123|Пётр Выдуманный] пишет", f"{NAME_HIDDEN} пишет"),
        ("[id123|не закрыто", f"{NAME_HIDDEN}не закрыто"),
        ("@id123 (Пётр Выдуманный), да", f"{NAME_HIDDEN}, да"),
        ("*id123 (Пётр)", NAME_HIDDEN),
        ("спросите @vydumanny_77.", f"спросите {NAME_HIDDEN}."),
        ("(@vydumanny)", f"({NAME_HIDDEN})"),
        ("профиль id1234567", f"профиль {NAME_HIDDEN}"),
        ("tg://user?id=123", NAME_HIDDEN),
    ],
)
def test_a_name_that_leads_to_a_person_is_hidden(written: str, stored: str) -> None:
    masked = mask(written)

    assert masked.text == stored
    assert masked.hidden == {Hidden.NAME}


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("[club1|Подслушано] сообщает", "«Подслушано» сообщает"),
        ("[public12|Наш посёлок]", "«Наш посёлок»"),
        ("@club1 (Подслушано)", "«Подслушано»"),
    ],
)
def test_the_title_of_a_community_stays_and_its_number_does_not(written: str, stored: str) -> None:
    masked = mask(written)

    assert masked.text == stored
    assert not masked.hidden


@pytest.mark.parametrize(
    "text",
    [
        "21.11.2026",
        "21.11.26",
        "21/11/2026",
        "21-11-2026",
        "2026-11-21 10:00",
        "с 21.11.2026 10:00 до 23.11.2026 18:00",
        "9.12.2026 9.00",
        "21-11-26 г.",
        "10:00-18:00",
        "с 9.00 до 18.00",
        "8.30-12.30 13.30-17.30",
        "автобус: 8.30 10.15 11.00",
        "приём 9-00-18-00",
        "ждём 10-15-20 минут",
        "3-10-11 классы",
        "ул. Мира, д. 5, кв. 12",
        "ул. Мира, 8-10",
        "дома 1, 3, 5, 7, 9, 11, 13",
        "дома 91 93 95 97 99",
        "этажи 7 8 9 10 11 12 13",
        "звоните 112",
        "101 102 103 104 112",
        "1 500 000 рублей",
        "10 000 000",
        "9 211 234 567",
        "выделено 9211234567 руб.",
        "2026 500000 руб.",
        "5 т. 10000 рублей",
        "59-ФЗ",
        "№ 131-ФЗ от 06.10.2003",
        "ПОС 6100013",
        "ИР-12/26",
        "ОГРН 1025300653377",
        "ИНН 5313000001",
        "инвентарный 1234567890123456",
        "53:14:0100101:123",
        "58.595123, 35.812345",
        "индекс 174510",
        "vk.com/wall-1_2",
        "https://vk.com/wall-79211234567_89211234567",
        "https://vk.com/feed?w=wall-79211234567_89211234567",
        "https://example.ru/news/89211234567.html",
        "https://example.ru/@vydumanny/89211234567",
        "t.me/pestovo_news/77",
        "в 2025-2026 годах",
        "Вода есть @ воды нет",
        "",
    ],
)
def test_dates_sums_and_numbers_of_appeals_stay(text: str) -> None:
    masked = mask(text)

    assert masked.text == text
    assert not masked.hidden


def test_all_kinds_found_are_named() -> None:
    masked = mask("@vydumanny 89211234567 a@example.ru 112-233-445 95 4111111111111111 4915 123456 500100732259")

    assert masked.hidden == set(Hidden)


def test_named_ranges_are_counted_in_utf16_units() -> None:
    text = "👍 Пётр Выдуманный и Анна пишут"
    begins = units("👍 Пётр Выдуманный и ")

    assert mask_ranges(text, [(3, 18), (begins, begins + 4)]) == f"👍 {NAME_HIDDEN} и {NAME_HIDDEN} пишут"


@pytest.mark.parametrize(
    ("ranges", "stored"),
    [
        ([(0, 1)], f"{NAME_HIDDEN}аб"),
        ([(1, 2)], f"{NAME_HIDDEN}аб"),
        ([(2, 99)], f"👍{NAME_HIDDEN}"),
        ([(-5, 2)], f"{NAME_HIDDEN}аб"),
        ([(0, 3), (2, 4)], f"{NAME_HIDDEN}{NAME_HIDDEN}"),
        ([(3, 3)], "👍аб"),
        ([(9, 12)], "👍аб"),
    ],
)
def test_a_range_beside_the_text_or_inside_a_pair_hides_no_half_of_a_character(
    ranges: list[tuple[int, int]], stored: str
) -> None:
    assert mask_ranges("👍аб", ranges) == stored


PIECES = (
    *PHONES,
    *("8", "9", "921", "123", "45", "67", "12", "34", "2026", "21.11.", "26", "8.30", "10:15", "4111 1111 1111 1111"),
    *(
        "112-233-445 95",
        "500100732259",
        "-",
        " ",
        ".",
        "(",
        ")",
        "+",
        ",",
        ":",
        "/",
        "№",
        "_",
        "\u200b",
        "\u00a0",
        "\n",
    ),
    *("т.", "тел.", "паспорт ", "серия", "СНИЛС ", "ИНН ", "руб", "г.", "и", "@", "id5", "id", "[", "]", "|", "[id5|"),
    *(
        "[club1|",
        "club1",
        "public2",
        "Иван",
        "ivan",
        "@ivan",
        "@club1 (",
        "*id7",
        "mail.ru",
        "(at)",
        "https://",
        "vk.com/",
    ),
    *("wa.me/", "?q=", "%2B", "wall-", "tg://", "👍", "\ud800", "«", "»"),
)
"""What rules look at, to be shuffled into texts that nobody would write."""

texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.text(max_size=60))


@settings(max_examples=800, deadline=None)
@given(texts)
def test_masking_a_masked_text_changes_nothing(text: str) -> None:
    once = mask(text).text

    assert mask(once).text == once


@settings(deadline=None)
@given(texts)
def test_nothing_is_named_hidden_unless_something_was(text: str) -> None:
    masked = mask(text)

    if masked.text == text:
        assert not masked.hidden


@given(texts, st.lists(st.tuples(st.integers(-2, 70), st.integers(-2, 70)), max_size=4))
def test_any_ranges_over_any_text_are_hidden_without_an_error(text: str, ranges: list[tuple[int, int]]) -> None:
    assert isinstance(mask_ranges(text, ranges), str)


digits_of_mobile = st.from_regex(r"[78]9[0-9]{9}", fullmatch=True)
separators = st.sampled_from(("", " ", "-", ".", "\u00a0", "–", "\u200b", " - ", ") ("))


@given(digits_of_mobile, st.lists(separators, min_size=4, max_size=4))
def test_a_mobile_number_is_hidden_whatever_stands_between_its_digits(digits: str, between: list[str]) -> None:
    spread = "\u200b".join(digits)
    groups = (digits[0], digits[1:4], digits[4:7], digits[7:9], digits[9:])
    grouped = "".join(group + gap for group, gap in zip(groups, [*between, ""], strict=True))

    assert mask(f"номер {spread} вот").text == f"номер {NUMBER_HIDDEN} вот"
    assert not any(char.isdigit() for char in mask(f"номер {grouped} вот").text)


HOSTILE = (
    *(
        "1 ",
        "9 ",
        "8-",
        "8(",
        "98 ",
        "8.30 ",
        "8\u200b",
        "5-12-34 ",
        "4111 ",
        "паспорт",
        "снилс1",
        "инн ",
        "т. ",
        "+",
        " ",
    ),
    *("a", "a1", "a.", "1.", "a@", "@a", "[id1|", "[club1|", "@id1 (", "http://", "tg://", "\u0301"),
)


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    hostile = (piece * 100_000)[:100_000]

    before = process_time()
    mask(hostile)

    assert process_time() - before < 6, "a quadratic rule would take minutes"
