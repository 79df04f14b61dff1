"""The report of a spot check on a page, and as files."""

from __future__ import annotations

from functools import partial

import streamlit as st

from workbench.core import Workbench
from workbench.datatypes import Campaign
from workbench.spotcheck import FORMATS
from workbench.ui import notes
from workbench.ui.components.report import report
from workbench.ui.words import plain, veil_note


def draw(workbench: Workbench, campaign: Campaign) -> None:
    spotchecks = workbench.spotchecks
    if campaign.blind and spotchecks.veil(campaign.docs, campaign.pair):
        _offer_to_unblind(workbench, campaign)
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


def _offer_to_unblind(workbench: Workbench, campaign: Campaign) -> None:
    """For a check that nobody will finish: else its documents would be veiled for good."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(veil_note(campaign)), width="stretch")
        with st.popover("End blind judging"):
            st.markdown("Engine and estimate are shown from now on, to whoever still judges too; the report says so.")
            if st.button("End it", type="primary"):
                with notes.guarded("ending blind judging"):
                    workbench.spotchecks.unblind(campaign)
                st.rerun()
