"""Graphs to bytes that are the same on every machine, one module a serialisation."""
