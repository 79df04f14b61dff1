"""Which documents a page is about, where nobody has said so on the page itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import NoReturn

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from workbench.core import Workbench
from workbench.ui import address
from workbench.wiring.views import DocumentInfo

COMPARED = "compare_documents"  # what the page Compare shows, in its order
_COMPARE = "compare_page"


def resolve(asked: str, documents: dict[str, DocumentInfo]) -> list[str]:
    """The ids that a link's `docs` means: ids or names with commas between, unknown ones left out."""
    names = {info.name: key for key, info in documents.items()}
    found = (part if part in documents else names.get(part) for part in asked.split(","))
    return list(dict.fromkeys(key for key in found if key))


def choose(
    label: str,
    documents: dict[str, DocumentInfo],
    named: str,
    keys: tuple[str, str],
    suggested: Callable[[], list[str]],
    places: Collection[str] = (),
    *,
    is_labelled: bool = True,
) -> list[str]:
    """Ask which documents a page shows: at first those that the address says, or as before, or what is suggested.

    `named`: what they are called in the address. `keys`: of the widget's own state, which Streamlit drops on other
    pages, and of what lasts. `places`: what in the address is within the documents, and goes with them.
    """
    widget, kept = keys

    def meant(said: str) -> list[str]:
        return resolve(said, documents) if said else suggested()

    def chosen() -> None:
        # Before the address is asked: the page may have written the documents that were shown there. Not what is known
        # already: a run that was stopped by Back calls this once more.
        if st.session_state[widget] != st.session_state.get(kept):
            address.write(named, ",".join(st.session_state[widget]), drop=places)

    asked = address.asked(named)
    if asked or (asked is not None and widget in st.session_state):  # or back to where it said nothing
        st.session_state[widget] = meant(asked)
    elif widget not in st.session_state:
        st.session_state[widget] = st.session_state.get(kept) or meant("")
    st.session_state[widget] = [key for key in st.session_state[widget] if key in documents]
    picked: list[str] = st.multiselect(
        label,
        list(documents),
        key=widget,
        format_func=lambda key: documents[key].name,
        on_change=chosen,
        placeholder="Choose two documents or more",
        label_visibility="visible" if is_labelled else "collapsed",
    )
    st.session_state[kept] = picked
    address.write(named, ",".join(picked), lambda said: ",".join(meant(said)))
    return picked


def translated(documents: Mapping[str, DocumentInfo]) -> list[str]:
    """The ids of those whose English is a translation."""
    return [key for key, info in documents.items() if info.lang.split("-")[0] != "en" and info.translated]


def compared(workbench: Workbench) -> list[str]:
    """What the page Compare shows, or would at first, where all of it is aligned with each other; else nothing."""
    pairs = workbench.aligned_pairs()
    shown: list[str] = st.session_state.get(COMPARED) or list(pairs[-1] if pairs else ())
    return shown if all_aligned(shown, pairs) else []


def all_aligned(docs: Sequence[str], pairs: Iterable[Sequence[str]]) -> bool:
    """Whether each of some documents is aligned with each other one. `pairs`: those that are."""
    aligned = set(map(frozenset, pairs))
    return all(frozenset(pair) in aligned for pair in combinations(docs, 2))


def lead_to_compare(page: StreamlitPage) -> None:
    """Say which page `compare` goes to."""
    st.session_state[_COMPARE] = page


def compare(docs: Sequence[str]) -> NoReturn:
    """Go to the page Compare and show documents (ids) there."""
    st.switch_page(st.session_state[_COMPARE], query_params={"docs": ",".join(docs)})
