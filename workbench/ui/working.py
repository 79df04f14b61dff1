"""Background work as the pages show it: what runs, how far it is, and pause, resume and cancel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

import streamlit as st

from workbench import jobs
from workbench.core import Workbench
from workbench.errors import WorkbenchError
from workbench.plurals import count
from workbench.store import Job, JobState, Wish
from workbench.ui import adding, notes
from workbench.ui.words import complaint, out_of_date, plain, sentence
from workbench.wiring.views import DocumentInfo

# A look costs Streamlit some tens of milliseconds of a core, most of it to collect its garbage.
_SECONDS_BETWEEN_LOOKS = 1.0
_SECONDS_BETWEEN_IDLE_LOOKS = 4.0
_TOLD = "working_told"  # numbers of the ended jobs that this browser tab knows of
_NAMES = "working_names"  # of documents, by id
_DOING = {
    "translate": "Translating",
    "align": "Aligning",
    "check": "Checking",
    "find suspects": "Looking for suspects in",
}
_DONE = {
    "translate": "Translated",
    "align": "Aligned",
    "check": "Checked",
    "find suspects": "Looked for suspects in",
}
_STAGES = {
    "translate": "",
    "translate again": "trying again what went astray",
    "embedding": "reading the passages",
    "anchors": "noting numbers and names",
    "neighbours": "comparing the passages",
    "first search": "looking for links",
    "second search": "looking closer",
    "any order": "looking for links in any order",
    "order": "telling whether their order is chance",
    "confidence": "telling how sure they are",
    "check": "looking for what is wrong",
    "score translations": "a second look at the riskiest",
}
_USUALLY_OFFERED: tuple[tuple[str, Wish], ...] = (("Pause", "pause"), ("Cancel", "cancel"))
_OFFERED: Mapping[JobState, tuple[tuple[str, Wish], ...]] = {
    JobState.PAUSED: (("Resume", "resume"), ("Cancel", "cancel")),
    JobState.FAILED: (("Try again", "resume"), ("Dismiss", "cancel")),
}


def start(workbench: Workbench, kind: str, refs: Sequence[str]) -> None:
    """Start work on documents, one of jobs.KINDS, apart from the page; asked twice it is one job."""
    with notes.guarded("starting this work"):
        jobs.start(workbench, kind, refs)


def busy(workbench: Workbench, refs: Sequence[str]) -> bool:
    """Whether work on any of these documents (ids) waits or runs."""
    return any(job.wants_worker and not set(refs).isdisjoint(job.docs) for job in workbench.jobs())


def is_asked(workbench: Workbench, kind: str, refs: Iterable[str]) -> bool:
    """Whether work of this kind on all of these documents (ids) waits or runs."""
    return any(job.kind == kind and job.wants_worker and set(refs) <= set(job.docs) for job in workbench.jobs())


def unfinished(workbench: Workbench, kind: str, refs: Sequence[str]) -> bool:
    """Whether work of this kind on just these documents (ids) is asked for, or failed and is offered again below."""
    jobs_of_kind = (job for job in workbench.jobs() if job.kind == kind and set(job.docs) == set(refs))
    return any(job.is_live or job.state is JobState.FAILED for job in jobs_of_kind)


def all_aligned(workbench: Workbench, chosen: Sequence[DocumentInfo]) -> bool:
    """Whether every two of these documents are aligned; where some are not, that is said, and the work offered."""
    known = {frozenset(pair) for pair in workbench.aligned_pairs()}
    missing = [(a, b) for a, b in combinations(chosen, 2) if frozenset((a.id, b.id)) not in known]
    if not missing:
        return True
    told = f"{count(len(missing), 'pair')} of these documents {'is' if len(missing) == 1 else 'are'} not aligned yet"
    if busy(workbench, [info.id for info in chosen]):
        notes.draw("info", f"{told}. That is being done; what they share shows when it is.")
        return False
    names = "; ".join(f"{a.name} with {b.name}" for a, b in missing[:4]) + ("; …" if len(missing) > 4 else "")
    notes.draw("info", f"{told}: {names}. What they share shows when every pair is.")
    if st.button("Align what is missing", type="primary"):
        for a, b in missing:
            start(workbench, "align", [a.id, b.id])
        st.rerun()
    return False


def offer_to_align_again(workbench: Workbench, pairs: Sequence[tuple[str, str]]) -> None:
    """Say which of the alignments that a page rests on, of documents by id, are out of date, and offer to mend that."""
    stale = workbench.stale(pairs)
    if not stale or busy(workbench, [doc for pair in stale for doc in pair]):
        return
    names = workbench.names()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(plain(out_of_date([(names[a], names[b]) for a, b in stale])))
        if st.button("Align again", type="primary"):
            for pair in stale:
                start(workbench, "align", pair)
            st.rerun()


def panel(workbench: Workbench, is_behind: Callable[[], bool] = lambda: False) -> None:
    """Show the work that is not finished at the foot of the page, files that are read too, and what failed.

    It keeps itself up to date. When a job ends, the page is drawn anew, once; and when the page `is_behind` what others
    do. To be called when all else is drawn.
    """
    busy = adding.unfollowed(workbench) or any(job.wants_worker for job in workbench.jobs())
    seconds = _SECONDS_BETWEEN_LOOKS if busy else _SECONDS_BETWEEN_IDLE_LOOKS
    with st.bottom:
        st.fragment(_keep_drawing, run_every=seconds)(workbench, is_behind)


def _keep_drawing(workbench: Workbench, is_behind: Callable[[], bool]) -> None:
    found = workbench.jobs()
    is_busy = any(job.wants_worker for job in found)  # which changes things all the time
    if _news(workbench, found) or adding.tell(workbench) or notes.any_kept() or (not is_busy and is_behind()):
        notes.again()
        st.rerun()
    shown = [job for job in found if job.is_live or job.state is JobState.FAILED]
    if is_busy:
        try:
            jobs.ensure_worker(workbench.folder)
        except WorkbenchError as error:
            notes.draw("error", complaint(error))
    adding.draw(workbench)
    names = _names(workbench, shown)
    first = _starting(workbench, shown)
    for job in shown:
        _draw(workbench, job, line(job, names, starts=job.number == first))


def _starting(workbench: Workbench, found: Iterable[Job]) -> int | None:
    """The number of the job that waits for nothing but the program that will do it."""
    waiting = [job.number for job in found if job.state is JobState.WAITING]
    return waiting[0] if waiting and not jobs.is_busy(workbench.folder) else None


def _news(workbench: Workbench, found: Iterable[Job]) -> bool:
    """Whether a job ended that this tab knew nothing of; what came of it is noted."""
    ended = {job.number: job for job in found if not job.is_live}
    told: set[int] = st.session_state.setdefault(_TOLD, set(ended))
    st.session_state[_TOLD] = set(ended)
    new = [job for number, job in ended.items() if number not in told]
    for job in new:
        if job.state is JobState.DONE:
            if job.message:
                notes.note("warning", job.message)
            else:
                notes.note("passing", f"{_DONE.get(job.kind, job.kind)} {_named(job.docs, _names(workbench, new))}.")
    return bool(new)


def _names(workbench: Workbench, found: Iterable[Job]) -> Mapping[str, str]:
    """Looked up when an unknown document comes up: to list all documents takes too long to do it every second."""
    names: dict[str, str] = st.session_state.setdefault(_NAMES, {})
    wanted = {doc for job in found for doc in job.docs}
    if not wanted <= names.keys():
        names |= dict.fromkeys(wanted, "a document that was removed")
        names |= workbench.names()
    return names


def _draw(workbench: Workbench, job: Job, told: str) -> None:
    with st.container(key=f"job-{job.number}", horizontal=True, vertical_alignment="center"):
        text = plain(sentence(told))
        if job.state is JobState.FAILED:
            st.error(text)
        else:
            st.progress(job.done / job.total if job.total else 0.0, text)
        for label, wish in _OFFERED.get(job.state, _USUALLY_OFFERED):
            st.button(
                label,
                key=f"{wish}-{job.number}",
                on_click=_steer,
                args=(workbench, job.number, wish),
                disabled=bool(job.asked),
            )


def _steer(workbench: Workbench, number: int, wish: Wish) -> None:
    with notes.guarded(f"saying {wish}"):
        workbench.steer_job(number, wish)


def line(job: Job, names: Mapping[str, str], starts: bool = False) -> str:
    """A job in words: what is done with which documents, how far it is, how long it will take or why it failed.

    `starts`: of one that waits, that it waits for nobody.
    """
    doing = f"{_DOING.get(job.kind, job.kind)} {_named(job.docs, names)}"
    if job.state is JobState.FAILED:
        return f"{doing} failed: {job.message}"
    if job.state is JobState.WAITING:
        return f"{doing}: {'starting' if starts else 'waits for its turn'}"
    far = [_STAGES.get(job.stage, job.stage), f"{job.done:,} of {job.total:,}"] if job.total else []
    if job.state is JobState.PAUSED:
        far.append("paused")
    elif job.asked:
        far.append("pausing" if job.asked == "pause" else "cancelling")
    elif not far:
        far.append("getting ready")
    elif job.rest is not None:
        far.append(f"{duration(job.rest)} left")
    return f"{doing}: {', '.join(filter(None, far))}"


def _named(docs: Sequence[str], names: Mapping[str, str]) -> str:
    if len(docs) > 2:
        return f"{len(docs):,} documents"
    return " and ".join(names[doc] for doc in docs)


def duration(seconds: float) -> str:
    """A time to come, as roughly as it is known."""
    if seconds < 60:
        return "less than a minute"
    if seconds < 90 * 60:
        return f"about {count(round(seconds / 60), 'minute')}"
    return f"about {count(round(seconds / 3600), 'hour')}"
