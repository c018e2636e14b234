"""Takes from a process what a query has no need of: memory, descriptors, its parent's death."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1
PRIVATE_STATM = Path("/proc/self/statm")


def confine(memory: int, highest: int) -> None:
    """Limit this process to ``memory`` bytes more than it has, and open no descriptor.

    ``highest`` is the highest descriptor in use: with none above it there is no new socket and
    no new file, whatever an engine is asked to do.
    """
    size = 0
    with suppress(OSError):
        size = int(PRIVATE_STATM.read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + memory, size + memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 1, highest + 1))


def die_with_parent(parent: int) -> None:
    """End this process when ``parent``, which forked it, ends; Linux only, elsewhere nothing."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    # The parent may have ended before the kernel was told.
    if os.getppid() != parent:
        os._exit(0)


def silence() -> None:
    """Send what an engine would write on standard output and error nowhere; no input either."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
