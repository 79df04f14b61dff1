"""Two or more documents side by side, passages that say the same facing each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import streamlit as st

from workbench.align import LEAST_CONFIDENCE
from workbench.core import DocumentInfo, PairView, Workbench
from workbench.datatypes import Status
from workbench.ui import notes, rows, welcome, working
from workbench.ui.components.passages import passages_table
from workbench.ui.installed import draft_note
from workbench.ui.words import count, plain, sentence

_PICKED = "compare_picked"  # the widget's own state, which Streamlit drops on other pages
_COMPARED = "compare_documents"
_ADDRESS = "compare_address"
_LEAST = "compare_least"  # the slider's own state, in hundredths
_LEAST_KEPT = "compare_least_kept"
_USUAL = round(100 * LEAST_CONFIDENCE)


def page(workbench: Workbench) -> None:
    documents = {info.id: info for info in workbench.documents()}
    if len(documents) < 2:
        welcome.draw(workbench, list(documents.values()))
        return
    picker, buttons = st.columns([5, 3], vertical_alignment="bottom")
    with picker:
        chosen = [documents[key] for key in _picked(workbench, documents)]
    if len(chosen) < 2:
        notes.draw("info", "Choose two documents or more.")
        return
    least = _least()
    pairs = [workbench.pair(a.id, b.id, least) for a, b in combinations(chosen, 2)]
    aligned = [pair for pair in pairs if pair]
    with buttons:
        work = _asked_work(chosen, pairs)
    _do(workbench, work, chosen)
    said, threshold = st.columns([5, 3])
    with said:
        _say_verdicts(chosen, aligned, len(pairs))
    if aligned:
        with threshold:
            _ask_least(sum(pair.hidden for pair in aligned))
    _draw_table(workbench, chosen, aligned)


def _picked(workbench: Workbench, documents: dict[str, DocumentInfo]) -> list[str]:
    """The ids to compare: as the address says, or as before, or an aligned pair."""
    asked = st.query_params.get("docs", "")
    if asked and asked != st.session_state.get(_ADDRESS):
        st.session_state[_PICKED] = resolve(asked, documents)
    elif _PICKED not in st.session_state:
        st.session_state[_PICKED] = st.session_state.get(_COMPARED) or _suggested(workbench, list(documents))
    st.session_state[_PICKED] = [key for key in st.session_state[_PICKED] if key in documents]
    picked: list[str] = st.multiselect(
        "Documents to compare; the first one sets the order",
        list(documents),
        key=_PICKED,
        format_func=lambda key: documents[key].name,
        on_change=_forget_pair,
        placeholder="Choose two documents or more",
    )
    st.session_state[_COMPARED] = picked
    st.session_state[_ADDRESS] = st.query_params["docs"] = ",".join(picked)
    return picked


def _forget_pair() -> None:
    st.query_params.pop("pair", None)


def resolve(asked: str, documents: dict[str, DocumentInfo]) -> list[str]:
    """The ids that a link's `docs` means: ids or names with commas between, unknown ones left out."""
    names = {info.name: key for key, info in documents.items()}
    found = (part if part in documents else names.get(part) for part in asked.split(","))
    return list(dict.fromkeys(key for key in found if key))


def _least() -> float:
    """How sure a link must be to be shown, 0 to 1."""
    chosen: int = st.session_state.setdefault(_LEAST, st.session_state.get(_LEAST_KEPT, _USUAL))
    st.session_state[_LEAST_KEPT] = chosen
    return LEAST_CONFIDENCE if chosen == _USUAL else chosen / 100


def _ask_least(hidden: int) -> None:
    st.slider(
        "Show links from this confidence on",
        0,
        100,
        key=_LEAST,
        format="%d of 100",
        help="To the left, more links and more wrong ones; to the right, only what is sure. Nothing is aligned "
        f"anew. Accepted links are always shown. The aligner's own choice is {_USUAL}.",
    )
    links = f"{count(hidden, 'link')} {'is' if hidden == 1 else 'are'} hidden"
    st.caption(f"{links}: the passages stand as if they had no counterpart." if hidden else "No link is hidden.")


def _suggested(workbench: Workbench, documents: list[str]) -> list[str]:
    aligned = workbench.aligned_pairs()
    return list(aligned[-1]) if aligned else documents[:2]


def _asked_work(chosen: Sequence[DocumentInfo], pairs: Sequence[PairView | None]) -> str:
    """Which button was pressed: "align", "translate", "undo", "redo" or none."""
    waiting = [pair for pair in pairs if pair is None or pair.stale]
    untranslated = any(info.translated < info.included for info in chosen)
    asked = ""
    with st.container(horizontal=True, horizontal_alignment="right"):
        if untranslated and st.button("Translate", help="Bring what has no English text yet into English"):
            asked = "translate"
        label = "Align again" if pairs and all(pairs) else "Align"
        if waiting and st.button(label, type="primary", help="Find the passages that say the same"):
            asked = "align"
        if not waiting and st.button("Undo", type="tertiary", icon=":material/undo:", help="Take back the last review"):
            asked = "undo"
        if not waiting and st.button(
            "Redo", type="tertiary", icon=":material/redo:", help="Do again what was taken back"
        ):
            asked = "redo"
    return asked


def _do(workbench: Workbench, work: str, chosen: Sequence[DocumentInfo]) -> None:
    if not work:
        return
    with notes.guarded("doing this"):
        if work in ("align", "translate"):
            working.start(workbench, work, [info.id for info in chosen])
        else:
            done = workbench.undo() if work == "undo" else workbench.redo()
            st.toast(plain(done.said if done else f"There is nothing to {work}."))
    st.rerun()


def _say_verdicts(chosen: Sequence[DocumentInfo], pairs: Sequence[PairView], wanted: int) -> None:
    if not pairs:
        notes.draw(
            "info",
            "These documents are not aligned yet: press Align to find the passages that say "
            "the same. Until then each stands by itself.",
        )
    elif len(pairs) < wanted:
        notes.draw("info", "Not every pair of these documents is aligned yet: press Align.")
    for pair in pairs:
        between = f"{pair.src.name} and {pair.tgt.name}: " if len(chosen) > 2 else ""
        st.markdown(plain(between + sentence(pair.verdict)))
        if pair.stale:
            notes.draw(
                "warning",
                f"{pair.src.name} or {pair.tgt.name} has changed since they were aligned: press Align again.",
            )


def _draw_table(workbench: Workbench, chosen: Sequence[DocumentInfo], pairs: Sequence[PairView]) -> None:
    columns = [rows.Column(info, tuple(workbench.segments(info.id))) for info in chosen]
    data = rows.payload(columns, pairs)
    for column in data["columns"]:
        column["note"] = draft_note(column["lang"])
    wanted = st.query_params.get("pair", "")
    if wanted and not any(link["id"] == wanted for row in data["rows"] for link in row["links"]):
        notes.draw("warning", _missing(workbench, pairs, wanted))

    def review(asked: dict[str, str]) -> None:
        with notes.guarded("saving this review"):
            workbench.review(asked["bead"], Status(asked["status"]))

    def include(asked: dict[str, Any]) -> None:
        with notes.guarded("bringing passages back"):
            workbench.set_included(asked["segments"], asked["included"])

    passages_table(data | {"pair": wanted}, key="compare_table", on_review=review, on_include=include)


def _missing(workbench: Workbench, pairs: Sequence[PairView], wanted: str) -> str:
    everything = (workbench.pair(pair.src.id, pair.tgt.id, 0.0) for pair in pairs)
    if any(bead.id == wanted for pair in everything if pair for bead in pair.beads):
        return "The pair that this link names is less sure than what is shown: move the slider to the left to see it."
    return "The pair that this link names is not there any more; here are the documents."
