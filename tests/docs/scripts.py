"""Runs the scripts that pages show, with the commands of this environment on the path."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.running import Result


def run(kind: str, text: str, folder: Path) -> Result:
    """What a script of the shell (``sh``) or Python does in ``folder``; it must end well."""
    command = ["sh", "-euc", text] if kind == "sh" else [sys.executable, "-c", text]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    # The address of the server is of this machine, whatever the environment says of proxies.
    environment = {**os.environ, "PATH": path, "no_proxy": "*"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return Result(done.returncode, done.stdout, done.stderr)
