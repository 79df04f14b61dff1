"""One unit after the other, and what a judge says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from workbench.datatypes import Campaign, Grade, Issue, Judgement, Mark, Severity, Stratum
from workbench.errors import ConflictError, UnknownItemError
from workbench.quality import judging, sampling
from workbench.quality.acceptance import Outcome
from workbench.quality.report import State
from workbench.quality.sampling import Task
from workbench.spotcheck import units as judged
from workbench.spotcheck.desk import Desk, state_of
from workbench.spotcheck.units import Unit

if TYPE_CHECKING:
    from workbench.store import Draft

_NEIGHBOURS = 2  # passages of context on either side


@dataclass(frozen=True, slots=True)
class TaskView:
    """A unit on a judge's list as the page shows it.

    `number`: its place on the list, from 1, `of` how many; `left`: how many wait to be judged. `said`: what the judge
    said of it, or has marked so far where `is_draft`. `target`: the translation as it was found; `corrected`: as it
    is now, where a person has changed it since, or as the judge would have it, where it is a document's own text.
    `kept`: what the judge said of it that counts, draft or not. `since`: the store's latest judgement when that was
    looked up. `drafts`: what the judge has marked and not judged, of each browser tab its own, the latest last.
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
    suspects: tuple[Issue, ...]
    kept: Judgement | None
    since: int
    drafts: tuple[Draft, ...]

    @property
    def draft(self) -> Draft | None:
        """What `said` is, where it is a draft."""
        return self.drafts[-1] if self.drafts else None

    @property
    def is_draft(self) -> bool:
        return bool(self.drafts)

    @property
    def others(self) -> list[Draft]:
        """Drafts of other tabs that tell something, and something else."""
        mine = _told(self.drafts[-1]) if self.drafts else ()
        return [each for each in self.drafts if any(_told(each)) and _told(each) != mine]


class Judging(Desk):
    """A judge at work on a list."""

    def tasks(self, campaign: Campaign, stratum: Stratum) -> list[Task]:
        """The user's list: the random sample with what tests attention in between, or the suspects.

        Raises InputError where others judge here.
        """
        judge = self._judge(campaign)
        if stratum is Stratum.RISK:
            return sampling.risk_tasks(campaign)
        name = f"tasks of spot check {campaign.number} {judge}"
        until = sampling.most(campaign, self._replaced(campaign))
        state = until, campaign.seed, campaign.random  # a backup put back may have another by this number
        made = self._remembered(name, state, lambda: sampling.random_tasks(campaign, judge, until))
        units = self.units(campaign)
        return [task for task in made if not task.decoy or _misleads(task, units)]

    def view(self, campaign: Campaign, stratum: Stratum, number: int | None = None) -> TaskView | None:
        """A task of the user's list by its number, from 1, or the first that waits; None where there is none.

        In place of a unit that is gone comes the one before it, or the first that is there. Nothing waits of a
        sequential plan once it is decided.
        """
        units, tasks = self.units(campaign), self.tasks(campaign, stratum)
        done = self._done(campaign)
        there = [at for at, task in enumerate(tasks) if task.unit in units]
        waiting = [at for at in there if (tasks[at].stratum, tasks[at].unit) not in done]
        if not there or (number is None and (not waiting or self._is_decided(campaign, stratum))):
            return None
        at = waiting[0] if number is None else max((at for at in there if at < number), default=there[0])
        task, unit = tasks[at], units[tasks[at].unit]
        return self._view(campaign, task, unit, at + 1, len(tasks), len(waiting))

    def _is_decided(self, campaign: Campaign, stratum: Stratum) -> bool:
        is_open = not campaign.plan.sequential or stratum is Stratum.RISK
        return not is_open and self.verdict(campaign).outcome is not Outcome.GO_ON

    def _view(self, campaign: Campaign, task: Task, unit: Unit, number: int, of: int, left: int) -> TaskView:
        units = self.units(campaign)
        since = self._kept.latest(campaign.number)  # first: what comes meanwhile is to be noticed
        said, drafts = self._mine(campaign, task)
        before, after = judged.around(list(units.values()), unit, _NEIGHBOURS)
        target, model, corrected = self._shown(campaign, task, unit, said, drafts)
        hidden = task.decoy or not campaign.prefill or self.veil(campaign.docs, campaign.pair)
        suspects = () if hidden or said or drafts else judged.suspects(unit, target, self._bench.checks.wanted)
        view = TaskView(
            task=task,
            number=number,
            of=of,
            left=left,
            unit=unit,
            target=target,
            model=model,
            corrected=corrected,
            before=before,
            after=after,
            said=said,
            suspects=suspects,
            kept=said,
            since=since,
            drafts=(),
        )
        return _drafted(view, drafts, self._bench.user) if drafts else view

    def _mine(self, campaign: Campaign, task: Task) -> tuple[Judgement | None, list[Draft]]:
        """What the user said of a unit, and has marked."""
        of = task.stratum, task.unit, self._bench.user
        return self._said(campaign).get(of), self._kept.drafts(campaign.number, *of)

    def _shown(
        self, campaign: Campaign, task: Task, unit: Unit, said: Judgement | None, drafts: Sequence[Draft]
    ) -> tuple[str, str, str]:
        """See as_found; of what tests attention, the wrong translation, which nobody corrects."""
        decoy = self.units(campaign).get(task.decoy)
        return (decoy.tgt_text, decoy.model, "") if decoy else as_found(unit, said, drafts)

    def _done(self, campaign: Campaign) -> set[tuple[Stratum, str]]:
        """What the user has judged, but for what is another text now."""
        units = self.units(campaign)
        return {
            (stratum, unit)
            for (stratum, unit, judge), said in self._said(campaign).items()
            if judge == self._bench.user and state_of(said, units.get(unit)) is not State.STALE
        }

    def judge(
        self,
        campaign: Campaign,
        view: TaskView,
        grade: Grade | None = None,
        marks: Sequence[Mark] = (),
        score: float | None = None,
        note: str = "",
    ) -> Judgement:
        """Keep what the user says of a unit; what they said before stays in the file and counts no more.

        `view`: the unit as it was judged; the drafts that it knew of go. Raises ConflictError where its texts are
        others by now, JudgedMeanwhileError where the user judged it since, InputError on marks and scores that cannot
        be.
        """
        task = view.task
        self._corrected_now(campaign, view)
        texts = {"src": view.unit.src_text, "tgt": view.target}
        judging.check_marks(campaign.scheme, marks, texts, score)
        said = Judgement(
            task.unit,
            task.stratum,
            self._judge(campaign),
            judging.grade(campaign.scheme, grade, marks, score),
            tuple(marks),
            score,
            note.strip(),
            view.unit.src_text,
            view.target,
            view.model,
        )
        self._kept.judge(campaign.number, [said], view.since, [draft.number for draft in view.drafts])
        return said

    def _corrected_now(self, campaign: Campaign, view: TaskView) -> str:
        """How a unit is corrected by now, empty: not. Raises ConflictError where its texts are others than in the view,
        UnknownItemError where one is gone."""
        task, units = view.task, self.units(campaign)
        if task.unit not in units or (task.decoy and task.decoy not in units):
            raise UnknownItemError(f"the unit {task.unit} is no longer in {campaign.name}; go on to the next")
        unit = units[task.unit]
        target, _, corrected = self._shown(campaign, task, unit, *self._mine(campaign, task))
        if (unit.src_text, target) != (view.unit.src_text, view.target):
            raise ConflictError("this translation was changed meanwhile, so nothing was kept; look at it again")
        return corrected

    def keep_draft(self, campaign: Campaign, view: TaskView, said: Mapping[str, Any]) -> TaskView:
        """Keep what the user has marked of a unit so far: `marks`, `score`, `note`, and the `suspects` that are still
        open. Returns the view with that as its draft.

        It takes the place of the view's draft; what another tab has made of that meanwhile is kept beside it.
        """
        known, began = (view.draft.said, view.draft.number) if view.draft else ({}, None)
        task, judge = view.task, self._judge(campaign)
        drafts = self._kept.put_draft(campaign.number, task.stratum, task.unit, judge, {**known, **said}, began)
        return _drafted(view, drafts, judge)

    def other_draft(self, campaign: Campaign, view: TaskView) -> None:
        """Go on from what was marked in another tab; what was marked here becomes the other. Of several: in turn."""
        if view.others:
            self.keep_draft(campaign, replace(view, drafts=(view.others[0],)), {})

    def take_back_latest(self, campaign: Campaign) -> Judgement | None:
        """Take back what the user said last, whose unit then waits to be judged again; None: nothing is left."""
        return self._kept.take_back(campaign.number, self._judge(campaign))


def _misleads(task: Task, units: Mapping[str, Unit]) -> bool:
    """Whether the wrong translation is wrong: another than the right one, and of another source."""
    unit, decoy = units.get(task.unit), units.get(task.decoy)
    if unit is None or decoy is None:
        return False
    return unit.src_text != decoy.src_text and unit.tgt_text != decoy.tgt_text


def _issue(kept: Mapping[str, Any]) -> Issue:
    return Issue(kept["check"], Severity(kept["severity"]), kept["side"], kept["start"], kept["end"], kept["reason"])


def as_found(unit: Unit, said: Judgement | None, drafts: Sequence[Draft]) -> tuple[str, str, str]:
    """A translation as it was found and who wrote it, and as a person has corrected it since, or proposes to; empty:
    nobody has, or the judge, who is not to be swayed by others, has not looked yet."""
    found = next((draft.said["found"] for draft in reversed(drafts) if "found" in draft.said), None)
    if found is None and said is not None:
        found = {"src": said.src_text, "tgt": said.tgt_text, "model": said.model}
    was_there = found is not None and found["src"] == unit.src_text and found["tgt"] != unit.tgt_text
    if found is None or not (was_there and unit.by_hand):
        return unit.tgt_text, unit.model, unit.proposed if found is not None else ""
    return found["tgt"], found["model"], unit.tgt_text


def _drafted(view: TaskView, drafts: Sequence[Draft], judge: str) -> TaskView:
    """The view of who goes on from the latest of their drafts."""
    latest = drafts[-1].said
    suspects = tuple(map(_issue, latest.get("suspects", ())))
    return replace(view, said=_of_draft(latest, view.task, judge), suspects=suspects, drafts=tuple(drafts))


def _of_draft(draft: Mapping[str, Any], task: Task, judge: str) -> Judgement:
    marks = tuple(map(Mark.of, draft.get("marks", [])))
    return Judgement(task.unit, task.stratum, judge, Grade.UNSURE, marks, draft.get("score"), draft.get("note", ""))


def _told(draft: Draft) -> tuple[str, ...]:
    """What a person said in it; all empty: nothing."""
    marks, score, note = (draft.said.get(name) for name in ("marks", "score", "note"))
    return "" if not marks else str(marks), "" if score is None else f"{score:g}", note or ""
