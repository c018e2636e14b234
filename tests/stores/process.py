"""Servers as processes of this machine: on free ports, ended with the ``with`` block."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    Process = subprocess.Popen[bytes]

START = 120.0
STOP = 20.0
UNAUTHORIZED = 401
# Nothing on this machine is reached by way of a proxy.
DIRECT = {"no_proxy": "*", "NO_PROXY": "*"}


class ServerError(Exception):
    """A server did not start, or does not hold what the others hold."""


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens on, all different."""
    taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [each.getsockname()[1] for each in taken]
    for each in taken:
        each.close()
    return ports


@contextmanager
def running(command: Sequence[object], log: Path, folder: Path) -> Iterator[Process]:
    """A process in ``folder`` whose standard error goes to ``log``."""
    with log.open("wb") as err:
        process = subprocess.Popen(
            list(map(str, command)),
            cwd=folder,
            env={**os.environ, **DIRECT},
            stdout=subprocess.DEVNULL,
            stderr=err,
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(STOP)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for(process: Process, address: str, log: Path, *, is_guarded: bool = False) -> None:
    """Until the address answers something good, or asks who is there. Raises ServerError."""
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
