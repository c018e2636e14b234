"""The pages of a release: static HTML out of nothing but a ``Release``."""
