"""The commands, in the order of their help. Each is a module of this package."""

COMMANDS = {
    "build": "turn the authored sources into a release",
    "validate": "check the sources, or any RDF file against the public shapes",
    "query": "ask the release a SPARQL query, without a server",
    "lookup": "find terms by label, synonym, code or identifier",
    "link": "propose mappings from another vocabulary to terms, as SSSOM",
    "serve": "serve the release as linked data, pages and SPARQL endpoint",
    "load": "put the release into a triple store, in one step",
    "site": "write the release as a static site, with the rules for its host",
    "explain": "say why: the axioms that entail it, or the claims behind it",
    "convert": "turn any RDF syntax into any other",
    "mappings": "check that the targets of mappings live and nobody disagrees",
    "diff": "tell what changed between two releases, and whether it breaks users",
    "verify": "prove a release intact, complete and the one it says it is",
}
