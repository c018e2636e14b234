"""Load the release into a triple store on another machine, replacing what was there in one step.

ENDPOINT is the address that you know: of a dataset (Fuseki …/ds, RDF4J …/repositories/x,
Virtuoso …/sparql, Oxigraph http://host:7878) or of its query, update or graph-store service. What
it supports is found out. The release is verified, sent into a staging graph, read back and
compared, and only then put in place: a reader sees the old release or the new one.

Passwords come from MILIA_ONTO_PASSWORD or a netrc file, bearer tokens from MILIA_ONTO_TOKEN.

Examples:
  milia-onto load http://localhost:3030/ds
  milia-onto load http://localhost:3030/ds --alias --dry-run
  milia-onto load http://localhost:8890/sparql --user dba
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from milia_onto.cli.arguments import add_secret_traps, seconds
from milia_onto.model.layout import MANIFEST, NTRIPLES

if TYPE_CHECKING:
    from milia_onto.edges.remote_store import Services
    from milia_onto.load.transfer import Cargo, Transfer

TIMEOUT = 300.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``load``."""
    parser.add_argument("endpoint", metavar="ENDPOINT", help="the address of the store")
    parser.add_argument(
        "--graph", metavar="IRI", help="the graph to replace (default: the version IRI)"
    )
    parser.add_argument(
        "--alias",
        action="store_true",
        help="replace the graph https://w3id.org/milia too: always the current release",
    )
    parser.add_argument(
        "--release", type=Path, metavar="DIR", help="the release to load (default: build/)"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be done, and change nothing"
    )
    parser.add_argument(
        "--batch",
        type=_triples,
        metavar="TRIPLES",
        help="send at most so many triples in one request (default: as many as the store takes)",
    )
    parser.add_argument(
        "--timeout",
        type=seconds,
        default=TIMEOUT,
        metavar="SECONDS",
        help="how long one request may take (default: 300)",
    )
    parser.add_argument("--user", metavar="NAME", help="who we are to the store")
    add_secret_traps(parser)


def _triples(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of triples")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Load the release, or say how it would be loaded."""
    from milia_onto.cli.progress import progress
    from milia_onto.edges.credentials import credentials_for
    from milia_onto.edges.http import Client
    from milia_onto.edges.locate import find_release
    from milia_onto.edges.remote_store import RemoteStore
    from milia_onto.load import detect
    from milia_onto.load.address import checked, checked_graph, host_of
    from milia_onto.load.transfer import Transfer

    address = checked(args.endpoint)
    graph = checked_graph(args.graph) if args.graph else None
    credentials = credentials_for(host_of(address), args.user)
    folder = args.release or find_release()
    with progress() as tell, Client(credentials, args.timeout) as client:
        tell(f"verifying {folder}")
        cargo, alias = _cargo(folder)
        tell("asking the store what it supports")
        services = detect.services(client, address)
        target = graph or cargo.version
        targets = tuple(dict.fromkeys([*([alias] if args.alias else []), target]))
        transfer = Transfer(RemoteStore(client, services), cargo, targets, args.batch, tell)
        if args.dry_run:
            plan = _plan(transfer, services, cargo)
            tell("")
            sys.stdout.write(plan)
            return 0
        proof = transfer.run()
    for each in targets:
        sys.stdout.write(f"{each}: {proof}\n")
    return 0


def _cargo(folder: Path) -> tuple[Cargo, str]:
    """The released graph, proved to be the released one, and the IRI of the ontology."""
    import json

    from milia_onto.edges.files import read_release
    from milia_onto.load.address import checked_graph
    from milia_onto.load.transfer import Cargo
    from milia_onto.model.errors import ContentError
    from milia_onto.publish.verify import verify

    release = read_release(folder)
    findings = verify(release)
    if findings:
        fix = f"see milia-onto verify {folder}"
        message = f"{len(findings)} things are wrong with this release; nothing was sent"
        raise ContentError(message, place=str(folder), fix=fix)
    manifest = json.loads(release.files[MANIFEST])
    graph, ntriples = manifest["graph"], release.files[NTRIPLES]
    version = checked_graph(manifest["versionIRI"])
    cargo = Cargo(version, graph["sha256"], graph["triples"], ntriples)
    return cargo, checked_graph(manifest["ontology"])


def _plan(transfer: Transfer, services: Services, cargo: Cargo) -> str:
    """What a run would do, a line a step."""
    lines = [
        f"release: {cargo.version}, {cargo.triples:,} triples, digest {cargo.digest[:16]}",
        f"query: {services.query}",
        f"update: {services.update or 'not found'}",
        f"graph store: {services.graphs or 'not found'}",
        *(f"left by a killed run, would be removed: {each}" for each in transfer.left_over()),
        f"would stage in: {transfer.staging}",
    ]
    how = "one update request" if services.update else "one PUT for each graph"
    for each in transfer.targets:
        had = transfer.store.count(each)
        lines.append(f"would replace by {how}: {each}, {had:,} triples now")
    return "\n".join(lines) + "\n"
