"""The five bundled offices against their acts: roles, blocks, zone, and to whom each power falls."""

from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateways.likeness import RussianStemmer
from bot.presets.loading import load_preset, preset_keys
from risk.appeal_terms import DEFAULT_TERMS, DaysTerm
from risk.appeals import Appeal, Regime
from risk.deadlines import ClockKind
from risk.ids import RoleKey
from risk.offices import IN_THE_ACT, OPERATOR, OfficePlan, PublicationKind, QuietRule
from risk.powers import Power
from risk.report_terms import LatenessTold
from risk.staging import Derivation, StagedAppeal
from risk.understanding import Part, understand
from risk.vocabulary import Vocabulary, vocabulary_of
from tests.risk.exports import read
from tests.support.workbooks import IM_SAMPLE, OLDER_POS_SAMPLE, POS_SAMPLE, table_of

PROJECT_OFFICE: Final = "член проектного офиса"
WORKING_GROUP: Final = "член рабочей группы"
MOSCOW: Final = "Europe/Moscow"
YEKATERINBURG: Final = "Asia/Yekaterinburg"

OF_EVERYBODY: Final = (Power.READ, Power.FILE, Power.WORK)
OF_THE_HEAD: Final = (
    Power.APPROVE,
    Power.DECIDE,
    Power.BIND,
    Power.INVITE,
    Power.DISMISS,
    Power.MANAGE_ABSENCE,
    Power.ASSIGN_DUTY,
    Power.CONFIGURE,
)

Roles = tuple[tuple[str, str, int], ...]
Ladder = tuple[str, ...]
"""Roles in falling order, those of one step apart by spaces; the operator's last step goes without saying."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What an act says of its office, and where it is silent, what the office's settings say."""

    title: str
    zone: str
    member_word: str
    roles: Roles
    heads: Ladder
    """The powers that an act gives to whoever heads the office."""
    classify: Ladder
    operate: Ladder
    imports: Ladder
    distribute: Ladder
    reports: Ladder
    """Who reads the figures of the whole office."""
    signs: str = "head"
    memo_on: int | None = None
    """The day of the memo that its act demands every week."""
    leads: str = "curator"
    """Who is senior to all others."""
    blocks: int = 0
    approves: bool = False
    """Whether its group is an inter-agency one, which agrees its answers before they go out."""

    @property
    def everybody(self) -> str:
        return " ".join(key for key, _, _ in self.roles)

    @property
    def ladders(self) -> dict[Power, Ladder]:
        return {
            **dict.fromkeys(OF_EVERYBODY, (self.everybody,)),
            Power.CLASSIFY: self.classify,
            Power.IMPORT: self.imports,
            Power.DISTRIBUTE: self.distribute,
            **dict.fromkeys(OF_THE_HEAD, self.heads),
            Power.OPERATE: self.operate,
            Power.REPORT: self.reports,
        }


PESTOVO: Final = Act(
    title="МЦУ Пестовского округа",
    zone=MOSCOW,
    member_word=PROJECT_OFFICE,
    roles=(
        ("curator", "куратор", 1),
        ("head", "руководитель МЦУ", 1),
        ("officer", "ответственный за ИМ и ПОС", 1),
        ("head_roads", "руководитель блока «Дороги, ЖКХ, благоустройство»", 1),
        ("head_social", "руководитель блока «Социальная политика»", 1),
        ("head_economy", "руководитель блока «Экономика, финансы, сельское хозяйство»", 1),
        ("head_rural", "руководитель блока «Сельские территории»", 1),
        ("member", PROJECT_OFFICE, 0),
    ),
    heads=("head", "curator"),
    classify=("head officer head_roads head_social head_economy head_rural member",),
    operate=("officer", "head"),
    imports=("officer", "head", "curator"),
    distribute=("officer", "head", "curator"),
    reports=("curator head",),
    blocks=4,
)

NOVOSHAKHTINSK: Final = Act(
    title="МЦУ города Новошахтинска",
    zone=MOSCOW,
    member_word=PROJECT_OFFICE,
    roles=(
        ("curator", "куратор", 1),
        ("executor", "ответственный исполнитель", 1),
        ("head", "руководитель МЦУ", 1),
        ("mcu_operator", "оператор МЦУ", 1),
        ("owner_city", "заместитель главы администрации по городскому хозяйству", 1),
        ("owner_building", "заместитель главы администрации по строительству и имуществу", 1),
        ("owner_social", "заместитель главы администрации по социальным вопросам", 1),
        ("owner_economy", "заместитель главы администрации по экономике", 1),
        ("head_utilities", "руководитель блока «ЖКХ, энергетика, отходы, экология»", 1),
        ("head_roads", "руководитель блока «Дороги и транспорт»", 1),
        ("head_building", "руководитель блока «Строительство, имущество, контроль»", 1),
        ("head_education", "руководитель блока «Образование и защита детей»", 1),
        ("head_culture", "руководитель блока «Культура, спорт, молодёжь»", 1),
        ("head_health", "руководитель блока «Здравоохранение и социальная защита»", 1),
        ("head_economy", "руководитель блока «Экономика, торговля, права потребителей»", 1),
        ("media_officer", "ответственный за работу со СМИ", 1),
        ("staff", "сотрудник ежедневного состава", 0),
    ),
    heads=("head", "executor", "curator"),
    classify=(
        (
            "executor head mcu_operator owner_city owner_building owner_social owner_economy head_utilities head_roads "
            "head_building head_education head_culture head_health head_economy media_officer staff"
        ),
    ),
    operate=("mcu_operator", "head"),
    imports=("mcu_operator", "executor", "head"),
    distribute=("mcu_operator", "executor", "head"),
    reports=("curator executor head",),
    blocks=7,
)

KAMYSHLOV: Final = Act(
    title="МЦУ города Камышлова",
    zone=YEKATERINBURG,
    member_word=PROJECT_OFFICE,
    roles=(
        ("curator", "куратор", 1),
        ("head", "руководитель МЦУ", 1),
        ("administrator", "администратор МЦУ", 1),
        ("member", PROJECT_OFFICE, 0),
    ),
    heads=("head", "curator"),
    classify=("head administrator member",),
    operate=("administrator", "head"),
    imports=("administrator", "head"),
    distribute=("administrator", "head"),
    reports=("curator head",),
)

KAVKAZSKY: Final = Act(
    title="МЦУ Кавказского района",
    zone=MOSCOW,
    member_word=WORKING_GROUP,
    roles=(
        ("head", "руководитель рабочей группы", 1),
        ("curator", "куратор", 1),
        ("coordinator", "координатор", 1),
        ("executor", "исполнитель", 0),
        ("technical_admin", "технический администратор", 1),
        ("moderator", "модератор", 1),
    ),
    leads="head",
    heads=("head", "curator"),
    classify=("coordinator", "head", "curator"),
    operate=("technical_admin", "coordinator"),
    imports=("coordinator", "technical_admin", "head"),
    distribute=("coordinator", "head", "curator"),
    reports=("head curator coordinator",),
    approves=True,
)

NYAZEPETROVSK: Final = Act(
    title="МЦУ Нязепетровска",
    zone=YEKATERINBURG,
    member_word=WORKING_GROUP,
    roles=(
        ("curator", "куратор, ответственный за ПОС", 1),
        ("im_officer", "ответственный за ИМ", 1),
        ("pages_officer", "ответственный за официальные страницы", 1),
        ("member", WORKING_GROUP, 0),
    ),
    heads=("curator",),
    classify=("curator im_officer pages_officer member",),
    operate=("im_officer", "curator"),
    imports=("im_officer curator",),
    distribute=("curator",),
    reports=("curator",),
    signs="curator",
    memo_on=4,
)

ACTS: Final = {
    "pestovo": PESTOVO,
    "novoshakhtinsk": NOVOSHAKHTINSK,
    "kamyshlov": KAMYSHLOV,
    "kavkazsky": KAVKAZSKY,
    "nyazepetrovsk": NYAZEPETROVSK,
}
PLANS: Final = {key: load_preset(key) for key in ACTS}

offices = pytest.mark.parametrize("key", ACTS)
powers = pytest.mark.parametrize("power", Power)


def holders(plan: OfficePlan, power: Power, held: AbstractSet[RoleKey]) -> set[RoleKey]:
    return {role for role in {*held, OPERATOR} if power in plan.powers_of({role}, held=held)}


def roles_of(plan: OfficePlan) -> frozenset[RoleKey]:
    return frozenset(role.key for role in plan.roles)


# --- structure


def test_there_are_five_offices() -> None:
    assert set(preset_keys()) == set(ACTS)


@offices
def test_an_office_bears_the_title_the_zone_and_the_member_word_of_its_act(key: str) -> None:
    plan, act = PLANS[key], ACTS[key]
    assert (plan.title, plan.calendar.zone, plan.member_word) == (act.title, act.zone, act.member_word)
    assert plan.chat_title == "МЦУ-ПИЛОТ"


@offices
def test_an_office_has_the_roles_of_its_act_in_order_with_their_seats(key: str) -> None:
    assert tuple((role.key, role.title, role.seats) for role in PLANS[key].roles) == ACTS[key].roles


@offices
def test_only_seats_made_by_invitation_are_open_ended(key: str) -> None:
    plan = PLANS[key]
    assert [role.key for role in plan.roles if role.open_ended] == [role.key for role in plan.roles if not role.seats]
    assert sum(role.open_ended for role in plan.roles) == 1


@offices
def test_an_office_has_the_blocks_of_its_act_and_none_where_it_lists_none(key: str) -> None:
    assert len(PLANS[key].blocks) == ACTS[key].blocks


@offices
def test_whoever_leads_stands_above_all_others(key: str) -> None:
    ranks = {role.key: role.rank or 0 for role in PLANS[key].roles}
    assert [role for role, rank in ranks.items() if rank == max(ranks.values())] == [ACTS[key].leads]


@offices
def test_every_office_starts_from_one_plain_set_of_levels_and_hours(key: str) -> None:
    plan, first = PLANS[key], PLANS["pestovo"]
    assert (plan.levels, plan.default_level) == (first.levels, first.default_level)
    assert (plan.calendar.week, plan.quiet_hours) == (first.calendar.week, first.quiet_hours)
    assert plan.invitation_days == first.invitation_days


# --- working a risk


@offices
def test_only_the_inter_agency_working_group_asks_approval_of_answers(key: str) -> None:
    assert PLANS[key].approves_answers is ACTS[key].approves


@offices
def test_publications_that_the_acts_name_count_and_those_in_local_media_count_nowhere(key: str) -> None:
    counted = PLANS[key].counted_publications
    assert counted == IN_THE_ACT
    assert PublicationKind.LOCAL_MEDIA not in counted


@offices
def test_no_office_takes_the_quiet_of_one_half_for_quiet(key: str) -> None:
    assert PLANS[key].quiet_rule is QuietRule.BOTH


@offices
def test_no_office_is_given_pages_that_it_has_not_named(key: str) -> None:
    assert PLANS[key].pages == ()


@offices
def test_the_lowest_level_alone_may_go_without_a_public_answer(key: str) -> None:
    levels = PLANS[key].levels
    assert [level.key for level in levels if level.may_go_unanswered] == [levels[0].key]


@pytest.mark.parametrize(
    ("level", "hours", "clock"),
    [
        (0, (9, 27), ClockKind.WORKING),
        (1, (4, 9, 18), ClockKind.WORKING),
        (2, (4, 24, 48), ClockKind.CLOCK),
    ],
)
@offices
def test_the_reaction_is_looked_at_the_sooner_and_the_oftener_the_graver_the_level(
    key: str, level: int, hours: tuple[int, ...], clock: ClockKind
) -> None:
    checks = PLANS[key].levels[level].check_after
    assert tuple(each.amount for each in checks) == tuple(timedelta(hours=each) for each in hours)
    assert {each.clock for each in checks} == {clock}


# --- appeals


@offices
def test_only_the_inter_agency_working_group_has_its_head_approve_answers_to_appeals(key: str) -> None:
    assert PLANS[key].approves_appeals is ACTS[key].approves


@offices
def test_thirty_days_of_the_law_stand_whatever_the_preset(key: str) -> None:
    assert PLANS[key].appeal_terms.answer[Regime.LAW_59] == DaysTerm(days=30, clock=ClockKind.CLOCK)


@offices
def test_every_office_starts_from_the_usual_terms_of_appeals(key: str) -> None:
    plan = PLANS[key]
    assert plan.appeal_terms == DEFAULT_TERMS
    assert (plan.exports_fresh_for, plan.exports_asked_at) == (2, time(8, 15))


@offices
def test_an_office_without_blocks_has_no_rules_of_distribution_and_one_with_blocks_has_some_for_each(key: str) -> None:
    plan = PLANS[key]
    assert {rule.block for rule in plan.routing} == plan.block_keys


# --- reports


@offices
def test_every_office_has_its_digest_in_the_chat_at_nine_and_counts_weeks_from_monday(key: str) -> None:
    reports = PLANS[key].reports
    assert (reports.digest_at, reports.lateness_told) == (time(9), LatenessTold.CHAT)
    assert (reports.week_begins, reports.rating_minimum) == (0, 5)


@offices
def test_a_memo_comes_by_itself_only_where_the_act_demands_one_every_week(key: str) -> None:
    assert PLANS[key].reports.memo_on == ACTS[key].memo_on


@offices
def test_papers_are_signed_by_the_head_or_by_whoever_has_the_heads_powers(key: str) -> None:
    signs = PLANS[key].reports.signed_by
    assert signs == ACTS[key].signs
    assert signs in PLANS[key].powers[Power.DECIDE][0]


@offices
def test_a_memo_is_addressed_to_the_position_of_the_head_of_the_municipality(key: str) -> None:
    assert (PLANS[key].reports.addressee or "").startswith("Главе ")


def staged(plan: OfficePlan, *samples: Path) -> list[StagedAppeal]:
    """The office's own rows of the samples, with what follows from them."""
    derivation = Derivation(plan)
    rows = (row for sample in samples for row in read(table_of(sample)))
    return [derivation.of(row) for row in rows if isinstance(row, Appeal) and derivation.is_ours(row.municipality)]


@pytest.mark.parametrize(
    ("key", "taken", "of", "left"),
    [
        # The rules leave safety in the town to people.
        ("pestovo", 741, 743, {"Безопасность и правопорядок"}),
        # Among the topics of the draft act there is neither safety nor all of the upkeep of streets.
        ("novoshakhtinsk", 735, 780, {"Безопасность и правопорядок", "Благоустройство"}),
    ],
)
def test_the_rules_take_most_appeals_of_the_samples_and_leave_some_to_people(
    key: str, taken: int, of: int, left: set[str]
) -> None:
    rows = staged(PLANS[key], IM_SAMPLE, POS_SAMPLE, OLDER_POS_SAMPLE)
    blocks = Counter(row.routed.block for row in rows if row.routed is not None)
    assert set(blocks) == PLANS[key].block_keys
    assert (blocks.total(), len(rows)) == (taken, of)
    assert {row.appeal.group for row in rows if row.routed is None} == left


def test_every_rule_of_pestovo_takes_something_of_the_samples() -> None:
    rows = staged(PLANS["pestovo"], IM_SAMPLE, POS_SAMPLE)
    by_rule = {row.routed.rule for row in rows if row.routed is not None}
    assert by_rule == {None, *range(1, len(PLANS["pestovo"].routing) + 1)}


def test_rows_of_other_municipalities_of_the_region_are_not_pestovos() -> None:
    rows = [row for row in read(table_of(IM_SAMPLE)) if isinstance(row, Appeal)]
    others = [row.municipality for row in rows if not Derivation(PLANS["pestovo"]).is_ours(row.municipality)]
    assert set(others) == {"Новгородская область, другое"}
    assert len(staged(PLANS["pestovo"], IM_SAMPLE)) == len(rows) - len(others)


# --- powers


@offices
@powers
def test_a_power_falls_step_by_step_as_its_holders_leave_and_to_the_operator_last(key: str, power: Power) -> None:
    plan = PLANS[key]
    held = roles_of(plan)
    for step in ACTS[key].ladders[power]:
        assert holders(plan, power, held) == set(step.split())
        held -= set(map(RoleKey, step.split()))
    assert holders(plan, power, held) == {OPERATOR}


@offices
@given(data=st.data())
def test_whatever_stands_vacant_every_power_has_a_holder_or_falls_to_the_operator(
    key: str, data: st.DataObject
) -> None:
    plan = PLANS[key]
    held = roles_of(plan) - data.draw(st.sets(st.sampled_from(sorted(roles_of(plan)))), label="vacant")
    for power, ladder in plan.powers.items():
        named = frozenset().union(*ladder) & held
        having = holders(plan, power, held)
        assert having
        assert having <= named if named else having == {OPERATOR}


@offices
def test_whoever_is_alone_in_an_office_can_read_file_and_work(key: str) -> None:
    for role in roles_of(PLANS[key]):
        assert set(OF_EVERYBODY) <= PLANS[key].powers_of({role}, held={role})


def test_in_nyazepetrovsk_the_heads_powers_are_with_the_curator_who_is_the_pos_officer_too() -> None:
    plan = PLANS["nyazepetrovsk"]
    curator = RoleKey("curator")
    assert plan.role(curator).title == "куратор, ответственный за ПОС"
    assert [role.key for role in plan.roles if "ПОС" in role.title or "куратор" in role.title] == [curator]
    assert RoleKey("head") not in roles_of(plan)
    assert set(OF_THE_HEAD) <= plan.powers_of({curator}, held=roles_of(plan))


def test_in_kavkazsky_the_order_of_the_roles_is_seniority() -> None:
    ranks = [role.rank for role in PLANS["kavkazsky"].roles]
    assert ranks == [5, 4, 3, 2, 1, 0]


# --- Новошахтинск: two levels


TOPICS: Final = {
    "utilities": ("ЖКХ", "ТКО", "энергетика", "экология"),
    "roads": ("дороги", "транспорт"),
    "building": ("строительство", "архитектура", "муниципальное имущество", "муниципальный контроль"),
    "education": ("образование", "дела несовершеннолетних и защита их прав"),
    "culture": ("культура", "физкультура и спорт", "молодёжная политика"),
    "health": ("здравоохранение", "социальная защита"),
    "economy": (
        "экономика",
        "торговля",
        "малое и среднее предпринимательство",
        "защита прав потребителей",
    ),
}
OWNERS: Final = {
    "owner_city": ["utilities", "roads"],
    "owner_building": ["building"],
    "owner_social": ["education", "culture", "health"],
    "owner_economy": ["economy"],
}


@pytest.fixture(scope="module")
def novoshakhtinsk() -> OfficePlan:
    return PLANS["novoshakhtinsk"]


@pytest.fixture(scope="module")
def vocabulary(novoshakhtinsk: OfficePlan) -> Vocabulary:
    return vocabulary_of(novoshakhtinsk, RussianStemmer())


def test_the_twenty_one_topics_stand_each_in_exactly_one_block(novoshakhtinsk: OfficePlan) -> None:
    assert {block.key: block.topics for block in novoshakhtinsk.blocks} == TOPICS
    counted = Counter(topic for block in novoshakhtinsk.blocks for topic in block.topics)
    assert (len(counted), set(counted.values())) == (21, {1})


def test_a_block_has_a_head_of_its_own_and_an_owner_who_answers_for_one_or_more(novoshakhtinsk: OfficePlan) -> None:
    assert [block.head for block in novoshakhtinsk.blocks] == [f"head_{key}" for key in TOPICS]
    owned = {owner: [block.key for block in novoshakhtinsk.blocks if block.owner == owner] for owner in OWNERS}
    assert owned == OWNERS


def test_an_owner_is_senior_to_the_head_of_the_block_and_the_curator_to_the_owner(novoshakhtinsk: OfficePlan) -> None:
    ranks = {role.key: role.rank or 0 for role in novoshakhtinsk.roles}
    for block in novoshakhtinsk.blocks:
        assert block.owner is not None
        assert ranks[block.head] < ranks[block.owner] < ranks[RoleKey("curator")]


def test_the_head_of_a_block_is_titled_by_it(novoshakhtinsk: OfficePlan) -> None:
    titles = [novoshakhtinsk.role(block.head).title for block in novoshakhtinsk.blocks]
    assert titles == [f"руководитель блока «{block.title}»" for block in novoshakhtinsk.blocks]


def test_a_block_knows_from_ten_to_thirty_words_of_residents(novoshakhtinsk: OfficePlan) -> None:
    assert all(10 <= len(block.words) <= 30 for block in novoshakhtinsk.blocks)


@pytest.mark.parametrize(
    ("says", "block"),
    [
        ("Третий день нет воды, в водоканале не отвечают", "utilities"),
        ("Мусор не вывозят, контейнеры переполнены", "utilities"),
        ("Отключили свет на всей улице", "utilities"),
        ("От террикона идёт дым", "utilities"),
        ("Ямы по всей дороге, асфальта не осталось", "roads"),
        ("Маршрутки не ходят по расписанию", "roads"),
        ("Застройщик бросил новостройку", "building"),
        ("С фасада исторического дома сняли лепнину", "building"),
        ("Муниципальную квартиру сдают посторонним", "building"),
        ("Сосед возвёл самострой у забора", "building"),
        ("В садике не хватает воспитателей", "education"),
        ("Подростки ночью бродят по заброшенному зданию", "education"),
        ("Библиотеку закрывают насовсем", "culture"),
        ("Тренер ушёл, бассейн закрыт", "culture"),
        ("Молодёжи некуда пойти вечером", "culture"),
        ("К терапевту в поликлинике нет талонов", "health"),
        ("Пособие на ребёнка задерживают", "health"),
        ("Заводу нечем платить, зарплаты нет", "economy"),
        ("В магазинах подорожал хлеб", "economy"),
        ("Предпринимателей гонят с ярмарки", "economy"),
        ("Покупателей обсчитали", "economy"),
    ],
)
def test_residents_words_lead_to_the_block(vocabulary: Vocabulary, says: str, block: str) -> None:
    part = Part(message_id=1, sent_at=datetime(2026, 11, 21, 6, tzinfo=UTC), text=says)
    assert understand([part], vocabulary).block == block


@pytest.mark.parametrize(("block", "topic"), [(block, topic) for block, topics in TOPICS.items() for topic in topics])
def test_the_name_of_a_topic_leads_to_its_block(vocabulary: Vocabulary, block: str, topic: str) -> None:
    part = Part(message_id=1, sent_at=datetime(2026, 11, 21, 6, tzinfo=UTC), text=f"Вопрос: {topic}")
    assert understand([part], vocabulary).block == block
