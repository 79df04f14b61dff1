"""What the address says of a page: so that a link, a reload and the browser's Back lead to what was shown."""

from __future__ import annotations

import streamlit as st


def asked(name: str) -> str | None:
    """What the address says under `name`, where a link or the browser's Back says another thing than was written."""
    said = st.query_params.get(name)
    return None if said == last(name) else said


def last(name: str) -> str:
    """What was written last, empty at first."""
    return str(st.session_state.get(_key(name), ""))


def write(name: str, value: str) -> None:
    """Say in the address what is shown."""
    st.session_state[_key(name)] = value
    if st.query_params.get(name, "") != value:
        st.query_params[name] = value


def _key(name: str) -> str:
    return f"address-{name}"
