"""Which segments say the same: matrices of evidence in, beads out."""

from workbench.align.aligner import Alignment, align, described, measured
from workbench.align.confidence import Features, Link
from workbench.align.evidence import Options
from workbench.align.matrix import Matrix, Row, in_order, merged
from workbench.align.similarity import View
from workbench.align.verdict import LEAST_CONFIDENCE, Relation, Verdict, in_reading_order, kept, verdict
from workbench.align.wording import Tokens, Wording

__all__ = [
    "LEAST_CONFIDENCE",
    "Alignment",
    "Features",
    "Link",
    "Matrix",
    "Options",
    "Relation",
    "Row",
    "Tokens",
    "Verdict",
    "View",
    "Wording",
    "align",
    "described",
    "in_order",
    "in_reading_order",
    "kept",
    "measured",
    "merged",
    "verdict",
]
