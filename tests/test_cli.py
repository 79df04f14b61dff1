"""The main job from the command line, with the bundled models, as a user would run it, and nothing from outside."""

from __future__ import annotations

import csv
import errno
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support import ROOT, run
from workbench.cli.main import main

SOURCES = ROOT / "sources"
REPORT, TRANSCRIPT, PODCAST, INTERVIEW, TRANSLATED = (
    "report.fr.txt",
    "transcript.zh-Hant.txt",
    "podcast.zh-Hans.txt",
    "interview.en.md",
    "interview.fr.md",
)
# Run as the first thing in the process: whatever then asks for the network, in any library, fails and says so.
NO_NETWORK = """
import socket, sys
def refused(*arguments, **options):
    sys.exit(f"the network was asked for: {arguments}")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refused
from workbench.cli.main import main
main()
"""


@contextmanager
def offline() -> Iterator[None]:
    """Whatever asks this process for the network, in any library, fails, and so does the test."""
    asked: list[object] = []

    def refused(*arguments: object, **options: object) -> None:
        asked.append(arguments)
        raise OSError("there is no network")

    with pytest.MonkeyPatch.context() as patch:
        for place, name in (
            (socket.socket, "connect"),
            (socket.socket, "connect_ex"),
            (socket, "getaddrinfo"),
            (socket, "create_connection"),
        ):
            patch.setattr(place, name, refused)
        yield
    assert not asked


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    with offline():
        yield


def run_alone(*arguments: str | Path, stdin: bytes | None = None) -> str:
    """What the command prints in a process of its own."""
    command = [sys.executable, "-c", NO_NETWORK, *map(str, arguments)]
    done = subprocess.run(command, input=stdin, capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8")
    assert b"Traceback" not in done.stderr, done.stderr.decode("utf-8")
    return done.stdout.decode("utf-8")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace, built once: the main job, offline."""
    workspace = tmp_path_factory.mktemp("sample")
    with offline():
        run("sample", "--workspace", workspace)
    return workspace


def exported(workspace: Path, output: Path, *docs: str, format: str = "jsonl") -> Path:
    run("export", *docs, "--format", format, "--output", output, "--workspace", workspace)
    return output


def units(workspace: Path, folder: Path, *docs: str) -> list[dict[str, object]]:
    lines = exported(workspace, folder / "pairs.jsonl", *docs).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def linked(found: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    return [unit for unit in found if unit["src_segments"] and unit["tgt_segments"]]


def test_the_sample_documents_are_listed_with_their_languages(sample: Path) -> None:
    rows = [line.split("\t") for line in run("list", "--workspace", sample).stdout.splitlines()]
    assert {row[1]: row[2] for row in rows} == {
        REPORT: "fr",
        TRANSCRIPT: "zh-Hant",
        PODCAST: "zh-Hans",
        INTERVIEW: "en",
        TRANSLATED: "fr",
    }


def test_furniture_and_copies_are_shown_with_the_reason_and_left_out(sample: Path) -> None:
    shown = run("show", REPORT, "--workspace", sample).stdout
    left_out = [line for line in shown.splitlines() if "[left out: " in line]
    assert sum("repeats" in line for line in left_out) > 20
    assert any("Article connexe" in line for line in left_out)


def test_english_by_a_draft_model_is_called_a_draft(sample: Path) -> None:
    shown = run("show", PODCAST, "--workspace", sample).stdout.splitlines()
    states = {line.split("\t")[1] for line in shown if line.startswith("\t")}
    assert "draft" in states and "ok" not in states


def test_a_flagged_passage_is_brought_back_and_left_out_again(sample: Path) -> None:
    shown = run("show", REPORT, "--workspace", sample).stdout.splitlines()
    number = next(line.split("\t")[0] for line in shown if "[left out: " in line)

    def is_out() -> bool:
        lines = run("show", REPORT, "--workspace", sample).stdout.splitlines()
        return "[left out: " in next(line for line in lines if line.startswith(f"{number}\t"))

    run("include", REPORT, number, "--workspace", sample)
    assert not is_out()
    for passages, then in (("1 passage", "`align` it again"), ("0 passages", "so already")):
        said = run("include", REPORT, number, "--off", "--workspace", sample).stdout
        assert said.startswith(f"left out: {passages} of {REPORT}; ") and then in said
    assert is_out()
    assert "none with number 9999" in run("include", REPORT, "9999", "--workspace", sample, fails=True).stderr


def test_report_and_transcript_are_told_apart_from_other_occasions(sample: Path, tmp_path: Path) -> None:
    for docs in ((REPORT, PODCAST), (REPORT, INTERVIEW), (TRANSCRIPT, INTERVIEW)):
        assert len(linked(units(sample, tmp_path, *docs))) <= 2


def test_a_translation_is_followed_where_a_section_moved(sample: Path, tmp_path: Path) -> None:
    found = {str(unit["src_text"]): unit for unit in linked(units(sample, tmp_path, INTERVIEW, TRANSLATED))}
    assert len(found) >= 20
    assert all("Note de la traductrice" not in str(unit["tgt_text"]) for unit in found.values())
    moved = next(unit for text, unit in found.items() if "Nobody gives a pilot" in text)
    assert "Personne ne donne" in str(moved["tgt_text"])


def test_one_sided_passages_are_mostly_left_alone(sample: Path, tmp_path: Path) -> None:
    found = linked(units(sample, tmp_path, REPORT, TRANSCRIPT))
    with (SOURCES / "gold-onesided.tsv").open(encoding="utf-8", newline="") as file:
        onesided = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    alone = [row for row in onesided if not any(row["text"][:15] in f"{u['src_text']}{u['tgt_text']}" for u in found)]
    assert len(alone) >= 0.8 * len(onesided)


def test_what_three_documents_share_is_a_table(sample: Path) -> None:
    done = run("matrix", TRANSLATED, INTERVIEW, PODCAST, "--order", INTERVIEW, "--workspace", sample)
    header, *rows = csv.reader(done.stdout.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    assert header == ["confidence", "agreed", "against", TRANSLATED, INTERVIEW, PODCAST]
    assert sum(bool(row[3] and row[4]) for row in rows) >= 20
    assert any(not row[3] and not row[4] and row[5] for row in rows)
    assert "two-step links against direct ones" in done.stderr
    refused = run("matrix", TRANSLATED, INTERVIEW, "--order", PODCAST, "--workspace", sample, fails=True)
    assert "is not among the documents" in refused.stderr


def test_every_format_is_written_and_read(sample: Path, tmp_path: Path) -> None:
    from lxml import etree

    tsv = exported(sample, tmp_path / "pairs.tsv", REPORT, TRANSCRIPT, format="tsv").read_text(encoding="utf-8")
    assert tsv.splitlines()[0].split("\t") == [
        "bead_id",
        "src_doc",
        "tgt_doc",
        "src_segments",
        "tgt_segments",
        "src_text",
        "tgt_text",
        "src_en",
        "tgt_en",
        "score",
        "confidence",
        "status",
        "src_numbers",
        "tgt_numbers",
        "comment",
        "written",
    ]
    tmx = etree.parse(exported(sample, tmp_path / "pairs.tmx", REPORT, TRANSCRIPT, format="tmx"))
    assert tmx.getroot().get("version") == "1.4"


def test_a_review_is_kept_and_can_be_undone(sample: Path, tmp_path: Path) -> None:
    first = units(sample, tmp_path, REPORT, TRANSCRIPT)[0]["bead_id"]

    def status() -> object:
        found = units(sample, tmp_path, REPORT, TRANSCRIPT)
        return next((unit["status"], unit["reviewer"]) for unit in found if unit["bead_id"] == first)

    run("review", first, "accepted", "--user", "ada", "--workspace", sample)
    assert status() == ("accepted", "ada")
    for way in ("undo", "redo"):
        assert f"nothing of yours to {way}" in run(way, "--user", "bob", "--workspace", sample, fails=True).stderr
    run("undo", "--user", "ada", "--workspace", sample)
    assert status() == ("unreviewed", "")


def test_what_pages_correct_the_command_line_corrects(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One came. Two left.\n\nThree stayed.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Un vint.\n\nDeux partirent.\n\nTrois restèrent.\n", encoding="utf-8")
    at = ("--workspace", tmp_path / "ws")

    def beads() -> dict[tuple[int, int], str]:
        found = units(tmp_path / "ws", tmp_path, "a.txt", "b.txt")
        return {(len(u["src_segments"]), len(u["tgt_segments"])): str(u["bead_id"]) for u in found}  # type: ignore[arg-type]

    run("add", tmp_path / "a.txt", tmp_path / "b.txt", *at)
    run("link", "a.txt", "b.txt", "--src", "1", "--src", "2", "--tgt", "1", *at)
    said = [
        run("move", beads()[2, 1], "b.txt", "end", *at),
        run("split", beads()[2, 2], "b.txt", "1", "1", *at),
        run("edit", "b.txt", "1", "One did come.", *at),
        run("cut", "a.txt", "3", "stayed", *at),
        run("join", "a.txt", "3", *at),
        run("unlink", beads()[1, 1], *at),
    ]
    assert [done.stdout.strip() for done in said] == [
        "took passage 2 of b.txt into the link of passages 1–2 with 1",
        "split the link of passages 1–2 with 1–2",
        "wrote the English of passage 1 of b.txt",
        "split passage 3 of a.txt",
        "joined passages 3 and 4 of a.txt",
        "said of the link of passage 2 with 2 that there is no counterpart",
    ]
    assert "edited\tOne did come." in run("show", "b.txt", *at).stdout
    told = run("history", "--limit", "2", *at).stdout.splitlines()
    assert [line.split("\t")[2:] for line in told] == [
        ["said of the link of passage 2 with 2 that there is no counterpart", "a.txt, b.txt"],
        ["joined passages 3 and 4 of a.txt", "a.txt"],
    ]
    assert run("rename", "b.txt", " The\treport ", *at).stdout.strip() == "b.txt is called The report"
    assert {str(unit["tgt_doc"]) for unit in units(tmp_path / "ws", tmp_path, "a.txt", "The report")} == {"The report"}
    assert "5 rows written" in run("export", "a.txt", "The report", "-o", tmp_path / "out.tsv", *at).stdout
    assert "2 times" in run("cut", "a.txt", "1", "e", *at, fails=True).stderr
    run("undo", *at)
    run("undo", *at)
    assert "brought back: said of the link" in run("redo", *at).stdout


def test_who_knows_that_two_documents_tell_of_one_thing_says_so_and_takes_it_back(sample: Path, tmp_path: Path) -> None:
    workspace = shutil.copytree(sample, tmp_path / "ws")
    at = ("--user", "ada", "--workspace", workspace)
    unknown = run("align", REPORT, TRANSCRIPT, *at).stdout
    assert "different tellings of one event" not in unknown
    known = run("align", REPORT, TRANSCRIPT, "--related", *at).stdout
    assert "different tellings of one event" in known and "said to tell of one thing by ada" in known
    assert len(linked(units(workspace, tmp_path, TRANSCRIPT, REPORT))) > 5
    assert run("align", TRANSCRIPT, REPORT, *at).stdout.split("\t")[2] == known.split("\t")[2]
    part = ("--src-range", "1-9", "--tgt-range", "1-9")
    assert "as a whole" in run("align", REPORT, TRANSCRIPT, "--related", *part, *at, fails=True).stderr
    assert run("align", REPORT, TRANSCRIPT, "--not-related", *at).stdout == unknown
    assert "took back that" in run("undo", *at).stdout


def test_a_threshold_decides_what_is_exported(sample: Path, tmp_path: Path) -> None:
    def links(least: str) -> int:
        output = tmp_path / "pairs.jsonl"
        options = ("--least-confidence", least, "--format", "jsonl", "--output", output, "--workspace", sample)
        run("export", INTERVIEW, TRANSLATED, *options)
        return len(linked([json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]))

    assert links("0") >= len(linked(units(sample, tmp_path, INTERVIEW, TRANSLATED))) > links("1") == 0


def test_an_archive_is_told_whatever_its_file_is_called(sample: Path, tmp_path: Path) -> None:
    def said(format: str) -> str:
        options = ("--format", format, "--output", tmp_path / "pairs.txt", "--workspace", sample)
        return run("export", INTERVIEW, TRANSLATED, *options).stdout.splitlines()[0]

    assert said("moses").endswith("pairs.txt, a ZIP archive")
    assert said("tsv").endswith("pairs.txt")


def test_a_part_is_aligned_alone(sample: Path, tmp_path: Path) -> None:
    before = units(sample, tmp_path, INTERVIEW, TRANSLATED)
    ranges = ("--src-range", "3-9", "--tgt-range", "3-9")
    done = run("align", INTERVIEW, TRANSLATED, *ranges, "--workspace", sample)
    assert done.stdout.startswith(f"{INTERVIEW}\t{TRANSLATED}\t")
    after = {unit["bead_id"] for unit in units(sample, tmp_path, INTERVIEW, TRANSLATED)}
    assert {unit["bead_id"] for unit in before[-10:]} <= after
    wrong = run(
        "align", INTERVIEW, TRANSLATED, "--src-range", "x", "--tgt-range", "1-2", "--workspace", sample, fails=True
    )
    assert "like 10-40" in wrong.stderr


def test_bad_files_are_named_and_the_others_go_through(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("A sentence that says something. Another one follows.", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing of a page")
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 no archive")
    files = [
        tmp_path / name for name in ("empty.txt", "picture.txt", "broken.pdf", "broken.docx", "gone.txt", "good.txt")
    ]
    done = run("add", *files, "--workspace", tmp_path / "w", fails=True)
    assert "good.txt" in done.stdout
    errors = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert len(errors) == 5
    for name, line in zip(("empty.txt", "picture.txt", "broken.pdf", "broken.docx", "gone.txt"), errors, strict=True):
        assert name in line


def test_of_files_of_one_name_each_is_told_with_its_place(tmp_path: Path) -> None:
    for folder, text in (("fr", "Le bac part à huit heures."), ("en", "The ferry leaves at eight."), ("de", "")):
        (tmp_path / "site" / folder).mkdir(parents=True)
        (tmp_path / "site" / folder / "index.md").write_text(text, encoding="utf-8")
    done = run("add", tmp_path / "site", "--workspace", tmp_path / "w", fails=True)
    told = [line.split("\t") for line in done.stdout.splitlines()]
    assert [(row[1], Path(row[4]).parent.name) for row in told] == [("en/index.md", "en"), ("fr/index.md", "fr")]
    assert f"error: {tmp_path / 'site' / 'de' / 'index.md'}: the file is empty" in done.stderr


@pytest.mark.parametrize("output", ["-", "/dev/stdout"])
def test_an_export_goes_to_standard_output_whole_and_alone(sample: Path, tmp_path: Path, output: str) -> None:
    done = run("export", INTERVIEW, TRANSLATED, "-o", output, "-f", "jsonl", "--workspace", sample)
    written = exported(sample, tmp_path / "pairs.jsonl", INTERVIEW, TRANSLATED).read_text(encoding="utf-8")
    assert done.stdout == written and "rows written to standard output" in done.stderr
    assert "does not say which format" in run("export", "-o", output, "--workspace", sample, fails=True).stderr


@pytest.mark.parametrize("asked", ["list", "history", "align a b", "check a", "spotcheck list", "backup TMP/b.sqlite"])
def test_a_workspace_that_is_not_there_is_not_begun_by_what_needs_one(asked: str, tmp_path: Path) -> None:
    command = [word.replace("TMP", str(tmp_path)) for word in asked.split()]
    done = run(*command, "--workspace", tmp_path / "wrod", fails=True)
    assert f"there is no workspace in {tmp_path / 'wrod'}; say" in done.stderr and not list(tmp_path.iterdir())


def test_standard_input_is_a_document(tmp_path: Path) -> None:
    text = "Une phrase en français, bien longue. Une autre phrase la suit."
    said = run_alone("add", "-", "--lang", "fr", "--workspace", tmp_path, stdin=text.encode())
    assert said.startswith("added\tstdin.txt\t2 segments")


def test_what_cannot_be_done_is_said_in_a_sentence(tmp_path: Path) -> None:
    assert "error: " in run("show", "nothing", "--workspace", tmp_path, fails=True).stderr
    (tmp_path / "a.txt").write_text("One sentence is enough for this.")
    run("add", tmp_path / "a.txt", "--workspace", tmp_path)
    assert "two different documents" in run("align", "a.txt", "--workspace", tmp_path, fails=True).stderr
    assert "error: " in run("add", tmp_path, "--lang", "no language at all", "--workspace", tmp_path, fails=True).stderr


def test_beads_prints_vecaligns_lines_without_a_workspace(tmp_path: Path) -> None:
    def file(name: str, *lines: str) -> Path:
        (tmp_path / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return tmp_path / name

    src = file("a.zh", "我在海边的小镇长大。", "图书馆星期一关门。", "他借了三本关于鸟的书。")
    mt = file(
        "a.en", "I grew up in a small town by the sea.", "The library closes on Monday.", "He borrowed 3 bird books."
    )
    tgt = file(
        "b.en",
        "I grew up in a small seaside town.",
        "The mayor resigned over the bridge.",
        "The library is closed on Mondays.",
        "He borrowed three books.",
    )
    languages = ("--src-lang", "zh", "--tgt-lang", "en")
    plain = run("beads", src, tgt, *languages).stdout.splitlines()
    helped = run("beads", src, tgt, *languages, "--src-mt", mt).stdout.splitlines()
    assert {line.rsplit(":", 1)[0] for line in helped} == {"[0]:[0]", "[]:[1]", "[1]:[2]", "[2]:[3]"}
    assert all(re.fullmatch(r"\[[\d, ]*\]:\[[\d, ]*\]:\d\.\d+", line) for line in plain)
    french = file(
        "b.fr",
        "J'ai grandi dans une petite ville au bord de la mer.",
        "Le maire a démissionné à cause du pont.",
        "La bibliothèque est fermée le lundi.",
        "Il a emprunté trois livres.",
    )
    both = ("--src-lang", "zh", "--tgt-lang", "fr", "--src-mt", mt, "--tgt-mt", tgt)
    read = run("beads", src, french, *both).stdout
    assert read == run("beads", src, french, *both, "--src-mt-lang", "en", "--tgt-mt-lang", "en").stdout
    assert read != run("beads", src, french, *both, "--src-mt-lang", "fr", "--tgt-mt-lang", "zh").stdout
    sure = run("beads", src, tgt, *languages, "--src-mt", mt, "--least-confidence", "1").stdout.splitlines()
    assert len(sure) == 7 and all("[]" in line for line in sure)
    done = run("beads", src, file("one.en", "one line"), *languages, "--tgt-mt", mt, fails=True)
    assert "has 3 lines but what it translates has 1" in done.stderr


_BAKERY = (
    ("Der Bäcker öffnet um sechs Uhr.", "The baker opens at six o'clock."),
    ("Am Morgen kommen 14 Kunden.", "In the morning 14 customers come."),
    ("Ein alter Mann liest die Zeitung.", "An old man reads the newspaper."),
    ("Draußen regnet es seit drei Tagen.", "Outside it has been raining for three days."),
)


def test_beads_leaves_empty_lines_alone_and_finds_what_stands_between_them(tmp_path: Path) -> None:
    src, tgt = tmp_path / "a.de", tmp_path / "b.en"
    src.write_text("".join(f"{line}\n\n" for line, _ in _BAKERY) + "\n", encoding="utf-8")
    tgt.write_text("\n  \n".join(line for _, line in _BAKERY), encoding="utf-8")
    found = run("beads", src, tgt, "--src-lang", "de", "--tgt-lang", "en").stdout.splitlines()
    beads = {line.rsplit(":", 1)[0] for line in found}
    assert beads == {f"[{i}]:[{i}]" for i in (0, 2, 4, 6)} | {f"[{i}]:[]" for i in (1, 3, 5, 7, 8)} | {
        f"[]:[{j}]" for j in (1, 3, 5)
    }
    back = run("beads", tgt, src, "--src-lang", "en", "--tgt-lang", "de").stdout.splitlines()
    assert {":".join(reversed(line.split(":")[:2])) for line in back} == beads
    src.write_text("\n\n")
    alone = run("beads", src, tgt, "--src-lang", "de", "--tgt-lang", "en").stdout.splitlines()
    assert len(alone) == 2 + 7 and all("[]" in line for line in alone)


def test_beads_reads_text_in_any_encoding_and_nothing_else(tmp_path: Path) -> None:
    src, tgt = tmp_path / "a.de", tmp_path / "b.en"
    tgt.write_text("".join(f"{line}\n" for _, line in _BAKERY), encoding="utf-8-sig")
    languages = ("--src-lang", "de", "--tgt-lang", "en")
    printed = set()
    for encoding, end in (("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("utf-16", "\r\n"), ("cp1252", "\n")):
        src.write_bytes(end.join(line for line, _ in _BAKERY).encode(encoding))
        printed.add(run("beads", src, tgt, *languages).stdout)
    assert [line.rsplit(":", 1)[0] for line in printed.pop().splitlines()] == [f"[{i}]:[{i}]" for i in range(4)]
    assert not printed
    src.write_bytes(bytes(range(256)) * 9)
    assert "a.de is binary data" in run("beads", src, tgt, *languages, fails=True).stderr


@pytest.mark.parametrize("command", ["add", "list", "show", "remove", "translate", "align", "export", "beads", "serve"])
def test_every_command_explains_itself(command: str) -> None:
    assert "Usage" in run(command, "--help").stdout


def test_numbers_that_are_too_large_are_refused_and_limits_may_be_set_high(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Eins.", encoding="utf-8")
    limits = [text for each in ("--max-mb", "--max-seconds", "--max-memory-mb") for text in (each, "1000000")]
    assert run("--workspace", tmp_path / "ws", "add", tmp_path / "a.txt", *limits).stdout.startswith("added")
    assert "--max-seconds" in run("add", tmp_path / "a.txt", "--max-seconds", "1000001", fails=True).stderr
    assert "--port" in run("serve", "--port", "99999", fails=True).stderr


def test_models_and_doctor_say_what_is_there(tmp_path: Path) -> None:
    listed = run_alone("models", "list")
    assert "encoder-static" in listed and "encoder-tellings" in listed
    assert "BAD" not in run("models", "verify").stdout
    assert "translation into English" in run("doctor", "--workspace", tmp_path).stdout


def test_a_changed_file_keeps_the_reviews_of_what_did_not_change(tmp_path: Path) -> None:
    one, two, workspace = tmp_path / "one.txt", tmp_path / "two.txt", tmp_path / "w"
    text = "The harbour froze in January. The ferry stayed in port for nine days. Nobody had seen that before."
    one.write_text(text)
    two.write_text(text)
    run("add", one, two, "--workspace", workspace)
    run("align", "one.txt", "two.txt", "--workspace", workspace)
    first = units(workspace, tmp_path, "one.txt", "two.txt")[0]["bead_id"]
    run("review", first, "accepted", "--workspace", workspace)
    two.write_text(text.replace("nine days", "nineteen days"))
    assert run("add", two, "--workspace", workspace).stdout.startswith("changed")
    run("align", "one.txt", "two.txt", "--workspace", workspace)
    assert [unit["status"] for unit in units(workspace, tmp_path, "one.txt", "two.txt")].count("accepted") == 1


def test_passages_in_a_language_that_no_model_knows_are_shown_and_linked_by_hand(tmp_path: Path) -> None:
    greek, english, workspace = tmp_path / "one.el.txt", tmp_path / "two.en.txt", tmp_path / "w"
    greek.write_text("Το λιμάνι πάγωσε τον Ιανουάριο. Κανείς δεν το είχε ξαναδεί.", encoding="utf-8")
    english.write_text("Nobody had seen it before. The harbour froze in January.", encoding="utf-8")
    run("add", greek, english, "--workspace", workspace)
    assert "no model leads from Greek" in run("translate", "--workspace", workspace).stderr
    assert "Το λιμάνι" in run("show", "one.el.txt", "--workspace", workspace).stdout
    run("link", "one.el.txt", "two.en.txt", "--src", "1", "--tgt", "2", "--workspace", workspace)
    run("align", "one.el.txt", "two.en.txt", "--workspace", workspace)
    kept = [unit for unit in units(workspace, tmp_path, "one.el.txt", "two.en.txt") if unit["status"] == "accepted"]
    assert [(unit["src_text"], unit["tgt_text"]) for unit in kept] == [
        ("Το λιμάνι πάγωσε τον Ιανουάριο.", "The harbour froze in January.")
    ]


def test_a_translation_made_as_argos_does_is_shown_everywhere(tmp_path: Path) -> None:
    (tmp_path / "a.fr.txt").write_text("Tom a acheté trois pommes hier. Le chat dort.", encoding="utf-8")
    run("add", tmp_path / "a.fr.txt", "--workspace", tmp_path / "w")
    run("translate", "--argos-compatible", "--workspace", tmp_path / "w")
    assert "2 in English" in run("list", "--workspace", tmp_path / "w").stdout


def test_documents_of_one_name_are_listed_with_their_files(tmp_path: Path) -> None:
    files = [tmp_path / folder / "index.txt" for folder in ("guide", "law")]
    for file in files:
        file.parent.mkdir()
        file.write_text(f"This is the {file.parent.name}.", encoding="utf-8")
    run("add", *files, "--workspace", tmp_path / "w")
    rows = [line.split("\t") for line in run("list", "--workspace", tmp_path / "w").stdout.splitlines()]
    assert [(row[1], row[-1]) for row in rows] == [
        (name, file.resolve().as_posix())
        for name, file in zip(("guide/index.txt", "law/index.txt"), files, strict=True)
    ]


def test_copying_the_folder_copies_the_work(sample: Path, tmp_path: Path) -> None:
    shutil.copytree(sample, tmp_path / "copy")
    assert run("list", "--workspace", tmp_path / "copy").stdout == run("list", "--workspace", sample).stdout


def test_a_pair_is_checked_with_a_profile_and_a_glossary(sample: Path, tmp_path: Path) -> None:
    glossary, profile, output = tmp_path / "terms.csv", tmp_path / "mine.toml", tmp_path / "issues.tsv"
    glossary.write_text('en,fr\npilot,projet pilote|pilote\n"broken,row\n', encoding="utf-8")
    options = ["--glossary", glossary, "--off", "case", "--save-profile", profile, "--workspace", sample]
    done = run("check", INTERVIEW, TRANSLATED, *options, "-o", output)
    assert "line 3 of" in done.stderr
    fired = dict(line.split("\t")[1::-1] for line in done.stdout.splitlines())
    assert "numbers" in fired
    assert "case" not in fired
    again = run("check", INTERVIEW, TRANSLATED, "--profile", profile, "--workspace", sample)
    assert "case" not in again.stdout
    with output.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    risks = [float(row["risk"]) for row in rows]
    assert len(rows) > 20
    assert risks == sorted(risks, reverse=True)
    one = run("check", TRANSLATED, "--workspace", sample)
    assert "units checked" in one.stderr


def test_help_begins_with_what_comes_first_and_names_every_format() -> None:
    from workbench.export import FORMATS

    listed = re.findall(r"^  (\S+)  ", run("--help").stdout.partition("Commands:")[2], re.MULTILINE)
    assert listed[:7] == ["sample", "serve", "add", "list", "show", "translate", "align"]
    named = set(re.findall(r"[a-z0-9-]+", run("export", "--help").stdout))
    assert set(FORMATS) <= named


@pytest.mark.parametrize("command", ["add", "restore", "batch"])
def test_a_path_that_no_file_can_have_is_told_in_a_sentence(command: str, tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300)
    assert "too long" in run("--workspace", tmp_path / "work", command, path, fails=True).stderr


def test_what_may_not_be_looked_at_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def denied() -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/home/other/text.txt")

    monkeypatch.setattr("workbench.cli.main.app", denied)
    with pytest.raises(SystemExit, match="1"):
        main()
    assert capsys.readouterr().err.startswith("error: /home/other/text.txt cannot be used (Permission denied)")
