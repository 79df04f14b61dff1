"""Which segments say the same: matrices of evidence in, beads out."""

from workbench.align.aligner import Alignment, Options, align, in_reading_order, measured
from workbench.align.matrix import Matrix, Row, merged
from workbench.align.similarity import View

__all__ = ["Alignment", "Matrix", "Options", "Row", "View", "align", "in_reading_order", "measured", "merged"]
