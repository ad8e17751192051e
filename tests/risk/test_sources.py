"""Rules of links: which address is shown and how, what is somebody's own page, and what is no address at all."""

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from risk.sources import Source, SourceKind, find_links, read_link, spoken, without_links
from risk.units import units

PERSONAL = Source(kind=SourceKind.PERSONAL_PAGE)


def link(page: str) -> Source:
    return Source(kind=SourceKind.LINK, link=page)


def told(label: str) -> Source:
    return Source(kind=SourceKind.SPOKEN, label=label)


VK = (
    ("https://vk.com/wall-1_2", link("vk.com/wall-1_2")),
    ("http://vk.com/wall-1_2", link("vk.com/wall-1_2")),
    ("vk.com/wall-1_2", link("vk.com/wall-1_2")),
    ("https://m.vk.com/wall-1_2?from=feed", link("vk.com/wall-1_2")),
    ("https://vk.ru/wall-1_2", link("vk.com/wall-1_2")),
    ("https://VK.com/WALL-1_2/", link("vk.com/wall-1_2")),
    ("https://vk.com/wall-1_2?reply=77", link("vk.com/wall-1_2")),
    ("https://vk.com/wall-1_2?reply=78&thread=77", link("vk.com/wall-1_2")),
    ("https://vk.com/wall-1_2_r77", link("vk.com/wall-1_2")),
    ("https://vk.com/wall-1", link("vk.com/wall-1")),
    ("https://vk.com/club1?w=wall-1_2%2Fall", link("vk.com/wall-1_2")),
    ("https://vk.com/feed?w=wall-1_2", link("vk.com/wall-1_2")),
    ("https://vk.com/feed?section=search&w=wall-1_2_r77", link("vk.com/wall-1_2")),
    ("https://vk.com/some_screen_name?w=wall-1_2", link("vk.com/wall-1_2")),
    ("https://vk.com/photo-1_2?list=album-1_00", link("vk.com/photo-1_2")),
    ("https://vk.com/club1?z=photo-1_2%2Fwall-1_3", link("vk.com/photo-1_2")),
    ("https://vk.com/video-1_2", link("vk.com/video-1_2")),
    ("https://vkvideo.ru/video-1_2?t=5s", link("vk.com/video-1_2")),
    ("https://vk.com/clip-1_2", link("vk.com/clip-1_2")),
    ("https://vk.com/topic-1_2?post=77", link("vk.com/topic-1_2")),
    ("https://vk.com/club1", link("vk.com/club1")),
    ("https://vk.com/public1", link("vk.com/public1")),
    ("https://vk.com/event1", link("vk.com/event1")),
    ("https://vk.com/", link("vk.com")),
    ("https://vk.com/wall123_4", PERSONAL),
    ("https://vk.com/feed?w=wall123_4", PERSONAL),
    ("https://vk.com/club1?z=photo123_4%2Fwall-1_2", PERSONAL),
    ("https://vk.com/photo123_4", PERSONAL),
    ("https://vk.com/id123", PERSONAL),
    ("https://vk.com/im?sel=123", PERSONAL),
    ("https://vk.com/im", PERSONAL),
    ("https://vk.com/gim1?sel=123", PERSONAL),
    ("https://vk.com/write123", PERSONAL),
    ("https://vk.com/mail?act=show&id=1", PERSONAL),
    ("https://vk.com/feed", PERSONAL),
    ("https://vk.com/some_screen_name", PERSONAL),
    ("https://vk.com/@some_screen_name-article", PERSONAL),
    ("https://vk.com/club1/../id123", PERSONAL),
    ("https://vk.com/away.php?to=https%3A%2F%2Fexample.ru%2Fa&post=-1_2", link("example.ru/a")),
    ("https://vk.com/away.php?to=https%3A%2F%2Fvk.com%2Fid123", PERSONAL),
)

OTHER_NETWORKS = (
    ("https://ok.ru/group/5412/topic/77", link("ok.ru/group/5412/topic/77")),
    ("https://m.ok.ru/group/5412/topic/77?__dp=y", link("ok.ru/group/5412/topic/77")),
    ("https://ok.ru/pestovo/topic/77", link("ok.ru/pestovo/topic/77")),
    ("https://ok.ru/group/5412", link("ok.ru/group/5412")),
    ("https://ok.ru/video/77", link("ok.ru/video/77")),
    ("https://ok.ru/profile/123", PERSONAL),
    ("https://ok.ru/profile/123/statuses/4", PERSONAL),
    ("https://ok.ru/profile/123/topic/4", PERSONAL),
    ("https://ok.ru/vydumanny", PERSONAL),
    ("https://ok.ru/dk?st.cmd=friendMain", PERSONAL),
    ("https://t.me/pestovo_news/77", link("t.me/pestovo_news/77")),
    ("https://t.me/Pestovo_News/77?single", link("t.me/pestovo_news/77")),
    ("https://t.me/s/pestovo_news/77", link("t.me/pestovo_news/77")),
    ("https://telegram.me/pestovo_news/77", link("t.me/pestovo_news/77")),
    ("https://pestovo.t.me/77", link("t.me/pestovo/77")),
    ("https://t.me/pestovo_chat/5/77?comment=3", link("t.me/pestovo_chat/5/77")),
    ("https://t.me/pestovo_news", PERSONAL),
    ("https://t.me/s/pestovo_news", PERSONAL),
    ("https://t.me/vydumanny?start=1", PERSONAL),
    ("https://t.me/vydumanny/s/5", PERSONAL),
    ("https://t.me/+79211234567", PERSONAL),
    ("https://t.me/contact/5", PERSONAL),
    ("https://t.me/c/1234567/89", told("закрытый чат Telegram")),
    ("https://t.me/+AbCdEf123", told("закрытый чат Telegram")),
    ("https://t.me/joinchat/AbCdEf", told("закрытый чат Telegram")),
    ("https://t.me/share/url?url=https%3A%2F%2Fexample.ru%2Fa", link("example.ru/a")),
    ("https://max.ru/pestovo/AZ2H-TzaAOc", link("max.ru/pestovo/AZ2H-TzaAOc")),
    ("https://max.ru/c/-7345/AZ2H-TzaAOc", link("max.ru/c/-7345/AZ2H-TzaAOc")),
    ("https://max.ru/id5313000001_gos", link("max.ru/id5313000001_gos")),
    ("https://max.ru/u/f9LHodD0cOI", PERSONAL),
    ("https://max.ru/vydumanny", PERSONAL),
    ("https://max.ru/c/12345/AZ2H", PERSONAL),
    ("https://web.max.ru/12345", PERSONAL),
    ("https://max.ru/join/AbCdEf", told("закрытый чат MAX")),
    ("https://youtu.be/abcdefghijk?si=trace", link("youtube.com/watch?v=abcdefghijk")),
    ("https://m.youtube.com/watch?v=abcdefghijk&t=5&lc=comment", link("youtube.com/watch?v=abcdefghijk")),
    ("https://www.youtube.com/shorts/abcdefghijk", link("youtube.com/watch?v=abcdefghijk")),
    ("https://www.youtube.com/@vydumanny", PERSONAL),
    ("https://rutube.ru/video/0123456789abcdef/?r=wd", link("rutube.ru/video/0123456789abcdef")),
    ("https://rutube.ru/video/person/123", PERSONAL),
    ("https://dzen.ru/a/ZAbCdEf", link("dzen.ru/a/ZAbCdEf")),
    ("https://dzen.ru/vydumanny", PERSONAL),
    ("https://instagram.com/vydumanny", PERSONAL),
    ("https://www.instagram.com/p/AbC", PERSONAL),
    ("https://vydumanny.livejournal.com/77.html", PERSONAL),
    ("https://wa.me/79211234567", PERSONAL),
    ("https://chat.whatsapp.com/AbC", told("закрытый чат WhatsApp")),
    ("https://clck.ru/AbC", told("сокращённая ссылка")),
)

OTHER_SITES = (
    ("https://example.ru", link("example.ru")),
    ("https://www.example.ru/", link("example.ru")),
    ("HTTPS://EXAMPLE.RU/News/", link("example.ru/News")),
    ("//example.ru/news", link("example.ru/news")),
    ("example.ru/news", link("example.ru/news")),
    ("https://example.ru:443/news", link("example.ru/news")),
    ("http://example.ru:80/news", link("example.ru/news")),
    ("https://user:word@example.ru/news", link("example.ru/news")),
    ("https://example.ru/news#comment-77", link("example.ru/news")),
    ("https://example.ru/news?utm_source=a&utm_medium=b&yclid=1&gclid=2", link("example.ru/news")),
    ("https://example.ru/?b=2&_openstat=x&a=1&ysclid=y&fbclid=z&from=f&ref=r&igsh=i", link("example.ru?a=1&b=2")),
    ("https://example.ru/news?id=77&phone=89211234567", link("example.ru/news")),
    ("https://example.ru/news?id=77&q=ivan%40example.ru", link("example.ru/news")),
    ("https://example.ru/news?id=77&user_id=5", link("example.ru/news")),
    ("https://example.ru/news?q=%D0%B2%D0%BE%D0%B4%D0%B0+%2B+газ", link("example.ru/news?q=вода%20%2B%20газ")),
    ("https://example.ru/%D0%BF%D1%83%D1%82%D1%8C/a%20b%2Fc", link("example.ru/путь/a%20b%2Fc")),
    ("https://example.ru/%e0%f2", link("example.ru/%E0%F2")),
    ("https://example.ru//a/./b/../c//d/", link("example.ru/a/c//d")),
    ("https://xn--e1afmkfd.xn--p1ai/news", link("пример.рф/news")),
    ("https://ПРИМЕР.рф/Новости", link("пример.рф/Новости")),
    ("https://v\u043a.com/wall-1_2", link("xn--v-ttb.com/wall-1_2")),
    ("https://exam\u200bple.ru/news\u200b", link("example.ru/news")),
    ("https://example.ru\\@vk.com/id1", link("example.ru/@vk.com/id1")),
    ("https://example.ru/unsubscribe/ivan@example.ru", PERSONAL),
    ("https://example.ru/call/+79211234567", PERSONAL),
    ("https://archive.example/2026/https://vk.com/wall-1_2", link("archive.example/2026/https://vk.com/wall-1_2")),
    ("https://archive.example/2026/https://vk.com/id5", PERSONAL),
    ("https://archive.example/vk.com/id5", PERSONAL),
    ("https://translate.example/page?url=https%3A%2F%2Fvk.com%2Fid5&to=ru", link("translate.example/page")),
    (
        "https://translate.example/page?url=https%3A%2F%2Fexample.ru",
        link("translate.example/page?url=https:%2F%2Fexample.ru"),
    ),
)


@pytest.mark.parametrize(("typed", "source"), [*VK, *OTHER_NETWORKS, *OTHER_SITES])
def test_an_address_becomes_one_spelling_or_loses_itself(typed: str, source: Source) -> None:
    assert read_link(typed) == source


@pytest.mark.parametrize(("typed", "source"), [*VK, *OTHER_NETWORKS, *OTHER_SITES])
def test_a_shown_link_reads_as_itself(typed: str, source: Source) -> None:
    shown = read_link(typed)

    assert shown is not None
    if shown.link is not None:
        assert read_link(shown.link) == shown
        assert read_link(f"https://{shown.link}") == shown
        assert shown.address == f"https://{shown.link}"
    else:
        assert shown.address is None


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "домовой чат",
        "см. vk.com/wall-1_2",
        "javascript:alert(1)",
        "javascript://vk.com/%0Aalert(1)",
        "data:text/html,x",
        "tg://resolve?domain=vydumanny",
        "mailto:ivan@example.ru",
        "ivan@example.ru",
        "tel:89211234567",
        "file:///etc/passwd",
        "ftp://example.ru/a",
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://0x7f.0x0.0x0.0x1/",
        "http://[::1]/",
        "http://[",
        "http://localhost/",
        "http://printer.local/",
        "http://files.internal/",
        "http://10.0.0.1:8080/",
        "https://example.ru:8443/",
        "https://example.ru:port/",
        "https://intranet/",
        "https://-example-.ru/",
        "https://exa mple.ru/",
        "https://..ru/",
        "https:///news",
        "https://" + "a" * 64 + ".ru/",
        "https://example.ru/" + "a" * 5000,
    ],
)
def test_what_is_no_public_page_is_no_source(typed: str) -> None:
    assert read_link(typed) is None


pieces = st.sampled_from(
    (
        *(
            "https://",
            "http://",
            "//",
            "vk.com",
            "m.vk.com",
            "t.me",
            "ok.ru",
            "max.ru",
            "example.ru",
            "пример.рф",
            "xn--",
        ),
        *(
            "www.",
            "/",
            "wall-1_2",
            "wall1_2",
            "id5",
            "club1",
            "?",
            "w=",
            "&",
            "=",
            "#",
            "%2F",
            "%D0",
            "%BF",
            "%2e",
            "%",
            "+",
            "..",
        ),
        *(
            ".",
            "a",
            "Я",
            "\u0301",
            "\ud800",
            "\u200b",
            " ",
            "@",
            ":",
            "443",
            "s/",
            "c/",
            "77",
            "away.php?to=",
            "utm_x=1",
        ),
        *("\\", "[", "]", "ß", "İ", "²", "q=1"),
    )
)
addresses = st.one_of(st.lists(pieces, max_size=12).map("".join), st.text(max_size=40))


@settings(max_examples=800, deadline=None)
@given(addresses)
def test_any_shown_link_reads_as_itself(typed: str) -> None:
    source = read_link(typed)

    if source is not None and source.link is not None:
        assert read_link(source.link) == source


@settings(max_examples=500, deadline=None)
@given(st.lists(st.one_of(addresses, st.sampled_from((" ", ", ", "(", ")", "«", "»", ".\n"))), max_size=6).map("".join))
def test_found_links_stand_apart_and_are_gone_when_cut_out(text: str) -> None:
    found = find_links(text)

    assert all(one.ends <= other.begins for one, other in pairwise(found))
    assert all(read_link(text[each.begins : each.ends]) == each.source for each in found)
    assert not find_links(without_links(text))


def test_links_are_found_in_running_text_without_its_marks() -> None:
    text = (
        "Пишут: https://vk.com/wall-1_2, (t.me/pestovo_news/77) и «ok.ru/group/1/topic/2»! "
        "Ещё www.example.ru/a_(b). И https://example.ru/news?id=7; а также vk.com/id5…"
    )

    found = find_links(text)

    assert [text[each.begins : each.ends] for each in found] == [
        "https://vk.com/wall-1_2",
        "t.me/pestovo_news/77",
        "ok.ru/group/1/topic/2",
        "www.example.ru/a_(b)",
        "https://example.ru/news?id=7",
        "vk.com/id5",
    ]
    assert [each.source.link for each in found][-2:] == ["example.ru/news?id=7", None]
    assert without_links(text) == "Пишут:  , ( ) и « »! Ещё  . И  ; а также  …"


@pytest.mark.parametrize(
    "text",
    [
        "почта ivan@vk.com/",
        "портал evk.com/wall-1_2",
        "сайт vk.company/wall-1_2",
        "в vk.com писали",
        "и/или, т.е. всё. Вода",
        "http://",
        "https://127.0.0.1/a",
    ],
)
def test_what_only_resembles_a_link_is_not_found(text: str) -> None:
    assert find_links(text) == ()
    assert without_links(text) == text


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Воды нет.https://vk.com/id5", "Воды нет."),
        ("Воды нетhttps://vk.com/id5", "Воды нет"),
        ("Воды нет.vk.com/id5", "Воды нет."),
        ("Водыvk.com/id5", "Воды"),
        ("https://example.ru/ahttps://vk.com/id5", ""),
        ("ftp://vk.com/id5", "ftp://"),
        ("a.b.c.vk.com/id5", ""),
    ],
)
def test_a_link_typed_without_a_space_before_it_does_not_stay(text: str, rest: str) -> None:
    assert PERSONAL in [each.source for each in find_links(text)]
    assert without_links(text).strip() == rest


def test_a_spoken_source_is_masked_short_and_on_one_line() -> None:
    assert spoken("  домовой\nчат ") == told("домовой чат")
    assert spoken("звонок с 8 921 123-45-67") == told("звонок с [номер скрыт]")
    assert spoken("страница vk.com/id5 соседа") == told("страница соседа")
    assert spoken("vk.com/id5") is None
    assert spoken("…") is None
    long = spoken("слово " * 50)
    assert long is not None
    assert units(long.label or "") <= 80


@pytest.mark.parametrize(
    "piece", ["https://", "vk.com/", "a.", "https://a.ru/x ", "vk.com/id1 ", "https://a.ru/)", ")", "-", "www.", "%41"]
)
def test_links_are_found_in_time_proportional_to_the_text(piece: str) -> None:
    hostile = "https://a.ru/" + (piece * 100_000)[:100_000]

    before = process_time()
    find_links(hostile)

    assert process_time() - before < 6, "a quadratic rule would take minutes"
