"""The bundled presets as they are, and what an operator reads about a preset that cannot be used."""

from collections import Counter
from datetime import date, time, timedelta
from pathlib import Path

import pytest
import snowballstemmer
from pydantic import TypeAdapter

from bot.presets.faults import PresetError
from bot.presets.loading import load_preset, load_preset_file, preset_keys
from bot.presets.schema import RoutingTable
from risk.appeal_terms import AppealTerms, DaysTerm
from risk.appeals import Regime
from risk.calendar import WorkingHours
from risk.deadlines import ClockKind, Term
from risk.ids import BlockKey, LevelKey, RoleKey
from risk.offices import OPERATOR, Block, Lead, LeadUnit, OfficePlan, Page, PublicationKind, QuietRule
from risk.powers import Power
from risk.report_terms import LatenessTold, ReportTerms
from risk.routing import RoutingField

SMALL = """\
title = "МЦУ Выдуманного округа"
chat_title = "МЦУ-ПИЛОТ"
member_word = "член рабочей группы"
default_level = "low"
quiet_hours = "21:00-08:00"
invitation_days = 7
escalation = ["head"]
reminds_juniors = false
nudged_at = "08:30"
nudges_a_day = 3
approves_answers = false
quiet_rule = "both"
counted_publications = ["body_page", "regional_media"]
municipalities = ["Выдуманный округ"]

[appeals]
approves = false
fresh_for_days = 3
asked_at = "08:15"
first_answer = { hours = 8, clock = "working" }
im = { days = 5, clock = "working" }
pos_ordinary = { days = 20, clock = "clock" }
pos_fast_track = { days = 10, clock = "clock" }
by_hand = { days = 15, clock = "clock" }

[reports]
digest_at = "09:30"
lateness_told = "private"
week_begins = "sunday"
memo_on = "friday"
memo_at = "15:00"
rating_minimum = 10
addressee = "Главе Выдуманного округа"
signed_by = "head"

[[routing]]
block = "rural"
groups = ["ЖКХ", "Дороги"]
settlements = ["Выдумкино"]

[[routing]]
block = "rural"
executors = ["Северный отдел"]

[[pages]]
title = "Госпаблик ВКонтакте"
link = "https://vk.com/public1"
kind = "body_page"

[[roles]]
key = "head"
title = "руководитель МЦУ"

[[roles]]
key = "member"
title = "член рабочей группы"
seats = 0
open_ended = true

[powers]
read = [["head", "member"], ["operator"]]
file = [["head", "member"], ["operator"]]
classify = [["head"], ["operator"]]
work = [["head", "member"], ["operator"]]
approve = [["head"], ["operator"]]
decide = [["head"], ["operator"]]
report = [["head"], ["operator"]]
import = [["head"], ["operator"]]
distribute = [["head"], ["operator"]]
bind = [["head"], ["operator"]]
invite = [["head"], ["operator"]]
dismiss = [["head"], ["operator"]]
manage_absence = [["head"], ["operator"]]
assign_duty = [["head"], ["operator"]]
configure = [["head"], ["operator"]]
operate = [["operator"]]

[[levels]]
key = "low"
title = "обычная"
sign = "⚪"
verify_within = { hours = 9, clock = "working" }
answer_within = { hours = 27, clock = "working" }
check_after = [{ hours = 9, clock = "working" }, { hours = 18, clock = "working" }]
nudge_before = { days = 1 }
up_after = [{ hours = 9, clock = "working" }, { hours = 18, clock = "working" }]
may_go_unanswered = true

[[levels]]
key = "high"
title = "высокая"
sign = "🔴"
verify_within = { hours = 2, clock = "clock" }
answer_within = { hours = 6, clock = "clock" }
check_after = [{ hours = 4, clock = "clock" }, { hours = 24, clock = "clock" }]
nudge_before = { hours = 1 }
up_after = [{ hours = 1, clock = "clock" }]
urgent = true

[[blocks]]
key = "rural"
title = "Сельские территории"
head = "head"
territories = ["north"]

[[territories]]
key = "north"
title = "Северный отдел"
settlements = ["Выдумкино", "Придумёво"]

[[territories]]
key = "south"
title = "Южный отдел"
settlements = ["Сочинино"]

[calendar]
zone = "Asia/Yekaterinburg"

[calendar.week]
monday = "09:00-18:00"

[calendar.days_off]
"праздники" = [2026-11-04]

[calendar.hours_on]
2026-11-03 = "09:00-17:00"
"""

CHECKS = 'check_after = [{ hours = 9, clock = "working" }, { hours = 18, clock = "working" }]'
LEAD = "nudge_before = { days = 1 }"
UP = 'up_after = [{ hours = 9, clock = "working" }, { hours = 18, clock = "working" }]'
COUNTED = 'counted_publications = ["body_page", "regional_media"]'
RULES = SMALL[SMALL.index("[[routing]]") : SMALL.index("[[pages]]")]
MUNICIPALITIES = 'municipalities = ["Выдуманный округ"]'
IM_TERM = 'im = { days = 5, clock = "working" }'
ADDRESSED = 'addressee = "Главе Выдуманного округа"\nsigned_by = "head"\n'
PAGE = 'link = "https://vk.com/public1"'
SAME = 'kind = "body_page"\n[[pages]]\nlink = "{}"\ntitle = "{}"'
"""Closes the page and begins another one, whose kind is that of the first."""
KINDS = ", ".join(repr(kind.value) for kind in PublicationKind)


def load(tmp_path: Path, text: str) -> OfficePlan:
    file = tmp_path / "office.toml"
    file.write_text(text, encoding="utf-8")
    return load_preset_file(file)


def complaint(tmp_path: Path, text: str) -> str:
    with pytest.raises(PresetError) as caught:
        load(tmp_path, text)
    return str(caught.value)


@pytest.fixture(params=preset_keys())
def plan(request: pytest.FixtureRequest) -> OfficePlan:
    return load_preset(request.param)


@pytest.fixture
def pestovo() -> OfficePlan:
    return load_preset("pestovo")


# --- every bundled preset


def test_a_plan_survives_storage(plan: OfficePlan) -> None:
    adapter = TypeAdapter(OfficePlan)
    stored = adapter.dump_json(plan)
    assert adapter.validate_json(stored) == plan


def test_a_plan_names_a_holder_for_every_power_and_the_operator_last(plan: OfficePlan) -> None:
    assert set(plan.powers) == set(Power)
    assert all(ladder[-1] == {OPERATOR} for ladder in plan.powers.values())


def test_no_word_belongs_to_two_blocks_in_any_of_its_forms(plan: OfficePlan) -> None:
    blocks_of = Counter(stem for block in plan.blocks for stem in stems_of(block))
    assert [stem for stem, blocks in blocks_of.items() if blocks > 1] == []


def stems_of(block: Block) -> set[str]:
    stemmer = snowballstemmer.stemmer("russian")
    phrases = [phrase.casefold().replace("ё", "е").split() for phrase in (*block.words, *block.topics)]
    return {" ".join(stemmer.stemWords(words)) for words in phrases}


def test_a_preset_is_known_by_the_name_of_its_file(plan: OfficePlan) -> None:
    assert plan.key in preset_keys()


def test_an_unknown_preset_is_answered_with_those_there_are() -> None:
    with pytest.raises(PresetError, match=r"^нет пресета «atlantis»; есть: .*pestovo"):
        load_preset("atlantis")


# --- Пестово


def test_pestovo_has_the_four_blocks_of_its_act(pestovo: OfficePlan) -> None:
    assert [(block.key, block.head) for block in pestovo.blocks] == [
        ("roads", "head_roads"),
        ("social", "head_social"),
        ("economy", "head_economy"),
        ("rural", "head_rural"),
    ]
    assert all(25 <= len(block.words) <= 60 for block in pestovo.blocks)


def test_the_rural_block_of_pestovo_is_its_seven_territorial_departments(pestovo: OfficePlan) -> None:
    rural = pestovo.block(BlockKey("rural"))
    assert rural is not None
    assert len(rural.territories) == 7
    outside = [each.title for each in pestovo.territories if each.key not in rural.territories]
    assert outside == ["г. Пестово"]
    assert all(each.settlements for each in pestovo.territories)


def test_one_officer_of_pestovo_answers_for_both_systems(pestovo: OfficePlan) -> None:
    assert pestovo.role(RoleKey("officer")).title == "ответственный за ИМ и ПОС"


def test_only_members_of_pestovo_grow_by_invitation(pestovo: OfficePlan) -> None:
    assert [role.key for role in pestovo.roles if role.open_ended] == ["member"]
    assert pestovo.role(RoleKey("member")).title == pestovo.member_word
    assert [role.seats for role in pestovo.roles] == [1] * 7 + [0]


def test_everybody_in_pestovo_reads_and_files(pestovo: OfficePlan) -> None:
    held = {role.key for role in pestovo.roles}
    for role in held:
        assert {Power.READ, Power.FILE} <= pestovo.powers_of({role}, held=held)


def test_the_head_of_pestovo_binds_and_invites_then_the_curator_then_the_operator(
    pestovo: OfficePlan,
) -> None:
    head, curator = RoleKey("head"), RoleKey("curator")
    for power in (Power.BIND, Power.INVITE):
        assert power in pestovo.powers_of({head}, held={head, curator})
        assert power not in pestovo.powers_of({curator}, held={head, curator})
        assert power in pestovo.powers_of({curator}, held={curator})
        assert power in pestovo.powers_of({OPERATOR}, held=set())


def test_the_levels_of_pestovo_go_from_low_to_high(pestovo: OfficePlan) -> None:
    terms = [
        (each.title, each.verify_within.amount, each.answer_within.amount, each.verify_within.clock)
        for each in pestovo.levels
    ]
    assert terms == [
        ("низкая", timedelta(hours=9), timedelta(hours=27), ClockKind.WORKING),
        ("средняя", timedelta(hours=4), timedelta(hours=9), ClockKind.WORKING),
        ("высокая", timedelta(hours=2), timedelta(hours=6), ClockKind.CLOCK),
    ]
    assert pestovo.default_level == LevelKey("medium")
    assert len({each.sign for each in pestovo.levels}) == 3


def test_two_block_heads_of_pestovo_are_senior_to_the_head_and_nobody_to_the_curator(pestovo: OfficePlan) -> None:
    rank = {role.key: role.rank or 0 for role in pestovo.roles}
    senior = {block.head for block in pestovo.blocks if rank[block.head] > rank[RoleKey("head")]}
    assert len(senior) == 2
    assert rank[RoleKey("curator")] == max(rank.values())


# --- an office's own file


def test_an_offices_own_file_is_loaded_and_named_by_its_file(tmp_path: Path) -> None:
    office = load(tmp_path, SMALL)
    assert office.key == "office"
    assert office.calendar.hours_on(date(2026, 11, 3)) == WorkingHours(opens=time(9), closes=time(17))
    assert not office.calendar.is_working_day(date(2026, 11, 20))
    assert office.own_days == {
        date(2026, 11, 4): None,
        date(2026, 11, 3): WorkingHours(opens=time(9), closes=time(17)),
    }


def test_what_an_office_says_of_answers_and_of_following_the_reaction_is_loaded(tmp_path: Path) -> None:
    office = load(tmp_path, SMALL)
    assert (office.approves_answers, office.quiet_rule) == (False, QuietRule.BOTH)
    assert office.counted_publications == {PublicationKind.BODY_PAGE, PublicationKind.REGIONAL_MEDIA}
    low, high = office.levels
    assert [each.amount for each in low.check_after] == [timedelta(hours=9), timedelta(hours=18)]
    assert {each.clock for each in low.check_after} == {ClockKind.WORKING}
    assert {each.clock for each in high.check_after} == {ClockKind.CLOCK}
    assert (low.may_go_unanswered, high.may_go_unanswered) == (True, False)


def test_what_an_office_says_of_reminders_is_loaded(tmp_path: Path) -> None:
    office = load(tmp_path, SMALL)
    assert (office.escalation, office.reminds_juniors) == ((RoleKey("head"),), False)
    assert (office.nudged_at, office.nudges_a_day) == (time(8, 30), 3)
    low, high = (level.ladder for level in office.levels)
    assert (low.lead, high.lead) == (Lead(amount=1, unit=LeadUnit.DAYS), Lead(amount=1, unit=LeadUnit.HOURS))
    assert [each.amount for each in low.up_after] == [timedelta(hours=9), timedelta(hours=18)]
    assert {each.clock for each in high.up_after} == {ClockKind.CLOCK}
    assert (low.urgent, high.urgent) == (False, True)


def test_a_level_may_have_no_reminder_before_the_deadline_and_nobody_above(tmp_path: Path) -> None:
    low = load(tmp_path, SMALL.replace(LEAD, "").replace(UP, "up_after = []")).levels[0].ladder
    assert (low.lead, low.up_after) == (None, ())


def test_a_page_of_the_register_is_kept_in_the_spelling_of_links(tmp_path: Path) -> None:
    [page] = load(tmp_path, SMALL).pages
    assert page == Page(title="Госпаблик ВКонтакте", link="vk.com/public1", kind=PublicationKind.BODY_PAGE)


@pytest.mark.parametrize(
    ("link", "beginning"),
    [
        ("https://vk.ru/club5", "vk.com/wall-5"),
        ("m.vk.com/event7", "vk.com/wall-7"),
        ("t.me/s/Pestovo_news", "t.me/pestovo_news"),
        ("max.ru/id5300000000_gos", "max.ru/id5300000000_gos"),
        ("ok.ru/pestovo", "ok.ru/pestovo"),
        ("https://www.example.org/news/", "example.org/news"),
    ],
)
def test_a_page_of_the_register_begins_as_addresses_of_its_posts_do(tmp_path: Path, link: str, beginning: str) -> None:
    [page] = load(tmp_path, SMALL.replace(PAGE, f'link = "{link}"')).pages
    assert page.beginning == beginning


def test_an_office_may_have_no_register_of_pages(tmp_path: Path) -> None:
    without = SMALL[: SMALL.index("[[pages]]")] + SMALL[SMALL.index("[[roles]]") :]
    assert load(tmp_path, without).pages == ()


def test_a_level_may_ask_for_no_looks_at_the_reaction(tmp_path: Path) -> None:
    assert load(tmp_path, SMALL.replace(CHECKS, "check_after = []")).levels[0].check_after == ()


def test_an_office_may_have_no_blocks(tmp_path: Path) -> None:
    without = SMALL[: SMALL.index("[[blocks]]")] + SMALL[SMALL.index("[calendar]") :]
    office = load(tmp_path, without.replace(RULES, ""))
    assert (office.blocks, office.territories) == ((), ())


def test_how_an_office_reports_is_loaded(tmp_path: Path) -> None:
    assert load(tmp_path, SMALL).reports == ReportTerms(
        digest_at=time(9, 30),
        lateness_told=LatenessTold.PRIVATE,
        week_begins=6,
        memo_on=4,
        memo_at=time(15),
        rating_minimum=10,
        addressee="Главе Выдуманного округа",
        signed_by=RoleKey("head"),
    )


def test_a_memo_need_not_come_by_itself_nor_be_addressed_nor_signed(tmp_path: Path) -> None:
    without = SMALL.replace(ADDRESSED, "").replace('memo_on = "friday"', 'memo_on = "never"')
    reports = load(tmp_path, without).reports
    assert (reports.memo_on, reports.addressee, reports.signed_by) == (None, None, None)


def test_what_an_office_says_of_appeals_is_loaded(tmp_path: Path) -> None:
    office = load(tmp_path, SMALL)
    assert office.municipalities == ("Выдуманный округ",)
    assert (office.approves_appeals, office.exports_fresh_for, office.exports_asked_at) == (False, 3, time(8, 15))
    assert office.appeal_terms == AppealTerms(
        first_answer=Term(amount=timedelta(hours=8), clock=ClockKind.WORKING),
        answer={
            Regime.LAW_59: DaysTerm(days=30, clock=ClockKind.CLOCK),
            Regime.POS_ORDINARY: DaysTerm(days=20, clock=ClockKind.CLOCK),
            Regime.POS_FAST_TRACK: DaysTerm(days=10, clock=ClockKind.CLOCK),
            Regime.IM: DaysTerm(days=5, clock=ClockKind.WORKING),
            Regime.BY_HAND: DaysTerm(days=15, clock=ClockKind.CLOCK),
        },
    )


def test_a_rule_of_distribution_has_the_words_that_it_names_in_the_order_of_the_fields(tmp_path: Path) -> None:
    first, second = load(tmp_path, SMALL).routing
    assert first.block == BlockKey("rural")
    assert list(first.words.items()) == [
        (RoutingField.GROUP, ("ЖКХ", "Дороги")),
        (RoutingField.SETTLEMENT, ("Выдумкино",)),
    ]
    assert dict(second.words) == {RoutingField.EXECUTOR: ("Северный отдел",)}


def test_whatever_a_rule_may_look_at_has_a_list_in_a_preset() -> None:
    lists = {name.removesuffix("s") for name in RoutingTable.model_fields} - {"block"}
    assert lists == set(RoutingField)


def test_an_office_need_not_name_its_municipality_nor_any_rules(tmp_path: Path) -> None:
    office = load(tmp_path, SMALL.replace(MUNICIPALITIES, "").replace(RULES, ""))
    assert (office.municipalities, office.routing) == ((), ())


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('chat_title = "МЦУ-ПИЛОТ"', "", "chat_title: ключ обязателен"),
        ("invitation_days = 7", 'invitation_days = "7"', "invitation_days: нужно целое число"),
        ("invitation_days = 7", "invitation_days = 0", "invitation_days: нужно число не меньше 1"),
        ("invitation_days = 7", "days = 7", "days: такого ключа нет; можно: title, chat_title, "),
        (
            "seats = 0",
            "seat = 0",
            "roles.member.seat: такого ключа нет; можно: key, title, seats, open_ended",
        ),
        ("seats = 0\nopen_ended = true", "seats = 0", "roles.member.seats: 0 мест можно только вместе с "),
        ("open_ended = true", 'open_ended = "да"', "roles.member.open_ended: нужно true или false"),
        ('key = "member"', 'key = "head"', "roles.head: ключ повторяется"),
        ('key = "member"', 'key = "operator"', "roles.operator: ключ operator занят"),
        ('key = "member"', 'key = "Член"', "roles.Член.key: нужны строчные латинские буквы"),
        ('key = "member"', "", "roles.2.key: ключ обязателен"),
        ('key = "high"', 'key = "low"', "levels.low: ключ повторяется"),
        ('key = "south"', 'key = "north"', "territories.north: ключ повторяется"),
        ('title = "высокая"', 'title = "обычная"', "levels.title: название «обычная» повторяется"),
        ('title = "Северный отдел"', 'title = ""', "territories.north.title: нужна одна непустая строка"),
        ('title = "Северный отдел"', "title = 5", "territories.north.title: нужна строка в кавычках"),
        (
            'bind = [["head"]',
            'bind = [["chief"]',
            "powers.bind: нет роли «chief»; есть: head, member, operator",
        ),
        ('bind = [["head"], ["operator"]]', "", "powers.bind: полномочие не назначено; роли: head, member"),
        ('work = [["head", "member"], ["operator"]]', "", "powers.work: полномочие не назначено; роли: head, member"),
        ('approve = [["head"], ["operator"]]', "", "powers.approve: полномочие не назначено; роли: head, member"),
        ('decide = [["head"], ["operator"]]', "", "powers.decide: полномочие не назначено; роли: head, member"),
        ("bind =", "bend =", f"powers.bend: можно: {', '.join(repr(power.value) for power in Power)}"),
        ('bind = [["head"], ["operator"]]', "bind = []", "powers.bind: последняя ступень должна быть ["),
        (
            'bind = [["head"], ["operator"]]',
            'bind = [["head"]]',
            "powers.bind: последняя ступень должна быть [",
        ),
        ('bind = [["head"],', "bind = [[],", "powers.bind: ступень пуста; роли: head, member, operator"),
        (
            'bind = [["head"],',
            'bind = [["operator"],',
            "powers.bind: operator может стоять только в последней",
        ),
        (
            'bind = [["head"], ["operator"]]',
            'bind = "head"',
            "powers.bind: нужен список в квадратных скобках",
        ),
        ('default_level = "low"', 'default_level = "none"', "default_level: можно: low (высший уровень"),
        ('default_level = "low"', 'default_level = "high"', "default_level: можно: low (высший уровень"),
        (
            'clock = "clock" }\nanswer',
            'clock = "wall" }\nanswer',
            "levels.high.verify_within.clock: можно: 'clock', ",
        ),
        ("{ hours = 2,", "{ hours = 0,", "levels.high.verify_within.hours: нужно число не меньше 1"),
        (
            "{ hours = 2,",
            "{ days = 2,",
            "levels.high.verify_within.days: такого ключа нет; можно: hours, clock",
        ),
        (CHECKS, "", "levels.low.check_after: ключ обязателен"),
        (CHECKS, CHECKS.replace("18", "9"), "levels.low.check_after: сроки должны расти: каждая проверка позже"),
        (CHECKS, CHECKS.replace("18", "8"), "levels.low.check_after: сроки должны расти: каждая проверка позже"),
        (
            CHECKS,
            CHECKS.replace('18, clock = "working"', '18, clock = "clock"'),
            'levels.low.check_after: у всех проверок уровня один clock: "working" или "clock"',
        ),
        (CHECKS, CHECKS.replace("18", "0"), "levels.low.check_after.2.hours: нужно число не меньше 1"),
        ("may_go_unanswered = true", "may_go_unanswered = 1", "levels.low.may_go_unanswered: нужно true или false"),
        ("approves_answers = false", "", "approves_answers: ключ обязателен"),
        ("approves_answers = false", 'approves_answers = "нет"', "approves_answers: нужно true или false"),
        ("quiet_rule", "quiet", "quiet: такого ключа нет; можно: title, chat_title, "),
        ('quiet_rule = "both"', 'quiet_rule = "any"', "quiet_rule: можно: 'both', 'either'"),
        (COUNTED, COUNTED.replace("regional", "foreign"), f"counted_publications.2: можно: {KINDS}"),
        (COUNTED, "counted_publications = []", "counted_publications: нужно не меньше 1"),
        (COUNTED, 'counted_publications = "body_page"', "counted_publications: нужен список в квадратных скобках"),
        ('kind = "body_page"', 'kind = "chat"', f"pages.1.kind: можно: {KINDS}"),
        *(
            (PAGE, f'link = "{link}"', "pages.1.link: нужен адрес открытой страницы, например vk.com/")
            for link in ("сайт администрации", "pestovo", "10.0.0.1/news", "mail@example.org", "ftp://example.org", "")
        ),
        *(
            (PAGE, f'link = "{link}"', "pages.1.link: нужен адрес открытой страницы, например vk.com/")
            for link in ("vk.com/id12", "ok.ru/profile/12", "t.me/+abcdef", "clck.ru/1", "youtube.com/@pestovo")
        ),
        *(
            (PAGE, f'link = "{link}"', "pages.1.link: посты сообщества ВКонтакте стоят под его номером, а не под имен")
            for link in ("vk.com/pestovo_adm", "https://m.vk.com/pestovo_adm", "vk.ru/pestovo_adm")
        ),
        *(
            (PAGE, f'link = "{link}"', "pages.1.link: это вся площадка; нужен адрес одной страницы, например vk.com/")
            for link in ("vk.com", "https://t.me/")
        ),
        *(
            (PAGE, f"{PAGE}\n{SAME.format(link, 'Ещё раз')}", f"pages.link: {link} и «Госпаблик ВКонтакте» — одна стр")
            for link in ("vk.com/public1", "vk.com/club1", "vk.com/wall-1")
        ),
        (
            PAGE,
            f"{PAGE}\n{SAME.format('vk.com/public2', 'Госпаблик ВКонтакте')}",
            "pages.title: название «Госпаблик ВКонтакте» повторяется; названия должны различаться",
        ),
        (PAGE, "link = 1", "pages.1.link: нужна строка в кавычках"),
        ('head = "head"', 'head = "chief"', "blocks.rural.head: нет роли «chief»; есть: head, member"),
        (
            'head = "head"',
            'head = "head"\nowner = "chief"',
            "blocks.rural.owner: нет роли «chief»; есть: head, member",
        ),
        ('head = "head"', 'head = "head"\nowner = "head"', "blocks.rural.owner: «head» уже руководитель блока"),
        ("seats = 0", "seats = 0\nrank = -1", "roles.member.rank: нужно число не меньше 0"),
        ("seats = 0", 'seats = 0\nrank = "старший"', "roles.member.rank: нужно целое число"),
        ('["north"]', '["west"]', "blocks.rural.territories: нет территории «west»; есть: north, south"),
        ('["north"]', '["north", "north"]', "blocks.territories: территория «north» названа дважды"),
        ('["Сочинино"]', "[]", "territories.south.settlements: нужно не меньше 1"),
        (
            '["Сочинино"]',
            '["придумево"]',
            "territories.south.settlements: «придумево» уже есть в территории north",
        ),
        ("Asia/Yekaterinburg", "Asia/Atlantis", "calendar.zone: нет пояса «Asia/Atlantis»; нужен ключ IANA"),
        (
            'zone = "Asia/Yekaterinburg"',
            'zone = "Asia/Yekaterinburg"\nknown_until = 2027-12-31',
            "calendar.known_until: такого ключа нет; можно: zone, week, days_off, hours_on",
        ),
        (
            'monday = "09:00-18:00"',
            'monday = "9-18"',
            'calendar.week.monday: нужна строка вида "09:00-18:00"',
        ),
        ('monday = "09:00-18:00"', "monday = 9", 'calendar.week.monday: нужна строка вида "09:00-18:00"'),
        ('monday = "09:00-18:00"', 'monday = "24:00-25:00"', "calendar.week.monday: нужна строка вида"),
        ('monday = "09:00-18:00"', 'monday = "18:00-09:00"', "calendar.week.monday: конец рабочего дня"),
        ('monday = "09:00-18:00"', "", "calendar.week: нужен хотя бы один рабочий день"),
        ("monday", "mondey", "calendar.week.mondey: такого ключа нет; можно: monday, tuesday"),
        ("[2026-11-04]", "[2026-11-04, 2026-11-04]", "calendar.days_off: 2026-11-04 названо дважды"),
        ("[2026-11-04]", "[2026-11-03]", "calendar.days_off: 2026-11-03 названо дважды"),
        ("[2026-11-04]", '["4 ноября"]', "calendar.days_off.праздники.1: нужна дата вида 2026-12-31"),
        ("2026-11-03 =", "03-11 =", "calendar.hours_on.03-11: нужна дата вида 2026-12-31"),
        ('escalation = ["head"]', "", "escalation: ключ обязателен"),
        ('escalation = ["head"]', 'escalation = ["chief"]', "escalation: нет роли «chief»; есть: head, member"),
        ('escalation = ["head"]', 'escalation = ["head", "head"]', "escalation: роль «head» повторяется"),
        ("reminds_juniors = false", 'reminds_juniors = "нет"', "reminds_juniors: нужно true или false"),
        ('nudged_at = "08:30"', 'nudged_at = "05:30"', "nudged_at: нужен час от 06:00 до 12:00"),
        ('nudged_at = "08:30"', "nudged_at = 9", "nudged_at: нужен час от 06:00 до 12:00"),
        ("nudges_a_day = 3", "nudges_a_day = 0", "nudges_a_day: нужно число не меньше 1"),
        ("nudges_a_day = 3", "nudges_a_day = 21", "nudges_a_day: нужно число не больше 20"),
        (LEAD, "nudge_before = { days = 1, hours = 2 }", "levels.low.nudge_before: нужно одно из двух"),
        (LEAD, "nudge_before = {}", "levels.low.nudge_before: нужно одно из двух"),
        (LEAD, "nudge_before = { days = 0 }", "levels.low.nudge_before.days: нужно число не меньше 1"),
        (UP, "", "levels.low.up_after: ключ обязателен"),
        (UP, UP.replace("18", "9"), "levels.low.up_after: сроки должны расти"),
        (UP, UP.replace("18", "8"), "levels.low.up_after: сроки должны расти"),
        (
            UP,
            UP.replace('18, clock = "working"', '18, clock = "clock"'),
            "levels.low.up_after: у всех ступеней уровня один clock",
        ),
        ("urgent = true", 'urgent = "да"', "levels.high.urgent: нужно true или false"),
        (MUNICIPALITIES, 'municipalities = "Округ"', "municipalities: нужен список в квадратных скобках"),
        (MUNICIPALITIES, 'municipalities = [""]', "municipalities.1: нужна одна непустая строка"),
        ("[appeals]", "[appeal]", "appeal: такого ключа нет; можно: title, chat_title, "),
        ("approves = false", "", "appeals.approves: ключ обязателен"),
        ("approves = false", 'approves = "нет"', "appeals.approves: нужно true или false"),
        ("fresh_for_days = 3", "fresh_for_days = 0", "appeals.fresh_for_days: нужно число не меньше 1"),
        ("fresh_for_days = 3", "fresh_for_days = 31", "appeals.fresh_for_days: нужно число не больше 30"),
        *(
            ('asked_at = "08:15"', f"asked_at = {wrong}", "appeals.asked_at: нужен час от 06:00 до 12:00, например")
            for wrong in ('"05:59"', '"12:01"', '"вечером"', "8")
        ),
        ("[reports]", "[report]", "report: такого ключа нет; можно: title, chat_title, "),
        *(
            ('digest_at = "09:30"', f"digest_at = {wrong}", "reports.digest_at: нужен час от 06:00 до 12:00, например")
            for wrong in ('"05:59"', '"12:01"', "9")
        ),
        *(
            (right, wrong, "reports.digest_at: дайджест опирается на выгрузки: нужен час позже, чем appeals.asked_at (")
            for right, wrong in (
                ('digest_at = "09:30"', 'digest_at = "08:15"'),
                ('asked_at = "08:15"', 'asked_at = "09:30"'),
            )
        ),
        ('lateness_told = "private"', 'lateness_told = "all"', "reports.lateness_told: можно: 'chat', 'private'"),
        ('week_begins = "sunday"', 'week_begins = "never"', "reports.week_begins: можно: monday, tuesday, "),
        ('week_begins = "sunday"', "week_begins = 6", "reports.week_begins: можно: monday, tuesday, "),
        (
            'memo_on = "friday"',
            'memo_on = "пятница"',
            "reports.memo_on: можно: monday, tuesday, wednesday, thursday, friday, saturday, sunday, never",
        ),
        ('memo_at = "15:00"', 'memo_at = "24:00"', 'reports.memo_at: нужно время вида "16:00"'),
        ("rating_minimum = 10", "rating_minimum = 0", "reports.rating_minimum: нужно число не меньше 1"),
        ("rating_minimum = 10", "rating_minimum = 101", "reports.rating_minimum: нужно число не больше 100"),
        ("rating_minimum = 10", "", "reports.rating_minimum: ключ обязателен"),
        ('signed_by = "head"', 'signed_by = "mayor"', "reports.signed_by: нет роли «mayor»; есть: head, member"),
        ("by_hand", "law_59", "appeals.law_59: такого ключа нет; можно: approves, fresh_for_days, "),
        (IM_TERM, "", "appeals.im: ключ обязателен"),
        (IM_TERM, 'im = { days = 0, clock = "working" }', "appeals.im.days: нужно число не меньше 1"),
        (IM_TERM, 'im = { days = 61, clock = "working" }', "appeals.im.days: нужно число не больше 60"),
        (IM_TERM, 'im = { hours = 5, clock = "working" }', "appeals.im.hours: такого ключа нет; можно: days, clock"),
        (IM_TERM, 'im = { days = 5, clock = "wall" }', "appeals.im.clock: можно: 'clock', 'working'"),
        (IM_TERM, "im = 5", "appeals.im: нужна таблица"),
        ("{ hours = 8,", "{ days = 8,", "appeals.first_answer.days: такого ключа нет; можно: hours, clock"),
        ('block = "rural"', 'block = "urban"', "routing.1.block: нет блока «urban»; есть: rural"),
        ('block = "rural"', "", "routing.1.block: ключ обязателен"),
        ("executors", "executor", "routing.2.executor: такого ключа нет; можно: block, departments, executors, "),
        (
            'executors = ["Северный отдел"]',
            "executors = []",
            "routing.2: в правиле нет ни одного слова; нужен хотя бы ",
        ),
        ('executors = ["Северный отдел"]', "", "routing.2: в правиле нет ни одного слова; нужен хотя бы один список: "),
        ('["Северный отдел"]', '"Северный отдел"', "routing.2.executors: нужен список в квадратных скобках"),
        ('["Северный отдел"]', '["Северный отдел", ""]', "routing.2.executors.2: нужна одна непустая строка"),
        ('["Северный отдел"]', '["Северный отдел", "—"]', "routing.2: в «—» нет ни буквы, ни цифры; такое не найдётся"),
        (
            'executors = ["Северный отдел"]',
            'settlements = ["выдумкино"]\ngroups = ["дороги", "жкх"]',
            "routing.2: слова те же, что в правиле 1: до этого правила очередь не дойдёт; нужно одно",
        ),
        ('"21:00-08:00"', '"21:00-21:00"', "quiet_hours: начало и конец совпадают"),
        ('"21:00-08:00"', '"вечером"', "quiet_hours: нужна строка вида"),
        ("[calendar.week]", "[calendar.week", "это не TOML в UTF-8: "),
    ],
)
def test_a_wrong_preset_is_answered_with_one_line_that_names_file_key_and_what_is_allowed(
    tmp_path: Path, right: str, wrong: str, says: str
) -> None:
    assert SMALL.count(right) >= 1
    line = complaint(tmp_path, SMALL.replace(right, wrong, 1))
    assert line.startswith(f"office.toml: {says}")
    assert "\n" not in line


def test_a_single_level_is_not_enough(tmp_path: Path) -> None:
    second = SMALL.index("[[levels]]", SMALL.index("[[levels]]") + 1)
    one_level = SMALL[:second] + SMALL[SMALL.index("[[blocks]]") :]
    assert complaint(tmp_path, one_level) == "office.toml: levels: нужно не меньше 2"


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(PresetError, match=r"^gone\.toml: не читается: "):
        load_preset_file(tmp_path / "gone.toml")


def test_a_file_in_another_encoding_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "office.toml"
    file.write_bytes(SMALL.encode("utf-16"))
    with pytest.raises(PresetError, match=r"^office\.toml: это не TOML в UTF-8: "):
        load_preset_file(file)


def test_a_preset_error_carries_its_parts_for_others_to_show(tmp_path: Path) -> None:
    with pytest.raises(PresetError) as caught:
        load(tmp_path, SMALL.replace("invitation_days = 7", "invitation_days = true"))
    error = caught.value
    assert (error.file, error.key, error.says) == ("office.toml", "invitation_days", "нужно целое число")
