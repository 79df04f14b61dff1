"""What the address says of a page: so that a link, a reload and the browser's Back lead to what was shown.

Streamlit makes a step of the browser's history of all that is written. So nothing is, where the address means already
what is shown: else Back would lead to where the page writes again, and never out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

# Of a widget: Streamlit keeps what it says in the address, under its key and no step of the history, unless it is as at
# first. Back and a reload bring it back.
BIND: Literal["query-params"] = "query-params"


def asked(name: str) -> str | None:
    """What the address says under `name`, empty where nothing; None where that is what it said in the last run."""
    said = st.query_params.get(name, "")
    return None if said == last(name) else said


def last(name: str) -> str:
    """What it said in the last run of this page, empty at first."""
    return str(st.session_state.get(_key(name), ""))


def write(name: str, value: str, meant: Callable[[str], str] = str) -> None:
    """Say in the address what is shown. `meant`: what is shown where it says something else, or nothing."""
    said = st.query_params.get(name, "")
    if value not in (said, meant(said)):
        st.query_params[name] = said = value
    st.session_state[_key(name)] = said


def _key(name: str) -> str:
    return f"address-{name}"
