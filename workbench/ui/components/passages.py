"""The table of passages: one semantic HTML component, drawn by table.js from what workbench.ui.rows gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


_table = st.components.v2.component(
    "workbench_table",
    html='<section class="wb" aria-label="Passages"></section>',
    css=_read("table.css"),
    js=_read("table.js"),
)


def passages_table(
    data: dict[str, Any],
    key: str,
    on_review: Callable[[dict[str, str]], None] | None = None,
    on_include: Callable[[dict[str, Any]], None] | None = None,
) -> None:
    """Draw the payload of `rows.payload`.

    `on_review` is told `{"bead": id, "status": ...}`, `on_include` `{"segments": [id], "included": bool}`;
    without `on_review` a pair cannot be accepted or rejected.
    """

    def tell(event: str, listener: Callable[[dict[str, Any]], None] | None) -> Callable[[], None]:
        def told() -> None:
            value = getattr(st.session_state[key], event, None)
            if listener and value:
                listener(value)

        return told

    _table(
        key=key,
        data=data | {"review": on_review is not None},
        on_review_change=tell("review", on_review),
        on_include_change=tell("include", on_include),
    )
