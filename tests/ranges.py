"""Made-up worlds of IP ranges, and what each form says of them as sets of networks."""

import csv
import json
import re
from io import StringIO
from ipaddress import collapse_addresses, ip_network

from hypothesis import strategies as st

from tests.content_factory import COMMON, SAMPLE, ContentFactory

DAY = "2026-03-01"
CENTERS = {"uk": 1, "de": 2}
CLASSES = ("from-service", "to-service")
_PLACES = 8
_WINDOWS = (
    (None, None),
    (None, "2026-02-20"),
    (None, "2026-06-30"),
    ("2026-06-01", None),
    ("2026-02-10", "2026-03-01"),
)


def _build_cidr(center: str, place: int, family: str, length: int, *, sample: bool) -> str:
    """A network in a place of its own: eight adjacent ones of each data center, family and kind."""
    number = CENTERS[center] * _PLACES + place
    if family == "ipv4":
        base = f"192.0.2.{number * 4}" if sample else f"45.0.{number * 4}.0"
        length = 30 + length % 3 if sample else 22 + length
    else:
        base = f"2001:db8:{number:x}::" if sample else f"2a00:0:{number:x}::"
        length = 48 + length * 8
    return f"{ip_network(f'{base}/{length}')}"


@st.composite
def list_ranges(draw) -> list[dict]:
    """Source documents of ranges that `check` accepts: two families, classes and data centers."""
    places = st.tuples(
        st.sampled_from(list(CENTERS)),
        st.integers(0, _PLACES - 1),
        st.sampled_from(["ipv4", "ipv6"]),
        st.booleans(),
    )
    ranges = []
    for name, place in enumerate(draw(st.lists(places, unique=True, max_size=24))):
        center, number, family, sample = place
        length = draw(st.sampled_from([0, 0, 0, 1, 10]))
        begins, ends = draw(st.sampled_from(_WINDOWS))
        one = {
            "id": f"r-{name}",
            "cidr": _build_cidr(center, number, family, length, sample=sample),
            "data_center": center,
            "traffic": draw(st.sampled_from(CLASSES)),
            "effective_from": begins,
            "effective_until": ends,
            **({**COMMON, "sources": [SAMPLE]} if sample else {}),
        }
        ranges.append(one)
        if ends == "2026-06-30" and draw(st.booleans()):
            # What follows it may lie within it, because no day knows both.
            shorter = _build_cidr(center, number, family, 0, sample=sample)
            after = {"cidr": shorter, "effective_from": "2026-07-01", "effective_until": None}
            ranges.append({**one, "id": f"r-{name}-next", **after})
    return ranges


def publish_world(factory: ContentFactory, ranges: list[dict]):
    """A client of the world with these *ranges*."""
    factory.world()
    factory.facts("ip-ranges", *ranges)
    factory.publish()
    return factory.client(today=DAY)


def expect(items: list[dict], *, samples: bool) -> dict[tuple[str, str], set[str]]:
    """Return the networks that a plain list of *items* must contain, by traffic and IP version."""
    wanted: dict[tuple[str, str], set[str]] = {}
    for item in items:
        if samples or not item["sample"]:
            wanted.setdefault((item["traffic"], item["family"]), set()).add(item["cidr"])
    return wanted


def read_lines(text: str) -> list[str]:
    return text.splitlines()


def read_nginx(text: str) -> list[str]:
    return re.findall(r"^allow (\S+);", text, re.MULTILINE)


def read_ipset(text: str) -> list[str]:
    return re.findall(r"^add \S+ (\S+)$", text, re.MULTILINE)


def read_nft(text: str) -> dict[tuple[str, str], list[str]]:
    """The networks of each class and family that the file fills sets with."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, body in re.findall(
        r"^add element inet faqts (\w+) \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL
    ):
        traffic, _, family = name.rpartition("_")
        key = (traffic.replace("_", "-"), family)
        assert key not in found
        found[key] = re.findall(r"^\t([^\s,]+)", body, re.MULTILINE)
    return found


def read_csv(text: str) -> list[dict]:
    """The rows as the JSON would say them."""
    rows = list(csv.DictReader(StringIO(text)))
    for row in rows:
        row["ports"] = [int(port) for port in row["ports"].split()]
        row["sample"] = json.loads(row["sample"])
        for name in ("effective_from", "effective_until"):
            row[name] = row[name] or None
    return rows


def cover(networks) -> set:
    """The fewest networks of each version that hold the addresses of *networks* and no other."""
    known = [ip_network(network) for network in networks]
    return {
        whole
        for version in (4, 6)
        for whole in collapse_addresses([n for n in known if n.version == version])
    }


def sort(networks) -> list[str]:
    """*networks* in the order that is promised: family, address, length."""
    known = {ip_network(network) for network in networks}
    ordered = sorted(known, key=lambda n: (n.version, int(n.network_address), n.prefixlen))
    return [str(network) for network in ordered]
