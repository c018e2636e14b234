"""The texts beside the records: what each is for, and what goes to w3id.org."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milia_onto.registry.about import About

README = """\
# Records for registries

Made from {title} {version}. No record names a person: whoever submits one adds the contact that the
registry asks for.

| file | for |
|---|---|
| `bioregistry.json` | the entry in the Bioregistry; add `contributor` and `contact` |
| `obo-foundry.md` | the ontology's page in an OBO-style registry; add `contact` and `tracker` |
| `metadata.ttl` | LOV (VOAF, VANN), and BioPortal, OntoPortal and their like (MOD, DCAT) |
| `wikidata.txt` | QuickStatements for an item about the ontology; look first whether there is one |
| `w3id.md` | the page of the folder `milia/` at w3id.org |
| `prefixes.epm.json` | extended prefix map: prefixes, namespaces, other spellings, patterns |
| `linksets.ttl` | VoID link sets to and from each vocabulary |
| `inverse.nt` | the links from the codes to our terms, to load beside another vocabulary |
"""
W3ID = """\
# Milia Ontology

- Homepage: <{iri}>
- Terms: `{namespace}` and {pattern}, for example <{namespace}{example}>
- Licence: [{license_name}]({license})

The file `.htaccess` is made by `milia-onto site`, given the address of the host. It sends people to
pages, and programs to the form of RDF they ask for.

## Contact

Add the names and GitHub accounts of the maintainers here before the pull request is made.
"""


def readme(ontology: About) -> bytes:
    """What each file of the folder is for."""
    return README.format(**ontology._asdict()).encode()


def w3id(ontology: About) -> bytes:
    """The README of the folder at w3id.org."""
    pattern = f"seven digits (`{ontology.pattern}`)"
    return W3ID.format(**{**ontology._asdict(), "pattern": pattern}).encode()
