"""The weights of `workbench.align`, learned from gold alignments."""
