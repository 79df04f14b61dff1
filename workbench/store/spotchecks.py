"""Spot checks: what is judged, what judges said, and what they have marked so far."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from workbench.datatypes import Campaign, Grade, Judgement, Mark, Plan, Scheme, Stratum
from workbench.errors import UnknownItemError
from workbench.store import history

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


def judge(connection: sqlite3.Connection, campaign: int, judgements: Sequence[Judgement]) -> int:
    at = history.now()
    connection.executemany(
        f"INSERT INTO judgement (campaign, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((campaign, *_values(each), at) for each in judgements),
    )
    connection.executemany(
        "DELETE FROM draft WHERE campaign = ? AND stratum = ? AND unit = ? AND judge = ?",
        ((campaign, each.stratum, each.unit, each.judge) for each in judgements),
    )
    return latest(connection, campaign)


def withdraw(connection: sqlite3.Connection, campaign: int, stratum: Stratum, unit: str, judge: str) -> None:
    values = (campaign, stratum, unit, judge, None, "[]", None, "", "", "", "", history.now())
    connection.execute(
        f"INSERT INTO judgement (campaign, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values
    )


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
) -> None:
    values = (campaign, stratum, unit, judge, json.dumps(said))
    connection.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?)", values)


def draft(
    connection: sqlite3.Connection, campaign: int, stratum: Stratum, unit: str, judge: str
) -> dict[str, Any] | None:
    row = connection.execute(
        "SELECT said FROM draft WHERE campaign = ? AND stratum = ? AND unit = ? AND judge = ?",
        (campaign, stratum, unit, judge),
    ).fetchone()
    return None if row is None else dict(json.loads(row["said"]))


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
