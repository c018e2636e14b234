"""Reconciliation: the terms that strings of other people's tables may mean."""
