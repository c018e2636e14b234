"""A PostgreSQL of its own in a folder, stopped at the end; its tables are those of the CDM."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self

HERE = Path(__file__).resolve().parent
DEBIAN = Path("/usr/lib/postgresql")


def program(name: str) -> str:
    """Debian keeps the server's programs beside the path."""
    found = sorted(DEBIAN.glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name) or name


class Cluster:
    """Used with ``with``; ``sql`` runs statements, ``environment`` is for psql."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="milia-pg-"))
        # PostgreSQL refuses to run for root.
        self.other = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        if self.other:
            shutil.chown(self.folder, "postgres")
        self.environment = {
            "PGHOST": str(self.folder),
            "PGUSER": "postgres",
            "PGDATABASE": "postgres",
            "PATH": os.environ["PATH"],
        }

    def _run(self, *command: str) -> None:
        subprocess.run(
            [*self.other, *command],
            check=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        )

    def __enter__(self) -> Self:
        data = str(self.folder / "data")
        self._run(
            program("initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N"
        )
        told = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync=off"
        self._run(program("pg_ctl"), "-D", data, "-w", "-o", told, "start")
        return self

    def __exit__(self, *_: object) -> None:
        self._run(program("pg_ctl"), "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder)

    def sql(self, text: str) -> list[list[str]]:
        """The rows of the last statement. Raises AssertionError where one fails."""
        done = subprocess.run(
            ["psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1"],
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env=self.environment,
        )
        assert done.returncode == 0, done.stderr
        return [line.split("\t") for line in done.stdout.splitlines()]
