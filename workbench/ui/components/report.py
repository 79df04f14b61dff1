"""The report of a spot check: the HTML of its file, in the colours of the page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from workbench.quality.report_html import STYLE

_report = st.components.v2.component(
    "workbench_report",
    html='<section class="sheet"></section>',
    css=".sheet { color: var(--st-text-color); font-family: var(--st-font), system-ui, sans-serif }\n" + STYLE,
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


def report(html: str, key: str) -> None:
    _report(key=key, data={"html": html})
