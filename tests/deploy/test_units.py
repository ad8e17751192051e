"""The systemd units: read by systemd's own judge where there is one, and by ours everywhere."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.architecture.source import ROOT
from tests.deploy.units import faults, read

DEPLOY: Final = ROOT / "deploy"
UNITS: Final = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
SERVICES: Final = [unit for unit in UNITS if unit.suffix == ".service"]
BOT: Final = DEPLOY / "mcu-pilot.service"
BACKUP: Final = DEPLOY / "mcu-pilot-backup.service"
JUDGE: Final = shutil.which("systemd-analyze")
PROGRAM: Final = "/opt/mcu-pilot/current/bin/mcu-pilot"
MOST_EXPOSED: Final = 20
"""Of 100, as `systemd-analyze security` counts; an unguarded service has 96."""


def by_name(path: Path) -> str:
    return path.name


def test_there_is_a_service_and_a_nightly_copy() -> None:
    assert [unit.name for unit in UNITS] == ["mcu-pilot-backup.service", "mcu-pilot-backup.timer", "mcu-pilot.service"]


@pytest.mark.parametrize("unit", UNITS, ids=by_name)
def test_a_unit_says_nothing_unknown_and_nothing_twice(unit: Path) -> None:
    assert faults(read(unit)) == []


def test_the_judge_of_ours_sees_a_misspelt_key_and_a_repeated_one(tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.service"
    spoilt.write_text("[Service]\nUser=a\nUser=b\nProtectSytem=strict\n[Servcie]\nUser=c\n", encoding="utf-8")
    assert faults(read(spoilt)) == ["[Service] ProtectSytem is unknown", "User twice", "[Servcie] User is unknown"]


def test_systemd_finds_nothing_to_complain_of(tmp_path: Path) -> None:
    units = [_with_a_program(unit, tmp_path) for unit in UNITS]
    assert _judged("verify", *units) == ""


@pytest.mark.parametrize("service", SERVICES, ids=by_name)
def test_a_service_is_hardly_exposed(service: Path, tmp_path: Path) -> None:
    _judged("security", "--offline=true", f"--threshold={MOST_EXPOSED}", _with_a_program(service, tmp_path))


@pytest.mark.parametrize("service", SERVICES, ids=by_name)
def test_a_service_may_write_its_own_data_only_and_become_nobody_else(service: Path) -> None:
    said = read(service)["Service"]
    assert said["User"] == said["Group"] == ["mcu-pilot"]
    assert said["ProtectSystem"] == ["strict"]
    assert said["ReadWritePaths"] == ["/var/lib/mcu-pilot"]
    assert said["StateDirectoryMode"] == ["0700"]
    assert said["NoNewPrivileges"] == said["MemoryDenyWriteExecute"] == ["yes"]
    assert said["CapabilityBoundingSet"] == [""]


def test_the_services_are_guarded_alike() -> None:
    bot, backup = (read(service)["Service"] for service in (BOT, BACKUP))
    # The bot lets the process that reads a file of others limit itself; a copy is nobody else's file.
    purposes = {"Type", "ExecStart", "RestrictAddressFamilies", "TasksMax", "SystemCallFilter"}
    assert {key for key in bot.keys() & backup.keys() if bot[key] != backup[key]} == purposes


def test_no_unit_holds_a_secret() -> None:
    for unit in UNITS:
        assert re.search(r"TOKEN=|SECRET=|PASSWORD|://[^/\s]*@", unit.read_text(encoding="utf-8")) is None, unit.name


def test_the_bot_is_tried_again_for_ever_but_slowly() -> None:
    said = read(BOT)
    assert said["Service"]["Restart"] == ["on-failure"]
    assert said["Service"]["RestartSec"] == ["60s"]
    assert said["Unit"]["StartLimitIntervalSec"] == ["0"]


def test_the_bot_runs_by_the_command_there_is() -> None:
    program, command = read(BOT)["Service"]["ExecStart"][0].split()
    assert program == PROGRAM
    assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0


@pytest.mark.parametrize(("token", "goes_on"), [("", False), ("42:invented", True)])
def test_without_a_token_there_is_nothing_to_run_as_a_service(token: str, *, goes_on: bool) -> None:
    shell = re.fullmatch(r"/bin/sh -c '(.*)'", read(BOT)["Service"]["ExecCondition"][0])
    assert shell is not None
    done = subprocess.run(["/bin/sh", "-c", shell[1]], env={"BOT_TOKEN": token}, capture_output=True, check=False)
    assert (done.returncode == 0) is goes_on
    assert ("BOT_TOKEN не задан" in done.stdout.decode()) is not goes_on


def _with_a_program(unit: Path, folder: Path) -> Path:
    """The unit as an installation in `folder` has it, where its program can be found."""
    program = folder / "opt" / PROGRAM.removeprefix("/opt/")
    program.parent.mkdir(parents=True, exist_ok=True)
    program.touch(mode=0o755)
    placed = folder / unit.name
    said = unit.read_text(encoding="utf-8").replace("/opt/mcu-pilot", str(folder / "opt" / "mcu-pilot"))
    placed.write_text(said, encoding="utf-8")
    return placed


def _judged(*words: str | Path) -> str:
    """What systemd has to complain of in ours; nothing where there is no systemd, for our reader judges them too."""
    if JUDGE is None:
        return ""
    done = subprocess.run([JUDGE, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return "".join(line for line in done.stderr.splitlines(keepends=True) if "mcu-pilot" in line)


def test_the_nightly_copy_gives_options_that_the_command_knows() -> None:
    given = re.findall(r"(--[a-z-]+)", BACKUP.read_text(encoding="utf-8").partition("ExecStart=")[2].splitlines()[0])
    told = CliRunner().invoke(app, ["backup", "--help"]).output
    assert given
    assert all(option in told for option in given)
