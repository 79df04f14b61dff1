"""Which segments say the same: matrices of evidence in, beads out."""

from workbench.align.aligner import Alignment, Options, align, in_reading_order, measured, verdict
from workbench.align.similarity import View

__all__ = ["Alignment", "Options", "View", "align", "in_reading_order", "measured", "verdict"]
