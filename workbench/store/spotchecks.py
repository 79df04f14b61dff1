"""Spot checks: what is judged, what judges said, and what they have marked so far."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from workbench.datatypes import Campaign, Grade, Judgement, Mark, Plan, Scheme, Stratum
from workbench.errors import JudgedMeanwhileError, UnknownItemError
from workbench.store import history
from workbench.store.rows import Draft

_APART = ("number", "random", "risk", "estimates", "reasons", "user", "created_at")  # columns of their own
_COLUMNS = "stratum, unit, judge, grade, marks, score, note, src_text, tgt_text, model, judged_at"


def put(connection: sqlite3.Connection, campaign: Campaign) -> int:
    about = {each.name: getattr(campaign, each.name) for each in fields(campaign) if each.name not in _APART}
    about["plan"] = asdict(campaign.plan)
    number = connection.execute(
        "INSERT INTO campaign (about, random, risk, estimates, user, created_at) VALUES (?, ?, '[]', '{}', ?, ?)",
        (json.dumps(about), json.dumps(campaign.random), campaign.user, history.now()),
    ).lastrowid
    assert number is not None
    return number


def put_suspects(
    connection: sqlite3.Connection,
    number: int,
    risk: Sequence[str],
    estimates: Mapping[str, tuple[float, Sequence[str]]],
) -> None:
    connection.execute(
        "UPDATE campaign SET risk = ?, estimates = ? WHERE number = ? AND estimates = '{}'",
        (json.dumps(risk), json.dumps(estimates), number),
    )


def unblind(connection: sqlite3.Connection, number: int, user: str) -> None:
    connection.execute(
        "UPDATE campaign SET about = json_set(about, '$.blind', json('false'), '$.unblinded_by', ?)"
        " WHERE number = ? AND json_extract(about, '$.blind')",
        (user, number),
    )


def campaigns(connection: sqlite3.Connection, only_blind: bool) -> list[Campaign]:
    condition = "json_extract(about, '$.blind')" if only_blind else "true"
    return [_campaign(row) for row in connection.execute(f"SELECT * FROM campaign WHERE {condition} ORDER BY number")]


def campaign(connection: sqlite3.Connection, number: int) -> Campaign:
    row = connection.execute("SELECT * FROM campaign WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise UnknownItemError(f"There is no spot check {number}; `spotcheck list` shows those there are.")
    return _campaign(row)


def _campaign(row: sqlite3.Row) -> Campaign:
    about = json.loads(row["about"])
    for name in ("docs", "judges", "by"):
        about[name] = tuple(about[name])
    estimates = json.loads(row["estimates"])
    return Campaign(
        **{**about, "scheme": Scheme(about["scheme"]), "plan": Plan(**about["plan"])},
        number=row["number"],
        random=tuple(json.loads(row["random"])),
        risk=tuple(json.loads(row["risk"])),
        estimates={unit: value for unit, (value, _) in estimates.items()},
        reasons={unit: tuple(reasons) for unit, (_, reasons) in estimates.items() if reasons},
        user=row["user"],
        created_at=row["created_at"],
    )


def judge(
    connection: sqlite3.Connection,
    campaign: int,
    judgements: Sequence[Judgement],
    since: int | None,
    drafts: Collection[int],
) -> int:
    if since is not None:
        for each in judgements:
            _check(connection, campaign, each, since)
    at = history.now()
    connection.executemany(
        f"INSERT INTO judgement (campaign, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((campaign, *_values(each), at) for each in judgements),
    )
    connection.executemany("DELETE FROM draft WHERE number = ?", ((number,) for number in drafts))
    return latest(connection, campaign)


def _check(connection: sqlite3.Connection, campaign: int, wanted: Judgement, since: int) -> None:
    row = connection.execute(
        "SELECT * FROM judgement WHERE campaign = ? AND stratum = ? AND unit = ? AND judge = ?"
        " ORDER BY number DESC LIMIT 1",
        (campaign, wanted.stratum, wanted.unit, wanted.judge),
    ).fetchone()
    if row is not None and row["number"] > since and row["grade"] is not None:
        raise JudgedMeanwhileError(_judgement(row))


def take_back(connection: sqlite3.Connection, campaign: int, judge: str) -> Judgement | None:
    row = connection.execute(
        "SELECT * FROM judgement WHERE grade IS NOT NULL AND number IN"
        " (SELECT max(number) FROM judgement WHERE campaign = ? AND judge = ? GROUP BY stratum, unit)"
        " ORDER BY number DESC LIMIT 1",
        (campaign, judge),
    ).fetchone()
    if row is None:
        return None
    last = _judgement(row)
    values = (campaign, last.stratum, last.unit, judge, None, "[]", None, "", "", "", "", history.now())
    connection.execute(
        f"INSERT INTO judgement (campaign, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values
    )
    later = drafts(connection, campaign, last.stratum, last.unit, judge)[-1:]  # what was marked to revise it
    said = _as_draft(last) | (dict(later[0].said) if later else {})
    put_draft(connection, campaign, last.stratum, last.unit, judge, said, later[0].number if later else None)
    return last


def judgements(connection: sqlite3.Connection, campaign: int) -> list[Judgement]:
    found = connection.execute(
        "SELECT * FROM judgement WHERE grade IS NOT NULL AND number IN"
        " (SELECT max(number) FROM judgement WHERE campaign = ? GROUP BY stratum, unit, judge) ORDER BY number",
        (campaign,),
    )
    return [_judgement(row) for row in found]


def latest(connection: sqlite3.Connection, campaign: int) -> int:
    row = connection.execute("SELECT max(number) AS number FROM judgement WHERE campaign = ?", (campaign,)).fetchone()
    return int(row["number"] or 0)


def put_draft(
    connection: sqlite3.Connection,
    campaign: int,
    stratum: Stratum,
    unit: str,
    judge: str,
    said: Mapping[str, object],
    began: int | None,
) -> list[Draft]:
    connection.execute("DELETE FROM draft WHERE number = ?", (began,))
    connection.execute(
        "INSERT INTO draft (campaign, stratum, unit, judge, said) VALUES (?, ?, ?, ?, ?)",
        (campaign, stratum, unit, judge, json.dumps(said)),
    )
    return drafts(connection, campaign, stratum, unit, judge)


def drafts(connection: sqlite3.Connection, campaign: int, stratum: Stratum, unit: str, judge: str) -> list[Draft]:
    found = connection.execute(
        "SELECT number, said FROM draft WHERE campaign = ? AND stratum = ? AND unit = ? AND judge = ? ORDER BY number",
        (campaign, stratum, unit, judge),
    )
    return [Draft(row["number"], json.loads(row["said"])) for row in found]


def _as_draft(said: Judgement) -> dict[str, Any]:
    found = {"src": said.src_text, "tgt": said.tgt_text, "model": said.model}
    marks = [asdict(mark) for mark in said.marks]
    return {"marks": marks, "score": said.score, "note": said.note, "suspects": [], "found": found}


def _values(said: Judgement) -> tuple[Any, ...]:
    marks = json.dumps([asdict(mark) for mark in said.marks])
    texts = (said.note, said.src_text, said.tgt_text, said.model)
    return (said.stratum, said.unit, said.judge, said.grade, marks, said.score, *texts)


def _judgement(row: sqlite3.Row) -> Judgement:
    marks = tuple(map(Mark.of, json.loads(row["marks"]))) if row["marks"] != "[]" else ()
    return Judgement(
        row["unit"],
        Stratum(row["stratum"]),
        row["judge"],
        Grade(row["grade"]),
        marks,
        row["score"],
        row["note"],
        row["src_text"],
        row["tgt_text"],
        row["model"],
        row["judged_at"],
    )
