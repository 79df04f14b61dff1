"""The passages of one document, a page of them at a time: one semantic HTML component, drawn by browse.js."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from workbench.ui.components.files import read, styled

_browse = st.components.v2.component(
    "workbench_browse",
    html='<section class="browse" translate="no"></section>',
    css=styled("browse.css"),
    js=read("browse.js"),
)

Told = dict[str, Any]


def browse(
    data: Told,
    key: str,
    on_include: Callable[[Told], None],
    on_split: Callable[[Told], None],
    on_join: Callable[[Told], None],
) -> None:
    """Draw what `passages.payload` gives.

    `on_include` is told `{"segments": [id], "included": bool}`, `on_split` `{"segment": id, "at": characters}` and
    `on_join` `{"first": id, "second": id}`.
    """

    def tell(event: str, listener: Callable[[Told], None]) -> Callable[[], None]:
        def told() -> None:
            if value := getattr(st.session_state[key], event, None):
                listener(value)

        return told

    _browse(
        key=key,
        data=data,
        on_include_change=tell("include", on_include),
        on_split_change=tell("split", on_split),
        on_join_change=tell("join", on_join),
    )
