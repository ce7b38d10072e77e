"""Publishers as processes of their own: `python -m tests.content.publishers ROLE FOLDER`."""

import linecache
import os
import resource
import signal
import sys
from itertools import count
from pathlib import Path

from content.errors import TakenNumberError
from content.ledger import store as store_module
from content.ledger.store import Ledger
from schemas.collections import COLLECTIONS
from tests.content.chains import build_chain, write_chain


def crash_at_each_step(folder: Path) -> None:
    """Append a second release in `FOLDER/1`, `FOLDER/2` …, killed at that line of `ledger.py`.

    The last folder is that of the publisher that was not killed any more.
    """
    chain = build_chain(2)
    for step in count(1):
        place = folder / str(step)
        write_chain(place, 1)
        process = os.fork()
        if process == 0:
            _kill_at(step)
            Ledger(place, COLLECTIONS).append(*chain[1])
            os._exit(0)
        _, status = os.waitpid(process, 0)
        if status == 0:
            return
        assert os.WTERMSIG(status) == signal.SIGKILL


def _kill_at(step: int) -> None:
    lines = count(1)

    def trace(frame, event, _argument):
        if frame.f_code.co_filename != store_module.__file__:
            return None
        if event == "line" and next(lines) == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)


def race(folder: Path) -> None:
    """For each line of input: make the next release, say "ready", wait for a line, append."""
    ledger = Ledger(folder, COLLECTIONS)
    for _ in sys.stdin:
        number = len(ledger.read().releases)
        release, data = build_chain(number + 1)[-1]
        _say("ready")
        sys.stdin.readline()
        try:
            ledger.append(release, data)
        except TakenNumberError as error:
            _say(str(error))
        else:
            _say("won")


def linger(folder: Path) -> None:
    """Append the second release, but say "ready" before the link and wait for a line."""

    def trace(frame, event, _argument):
        if frame.f_code.co_filename != store_module.__file__:
            return None
        if event == "line" and "os.link(" in linecache.getline(
            store_module.__file__, frame.f_lineno
        ):
            sys.settrace(None)
            _say("ready")
            sys.stdin.readline()
        return trace

    sys.settrace(trace)
    try:
        Ledger(folder, COLLECTIONS).append(*build_chain(2)[-1])
    except TakenNumberError:
        _say("taken")


def hurry(folder: Path) -> None:
    """Append a hundred releases one right after the other."""
    ledger = Ledger(folder, COLLECTIONS)
    for release, data in build_chain(100):
        ledger.append(release, data)


def write_little(folder: Path) -> None:
    """Append where no file may have more than 100 bytes; then where it may."""
    ledger = Ledger(folder, COLLECTIONS)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    ((release, data),) = build_chain(1)
    try:
        ledger.append(release, data)
    except OSError as error:
        _say(f"{type(error).__name__} {error.errno} {list(folder.iterdir())}")
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    _say(ledger.append(release, data).name)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    ROLES = {"crash": crash_at_each_step, "race": race, "hurry": hurry, "little": write_little}
    ROLES["linger"] = linger
    ROLES[sys.argv[1]](Path(sys.argv[2]))
