"""SHACL Core over a pyoxigraph store, whole sets of nodes at a time.

Clauses are those of the W3C Recommendation of 20 July 2017, https://www.w3.org/TR/shacl/.
The store keeps values, not spellings: it writes "01"^^xsd:integer as "1" and gives xsd:byte and
its like the type xsd:integer. Constants of the shapes go through a store too, so that both sides
are written alike.
"""
