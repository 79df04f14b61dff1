"""One page of many items."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TypeVar

import streamlit as st

Item = TypeVar("Item")


def page_of(items: Sequence[Item], size: int, key: str, first: int = 1, asked: object = None) -> Sequence[Item]:
    """Draw which page is shown, where there is more than one, and give its items.

    `first`: the page to begin with, and to begin with again where something else is `asked` for.
    """
    pages = max(1, ceil(len(items) / size))
    known, times = st.session_state.get(f"{key}_asked", (asked, 0))
    if known != asked or st.session_state.get(f"{key}-{times}", 1) > pages:
        times += 1  # another widget, since this one would stay as the browser has it
    st.session_state[f"{key}_asked"] = asked, times
    number = st.pagination(pages, default=min(first, pages), key=f"{key}-{times}") if pages > 1 else 1
    return items[(number - 1) * size : number * size]
