"""Two or more documents side by side, passages that say the same facing each other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

import streamlit as st

from workbench.core import Workbench
from workbench.ui import notes, undoing, welcome, working
from workbench.ui.answering import answer
from workbench.ui.components.files import STEADY
from workbench.ui.components.passages import compare_table
from workbench.ui.feed import Feed, Left
from workbench.ui.installed import can_be_translated, remark
from workbench.ui.picked import COMPARED, choose
from workbench.wiring.views import DocumentInfo

_PICKED = "compare_picked"
_FEED = "compare_feed"
_NAMED = "docs"  # of the address
# What else it says (see components/table/addresses.js): of that only the browser knows the latest.
_SAID = ("at", "pair", "filter", "find", "least", "hide", "order")
# The table fills the window, so that only it scrolls.
_STYLE = f"<style>.stMainBlockContainer {{ padding: 3.4rem 2rem 0.5rem }} {STEADY}</style>"


def page(workbench: Workbench) -> None:
    documents = {info.id: info for info in workbench.documents()}
    _notice_what_is_gone(documents)
    if len(documents) < 2:
        welcome.draw(workbench, list(documents.values()))
        return
    st.html(_STYLE)
    picker, buttons = st.columns([5, 3], vertical_alignment="bottom")
    with picker:
        chosen = [documents[key] for key in _picked(workbench, documents)]
    if len(chosen) < 2:
        notes.draw("info", "Choose two documents or more.")
        return
    with notes.patience(chosen):
        feed = _feed(workbench, chosen)
    with buttons:
        work = _asked_work(workbench, chosen, feed.waiting)
    _do(workbench, work, chosen)
    with st.container():  # there with nothing in it too: a table that moves would be drawn from nothing
        _say_what_is_missing(feed.waiting, working.is_asked(workbench, "align", feed.docs))
    _draw_table(feed, feed.waiting, st.query_params.get(_NAMED, ""))


def prepare(workbench: Workbench) -> None:
    """Read what the page shows to whoever opens it without an address."""
    documents = [info.id for info in workbench.documents()]
    if len(documents) > 1:
        Feed(workbench, tuple(_suggested(workbench, documents)))


def is_behind(workbench: Workbench) -> bool:
    """Whether somebody, in another window or elsewhere, changed something that this browser has not been sent."""
    feed: Feed | None = st.session_state.get(_FEED)
    return feed is not None and feed.workbench is workbench and not feed.left and feed.state != workbench.state()


def _feed(workbench: Workbench, chosen: Sequence[DocumentInfo]) -> Feed:
    """What this browser has and needs of the documents: kept from run to run, and brought up to date."""
    docs = tuple(info.id for info in chosen)
    remarks = {info.id: remark(workbench, info) for info in chosen}
    feed: Feed | None = st.session_state.get(_FEED)
    if feed is None or feed.left or feed.docs != docs or feed.workbench is not workbench:
        asked = "" if feed else st.query_params.get("at", "") or st.query_params.get("pair", "")
        feed = st.session_state[_FEED] = Feed(workbench, docs, remarks, asked)
    else:
        feed.keep_up(remarks)
    return feed


def _picked(workbench: Workbench, documents: dict[str, DocumentInfo]) -> list[str]:
    """The ids to compare: as the address says, or as before, or an aligned pair."""
    return choose(
        "Documents to compare; the first one sets the order",
        documents,
        _NAMED,
        (_PICKED, COMPARED),
        partial(_suggested, workbench, list(documents)),
        _SAID,
        is_labelled=False,
    )


def _suggested(workbench: Workbench, documents: list[str]) -> list[str]:
    aligned = workbench.aligned_pairs()
    return list(aligned[-1]) if aligned else documents[:2]


def _asked_work(workbench: Workbench, chosen: Sequence[DocumentInfo], waiting: str) -> str:
    """Which button was pressed: "align", "translate" or none. What is being done already is not offered."""
    untranslated = [info.id for info in chosen if can_be_translated(info)]
    if working.is_asked(workbench, "translate", untranslated):
        untranslated = []
    if working.is_asked(workbench, "align", [info.id for info in chosen]):
        waiting, untranslated = "", []  # it translates first
    asked = ""
    with st.container(horizontal=True, horizontal_alignment="right"):
        if untranslated and st.button("Translate", help="Bring what has no English text yet into English"):
            asked = "translate"
        label = "Align again" if waiting == "again" else "Align"
        if waiting and st.button(label, type="primary", help="Find the passages that say the same"):
            asked = "align"
    return asked


def _do(workbench: Workbench, work: str, chosen: Sequence[DocumentInfo]) -> None:
    if not work:
        return
    with notes.guarded("doing this"):
        working.start(workbench, work, [info.id for info in chosen])
    st.rerun()


def _say_what_is_missing(waiting: str, is_asked: bool) -> None:
    """`waiting`: as a feed has it; `is_asked`: that is being done."""
    if is_asked and waiting in ("all", "some"):
        notes.draw(
            "info",
            "The passages that say the same are being looked for, as the foot of the page shows, and come up here by "
            "themselves. Until then each stands by itself.",
        )
    elif waiting == "all":
        notes.draw(
            "info",
            "These documents are not aligned yet: press Align to find the passages that say "
            "the same. Until then each stands by itself.",
        )
    elif waiting == "some":
        notes.draw("info", "Not every pair of these documents is aligned yet: press Align.")


@st.fragment
def _draw_table(feed: Feed, waiting: str, named: str) -> None:
    """`waiting`: the feed's, as the page says it. `named`: what the address of the page calls the documents."""
    if feed.left:
        _say_what_is_gone(feed.workbench, feed.left)
        st.rerun()
    compare_table(feed.data() | {"named": named}, "compare_table", partial(answer, feed))
    if feed.waiting != waiting:
        st.rerun()


def _notice_what_is_gone(documents: Collection[str]) -> None:
    """What is compared here and was removed elsewhere, so that nobody wonders why another page comes."""
    feed: Feed | None = st.session_state.get(_FEED)
    if feed is None or feed.left or set(feed.docs) <= set(documents):
        return
    feed.refresh()
    if feed.left:
        _say_what_is_gone(feed.workbench, feed.left)


def _say_what_is_gone(workbench: Workbench, left: Left) -> None:
    verb = "is" if len(left.gone) == 1 else "are"
    said = f"{left.said} {' and '.join(left.gone)} {verb} not in the workspace any more.".strip()
    if left.back:
        undoing.offer(workbench, said, left.back)
    else:
        notes.note("info", said)
