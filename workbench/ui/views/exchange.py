"""Files out and in: exports with a live preview, reviews that come home, pairs of other tools."""

from __future__ import annotations

import streamlit as st

from workbench.core import Workbench
from workbench.ui import incoming, outgoing

_OUT, _IN = "Export", "Import"


def page(workbench: Workbench) -> None:
    asked = st.segmented_control(
        "Export or import", [_OUT, _IN], default=_OUT, required=True, key="exchange", label_visibility="collapsed"
    )
    if asked == _IN:
        incoming.draw(workbench)
    else:
        outgoing.draw(workbench)
