"""One page of many items."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TypeVar

import streamlit as st

Item = TypeVar("Item")


def page_of(items: Sequence[Item], size: int, key: str, first: int = 1) -> Sequence[Item]:
    """Draw which page is shown, where there is more than one, and give its items; `first`: the page to begin with."""
    pages = max(1, ceil(len(items) / size))
    if st.session_state.get(key, 1) > pages:
        del st.session_state[key]
    number = st.pagination(pages, default=min(first, pages), key=key) if pages > 1 else 1
    return items[(number - 1) * size : number * size]
