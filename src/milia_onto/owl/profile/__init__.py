"""Whether an ontology stays within OWL 2 DL and OWL 2 EL."""

from .dl import dl_violations
from .el import el_violations
from .violation import Violation

__all__ = ["Violation", "dl_violations", "el_violations"]
