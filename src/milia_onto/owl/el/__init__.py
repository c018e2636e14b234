"""A classifier for the EL profile by completion rules."""

from .classify import classify, entails_subsumption

__all__ = ["classify", "entails_subsumption"]
