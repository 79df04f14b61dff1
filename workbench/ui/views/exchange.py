"""Files out and in: exports with a live preview, reviews that come home, pairs of other tools."""

from __future__ import annotations

import streamlit as st

from workbench.core import Workbench
from workbench.ui import address, incoming, outgoing

_OUT, _IN = "Export", "Import"
_SHOWN = "exchange"
# In the address, where Check has another word: see the page Matrix.
_TAB = "tab"


def page(workbench: Workbench) -> None:
    wanted = address.asked(_TAB)
    if wanted is not None or _SHOWN not in st.session_state:
        st.session_state[_SHOWN] = _meant(wanted or "")
    shown = str(
        st.segmented_control("Export or import", [_OUT, _IN], required=True, key=_SHOWN, label_visibility="collapsed")
    )
    address.write(_TAB, shown.lower(), lambda said: _meant(said).lower())
    if shown == _IN:
        incoming.draw(workbench)
    else:
        outgoing.draw(workbench)


def _meant(said: str) -> str:
    """What of the page an address shows."""
    return _IN if said == _IN.lower() else _OUT
