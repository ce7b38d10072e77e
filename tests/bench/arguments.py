"""What the arguments of the benchmarks may be, said before anything is measured."""

import argparse
from pathlib import Path


def read_count(text: str) -> int:
    """*text* as a whole number from 1 on."""
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


def read_shares(text: str) -> list[int]:
    """*text* as percentages, the smallest first: `1,10,100`."""
    shares = [read_count(part) for part in text.split(",")]
    if sorted(set(shares)) != shares or shares[-1] > 100:
        raise argparse.ArgumentTypeError(f"{text!r} are not percentages up to 100, smallest first")
    return shares


def read_target(text: str) -> Path:
    """*text* as a file that can be written."""
    path = Path(text)
    if not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {str(path.parent)!r} to write into")
    return path
