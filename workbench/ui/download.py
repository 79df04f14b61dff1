"""What a page shows, to be taken away as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import streamlit as st

from workbench.export import tables
from workbench.export.layout import Cell
from workbench.export.tables import table


def offer(name: str, header: Sequence[str], rows: Callable[[], Iterable[Sequence[Cell]]], key: str) -> None:
    """A button that holds one more for each format; a file is made when its button is pressed."""
    labels = {"xlsx": "Excel (.xlsx)", "csv": "CSV for a spreadsheet", "tsv": "TSV for programs"}
    with st.popover("Save as a file", icon=":material/download:"):
        for format, label in labels.items():
            st.download_button(
                label,
                partial(_made, header, rows, format),
                f"{name}.{format}",
                tables.MIME[format],
                key=f"{key}-{format}",
                on_click="ignore",
                type="tertiary",
            )


def _made(header: Sequence[str], rows: Callable[[], Iterable[Sequence[Cell]]], format: str) -> bytes:
    return table(header, rows(), format)
