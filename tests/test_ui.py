"""The pages without a browser: what stands where, and what the page logic says and does."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import Future
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from tests.fakes import FakeWorkbench, job, long_sample, passage, sample
from tests.support import ROOT, absent, jobs_done_here
from workbench.align import Relation, verdict
from workbench.align.verdict import completed
from workbench.bench.spotcheck import workspace as judged_workspace
from workbench.core import Workbench
from workbench.datatypes import (
    Bead,
    Bitext,
    Grade,
    Layout,
    Setup,
    Status,
    Stratum,
    Translation,
    TranslationState,
    silent,
)
from workbench.errors import InputError
from workbench.ingest.decode import decode
from workbench.jobs import KINDS
from workbench.plurals import of_100
from workbench.store import JobState, Store, StoredBead
from workbench.ui import adding, installed, launch, opening, people, rows, words, working
from workbench.ui.answering import answer
from workbench.ui.feed import Feed

# -- what the browser is sent


def columns(bench: FakeWorkbench, *docs: str) -> list[rows.Column]:
    known = {info.id: info for info in bench.documents()}
    return [rows.Column(known[doc], tuple(bench.segments(doc))) for doc in docs]


def payload(bench: FakeWorkbench, *docs: str) -> rows.Data:
    pairs = [view for a, b in combinations(docs, 2) if (view := bench.pair(a, b))]
    return rows.payload(columns(bench, *docs), pairs, installed.untranslated)


def ends(data: rows.Data) -> list[tuple[list[int], list[int]]]:
    return [(link["left"], link["right"]) for link in data["links"]]


def test_links_run_from_the_earlier_column_to_the_later_whichever_way_a_pair_was_aligned() -> None:
    assert ends(payload(sample(), "fr", "zh")) == [([0], [3]), ([1], [2]), ([3], [1])]
    data = payload(sample(), "zh", "fr")
    assert ends(data) == [([3], [0]), ([2], [1]), ([1], [3])]
    assert {link["at"] for link in data["links"]} == {(0, 1)}


def test_left_out_passages_say_why_and_brought_back_ones_do_not() -> None:
    bench = sample()
    [column] = payload(bench, "fr")["segments"]
    assert [(one["out"], one["reason"]) for one in column if "out" in one] == [
        ("a copy of other passages", "a copy of passages 1 and 2"),
        ("a copy of other passages", "a copy of passages 1 and 2"),
        ("reader comments", "below the heading Comments"),
    ]
    bench.set_included(["fr-7"], True)
    assert "out" not in payload(bench, "fr")["segments"][0][7]


def test_a_document_that_is_not_aligned_is_not_said_to_stand_alone() -> None:
    assert [column["aligned"] for column in payload(sample(), "fr", "zh", "en")["columns"]] == [True, True, False]


def test_a_bead_of_passages_that_are_gone_is_left_aside() -> None:
    bench = sample()
    pair = bench.pair("fr", "zh")
    bench.texts["zh"] = bench.texts["zh"][:2]
    assert pair is not None
    assert ends(rows.payload(columns(bench, "fr", "zh"), [pair], installed.untranslated)) == [([3], [1])]


def test_a_rejected_link_counts_for_nothing_and_an_accepted_one_whatever_its_confidence() -> None:
    def link(index: int, confidence: float, status: str) -> rows.Data:
        return {"at": (0, 1), "left": [index], "right": [index], "confidence": confidence, "status": status}

    links = [link(0, 0.9, "unreviewed"), link(1, 0.9, "rejected"), link(2, 0.1, "accepted"), link(3, 0.6, "unreviewed")]
    assert "75% of the first" in rows.relation(links, (0, 1), 0.5).sentence("de", "fr")
    assert "50% of the first" in rows.relation(links, (0, 1), 0.7).sentence("de", "fr")


def test_compare_calls_what_is_told_anew_as_the_command_line_does() -> None:
    def view(number: int, bead: Bead) -> StoredBead:
        sides = tuple(f"a{i}" for i in bead.src), tuple(f"b{j}" for j in bead.tgt)
        return StoredBead(str(number), *sides, bead, Status.UNREVIEWED, "")

    told = [Bead((i,), (3 * i,), confidence=0.9, boundary=0.1) for i in range(4)]
    beads = completed(told, 60, 60)
    places = {f"{side}{i}": (column, i) for column, side in enumerate("ab") for i in range(60)}
    found = rows.relation(
        [link for number, bead in enumerate(beads) if (link := rows.link_data(view(number, bead), places, (0, 1)))],
        (0, 1),
        0.4,
    )
    assert found.relation is Relation.SAME_EVENT and found == verdict(beads)


@given(st.data())
def test_what_changed_makes_the_old_table_the_new_one(data: st.DataObject) -> None:
    bench = sample()
    before = payload(bench, "fr", "zh")
    beads = ["fr0xzh3", "fr1xzh2", "fr3xzh1"]
    for bead in data.draw(st.lists(st.sampled_from(beads), max_size=3)):
        bench.review(bead, data.draw(st.sampled_from(Status)))
    bench.set_included(data.draw(st.lists(st.sampled_from(["fr-0", "fr-7", "zh-2"]))), data.draw(st.booleans()))
    keep = data.draw(st.lists(st.sampled_from(bench.links["fr", "zh"]), unique=True))
    bench.links["fr", "zh"] = [*keep, ((4,), (4,), 0.7)]
    after = payload(bench, "fr", "zh")
    change = rows.difference(before, after)
    assert change is not None
    for column, index, segment in change["segments"]:
        before["segments"][column][index] = segment
    assert before["segments"] == after["segments"]
    patched = {link["id"]: link for link in rows.patched(before["links"], change)}
    assert patched == {link["id"]: link for link in after["links"]}


def test_passages_that_were_cut_anew_are_sent_as_a_whole() -> None:
    bench = sample()
    before = payload(bench, "fr", "zh")
    bench.texts["fr"] = bench.texts["fr"][1:]
    assert rows.difference(before, payload(bench, "fr", "zh")) is None


# -- the browser's requests


def ask(feed: Feed, n: int, do: str, **more: object) -> list[rows.Data]:
    request = {"n": n, "do": do, "at": (0, 1), **more}
    answer(feed, {"session": feed.session, "have": feed.last, "requests": [request]})
    return feed.data()["messages"]


def test_an_edit_sends_what_it_changed_and_no_more() -> None:
    feed = Feed(sample(), ("fr", "zh"))
    [first] = feed.data()["messages"]
    assert len(first["all"]["links"]) == 3
    [change] = ask(feed, 1, "review", bead="fr0xzh3", status="accepted")
    assert [(link["id"], link["status"]) for link in change["links"]] == [("fr0xzh3", "accepted")]
    assert "all" not in change
    assert change["n"] == first["n"] + 1


def test_a_request_that_comes_twice_is_carried_out_once() -> None:
    bench = sample()
    feed = Feed(bench, ("fr", "zh"))
    ask(feed, 1, "review", bead="fr0xzh3", status="accepted")
    ask(feed, 1, "review", bead="fr0xzh3", status="rejected")
    assert bench.reviews == {"fr0xzh3": Status.ACCEPTED}


def test_messages_are_sent_until_the_browser_has_them() -> None:
    feed = Feed(sample(), ("fr", "zh"))
    have = feed.last
    ask(feed, 1, "review", bead="fr0xzh3", status="accepted")
    feed.post(said="more")
    assert len(feed.data()["messages"]) == 2
    feed.acknowledge(have + 1)
    assert [message["said"] for message in feed.data()["messages"]] == ["more"]


def test_a_table_that_is_drawn_from_nothing_says_what_the_one_before_was_to_say() -> None:
    feed = Feed(sample(), ("fr", "zh"))
    ask(feed, 1, "review", bead="gone", status="accepted")
    answer(feed, {"session": feed.session, "have": 0, "requests": [{"n": 2, "do": "all"}]})
    [whole] = feed.data()["messages"]
    assert "all" in whole
    assert (whole["said"], whole["tone"]) == ("There is no pair gone.", "error")
    [again] = ask(feed, 3, "all")
    assert "said" not in again


def test_of_long_documents_the_beginning_comes_first_and_all_when_it_is_drawn() -> None:
    feed = Feed(long_sample(400), ("a", "b"))
    [first] = feed.data()["messages"]
    shown = [len(column) for column in first["all"]["segments"]]
    assert first["part"]
    assert shown == [100, 100]
    assert max(link["right"][0] for link in first["all"]["links"]) < 100
    [whole] = ask(feed, 1, "all")
    assert [len(column) for column in whole["all"]["segments"]] == [400, 400]
    assert whole["verdicts"] == first["verdicts"]
    assert not whole.get("part")


def test_a_page_that_is_come_back_to_is_told_of_the_passages_that_are_aligned_again() -> None:
    feed = Feed(sample(), ("fr", "zh"))
    feed.work = Future()
    [whole, told] = ask(feed, 1, "all")
    assert "all" in whole
    assert told["working"]


@pytest.mark.parametrize(("at", "part"), [("a-20", True), ("a18xb18", True), ("b-399", False), ("gone", False)])
def test_an_address_further_down_is_opened_with_all_passages(at: str, part: bool) -> None:
    [first] = Feed(long_sample(400), ("a", "b"), at=at).data()["messages"]
    assert first["part"] is part


def test_what_somebody_else_did_comes_with_the_next_answer() -> None:
    bench = sample()
    feed, other = Feed(bench, ("fr", "zh")), Feed(bench, ("fr", "zh"))
    ask(other, 1, "review", bead="fr1xzh2", status="rejected")
    [change] = ask(feed, 1, "review", bead="fr0xzh3", status="accepted")
    assert {link["id"]: link["status"] for link in change["links"]} == {"fr0xzh3": "accepted", "fr1xzh2": "rejected"}


def test_what_cannot_be_done_is_told_in_a_sentence() -> None:
    feed = Feed(sample(), ("fr", "zh"))
    [told] = ask(feed, 1, "review", bead="gone", status="accepted")
    assert (told["said"], told["tone"]) == ("There is no pair gone.", "error")


def test_what_was_not_foreseen_is_told_without_details() -> None:
    class Broken(FakeWorkbench):
        def review(self, *args: object, **more: object):
            raise RuntimeError("secret detail")

    known = sample()
    bench = Broken(known.texts, known.about, known.links, known.aligned)
    [told] = ask(Feed(bench, ("fr", "zh")), 1, "review", bead="fr0xzh3", status="accepted")
    assert "something failed" in told["said"].lower()
    assert "secret" not in told["said"]


def test_the_verdict_follows_the_confidence_that_is_asked_for() -> None:
    feed = Feed(sample(), ("fr", "zh"))
    [told] = ask(feed, 1, "verdicts", least=0.99)
    assert "nothing found in common" in told["verdicts"][0]["text"].lower()
    assert told["verdicts"][1]["text"].startswith("Not shown: 3 doubtful links.")
    [told] = ask(feed, 2, "verdicts", least=0.5)
    assert len(told["verdicts"]) == 1


# -- words


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), max_size=40))
def test_plain_text_loses_nothing(text: str) -> None:
    assert re.sub(r"\\([\\`*_{}\[\]()#+\-.!|<>~:$&@/])", r"\1", words.plain(text)) == text


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (TranslationState.OK, ""),
        (TranslationState.RETRIED, "retried"),
        (TranslationState.SUSPECT, "suspect: it repeats itself"),
        (TranslationState.MISSING, "missing"),
    ],
)
def test_the_state_of_a_translation_is_said_in_words(state: TranslationState, said: str) -> None:
    reasons = ("it repeats itself",) if state is TranslationState.SUSPECT else ()
    english = Translation("Hi.", "m", state, reasons)
    note = words.translation_note(passage("x", 0, "Bonjour.", "fr").segment, english, installed.untranslated)
    assert note.startswith(said)
    assert bool(note) == bool(said)


def test_a_passage_without_english_says_whether_that_will_come_unless_it_is_english() -> None:
    def note(lang: str) -> str:
        segment = passage("x", 0, "Tekst.", lang).segment
        return words.translation_note(segment, None, installed.untranslated)

    assert note("fr") == "not translated yet"
    assert note("pl") == "no model here translates Polish"
    assert note("und") == "its language is not known"
    assert note("en-GB") == ""


def test_an_error_is_a_sentence_and_names_that_begin_it_stay_as_they_are() -> None:
    assert words.complaint(InputError("the link is gone; look again")) == "The link is gone; look again."
    assert words.complaint(InputError("iris.txt: it is empty.")) == "iris.txt: it is empty."
    assert words.complaint(InputError("ada changed this meanwhile")) == "ada changed this meanwhile."


def test_counts_are_grammatical() -> None:
    assert words.left_out_counts(sample().left_out()["fr"]) == "3 left out (2 copies, 1 reader comment)"


# -- pages


def compare_app() -> None:
    import streamlit

    from tests import fakes
    from workbench.ui import notes, working
    from workbench.ui.views import compare

    bench = streamlit.session_state.setdefault("bench", fakes.sample())
    with notes.guarded("drawing this page"):
        compare.page(bench)
    notes.show()
    working.panel(bench)


def library_app() -> None:
    import streamlit

    from tests import fakes
    from workbench.ui import notes
    from workbench.ui.views import library

    bench = streamlit.session_state.setdefault("bench", fakes.sample())
    with notes.guarded("drawing this page"):
        library.page(bench)
    notes.show()


def opened(app: AppTest) -> AppTest:
    app.run(timeout=30)
    assert not app.exception
    return app


def drawn(app: AppTest) -> rows.Data:
    """The documents and links as the browser was sent them."""
    sent = [json.loads(component.proto.json) for component in app.get("bidi_component")]
    [messages] = [data["messages"] for data in sent if "messages" in data]
    return next(message["all"] | message for message in messages if "all" in message)


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.info, *app.warning, *app.error, *app.success]
    return "\n".join(part.value for part in parts).replace("\\", "")


def button(app: AppTest, label: str):
    return next(found for found in app.button if found.label == label)


def check_app() -> None:
    import streamlit

    from workbench.ui import people
    from workbench.ui.views import check

    check.page(people.workbench_of_this_browser(streamlit.session_state["bench"]))


def check_page(bench: Workbench, **address: str) -> AppTest:
    app = AppTest.from_function(check_app, default_timeout=30)
    app.session_state["bench"] = bench
    for name, value in address.items():
        app.query_params[name] = value
    return app


def test_a_judge_says_who_they_are_once_and_a_cancelled_search_for_suspects_is_offered_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(launch.USER, raising=False)
    monkeypatch.setattr("workbench.jobs.kinds.ensure_worker", lambda folder: None)
    with judged_workspace(tmp_path / "kept", 30) as bench:
        bench.spotchecks.start([], bench.spotchecks.plan([], False, 0.2, 0.95), Setup(suspects=3))
        app = check_page(bench)
        opened(app).text_input[0].set_value("Ada")
        button(app, "Go on").click().run()
        assert not app.text_input
        button(app, "Find suspects").click().run()
        assert "Find suspects" not in [found.label for found in app.button]
        [asked] = bench.jobs()
        assert (asked.kind, asked.user) == ("find suspects", "Ada")
        bench.steer_job(asked.number, "cancel")
        assert button(opened(app), "Find suspects")


def test_judges_who_were_not_named_are_told_that_each_has_the_whole_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(launch.USER, raising=False)
    with judged_workspace(tmp_path / "kept", 30) as bench:
        checks = bench.for_user("Bob").spotchecks
        campaign = checks.start([], checks.plan([], False, 0.2, 0.95), Setup(suspects=0))
        view = checks.view(campaign, Stratum.RANDOM)
        assert view is not None
        checks.judge(campaign, view, Grade.GOOD)
        app = opened(check_page(bench))
        assert "whoever comes has the whole list" in said(app)
        app.text_input[0].set_value("Ada")
        button(app, "Go on").click().run()
        [told] = [caption.value for caption in app.caption if "whole list" in caption.value]
        assert told.replace("\\", "") == "No judges were named, so you have the whole list, as Bob has."


def test_a_new_spot_check_says_what_it_leaves_out_since_it_is_not_translated(tmp_path: Path) -> None:
    with judged_workspace(tmp_path / "kept", 100) as bench:
        assert "no English yet" not in said(opened(check_page(bench)))
        for view in bench.segments("simulated.fr.txt")[:40]:
            bench.edit_translation(view.id, "")
        assert "40 passages have no English yet: the verdict says nothing" in said(opened(check_page(bench)))


@pytest.mark.parametrize("pair", [False, True])
def test_of_a_spot_check_whose_document_is_gone_all_but_that_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pair: bool
) -> None:
    monkeypatch.setenv(launch.USER, "Ada")
    with judged_workspace(tmp_path / "kept", 30) as bench:
        [french] = bench.documents()
        bench.add_bytes(b"One.\n\nTwo.", "b.en.txt", "en")
        bench.link("b.en.txt", french.id, [0], [0])
        docs = ["b.en.txt", french.id] if pair else [french.id]
        checks = bench.spotchecks
        campaign = checks.start(docs, checks.plan(docs, pair, 0.2, 0.95), Setup(suspects=0, blind=True), pair=pair)
        view = checks.view(campaign, Stratum.RANDOM)
        assert view is not None
        checks.judge(campaign, view, Grade.MAJOR)
        bench.remove(french.id)
        for part in ("judge", "report"):
            assert "not in the workspace any more" in said(opened(check_page(bench, show=part)))
        bench.undo()
        for part in ("judge", "report"):
            assert "not in the workspace any more" not in said(opened(check_page(bench, show=part)))
        assert checks.report(campaign).random.major == 1


def test_automatic_checks_say_how_often_each_speaks_up_and_can_be_switched_off(tmp_path: Path) -> None:
    with judged_workspace(tmp_path / "kept", 12) as bench:
        bench.edit_translation(bench.segments("simulated.fr.txt")[4].id, "Sentence number 999.")
        app = check_page(bench, show="automatic")
        button(opened(app), "Check").click().run()
        assert "1 unit of 12 with something to look at" in said(app)
        sent = [json.loads(component.proto.json) for component in app.get("bidi_component")]
        [[_, _, _, found]] = next(data["rows"] for data in sent if "rows" in data)
        assert found[0]["pieces"][0][0].startswith("numbers, major: ")
        assert re.match(r"estimate \d+ of 100, not calibrated; against it: ", found[-1]["pieces"][0][0])
        numbers = next(box for box in app.checkbox if box.label.startswith("numbers"))
        assert numbers.label == "numbers · 1"
        numbers.uncheck().run()
        assert "No check that is on speaks up in 12 units." in said(app)
        somebody_else = opened(check_page(bench, show="automatic"))
        assert "No check that is on speaks up in 12 units." in said(somebody_else)
        assert bench.jobs() == []


def test_checks_of_two_editions_speak_of_no_translation(tmp_path: Path) -> None:
    with Workbench(tmp_path / "kept") as bench:
        texts = (b"It costs 2 pounds.\n\nNo fires.", "2019.txt"), (b"It costs 3 pounds.\n\nNo fires.", "2024.txt")
        docs = [bench.add_bytes(text, name, "en").doc_id for text, name in texts]
        for n in range(2):
            bench.link(*docs, [n], [n])
        automatic = check_page(bench, show="automatic")
        button(opened(automatic), "Check").click().run()
        assert "Both are in one language" in said(automatic) and "1 unit of 2 with something to look at." in said(
            automatic
        )
        [sheet] = [data for part in automatic.get("bidi_component") if "rows" in (data := json.loads(part.proto.json))]
        assert "Translation" not in json.dumps(sheet) and "estimate" not in json.dumps(sheet)
        assert "Both are in one language" in said(opened(check_page(bench, show="new check")))


def test_where_no_passages_are_linked_automatic_checks_do_not_say_that_all_is_well(tmp_path: Path) -> None:
    with Workbench(tmp_path / "kept") as bench:
        src, tgt = (bench.add_bytes(text, name, "en").doc_id for text, name in ((b"One.", "a.txt"), (b"Two.", "b.txt")))
        with Store(bench.folder) as store:
            store.put_bitext(src, tgt, Bitext((Bead((0,), ()), Bead((), (0,))), "made up", "test"))
        app = check_page(bench, show="automatic")
        button(opened(app), "Check").click().run()
        assert "There is nothing here to check" in said(app)
        assert "speaks up" not in said(app)


def test_a_long_document_is_checked_apart_from_the_page_and_veiled_while_it_is_judged_blindly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.jobs.kinds.ensure_worker", lambda folder: None)
    monkeypatch.setattr("workbench.ui.automatic._AT_ONCE", 11)
    with judged_workspace(tmp_path / "kept", 12, 3) as bench:
        bench.edit_translation(bench.segments("simulated.fr.txt")[4].id, "Sentence number 999.")
        doc, other = (info.id for info in bench.documents())
        app = check_page(bench, show="automatic", of=doc)
        button(opened(app), "Check").click().run()
        [asked] = bench.jobs()
        assert (asked.kind, asked.docs) == ("check", (doc,)) and button(app, "Check").disabled
        bench.steer_job(asked.number, "cancel")
        assert not button(opened(app), "Check").disabled
        KINDS["check"].do(bench, asked.docs, silent)
        assert "1 unit of 12 with something to look at" in said(opened(app))
        plan = bench.spotchecks.plan([doc], False, 0.2, 0.9)
        bench.spotchecks.start([doc], plan, Setup(blind=True, suspects=0))
        assert "is blind: until it has a verdict" in said(opened(app)) and "something to look at" not in said(app)
        app.selectbox(key="automatic_docs").set_value((other,))
        assert "press Check" in said(opened(app)) and app.query_params["of"] == other


def test_compare_opens_with_the_pair_that_was_aligned_last() -> None:
    app = opened(AppTest.from_function(compare_app))
    assert [column["id"] for column in drawn(app)["columns"]] == ["fr", "zh"]
    assert drawn(app)["verdicts"][0]["text"]


def test_a_link_opens_its_documents_by_id_or_name_and_its_passage() -> None:
    app = AppTest.from_function(compare_app)
    app.query_params["docs"] = "transcript.zh-Hans.txt,fr,gone"
    app.query_params["at"] = "fr-1"
    data = drawn(opened(app))
    assert [column["id"] for column in data["columns"]] == ["zh", "fr"]
    assert data["at"] == "fr-1"
    assert not app.warning
    told = "A document that this address names is not in the workspace any more."
    assert said(app).count(told) == 1 and told not in said(app.run())


def test_what_changed_elsewhere_is_there_after_the_next_run() -> None:
    app = opened(AppTest.from_function(compare_app))
    app.session_state["bench"].review("fr3xzh1", Status.ACCEPTED)
    [component] = app.run().get("bidi_component")
    messages = json.loads(component.proto.json)["messages"]
    assert [link["status"] for link in messages[-1]["links"]] == ["accepted"]


def test_a_doubtful_link_says_so() -> None:
    assert words.why(Bead((0,), (0,), 0.5, 0.31, ("close",))) == [
        "confidence 31 of 100: these passages may not say the same",
        "close",
    ]


def test_a_share_is_never_said_to_be_nothing_or_all_where_it_is_not() -> None:
    shares = (0.0, 0.004, 0.014, 0.31, 0.996, 1.0)
    assert [of_100(share) for share in shares] == ["0", "less than 1", "1", "31", "99", "100"]


def test_a_link_says_what_is_doubtful_about_it() -> None:
    links = {link["id"]: link for link in payload(sample(), "fr", "zh")["links"]}
    assert ["endsDoubtful" in links[bead] for bead in ("fr0xzh3", "fr1xzh2", "fr3xzh1")] == [False, True, False]
    assert links["fr1xzh2"]["why"][:2] == [
        "confidence 66 of 100",
        "its ends: 30 of 100; a passage more or less may belong to it, on one side or the other",
    ]
    bench = sample()
    bench.review("fr1xzh2", Status.ACCEPTED)
    links = {link["id"]: link for link in payload(bench, "fr", "zh")["links"]}
    assert "endsDoubtful" not in links["fr1xzh2"]


def test_choosing_other_documents_and_aligning_them() -> None:
    app = opened(AppTest.from_function(compare_app))
    app.multiselect[0].set_value(["zh", "en"]).run()
    assert "not aligned yet" in said(app)
    assert app.query_params["docs"] == "zh,en"
    button(app, "Align").click().run()
    assert not app.exception
    assert "not aligned yet" not in said(app)
    assert drawn(app)["links"]


def test_a_page_that_is_drawn_again_does_not_say_which_documents_are_chosen_while_others_may_be() -> None:
    app = opened(AppTest.from_function(compare_app))
    assert app.multiselect[0].proto.set_value
    assert not app.run().multiselect[0].proto.set_value
    assert app.multiselect[0].value == ["fr", "zh"]


def test_one_document_is_not_enough() -> None:
    app = opened(AppTest.from_function(compare_app))
    app.multiselect[0].set_value(["zh"]).run()
    assert "two documents or more" in said(app)


def test_an_empty_workspace_explains_itself() -> None:
    app = AppTest.from_function(compare_app)
    app.session_state["bench"] = FakeWorkbench()
    text = said(opened(app))
    assert all(word in text for word in ("Add", "Align", "Compare", "this computer"))


def test_what_fails_becomes_a_sentence_and_the_page_stays() -> None:
    class Broken(FakeWorkbench):
        def align(self, refs, progress=None):
            raise InputError("report*1*.txt cannot be aligned: it holds no text; add another version of it.")

    app = AppTest.from_function(compare_app)
    bench = Broken(**{name: getattr(sample(), name) for name in ("texts", "about", "links")})
    app.session_state["bench"] = bench
    button(opened(app), "Align").click().run()
    assert "report*1*.txt cannot be aligned" in said(app)
    assert drawn(app)["columns"]


def test_work_that_failed_can_be_dismissed() -> None:
    app = AppTest.from_function(compare_app)
    bench = app.session_state["bench"] = sample()
    bench.queue = [job(3, "align", ["fr", "zh"], JobState.FAILED, message="the disk is full.")]
    assert "Aligning rapport.fr.txt and transcript.zh-Hans.txt failed: the disk is full." in said(opened(app))
    button(app, "Dismiss").click().run()
    assert "failed" not in said(app)
    assert bench.queue[0].state is JobState.CANCELLED


def test_compare_says_what_no_model_can_do_with_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    class Some:
        def compares(self, lang: str) -> bool:
            return lang != "ar"

        def route(self, lang: str) -> list[object] | None:
            return None if lang == "sv" else []

        def drafts(self, lang: str) -> bool:
            return lang == "pt"

    monkeypatch.setattr(installed, "models", Some)
    bench = sample()
    bench.put("ar", "report.ar.txt", "ar", [passage("ar", 0, "نص", "ar")])
    bench.put("sv", "rapport.sv.txt", "sv", [passage("sv", 0, "En rapport.", "sv")])
    bench.put("pt", "nota.pt.txt", "pt", [passage("pt", 0, "Uma nota.", "pt")])
    app = AppTest.from_function(compare_app)
    app.session_state["bench"] = bench
    app.query_params["docs"] = "ar,sv,pt,fr"
    assert [column["note"] for column in drawn(opened(app))["columns"]] == [
        "no model here knows Arabic: look at every link, or make them by hand",
        "no model here translates Swedish: the page About says how to get one",
        "English by a draft model",
        "",
    ]


def test_work_that_is_being_done_is_not_offered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.jobs.ensure_worker", lambda folder: None)
    app = AppTest.from_function(compare_app)
    bench = app.session_state["bench"] = sample()
    app.query_params["docs"] = "zh,en"
    assert button(opened(app), "Align")
    bench.queue = [job(3, "align", ["zh", "en"], JobState.RUNNING)]
    assert not {"Align", "Translate"} & {found.label for found in opened(app).button}
    assert "are being looked for" in said(app) and "press Align" not in said(app)
    bench.queue = [job(3, "align", ["fr", "zh"], JobState.RUNNING)]
    assert button(opened(app), "Align")


def test_work_that_is_done_is_told_in_passing() -> None:
    app = AppTest.from_function(compare_app)
    bench = app.session_state["bench"] = sample()
    assert not opened(app).toast
    bench.queue = [job(3, "align", ["fr", "zh"], JobState.DONE)]
    [told] = opened(app).toast
    assert told.value.replace("\\", "") == "Aligned rapport.fr.txt and transcript.zh-Hans.txt."


@pytest.mark.parametrize(
    ("about", "text"),
    [
        ({"state": JobState.WAITING}, "Aligning a.txt and b.txt: waits for its turn"),
        ({"state": JobState.RUNNING}, "Aligning a.txt and b.txt: getting ready"),
        (
            {"state": JobState.PAUSED, "stage": "translate", "done": 5, "total": 9},
            "Aligning a.txt and b.txt: 5 of 9, paused",
        ),
        (
            {"state": JobState.RUNNING, "stage": "translate", "done": 5, "total": 9, "rest": 130.0},
            "Aligning a.txt and b.txt: 5 of 9, about 2 minutes left",
        ),
        ({"state": JobState.RUNNING, "asked": "cancel"}, "Aligning a.txt and b.txt: cancelling"),
        ({"state": JobState.WAITING, "docs": ["a", "b", "c"]}, "Aligning 3 documents: waits for its turn"),
        ({"state": JobState.WAITING, "starts": True}, "Aligning a.txt and b.txt: starting"),
    ],
)
def test_work_in_the_background_is_told_in_words(about: dict[str, Any], text: str) -> None:
    about = {"docs": ["a", "b"], "starts": False} | about
    starts = about.pop("starts")
    assert working.line(job(1, "align", **about), {"a": "a.txt", "b": "b.txt", "c": "c.txt"}, starts) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(20, "less than a minute"), (61, "about 1 minute"), (9000, "about 2 hours")]
)
def test_how_long_it_will_take_is_not_told_more_exactly_than_it_is_known(seconds: float, text: str) -> None:
    assert working.duration(seconds) == text


def test_an_unforeseen_failure_shows_no_stack_trace() -> None:
    class Broken(FakeWorkbench):
        def documents(self):
            raise RuntimeError("secret detail")

    app = AppTest.from_function(compare_app)
    app.session_state["bench"] = Broken()
    text = said(opened(app))
    assert "something failed" in text
    assert "secret detail" not in text


def test_library_lists_documents_with_what_is_left_out() -> None:
    text = said(opened(AppTest.from_function(library_app)))
    assert "rapport.fr.txt · French, TXT · 8 passages · 3 left out (2 copies, 1 reader comment)" in text


def test_an_address_of_passages_that_are_gone_says_so() -> None:
    app = AppTest.from_function(library_app)
    app.query_params["doc"] = "gone"
    told = "A document that this address names is not in the workspace any more."
    assert told in said(opened(app)) and "rapport.fr.txt" in said(app) and told not in said(app.run())
    app.query_params["doc"], app.query_params["passage"] = "rapport.fr.txt", "99"
    assert "There is no passage 99: this has 8 passages." in said(app.run())


def test_library_takes_files_and_tells_of_each_that_fails() -> None:
    app = opened(AppTest.from_function(library_app))
    files = [("good.txt", b"One.\nTwo.", "text/plain"), ("bad.txt", b"\0\0", "text/plain")]
    app.file_uploader[0].set_value(files)
    button(app, "Add").click().run()
    assert not app.exception
    text = said(app)
    assert "good.txt was added: 2 passages" in text
    assert "bad.txt is not a text" in text


def test_library_reads_files_in_the_encoding_that_somebody_says() -> None:
    app = opened(AppTest.from_function(library_app))
    app.file_uploader[0].set_value([("noc.txt", "Księżyc wschodzi.".encode("cp1250"), "text/plain")])
    next(box for box in app.selectbox if "letters come out wrong" in box.label).set_value("cp1250")
    button(app, "Add").click().run()
    assert "noc.txt was added: 1 passage" in said(app)
    [passage] = app.session_state["bench"].segments("d4")
    assert passage.segment.text == "Księżyc wschodzi."


@pytest.mark.parametrize("encoding", list(adding.ENCODINGS)[1:])
def test_every_encoding_that_is_offered_is_one(encoding: str) -> None:
    assert decode("One.".encode(encoding), encoding).text == "One."


def test_what_became_of_files_is_told_in_the_tab_where_they_were_chosen_unless_that_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = AppTest.from_function(compare_app)
    bench = app.session_state["bench"] = sample()
    theirs = adding._Adding(bench, ["note.txt"], None, "", "their tab", followed=False)  # type: ignore[arg-type]
    theirs.run([b"One.\nTwo."])
    their_tabs = {"their tab"}
    monkeypatch.setattr(adding, "_begun", [theirs])
    monkeypatch.setattr(adding, "_is_open", their_tabs.__contains__)
    assert "note.txt" not in said(opened(app)) and adding._begun
    their_tabs.clear()
    assert "note.txt was added: 2 passages." in said(opened(app))
    assert "note.txt was added" not in said(app.run()) and not adding.unfollowed(bench)


def test_what_became_of_files_is_told_again_where_the_tab_that_told_it_was_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = AppTest.from_function(compare_app)
    bench = app.session_state["bench"] = sample()
    told = adding._Adding(bench, ["note.txt"], None, "", "their tab", followed=False)  # type: ignore[arg-type]
    told.run([b"One.\nTwo."])
    told.told_in, told.told_at = "their tab", time.monotonic()
    tabs = {"their tab"}
    monkeypatch.setattr(adding, "_begun", [told])
    monkeypatch.setattr(adding, "_is_open", tabs.__contains__)
    assert "note.txt" not in said(opened(app))
    tabs.clear()
    assert "note.txt was added: 2 passages." in said(app.run())
    told.told_in, told.told_at = "another tab", time.monotonic() - 60  # which was seen, and closed long after
    assert "note.txt" not in said(app.run().run()) and not adding._begun


def test_add_that_is_pressed_twice_does_not_ask_for_what_is_being_read(monkeypatch: pytest.MonkeyPatch) -> None:
    app = AppTest.from_function(library_app)
    bench = app.session_state["bench"] = sample()
    reading = [adding._Adding(bench, ["note.txt"], None, "", "", followed=False)]  # type: ignore[arg-type]
    monkeypatch.setattr(adding, "_begun", reading)
    monkeypatch.setattr(adding, "_is_open", lambda tab: False)
    assert "Choose one file" not in said(button(opened(app), "Add").click().run())
    reading.clear()
    assert "Choose one file" in said(button(app, "Add").click().run())


def test_library_changes_the_language_the_kind_of_text_and_the_name_and_removes() -> None:
    app = opened(AppTest.from_function(library_app))
    choice = next(box for box in app.selectbox if box.key == "language-fr-fr")
    choice.set_value("es").run()
    assert app.session_state["bench"].about["fr"][1] == "es"
    choice = next(box for box in app.selectbox if box.key == "layout-fr-")
    assert choice.options == ["found: running text", "a paragraph a line", "wrapped lines", "captions"]
    choice.set_value(Layout.CAPTIONS).run()
    next(box for box in app.selectbox if box.key == "layout-fr-captions").set_value("").run()
    assert app.session_state["bench"].layouts == {"fr": ""}
    next(box for box in app.text_input if box.value == "rapport.fr.txt").set_value("Report")
    next(found for found in app.button if found.label == "Rename it").click().run()
    assert app.session_state["bench"].about["fr"][0] == "Report"
    next(found for found in app.button if found.key == "remove-fr").click().run()
    assert "fr" not in app.session_state["bench"].texts


# -- the real workbench


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    monkeypatch.setenv(launch.WORKSPACE, str(tmp_path / "kept"))
    monkeypatch.setenv(launch.USER, "Ada")
    with Workbench(tmp_path / "kept", user="Ada") as bench:
        bench.add_bytes(b"The mill opens on Tuesday.\n\nNobody came.\n\nThe end.", "letter.txt", "en")
        bench.add_bytes(b"It rained.\n\nOn Tuesday the mill opens.", "note.txt", "en")
        yield bench
    streamlit.cache_resource.clear()


@given(st.text())
def test_a_name_is_one_short_line_that_can_be_seen(text: str) -> None:
    name = people.tidy(text)
    seen = name.replace("\u200c", "").replace("\u200d", "")
    assert len(name) <= 60 and seen.isprintable() and name == people.tidy(name) == " ".join(name.split())


def test_the_app_shows_a_real_workspace(workspace: Workbench) -> None:
    app = opened(AppTest.from_file(str(launch.PAGES / "app.py")))
    data = drawn(app)
    assert [column["name"] for column in data["columns"]] == ["letter.txt", "note.txt"]
    assert data["segments"]
    assert "not aligned yet" in said(app)
    assert drawn(app.run(timeout=30)) == data


def test_what_a_run_that_was_cut_short_left_is_said_to_whoever_comes_first(workspace: Workbench) -> None:
    with Store(workspace.folder) as store:
        store.queue.ask("align", [info.id for info in workspace.documents()])
        store.queue.claim(worker=1)
    (workspace.folder / ".export-ab.tmp").touch()
    interrupted, unfinished = opening.news()
    assert "goes on by itself. Aligning letter.txt and note.txt" in interrupted
    assert ".export-ab.tmp" in unfinished
    assert opening.news() == []


def test_the_app_aligns_a_real_workspace(workspace: Workbench) -> None:
    if not (ROOT / "models" / "encoder-static").is_dir():
        absent("no bundled sentence encoder in models/encoder-static")
    app = opened(AppTest.from_file(str(launch.PAGES / "app.py")))
    with jobs_done_here(workspace):
        button(app, "Align").click().run(timeout=30)
        assert not app.exception
        assert [job.kind for job in workspace.jobs()] == ["align"]
        assert "are being looked for" in said(app)
    app.run(timeout=30)
    assert not app.error
    assert "are being looked for" not in said(app)


# -- launch


def test_the_configuration_file_says_what_serve_passes() -> None:
    """The file only serves those who type `streamlit run` themselves in the repository."""
    told = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))

    def flat(table: dict[str, object], prefix: str = "") -> dict[str, object]:
        found: dict[str, object] = {}
        for key, value in table.items():
            found |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
        return found

    hosts = {"server.allowedHosts": ["127.0.0.1", "localhost"]}  # `serve` has a door of its own that refuses others
    assert flat(told) == launch.OPTIONS | hosts


def test_a_taken_port_is_named() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind((launch.ADDRESS, 0))
        taken.listen()
        with pytest.raises(InputError, match=f"Port {taken.getsockname()[1]} is in use"):
            launch.serve(Path("nowhere"), taken.getsockname()[1])


def test_no_module_of_the_pages_shadows_another() -> None:
    """`streamlit run` puts the folder of app.py first on the path."""
    here = {path.stem for path in launch.PAGES.iterdir() if not path.name.startswith((".", "_"))}
    assert not here & set(sys.stdlib_module_names)


def test_no_folder_of_pages_stands_beside_the_app() -> None:
    """Streamlit would run what is in it as scripts of its own, and show nothing, where a link names one."""
    assert not (launch.PAGES / "pages").exists()


def test_starting_point_loads_no_streamlit() -> None:
    code = "import sys, workbench.ui.launch; sys.exit('streamlit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
