"""The configuration file is edited in place: links, modes and marks stay, and nothing is lost."""

import resource
import signal
import stat
from pathlib import Path

import pytest

from tui.core.errors import UsageError
from tui.edge.config_edit import ConfigFile

HELD = b"# mine\r\nmodel = 'a' # this one\r\n\r\n[wait]\r\nretries = 1\r\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_bytes(HELD)
    return path


def test_line_ends_and_a_byte_order_mark_stay(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + HELD)
    ConfigFile(path).change((("model",), "b"), (("wait", "idle_timeout"), 9))
    wanted = HELD.replace(b"'a'", b"'b'") + b"idle_timeout = 9\r\n"
    assert path.read_bytes() == b"\xef\xbb\xbf" + wanted


def test_a_file_that_is_not_there_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "rillet" / "config.toml"
    ConfigFile(path).change((("theme",), "nord"))
    assert path.read_bytes() == b'theme = "nord"\n'
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_link_stays_a_link_and_the_mode_stays(tmp_path: Path, path: Path) -> None:
    path.chmod(0o640)
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    ConfigFile(link).change((("model",), "b"))
    assert link.is_symlink()
    assert b"'b'" in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_what_the_next_start_would_refuse_is_not_written(path: Path) -> None:
    with pytest.raises(UsageError, match=r"retries has to be a whole number"):
        ConfigFile(path).change((("wait", "retries"), -1))
    assert path.read_bytes() == HELD


def test_a_file_that_is_broken_already_is_told_with_its_line(path: Path) -> None:
    broken = HELD + b"retrys = 2\r\n"
    path.write_bytes(broken)
    with pytest.raises(UsageError, match=r"line 6: there is no setting wait.retrys"):
        ConfigFile(path).change((("model",), "b"))
    assert path.read_bytes() == broken


def test_what_was_written_by_hand_meanwhile_is_kept(path: Path) -> None:
    file = ConfigFile(path)
    assert file.config().model == "a"
    path.write_bytes(HELD + b"idle_timeout = 7\r\n")
    file.change((("model",), "b"))
    assert path.read_bytes() == HELD.replace(b"'a'", b"'b'") + b"idle_timeout = 7\r\n"


def test_a_file_that_may_only_be_read_stays(path: Path) -> None:
    path.chmod(0o400)
    with pytest.raises(UsageError, match=r"cannot be written: it may only be read"):
        ConfigFile(path).change((("model",), "b"))
    assert path.read_bytes() == HELD


def test_a_full_disk_loses_nothing(path: Path) -> None:
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    heed = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20, usual[1]))
    try:
        with pytest.raises(UsageError, match=r"cannot be written: File too large"):
            ConfigFile(path).change((("model",), "b"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        signal.signal(signal.SIGXFSZ, heed)
    assert path.read_bytes() == HELD
    assert [each.name for each in path.parent.iterdir() if "config" in each.name] == [path.name]


def test_a_setting_goes_and_its_comment_stays(path: Path) -> None:
    ConfigFile(path).change((("model",), None), (("wait", "retries"), None))
    assert path.read_bytes() == b"# mine\r\n# this one\r\n"
