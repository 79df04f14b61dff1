"""What a spot check has come to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from workbench import __version__
from workbench.datatypes import Campaign, Stratum
from workbench.errors import ExportError
from workbench.export.tables import MIME, table
from workbench.quality import mqm, report_html, sampling
from workbench.quality.acceptance import Outcome
from workbench.quality.report import Beside, Report, State, report
from workbench.quality.report_text import HEADER, rated, rows, summary
from workbench.spotcheck.desk import Desk, is_about

# Of a report: what each is called, and its MIME type.
FORMATS = {
    "html": ("Report (HTML)", "text/html"),
    "csv": ("Judgements (CSV)", MIME["csv"]),
    "tsv": ("MQM table (TSV)", MIME["tsv"]),
}
_MOST_EARLIER = 5  # spot checks that are told of


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
        earlier = self._earlier(campaign)
        known = self._kept.latest(campaign.number), self._bench.state(), tuple(earlier.items())
        state = known, veiled, campaign.waits_for_suspects

        def made() -> Report:
            findings = self._findings(campaign)
            written = self._kept.written_since(campaign.created_at)
            drawn = {
                (each.unit, each.judgement.tgt_text) for each in findings if each.judgement.stratum is Stratum.RANDOM
            }
            names = self._bench.names()
            beside = Beside(
                documents=tuple(names.get(doc, "a document that is gone") for doc in campaign.docs),
                came_later=len(self.units(campaign).keys() - set(campaign.random)),
                corrected_first=len(drawn & written),
                milder_since=len(self._kept.milder_since(campaign.number)),
                earlier=earlier,
                untranslated=self._untranslated(campaign),
            )
            return report(campaign, findings, self._replaced(campaign), veiled, beside)

        return self._remembered(f"report of spot check {campaign.number}", state, made)

    def _earlier(self, campaign: Campaign) -> dict[int, Outcome]:
        """What the latest spot checks of some of the same texts came to that were begun before, and judged in."""
        before = (each for each in reversed(self.all()) if each.number < campaign.number and each.pair is campaign.pair)
        alike = (each for each in before if is_about(each, campaign.docs) and self._said(each))
        return {each.number: self.verdict(each).outcome for each in islice(alike, _MOST_EARLIER)}

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
