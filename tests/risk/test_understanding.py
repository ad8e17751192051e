"""Rules of understanding: what of a message is kept, its gist, and the suggested block, level and territory."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.gateways.likeness import RussianStemmer
from bot.presets.loading import load_preset
from risk.calendar import WorkingCalendar, WorkingHours
from risk.deadlines import ClockKind, Term
from risk.gist import tidy_gist
from risk.ids import BlockKey, LevelKey, RoleKey, TerritoryKey
from risk.masking import Hidden
from risk.offices import Block, Level, OfficePlan, QuietHours, Territory
from risk.sources import Source, SourceKind
from risk.understanding import Part, RawMessage, Understanding, take_in, understand
from risk.units import units
from risk.vocabulary import Vocabulary, vocabulary_of

SENT_AT = datetime(2026, 11, 21, 6, 2, tzinfo=UTC)
PERSONAL = Source(kind=SourceKind.PERSONAL_PAGE)
TERM = Term(amount=timedelta(hours=4), clock=ClockKind.WORKING)


def link(page: str) -> Source:
    return Source(kind=SourceKind.LINK, link=page)


def level(key: str, *words: str) -> Level:
    return Level(key=LevelKey(key), title=key, sign="•", verify_within=TERM, answer_within=TERM, words=words)


def block(key: str, *words: str, topics: tuple[str, ...] = (), territories: tuple[str, ...] = ()) -> Block:
    return Block(
        key=BlockKey(key),
        title=key,
        head=RoleKey("head"),
        topics=topics,
        words=words,
        territories=tuple(map(TerritoryKey, territories)),
    )


def territory(key: str, title: str, *settlements: str) -> Territory:
    return Territory(key=TerritoryKey(key), title=title, settlements=settlements)


HOURS = WorkingHours(opens=time(9), closes=time(18))
PLAN = OfficePlan(
    key="invented",
    title="МЦУ Выдуманного округа",
    chat_title="МЦУ-ПИЛОТ",
    member_word="член проектного офиса",
    roles=(),
    powers={},
    blocks=(
        block("roads", "вода", "яма", "свет", "нет света", "ёлка", "улица", topics=("вывоз мусора", "дорога")),
        block("social", "школа", "больница", "врач", "скорая помощь", topics=("здравоохранение",)),
        block("rural", "деревня", territories=("north", "south")),
    ),
    territories=(
        territory("town", "г. Выдуманск", "Выдуманск"),
        territory("north", "Быковский отдел", "д. Быково", "Охона", "Малый Быков"),
        territory("south", "Богословский отдел", "Богослово", "Русский Выдуманск"),
    ),
    levels=(level("low", "предложение"), level("medium"), level("high", "пожар", "угроза жизни")),
    default_level=LevelKey("medium"),
    calendar=WorkingCalendar(zone="Europe/Moscow", week=(HOURS, HOURS, HOURS, HOURS, HOURS, None, None)),
    quiet_hours=QuietHours(begins=time(21), ends=time(8)),
    invitation_days=7,
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return vocabulary_of(PLAN, RussianStemmer())


@pytest.fixture(scope="module")
def pestovo() -> Vocabulary:
    return vocabulary_of(load_preset("pestovo"), RussianStemmer())


def raw(
    text: str,
    *links: str,
    message_id: int = 1,
    names: tuple[tuple[int, int], ...] = (),
    is_forward: bool = False,
    post: str | None = None,
    has_media: bool = False,
) -> RawMessage:
    return RawMessage(
        message_id=message_id,
        sent_at=SENT_AT,
        text=text,
        links=links,
        name_ranges=names,
        is_forward=is_forward,
        from_channel_post=post,
        has_media=has_media,
    )


def part(text: str, *, message_id: int = 1, is_forward: bool = False, has_media: bool = False) -> Part:
    return take_in(raw(text, message_id=message_id, is_forward=is_forward, has_media=has_media))


def understood(vocabulary: Vocabulary, *texts: str) -> Understanding:
    return understand([part(text, message_id=number) for number, text in enumerate(texts)], vocabulary)


# --- what may be kept ---------------------------------------------------------------------------------


def test_links_become_sources_and_leave_the_text() -> None:
    kept = take_in(raw("Пишут https://vk.com/wall-1_2?reply=7 и vk.com/id5: нет воды"))

    assert kept.sources == (link("vk.com/wall-1_2"), PERSONAL)
    assert kept.text.split() == ["Пишут", "и", ":", "нет", "воды"]


def test_links_of_formatting_and_the_forwarded_post_are_sources_once() -> None:
    message = raw(
        "Подробнее на пример.рф/новости и t.me/pestovo_news/77",
        "пример.рф/новости",
        "https://t.me/s/pestovo_news/77?single",
        "tg://user?id=5",
        post="t.me/Pestovo_News/77",
    )

    kept = take_in(message)

    assert kept.sources == (link("t.me/pestovo_news/77"), link("пример.рф/новости"))
    assert kept.text.split() == ["Подробнее", "на", "и"]


def test_personal_data_leaves_the_text_and_is_named() -> None:
    kept = take_in(raw("👍 Пётр пишет: звоните 8 921 123-45-67, a@example.ru", names=((3, 7),)))

    assert kept.text == "👍 [имя скрыто] пишет: звоните [номер скрыт], [почта скрыта]"
    assert kept.hidden == {Hidden.NAME, Hidden.PHONE, Hidden.EMAIL}


def test_cutting_a_link_out_joins_no_words_and_makes_no_new_link() -> None:
    kept = take_in(raw("vk.https://example.ru/a com/id5 вода(https://example.ru/b) нет"))

    assert kept.text.split() == ["vk.", "com/id5", "вода(", ")", "нет"]


def test_a_kept_part_carries_over_what_is_not_text() -> None:
    kept = take_in(RawMessage(message_id=7, sent_at=SENT_AT, text="", is_forward=True, has_media=True, album="a"))

    assert kept == Part(message_id=7, sent_at=SENT_AT, text="", is_forward=True, has_media=True, album="a")


@pytest.mark.parametrize("text", ["", " \n", "…", "👍", "\u200b", "8 921 123-45-67", "@vydumanny"])
def test_a_part_without_words_links_and_pictures_is_empty(text: str) -> None:
    assert part(text).is_empty
    assert not part(text, has_media=True).is_empty


@pytest.mark.parametrize("text", ["нет воды", "112", "vk.com/id5", "https://example.ru"])
def test_a_part_with_words_or_links_is_not_empty(text: str) -> None:
    assert not part(text).is_empty


def test_an_answer_about_the_source_is_its_links_or_else_its_words() -> None:
    assert part("видел тут vk.com/wall-1_2").spoken_or_linked() == (link("vk.com/wall-1_2"),)
    assert part("домовой  чат").spoken_or_linked() == (Source(kind=SourceKind.SPOKEN, label="домовой чат"),)
    assert part("…").spoken_or_linked() == ()


# --- the gist -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "gist"),
    [
        ("Нет воды на Мира. Третий день.", "Нет воды на Мира."),
        ("Нет воды на ул. Мира у д. 5 корп. 2. Третий день.", "Нет воды на ул. Мира у д. 5 корп. 2."),
        ("Сколько можно?! Нет воды", "Сколько можно?!"),
        ("Вода... опять ржавая. Жалоба", "Вода... опять ржавая."),
        ("Нет   воды\tна Мира\nТретий день", "Нет воды на Мира"),
        ("\n\n***\nНет воды", "Нет воды"),
        ("Здравствуйте! Нет воды на Мира", "Нет воды на Мира"),
        ("Добрый день, уважаемые соседи.\nСвета нет", "Света нет"),
        ("Здравствуйте!", "Здравствуйте!"),
        ("https://vk.com/wall-1_2 Нет воды", "Нет воды"),
        ("Позвоните 8 921 123-45-67, нет воды", "Позвоните [номер скрыт], нет воды"),
        ("<b>Вода</b> & \"кавычки\" 'x' `y` *z* \\", "<b>Вода</b> & \"кавычки\" 'x' `y` *z* \\"),
        ("\u202eадов\u202c 👩‍👩‍👧 ок", "\u202eадов\u202c 👩‍👩‍👧 ок"),
        ("水がない", "水がない"),
    ],
)
def test_the_gist_is_the_first_sentence_with_words(vocabulary: Vocabulary, text: str, gist: str) -> None:
    assert understood(vocabulary, text).gist == gist


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "…!!! — ?",
        "👍👍👍",
        "\u200b\u200d\ufeff",
        "\u3164\u3164",
        "\u2800",
        "1️⃣",
        "https://vk.com/wall-1_2",
        "https://vk.com/wall-1_2\nvk.com/id5 !",
        "+7 921 123-45-67",
        "@vydumanny",
        "a@example.ru",
    ],
)
def test_a_text_without_words_has_no_gist(vocabulary: Vocabulary, text: str) -> None:
    assert understood(vocabulary, text).gist is None


def test_the_members_own_comment_tells_the_gist_whatever_came_first(vocabulary: Vocabulary) -> None:
    forward = part("Люди пишут: нет света. Беда.", message_id=1, is_forward=True)
    comment = part("Нет света на Мира", message_id=2)

    assert understand([forward, comment], vocabulary).gist == "Нет света на Мира"
    assert understand([comment, forward], vocabulary) == understand([forward, comment], vocabulary)


@pytest.mark.parametrize("comment", ["", "👆", "https://vk.com/wall-1_2", "Добрый день!"])
def test_a_comment_that_tells_nothing_leaves_the_gist_to_the_forward(vocabulary: Vocabulary, comment: str) -> None:
    forward = part("Нет света. Беда.", message_id=1, is_forward=True)

    assert understand([forward, part(comment, message_id=2)], vocabulary).gist == "Нет света."


def test_a_long_gist_is_cut_at_a_word(vocabulary: Vocabulary) -> None:
    gist = understood(vocabulary, "вода 👍 " * 200).gist

    assert gist is not None
    assert units(gist) <= 300
    assert gist.endswith(("вода…", "👍…"))


def test_a_long_gist_of_emoji_is_not_cut_inside_one(vocabulary: Vocabulary) -> None:
    family = "👩‍👩‍👧‍👦"

    gist = understood(vocabulary, "да" + family * 100).gist

    assert gist is not None
    assert gist.removesuffix("…").removeprefix("да").replace(family, "") == ""


def test_a_typed_gist_keeps_all_its_sentences_and_a_number_may_be_one() -> None:
    assert tidy_gist(" Нет воды.\n Третий  день. ") == "Нет воды. Третий день."
    assert tidy_gist("112") == "112"
    assert tidy_gist("…") is None
    assert tidy_gist("[номер скрыт]") is None


# --- block ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("Нет воды, на улице ямы", "roads", ("воды", "улице", "ямы")),
        ("ВОДЫ НЕТ", "roads", ("ВОДЫ",)),
        ("ёлку не убрали", "roads", ("ёлку",)),
        ("елки гниют", "roads", ("елки",)),
        ("во\u00adды нет", "roads", ("воды",)),
        ("Нет света и воды", "roads", ("Нет света", "воды")),
        ("Вывоза мусора нет", "roads", ("Вывоза мусора",)),
        ("воды воды воды, а школа и врачи", "social", ("школа", "врачи")),
        ("Здравоохранению конец", "social", ("Здравоохранению",)),
        ("школа без воды", "roads", ("воды",)),
        ("скорая не приехала, помощи нет", None, ()),
        ("мусор вывоза", None, ()),
        ("Погода хорошая", None, ()),
        ("пишите: a@voda.ru", None, ()),
        ("", None, ()),
    ],
)
def test_the_block_with_most_distinct_words_is_suggested(
    vocabulary: Vocabulary, text: str, key: str | None, words: tuple[str, ...]
) -> None:
    told = understood(vocabulary, text)

    assert told.block == key
    assert told.block_words == words


def test_words_of_all_parts_count_but_a_phrase_does_not_run_over(vocabulary: Vocabulary) -> None:
    assert understood(vocabulary, "вода", "школа", "врач").block == "social"
    assert understood(vocabulary, "скорая", "помощь").block is None


def test_our_own_placeholders_are_no_words_of_the_resident() -> None:
    post = vocabulary_of(replace(PLAN, blocks=(block("post", "почта", "номер"),)), RussianStemmer())

    assert understood(post, "пишите a@example.ru, 8 921 123-45-67").block is None
    assert understood(post, "почту закрыли").block == "post"


# --- level ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("Пожар и предложение", "high", ("Пожар",)),
        ("Это угроза жизни людей", "high", ("угроза жизни",)),
        ("Есть предложения", "low", ("предложения",)),
        ("Нет воды", "medium", ()),
        ("жизни угроза", "medium", ()),
    ],
)
def test_the_highest_level_with_a_word_is_suggested(
    vocabulary: Vocabulary, text: str, key: str, words: tuple[str, ...]
) -> None:
    told = understood(vocabulary, text)

    assert (told.level, told.level_words) == (key, words)


# --- territory --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key", "word"),
    [
        ("В Быкове нет света", "north", "Быкове"),
        ("в быково нет света", "north", "быково"),
        ("в деревне Быково", "north", "Быково"),
        ("Охоне нужна школа", "north", "Охоне"),
        ("В БОГОСЛОВЕ БЕДА", "south", "БОГОСЛОВЕ"),
        ("дорога Выдуманск – Богослово", "south", "Богослово"),
        ("Из Малого Быкова не выехать", "north", "Малого Быкова"),
        ("Богословский отдел молчит", "south", "Богословский отдел"),
    ],
)
def test_a_named_village_suggests_its_territory_and_the_territorial_block(
    vocabulary: Vocabulary, text: str, key: str, word: str
) -> None:
    told = understood(vocabulary, text)

    assert (told.territory, told.territory_word) == (key, word)
    assert (told.block, told.block_words) == ("rural", (word,))


def test_the_town_is_a_territory_and_leaves_the_block_to_the_words(vocabulary: Vocabulary) -> None:
    told = understood(vocabulary, "В Выдуманске нет воды")

    assert (told.territory, told.territory_word) == ("town", "Выдуманске")
    assert (told.block, told.block_words) == ("roads", ("воды",))


def test_a_longer_name_is_not_taken_for_the_shorter_one_in_it(vocabulary: Vocabulary) -> None:
    assert understood(vocabulary, "В Русском Выдуманске беда").territory == "south"


def test_the_territory_named_more_often_wins(vocabulary: Vocabulary) -> None:
    assert understood(vocabulary, "Богослово, Быково, Охона без света").territory == "north"


@pytest.mark.parametrize("text", ["депутат Быкова сказала", "стадо быков", "богослов приехал", "охотник", "Быковы"])
def test_a_word_that_resembles_a_village_is_none(vocabulary: Vocabulary, text: str) -> None:
    told = understood(vocabulary, text)

    assert told.territory is None
    assert told.territory_word is None


# --- all together -----------------------------------------------------------------------------------------


def test_sources_hidden_kinds_and_pictures_of_all_parts_are_joined(vocabulary: Vocabulary) -> None:
    parts = [
        part("vk.com/wall-1_2 нет воды", message_id=1, is_forward=True),
        part("vk.com/wall-1_2 и t.me/pestovo_news/77, 8 921 123-45-67", message_id=2),
        part("", message_id=3, has_media=True),
    ]

    told = understand(parts, vocabulary)

    assert told.sources == (link("vk.com/wall-1_2"), link("t.me/pestovo_news/77"))
    assert told.hidden == {Hidden.PHONE}
    assert told.has_media


def test_a_forgotten_understanding_holds_nothing_that_was_sent(vocabulary: Vocabulary) -> None:
    told = understood(vocabulary, "Пожар в Быкове vk.com/wall-1_2 8 921 123-45-67")

    assert told.level == "high"
    assert told.forgotten() == replace(understand([], vocabulary), level=told.level)


def test_nothing_sent_is_understood_as_nothing(vocabulary: Vocabulary) -> None:
    told = understand([], vocabulary)

    assert told.gist is None
    assert told.block is None
    assert told.level == "medium"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=80), st.booleans()), max_size=3))
def test_any_text_is_understood_without_an_error(vocabulary: Vocabulary, sent: list[tuple[str, bool]]) -> None:
    parts = [part(text, message_id=number, is_forward=forward) for number, (text, forward) in enumerate(sent)]

    told = understand(parts, vocabulary)

    assert told == understand(parts[::-1], vocabulary)
    assert told.gist is None or units(told.gist) <= 300


def test_a_message_as_long_as_they_come_is_understood_in_no_time(pestovo: Vocabulary) -> None:
    long = ("В деревне Быково нет воды, пожар на ул. Мира 8 921 123-45-67 https://vk.com/wall-1_2 " * 60)[:4096]

    before = process_time()
    understand([take_in(raw(long))], pestovo)

    assert process_time() - before < 1


# --- the preset that the bot ships ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Нет воды на улице Мира третий день", "roads"),
        ("На Советской яма на яме, машины бьём", "roads"),
        ("Мусор не вывозят вторую неделю, контейнеры переполнены", "roads"),
        ("Во дворе по ул. Боровичской не горят фонари", "roads"),
        ("Автобус до вокзала опять не пришёл, стоим на остановке", "roads"),
        ("Крыша течёт после ремонта, управляющая компания молчит", "roads"),
        ("Тротуары не чистят, сплошной гололёд", "roads"),
        ("Когда уберут свалку за гаражами?", "roads"),
        ("Стройка новой котельной встала", "roads"),
        ("Отопление не дали, дома холод", "roads"),
        ("В школе №6 нет учителя математики", "social"),
        ("В поликлинике не записаться к терапевту", "social"),
        ("Скорая ехала полтора часа", "social"),
        ("Детский сад закрывают, куда девать детей", "social"),
        ("Когда выплатят пособия многодетным", "social"),
        ("В больнице нет врачей", "social"),
        ("Бассейн закрыт, тренеров уволили", "social"),
        ("Дом культуры не отапливается", "social"),
        ("В магазине цены выросли вдвое", "economy"),
        ("Задерживают зарплату на лесозаводе", "economy"),
        ("Фермеры не могут сдать молоко", "economy"),
        ("Земельный участок продали без торгов", "economy"),
        ("Предпринимателей выгоняют с рынка", "economy"),
        ("В деревне Быково нет света второй день", "rural"),
        ("Дорогу до Богослова не чистят", "rural"),
        ("В Охоне закрыли школу и больницу", "rural"),
        ("Из Устюцкого не ходит автобус", "rural"),
        ("Колодец в Абросове пересох", "rural"),
        ("В Русском Пестове упал столб", "rural"),
        ("В Вятке нет связи", "rural"),
        ("Автолавка перестала ездить по деревням", "rural"),
        ("Волки подходят к дачам", "rural"),
        ("Пестово без отопления", "roads"),
        ("Погода на завтра хорошая", None),
        ("Вятский фестиваль прошёл весело", None),
    ],
)
def test_what_residents_write_finds_its_block(pestovo: Vocabulary, text: str, key: str | None) -> None:
    assert understood(pestovo, text).block == key


@pytest.mark.parametrize("text", ["Пожар в жилом доме", "Взрыв газа, есть пострадавшие", "Дети отравились в лагере"])
def test_what_threatens_people_suggests_the_highest_level(pestovo: Vocabulary, text: str) -> None:
    assert understood(pestovo, text).level == "high"
