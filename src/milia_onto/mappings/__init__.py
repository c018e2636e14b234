"""Mapping care: mapping sets held against what the authorities say today."""
