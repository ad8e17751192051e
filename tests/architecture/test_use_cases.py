"""A use case is one async function: a command, who acts, where it is written, when; and power comes first."""

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from bot.presets.loading import load_preset, preset_keys
from risk.powers import POWER_FOR, Action, Power
from tests.architecture.source import modules, name_of, tree_of

POWERLESS: Final = {
    "found_office": "the operator's shell alone reaches the registry",
    "invite_to_vacancies": "for the operator's shell",
    "compare_preset": "for the operator's shell",
    "load_preset_anew": "for the operator's shell",
    "renew_calendar": "the start of the bot: what became known of working days is nobody's act",
    "accept_invitation": "the code is the right",
    "give_official_name": "at the door nobody but the person can say it, and whoever invites is asked",
    "chat_list": "the clock's question: whom to expect in the chat",
    "report_strangers": "the clock's act, or that of the door: somebody is in the chat, nobody acts",
    "note_unreachable": "the courier's own act: the messenger refuses, nobody acts",
    "note_reachable": "that somebody wrote at all is known before it is known whether they may",
    "enter_group": "the messenger tells that the bot was put into a group; who did it is not known",
    "leave_group": "the messenger tells that the bot is out of a group; who did it is not known",
    "renew_commands": "the program's own act at its start, when it knows other commands than before",
    "report_act_refused": "the courier's own act: the messenger refuses, nobody acts",
    "note_overdue": "the clock's act",
    "note_absences_turning": "the clock's act",
    "hand_duty_over": "the clock's act",
    "close_abandoned_drafts": "the clock's act",
    "nudge": "the clock's act: somebody is to be reminded",
    "watch_reminders": "the clock's act: it asks whether whatever is due has an outcome",
    "reckon_owed": "the start of the bot: what is owed follows from what is written down",
    "settle_appeals": "the clock's act: what is owed about appeals follows from what an import says",
    "reckon_appeals": "the start of the bot: what is owed follows from what is written down",
    "plan_memos": "the clock's act: the week's memo comes by itself",
    "say_once": "the clock's act: it says what is to be said and was not, to whomever that concerns",
    "watch_exports": "the clock's act: exports are awaited, or too old",
    "post_digests": "the clock's act: the office's hour has come",
    "watch_digests": "the clock's act: it asks whether the digest has arrived",
    "close_abandoned_records": "the clock's act",
    "lapse_note_offers": "the clock's act",
    "links_to_probe": "the clock's question: which published links are due",
    "note_probe": "the probe's own act: a page answers or does not, nobody acts",
    "what_falls_due": "the sandbox's status port asks; there is no such port in production",
    "receive_file": "whoever could put a file into the folder of the office's own server needs no seat",
    "file_received": "the clock's question: what has become of the files in the folder",
    "begin_reading": "the reader's own act: what it reads was sent or put there by somebody who might",
    "note_recognised": "the reader's own act",
    "stage_rows": "the reader's own act",
    "note_read": "the reader's own act",
    "note_unreadable": "the reader's own act",
    "note_failed": "the worker's own act: it broke, nobody acts",
    "apply_import": "the worker's own act: somebody who may has confirmed it",
    "follow_chat": "the messenger tells that a group has moved; nobody acts",
    "note_alert_chat_rights": "the messenger tells what the bot may do; nobody acts",
    "report_card_refused": "the courier's own act: the messenger refuses, nobody acts",
    "report_set_aside": "the intake's own act: its sender may be anybody",
    "note_progress": "the maker's own act: the paper was asked for by somebody who may",
    "note_made": "the maker's own act: the paper was asked for by somebody who may",
    "note_paper_failed": "the maker's own act: it broke, nobody acts",
    "note_file_gone": "the courier's own act: a file is not in its place, nobody acts",
    "settle_papers": "the clock's act: papers that were sent need their files no more",
    "files_needed": "the clock's question: which files are still needed",
    "sweep_staging": "the worker's own act: rows of an import that is over",
}
"""Use cases that ask for no power, and why."""

ASKING_LATER: Final = {
    "take_reply_in_chat": "talk among people must get no refusal: first it is read whether the bot was answered at all",
    "set_level": "which power it takes depends on whose question is open",
    "take_record_words": "most words in private answer no record; which power the others take, the record says",
    "choose_in_record": "what is put on record says which power it takes",
    "step_back": "what is put on record says which power it takes",
    "cancel_record": "what is put on record says which power it takes",
    "take_note": "whose words they are says which power it takes",
}
"""Use cases that read something before they ask for the power, and why."""

FOLLOWING: Final = {
    "tell_seated": "whom something is told follows from who sits where, whoever or whatever has it told",
    "close_draft": "the end of a form, whoever or whatever ends it",
    "report_answer": "what follows in the alert chat when an answer is published, or its correction, whoever did it",
    "close_record": "the end of a record, whoever or whatever ends it: its author, another question, the clock",
    "save_round": "what follows for the next probe and for what is owed, whoever or whatever has changed the round",
    "settle_owed": "what is owed follows from the risk and its round, whoever changed them",
    "settle": "what is owed follows from its matter, whoever changed it",
    "keep_case": "what follows for the history and for what is owed when an appeal has changed, whoever changed it",
    "keep_import": "what follows for its message when a file has changed, whoever or whatever changed it",
    "keep_unused": "the end of a file that will not count, whoever or whatever ends it",
    "compared": "what a file would change follows from its rows and from what is known, whoever asks",
    "fill_lacking": "follows from what is known when a file has no columns for it",
    "settle_those": "what is owed follows from its matter, whoever changed it",
    "put_on_hold": "what follows for the reminders of a thing when somebody has named a day for it",
    "climb": "where the ladder of a thing goes on, whoever or whatever has moved it",
    "store_round": "what follows for the round and its card when its risk has changed, whoever changed it",
    "show_all_commands": "follows from the program, or the preset, knowing other commands",
    "show_changed_commands": "follows from any change of who holds what",
    "show_commands_in": "follows from a chat becoming the alert chat, or being it no more",
    "refresh_cards_of": "what follows on the cards when a responsible position changes hands, or its holder goes away",
    "refresh_entry": "what both sides of a door see, whoever moved the entry on",
    "withdraw_entries": "what follows for those at the door when their position is given away, whoever gave it",
    "plan_paper": "a paper that the clock calls for, or somebody whose power has been asked",
    "begin_anew": "a paper once more: whoever asks has been asked for the power, or its file is gone and nobody acts",
    "show_on_cards": "what follows on the cards when somebody goes away or comes back, noted by a person or the clock",
}
"""Parts that write and are told of nobody, and why."""

BY_NAME: Final = {"actor", "uow", "view", "now"}
"""Arguments that are always given by name."""


@dataclass(frozen=True, slots=True)
class Function:
    module: str
    node: ast.AsyncFunctionDef

    @property
    def name(self) -> str:
        return self.node.name

    @property
    def given_by_place(self) -> list[ast.arg]:
        return [*self.node.args.posonlyargs, *self.node.args.args]

    @property
    def given_by_name(self) -> set[str]:
        return {arg.arg for arg in self.node.args.kwonlyargs}

    @property
    def works_in_an_open_unit(self) -> bool:
        """A part that use cases share: whoever opened the unit has asked for the power."""
        return any(arg.arg in {"unit", "doing"} for arg in self.given_by_place)


def _functions(module: Path) -> dict[str, Function]:
    return {
        node.name: Function(name_of(module), node)
        for node in tree_of(module).body
        if isinstance(node, ast.AsyncFunctionDef)
    }


MODULES: Final = {name_of(module): _functions(module) for module in modules("risk/use_cases")}
PUBLIC: Final = [
    function for functions in MODULES.values() for name, function in functions.items() if not name.startswith("_")
]
USE_CASES: Final = [function for function in PUBLIC if not function.works_in_an_open_unit]
PARTS: Final = [function for function in PUBLIC if function.works_in_an_open_unit]


def _named(function: Function) -> str:
    return f"{function.module}::{function.name}"


@pytest.mark.parametrize("use_case", USE_CASES, ids=_named)
def test_a_use_case_is_told_by_name_who_acts_where_and_when(use_case: Function) -> None:
    assert not {arg.arg for arg in use_case.given_by_place} & BY_NAME
    assert use_case.given_by_name & {"uow", "view", "registry", "groups"}
    assert len(use_case.given_by_place) <= 2


@pytest.mark.parametrize("use_case", [each for each in USE_CASES if each.name not in POWERLESS], ids=_named)
def test_a_use_case_asks_for_the_power_before_anything_else(use_case: Function) -> None:
    assert "actor" in use_case.given_by_name
    asks = _asks_later if use_case.name in ASKING_LATER else _asks_first
    assert asks(use_case.node, MODULES[use_case.module])


def test_every_use_case_that_asks_for_no_power_is_listed_with_its_reason() -> None:
    asking_nobody = {each.name for each in USE_CASES if "actor" not in each.given_by_name}
    assert asking_nobody == set(POWERLESS)


@pytest.mark.parametrize("part", [each for each in PARTS if each.name not in FOLLOWING], ids=_named)
def test_a_part_that_writes_takes_the_member_whose_power_was_asked(part: Function) -> None:
    args = [*part.given_by_place, *part.node.args.kwonlyargs]
    annotations = {arg.arg: ast.unparse(arg.annotation) for arg in args if arg.annotation}
    reads_only = annotations.get("unit") == "Unit"
    assert reads_only or {"Member", "Member | None", "Doing"}.intersection(annotations.values())


def test_every_action_has_its_power() -> None:
    assert set(POWER_FOR) == set(Action)


@pytest.mark.parametrize("action", Action)
def test_every_action_is_asked_for_by_a_use_case(action: Action) -> None:
    asked = {
        node.attr
        for module in modules("risk/use_cases")
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Action"
    }
    assert action.name in asked


@pytest.mark.parametrize("key", preset_keys())
def test_every_preset_says_who_holds_each_power(key: str) -> None:
    assert set(load_preset(key).powers) == set(Power)


def _asks_first(function: ast.AsyncFunctionDef, neighbours: dict[str, Function]) -> bool:
    """Whether the first thing done in the unit of work is to ask for the power, here or in a part of this module."""
    body = _without_docstring(function.body)
    opened = body[0] if body else None
    if isinstance(opened, ast.AsyncWith):
        body = opened.body
    asked = _first_awaited(body[0]) if body else ""
    return asked == "permitted" or (asked in neighbours and _asks_first(neighbours[asked].node, neighbours))


def _asks_later(function: ast.AsyncFunctionDef, neighbours: dict[str, Function]) -> bool:
    """Whether it asks at all, here or in a part of this module, and not first: else it needs no place in the list."""
    asked = _called(function)
    for part in asked & neighbours.keys():
        asked |= _called(neighbours[part].node)
    return "permitted" in asked and not _asks_first(function, neighbours)


def _called(function: ast.AsyncFunctionDef) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}


def _first_awaited(statement: ast.stmt) -> str:
    value = statement.value if isinstance(statement, (ast.Assign, ast.Expr)) else None
    if isinstance(value, ast.Await) and isinstance(value.value, ast.Call):
        return ast.unparse(value.value.func)
    return ""


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0]
    has_one = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return body[1:] if has_one else body
