"""Propose mappings from another vocabulary to terms, as SSSOM.

Reads OWL, SKOS and other RDF, OBO, OBO Graph JSON, FHIR CodeSystem, CSV and TSV with named
columns, and SSSOM; also gzipped. Each row says what matched, how sure it is and why. Names that
only look like milia are refused: --review writes them with the reason.

Examples:
  milia-onto link hp.obo > candidates.sssom.tsv
  milia-onto link codes.csv --columns id=Code,label=Title --id-prefix ICD10CM
  milia-onto link ward.tsv --prefix WARD=https://example.org/ward/ --review refused.sssom.tsv
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milia_onto.edges.vocabulary.identifiers import Identifiers
    from milia_onto.link.record import Candidate


def pair(text: str) -> tuple[str, str]:
    """NAME=VALUE."""
    name, sign, value = text.partition("=")
    if not sign or not name or not value:
        raise argparse.ArgumentTypeError(f"“{text}” is not NAME=VALUE")
    return name, value


def pairs(text: str) -> dict[str, str]:
    """ROLE=NAME,ROLE=NAME."""
    return dict(pair(part) for part in text.split(","))


def confidence(text: str) -> float:
    """A number from 0 to 1."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number from 0 to 1")
    return value


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``link``."""
    from milia_onto.edges.vocabulary.detect import FORMATS

    parser.add_argument("file", metavar="FILE", type=Path, help="the vocabulary to link")
    parser.add_argument(
        "--format", choices=FORMATS, help="the format of FILE (default: by content and name)"
    )
    parser.add_argument(
        "--columns",
        type=pairs,
        default={},
        metavar="ROLE=NAME,…",
        help="the columns of CSV or TSV that hold id, label, synonyms, xrefs, obsolete, "
        "replaced_by, definition (default: by their names)",
    )
    parser.add_argument(
        "--prefix",
        type=pair,
        action="append",
        default=[],
        metavar="PREFIX=IRI",
        help="a prefix of FILE that the release does not know",
    )
    parser.add_argument(
        "--id-prefix", default="", metavar="PREFIX", help="the prefix of ids that have none"
    )
    _about_the_result(parser)


def _about_the_result(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--classification",
        action="store_true",
        help="FILE is a classification like ICD-10: its codes are wider than what they list",
    )
    parser.add_argument(
        "--imported",
        action="store_true",
        help="link also to terms that the release takes from others (MONDO, HP, UBERON …)",
    )
    parser.add_argument(
        "--min-confidence",
        type=confidence,
        default=0.7,
        metavar="NUMBER",
        help="propose nothing less sure than this (default: 0.7)",
    )
    parser.add_argument(
        "--review", type=Path, metavar="FILE", help="write what was refused, with the reason"
    )
    parser.add_argument("--release", type=Path, metavar="DIR", help="the release (default: build/)")
    parser.add_argument(
        "--engine",
        choices=("local", "spark"),
        default="local",
        help="where to link: in this process, or CSV and TSV on Apache Spark",
    )
    parser.add_argument(
        "--master",
        default="local[*]",
        metavar="URL",
        help="the master of Spark, such as spark://host:7077 (default: local[*])",
    )


def run(args: argparse.Namespace) -> int:
    """Print the candidates; 1 where there are none."""
    from milia_onto.cli.progress import progress
    from milia_onto.edges.link import link_file, read_index, version_of
    from milia_onto.edges.locate import find_release
    from milia_onto.edges.vocabulary.identifiers import Identifiers
    from milia_onto.edges.vocabulary.reading import Asked
    from milia_onto.edges.write_whole import write_whole
    from milia_onto.link.match import Matcher
    from milia_onto.link.report import sssom

    folder = args.release or find_release()
    index = read_index(folder, imported=args.imported)
    ids = Identifiers(index.prefixes, args.id_prefix)
    for name, namespace in args.prefix:
        ids.declare(name, namespace)
    asked = Asked(args.file, args.format or "", args.columns)
    matcher = Matcher(index, args.min_confidence, classification=args.classification)
    if args.engine == "spark":
        from milia_onto.edges.spark import link_on_spark

        linked = link_on_spark(asked, ids, matcher, args.master)
    else:
        with progress() as tell:
            linked = link_file(asked, ids, matcher, lambda n: tell(f"{n:,} terms read"))
    version = version_of(folder)
    if args.review:
        prefixes = _prefixes(ids, linked.refused)
        told = sssom(linked.refused, prefixes, version, refused=True)
        write_whole(args.review, told.encode())
    prefixes = _prefixes(ids, linked.candidates)
    sys.stdout.write(sssom(linked.candidates, prefixes, version, refused=False))
    where = f" (see {args.review})" if args.review else ""
    found, stopped = len(linked.candidates), len(linked.refused)
    sys.stderr.write(f"milia-onto link: {found} candidates, {stopped} refused{where}\n")
    return 0 if linked.candidates else 1


def _prefixes(ids: Identifiers, candidates: tuple[Candidate, ...]) -> dict[str, str]:
    slots = {"semapv:x", "skos:x", "rdfs:x", "oboInOwl:x", "MILIA:x", "sssom:x"}
    return ids.namespaces({*slots, *(c for row in candidates for c in (row.subject, row.object))})
