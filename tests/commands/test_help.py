"""Every command explains itself, and a fault at the command line names its remedy."""

import subprocess
import sys
from pathlib import Path

import pytest

from laihua import cli

COMMANDS = [
    ["demo"], ["demo", "clock"], ["demo", "accounts"], ["serve"], ["worker"], ["migrate"], ["sync"], ["check"],
    ["audit"], ["audit", "verify"], ["audit", "seal"], ["calendar"], ["calendar", "import"], ["docs"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([*command, "--help"])
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: laihua {' '.join(command)} ")


def run(arguments: list[str], **variables: str) -> subprocess.CompletedProcess[str]:
    root = Path(cli.__file__).parent.parent
    return subprocess.run(
        [sys.executable, "-m", "laihua.cli", *arguments], cwd=root, env={"PATH": "/usr/bin:/bin", **variables},
        capture_output=True, text=True, timeout=60, check=False,
    )


def test_missing_settings_are_listed_and_nothing_starts(tmp_path: Path) -> None:
    done = run(["serve"], LAIHUA_DATA=str(tmp_path))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    for name in ("LAIHUA_SECRET_KEY", "LAIHUA_FIELD_KEYS", "LAIHUA_SIGNING_KEY", "LAIHUA_PUBLIC_URL"):
        assert f"{name} is missing" in done.stderr
    assert not (tmp_path / "postgres").exists()


@pytest.mark.parametrize("command", [["demo"], ["demo", "clock", "2026-10-09T09:00"], ["demo", "accounts"]])
def test_the_demo_cannot_be_switched_on_where_it_is_switched_off(command: list[str], tmp_path: Path) -> None:
    done = run(command, LAIHUA_DEMO="0", LAIHUA_DATA=str(tmp_path))
    assert done.returncode == 2
    assert "not a demo" in done.stderr


def test_a_busy_port_is_named_before_anything_is_done(tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run(["demo"], LAIHUA_PORT=port, LAIHUA_DATA=str(tmp_path / "data"))
    assert done.returncode == 2
    assert f"Port {port} is in use" in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_wrong_moment_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from laihua.commands.demo import _moment
    from laihua.commands.surroundings import CommandFault

    with pytest.raises(CommandFault, match="2026-10-09T09:00"):
        _moment("tomorrow")
    assert _moment("2026-10-09T09:00").isoformat() == "2026-10-09T09:00:00+08:00"
