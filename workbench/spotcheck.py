"""Spot checks: wiring, like core. What a sample shows is decided in workbench.quality, what was said kept in the store.

A unit is a segment and its English, or a link of an aligned pair; its id is that of the segment or bead.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from workbench import __version__, spotunits
from workbench.datatypes import (
    Campaign,
    Grade,
    Issue,
    Judgement,
    Mark,
    Plan,
    Scheme,
    Severity,
    Stratum,
    TranslationState,
)
from workbench.errors import ConflictError, ExportError, InputError, UnknownItemError
from workbench.export.tables import MIME, table
from workbench.quality import acceptance, judging, mqm, report_html, sampling
from workbench.quality.acceptance import Outcome, Verdict
from workbench.quality.report import HEADER, Finding, Report, State, rated, report, rows, standing, summary
from workbench.quality.sampling import Candidate, Task
from workbench.spotunits import Unit

if TYPE_CHECKING:
    from workbench.core import SegmentView, Workbench
    from workbench.store import Store

Kept = TypeVar("Kept")
# Of a report: what each is called, and its MIME type.
FORMATS = {
    "html": ("Report (HTML)", "text/html"),
    "csv": ("Judgements (CSV)", MIME["csv"]),
    "tsv": ("MQM table (TSV)", MIME["tsv"]),
}
_NEIGHBOURS = 2  # passages of context on either side
_SUSPECTS = 50  # how many units are on the list of suspects where nobody says


@dataclass(frozen=True, slots=True)
class TaskView:
    """A unit on a judge's list as the page shows it.

    `number`: its place on the list, from 1, `of` how many; `left`: how many wait to be judged. `said`: what the judge
    said of it, or has marked so far where `is_draft`. `target`: the translation as it was found; `corrected`: as it
    is now, where a person has changed it since.
    """

    task: Task
    number: int
    of: int
    left: int
    unit: Unit
    target: str
    model: str
    corrected: str
    before: tuple[Unit, ...]
    after: tuple[Unit, ...]
    said: Judgement | None
    is_draft: bool
    suspects: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a judge is on a list. Of the random sample of a sequential plan nobody can say how long it gets."""

    judge: str
    stratum: Stratum
    judged: int
    of: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a judge's file: how many judgements were taken, and a sentence on each line that was not."""

    judgements: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Same:
    """Another passage with the same source: where it stands, from 1, and its English now."""

    segment_id: str
    doc: str
    place: int
    english: str
    by_hand: bool


class Spotchecks:
    """The spot checks of a workspace, seen by its user, who is the judge."""

    def __init__(
        self, bench: Workbench, store: Store, remembered: Callable[[str, object, Callable[[], Any]], Any]
    ) -> None:
        self._bench, self._store, self._remembered = bench, store, remembered

    # -- planning

    def plan(self, refs: Sequence[str], pair: bool, limit: float, confidence: float, **more: Any) -> Plan:
        """See quality.acceptance.plan; the population is what these documents have to judge."""
        units = self._units(self._ids(refs, pair), pair)
        if pair and not units:
            raise InputError("these documents have no links that are sure enough to be shown; align or link them first")
        return acceptance.plan(len(units), limit, confidence, **more)

    def start(
        self,
        refs: Sequence[str],
        plan: Plan,
        *,
        pair: bool = False,
        name: str = "",
        scheme: Scheme = Scheme.GRADE,
        seed: int | None = None,
        judges: Sequence[str] = (),
        overlap: float = 0.0,
        attention: int = 0,
        blind: bool = False,
        prefill: bool = True,
        by: Sequence[str] = (),
        suspects: int = _SUSPECTS,
    ) -> Campaign:
        """Draw the lists and keep them; nothing that is said later changes them.

        `suspects`: how many of the units with the worst estimates are listed apart; 0: none, and nothing is estimated.

        Raises InputError where documents changed since they were planned for, or options contradict each other.
        """
        docs = self._ids(refs, pair)
        units = self._units(docs, pair)
        if len(units) != plan.population:
            raise InputError(f"there are {len(units)} units to judge and the plan is for {plan.population}; plan anew")
        if not 0 <= overlap <= 1 or attention < 0 or suspects < 0:
            raise InputError("an overlap lies between 0 and 1, and numbers of units are not negative")
        seed = secrets.randbelow(10**6) if seed is None else seed
        candidates = [Candidate(unit.id, unit.doc, len(unit.src_text)) for unit in units.values()]
        drawn = sampling.draw(candidates, seed, by)
        estimates = self._estimates(docs, pair) if suspects else {}
        values = {unit: value for unit, (value, _) in estimates.items()}
        campaign = Campaign(
            number=0,
            name=name or self._named(docs),
            docs=docs,
            pair=pair,
            scheme=scheme,
            plan=plan,
            seed=seed,
            judges=tuple(dict.fromkeys(judges)),
            overlap=overlap,
            attention=attention,
            blind=blind,
            prefill=prefill,
            by=tuple(by),
            random=drawn,
            risk=sampling.worst_first(values, suspects, drawn[: plan.sample]),
            estimates=values,
            reasons={unit: reasons for unit, (_, reasons) in estimates.items() if reasons},
            user=self._bench.user,
            created_at="",
        )
        return self.get(self._store.put_campaign(campaign))

    def _ids(self, refs: Sequence[str], pair: bool) -> tuple[str, ...]:
        docs = tuple(dict.fromkeys(self._bench.document_id(ref) for ref in refs))
        if pair and len(docs) != 2:
            raise InputError(f"an aligned pair is two documents, got {len(docs)}")
        return docs or tuple(info.id for info in self._bench.documents())

    def _named(self, docs: Sequence[str]) -> str:
        names = {info.id: info.name for info in self._bench.documents()}
        return " and ".join(names[doc] for doc in docs) if len(docs) < 3 else f"{len(docs)} documents"

    def _estimates(self, docs: tuple[str, ...], pair: bool) -> dict[str, tuple[float, tuple[str, ...]]]:
        units = self._units(docs, pair)
        name, state = f"estimates {docs} {pair}", self._bench.state()
        found: dict[str, tuple[float, tuple[str, ...]]] = self._remembered(
            name, state, lambda: spotunits.estimates(self._bench, docs, pair, units)
        )
        return found

    # -- what there is

    def all(self) -> list[Campaign]:
        """In the order they were begun."""
        return self._store.campaigns()

    def get(self, number: int) -> Campaign:
        """Raises UnknownItemError."""
        return self._store.campaign(number)

    def units(self, campaign: Campaign) -> Mapping[str, Unit]:
        """What can be judged now, by id, in the order of the documents."""
        return self._units(campaign.docs, campaign.pair)

    def _units(self, docs: tuple[str, ...], pair: bool) -> dict[str, Unit]:
        def made() -> dict[str, Unit]:
            return spotunits.links(self._bench, *docs) if pair else spotunits.translations(self._bench, docs)

        units: dict[str, Unit] = self._remembered(f"units {docs} {pair}", self._bench.state(), made)
        return units

    # -- judging

    def tasks(self, campaign: Campaign, stratum: Stratum) -> list[Task]:
        """The user's list: the random sample with what tests attention in between, or the suspects.

        Raises InputError where others judge here.
        """
        judge = self._judge(campaign)
        if stratum is Stratum.RISK:
            return sampling.risk_tasks(campaign)
        name = f"tasks of spot check {campaign.number} {judge}"
        until = len(campaign.random) if campaign.plan.sequential else campaign.plan.sample
        made = self._remembered(name, None, lambda: sampling.random_tasks(campaign, judge, until))
        units = self.units(campaign)
        return [task for task in made if not task.decoy or _misleads(task, units)]

    def _judge(self, campaign: Campaign) -> str:
        user = self._bench.user
        if campaign.judges and user not in campaign.judges:
            raise InputError(
                f"{campaign.name} is judged by {', '.join(campaign.judges)}, and you are {user or 'nobody'};"
                " say who you are, or begin a spot check of your own"
            )
        return user

    def view(self, campaign: Campaign, stratum: Stratum, number: int | None = None) -> TaskView | None:
        """A task of the user's list by its number, from 1, or the first that waits; None where there is none.

        Units that are gone are passed over. Nothing waits of a sequential plan once it is decided.
        """
        units, tasks = self.units(campaign), self.tasks(campaign, stratum)
        done = self._done(campaign)
        there = [at for at, task in enumerate(tasks) if task.unit in units]
        waiting = [at for at in there if (tasks[at].stratum, tasks[at].unit) not in done]
        if number is None and (not waiting or self._is_decided(campaign, stratum)):
            return None
        at = waiting[0] if number is None else max((at for at in there if at < max(number, 1)), default=-1)
        if at < 0:
            return None
        task, unit = tasks[at], units[tasks[at].unit]
        return self._view(campaign, task, unit, at + 1, len(tasks), len(waiting))

    def _is_decided(self, campaign: Campaign, stratum: Stratum) -> bool:
        is_open = not campaign.plan.sequential or stratum is Stratum.RISK
        return not is_open and self.verdict(campaign).outcome is not Outcome.GO_ON

    def _view(self, campaign: Campaign, task: Task, unit: Unit, number: int, of: int, left: int) -> TaskView:
        units = self.units(campaign)
        said = self._said(campaign).get((task.stratum, task.unit, self._bench.user))
        draft = self._store.draft(campaign.number, task.stratum, task.unit, self._bench.user)
        if task.decoy:
            shown = units[task.decoy]
            target, model, corrected = shown.tgt_text, shown.model, ""
        else:
            target, model, corrected = _as_found(unit, said, draft)
        if draft is not None:
            said = _of_draft(draft, task, self._bench.user)
        before, after = spotunits.around(list(units.values()), unit, _NEIGHBOURS)
        suspects = () if campaign.blind or not campaign.prefill or task.decoy else spotunits.suspects(unit, target)
        if draft is not None and "suspects" in draft:
            suspects = tuple(_issue(each) for each in draft["suspects"])
        elif said is not None:
            suspects = ()
        return TaskView(
            task, number, of, left, unit, target, model, corrected, before, after, said, draft is not None, suspects
        )

    def _said(self, campaign: Campaign) -> dict[tuple[Stratum, str, str], Judgement]:
        """The latest word of each judge on each unit of each list."""
        said: dict[tuple[Stratum, str, str], Judgement] = self._remembered(
            f"said in spot check {campaign.number}",
            self._store.latest_judgement(campaign.number),
            lambda: {(each.stratum, each.unit, each.judge): each for each in self._store.judgements(campaign.number)},
        )
        return said

    def _done(self, campaign: Campaign) -> set[tuple[Stratum, str]]:
        """What the user has judged, but for what is another text now."""
        units = self.units(campaign)
        return {
            (stratum, unit)
            for (stratum, unit, judge), said in self._said(campaign).items()
            if judge == self._bench.user and _state(said, units.get(unit)) is not State.STALE
        }

    def judge(
        self,
        campaign: Campaign,
        task: Task,
        seen: str,
        grade: Grade | None = None,
        marks: Sequence[Mark] = (),
        score: float | None = None,
        note: str = "",
    ) -> Judgement:
        """Keep what the user says of a unit; what they said before stays in the file and counts no more.

        `seen`: the translation that was judged. Raises ConflictError where it is another by now, InputError on marks
        and scores that cannot be.
        """
        view = self._task_view(campaign, task)
        if view.target != seen:
            raise ConflictError("this translation was changed meanwhile, so nothing was kept; look at it again")
        texts = {"src": view.unit.src_text, "tgt": view.target}
        judging.check_marks(campaign.scheme, marks, texts, score)
        said = Judgement(
            task.unit,
            task.stratum,
            self._judge(campaign),
            judging.grade(campaign.scheme, grade, marks),
            tuple(marks),
            score,
            note.strip(),
            view.unit.src_text,
            view.target,
            view.model,
        )
        self._store.judge(campaign.number, [said])
        return said

    def _task_view(self, campaign: Campaign, task: Task) -> TaskView:
        unit = self.units(campaign).get(task.unit)
        if unit is None:
            raise UnknownItemError(f"the unit {task.unit} is no longer in {campaign.name}; go on to the next")
        return self._view(campaign, task, unit, 0, 0, 0)

    def keep_draft(self, campaign: Campaign, task: Task, said: Mapping[str, Any]) -> None:
        """Keep what the user has marked of a unit so far: `marks`, `score`, `note`, and the
        `suspects` that are still open."""
        known = self._store.draft(campaign.number, task.stratum, task.unit, self._bench.user) or {}
        wanted = {**known, **said}
        self._store.put_draft(campaign.number, task.stratum, task.unit, self._judge(campaign), wanted)

    def take_back_latest(self, campaign: Campaign) -> Judgement | None:
        """Take back what the user said last, whose unit then waits to be judged again; None: nothing is left."""
        judge = self._judge(campaign)
        mine = [each for each in self._said(campaign).values() if each.judge == judge]
        if not mine:
            return None
        last = mine[-1]
        self._store.withdraw(campaign.number, last.stratum, last.unit, judge)
        self._store.put_draft(campaign.number, last.stratum, last.unit, judge, _as_draft(last))
        return last

    # -- correcting

    def correct(self, campaign: Campaign, task: Task, text: str) -> None:
        """Write the English of a unit by hand. It is judged as it was found, before and after."""
        if campaign.pair:
            raise InputError("the texts of a pair are the documents' own; correct the document and add it again")
        if task.decoy:
            raise InputError(
                "this translation is wrong on purpose, to see whether judges look; there is nothing to correct"
            )
        view = self._task_view(campaign, task)
        if not view.corrected:
            found = {"src": view.unit.src_text, "tgt": view.target, "model": view.model}
            if view.said is None or view.is_draft:
                self.keep_draft(campaign, task, {"found": found})
        self._bench.edit_translation(task.unit, text)

    def same_source(self, segment_id: str) -> list[Same]:
        """The other passages of all documents with the same text in the same language."""
        views = [(info.name, view) for info in self._bench.documents() for view in self._bench.segments(info.id)]
        mine = next((view for _, view in views if view.id == segment_id), None)
        if mine is None:
            raise UnknownItemError(f"there is no passage {segment_id!r}; the document may have changed")
        wanted = (mine.segment.lang, mine.segment.text)
        return [_same(name, view) for name, view in views if _text(view) == wanted and view.id != segment_id]

    def correct_all(self, segment_ids: Sequence[str], text: str) -> int:
        """Write one English for several passages; each can be undone by itself. Returns how many changed."""
        edits = [self._bench.edit_translation(segment_id, text) for segment_id in segment_ids]
        return sum(edit.before != edit.after for edit in edits)

    # -- results

    def progress(self, campaign: Campaign) -> list[Progress]:
        """How far each judge is on each list; of whoever judged where no judges were named."""
        said = list(self._said(campaign).values())
        judges = campaign.judges or tuple(dict.fromkeys(each.judge for each in said))
        sample = campaign.plan.sample
        found = []
        for judge in judges:
            mine = {(each.stratum, each.unit) for each in said if each.judge == judge}
            wanted = sum(not campaign.judges or judge in sampling.judges_of(campaign, at) for at in range(sample))
            for stratum, of in ((Stratum.RANDOM, wanted), (Stratum.RISK, len(campaign.risk))):
                found.append(Progress(judge, stratum, sum(key[0] is stratum for key in mine), of))
        return found

    def verdict(self, campaign: Campaign) -> Verdict:
        """What may be said so far: cheap, asked after every judgement."""
        return standing(campaign, self._findings(campaign))

    def report(self, campaign: Campaign) -> Report:
        """What the spot check has come to so far."""
        state = (self._store.latest_judgement(campaign.number), self._bench.state())
        name = f"report of spot check {campaign.number}"
        found: Report = self._remembered(name, state, lambda: report(campaign, self._findings(campaign)))
        return found

    def _findings(self, campaign: Campaign) -> list[Finding]:
        units = self.units(campaign)
        return [_finding(said, units.get(said.unit)) for said in self._said(campaign).values()]

    def body(self, campaign: Campaign) -> str:
        """The report as HTML, without a frame."""
        return report_html.body(self.report(campaign), __version__)

    def summary(self, campaign: Campaign) -> list[str]:
        """The report in a few lines."""
        return summary(self.report(campaign))

    def written(self, campaign: Campaign, format: str) -> bytes:
        """The report as a file, one of FORMATS. Raises ExportError on another format."""
        found = self.report(campaign)
        if format == "html":
            return report_html.page(found, __version__).encode()
        if format == "csv":
            return table(HEADER, rows(found), "csv")
        if format == "tsv":
            return table(mqm.COLUMNS, mqm.rows(rated(found)), "tsv")
        raise ExportError(f"{format!r} is no format for a report; choose one of {', '.join(FORMATS)}")

    # -- judging elsewhere

    def sheet(self, campaign: Campaign, stratum: Stratum) -> list[list[str | float]]:
        """The user's list as rows of judging.SHEET, to be filled in elsewhere; what is judged is filled in."""
        units, said = self.units(campaign), self._said(campaign)
        lines: list[list[str | float]] = []
        for task in self.tasks(campaign, stratum):
            if task.decoy or task.unit not in units:
                continue
            unit, known = units[task.unit], said.get((stratum, task.unit, self._bench.user))
            score = "" if known is None or known.score is None else known.score
            words = (known.grade.value if known else "", score, known.note if known else "")
            lines.append([unit.id, unit.doc, unit.place, unit.src_text, unit.tgt_text, *words, self._bench.user])
        return lines

    def read_sheet(self, campaign: Campaign, data: bytes, name: str, stratum: Stratum) -> Taken:
        """Take in a judge's file, as `sheet` writes it; lines that cannot be used are told, the others count."""
        read, faults = judging.read_sheet(data, name, self._bench.user)
        lines, contradictions = judging.conflicts(read, name)
        units = self.units(campaign)
        known = set(campaign.risk if stratum is Stratum.RISK else campaign.random)
        said = self._said(campaign)
        taken = []
        for row in lines:
            fault = self._fault(campaign, row, known, units)
            if fault:
                faults.append(f"{name} line {row.line}: {fault}")
            else:
                taken.append(_of_row(row, units[row.unit], stratum, campaign.scheme))
                faults += _revision(said.get((stratum, row.unit, row.judge)), row, name)
        if taken:
            self._store.judge(campaign.number, taken)
        return Taken(len(taken), (*faults, *contradictions))

    def _fault(self, campaign: Campaign, row: judging.SheetRow, known: set[str], units: Mapping[str, Unit]) -> str:
        """Why a line is not taken; empty: it is."""
        if row.unit not in known or row.unit not in units:
            return f"{row.unit} is no unit of this list of spot check {campaign.number}; is it the right file?"
        if campaign.judges and row.judge not in campaign.judges:
            return f"{row.judge} is none of its judges, {', '.join(campaign.judges)}"
        if row.target and judging.plain(row.target) != judging.plain(units[row.unit].tgt_text):
            return f"the translation of {row.unit} has changed since the file was written; judge it anew"
        return ""


def _misleads(task: Task, units: Mapping[str, Unit]) -> bool:
    """Whether the wrong translation is another than the right one."""
    unit, decoy = units.get(task.unit), units.get(task.decoy)
    return unit is not None and decoy is not None and unit.tgt_text != decoy.tgt_text


def _issue(kept: Mapping[str, Any]) -> Issue:
    return Issue(kept["check"], Severity(kept["severity"]), kept["side"], kept["start"], kept["end"], kept["reason"])


def _as_found(unit: Unit, said: Judgement | None, draft: Mapping[str, Any] | None) -> tuple[str, str, str]:
    """A translation as it was found and who wrote it, and as a person has corrected it since; empty: nobody has."""
    found = (draft or {}).get("found")
    if found is None and said is not None:
        found = {"src": said.src_text, "tgt": said.tgt_text, "model": said.model}
    was_there = found is not None and found["src"] == unit.src_text and found["tgt"] != unit.tgt_text
    if found is None or not (was_there and unit.by_hand):
        return unit.tgt_text, unit.model, ""
    return found["tgt"], found["model"], unit.tgt_text


def _as_draft(said: Judgement) -> dict[str, Any]:
    found = {"src": said.src_text, "tgt": said.tgt_text, "model": said.model}
    marks = [asdict(mark) for mark in said.marks]
    return {"marks": marks, "score": said.score, "note": said.note, "suspects": [], "found": found}


def _of_draft(draft: Mapping[str, Any], task: Task, judge: str) -> Judgement:
    marks = tuple(map(Mark.of, draft.get("marks", [])))
    return Judgement(task.unit, task.stratum, judge, Grade.UNSURE, marks, draft.get("score"), draft.get("note", ""))


def _state(said: Judgement, unit: Unit | None) -> State:
    """How a judgement stands to what there is now."""
    if said.stratum is Stratum.ATTENTION:
        return State.CURRENT
    if unit is None or said.src_text != unit.src_text:
        return State.STALE
    if said.tgt_text == unit.tgt_text:
        return State.CURRENT
    return State.CORRECTED if unit.by_hand else State.STALE


def _finding(said: Judgement, unit: Unit | None) -> Finding:
    where = (unit.doc, unit.place) if unit else ("a document that is gone", 0)
    return Finding(said, *where, _state(said, unit))


def _of_row(row: judging.SheetRow, unit: Unit, stratum: Stratum, scheme: Scheme) -> Judgement:
    texts = (row.note, unit.src_text, unit.tgt_text, unit.model)
    severity = {Grade.MINOR: Severity.MINOR, Grade.MAJOR: Severity.MAJOR}.get(row.grade)
    # A grade without marks is one error that has no place.
    marks = (Mark("tgt", 0, 0, severity, "Other"),) if severity and scheme is not Scheme.GRADE else ()
    return Judgement(row.unit, stratum, row.judge, row.grade, marks, row.score, *texts)


def _revision(before: Judgement | None, row: judging.SheetRow, name: str) -> list[str]:
    """A sentence where a judge said something else before."""
    if before is None or (before.grade, before.score) == (row.grade, row.score):
        return []
    return [
        f"{name} line {row.line}: {row.judge} said {before.grade} of {row.unit} before and {row.grade} here;"
        " this counts, and both are kept"
    ]


def _same(name: str, view: SegmentView) -> Same:
    english = view.english
    by_hand = english is not None and english.state is TranslationState.EDITED
    return Same(view.id, name, view.index + 1, english.text if english else "", by_hand)


def _text(view: SegmentView) -> tuple[str, str]:
    return view.segment.lang, view.segment.text
