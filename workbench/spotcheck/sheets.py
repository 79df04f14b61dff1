"""A judge's list as a file, filled in elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from workbench.datatypes import Campaign, Grade, Judgement, Mark, Scheme, Severity, Stratum
from workbench.errors import InputError, JudgedMeanwhileError
from workbench.export.incoming.respelt import respelt, restored
from workbench.export.incoming.sheets import sheets
from workbench.ingest.decode import text_of
from workbench.ingest.reading import UnreadableError
from workbench.quality import judging, mqm
from workbench.quality.report import State
from workbench.spotcheck.desk import state_of
from workbench.spotcheck.judging import Judging, as_found
from workbench.spotcheck.units import Unit


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a judge's file: how many judgements were taken, how many lines say what was `known`, and a
    sentence on each that was not taken."""

    judgements: int
    faults: tuple[str, ...]
    known: int = 0


class Sheets(Judging):
    """Lists that go out as files, and judgements that come in."""

    def sheet(self, campaign: Campaign, stratum: Stratum) -> list[list[str | float]]:
        """The user's list as rows of judging.SHEET, to be filled in elsewhere; what is judged is filled in."""
        units = self.units(campaign)
        lines: list[list[str | float]] = []
        for task in self.tasks(campaign, stratum):
            if task.decoy or task.unit not in units:
                continue
            unit = units[task.unit]
            known = self._stands(campaign, unit, stratum, self._bench.user)
            target, _, _ = as_found(unit, known, ())
            score = "" if known is None or known.score is None else known.score
            words = (known.grade.value if known else "", score, known.note if known else "")
            lines.append([unit.id, unit.doc, unit.place, unit.src_text, target, *words, self._bench.user])
        return lines

    def _stands(self, campaign: Campaign, unit: Unit, stratum: Stratum, judge: str) -> Judgement | None:
        """What a judge said of a unit, unless that was of another text."""
        said = self._said(campaign).get((stratum, unit.id, judge))
        return None if said is None or state_of(said, unit) is State.STALE else said

    def read_sheet(self, campaign: Campaign, data: bytes, name: str, stratum: Stratum) -> Taken:
        """Take in a judge's file, as `sheet` writes it; lines that cannot be used are told, the others count.

        What the judge has said already stays as it is, with the errors that were marked on the page.
        """
        while True:
            since = self._kept.latest(campaign.number)  # first: what comes meanwhile is to be noticed
            taken, found = self._read(campaign, data, name, stratum)
            try:
                if taken:
                    self._kept.judge(campaign.number, taken, since)
            except JudgedMeanwhileError:
                continue
            return found

    def is_taken_in(self, campaign: Campaign, data: bytes, name: str, stratum: Stratum) -> bool:
        """Whether all that a judge's file says is known, so that it may be written anew. Raises InputError on a file
        that is none."""
        taken, found = self._read(campaign, data, name, stratum)
        return not (taken or found.faults)

    def _read(self, campaign: Campaign, data: bytes, name: str, stratum: Stratum) -> tuple[list[Judgement], Taken]:
        """What a judge's file says that is not known yet, and what becomes of it all."""
        read, faults = judging.read_sheet(lines_of(data, name), name, self._bench.user)
        lines, contradictions = judging.conflicts(read, name)
        units = self.units(campaign)
        known = set(campaign.risk if stratum is Stratum.RISK else campaign.random)
        taken: list[Judgement] = []
        again = 0
        for row in (replace(row, unit=restored(row.unit, known)) for row in lines):
            where = f"{name} line {row.line}"
            try:
                before, now = self._of_row(campaign, row, stratum, known, units)
            except InputError as error:
                faults.append(f"{where}: {error}")
                continue
            if before is not None and _told(before) == _told(now):
                again += 1
            else:
                taken.append(now)
                faults += _revision(before, now, where)
        return taken, Taken(len(taken), (*faults, *contradictions), again)

    def _of_row(
        self,
        campaign: Campaign,
        row: judging.SheetRow,
        stratum: Stratum,
        known: Collection[str],
        units: Mapping[str, Unit],
    ) -> tuple[Judgement | None, Judgement]:
        """What its judge said before and says now. Raises InputError where the line cannot be used."""
        if row.unit not in known or row.unit not in units:
            raise InputError(
                f"{row.unit} is no unit of this list of spot check {campaign.number}; is it the right file?"
            )
        if row.grade is None and campaign.scheme is not Scheme.ESA:
            raise InputError("there is a score and no grade; write good, minor, major or unsure")
        if campaign.judges and row.judge not in campaign.judges:
            raise InputError(f"{row.judge} is none of its judges, {', '.join(campaign.judges)}")
        unit = units[row.unit]
        before = self._stands(campaign, unit, stratum, row.judge)
        target, model, _ = as_found(unit, before, ())
        if row.target and not _is_same(target, row.target):
            raise InputError(f"the translation of {row.unit} has changed since the file was written; judge it anew")
        marks = _marks(row, before, campaign.scheme)
        grade = judging.grade(campaign.scheme, row.grade, marks, row.score)
        texts = (row.note, unit.src_text, target, model)
        return before, Judgement(row.unit, stratum, row.judge, grade, marks, row.score, *texts)


def lines_of(data: bytes, name: str) -> list[judging.Line]:
    """The lines of a judge's CSV, TSV or XLSX file, however a spreadsheet wrote it: of the first sheet that has any.
    Raises InputError on what is none."""
    try:
        found = sheets(data, text_of, judging.SHEET)
    except (InputError, UnreadableError) as error:
        raise InputError(f"{name}: {error}") from error
    return [(row.number, row.cells) for row in next(filter(None, found), [])]


def _is_same(target: str, found: str) -> bool:
    """Whether a translation on a sheet is this one, as far as a spreadsheet left it as it was."""
    return judging.plain(found) == judging.plain(target) or respelt(target, found)


def _marks(row: judging.SheetRow, before: Judgement | None, scheme: Scheme) -> tuple[Mark, ...]:
    """Those of before, where the grade is the same or none is given; a grade that they do not bear out is one error
    without a place."""
    severity = {Grade.MINOR: Severity.MINOR, Grade.MAJOR: Severity.MAJOR}.get(row.grade) if row.grade else None
    marks: tuple[Mark, ...] = ()
    if before is not None and row.grade in (before.grade, None):
        marks = before.marks
        if before.score == row.score:
            return marks
    if severity is None or scheme is Scheme.GRADE or mqm.grade(marks) is row.grade:
        return marks
    return (*marks, Mark("tgt", 0, 0, severity, "Other"))


def _told(said: Judgement) -> tuple[Grade, float | None, str]:
    return said.grade, said.score, said.note


def _revision(before: Judgement | None, now: Judgement, where: str) -> list[str]:
    """A sentence where a judge said something else before."""
    if before is None or (before.grade, before.score) == (now.grade, now.score):
        return []
    return [
        f"{where}: {now.judge} said {before.grade} of {now.unit} before and {now.grade} here; this counts, and both"
        " are kept"
    ]
