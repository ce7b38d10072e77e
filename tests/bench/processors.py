"""Which processors the servers and the client run on, and what a server has used of its own."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def choose_processors() -> tuple[str, str]:
    """The processor of every server and those of the client, as `taskset -c` reads them.

    They are the same where there is only one.
    """
    first, *others = sorted(os.sched_getaffinity(0))
    return str(first), ",".join(map(str, others or [first]))


def count_cpu_seconds(master: int) -> float:
    """The seconds of processor that the process *master* and its children have used so far."""
    used = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # It has ended since it was listed.
        if master in (int(path.parent.name), int(after_name[1])):
            used += int(after_name[11]) + int(after_name[12])
    return used / _TICKS
