"""`office list`, `check` and `update`: what they print, what they leave alone, and that a running bot is in no way."""

from pathlib import Path

import pytest

from bot.presets.loading import load_preset, preset_keys
from bot.program import program
from storage.database import FileLock
from tests.architecture.source import ROOT
from tests.bot.shell import Shell

SHIPPED = (ROOT / "bot" / "presets" / "pestovo.toml").read_text(encoding="utf-8")
TITLE = 'title = "МЦУ Пестовского округа"'
QUIET = 'quiet_hours = "21:00-08:00"'
PRESS = '[[roles]]\nkey = "press"\ntitle = "пресс-секретарь"\n\n[powers]'


@pytest.fixture
def changed(founded: Shell) -> Path:
    """A preset with another title, other quiet hours and a new position."""
    file = founded.folder / "changed.toml"
    text = SHIPPED.replace(TITLE, 'title = "МЦУ Нового округа"').replace(QUIET, 'quiet_hours = "22:00-07:00"')
    file.write_text(text.replace("[powers]", PRESS, 1), encoding="utf-8")
    return file


SAYS = [
    "· Название офиса: было МЦУ Пестовского округа, стало МЦУ Нового округа.",
    "· Тихие часы: было 21:00-08:00, стало 22:00-07:00.",
    "· Новая должность: пресс-секретарь.",
]


def test_list_names_presets_before_any_office_is_there_and_creates_nothing(shell: Shell) -> None:
    said = shell.says("office", "list").splitlines()
    assert said[:2] == ["Заведённых офисов нет.", "Пресеты, которые есть у бота:"]
    assert "  pestovo: МЦУ Пестовского округа" in said[2:]
    assert not shell.data.exists()


def test_list_names_founded_offices_first(founded: Shell) -> None:
    assert founded.says("office", "list").splitlines()[:2] == [
        "Заведённые офисы:",
        "  pestovo: МЦУ Пестовского округа",
    ]


@pytest.mark.parametrize("key", preset_keys())
def test_every_shipped_preset_can_be_founded_shown_and_invited_to(shell: Shell, key: str) -> None:
    shell.says("office", "add", key)
    plan = load_preset(key)
    shown = shell.says("office", "show", key)
    assert f"{plan.title} [{key}], зона {plan.calendar.zone}" in shown
    assert ("Блоков нет." in shown) is (not plan.blocks)
    invited = shell.says("office", "invites", key)
    assert invited.count(": /start i_") == len(plan.roles)
    assert "уже такой" in shell.says("office", "update", key)


def test_check_of_a_preset_that_no_office_has_says_how_to_found_one(shell: Shell) -> None:
    said = shell.says("office", "check", "pestovo").splitlines()
    counted = "Должностей 8, блоков 4, территорий 8, уровней критичности 3."
    assert said[0] == f"Пресет в порядке: МЦУ Пестовского округа. {counted}"
    assert said[1:] == [f"Офис «pestovo» не заведён. Завести: {program()} office add pestovo"]
    assert not shell.data.exists()


def test_check_tells_what_update_would_change_and_changes_nothing(founded: Shell, changed: Path) -> None:
    for _ in range(2):
        said = founded.says("office", "check", str(changed), "--office", "pestovo").splitlines()
        assert said[1] == "Если загрузить его в офис «pestovo»:"
        assert said[2:] == SAYS


def test_check_of_the_preset_an_office_has_finds_nothing_to_load(founded: Shell) -> None:
    assert "загружать заново нечего" in founded.says("office", "check", "pestovo")


def test_update_tells_what_it_changed_and_changes_it_once(founded: Shell, changed: Path) -> None:
    said = founded.says("office", "update", "pestovo", str(changed)).splitlines()
    assert said == [*SAYS, "Пресет загружен: МЦУ Нового округа."]
    shown = founded.says("office", "show", "pestovo")
    assert "МЦУ Нового округа [pestovo]" in shown
    assert "пресс-секретарь: не занята" in shown
    again = founded.says("office", "update", "pestovo", str(changed))
    assert again == "Менять нечего: МЦУ Нового округа уже такой.\n"


def test_update_without_a_file_goes_back_to_the_shipped_preset(founded: Shell, changed: Path) -> None:
    founded.says("office", "update", "pestovo", str(changed))
    assert founded.says("office", "update", "pestovo").splitlines()[-1] == "Пресет загружен: МЦУ Пестовского округа."
    assert "пресс-секретарь" not in founded.says("office", "show", "pestovo")


def test_a_running_bot_is_no_hindrance(founded: Shell, changed: Path) -> None:
    with FileLock(founded.database):
        assert "Пресет загружен" in founded.says("office", "update", "pestovo", str(changed))
        assert "МЦУ Нового округа" in founded.says("office", "list")
        assert "загружать заново нечего" in founded.says("office", "check", str(changed), "--office", "pestovo")


def test_conflicts_are_marked_and_counted(founded: Shell, changed: Path) -> None:
    founded.says("office", "update", "pestovo", str(changed))
    founded.seat("press")
    said = founded.says("office", "update", "pestovo").splitlines()
    assert said[2] == (
        "! Должности больше нет: пресс-секретарь, но она занята (мест: 1). "
        "Полномочий она больше не даёт; освободите её: /dismiss."
    )
    assert said[3] == "Отмечено знаком «!»: 1. Это решают люди; до тех пор остаётся как сказано."
    assert "пресс-секретарь: занята" in founded.says("office", "show", "pestovo")


def test_the_operators_days_reach_an_office_with_update(founded: Shell) -> None:
    (founded.data / "calendar.toml").write_text(
        'known_until = 2027-12-31\n[[days]]\ndate = 2026-12-30\nkind = "off"\nsource = "распоряжение № 7"\n',
        encoding="utf-8",
    )
    assert founded.says("office", "update", "pestovo").splitlines()[:2] == [
        "· Праздники, переносы и дни офиса: изменилось дней 1.",
        "· Календарь подтверждён до 31.12.2027 (было до 31.12.2026).",
    ]


@pytest.mark.parametrize(
    "words",
    [("office", "add", "pestovo"), ("office", "check", "pestovo"), ("office", "update", "pestovo")],
    ids=" ".join,
)
def test_a_calendar_that_cannot_be_used_is_one_plain_line(founded: Shell, words: tuple[str, ...]) -> None:
    (founded.data / "calendar.toml").write_text("[[days]]\ndate = 2026-12-30\n", encoding="utf-8")
    refused = founded(*words)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == "Календарь с ошибкой. calendar.toml: days.1.source: ключ обязателен\n"
