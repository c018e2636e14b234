"""Programs as processes of this machine: run to their end, or servers ended with their block."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    Process = subprocess.Popen[bytes]

START = 120.0
STOP = 20.0
UNAUTHORIZED = 401
# Nothing on this machine is reached by way of a proxy.
DIRECT = {"no_proxy": "*", "NO_PROXY": "*"}
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/\n")
OWN_HOSTS = re.compile(r"^https?://(?:127\.0\.0\.1:\d+|files\.example)")


class ServerError(Exception):
    """A server did not start, or does not hold what the others hold."""


class Result(NamedTuple):
    """What a command did: exit code, standard output and standard error."""

    code: int
    out: str
    err: str


class Reply(NamedTuple):
    """What a server answered; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float = 0.0

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def location(self) -> str:
        """Where to go, without scheme and host."""
        return OWN_HOSTS.sub("", self.headers.get("location", ""))


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens on, all different."""
    taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [each.getsockname()[1] for each in taken]
    for each in taken:
        each.close()
    return ports


def command_line(
    *arguments: object,
    stdin: bytes = b"",
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    seconds: float = 120,
) -> Result:
    """``milia-onto`` as a process: for what forks, is killed, or must not hang the tests."""
    done = subprocess.run(
        [sys.executable, "-m", "milia_onto", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=folder,
        env=environment,
        timeout=seconds,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


@contextmanager
def running(
    command: Sequence[object],
    log: Path,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    *,
    family: bool = False,
    user: int | None = None,
) -> Iterator[Process]:
    """A process in ``folder`` whose standard error goes to ``log``.

    With ``family`` what it started is ended with it; ``user`` is the id of whom it runs as.
    """
    with log.open("wb") as err:
        process = subprocess.Popen(
            list(map(str, command)),
            cwd=folder,
            env=environment or {**os.environ, **DIRECT},
            stdout=subprocess.DEVNULL,
            stderr=err,
            start_new_session=family,
            user=user,
            group=user,
        )
        tell = partial(os.killpg, process.pid) if family else process.send_signal
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                tell(signal.SIGTERM)
            try:
                process.wait(STOP)
            except subprocess.TimeoutExpired:
                tell(signal.SIGKILL)
                process.wait()


def wait_for(process: Process, address: str, log: Path, *, is_guarded: bool = False) -> None:
    """Until the address answers something good, or asks who is there. Raises ServerError."""
    import httpx

    end = time.monotonic() + START
    with httpx.Client(trust_env=False, timeout=START) as client:
        while time.monotonic() < end and process.poll() is None:
            try:
                reply = client.get(address)
                if reply.is_success or (is_guarded and reply.status_code == UNAUTHORIZED):
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
    told = log.read_text(encoding="utf-8", errors="replace").strip()
    raise ServerError(f"{address} does not answer: {told[-500:] or 'nothing was said'}")


def told_port(process: Process, log: Path) -> int:
    """The port of the address that a server of ours tells once it listens. Raises ServerError."""
    end = time.monotonic() + START
    while time.monotonic() < end and process.poll() is None:
        if found := ADDRESS.search(log.read_text(encoding="utf-8")):
            return int(found[1])
        time.sleep(0.05)
    raise ServerError(log.read_text(encoding="utf-8").strip() or "a server told no address")


def run(command: Sequence[object], folder: Path, given: str = "") -> str:
    """What a command that ends says on standard output. Raises ServerError where it fails."""
    done = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env={**os.environ, **DIRECT},
        input=given.encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        told = (done.stdout + done.stderr).decode(errors="replace")
        raise ServerError(f"{command[0]} ended with {done.returncode}: {told[-500:]}")
    return done.stdout.decode(errors="replace")
