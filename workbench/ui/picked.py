"""Which documents a page is about, where nobody has said so on the page itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import NoReturn

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from workbench.core import Workbench
from workbench.ui import address, notes
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
    before: list[str] | None = st.session_state.get(kept)

    def meant(said: str) -> list[str]:
        return resolve(said, documents) if said else suggested()

    said, key = address.asked(named), _numbered(widget)
    tell_who_is_gone([part for part in (said or "").split(",") if part and not resolve(part, documents)])
    is_open = key in st.session_state
    # The page itself may have written what was shown: that is no news, and must not undo what was chosen since. Nor is
    # an empty address of a page that comes anew.
    if said is not None and (said or is_open) and meant(said) != before:
        # In another widget, since browsers go on to send what was chosen in the one before until they have drawn this.
        key = _numbered(widget, 1)
        st.session_state[key] = meant(said)
    elif not is_open:
        st.session_state[key] = before or meant("")
    there = [doc for doc in st.session_state[key] if doc in documents]
    if there != st.session_state[key]:  # else browsers are told what to show, and forget what is chosen in that moment
        st.session_state[key] = there
    picked: list[str] = st.multiselect(
        label,
        list(documents),
        key=key,
        format_func=lambda doc: documents[doc].name,
        placeholder="Choose two documents or more",
        label_visibility="visible" if is_labelled else "collapsed",
    )
    st.session_state[kept] = picked
    is_chosen = picked != [doc for doc in before or () if doc in documents]
    address.write(named, ",".join(picked), lambda said: ",".join(meant(said)), places if is_chosen else ())
    return picked


def tell_who_is_gone(named: Sequence[str]) -> None:
    """What an address names and nobody has."""
    if named:
        who, verb = ("A document", "is") if len(named) == 1 else (f"{len(named):,} documents", "are")
        notes.note("info", f"{who} that this address names {verb} not in the workspace any more.")


def _numbered(widget: str, more: int = 0) -> str:
    """The key of the latest widget of a kind, or of one that comes after it."""
    number = st.session_state[f"{widget}_number"] = st.session_state.get(f"{widget}_number", 0) + more
    return f"{widget}-{number}"


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
