"""The ontology as a local vocabulary of the OMOP Common Data Model, version 5.4."""
