"""Puts the release into the wheel, as milia_onto/release, and the scripts of the site, if built."""

import hashlib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ReleaseHook(BuildHookInterface):
    """The files that build/SHA256SUMS names, intact, and nothing else that may lie in build/."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds the release; an editable install has build/ itself."""
        if version == "editable":
            return
        release = Path(self.root, "build")
        sums = release / "SHA256SUMS"
        names = [sums.name]
        for line in sums.read_text(encoding="utf-8").splitlines():
            digest, name = line[:64], line[66:]
            if hashlib.sha256((release / name).read_bytes()).hexdigest() != digest:
                msg = f"build/{name} is not what build/SHA256SUMS says: run make build"
                raise ValueError(msg)
            names.append(name)
        for name in names:
            build_data["force_include"][str(release / name)] = f"milia_onto/release/{name}"
        # Without Node there are none, and the pages come without scripts.
        for script in sorted(Path(self.root, "web", "dist").glob("*")):
            build_data["force_include"][str(script)] = f"milia_onto/scripts/{script.name}"
