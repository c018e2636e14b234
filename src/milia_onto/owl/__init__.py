"""OWL 2 as values: expressions and axioms, read from RDF, checked, classified and explained.

Everything here is pure: triples or axioms in, new values out, no file and no network.
"""
