"""The frame around the pages: navigation, sentences for the user, and the net under every page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from workbench.core import Workbench
from workbench.ui import notes, people, picked, undoing, working
from workbench.ui.views import about, check, compare, concordance, exchange, library, matrix

Page = Callable[[Workbench], None]
IsBehind = Callable[[Workbench], bool]  # whether others did something since the page was drawn, which it is to show

# A Material icon, here or on a page, would be fetched as the browser tab's icon from an outside host.
_FAVICON = Path(__file__).with_name("favicon.svg")
# The foot of the page is there only where it holds something.
_STYLE = """<style>
.stMainBlockContainer { padding: 4.25rem 2.5rem 4rem; max-width: 110rem }
.stMainBlockContainer .st-key-who { position: fixed; inset: .9rem 1.25rem auto auto; width: auto; z-index: 999991 }
.stAppHeader { padding-inline-end: 12rem }
/* Streamlit writes white on the primary colour, which is light where all else is dark. */
.stMain [kind=primary]:enabled, .stMain [kind=primaryFormSubmit]:enabled, .stBottom [kind=primary]:enabled {
  color: light-dark(#ffffff, #14181a)
}
/* What pops up stands outside of what Streamlit tells the colour scheme. */
@media (prefers-color-scheme: dark) { [data-testid=stPopoverBody] [kind^=primary]:enabled { color: #14181a } }
.stAppHeader a:focus-visible { outline: 2px solid light-dark(#0f6b6b, #6cc7c0) }
.stMultiSelect [data-tag] { color: inherit; background: color-mix(in srgb, currentColor 14%, transparent) }
/* Of long names two are in sight in a line, and seen to be longer. */
.stColumn .stMultiSelect [data-tag] { max-width: calc(50% - .3rem) }
.stSelectbox input { text-overflow: ellipsis }
/* A passing note is in nobody's way: beside the pages' names where there is room, never between mouse and button. */
[data-testid=stToastContainer], [data-testid=stToastContainer] * { pointer-events: none }
[data-testid=stToast] [slot=close] { display: none }
@media (min-width: 64rem) { [data-testid=stToastContainer].stToastContainer { inset: 0 11rem auto auto; padding: 0 } }
.stBottom:not(:has(button, .stAlert, .stProgress)) { display: none }
.stBottom { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent) }
.stBottom [data-testid=stBottomBlockContainer] {
  padding: .75rem 2.5rem; max-width: 110rem; max-height: 40vh; overflow-y: auto
}
</style>"""


def run(workbench: Workbench) -> None:
    """Draw the page that the address names."""
    st.set_page_config(page_icon=_FAVICON, layout="wide")
    st.html(_STYLE)
    notes.begin()
    workbench = people.workbench_of_this_browser(workbench)
    comparing = partial(_draw, compare.page, workbench, compare.is_behind)
    pages = [
        st.Page(comparing, title="Compare", default=True),
        # The address that people guess; Streamlit knows the default page by none.
        st.Page(comparing, title="Compare", url_path="compare", visibility="hidden"),
        st.Page(partial(_draw, check.page, workbench), title="Check", url_path="check"),
        st.Page(partial(_draw, matrix.page, workbench), title="Matrix", url_path="matrix"),
        st.Page(partial(_draw, concordance.page, workbench), title="Concordance", url_path="concordance"),
        st.Page(partial(_draw, exchange.page, workbench), title="Export", url_path="export"),
        st.Page(partial(_draw, library.page, workbench), title="Library", url_path="library"),
        st.Page(partial(_draw, about.page, workbench), title="About", url_path="about"),
    ]
    picked.lead_to_compare(pages[0])
    shown = st.navigation(pages, position="top")
    st.set_page_config(page_title=f"{shown.title} · Workbench")  # tells tabs apart
    shown.run()


def _draw(page: Page, workbench: Workbench, is_behind: IsBehind = lambda _: False) -> None:
    place = st.container()
    with notes.guarded("drawing this page"):
        page(workbench)
    with place:
        notes.show()
        undoing.draw(workbench)
    with notes.guarded("looking after work in the background"):
        working.panel(workbench, partial(is_behind, workbench))
