"""The hosts that the request matrix is held against, behind one way to ask them."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import sys
import tempfile
import time
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from milia_onto.linked.answer import Request, answer
from milia_onto.linked.hosts import w3id
from tests.running import Reply, free_ports, running, told_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from milia_onto.linked.site import Site

APACHE_MODULES = "mpm_event authz_core mime dir rewrite headers negotiation"
NOBODY = 65534
ELSEWHERE = "https://files.example"
PROJECT = Path(__file__).resolve().parents[2]
WRANGLER = PROJECT / ".cache" / "wrangler" / "node_modules" / ".bin" / "wrangler"


if TYPE_CHECKING:
    Ask = Callable[..., Reply]


def in_process(site: Site) -> Ask:
    """The function itself."""

    def ask(method: str, target: str, headers: Mapping[str, str] | None = None) -> Reply:
        path, _, query = target.partition("?")
        sent = {name.lower(): value for name, value in (headers or {}).items()}
        found = answer(Request(method, path, query, sent), site)
        return Reply(found.status, {k.lower(): v for k, v in found.headers}, found.body)

    return ask


def over_http(port: int) -> Ask:
    """A server on this machine; follows nothing and sends no header of its own."""

    def ask(method: str, target: str, headers: Mapping[str, str] | None = None) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.putrequest(method, target, skip_accept_encoding=True)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            connection.endheaders()
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        found: dict[str, str] = {}
        for name, value in response.getheaders():
            key = name.lower()
            found[key] = f"{found[key]}, {value}" if key in found else value
        return Reply(response.status, found, body)

    return ask


@contextmanager
def listening(command: list[str], port: int, home: Path) -> Iterator[Ask]:
    """A server as an unprivileged process in its folder, until the block is left."""
    log = home / "log"
    with running(command, log, home, user=NOBODY if os.geteuid() == 0 else None) as process:
        for _ in range(600):
            with socket.socket() as found:
                if found.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, log.read_text()
            time.sleep(0.05)
        yield over_http(port)


@contextmanager
def folder() -> Iterator[Path]:
    """A temporary folder that an unprivileged server may read and write."""
    # No folder of pytest's: those are closed to all but their owner.
    path = Path(tempfile.mkdtemp(prefix="milia-onto-host-"))
    try:
        path.chmod(0o777)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def apache(root: Path) -> Iterator[Ask]:
    """Apache with nothing but the site's own rules."""
    with folder() as home:
        (port,) = free_ports(1)
        modules = "/usr/lib/apache2/modules"
        lines = [f"LoadModule {m}_module {modules}/mod_{m}.so" for m in APACHE_MODULES.split()]
        lines += [
            f"ServerRoot {home}",
            f"PidFile {home}/pid",
            f"ErrorLog {home}/error.log",
            f"Mutex file:{home}",
            f"Listen 127.0.0.1:{port}",
            "ServerName 127.0.0.1",
            "TypesConfig /dev/null",
            "StartServers 1",
            f"DocumentRoot {root}",
            f"<Directory {root}>",
            "AllowOverride All",
            # What a careless host may have switched on.
            "Options FollowSymLinks MultiViews Indexes",
            "Require all granted",
            "</Directory>",
        ]
        (home / "httpd.conf").write_text("\n".join(lines) + "\n")
        command = ["apache2", "-X", "-f", str(home / "httpd.conf")]
        with listening(command, port, home) as ask:
            yield ask


@contextmanager
def nginx(root: Path) -> Iterator[Ask]:
    """Nginx with nothing but the site's own rules."""
    with folder() as home:
        (port,) = free_ports(1)
        temporary = " ".join(
            f"{name}_temp_path {home}/{name};"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (home / "nginx.conf").write_text(
            f"daemon off; pid {home}/pid; error_log stderr; worker_processes 1;\n"
            f"events {{ worker_connections 64; }}\n"
            f"http {{ access_log off; {temporary}\n"
            f"include {root}/hosts/nginx-http.conf;\n"
            f"server {{ listen 127.0.0.1:{port}; root {root};\n"
            f"include {root}/hosts/nginx-server.conf; }} }}\n"
        )
        command = ["nginx", "-e", "stderr", "-c", str(home / "nginx.conf")]
        with listening(command, port, home) as ask:
            yield ask


@contextmanager
def w3id_org(site: Site) -> Iterator[Ask]:
    """Apache with the rules that w3id.org is given, and not one document."""
    with folder() as root:
        (root / ".htaccess").write_text(w3id.htaccess(site, ELSEWHERE))
        with apache(root) as ask:
            yield ask


@contextmanager
def serve(*arguments: str) -> Iterator[Ask]:
    """``milia-onto serve`` as a user starts it."""
    with tempfile.TemporaryDirectory() as home:
        log = Path(home) / "log"
        command = [sys.executable, "-m", "milia_onto", "serve", "--port", "0", *arguments]
        with running(command, log, PROJECT) as process:
            yield over_http(told_port(process, log))
        assert process.returncode == 0, log.read_text()


@contextmanager
def cloudflare(root: Path) -> Iterator[Ask]:
    """Cloudflare Pages with the site's own rules, as Cloudflare's tool runs it on this machine."""
    with folder() as home:
        (port,) = free_ports(1)
        private = {
            "HOME": home,
            "WRANGLER_SEND_METRICS": "false",
            "CLOUDFLARE_CF_FETCH_ENABLED": "false",
        }
        command = ["env", *(f"{name}={value}" for name, value in private.items()), WRANGLER]
        command += ["pages", "dev", root, "--ip", "127.0.0.1", "--port", port]
        command += ["--compatibility-date", "2026-01-01"]
        with running(command, home / "log", home) as server:
            wait_for(server, f"http://127.0.0.1:{port}/", home / "log")
            yield over_http(port)


# What such a host says of a file for which no rule says it.
KNOWN = {".json": "application/json"}


class StaticHost:
    """A host of files alone, as Netlify and Cloudflare Pages document theirs.

    A file that is there is sent, ``a.html`` for ``a`` too; else the first rule of ``_redirects``
    that fits the path decides; else 404.html. ``_headers`` adds to what is sent, ``!`` takes away.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        lines = (root / "_redirects").read_text().splitlines()
        self.rules = [
            (rule_pattern(source), target, int(status))
            for source, target, status in map(str.split, lines)
        ]
        self.headers: list[tuple[re.Pattern[str], str, str]] = []
        path = re.compile("")
        for line in (root / "_headers").read_text().splitlines():
            if line.startswith("/"):
                path = rule_pattern(line)
            else:
                name, _, value = line.strip().partition(":")
                self.headers.append((path, name.strip(), value.strip()))

    def __call__(self, method: str, target: str, headers: Mapping[str, str] | None = None) -> Reply:
        path = target.partition("?")[0]
        sent = self.headers_of(path)
        file = self.root / (path.lstrip("/") or "index.html")
        if not file.is_file() and not path.endswith("/"):
            file = file.with_name(f"{file.name}.html")
            sent["content-type"] = "text/html; charset=utf-8"
        if file.is_file() and not path.startswith("/_"):
            body = file.read_bytes()
            if path == "/":
                sent = self.headers_of("/index.html")
            if file.suffix in KNOWN:
                sent.setdefault("content-type", KNOWN[file.suffix])
            sent["etag"] = f'"{sha256(body).hexdigest()}"'
            if (headers or {}).get("If-None-Match") == sent["etag"]:
                return Reply(304, sent, b"")
            return Reply(200, sent, b"" if method == "HEAD" else body)
        for pattern, to, status in self.rules:
            found = pattern.fullmatch(path)
            if found:
                for name, value in found.groupdict().items():
                    to = to.replace(f":{name}", value)  # noqa: PLW2901
                return Reply(status, sent | {"location": to}, b"")
        return Reply(404, sent, (self.root / "404.html").read_bytes())

    def headers_of(self, path: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for pattern, name, value in self.headers:
            if not pattern.fullmatch(path):
                continue
            if name.startswith("!"):
                found.pop(name[1:].strip().lower(), None)
            else:
                key = name.lower()
                found[key] = f"{found[key]}, {value}" if key in found else value
        return found


def rule_pattern(path: str) -> re.Pattern[str]:
    """A path with ``*`` for anything and ``:name`` for a segment, as a pattern."""
    escaped = re.escape(path).replace(r"\*", ".*")
    return re.compile(re.sub(r":(\w+)", r"(?P<\1>[^/]+)", escaped))
