"""Bring a release into a store: stage it, prove it, switch, prove again."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from milia_onto.edges.http import HungUpError
from milia_onto.load import batches
from milia_onto.load.proof import prove
from milia_onto.model.errors import ContentError, LimitError, MiliaError, SurroundingsError
from milia_onto.model.namespaces import BASE, OWL_VERSION_IRI

if TYPE_CHECKING:
    from collections.abc import Callable

    from milia_onto.edges.http import Reply
    from milia_onto.edges.remote_store import RemoteStore
    from milia_onto.load.proof import Proof

VIRTUOSO = "Virtuoso"
STAGING = "/staging/"
RELEASES = f"{BASE}/releases/"
UPDATE_BATCH = 10_000
# What a server says to a request that is too large, or too much for its parser or memory.
TOO_LARGE = {400, 413, 414, 500}
NO_WRITING = {401, 403, 404, 405, 501}
# A store may give the graph in a longer syntax, but not in one this much longer.
LONGER = 4
SPARE = 1 << 20
LEFT_OVER = f"""SELECT DISTINCT ?graph WHERE {{
  GRAPH ?graph {{ <{BASE}> {OWL_VERSION_IRI} ?version }}
  FILTER (STRSTARTS(STR(?graph), "{RELEASES}") && CONTAINS(STR(?graph), "{STAGING}"))
}}"""


def replacement(staging: str, targets: tuple[str, ...]) -> str:
    """The switch as one request of several operations, which stores do as one transaction.

    Not by COPY or MOVE, though they say the same: those of Jena 5.6 lose triples in TDB2.
    """
    staged = f"WHERE {{ GRAPH <{staging}> {{ ?s ?p ?o }} }}"
    into = [
        f"DROP SILENT GRAPH <{each}> ;\nINSERT {{ GRAPH <{each}> {{ ?s ?p ?o }} }} {staged} ;\n"
        for each in targets
    ]
    return f"{''.join(into)}DROP SILENT GRAPH <{staging}>"


class Cargo(NamedTuple):
    """What is brought: a released graph as N-Triples, its version IRI, its RDFC-1.0 digest."""

    version: str
    digest: str
    triples: int
    ntriples: bytes

    def staging(self, target: str) -> str:
        """The name of the graph that it is staged in: by its content and its target."""
        told = hashlib.sha256(f"{self.digest} {target}".encode()).hexdigest()
        return f"{self.version}{STAGING}{told[:16]}"


@dataclass(frozen=True, slots=True)
class Transfer:
    """One release on its way into the graphs of one store, the version's own graph last."""

    store: RemoteStore
    cargo: Cargo
    targets: tuple[str, ...]
    batch: int | None
    tell: Callable[[str], None]

    @property
    def staging(self) -> str:
        """The graph that holds the release until it is proved."""
        return self.cargo.staging(self.targets[-1])

    def run(self) -> Proof:
        """Replace the content of the targets; what the store holds then, proved.

        Raises MiliaError: ContentError where the store does not hold the same graph. The line says
        what became of the content that it held before: it stays in place, unless the store takes
        no updates and fails between the graphs that are replaced one by one.
        """
        self._refuse_halves()
        switched, replaced = False, list[str]()
        try:
            self.clean()
            self._stage()
            self._proved(self.staging)
            switched = self._switch(replaced)
        except MiliaError as error:
            with suppress(MiliaError):
                self._drop(self.staging)
            message = f"{error.message} ({self._outcome(replaced)})"
            raise type(error)(message, place=error.place, fix=error.fix) from None
        try:
            return [self._proved(target) for target in self.targets][-1]
        except MiliaError as error:
            known = "is in place, but not proved" if switched else "was sent, and not answered"
            message = f"{error.message} (the switch {known}: the old release or the new is there)"
            raise type(error)(message, place=error.place, fix="load again") from None

    def _outcome(self, replaced: list[str]) -> str:
        """What a switch has left that the store refused after it ``replaced`` some targets."""
        if not replaced:
            return "the previous content is still in place"
        kept = [target for target in self.targets if target not in replaced]
        done, left = (", ".join(f"<{each}>" for each in some) for some in (replaced, kept))
        return f"the new release is in place in {done}, the previous content still in {left}"

    def _refuse_halves(self) -> None:
        """Virtuoso empties a graph before it fills it, unless an update replaces it."""
        services = self.store.services
        if services.product.startswith(VIRTUOSO) and not services.update:
            message = "would show half a graph meanwhile: it takes no updates from us"
            fix = "give it the right to update (the role SPARQL_UPDATE), and --user NAME"
            raise SurroundingsError(message, place=services.graphs, fix=fix)

    def clean(self) -> None:
        """Remove the staging graphs that killed runs have left."""
        for graph in self.left_over():
            self._drop(graph)

    def left_over(self) -> list[str]:
        """The staging graphs in the store."""
        return self.store.column(LEFT_OVER)

    def _drop(self, graph: str) -> None:
        if self.store.services.update:
            reply = self.store.update(f"DROP SILENT GRAPH <{graph}>", again=True)
        else:
            reply = self.store.delete(graph)
            if reply.status == 404:
                return
        self.store.done(reply, "removing a staging graph")

    def _stage(self) -> None:
        """Send all batches into the staging graph: to the graph store, else as updates."""
        start = f"<{BASE}> {OWL_VERSION_IRI} ".encode()
        whole = batches.pieces(self.cargo.ntriples, start)
        if self.store.services.graphs:
            reply = self._send_all(whole, self.batch or self.cargo.triples, self._by_graph_store)
            if reply is None:
                return
            if reply.status not in NO_WRITING or not self.store.services.update:
                self.store.done(reply, "a batch of triples")
        reply = self._send_all(whole, self.batch or UPDATE_BATCH, self._by_update)
        if reply is not None:
            self.store.done(reply, "a batch of triples")

    def _send_all(
        self, whole: batches.Batch, most: int, send: Callable[[batches.Batch, bool], Reply]
    ) -> Reply | None:
        """Send everything, in ever smaller batches if need be; the reply that ended it, if any."""
        at = sent = 0
        while at < len(whole):
            batch = batches.first(whole, at, most)
            reply = send(batch, sent == 0)
            if reply.status in TOO_LARGE and len(batch) > 1:
                most = max(batches.size(batch) // 2, 1)
                continue
            if not 200 <= reply.status < 300:
                return reply
            at, sent = at + len(batch), sent + batches.size(batch)
            self.tell(f"{sent:,} of {self.cargo.triples:,} triples sent")
        return None

    def _by_graph_store(self, batch: batches.Batch, first: bool) -> Reply:
        triples = batches.as_ntriples(batch)
        if first:
            return self.store.put(self.staging, triples)
        again = not any(piece.blank for piece in batch)
        return self.store.post(self.staging, triples, again=again)

    def _by_update(self, batch: batches.Batch, first: bool) -> Reply:
        text = batches.as_insert(batch, self.staging)
        if first:
            text = f"DROP SILENT GRAPH <{self.staging}> ;\n{text}"
        again = first or not any(piece.blank for piece in batch)
        return self.store.update(text, again=again)

    def _proved(self, graph: str) -> Proof:
        """What a graph holds. Raises ContentError where it is not the release."""
        self.tell("reading back")
        cargo = self.cargo
        most = LONGER * len(cargo.ntriples) + SPARE
        proof = self._compared(self.store.read(graph, most))
        counted = proof.triples if proof.same else self.store.count(graph)
        if counted > proof.triples > 1:
            # Half of what it gave is surely a page that it gives in full.
            page = proof.triples // 2
            proof = self._compared(self.store.read_in_pages(graph, counted, page, most))
        if proof.same:
            return proof
        if counted > proof.triples:
            message = f"gives {proof.triples:,} of {counted:,} triples: it cannot be proved"
            raise LimitError(message, place=graph, fix="raise the limit of the store on results")
        message = f"the store holds {proof}, which has {cargo.triples:,}"
        raise ContentError(message, place=graph, fix="load again; if it stays so, report it")

    def _compared(self, reply: Reply) -> Proof:
        return prove(reply, self.cargo.ntriples, self.cargo.digest, self.store.client.timeout)

    def _switch(self, replaced: list[str]) -> bool:
        """Make the staged graph the content of the targets, in one request where it may be one.

        Whether the store has said that it is done: where it hangs up or takes too long it may be.
        Raises SurroundingsError where the store refuses.
        """
        self.tell("switching")
        text = replacement(self.staging, self.targets)
        try:
            if self.store.services.update:
                self.store.done(self.store.update(text, again=False), "the switch")
            else:
                self._put_whole(replaced)
        except (HungUpError, LimitError):
            return False
        return True

    def _put_whole(self, replaced: list[str]) -> None:
        """Without updates, one PUT is what replaces a graph in one step: one target after another.

        Those that are done are added to ``replaced``.
        """
        for target in self.targets:
            self.store.done(self.store.put(target, self.cargo.ntriples), "replacing the graph")
            replaced.append(target)
        with suppress(SurroundingsError):
            self._drop(self.staging)
