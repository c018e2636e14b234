"""Why: the axioms that entail where a term stands, or the claims and sources behind a statement.

With a SUBJECT alone: its inferred parents with the axioms they follow from, and the claims about
it. With PREDICATE and OBJECT: who says so, on what evidence, who disagrees, and our verdict. With
--source: what a source says and how it fares. Terms are labels, synonyms, CURIEs or IRIs.

Examples:
  milia-onto explain "milia following dermabrasion"
  milia-onto explain "milia en plaque" associated "lichen planus"
  milia-onto explain --source seed-000
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from milia_onto.publish.claims import ClaimBook, Statement
    from milia_onto.publish.lookup import Index


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``explain``."""
    parser.add_argument("subject", nargs="?", metavar="SUBJECT", help="the term to explain")
    parser.add_argument(
        "predicate",
        nargs="?",
        metavar="PREDICATE",
        help="how they are linked, or its beginning: cause, associated, treated",
    )
    parser.add_argument("object", nargs="?", metavar="OBJECT", help="the term it is linked with")
    parser.add_argument(
        "--source", metavar="SOURCE", help="list what a source says, by its id, title or file name"
    )
    parser.add_argument(
        "--release", type=Path, metavar="DIR", help="the release to look in (default: build/)"
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="the form of the answer"
    )


def run(args: argparse.Namespace) -> int:
    """Print the explanation; 1 where nothing is said."""
    from milia_onto.edges.locate import find_release, read_bytes
    from milia_onto.model.errors import UsageError
    from milia_onto.publish.claims import ClaimBook
    from milia_onto.publish.lookup import index_of

    folder = args.release or find_release()
    index = index_of(read_bytes(folder / "milia.jsonld"))
    book = ClaimBook(index)
    if args.source:
        return _print(args, [], book.of_source(_chosen(args.source, book.sources(), "source")))
    if not args.subject or bool(args.predicate) != bool(args.object):
        fix = "say SUBJECT, or SUBJECT PREDICATE OBJECT, or --source SOURCE"
        raise UsageError("nothing to explain", fix=fix)
    subject = _term(index, args.subject)
    if not args.object:
        from milia_onto.publish.why import placements

        why = placements(read_bytes(folder / "milia.nt"), index, subject)
        return _print(args, why, book.about(subject))
    predicate = _predicate(args.predicate, book)
    return _print(args, [], book.about(subject, predicate, _term(index, args.object)))


def _print(args: argparse.Namespace, why: list[str], statements: list[Statement]) -> int:
    from dataclasses import asdict

    from milia_onto.publish.claims import verdict_counts

    if args.format == "json":
        value = {"placements": why, "claims": [asdict(s) for s in statements]}
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
        return 0 if why or statements else 1
    for line in why:
        sys.stdout.write(line + "\n")
    for statement in statements:
        sys.stdout.write(_card(statement))
    counts = verdict_counts(statements)
    told = ", ".join(f"{number} {verdict}" for verdict, number in sorted(counts.items()))
    sys.stderr.write(f"{len(statements)} claims{': ' + told if told else ''}\n")
    return 0 if why or statements else 1


def _card(statement: Statement) -> str:
    where = f" (line {', '.join(statement.lines)})" if statement.lines else ""
    lines = [
        f"{statement.id}  {statement.says}",
        f"  verdict: {statement.verdict}, confidence {statement.confidence}",
        *([f"  because: {statement.reason}"] if statement.reason else []),
        *([f"  qualifier: {statement.qualifier}"] if statement.qualifier else []),
        *(f"  says so: {source}{where}" for source in statement.sources),
        f"  evidence: {statement.evidence}",
        *(f"  supported by: {other}" for other in statement.supported_by),
        *(f"  disputed by: {other}" for other in statement.disputed_by),
    ]
    return "\n".join(lines) + "\n\n"


def _term(index: Index, text: str) -> str:
    """The one term a text names. Raises UsageError where it names none, or several."""
    from milia_onto.model.errors import UsageError

    answer = index.search(text)
    if not answer.hits:
        instead = f"did you mean {', '.join(answer.suggestions)}?" if answer.suggestions else ""
        raise UsageError(f"nothing is called “{text}”", fix=instead or "try milia-onto lookup")
    best = [
        h for h in answer.hits if h.matched.split(" ")[0] == answer.hits[0].matched.split(" ")[0]
    ]
    if len(best) > 1 and answer.hits[0].matched != "identifier":
        names = ", ".join(f"{hit.id} “{hit.label}”" for hit in best)
        raise UsageError(f"“{text}” names several terms", fix=f"say one of {names}")
    return answer.hits[0].id


def _predicate(text: str, book: ClaimBook) -> str:
    from milia_onto.publish.lookup import normal

    known = book.predicates()
    wanted = normal(text)
    fitting = {id_ for name, id_ in known.items() if name == wanted}
    fitting = fitting or {id_ for name, id_ in known.items() if wanted in name}
    if len(fitting) == 1:
        return fitting.pop()
    return _chosen(text, known, "predicate")


def _chosen(text: str, known: Mapping[str, str], what: str) -> str:
    from milia_onto.model.errors import UsageError
    from milia_onto.publish.lookup import normal

    wanted = normal(text)
    if wanted in known:
        return known[wanted]
    fitting = sorted({id_ for name, id_ in known.items() if wanted in name})
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UsageError(f"“{text}” fits several {what}s", fix=f"say one of {', '.join(fitting)}")
    raise UsageError(
        f"no {what} is called “{text}”", fix=f"one of {', '.join(sorted(set(known.values())))}"
    )
