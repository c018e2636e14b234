"""The version of the publisher; the ontology carries its own, a date."""

__version__ = "0.1.0"
