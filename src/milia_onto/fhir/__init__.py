"""The ontology as FHIR terminology: resources for R4 and R5, and the operations on them."""
