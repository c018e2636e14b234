"""Write the release as a static site: all documents, all pages, and the rules for its host.

Copy the folder to any web server. .htaccess is for Apache, hosts/nginx-*.conf for nginx,
_redirects and _headers for hosts of files alone, hosts/w3id.htaccess for w3id.org.

Examples:
  milia-onto site
  milia-onto site --out public --address https://example.org/milia
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

STEP = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``site``."""
    from milia_onto.cli.serve import add_site_arguments

    parser.add_argument(
        "--out",
        type=Path,
        default=Path("build/site"),
        metavar="DIR",
        help="the folder to write (default: build/site); an older site in it is replaced",
    )
    parser.add_argument(
        "--address",
        default="",
        metavar="URL",
        help="where the site will be; then the rules for w3id.org are written too",
    )
    add_site_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Write the site."""
    from milia_onto.cli.progress import progress
    from milia_onto.cli.serve import read_site
    from milia_onto.edges.files import write_site
    from milia_onto.edges.held import refuse_foreign
    from milia_onto.linked.whole import whole

    refuse_foreign(args.out, "site")
    site = read_site(args)
    written = 0

    def counted(tell: Callable[[str], None]) -> Iterator[tuple[str, bytes]]:
        nonlocal written
        for file in whole(site, args.address):
            written += 1
            if not written % STEP:
                tell(f"{written:,} files written")
            yield file

    with progress() as tell:
        write_site(args.out, counted(tell))
    sys.stderr.write(f"{written} files in {args.out}\n")
    return 0
