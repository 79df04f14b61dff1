"""What the address says of a page: so that a link, a reload and the browser's Back lead to what was shown.

Streamlit makes a step of the browser's history of all that is written. So nothing is, where the address means already
what is shown: else Back would lead to where the page writes again, and never out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
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


def write(name: str, value: str, meant: Callable[[str], str] = str, drop: Collection[str] = ()) -> None:
    """Say in the address what is shown; from then on `asked` gives None until it says something else.

    `meant`: what is shown where it says something else, or nothing. `drop`: what is said no more where `value` is new.
    """
    said = st.query_params.get(name, "")
    if value not in (said, meant(said)):
        said = value
        if drop:  # at once, as one step of the history; not always, since what widgets keep there must not be written
            rest = {key: kept for key, kept in st.query_params.to_dict().items() if key not in drop}
            st.query_params.from_dict(rest | {name: value})
        else:
            st.query_params[name] = value
    st.session_state[_key(name)] = said


def _key(name: str) -> str:
    return f"address-{name}"
