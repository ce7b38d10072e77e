"""Fuzz the service for longer than the tests do: `make fuzz`."""

import argparse
import sys
from pathlib import Path
from secrets import randbelow
from tempfile import TemporaryDirectory

import click

from tests.bench.arguments import read_count
from tests.e2e.fuzzing.running import fuzz
from tests.e2e.fuzzing.world import build_world
from tests.e2e.servers import WAYS, serving

EXAMPLES = 1000


def main() -> int:
    """Serve, fuzz and report; returns 0 when nothing was found."""
    asked = _read_arguments()
    click.echo(f"Seed {asked.seed}, {asked.examples} examples for each operation.")
    with TemporaryDirectory() as folder:
        factory = build_world(Path(folder))
        with serving(factory, *WAYS[asked.way]) as server:
            most = f"--max-examples={asked.examples}"
            run = fuzz(server, Path(folder), most, seed=asked.seed, shown=True)
    click.echo(run.say())
    again = f"--seed {asked.seed} --examples {asked.examples} --way {asked.way}"
    click.echo(f"To ask the same again: make fuzz FUZZ='{again}'")
    return run.status


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make fuzz FUZZ='...'", description=__doc__)
    parser.add_argument("--seed", type=read_count, default=randbelow(10**9) + 1, help="which ones")
    parser.add_argument("--examples", type=read_count, default=EXAMPLES, help="for each operation")
    parser.add_argument("--way", choices=list(WAYS), default="loop", help="how gunicorn answers")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
