"""Rules of sameness: two risks seem one by a common post or by the same trouble in the same place."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateways.likeness import RussianStemmer, fuzzy_ratio
from risk.masking import NUMBER_HIDDEN
from risk.sameness import MOST_WORDS, Sameness, SamenessReason, likeliest, sameness
from risk.sources import Source, SourceKind, read_link

STEMMER = RussianStemmer()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """As much of a risk as sameness asks for."""

    gist: str
    sources: tuple[Source, ...] = ()


def source(raw: str) -> Source:
    read = read_link(raw)
    assert read is not None
    return read


def same(newer: Filed, other: Filed) -> Sameness | None:
    return sameness(newer.gist, newer.sources, other.gist, other.sources, stem=STEMMER.stem, ratio=fuzzy_ratio)


def by_words(gist: str, other: str) -> Sameness | None:
    return same(Filed(gist=gist), Filed(gist=other))


SAME = (
    ("Нет воды на улице Мира третий день", "На Мира опять нет воды"),
    ("Отключение воды на Советской", "Нет воды на Советской"),
    ("Отключили воду на советской", "Нет воды на ул. Советская"),
    ("НЕТ ВОДЫ НА УЛИЦЕ МИРА", "нет воды на улице мира"),
    ("Нет воды 3 дня на Лесной", "Воды нет 5 дней, Лесная"),
    ("Нет горячей воды на Садовой, 12", "Садовая 12: горячей воды нет с понедельника"),
    ("Прорвало трубу на улице Лесной, дорогу залило", "На Лесной прорвало трубу"),
    ("Прорвало трубу на Мира", "На Мира лопнула труба"),
    ("Не вывозят мусор на Заречной", "На Заречной улице мусор не вывозят вторую неделю"),
    ("Мусорные контейнеры переполнены, вывоза нет", "Не вывозят мусор, контейнеры переполнены"),
    ("Переполнены баки на Набережной улице", "Мусорные баки переполнены на улице Набережная"),
    ("Нет света в деревне Быково", "В Быкове отключили свет"),
    ("Света нет в Сихино с 18:00", "В Сихине нет света, обещали к 20:00"),
    ("Дорога в Охону разбита", "Разбитая дорога до деревни Охона"),
    ("В Быкове неделю нет фельдшера", "Фельдшер в Быково не приезжает"),
    ("Горит мусор на полигоне возле Быкова", "У деревни Быково на полигоне горит мусор"),
    ("Фонари не горят на улице 8 Марта", "На 8 Марта не горят фонари"),
    ("Улица Новая без фонарей, темно", "На Новой улице темно: фонарей нет"),
    ("Не работает светофор на перекрёстке Мира и Лесной", "Светофор на Мира с Лесной не работает"),
    ("Яма возле школы", "Огромная яма у школы"),
    ("Яма рядом с детской площадкой", "У детской площадки глубокая яма"),
    ("В школе № 2 холодно, дети сидят в куртках", "Дети сидят в куртках: в школе 2 холодно"),
    ("Автобус № 3 опять не пришёл, люди мёрзнут", "Люди мёрзнут, автобус 3 не пришёл"),
    ("В больнице нет врачей, очереди", "Очереди в больнице: врачей не хватает"),
    ("Бродячие собаки на Полевой кидаются на детей", "На Полевой собаки бросаются на прохожих"),
    ("Подростки сломали качели на площадке", "На детской площадке сломаны качели"),
    ("Упало дерево на провода, Садовая", "На Садовой дерево упало на провода, искрит"),
    ("Не чистят снег на Мира", "Мира не чистят от снега"),
)

NOT_THE_SAME = (
    ("яма на улице Мира", "яма на улице Ленина"),
    ("Большая яма на улице Мира у дома 5", "Большая яма на улице Ленина у дома 5"),
    ("Прорвало трубу на улице Мира, нет воды", "Прорвало трубу на улице Ленина, нет воды"),
    ("прорвало трубу на ленина", "прорвало трубу на улице мира"),
    ("Мира 5, прорвало трубу, нет воды", "Ленина 5, прорвало трубу, нет воды"),
    ("В Выдуманске нет воды на Мира", "В Выдуманске нет воды на Лесной"),
    ("Не вывозят мусор на Полевой улице", "Не вывозят мусор на Садовой улице"),
    ("Переполнены баки на Набережной", "Переполнены баки на Лесной"),
    ("Нет воды на Красноармейской", "Нет воды на Красногвардейской"),
    ("Прорвало трубу на улице Октября", "Прорвало трубу на Октябрьской улице"),
    ("В Быкове неделю нет фельдшера", "Фельдшер в Охону не приезжает"),
    ("Отключили свет в Быкове", "Отключили воду в Быкове"),
    ("Закрыли аптеку в деревне Быково", "Закрыли магазин в деревне Быково"),
    ("Мусор на углу Мира и Лесной", "Яма на углу Мира и Лесной"),
    ("Яма на Мира у школы", "Мусор на Мира у школы"),
    ("У школы прорвало трубу", "У больницы прорвало трубу"),
    ("Чистят колодец на Мира", "Не чистят снег на Мира"),
    ("Нет воды на улице Мира третий день", "Нет света на улице Мира третий день"),
    ("В школе № 2 холодно", "В школе № 5 холодно"),
    ("5-я школа закрыта, крыша течёт", "Школа 2 закрыта, течёт крыша"),
    ("Автобус 3 не пришёл", "Автобус 7 не пришёл"),
    ("Нет мест в детском саду", "Дерутся в детском саду"),
    ("Повысили тарифы на воду", "Повысили тарифы на тепло"),
    ("Слухи о закрытии роддома", "Слухи о закрытии школы"),
    ("Жители жалуются на отсутствие отопления", "Жители жалуются на отсутствие освещения"),
    ("Администрация не отвечает на обращения жителей", "Жители ждут ответа администрации"),
    ("Нет воды", "Нет воды"),
    ("Протечка 21 ноября", "Пожар 21 ноября"),
)


@pytest.mark.parametrize(("newer", "older"), SAME)
def test_the_same_trouble_in_the_same_place_is_one_risk(newer: str, older: str) -> None:
    found = by_words(newer, older)
    assert found is not None
    assert found.reason is SamenessReason.WORDS
    assert found.link is None


@pytest.mark.parametrize(("newer", "older"), NOT_THE_SAME)
def test_another_trouble_or_another_place_is_another_risk(newer: str, older: str) -> None:
    assert by_words(newer, older) is None


@pytest.mark.parametrize(("newer", "older"), SAME + NOT_THE_SAME)
def test_which_of_the_two_is_newer_does_not_change_the_verdict(newer: str, older: str) -> None:
    one, other = by_words(newer, older), by_words(older, newer)
    assert (one and one.score) == (other and other.score)


def test_a_mistyped_street_is_the_same_street() -> None:
    assert by_words("Совесткая улица без отопления", "Нет отопления на улице Советской") is not None


def test_houses_of_one_street_are_not_told_apart() -> None:
    assert by_words("Нет воды на Мира, 5", "Нет воды на Мира, 17") is not None


def test_a_long_story_is_not_taken_for_its_every_pair_of_words() -> None:
    story = (
        "На Мира после аварии провалился асфальт, грузовик застрял, тротуар затопило, магазин стоит без света, "
        "вода попала в подвал аптеки, автобусы пустили в объезд через мост, школьники опоздали на уроки"
    )
    assert by_words(story, "На Мира нет воды") is None
    assert by_words(story, "Затопило подвал аптеки") is None


@pytest.mark.parametrize(
    ("newer", "older", "words"),
    [
        ("Нет воды на улице мира третий день", "На Мира опять нет воды", ("воды", "мира")),
        ("На Мира опять нет воды", "Нет воды на улице мира третий день", ("Мира", "воды")),
        ("Света нет в Сихино", "В Сихине нет света", ("Света", "Сихино")),
        ("Люди мёрзнут, не пришёл автобус", "Мёрзнут люди: автобус не пришёл", ("мёрзнут", "пришёл", "автобус")),
    ],
)
def test_common_words_are_shown_as_the_newer_gist_has_them(newer: str, older: str, words: tuple[str, ...]) -> None:
    found = by_words(newer, older)
    assert found is not None
    assert found.words == words


def test_no_more_common_words_are_shown_than_help() -> None:
    gist = "Подростки подожгли траву, сгорел сарай, пожарные приехали через час"
    found = by_words(gist, gist)
    assert found == Sameness(
        reason=SamenessReason.WORDS, score=100, words=("Подростки", "подожгли", "траву", "сгорел"), link=None
    )


def test_the_closer_the_words_the_higher_the_score() -> None:
    equal, longer = by_words("Яма на Мира", "На Мира яма"), by_words("Яма на Мира", "На Мира яма, застрял автобус")
    assert equal is not None
    assert longer is not None
    assert equal.score == 100
    assert 0 < longer.score < 100


@pytest.mark.parametrize("gist", ["", " ", "…", "!!!", NUMBER_HIDDEN, "112", "https://vk.com/wall-1_2", "не на у"])
def test_a_gist_without_words_is_like_none(gist: str) -> None:
    assert by_words(gist, gist) is None
    assert by_words(gist, "Нет воды на Мира") is None


def test_words_that_the_bot_put_in_are_not_common() -> None:
    assert by_words(f"Вода {NUMBER_HIDDEN}", f"Вода {NUMBER_HIDDEN}") is None


def test_an_address_inside_a_gist_has_no_words() -> None:
    assert by_words("Яма https://vk.com/wall-1_2", "Яма https://vk.com/wall-1_3") is None


@pytest.mark.parametrize(
    ("newer", "older", "link"),
    [
        ("https://vk.com/wall-1_2", "https://m.vk.com/wall-1_2?from=feed", "vk.com/wall-1_2"),
        ("https://vk.com/wall-1_2?utm_source=share", "https://vk.ru/wall-1_2?reply=77", "vk.com/wall-1_2"),
        ("https://t.me/vydumansk/7?single", "https://t.me/s/vydumansk/7", "t.me/vydumansk/7"),
        (
            "https://vydumansk.example.com/news/7?utm_source=tg&yclid=1",
            "https://vydumansk.example.com/news/7?fbclid=2",
            "vydumansk.example.com/news/7",
        ),
    ],
)
def test_one_post_is_one_risk_whatever_the_gists_say(newer: str, older: str, link: str) -> None:
    found = same(Filed(gist="Нет воды", sources=(source(newer),)), Filed(gist="Пожар в лесу", sources=(source(older),)))
    assert found == Sameness(reason=SamenessReason.LINK, score=100, words=(), link=link)


def test_one_common_post_among_several_is_enough() -> None:
    first, second, third = (source(f"https://vk.com/wall-1_{post}") for post in (2, 3, 4))
    found = same(Filed(gist="Свет", sources=(first, second)), Filed(gist="Вода", sources=(third, second)))
    assert found is not None
    assert found.link == second.link


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (source("https://vk.com/wall-1_2"), source("https://vk.com/wall-1_3")),
        (source("https://vk.com/id1"), source("https://vk.com/id1")),
        (source("https://t.me/+AbCdEfGhIjKlMnOp"), source("https://t.me/+AbCdEfGhIjKlMnOp")),
        (Source(kind=SourceKind.SPOKEN, label="домовой чат"), Source(kind=SourceKind.SPOKEN, label="домовой чат")),
    ],
)
def test_other_posts_personal_pages_and_hearsay_are_no_common_link(one: Source, other: Source) -> None:
    assert same(Filed(gist="Нет воды", sources=(one,)), Filed(gist="Пожар", sources=(other,))) is None


POST = source("https://vk.com/wall-1_2")
NEWER = Filed(gist="Прорвало трубу на Мира, нет воды", sources=(POST,))
SAME_POST = Filed(gist="Пожар в лесу", sources=(POST,))
SAME_WORDS = Filed(gist="Нет воды на Мира: прорвало трубу")
FEWER_WORDS = Filed(gist="На Мира опять нет воды")
FEWER_WORDS_AGAIN = Filed(gist="опять нет воды на Мира")
STRANGE = Filed(gist="Фельдшер в Охону не приезжает")


def likely(*others: Filed, limit: int = 3) -> tuple[Filed, ...]:
    found = likeliest(NEWER.gist, NEWER.sources, others, stem=STEMMER.stem, ratio=fuzzy_ratio, limit=limit)
    assert all(why == same(NEWER, other) for other, why in found)
    return tuple(other for other, _ in found)


def test_a_common_post_comes_before_common_words_and_the_closest_words_before_others() -> None:
    assert likely(STRANGE, FEWER_WORDS, SAME_WORDS, SAME_POST) == (SAME_POST, SAME_WORDS, FEWER_WORDS)


def test_those_equally_likely_stay_in_their_order() -> None:
    assert likely(FEWER_WORDS, FEWER_WORDS_AGAIN) == (FEWER_WORDS, FEWER_WORDS_AGAIN)
    assert likely(FEWER_WORDS_AGAIN, FEWER_WORDS) == (FEWER_WORDS_AGAIN, FEWER_WORDS)


@pytest.mark.parametrize(("limit", "count"), [(0, 0), (1, 1), (2, 2), (3, 3), (9, 4)])
def test_no_more_are_offered_than_asked_for(limit: int, count: int) -> None:
    assert len(likely(FEWER_WORDS, SAME_WORDS, FEWER_WORDS_AGAIN, SAME_POST, limit=limit)) == count


def test_where_nothing_is_like_nothing_is_offered() -> None:
    assert likely() == likely(STRANGE) == ()


typed = st.sampled_from(sorted({word for pair in SAME + NOT_THE_SAME for gist in pair for word in gist.split(" ")}))
gists = st.one_of(
    st.sampled_from([gist for pair in SAME + NOT_THE_SAME for gist in pair]),
    st.lists(typed, max_size=12).map(" ".join),
    st.lists(st.one_of(typed, st.text(max_size=12)), max_size=12).map(" ".join),
    st.text(max_size=300),
)
places_seen = st.lists(
    st.sampled_from(
        [
            POST,
            source("https://vk.com/wall-1_3"),
            Source(kind=SourceKind.PERSONAL_PAGE),
            Source(kind=SourceKind.SPOKEN, label="звонок"),
        ]
    ),
    max_size=3,
).map(tuple)
filed = st.builds(Filed, gist=gists, sources=places_seen)


@given(filed, filed)
def test_any_two_have_one_verdict_from_both_sides_and_a_score_within_bounds(one: Filed, other: Filed) -> None:
    found, mirrored = same(one, other), same(other, one)
    assert (found and (found.reason, found.score)) == (mirrored and (mirrored.reason, mirrored.score))
    if found is not None:
        assert 0 <= found.score <= 100
        assert (found.link is None) == (found.reason is SamenessReason.WORDS) == (len(found.words) > 1)
        assert len(found.words) <= MOST_WORDS


@given(filed, st.lists(filed, max_size=5), st.integers(min_value=-1, max_value=6))
def test_the_likeliest_are_those_that_are_the_same(newer: Filed, others: list[Filed], limit: int) -> None:
    found = likeliest(newer.gist, newer.sources, others, stem=STEMMER.stem, ratio=fuzzy_ratio, limit=limit)
    assert len(found) == min(max(0, limit), sum(same(newer, other) is not None for other in others))
    assert all(why == same(newer, other) for other, why in found)


@given(filed, filed, st.floats(min_value=-1000, max_value=1000))
def test_a_strange_ratio_breaks_no_bounds(one: Filed, other: Filed, strange: float) -> None:
    found = sameness(
        one.gist, one.sources, other.gist, other.sources, stem=STEMMER.stem, ratio=lambda _one, _other: strange
    )
    assert found is None or 0 <= found.score <= 100
