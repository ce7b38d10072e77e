"""nginx: with a file of the same bytes and headers, and as a cache before the service."""

import os
import re
from pathlib import Path

from tests.bench.peers.reference import PATH, read_reference

_DEPLOYED = Path(__file__).parents[2] / "deploy" / "nginx.conf"
#: The least that serves a file; it says where its places are as the deployed one does.
_PLAIN = """
user www-data;  # CHANGE user
pid /run/nginx.pid;  # CHANGE pid
error_log /var/log/nginx/error.log;  # CHANGE error log
worker_processes auto;
events { worker_connections 1024; }
http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    server {
        listen 80;  # CHANGE listen
        SERVER
    }
}
"""
_FILE = """
        location = PATH {
            alias FOLDER/answer.json;
            types { }
            default_type application/json;
            etag off;
            max_ranges 0;
            HEADERS
        }
"""
_LIMITS = re.compile(r"^\s*limit_(req|conn) .*;$", re.MULTILINE)
_PLACE = re.compile(r"^(?!\s*#).*# CHANGE (.+)$", re.MULTILINE)
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def build_file(folder: Path, port: int) -> list[str]:
    """The command of an nginx that serves the answer from a file."""
    reference = read_reference()
    (folder / "answer.json").write_bytes(reference.body)
    headers = "\n".join(
        f"add_header {name} {_quote(value)};"
        for name, value in reference.headers
        if name.lower() != "content-type"
    )
    location = _FILE.replace("PATH", PATH).replace("FOLDER", str(folder))
    text = _PLAIN.replace("SERVER", location.replace("HEADERS", headers))
    return _build_command(folder, "file-nginx", text, listen=f"listen 127.0.0.1:{port};")


def build_proxy(folder: Path, port: int, origin: int) -> list[str]:
    """The command of an nginx that keeps what the service on port *origin* answered.

    It is configured as it is deployed, without the limits a client has.
    """
    return _build_command(
        folder,
        "ours-nginx",
        _LIMITS.sub("", _DEPLOYED.read_text(encoding="utf-8")),
        listen=f"listen 127.0.0.1:{port};",
        origin=f"server 127.0.0.1:{origin};",
        cache=f"proxy_cache_path {folder}/cache",
    )


def _build_command(folder: Path, name: str, text: str, **places: str) -> list[str]:
    """The command of an nginx with one worker that is configured by *text*, its places changed."""
    every = {
        # The workers of a root process give up its rights, and then cannot read the folder.
        "user": "user root;" if os.geteuid() == 0 else "",
        "pid": f"pid {folder}/{name}.pid;",
        "error log": f"error_log {folder}/{name}.errors;",
        "access log": "access_log off;",
        **places,
    }
    text = _PLACE.sub(lambda match: every.get(match[1], match[0]), text)
    text = re.sub(r"worker_processes .*;", "worker_processes 1;", text)
    temporary = " ".join(f"{part}_temp_path {folder}/{name}.{part};" for part in _TEMPORARY)
    path = folder / f"{name}.conf"
    path.write_text(text.replace("http {", f"http {{ {temporary}", 1), encoding="utf-8")
    return ["nginx", "-p", str(folder), "-c", str(path), "-g", "daemon off;"]


def _quote(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
