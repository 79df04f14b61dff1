"""A report as HTML: a body for the page of the workbench, or a file of its own that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from workbench.datatypes import Mark, Scheme, Stratum
from workbench.plurals import count
from workbench.quality.acceptance import at_most, exactly
from workbench.quality.agreement import Agreement
from workbench.quality.judging import SCORES
from workbench.quality.report import Estimated, Finding, Report, State, Tally
from workbench.quality.report_text import about, headline

_HERE = Path(__file__).parent
STYLE = (_HERE / "report.css").read_text(encoding="utf-8")
_WIDTH = 640.0  # of a plot, in its own units
_FEWEST_RANKED = 5  # units with a major error, and without, below which an AUROC says next to nothing
_LIMIT = 'stroke="var(--major)" stroke-width="3"'


def page(report: Report, version: str) -> str:
    """A file of its own. The same report gives the same bytes."""
    frame = (_HERE / "report_page.css").read_text(encoding="utf-8")
    title = escape(f"Spot check: {report.campaign.name}")
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{frame}{STYLE}</style></head>'
        f'<body><h1 dir="auto">{title}</h1>{body(report, version)}</body></html>\n'
    )


def body(report: Report, version: str) -> str:
    """What stands on the page; every text from documents and people is escaped."""
    parts = [
        _verdict(report),
        _tiles(report),
        '<div class="columns"><section>',
        "<h3>Share of units with a major error</h3>",
        _interval_plot(report),
        "</section><section>",
        "<h3>Random sample and suspects, never counted together</h3>",
        _tallies([report.random, report.risk], "list"),
        "</section></div>",
        _section("By document (random sample)", _by_document(report)),
        _section("Errors by kind and severity (random sample)", _categories(report)),
        _section("Agreement between judges (random sample)", _agreement(report.agreements)),
        _section("Attention", _attention(report)),
        _section("Estimate against judgement (random sample)", _estimated(report)),
        _section("The worst examples", "".join(_example(each) for each in report.worst)),
        _section("Notes", "".join(f"<p>{escape(note)}</p>" for note in report.notes)),
        _section("Method", _method(report, version)),
    ]
    return f'<div class="report">{"".join(parts)}</div>'


def _section(title: str, content: str) -> str:
    return f"<h3>{title}</h3>{content}" if content else ""


def _verdict(report: Report) -> str:
    found = report.verdict
    tone = found.outcome.value.split()[0]
    return (
        f'<div class="verdict {tone}"><strong>{escape(headline(report))}</strong>'
        f"<p>{escape(found.reason)}</p><p class='quiet'>Rule: {escape(found.rule)}</p></div>"
    )


def _tiles(report: Report) -> str:
    tally, plan = report.random, report.campaign.plan
    least = "at least " if plan.sequential else ""
    counted, judged = report.verdict.judged, report.verdict.judged + report.verdict.ahead
    told = "units of the random sample judged" + (
        f", of which {counted:,} count{'s' if counted == 1 else ''} so far" if judged > counted else ""
    )
    tiles = [(f"{judged:,} of {least}{plan.sample:,}", told)]
    if tally.share is not None:
        tiles.append((_share(tally.share), f"have a major error ({tally.major} of {tally.units - tally.unsure})"))
    if report.intervals and tally.units:
        found, exact = report.intervals[0], "conservative" if plan.stratified else "exact"
        told = found.told if plan.sequential else f"at most {at_most(found.high)}"
        tiles.append((told, f"with {exactly(found.confidence)} confidence, {exact}"))
    if tally.score is not None:
        tiles.append((f"{tally.score:.1f}", "MQM penalty per 1,000 words (lower is better)"))
    if report.esa is not None:
        tiles.append((f"{report.esa:.1f}", "mean ESA score, 0 to 100"))
    drawn = "".join(f'<div class="tile"><b>{escape(big)}</b>{escape(small)}</div>' for big, small in tiles)
    return f'<div class="tiles">{drawn}</div>'


def _share(value: float) -> str:
    """A share that was found, to a tenth of a percent; a smaller one is not called nothing."""
    return f"{100 * value:.1g} %" if 0 < value < 0.001 else f"{100 * value:.1f} %"


def _interval_plot(report: Report) -> str:
    """Each interval as a bar over an axis from 0, the limit as a line across each."""
    limit, tally = report.campaign.plan.limit, report.random
    if not tally.units:
        return "<p class='quiet'>Nothing counts yet.</p>"
    most = min(1.0, max(1.25 * limit, *(found.high for found in report.intervals), tally.share or 0) * 1.05)

    def at(share: float) -> float:
        return _WIDTH * share / most

    rows = []
    for number, found in enumerate(report.intervals):
        y, width = 24 + 40 * number, max(2.0, at(found.high) - at(found.low))
        label = f"{found.method}: {found.told}"
        rows.append(
            f'<text x="0" y="{y}">{escape(label)}</text>'
            f'<rect x="{at(found.low):.1f}" y="{y + 6}" width="{width:.1f}" height="10"'
            ' rx="5" fill="var(--accent)" opacity="0.75"/>'
            f'<line x1="{at(limit):.1f}" x2="{at(limit):.1f}" y1="{y + 4}" y2="{y + 18}" {_LIMIT}/>'
        )
        if tally.share is not None:
            rows.append(f'<circle cx="{at(tally.share):.1f}" cy="{y + 11}" r="6" fill="currentColor"/>')
    height = 40 * len(report.intervals) + 14
    middle = min(max(at(limit), 80.0), _WIDTH - 110)  # of its label, clear of those at both ends
    axis = (
        f'<line x1="0" x2="{_WIDTH:.0f}" y1="{height}" y2="{height}" stroke="currentColor" opacity="0.4"/>'
        f'<line x1="{at(limit):.1f}" x2="{at(limit):.1f}" y1="{height - 5}" y2="{height + 5}" {_LIMIT}/>'
        f'<text x="{middle:.1f}" y="{height + 20}" text-anchor="middle">limit {exactly(limit)}</text>'
        f'<text x="0" y="{height + 20}">0</text>'
        f'<text x="{_WIDTH:.0f}" y="{height + 20}" text-anchor="end">{_share(most)}</text>'
    )
    return _svg(height + 24, "Intervals of the share of units with a major error", "".join(rows) + axis)


def _svg(height: float, label: str, content: str) -> str:
    return f'<svg viewBox="0 0 {_WIDTH:.0f} {height:.0f}" role="img" aria-label="{escape(label)}">{content}</svg>'


def _by_document(report: Report) -> str:
    """Of one alone it would say again what the random sample does."""
    return _tallies(report.by_document, "document") if len(report.by_document) > 1 else ""


def _tallies(tallies: Sequence[Tally], name: str) -> str:
    header = [name, "units", "good", "minor", "major", "unsure", "major, share"]
    scored = any(each.score is not None for each in tallies)
    rows = []
    for each in tallies:
        good = each.units - each.minor - each.major - each.unsure
        share = "–" if each.share is None else _share(each.share)
        score = "–" if each.score is None else f"{each.score:.1f}"
        counts = [str(number) for number in (each.units, good, each.minor, each.major, each.unsure)]
        rows.append([each.name, *counts, share, *([score] if scored else [])])
    return _table([*header, *(["MQM / 1,000 words"] if scored else [])], rows)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The first column holds texts, the others numbers."""

    def cells(tag: str, row: Sequence[str]) -> str:
        return "".join(
            f"<{tag}{' class=n' if at else ' dir=auto'}>{escape(cell)}</{tag}>" for at, cell in enumerate(row)
        )

    lines = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return f"<table><thead><tr>{cells('th', header)}</tr></thead><tbody>{lines}</tbody></table>"


def _categories(report: Report) -> str:
    if not report.by_category:
        return ""
    most = max(report.by_category.values())
    rows = []
    for number, ((category, severity), times) in enumerate(report.by_category.items()):
        y, width = 22 * number, 300 * times / most
        tone = "var(--minor)" if severity == "minor" else "var(--major)"
        rows.append(
            f'<text x="0" y="{y + 14}">{escape(category)}, {escape(severity)}</text>'
            f'<rect x="310" y="{y + 3}" width="{width:.1f}" height="14" rx="3" fill="{tone}"/>'
            f'<text x="{316 + width:.1f}" y="{y + 14}">{times}</text>'
        )
    return _svg(22 * len(rows) + 4, "Errors by kind and severity", "".join(rows))


def _agreement(agreements: Sequence[Agreement]) -> str:
    rows = [[f"{each.name}: {', '.join(each.judges)}", str(each.units), _coefficient(each)] for each in agreements]
    told = "1: always agree; 0: no more than by chance. Intervals (95 %) by the bootstrap over units."
    return _table(["coefficient", "units", "value"], rows) + f"<p class='quiet'>{told}</p>" if rows else ""


def _coefficient(each: Agreement) -> str:
    if each.value is None or each.low is None or each.high is None:
        return f"not told: {each.reason}"
    return f"{each.value:.2f} ({each.low:.2f} to {each.high:.2f})"


def _attention(report: Report) -> str:
    rows = [[each.judge, f"{each.seen} of {each.shown}"] for each in report.attention]
    return _table(["judge", "translations wrong on purpose that were called so"], rows) if rows else ""


def _estimated(report: Report) -> str:
    found = report.estimated
    if found.units < 2:
        return ""
    told = [
        _ranking(found),
        f"Spearman {found.spearman:.2f} between estimate and judgement" if found.spearman is not None else "",
    ]
    low, high = (pick(point[0] for point in found.points) for pick in (min, max))
    worst = max(1.0, *(point[1] for point in found.points))
    wide = (_WIDTH - 60) / ((high - low) or 1)
    dots = "".join(
        f'<circle cx="{40 + wide * (estimate - low):.1f}" cy="{28 + 130 * (1 - penalty / worst):.1f}" r="4"'
        f' opacity="0.6" fill="var(--{"major" if major else "accent"})"/>'
        for estimate, penalty, major in found.points
    )
    axes = (
        '<line x1="34" x2="34" y1="22" y2="164" stroke="currentColor" opacity="0.4"/>'
        f'<line x1="34" x2="{_WIDTH:.0f}" y1="164" y2="164" stroke="currentColor" opacity="0.4"/>'
        f'<text x="40" y="180">estimate {low:.2f}</text>'
        f'<text x="{_WIDTH:.0f}" y="180" text-anchor="end">{high:.2f}</text>'
        f'<text x="0" y="32">{worst:g}</text><text x="0" y="162">0</text><text x="0" y="14">penalty</text>'
    )
    sentence = ". ".join(part for part in told if part) + f". {count(found.units, 'unit')}."
    return f"<p class='quiet'>{escape(sentence)}</p>" + _svg(186, "Estimates against penalties", axes + dots)


def _ranking(found: Estimated) -> str:
    """How well the estimate tells major errors from the rest, where there are enough of both to tell."""
    errors = sum(major for _, _, major in found.points)
    of_each = f"{count(errors, 'unit')} with a major error, {found.units - errors:,} without"
    if found.auroc is None or min(errors, found.units - errors) < _FEWEST_RANKED:
        return f"AUROC not told: that takes {_FEWEST_RANKED} units of either kind ({of_each})"
    return f"AUROC {found.auroc:.2f}: how often a unit with a major error has the lower estimate ({of_each})"


def _example(each: Finding) -> str:
    said = each.judgement
    kinds = ", ".join(mark.category or mark.note for mark in said.marks if mark.category or mark.note)
    told = [
        f'<span class="chip {said.grade.value}">{said.grade.value}</span>',
        escape(f"{each.doc}, passage {each.place}" if each.place else each.doc),
        "random sample" if said.stratum is Stratum.RANDOM else "suspect",
        escape(f"judged by {said.judge}"),
        escape(kinds),
        "" if said.score is None else f"{said.score:g} of 100",
        escape(said.note),
        {State.CORRECTED: "corrected since", State.STALE: "another translation since"}.get(each.state, ""),
    ]
    texts = "".join(
        f'<p dir="auto">{marked(text, [mark for mark in said.marks if mark.side == side])}</p>'
        for side, text in (("src", said.src_text), ("tgt", said.tgt_text))
    )
    if each.corrected:
        verb = "corrected to" if each.state is State.CORRECTED else "proposed"
        texts += f'<p class="quiet verb">{verb}:</p><p dir="auto" class="corrected">{escape(each.corrected)}</p>'
    return f'<div class="example"><p class="quiet">{" · ".join(part for part in told if part)}</p>{texts}</div>'


def marked(text: str, marks: Sequence[Mark]) -> str:
    """A text with its errors in <mark>s; of overlapping ones the first counts."""
    parts, at = [], 0
    for mark in sorted(marks, key=lambda one: one.start):
        if mark.start >= at and mark.end > mark.start:
            parts += [escape(text[at : mark.start])]
            parts += [f'<mark class="{mark.severity}">{escape(text[mark.start : mark.end])}</mark>']
            at = mark.end
    return "".join([*parts, escape(text[at:])])


def _method(report: Report, version: str) -> str:
    campaign = report.campaign
    scheme = {"grade": "good, minor or major errors", "esa": "ESA", "mqm": "MQM, Google's typology and weights"}
    by = f", stratified by {' and '.join(campaign.by)}" if campaign.by else ""
    told = [
        *about(report),
        f"Population: {count(campaign.plan.population, 'unit')}. Random sample by seed {campaign.seed}{by}.",
        f"Judged as: {scheme[campaign.scheme]}{', blind' if campaign.blind else ''}"
        f"{', suspects prefilled' if campaign.prefill else ''}. Begun by {campaign.user}, {campaign.created_at[:10]}.",
        *([SCORES] if campaign.scheme is Scheme.ESA else []),
        "Where several judge a unit, an error counts if at least half of them see one as bad or worse.",
        "A character of a script without spaces counts as a word.",
        f"workbench {version}, spot check {campaign.number}.",
    ]
    return "".join(f"<p class='quiet'>{escape(line)}</p>" for line in told)
