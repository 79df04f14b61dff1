"""The report of a spot check: the HTML of its file, in the colours of the page."""

from __future__ import annotations

import streamlit as st

from workbench.quality.report_html import STYLE
from workbench.ui.components.files import read

_report = st.components.v2.component(
    "workbench_report",
    html='<section class="sheet"></section>',
    css=".sheet { color: var(--st-text-color); font-family: var(--st-font), system-ui, sans-serif }\n" + STYLE,
    js=read("report.js"),
)


def report(html: str, key: str) -> None:
    _report(key=key, data={"html": html})
