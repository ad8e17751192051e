"""The container file and the compose file, which no engine has run yet: read and held to what they promise."""

import re
import tomllib
from fnmatch import fnmatch
from typing import Any, Final

import pytest
import yaml
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import Settings
from tests.architecture.source import PRODUCT, ROOT

CONTAINERFILE: Final = ROOT / "deploy" / "Containerfile"
COMPOSE: Final = ROOT / "deploy" / "compose.yaml"
SECRET: Final = re.compile(r"(?i)(token|secret|password)\s*[=:]|\d{5,}:[A-Za-z0-9_-]{6,}|://[^/\s]*@")


def instructions() -> list[tuple[str, str]]:
    text = CONTAINERFILE.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(name, words) for name, _, words in (line.partition(" ") for line in lines)]


def said(name: str) -> list[str]:
    return [words for each, words in instructions() if each == name]


@pytest.fixture
def service() -> dict[str, Any]:
    compose: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    found: dict[str, Any] = compose["services"]["mcu-pilot"]
    assert set(compose["volumes"]) == {"data"}
    return found


def test_only_instructions_that_both_engines_know_are_used() -> None:
    known = {"ARG", "FROM", "COPY", "RUN", "ENV", "WORKDIR", "USER", "VOLUME", "STOPSIGNAL", "ENTRYPOINT", "CMD"}
    assert {name for name, _ in instructions()} <= known


def test_the_base_is_slim_named_once_and_no_latest() -> None:
    (base,) = said("ARG")
    assert re.fullmatch(r"BASE=[a-z.]+/library/python:3\.\d+-slim-[a-z]+", base)
    assert [words.split()[0] for words in said("FROM")] == ["${BASE}", "${BASE}"]
    assert "latest" not in CONTAINERFILE.read_text("utf-8") + COMPOSE.read_text("utf-8")


def test_the_base_has_a_python_that_the_project_runs_on() -> None:
    (minor,) = re.findall(r"python:3\.(\d+)", said("ARG")[0])
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    assert wanted == ">=3.11"
    assert int(minor) >= 11


def test_what_is_copied_is_there_and_reaches_the_engine() -> None:
    sources = [words.split()[0] for words in said("COPY") if not words.startswith("--from=")]
    assert set(sources) == {"requirements.txt", *PRODUCT}
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = {line[1:] for line in lines if line.startswith("!")}
    assert "*" in lines
    assert let_in == set(sources)
    assert all((ROOT / source).exists() for source in sources)


def test_libraries_come_by_their_hashes() -> None:
    installing = [words for words in said("RUN") if "pip install" in words]
    assert len(installing) == 1
    assert "--require-hashes -r requirements.txt" in installing[0]


def test_it_runs_our_command_as_nobody_in_particular(service: dict[str, Any]) -> None:
    assert (said("ENTRYPOINT"), said("CMD")) == (['["python", "-m", "bot"]'], ['["run"]'])
    assert CliRunner().invoke(app, ["run", "--help"]).exit_code == 0
    (user,) = said("USER")
    created = next(words for words in said("RUN") if "useradd" in words)
    assert user in created.split()
    uid = re.findall(r"--uid (\d+)", created)[0]
    assert service["user"] == f"{uid}:{uid}"
    assert "entrypoint" not in service
    assert "command" not in service


def test_what_it_writes_goes_to_the_volume_and_nowhere_else(service: dict[str, Any]) -> None:
    (volume,) = said("VOLUME")
    assert f"DATA_FOLDER={volume}" in said("ENV")[0].split()
    assert service["environment"]["DATA_FOLDER"] == volume
    assert service["volumes"] == [f"data:{volume}"]
    assert service["read_only"] is True


def test_it_may_do_no_more_than_it_needs(service: dict[str, Any]) -> None:
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service.keys() & {"privileged", "ports", "network_mode", "cap_add", "pid", "devices"}
    assert service["mem_limit"]
    assert service["pids_limit"]


def test_its_health_is_asked_on_loopback_at_the_port_it_is_told(service: dict[str, Any]) -> None:
    *command, program = service["healthcheck"]["test"]
    assert command == ["CMD", "python", "-c"]
    compile(program, "healthcheck", "exec")
    port = service["environment"]["STATUS_PORT"]
    assert f'HTTPConnection("127.0.0.1", {port}, timeout=3)' in program
    assert '"/healthz"' in program
    assert f"STATUS_PORT={port}" in said("ENV")[0].split()


def test_the_image_bears_the_version_of_the_project(service: dict[str, Any]) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert service["image"].rpartition(":")[2] == version


def test_compose_finds_what_it_names(service: dict[str, Any]) -> None:
    assert (COMPOSE.parent / service["build"]["context"]).resolve() == ROOT
    assert ROOT / service["build"]["dockerfile"] == CONTAINERFILE
    assert (COMPOSE.parent / service["env_file"]).resolve() == ROOT / ".env"
    assert any(fnmatch(".env", line) for line in (ROOT / ".gitignore").read_text("utf-8").split())


def test_neither_holds_a_secret_nor_a_setting_that_is_none(service: dict[str, Any]) -> None:
    for file in (CONTAINERFILE, COMPOSE):
        assert SECRET.search(file.read_text(encoding="utf-8")) is None, file.name
    assert {name.lower() for name in service["environment"]} <= set(Settings.model_fields)


def test_both_say_in_their_heads_that_no_engine_has_run_them() -> None:
    for file in (CONTAINERFILE, COMPOSE):
        assert file.read_text(encoding="utf-8").startswith("# Не проверено"), file.name
