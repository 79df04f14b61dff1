"""What a spot check has come to."""

from __future__ import annotations

from dataclasses import dataclass

from workbench import __version__
from workbench.datatypes import Campaign, Stratum
from workbench.errors import ExportError
from workbench.export.tables import MIME, table
from workbench.quality import mqm, report_html, sampling
from workbench.quality.report import Report, State, report
from workbench.quality.report_text import HEADER, rated, rows, summary
from workbench.spotcheck.desk import Desk

# Of a report: what each is called, and its MIME type.
FORMATS = {
    "html": ("Report (HTML)", "text/html"),
    "csv": ("Judgements (CSV)", MIME["csv"]),
    "tsv": ("MQM table (TSV)", MIME["tsv"]),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a judge is on a list. Of the random sample of a sequential plan nobody can say how long it gets.

    `judged`: of what is on it, but for what is another text now, and waits again.
    """

    judge: str
    stratum: Stratum
    judged: int
    of: int


class Reporting(Desk):
    """How far judges are, and the report in every form."""

    def progress(self, campaign: Campaign) -> list[Progress]:
        """How far each judge is on each list; of whoever judged where no judges were named."""
        said = [each.judgement for each in self._findings(campaign) if each.state is not State.STALE]
        judges = campaign.judges or tuple(dict.fromkeys(each.judge for each in self._said(campaign).values()))
        there, without = self.units(campaign), self._replaced(campaign)
        reach = sampling.reach(campaign, without)
        found = []
        for judge in judges:
            mine = {(each.stratum, each.unit) for each in said if each.judge == judge}
            drawn = sampling.drawn_for(campaign, judge, sampling.most(campaign, without))
            sample = sampling.drawn_for(campaign, judge, reach)
            wanted = sum(unit in there or (Stratum.RANDOM, unit) in mine for unit in sample)
            for stratum, units, of in (
                (Stratum.RANDOM, drawn, wanted),
                (Stratum.RISK, campaign.risk, len(campaign.risk)),
            ):
                found.append(Progress(judge, stratum, sum((stratum, unit) in mine for unit in units), of))
        return found

    def report(self, campaign: Campaign) -> Report:
        """What the spot check has come to so far."""
        veiled = self.veil(campaign.docs, campaign.pair) is not None
        state = (self._kept.latest(campaign.number), self._bench.state(), veiled, campaign.waits_for_suspects)

        def made() -> Report:
            findings = self._findings(campaign)
            came_later = len(self.units(campaign).keys() - set(campaign.random))
            written = self._kept.written_since(campaign.created_at)
            drawn = {
                (each.unit, each.judgement.tgt_text) for each in findings if each.judgement.stratum is Stratum.RANDOM
            }
            names = self._bench.names()
            return report(
                campaign,
                findings,
                self._replaced(campaign),
                veiled,
                came_later,
                corrected_first=len(drawn & written),
                documents=[names.get(doc, "a document that is gone") for doc in campaign.docs],
            )

        return self._remembered(f"report of spot check {campaign.number}", state, made)

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
