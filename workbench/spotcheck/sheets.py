"""A judge's list as a file, filled in elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.datatypes import Campaign, Grade, Judgement, Mark, Scheme, Severity, Stratum
from workbench.errors import InputError
from workbench.export.incoming.sheets import delimited
from workbench.quality import judging
from workbench.spotcheck.judging import Judging
from workbench.spotcheck.units import Unit


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a judge's file: how many judgements were taken, and a sentence on each line that was not."""

    judgements: int
    faults: tuple[str, ...]


class Sheets(Judging):
    """Lists that go out as files, and judgements that come in."""

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
        read, faults = judging.read_sheet(lines_of(data, name), name, self._bench.user)
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
                judged = _of_row(row, units[row.unit], stratum, campaign.scheme)
                taken.append(judged)
                faults += _revision(said.get((stratum, row.unit, row.judge)), judged, f"{name} line {row.line}")
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


def lines_of(data: bytes, name: str) -> list[judging.Line]:
    """The lines of a judge's CSV or TSV file, however a spreadsheet wrote it. Raises InputError on what is none."""
    try:
        return [(row.number, row.cells) for row in delimited(data.decode("utf-8-sig"), judging.SHEET)]
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8 text; save it as CSV (UTF-8) or TSV") from error
    except InputError as error:
        raise InputError(f"{name}: {error}") from error


def _of_row(row: judging.SheetRow, unit: Unit, stratum: Stratum, scheme: Scheme) -> Judgement:
    texts = (row.note, unit.src_text, unit.tgt_text, unit.model)
    severity = {Grade.MINOR: Severity.MINOR, Grade.MAJOR: Severity.MAJOR}.get(row.grade)
    # A grade without marks is one error that has no place.
    marks = (Mark("tgt", 0, 0, severity, "Other"),) if severity and scheme is not Scheme.GRADE else ()
    grade = judging.grade(scheme, row.grade, marks, row.score)
    return Judgement(row.unit, stratum, row.judge, grade, marks, row.score, *texts)


def _revision(before: Judgement | None, now: Judgement, where: str) -> list[str]:
    """A sentence where a judge said something else before."""
    if before is None or (before.grade, before.score) == (now.grade, now.score):
        return []
    return [
        f"{where}: {now.judge} said {before.grade} of {now.unit} before and {now.grade} here; this counts, and both"
        " are kept"
    ]
