"""The processes in which files are opened: their limits, and what becomes of them when one of them dies."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from laihua.prechecks import child
from tests.prechecks import samples

pytestmark = pytest.mark.req("PRE-8")
ROOT = Path(__file__).resolve().parents[2]
INSPECT: dict[str, object] = {"do": "inspect", "accept": "pdf", "colour": False}
Doing = Callable[[str], None]


@pytest.fixture
def doing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Doing]:
    """Have the child do this instead of looking at the file: what a file could make it do that has taken it over."""

    def put(deed: str) -> None:
        program = tmp_path / "zygote.py"
        program.write_text(
            f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
            "import os, socket, json, time, signal\n"
            "from laihua.prechecks import sandbox, zygote\n"
            f"def answer(job, content):\n    said = ''\n    {deed}\n"
            "    return {'pages': len(content), 'type': said, 'problems': []}, b''\n"
            "sandbox.answer = answer\nzygote.main()\n"
        )
        child.stop()
        monkeypatch.setattr(child, "ZYGOTE", program)

    yield put
    child.stop()


def zygote() -> psutil.Process:
    return psutil.Process(child.the_zygote().process.pid)


def test_a_child_that_runs_into_the_clock_is_killed_and_says_so() -> None:
    child.run(INSPECT, samples.scan())
    assert child.run(INSPECT, samples.slow_graphics(), wall_seconds=1.5) == child.TOO_COMPLEX
    _, alive = psutil.wait_procs(zygote().children(), timeout=10)
    assert not alive


def test_a_child_that_does_nothing_at_all_is_killed_too(doing: Doing) -> None:
    doing("signal.pause()")
    assert child.run(INSPECT, b"", wall_seconds=1) == child.TOO_COMPLEX
    _, alive = psutil.wait_procs(zygote().children(), timeout=10)
    assert not alive


@pytest.mark.parametrize(("deed", "refused"), [
    ("bytearray(600 * 1024**2)", "MemoryError"), ("bytearray(100 * 1024**2)", ""),
    ("open('/etc/hostname')", "OSError"), ("socket.socket()", "OSError"), ("open({out!r}, 'w')", "OSError"),
])
def test_a_child_takes_no_memory_files_or_connections_beyond_its_share(
    tmp_path: Path, doing: Doing, deed: str, refused: str
) -> None:
    out = tmp_path / "written"
    doing(f"""
    try:
        {deed.format(out=str(out))}
    except Exception as error:
        said = type(error).__name__""")
    assert child.run(INSPECT, b"") == child.Outcome(0, refused, ())
    assert not out.exists()


@pytest.mark.parametrize("deed", ["os.kill(os.getpid(), signal.SIGSEGV)", "os._exit(3)", "os.write(0, b'{}'); os._exit(0)"])
def test_a_child_that_dies_or_talks_nonsense_costs_its_own_file_only(doing: Doing, deed: str) -> None:
    doing(f"if content: {deed}")
    assert child.run(INSPECT, b"file") == child.TOO_COMPLEX
    assert child.run(INSPECT, b"") == child.Outcome(0, "", ())


def test_a_child_cannot_start_another_process(doing: Doing) -> None:
    """Where the limit binds: root may start as many as it likes."""
    doing("import resource; said = str(resource.getrlimit(resource.RLIMIT_NPROC))")
    assert child.run(INSPECT, b"").content_type == "(0, 0)"


def test_a_child_sees_nothing_of_our_environment(doing: Doing, monkeypatch: pytest.MonkeyPatch) -> None:
    doing("said = ','.join(os.environ)")
    monkeypatch.setenv("LAIHUA_SECRET_KEY", "not-for-children")
    assert child.run(INSPECT, b"").content_type == "LC_ALL"


def test_a_child_holds_its_own_connection_only(doing: Doing) -> None:
    """Neither the zygote's, over which other files come, nor those of files that are open beside it."""
    doing("said = ','.join(str(n) for n in range(1000) if not isinstance(fstat(n), OSError) and S_ISSOCK(fstat(n).st_mode))")
    text = child.ZYGOTE.read_text().replace("def answer(", """from stat import S_ISSOCK
def fstat(n):
    try:
        return os.fstat(n)
    except OSError as error:
        return error
def answer(""", 1)
    child.ZYGOTE.write_text(text)
    assert child.run(INSPECT, b"").content_type == "0"


def test_nothing_of_one_file_is_there_for_the_next(doing: Doing) -> None:
    doing("said = getattr(sandbox, 'kept', ''); sandbox.kept = content.decode()")
    assert child.run(INSPECT, b"passport of one person").pages == 22
    assert child.run(INSPECT, b"another").content_type == ""


def test_two_files_at_once_get_each_its_own_answer() -> None:
    two, three = samples.scan(*[samples.page_image()] * 2), samples.scan(*[samples.page_image()] * 3)
    files, found = [two, three] * 4, {}

    def look(number: int) -> None:
        found[number] = child.run(INSPECT, files[number]).pages

    threads = [threading.Thread(target=look, args=[n]) for n in range(len(files))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {n: 2 + n % 2 for n in range(len(files))}


def test_a_zygote_that_was_killed_is_started_anew() -> None:
    assert child.run(INSPECT, samples.scan()).pages == 1
    first = zygote()
    first.kill()
    first.wait(10)
    assert child.run(INSPECT, samples.scan()).pages == 1
    assert zygote().pid != first.pid


def test_after_a_crash_no_child_is_forked_from_the_same_memory(doing: Doing) -> None:
    doing("os.kill(os.getpid(), signal.SIGSEGV) if content else None")
    first = zygote().pid
    assert child.run(INSPECT, b"crash") == child.TOO_COMPLEX
    assert child.run(INSPECT, b"") == child.Outcome(0, "", ())
    assert zygote().pid != first


def test_a_fork_of_the_web_server_has_a_zygote_of_its_own() -> None:
    child.run(INSPECT, samples.scan())
    ours = zygote()
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            said = child.run(INSPECT, samples.scan())
            os.write(writer, f"{said.pages} {child.the_zygote().process.pid}".encode())
        finally:
            os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0
    pages, theirs = os.read(reader, 100).decode().split()
    os.close(reader)
    os.close(writer)
    assert pages == "1"
    assert int(theirs) != ours.pid
    psutil.wait_procs([p for p in psutil.process_iter() if p.pid == int(theirs)], timeout=10)
    assert not psutil.pid_exists(int(theirs)) or psutil.Process(int(theirs)).status() == psutil.STATUS_ZOMBIE
    assert child.run(INSPECT, samples.scan()).pages == 1
    assert zygote().pid == ours.pid


def test_the_zygote_ends_with_its_owner_however_that_ends() -> None:
    program = (
        f"import sys, json, signal; sys.path.insert(0, {str(ROOT)!r})\n"
        "from laihua.prechecks import child\n"
        "pages = child.run(json.loads(sys.argv[1]), sys.stdin.buffer.read()).pages\n"
        "print(pages, child.the_zygote().process.pid, flush=True)\nsignal.pause()\n"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", program, json.dumps(INSPECT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert owner.stdin is not None
    assert owner.stdout is not None
    owner.stdin.write(samples.scan())
    owner.stdin.close()
    pages, pid = map(int, owner.stdout.readline().split())
    assert pages == 1
    watched = psutil.Process(pid)
    owner.send_signal(signal.SIGKILL)
    owner.wait(10)
    owner.stdout.close()
    psutil.wait_procs([watched], timeout=10)
    assert not watched.is_running() or watched.status() == psutil.STATUS_ZOMBIE
