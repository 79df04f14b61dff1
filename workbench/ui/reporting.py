"""The report of a spot check on a page, and as files."""

from __future__ import annotations

from functools import partial

import streamlit as st

from workbench.core import Workbench
from workbench.datatypes import Campaign
from workbench.spotcheck import FORMATS
from workbench.ui.components.report import report


def draw(workbench: Workbench, campaign: Campaign) -> None:
    spotchecks = workbench.spotchecks
    with st.container(horizontal=True, horizontal_alignment="right"):
        for format, (label, mime) in FORMATS.items():
            st.download_button(
                label,
                partial(spotchecks.written, campaign, format),
                f"spotcheck-{campaign.number}.{format}",
                mime,
                key=f"check-save-{format}",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
            )
    report(spotchecks.body(campaign), "check_report")
