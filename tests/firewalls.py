"""Real firewalls in a network of their own, and what they made of a file."""

import json
import re
import subprocess
from ipaddress import ip_address, summarize_address_range
from itertools import chain
from pathlib import Path

from tests.programs import require_program


def isolate(script: str, folder: Path) -> str:
    """What the shell *script* prints, run in *folder* as root of a fresh network."""
    require_program("unshare")
    done = subprocess.run(
        ["unshare", "-rn", "bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def load_nft(folder: Path, *files: str, check: bool = True) -> dict[str, set[str]]:
    """The sets of nftables after it loaded *files*, one after the other, each checked before."""
    require_program("nft")
    script = "".join(f"{f'nft -c -f {name}; ' if check else ''}nft -f {name}\n" for name in files)
    listed = json.loads(isolate(f"{script}nft -j list ruleset", folder))["nftables"]
    sets = [item["set"] for item in listed if "set" in item]
    assert {found["table"] for found in sets} == {"faqts"}
    return {
        found["name"]: set(chain.from_iterable(map(_write, found.get("elem", ()))))
        for found in sets
    }


def load_ipset(folder: Path, *files: str) -> dict[str, set[str]]:
    """The sets of ipset after it restored *files*, one after the other."""
    require_program("ipset")
    script = "".join(f"ipset restore -f {name}\n" for name in files)
    saved = isolate(f"{script}ipset save", folder)
    sets: dict[str, set[str]] = {}
    for verb, name, network in re.findall(r"^(create|add) (\S+) (\S+)", saved, re.MULTILINE):
        sets.setdefault(name, set())
        if verb == "add":
            sets[name].add(network if "/" in network else _add_mask(network))
    return sets


def _write(element) -> list[str]:
    """The networks of an element: one, or those of a range that adjacent ones were merged to."""
    if isinstance(element, str):
        return [_add_mask(element)]
    if "range" in element:
        first, last = map(ip_address, element["range"])
        return [str(network) for network in summarize_address_range(first, last)]
    prefix = element["prefix"]
    return [f"{prefix['addr']}/{prefix['len']}"]


def _add_mask(address: str) -> str:
    return f"{address}/{128 if ':' in address else 32}"
