"""The tables of passages: one component, drawn in the browser from what workbench.ui.rows gives.

Streamlit sends a component all of its data whenever the script runs. So a Feed gives it numbered messages: the
documents and their links once, then what each edit changed, and only those that the browser has not taken yet. The
browser arranges the rows, filters, searches and draws what is in sight; what it asks for (`asked`) is all that is not
answered yet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from workbench.ui.components.files import joined, styled, teller

# Each speaks of those before it.
PARTS = [
    "dom", "drafts", "leaving", "table/arrange", "table/model", "table/lane", "table/chart", "table/keys",
    "table/wire", "table/tools", "table/heads", "table/rows", "table/selection", "table/ribbons", "table/events",
    "table/addresses", "table/bar", "table/editing", "table/writing", "table/view",
]  # fmt: skip

_table = st.components.v2.component(
    "workbench_table",
    html='<section class="wb" translate="no" aria-label="Passages"></section>',
    css=styled("named.css", "table/table.css"),
    js=joined(*PARTS),
)


def compare_table(data: dict[str, Any], key: str, on_asked: Callable[[dict[str, Any]], None]) -> None:
    """Draw what a `Feed` has for the browser; `on_asked` is told its requests, most of them more than once."""
    _table(key=key, data=data, on_asked_change=teller(key, data["session"], on_asked))
