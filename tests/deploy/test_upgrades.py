"""A later bundle over an earlier one: the data is kept, a copy is made first, and there is a way back."""

import shutil
from pathlib import Path

import pytest

from deploy.bundle import target_here
from storage.database import FileLock, newest_revision
from tests.deploy.conftest import FORM, LATER
from tests.deploy.server import Server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def with_both(bundle: Path, later_bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Server:
    server = Server(tmp_path_factory.mktemp("both"))
    server.installs(bundle)
    server.installs(later_bundle)
    return server


@pytest.fixture
def before_upgrade(with_both: Server) -> Server:
    """The earlier release is in use and the later one has been unpacked beside it; one office, nothing else."""
    with_both.switches_to(target_here().version)
    with_both.remembers(with_both.folder / "settings.env")
    shutil.rmtree(with_both.database.parent, ignore_errors=True)
    with_both.does("mcu-pilot", "office", "add", "pestovo")
    return with_both


def test_an_upgrade_keeps_the_data_and_goes_back_over_a_change_of_form(
    bundle: Path, later_bundle: Path, server: Server
) -> None:
    version, first_form = target_here().version, newest_revision()
    server.installs(bundle)
    server.does("mcu-pilot", "office", "add", "pestovo")
    offices = server.offices

    said = server.installs(later_bundle)
    assert f"Включена версия {LATER}, прежняя {version} остаётся" in said
    (copy,) = server.copies
    assert f"Копия базы: {copy}" in said
    assert copy.stat().st_mode & 0o777 == 0o600
    assert server.offices == offices
    assert (server.current, server.form()) == (LATER, FORM)

    old = server.prefix / "releases" / version / "bin" / "mcu-pilot"
    refused = server.tries("env", f"DATA_FOLDER={server.database.parent}", old, "migrate")
    assert "более новой версией" in refused.stderr

    assert "возвращаю копию" in server.does("rollback.sh").stdout
    assert (server.current, server.form(), server.offices) == (version, first_form, offices)
    assert copy.exists()

    server.installs(later_bundle)
    assert (server.current, server.offices, server.form()) == (LATER, offices, FORM)


def test_a_place_told_anew_at_an_upgrade_is_remembered(later_bundle: Path, before_upgrade: Server) -> None:
    server = before_upgrade
    elsewhere = server.folder / "elsewhere.env"
    elsewhere.write_text(f"DATA_FOLDER={server.folder}/moved\n", encoding="utf-8")
    server.installs(later_bundle, "--settings", elsewhere)
    server.does("mcu-pilot", "office", "add", "pestovo")
    assert (server.folder / "moved" / "mcu-pilot.db").exists()


def test_back_before_the_form_has_moved_nothing_written_is_lost(later_bundle: Path, before_upgrade: Server) -> None:
    server = before_upgrade
    server.installs(later_bundle)
    server.does(f"releases/{target_here().version}/keeper/mcu-pilot", "office", "invites", "pestovo")
    written = server.rows("invitations")
    assert written > 0
    assert "остаётся как есть" in server.does("rollback.sh").stdout
    assert server.rows("invitations") == written


def test_a_running_bot_keeps_its_database_and_its_version(later_bundle: Path, before_upgrade: Server) -> None:
    server = before_upgrade
    with FileLock(server.database):
        assert "Копия базы" in server.installs(later_bundle)
    server.does("mcu-pilot", "migrate")
    with FileLock(server.database):
        refused = server.tries(server.prefix / "rollback.sh")
    assert refused.returncode == 1
    assert "База занята" in refused.stderr
    assert (server.current, server.form()) == (LATER, FORM)


def test_without_a_copy_there_is_no_upgrade(later_bundle: Path, before_upgrade: Server) -> None:
    server = before_upgrade
    server.database.write_bytes(b"no database at all " * 1000)
    refused = server.tries(*server.installing(later_bundle))
    assert refused.returncode == 1
    assert "Версия не переключена" in refused.stderr
    assert server.current == target_here().version
