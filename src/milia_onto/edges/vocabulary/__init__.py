"""Reads other vocabularies, one module a format, each as a stream of records.

Memory does not grow with the file: a reader holds one record, or, where the statements about a
term may be scattered over the file (RDF), the few terms that a first pass found worth it.
"""
