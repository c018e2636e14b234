"""The nursery: a process with one thread that loads the store once and forks workers.

A worker shares the store with it, copy on write, so it is there within milliseconds. The nursery
ends when the server closes the line to it or is killed; the workers end with the nursery.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import struct
from typing import TYPE_CHECKING

from milia_onto.edges.confine import die_with_parent, silence
from milia_onto.model.errors import MiliaError
from milia_onto.serve.worker import leave, work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyoxigraph as ox

    from milia_onto.serve.worker import Limits

# Server to nursery: fork one, or kill this one. Nursery to server: loaded, or not and why; here is
# a worker (with its socket); a worker ended, with this status.
ORDER = struct.Struct("!cI")
REPORT = struct.Struct("!cIi")
FORK, KILL = b"F", b"K"
READY, FAILED, BORN, DIED = b"R", b"X", b"B", b"D"
MEANT_FOR_SERVER = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Nursery:
    """The state of the nursery process: the line to the server and the living workers."""

    def __init__(self, line: socket.socket, prefixes: Mapping[str, str], limits: Limits) -> None:
        self.line = line
        self.prefixes = prefixes
        self.limits = limits
        self.living: set[int] = set()
        self.store: ox.Store | None = None

    def run(self, load: Callable[[], ox.Store]) -> None:
        """Load, report, then do as told until the line closes."""
        try:
            self.store = load()
        except (MiliaError, OSError, MemoryError) as error:
            self.line.sendall(REPORT.pack(FAILED, 0, 0) + str(error).encode())
            return
        gc.freeze()
        self.line.sendall(REPORT.pack(READY, 0, 0))
        wake, told = socket.socketpair()
        wake.setblocking(False)
        told.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
        while True:
            ready, _, _ = select.select([self.line, wake], [], [])
            if wake in ready:
                wake.recv(1024)
                self.bury()
            if self.line in ready and not self.obey():
                break
        for pid in self.living:
            os.kill(pid, signal.SIGKILL)

    def bury(self) -> None:
        """Report every worker that has ended."""
        while self.living:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            self.living.discard(pid)
            self.line.sendall(REPORT.pack(DIED, pid, status))

    def obey(self) -> bool:
        """Carry out one order; False where the server has gone."""
        data = self.line.recv(ORDER.size, socket.MSG_WAITALL)
        if len(data) < ORDER.size:
            return False
        order, pid = ORDER.unpack(data)
        if order == FORK:
            self.fork()
        elif pid in self.living:
            os.kill(pid, signal.SIGKILL)
        return True

    def fork(self) -> None:
        """Fork a worker and hand its socket to the server."""
        ours, theirs = socket.socketpair()
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            self.become_worker(theirs, parent)
        self.living.add(pid)
        theirs.close()
        socket.send_fds(self.line, [REPORT.pack(BORN, pid, 0)], [ours.fileno()])
        ours.close()

    def become_worker(self, line: socket.socket, parent: int) -> None:
        """Keep only the line to the server, and work."""
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            die_with_parent(parent)
            os.dup2(line.fileno(), 3)
            os.closerange(4, line.fileno() + 64)
            if self.store is not None:
                work(socket.socket(fileno=3), self.store, self.prefixes, self.limits)
        except OSError:
            pass  # the server has gone, and with it whoever asked
        finally:
            leave()


def start(
    load: Callable[[], ox.Store], prefixes: Mapping[str, str], limits: Limits
) -> tuple[int, socket.socket]:
    """Fork the nursery: its process and the line to it. The first report says whether it loaded.

    Raises OSError where the system starts no process.
    """
    ours, theirs = socket.socketpair()
    try:
        pid = os.fork()
    except OSError:
        ours.close()
        theirs.close()
        raise
    if pid:
        theirs.close()
        return pid, ours
    # What the server had open must never be collected here: it would close descriptors by number,
    # and they are others now. Nor are the pages of what is left alone copied into every worker.
    gc.freeze()
    try:
        signal.set_wakeup_fd(-1)
        for number in MEANT_FOR_SERVER:
            signal.signal(number, signal.SIG_IGN)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        silence()
        os.dup2(theirs.fileno(), 3)
        # The server's own sockets must close when the server closes them.
        os.closerange(4, os.sysconf("SC_OPEN_MAX"))
        Nursery(socket.socket(fileno=3), prefixes, limits).run(load)
    finally:
        leave()
    raise AssertionError
