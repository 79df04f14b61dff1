"""What one browser is shown of a spot check, and what becomes of its requests."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from uuid import uuid4

from workbench.core import Workbench
from workbench.datatypes import Campaign, Grade, Issue, Judgement, Mark, Scheme, Stratum
from workbench.errors import ConflictError, JudgedMeanwhileError, WorkbenchError
from workbench.plurals import count
from workbench.quality.acceptance import Outcome
from workbench.quality.judging import SCORES
from workbench.quality.mqm import CATEGORIES, OF_CHECKS
from workbench.spotcheck import Same, TaskView, Unit
from workbench.store import Draft
from workbench.ui.rows import Data
from workbench.ui.words import complaint, estimated, unforeseen

_log = logging.getLogger(__name__)
LABELS = {Grade.GOOD: "good", Grade.MINOR: "minor errors", Grade.MAJOR: "major errors", Grade.UNSURE: "could not judge"}


@dataclass
class Session:
    """A judge at work.

    `n` grows whenever there is something new to draw; `done` is the latest request that was carried out.
    """

    workbench: Workbench
    campaign: Campaign
    stratum: Stratum = Stratum.RANDOM
    session: str = field(default_factory=lambda: uuid4().hex)
    n: int = 0
    done: int = 0
    told: Data | None = None

    def __post_init__(self) -> None:
        self._view: TaskView | None = None
        self._drawn: Data = {}
        self.show()

    def data(self) -> Data:
        """What the component is given."""
        return self._drawn | {"session": self.session, "n": self.n, "done": self.done, "other": self._other()}

    def _other(self) -> str:
        """What was marked in another tab; empty: nothing else than here."""
        others = self._view.others if self._view else []
        return "; or ".join(map(_in_words, others))

    @property
    def at(self) -> int | None:
        """The number of the task that is shown."""
        return self._view.number if self._view else None

    def goes_on(self, campaign: Campaign) -> bool:
        """Whether a spot check is the one that is judged here. Suspects that were found since are listed from the next
        unit on, so that nothing changes under the judge's hands."""
        if campaign.number != self.campaign.number:
            return False
        has_changed, self.campaign = campaign != self.campaign, campaign
        if has_changed and self._view is None:
            self.show()
        return True

    def show(self, at: int | None = None, told: str = "", tone: str = "info") -> None:
        """Draw a task by its number, None: the first that waits, with a sentence."""
        self.n += 1
        self._view = self.workbench.spotchecks.view(self.campaign, self.stratum, at)
        self.told = {"text": told, "tone": tone} if told else None
        self._drawn = self._payload()

    def _payload(self) -> Data:
        view = self._view
        return {
            "scheme": self.campaign.scheme.value,
            "categories": list(CATEGORIES) if self.campaign.scheme is Scheme.MQM else [],
            "scores": SCORES,
            "lists": self._lists(),
            "verdict": self._verdict(),
            "told": self.told,
            "unit": None if view is None else self._unit(view),
            "end": None if view is not None else self._end(),
        }

    def _lists(self) -> list[Data]:
        done = {
            each.stratum: each
            for each in self.workbench.spotchecks.progress(self.campaign)
            if self._is_mine(each.judge)
        }
        labels = {
            Stratum.RANDOM: ("Random sample", "What the verdict and all shares are about"),
            Stratum.RISK: ("Suspects", "The most suspicious units: finds errors, says nothing about their share"),
        }
        found = []
        for stratum, (label, tells) in labels.items():
            known = done.get(stratum)
            of = known.of if known else self._length(stratum)
            if of:
                at_least = self.campaign.plan.sequential and stratum is Stratum.RANDOM
                found.append(
                    {
                        "stratum": stratum.value,
                        "label": label,
                        "tells": tells,
                        "judged": known.judged if known else 0,
                        "of": of,
                        "atLeast": at_least,
                        "active": stratum is self.stratum,
                    }
                )
        return found

    def _is_mine(self, judge: str) -> bool:
        return judge == self.workbench.user

    def _length(self, stratum: Stratum) -> int:
        return len(self.campaign.risk) if stratum is Stratum.RISK else self.campaign.plan.sample

    def _verdict(self) -> Data | None:
        """Only once there is one: until then it is nothing a judge should think of."""
        found = self.workbench.spotchecks.verdict(self.campaign)
        if found.outcome is Outcome.GO_ON:
            return None
        text = {Outcome.ACCEPT: "decided: accepted", Outcome.REJECT: "decided: not accepted"}[found.outcome]
        return {"outcome": found.outcome.value, "text": text, "rule": found.reason}

    def _unit(self, view: TaskView) -> Data:
        unit, task, spotchecks = view.unit, view.task, self.workbench.spotchecks
        veiled = spotchecks.veil(self.campaign.docs, self.campaign.pair) is not None
        shown = task.decoy or unit.id  # nothing may tell what tests attention from other units
        estimate, reasons = self.campaign.estimates.get(shown), self.campaign.reasons.get(shown, ())
        return {
            "key": asdict(task),
            "name": f"{task.stratum} {task.unit}",
            "number": view.number,
            "of": view.of,
            "where": f"{unit.doc} · passage {unit.place}",
            "by": "" if veiled else f"{'in' if self.campaign.pair else 'by'} {view.model}",
            "estimate": "" if veiled or estimate is None else estimated(estimate, reasons),
            "reasons": [] if veiled else list(reasons),
            "srcLang": unit.src_lang,
            "tgtLang": unit.tgt_lang,
            "source": unit.src_text,
            "target": view.target,
            "corrected": view.corrected,
            "before": [_context(each) for each in view.before],
            "after": [_context(each) for each in view.after],
            "said": None if view.said is None else _said(view.said),
            "isDraft": view.is_draft,
            "kept": None if view.kept is None else _said(view.kept),
            "suspects": [_suspect(issue) for issue in view.suspects],
            "proposes": self.campaign.pair,
            "same": [
                _same(each, self.campaign.pair, veiled) for each in spotchecks.same_source(self.campaign, unit.id)
            ],
        }

    def _end(self) -> Data:
        found = self.workbench.spotchecks.verdict(self.campaign)
        title = "Nothing is left to judge on this list."
        lines = [self._others() or found.reason] if self.stratum is Stratum.RANDOM else []
        return {"title": title, "lines": [*lines, "The report says what it comes to."]}

    def _others(self) -> str:
        """Who else is still to judge of the random sample; empty: nobody."""
        open_to = [
            f"{each.judge} ({each.judged:,} of {each.of:,} judged)"
            for each in self.workbench.spotchecks.progress(self.campaign)
            if each.stratum is Stratum.RANDOM and each.judged < each.of and not self._is_mine(each.judge)
        ]
        waits = bool(self.campaign.judges and open_to)
        return f"Your part is done; the verdict waits for {' and '.join(open_to)}." if waits else ""

    def viewed(self, asked: Data) -> TaskView:
        """The unit that a request is about, as this browser was shown it. Raises ConflictError where that is none."""
        if self._view is None or asdict(self._view.task) != asked["key"]:
            raise ConflictError("the page showed another unit, so nothing was kept; look at this one")
        return self._view

    def keep_draft(self, asked: Data) -> None:
        """Keep what a request says is marked; nothing is drawn anew until the page is shown again."""
        said = {name: asked[name] for name in ("marks", "score", "note", "suspects")}
        self._view = self.workbench.spotchecks.keep_draft(self.campaign, self.viewed(asked), said)
        self._drawn["unit"] = self._unit(self._view)


def answer(session: Session, asked: Data) -> None:
    """Carry out one request of the browser, once. Errors become sentences."""
    if asked["n"] <= session.done:
        return
    session.done = asked["n"]
    try:
        _ANSWERS[asked["do"]](session, asked)
    except WorkbenchError as error:
        session.show(session.at, complaint(error), "error")
    except Exception:
        _log.exception("While answering %s", asked["do"])
        session.show(session.at, unforeseen(), "error")


def _judge(session: Session, asked: Data) -> None:
    view = session.viewed(asked)
    grade = Grade(asked["grade"]) if "grade" in asked else None
    try:
        session.workbench.spotchecks.judge(session.campaign, view, grade, _marks(asked), asked["score"], asked["note"])
    except JudgedMeanwhileError as error:
        _keep_marked(session, asked)
        session.show(view.number, _what_stands(error.said, asked))
    except WorkbenchError:
        _keep_marked(session, asked)
        raise
    else:
        session.show()


def _what_stands(said: Judgement, asked: Data) -> str:
    """In another tab the judge was first: which of the two is meant, only they know."""
    marked = "what you marked here is a draft: judge again to have it count instead"
    rest = marked if _is_marked(asked) else "judge again to change it"
    return f"You judged this meanwhile in another tab ({LABELS[said.grade]}), and that stands; {rest}."


def _is_marked(asked: Data) -> bool:
    return bool(asked["marks"] or asked["note"] or asked["score"] is not None)


def _keep_marked(session: Session, asked: Data) -> None:
    if _is_marked(asked):
        session.keep_draft(asked)


def _other(session: Session, asked: Data) -> None:
    view = session.viewed(asked)
    session.workbench.spotchecks.other_draft(session.campaign, view)
    session.show(view.number)


def _correct(session: Session, asked: Data) -> None:
    spotchecks = session.workbench.spotchecks
    _keep_marked(session, asked)
    view = session.viewed(asked)
    spotchecks.correct(session.campaign, view, asked["text"])
    more, left = spotchecks.correct_same(session.campaign, view.unit.id, asked["also"], asked["text"])
    also = f", and in {count(more, 'other place')}" if more else ""
    rest = f" {count(left, 'other place')} changed meanwhile and stayed as found." if left else ""
    done = "Proposed" if session.campaign.pair else "Corrected"
    session.show(view.number, f"{done}{also}.{rest}")


def _list(session: Session, asked: Data) -> None:
    session.stratum = Stratum(asked["stratum"])
    session.show()


def _back(session: Session, asked: Data) -> None:
    tasks = session.workbench.spotchecks.tasks(session.campaign, session.stratum)
    session.show(max(1, (session.at or len(tasks) + 1) - 1))


def _next(session: Session, asked: Data) -> None:
    session.show()


def _take_back(session: Session, asked: Data) -> None:
    taken = session.workbench.spotchecks.take_back_latest(session.campaign)
    if taken is None:
        session.show(session.at, "There is nothing of yours to take back.")
        return
    if taken.stratum is not Stratum.ATTENTION:
        session.stratum = taken.stratum
    tasks = session.workbench.spotchecks.tasks(session.campaign, session.stratum)
    places = [at for at, task in enumerate(tasks, 1) if (task.stratum, task.unit) == (taken.stratum, taken.unit)]
    if taken.unit in session.workbench.spotchecks.units(session.campaign):
        session.show(places[0] if places else None, f"Taken back: {LABELS[taken.grade]}. Judge it anew.")
    else:
        session.show(told=f"Taken back: {LABELS[taken.grade]}. What it was about is no longer there.")


def _marks(asked: Data) -> list[Mark]:
    return list(map(Mark.of, asked["marks"]))


def _in_words(draft: Draft) -> str:
    """What was marked, as a judge would recognise it."""
    marks, score, note = (draft.said.get(name) for name in ("marks", "score", "note"))
    parts = [
        count(len(marks), "error") if marks else "",
        "" if score is None else f"score {score:g}",
        f"note “{note}”" if note else "",
    ]
    return ", ".join(filter(None, parts))


def _context(unit: Unit) -> Data:
    return {"source": unit.src_text, "target": unit.tgt_text}


def _said(said: Judgement) -> Data:
    marks = [asdict(mark) for mark in said.marks]
    return {
        "grade": said.grade.value,
        "label": LABELS[said.grade],
        "marks": marks,
        "score": said.score,
        "note": said.note,
    }


def _suspect(issue: Issue) -> Data:
    return {
        "side": issue.side,
        "start": issue.start,
        "end": issue.end,
        "severity": issue.severity.value,
        "reason": issue.reason,
        "check": issue.check,
        "category": OF_CHECKS.get(issue.check, ""),
    }


def _same(each: Same, pair: bool, veiled: bool) -> Data:
    where, by_hand = f"{each.doc}, passage {each.place}", "proposed" if pair else "written by hand"
    note = by_hand if each.by_hand and not veiled else ""
    return {"id": each.id, "where": where, "target": each.target, "byHand": each.by_hand, "note": note}


_ANSWERS: Mapping[str, Callable[[Session, Data], None]] = {
    "judge": _judge,
    "draft": Session.keep_draft,
    "other": _other,
    "correct": _correct,
    "list": _list,
    "back": _back,
    "next": _next,
    "takeBack": _take_back,
}
