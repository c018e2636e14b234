"""Why: the axioms that entail where a term stands, or the claims and sources behind a statement.

With a SUBJECT alone: its inferred parents with the axioms they follow from, and the claims about
it. With PREDICATE and OBJECT: who says so, on what evidence, who disagrees, and our verdict; for
subClassOf the axioms that entail it, for a mapping such as broadMatch its justification. With
--source: what a source says and how it fares. Terms are labels, synonyms, CURIEs or IRIs; the id
of a claim shows that claim.

Examples:
  milia-onto explain "milia following dermabrasion"
  milia-onto explain "milia en plaque" associated "lichen planus"
  milia-onto explain "milia following dermabrasion" subClassOf "secondary milia"
  milia-onto explain milia broadMatch ICD10CM:L72.0
  milia-onto explain --source seed-000
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from milia_onto.cli.records import as_json
from milia_onto.model.layout import JSONLD, NTRIPLES

STEM = 4
# How people write that one class is under another, and the relation that claims have for it.
KIND_OF = {"subclassof", "subclass of", "is a", "isa", "kind of", "is a kind of", "is kind of"}
IS_A = "vocab:is-a"
LISTS = {
    "predicate": "list them with milia-onto query claim-predicates",
    "source": "list them with milia-onto query "
    "'SELECT ?source ?label { ?source a MILIA:0000930 ; rdfs:label ?label }'",
}

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
    """Print the explanation; 1 where nothing is said. Raises UsageError where no term is meant."""
    from milia_onto.edges.locate import find_release, read_bytes
    from milia_onto.model.errors import UsageError
    from milia_onto.publish.claims import ClaimBook
    from milia_onto.publish.lookup import MATCHES, index_of

    if args.source and args.subject:
        raise UsageError("--source takes no SUBJECT", fix="ask for one of the two")
    folder = args.release or find_release()
    index = index_of(read_bytes(folder / JSONLD))
    book = ClaimBook(index)
    if args.source:
        return _print(args, [], book.of_source(_chosen(args.source, book.sources(), "source")))
    if not args.subject or bool(args.predicate) != bool(args.object):
        fix = "say SUBJECT, or SUBJECT PREDICATE OBJECT, or --source SOURCE"
        lacks = "a PREDICATE needs an OBJECT" if args.predicate else "nothing to explain"
        raise UsageError(lacks, fix=fix)
    if not args.object and (claim := book.claim(args.subject)):
        return _print(args, [], claim)
    subject = _term(index, args.subject)
    if not args.object:
        from milia_onto.publish.why import placements

        why = placements(read_bytes(folder / NTRIPLES), index, subject)
        return _print(args, why, book.about(subject))
    word = args.predicate.rpartition(":")[2].lower().replace("-", " ").replace("_", " ")
    if match := {name.lower(): name for name in MATCHES}.get(word.replace(" ", "")):
        return _print_mapping(args, folder, subject, match)
    obj = _term(index, args.object)
    if word in KIND_OF:
        from milia_onto.publish.why import subsumption

        why = subsumption(read_bytes(folder / NTRIPLES), index, subject, obj)
        return _print(args, why, book.about(subject, IS_A, obj), "and no axiom entails it")
    predicate = _predicate(args.predicate, book)
    found = book.about(subject, predicate, obj)
    return _print(args, [], found, "" if found else book.near(subject, predicate, obj))


def _print_mapping(args: argparse.Namespace, folder: Path, subject: str, match: str) -> int:
    """Print how a mapping of a term is justified; 1 where there is none."""
    from milia_onto.edges.locate import mapping_rows

    wanted = (subject, f"skos:{match}", args.object.lower())
    rows = [
        row
        for row in mapping_rows(folder)
        if (row["subject_id"], row["predicate_id"], row["object_id"].lower()) == wanted
    ]
    if not rows:
        sys.stderr.write(f"milia-onto explain: 0 mappings; see milia-onto lookup {subject}\n")
    if args.format == "json":
        sys.stdout.write(as_json({"mappings": rows}))
        return 0 if rows else 1
    for row in rows:
        negated = "not " if row["predicate_modifier"] else ""
        ends = [f"{row[f'{end}_id']} “{row[f'{end}_label']}”" for end in ("subject", "object")]
        lines = [
            f"{row['record_id']}  {ends[0]} {negated}{row['predicate_id']} {ends[1]}",
            f"  justification: {row['mapping_justification']}, confidence {row['confidence']}",
            *([f"  because: {row['comment']}"] if row["comment"] else []),
        ]
        sys.stdout.write("\n".join(lines) + "\n")
    return 0 if rows else 1


def _print(
    args: argparse.Namespace, why: list[str], statements: list[Statement], instead: str = ""
) -> int:
    from dataclasses import asdict

    from milia_onto.publish.claims import verdict_counts

    if not why and not statements:
        instead = f"; {instead}" if instead else ""
        sys.stderr.write(f"milia-onto explain: 0 claims{instead}\n")
    if args.format == "json":
        value = {"placements": why, "claims": [asdict(s) for s in statements]}
        sys.stdout.write(as_json(value))
        return 0 if why or statements else 1
    for line in why:
        sys.stdout.write(line + "\n")
    for statement in statements:
        sys.stdout.write(_card(statement))
    counts = verdict_counts(statements)
    told = ", ".join(f"{number} {verdict}" for verdict, number in sorted(counts.items()))
    if why or statements:
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
    from milia_onto.publish.claims import some
    from milia_onto.publish.lookup import MATCHES

    answer = index.search(text)
    if not answer.hits:
        instead = f"did you mean {', '.join(answer.suggestions)}?" if answer.suggestions else ""
        raise UsageError(f"nothing is called “{text}”", fix=instead or "try milia-onto lookup")
    # An identifier, or a code that means the same as one term, is not ambiguous.
    first = answer.hits[0].matched
    same = [hit for hit in answer.hits if hit.matched.endswith(MATCHES["exactMatch"])]
    best = [h for h in answer.hits if h.matched.split(" ")[0] == first.split(" ")[0]]
    if first != "identifier" and len(best) > 1 and len(same) != 1:
        names = some([f"{hit.id} “{hit.label}”" for hit in best])
        raise UsageError(f"“{text}” names several terms", fix=f"say one of {names}")
    return answer.hits[0].id


def _predicate(text: str, book: ClaimBook) -> str:
    from milia_onto.publish.names import normal

    known = book.predicates()
    wanted = normal(text)
    fitting = {id_ for name, id_ in known.items() if name == wanted}
    fitting = fitting or {id_ for name, id_ in known.items() if wanted in name}
    if len(fitting) == 1:
        return fitting.pop()
    return _chosen(text, known, "predicate")


def _chosen(text: str, known: Mapping[str, str], what: str) -> str:
    from milia_onto.model.errors import UsageError
    from milia_onto.publish.claims import some
    from milia_onto.publish.names import normal

    wanted = normal(text)
    if wanted in known:
        return known[wanted]
    begun = {id_ for name, id_ in known.items() if name.startswith(wanted)}
    fitting = sorted(begun or {id_ for name, id_ in known.items() if wanted in name})
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UsageError(f"“{text}” fits several {what}s", fix=f"say one of {some(fitting)}")
    near = _near(wanted, known)
    fix = f"did you mean {some(near)}?" if near else LISTS[what]
    raise UsageError(f"no {what} is called “{text}”", fix=fix)


def _near(wanted: str, known: Mapping[str, str]) -> list[str]:
    """The ids of names spelt like a text, then of those with a word that begins like one of it."""
    from difflib import get_close_matches

    stems = tuple(word[:STEM] for word in wanted.split() if len(word) >= STEM)
    begun = [name for name in known if any(word.startswith(stems) for word in name.split())]
    alike = get_close_matches(wanted, known)
    return list(dict.fromkeys(known[name] for name in [*alike, *begun]))
