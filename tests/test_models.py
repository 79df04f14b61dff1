"""Which models there are, bringing them in and out, and that what one made is never taken for another's."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import compress
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file
from streamlit.testing.v1 import AppTest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from typer.testing import CliRunner

from tests import tiny_models
from tests.support import ROOT, room_for_files_of
from workbench import folders
from workbench.bench import bleu
from workbench.cli.models import models_app
from workbench.core import Workbench
from workbench.core.doctor import check_up, verify_models
from workbench.embed import install as encoders
from workbench.embed import load
from workbench.errors import InputError, ModelError, ModelMissingError, WorkbenchError
from workbench.settings import Settings
from workbench.translate import install as argos
from workbench.translate import load as load_translator
from workbench.translate import packages, read_package
from workbench.ui.words import plain
from workbench.wiring import catalogue, preferences, shelf
from workbench.wiring.models import BUNDLED, Models

REVISION = "0123456789" * 4
WORDS = {"[UNK]": 0, "le": 1, "chat": 2, "the": 3, "cat": 4}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folders, empty."""
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "argos"))
    return tmp_path


def encoder_folder(folder: Path, seed: int = 0) -> Path:
    """A tiny static encoder as sentence-transformers would save it."""
    folder.mkdir(parents=True)
    modules = [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"}]
    (folder / "modules.json").write_text(json.dumps(modules))
    tokenizer = Tokenizer(WordLevel(WORDS, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    weights = np.random.default_rng(seed).normal(size=(len(WORDS), 8)).astype(np.float32)
    save_file({"embedding.weight": weights}, folder / "model.safetensors")
    return folder


# The catalogue


def test_the_catalogue_agrees_with_the_bundled_files() -> None:
    bundled = [entry for entry in catalogue.read(BUNDLED).entries if entry.bundled]
    assert {entry.name for entry in bundled} == {
        path.name for path in BUNDLED.iterdir() if (path / "README.md").is_file() and path.name != "training"
    }
    for entry in bundled:
        folder = BUNDLED / entry.name
        assert list(folders.faults({folder / name: digest for name, digest in entry.files.items()})) == []
        files = [path for path in folder.rglob("*") if path.is_file()]
        assert {path.relative_to(folder).as_posix() for path in files if path.suffix in (".safetensors", ".bin")} <= (
            entry.files.keys()
        )
        assert entry.size == sum(path.stat().st_size for path in files if path.suffix != ".md")
        assert entry.licence and (ROOT / entry.source).is_file()


def test_the_bundled_drafts_translate_the_languages_that_the_catalogue_says() -> None:
    drafts = [e for e in catalogue.read(BUNDLED).entries if e.bundled and e.kind == "translation"]
    languages = {tag for entry in drafts for tag in entry.languages}
    assert languages == {"de", "es", "fr", "ja", "ko", "pt", "zh-Hans", "zh-Hant"}
    for entry in drafts:
        for tag in entry.languages:
            (package,) = Models().route(tag) or ()
            assert package.bundled and package.path.parent.name == entry.name


@pytest.mark.parametrize(
    "lang,text,known",
    [
        ("de", "Die Kinder spielen im Garten.", {"children", "garden"}),
        ("ja", "彼女は子供のころからピアノを弾いている。", {"piano", "child"}),
        ("ko", "이 설정을 변경하려면 관리자 권한이 필요합니다.", {"setting", "administrator"}),
    ],
)
def test_the_bundled_drafts_know_some_words(lang: str, text: str, known: set[str]) -> None:
    (package,) = Models().route(lang) or ()
    (made,) = load_translator([package], Settings()).translate([text])
    assert known <= set(re.findall(r"\w+", made.text.lower()))


@pytest.mark.parametrize(
    ("lang", "text", "amount"),
    [
        ("zh", "这座桥花了3亿5000万元。", "350 million"),
        ("ja", "この橋には3億5000万円かかった。", "350 million"),
        ("ko", "이 다리에는 3억 5천만 원이 들었다.", "350 million"),
    ],
)
def test_amounts_in_ten_thousands_survive_the_bundled_drafts(lang: str, text: str, amount: str) -> None:
    (made,) = shelf.translator(Models(), lang, Settings()).translate([text])
    assert amount in made.text


def test_the_bundled_encoder_judges_only_between_languages_that_it_knows(home: Path) -> None:
    tiny_models.package_folder(home / "argos", src="fr")
    tiny_models.package_folder(home / "argos", src="sw")
    tiny_models.package_folder(home / "argos", src="klingon")
    judged = {package.from_code: Models().judge(package) for package in Models().packages}
    assert judged.pop("sw") is None
    assert judged.pop("klingon") is None
    assert set(judged) == {"de", "es", "fr", "ja", "ko", "pt", "zh", "zt"}
    assert all(judge is not None and judge.model_id.startswith("encoder-static@") for judge in judged.values())


def test_without_the_bundled_encoder_translations_come_as_the_model_has_them(home: Path) -> None:
    shutil.copy(BUNDLED / "catalogue.toml", home)
    (package,) = read_package(tiny_models.package_folder(home / "argos"))
    assert Models(folder=home).judge(package) is None


def test_every_figure_of_the_catalogue_names_the_command_that_prints_it() -> None:
    figures = [figure for entry in catalogue.read(BUNDLED).entries for figure in entry.quality]
    assert figures
    assert all(figure.command.startswith("python -m ") and figure.value for figure in figures)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[model]", "damaged"),
        ('[[model]]\nname = "a"\nkind = "verse"\nlicence = "MIT"\nsource = "b"', "no kind of model"),
        (
            '[[model]]\nname = "a"\nkind = "encoder"\nlicence = "MIT"\nsource = "b"\nrepo = "a/b"\nrevision = "main"',
            "full",
        ),
        ('[[model]]\nname = "a"', "damaged"),
    ],
)
def test_a_damaged_catalogue_is_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "catalogue.toml").write_text(text)
    with pytest.raises(ModelError, match=said):
        catalogue.read(tmp_path)
    with pytest.raises(ModelMissingError, match="WORKBENCH_MODELS"):
        catalogue.read(tmp_path / "nowhere")


# What is preferred


def two_packages(home: Path) -> None:
    tiny_models.package_folder(home / "argos", version="2.0")
    tiny_models.package_folder(home / "argos", tiny_models.FRENCH | {"chat": "tomcat"}, version="1.0")


def english(workbench: Workbench) -> list[str]:
    return [view.english.text if view.english else "" for view in workbench.segments("a.txt")]


def test_what_one_model_made_is_never_taken_for_anothers(home: Path) -> None:
    two_packages(home)
    with Workbench(home / "w", user="Ada") as workbench:
        workbench.add_bytes(b"le chat dort", "a.txt", "fr")
        workbench.translate()
        assert english(workbench) == ["the cat sleeps"]
    assert "French to English" in shelf.prefer(Models(), "translate-fr_en-1_0")
    with Workbench(home / "w", user="Ada") as workbench:
        assert english(workbench) == [""]
        workbench.translate()
        assert english(workbench) == ["the tomcat sleeps"]
    shelf.prefer(Models(), "translate-fr_en-1_0", wanted=False)
    with Workbench(home / "w", user="Ada") as workbench:
        assert english(workbench) == ["the cat sleeps"]


def test_a_model_that_was_replaced_meanwhile_says_nothing_in_the_others_name(home: Path) -> None:
    one = tiny_models.package_folder(home / "one")
    other = tiny_models.package_folder(home / "other", tiny_models.FRENCH | {"chat": "tomcat"})
    shelf.install(Models(), [str(one)])
    with Workbench(home / "w", user="Ada") as workbench:
        workbench.add_bytes(b"le chat dort", "a.txt", "fr")
        assert english(workbench) == [""]
        shelf.install(Models(), [str(other)])
        with pytest.raises(ModelError, match="translate-fr_en-1_0 was replaced since"):
            workbench.translate()
    with Workbench(home / "w", user="Ada") as workbench:
        workbench.translate()
        assert english(workbench) == ["the tomcat sleeps"]


def test_an_encoder_that_was_replaced_meanwhile_makes_no_vectors_in_the_others_name(home: Path) -> None:
    shelf.install(Models(), [str(encoder_folder(home / "1" / "mine", 1))])
    encoder = Models().encoder("mine")
    shelf.install(Models(), [str(encoder_folder(home / "2" / "mine", 2))])
    with pytest.raises(ModelError, match="is not the file that"):
        encoder.encode(["le chat"])
    assert Models().encoder("mine").encode(["le chat"]).shape == (1, 8)


def test_an_alignment_names_the_model_whose_english_it_rests_on(home: Path) -> None:
    two_packages(home)
    named = []
    for wanted in ("translate-fr_en-2_0", "translate-fr_en-1_0", "fr_en"):  # and the bundled draft
        shelf.prefer(Models(), wanted)
        with Workbench(home / "w", user="Ada") as workbench:
            workbench.add_bytes(b"le chat dort", "a.txt", "fr")
            workbench.add_bytes(b"the cat sleeps", "b.txt", "en")
            (view,) = workbench.align(["a.txt", "b.txt"])
            named.append([package.name for package in Models().packages if package.model_id in view.signature])
    assert named == [["translate-fr_en-2_0"], ["translate-fr_en-1_0"], ["fr_en"]]


def test_an_alignment_is_out_of_date_once_other_models_are_chosen_for_its_languages(home: Path) -> None:
    two_packages(home)
    encoder_folder(Models().encoder_folder / "mine")

    def stale(workbench: Workbench) -> tuple[bool, bool]:
        """Whether that of the texts in French and English is, and that of those in English."""
        a, b, c = (info.id for info in workbench.documents())
        views = workbench.pair(a, b), workbench.pair(c, b)
        said = tuple(view is not None and view.stale for view in views)
        assert workbench.stale([(a, b), (b, c)]) == list(compress([(a, b), (b, c)], said))
        return said[0], said[1]

    with Workbench(home / "w", user="Ada") as old:
        for name, lang, text in (("a.txt", "fr", b"le chat dort"), ("b.txt", "en", b"the cat sleeps")):
            old.add_bytes(text, name, lang)
        old.add_bytes(b"the cat sleeps", "c.txt", "en")
        old.align(["a.txt", "b.txt", "c.txt"])
        assert stale(old) == (False, False)
        shelf.prefer(Models(), "translate-fr_en-1_0")
        with Workbench(home / "w", user="Ada") as new:
            assert stale(new) == (True, False)
            new.align(["a.txt", "b.txt"])
            assert stale(new) == stale(old) == (False, False)  # though the old one would choose as before
        old.align_range("a.txt", "b.txt", range(1), range(1))
        assert stale(old) == (False, False)
    shelf.prefer(Models(), "mine")
    with Workbench(home / "w", user="Ada") as workbench:
        assert stale(workbench) == (True, True)
    shelf.remove(Models(), "mine")
    shelf.prefer(Models(), "fr_en")  # the bundled draft
    with Workbench(home / "w", user="Ada") as workbench:
        assert stale(workbench) == (True, False)


def test_a_preference_is_for_its_own_pair(home: Path) -> None:
    for code, version in (("zh", "1.0"), ("zh", "2.0"), ("zt", "1.0"), ("zt", "2.0")):
        tiny_models.package_folder(home / "argos", tiny_models.CHINESE, {}, code, "en", version)
    shelf.prefer(Models(), "translate-zh_en-1_0")

    def names(lang: str) -> list[str]:
        return [package.name for package in Models().route(lang) or ()]

    assert names("zh-Hans") == ["translate-zh_en-1_0"]
    assert names("zh-Hant") == ["translate-zt_en-2_0"]


def test_a_bundled_model_can_be_preferred_and_a_name_that_two_have_is_asked_about(home: Path) -> None:
    shutil.move(tiny_models.package_folder(home / "argos"), home / "argos" / "fr_en")
    own, bundled = (
        p for wanted in (False, True) for p in Models().packages if p.bundled is wanted and p.name == "fr_en"
    )
    assert Models().route("fr") == [own]
    with pytest.raises(InputError, match=rf"{bundled.model_id} or {own.model_id}"):
        shelf.prefer(Models(), "fr_en")
    shelf.prefer(Models(), bundled.model_id)
    assert Models().route("fr") == [bundled]
    assert {item.state for item in shelf.present(Models()) if item.name == "fr_en"} == {"preferred", "not used"}


def test_a_preferred_encoder_compares_and_its_vectors_are_its_own(home: Path) -> None:
    for seed, name in enumerate(("first", "second")):
        shelf.install(Models(), [str(encoder_folder(home / name, seed))])
    ids = []
    for name in ("encoder-static", "first", "second"):
        shelf.prefer(Models(), name)
        encoding = Models().encoders()
        assert encoding.multilingual is not None
        ids.append(encoding.multilingual.model_id)
        assert encoding.multilingual.model_id in encoding.signature
        assert encoding.knows("sw") is (name != "encoder-static")
    assert [model_id.split("@")[0] for model_id in ids] == ["encoder-static", "first", "second"]
    with pytest.raises(InputError, match="English only"):
        shelf.prefer(Models(), "encoder-tellings")
    with pytest.raises(InputError, match="English only"):
        encoder_folder(home / "home" / "encoders" / "all-MiniLM-L6-v2")
        shelf.prefer(Models(), "all-MiniLM-L6-v2")


def test_another_model_under_the_same_name_is_another_model(home: Path) -> None:
    ids = set()
    for seed in (1, 2):
        shelf.install(Models(), [str(encoder_folder(home / str(seed) / "mine", seed))])
        ids.add(Models().encoder("mine").model_id)
    other = encoder_folder(home / "3" / "mine", 2)
    (other / "tokenizer.json").write_text((other / "tokenizer.json").read_text().replace('"chat"', '"chats"'))
    shelf.install(Models(), [str(other)])
    ids.add(Models().encoder("mine").model_id)
    assert len(ids) == 3
    folder = encoder_folder(home / "plain")
    assert load(folder).model_id != load(folder, prompt="query: ").model_id


def test_a_preferred_model_that_is_gone_gives_way_and_is_named(home: Path) -> None:
    preferences.write(preferences.Preferences({"fr>en": "lost"}, "gone"), home / "home")
    models = Models()
    assert models.encoder_name == "encoder-static"
    assert [package.name for package in models.route("fr") or ()] == ["fr_en"]
    assert shelf.absent_preferences(models) == ["gone", "lost"]


def test_only_what_is_preferred_ceases_to_be(home: Path) -> None:
    two_packages(home)
    encoder_folder(Models().encoder_folder / "mine")
    for wanted, other in (("translate-fr_en-1_0", "translate-fr_en-2_0"), ("mine", "encoder-static")):
        shelf.prefer(Models(), wanted)
        assert "is not preferred" in shelf.prefer(Models(), other, wanted=False)
    assert Models().preferences == preferences.Preferences({"fr>en": "translate-fr_en-1_0"}, "mine")


def test_a_preferred_model_that_is_gone_need_not_come_back_to_be_preferred_no_longer(home: Path) -> None:
    two_packages(home)
    shelf.prefer(Models(), "translate-fr_en-1_0")
    preferences.write(replace(Models().preferences, encoder="gone"), home / "home")
    assert "models prefer gone --off" in said("list")
    assert "no longer preferred" in said("prefer", "gone", "--off")
    (home / "argos" / "translate-fr_en-1_0" / "model" / "model.bin").unlink()
    shelf.remove(Models(), "translate-fr_en-1_0")  # what is left of it
    assert Models().preferences == preferences.Preferences()


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"translation": 3, "encoder": ""}', '{"translation": {"a": 1}, "encoder": ""}']
)
def test_damaged_preferences_are_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "preferences.json").write_text(text)
    with pytest.raises(InputError, match="delete it"):
        preferences.read(tmp_path)


# In and out


def zipped(folder: Path, target: Path, top: str = "") -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for path in folder.iterdir():
            archive.write(path, f"{top}{path.name}")
    return target


def tarred(folder: Path, target: Path) -> Path:
    with tarfile.open(target, "w:gz") as archive:
        archive.add(folder, folder.name)
    return target


@pytest.mark.parametrize("packed", ["folder", "zip", "zip with a folder", "tar"])
def test_an_encoder_is_installed_from_a_folder_or_an_archive(home: Path, packed: str) -> None:
    folder = encoder_folder(home / "mine")
    (folder / "code.py").write_text("raise SystemExit")
    (folder / "pytorch_model.bin").write_bytes(b"pickled")
    source = {
        "folder": lambda: folder,
        "zip": lambda: zipped(folder, home / "mine.zip"),
        "zip with a folder": lambda: zipped(folder, home / "mine.zip", "other/"),
        "tar": lambda: tarred(folder, home / "mine.tar.gz"),
    }[packed]()
    assert "models prefer mine" in shelf.install(Models(), [str(source)])
    (place,) = encoders.installed(Models().encoder_folder)
    assert {path.name for path in place.iterdir()} == {
        "SHA256SUMS", "model.safetensors", "modules.json", "tokenizer.json",
    }  # fmt: skip
    assert np.allclose(Models().encoder("mine").encode(["le chat"]), load(folder).encode(["le chat"]))
    assert "removed" in shelf.remove(Models(), "mine")
    assert encoders.installed(Models().encoder_folder) == []


def hostile_tar(target: Path, name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> Path:
    with tarfile.open(target, "w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, link
        archive.addfile(member, io.BytesIO())
    return target


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("../outside.json", tarfile.REGTYPE),
        ("/outside.json", tarfile.REGTYPE),
        ("mine/link", tarfile.SYMTYPE),
        ("mine/link", tarfile.LNKTYPE),
        ("mine/device", tarfile.CHRTYPE),
    ],
)
def test_an_archive_that_leads_elsewhere_is_refused(home: Path, name: str, kind: bytes) -> None:
    with pytest.raises(ModelError, match="would land outside"):
        shelf.install(Models(), [str(hostile_tar(home / "mine.tar.gz", name, kind, "/etc/passwd"))])
    assert_nothing_installed(home)


def assert_nothing_installed(home: Path) -> None:
    assert encoders.installed(Models().encoder_folder) == []
    assert [path.name for path in (home / "home").iterdir()] == ["encoders"]
    assert list((home / "home" / "encoders").iterdir()) == []


def test_what_is_no_model_is_refused(home: Path) -> None:
    (home / "empty").mkdir()
    broken = encoder_folder(home / "broken")
    (broken / "model.safetensors").write_bytes(b"nothing")
    unsafe = encoder_folder(home / "unsafe")
    (unsafe / "model.safetensors").rename(unsafe / "pytorch_model.bin")
    strange = encoder_folder(home / "strange")
    said = (strange / "modules.json").read_text()
    (strange / "modules.json").write_text(said.replace("sentence_transformers.models", "os.path"))
    with pytest.raises(ModelError, match=r"^strange asks for code of its own \(os\.path"):
        shelf.install(Models(), [str(strange)])
    (home / "torn.zip").write_bytes(zipped(encoder_folder(home / "torn"), home / "whole.zip").read_bytes()[:-90])
    for name, said in (("empty", "no modules.json"), ("unsafe", "safetensors"), ("torn.zip", "not a complete archive")):
        with pytest.raises(ModelError, match=said):
            shelf.install(Models(), [str(home / name)])
    with pytest.raises(ModelError, match="cannot be loaded"):
        shelf.install(Models(), [str(broken)])
    with pytest.raises(InputError, match="give it another name"):
        shelf.install(Models(), [str(encoder_folder(home / "encoder-static"))])
    with pytest.raises(ModelError, match="not the official model"):
        shelf.install(Models(), [str(encoder_folder(home / "multilingual-e5-small"))])
    with pytest.raises(InputError, match="two language codes"):
        shelf.install(Models(), ["nothing-like-this"])
    assert_nothing_installed(home)


@pytest.mark.parametrize("ending", ["zip", "tar.gz", "tar.xz", "tar.bz2"])
@given(where=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255), cut=st.booleans())
@example(where=0.83984375, byte=0, cut=False)  # of a ZIP archive, so that the name of a folder is empty
@settings(max_examples=30)
def test_a_damaged_archive_is_one_sentence_or_unpacks_as_it_was_packed(
    tmp_path_factory: pytest.TempPathFactory, ending: str, where: float, byte: int, cut: bool
) -> None:
    folder = tmp_path_factory.mktemp("archive")
    content = bytes(range(256)) * 20
    (folder / "mine").mkdir()
    (folder / "mine" / "weights").write_bytes(content)
    packed = Path(shutil.make_archive(str(folder / "packed"), ARCHIVERS[ending], folder, "mine"))
    data = bytearray(packed.read_bytes())
    at = int(where * len(data))
    packed.write_bytes(data[:at] if cut else bytes(data[:at]) + bytes([byte]) + bytes(data[at + 1 :]))
    try:
        made = folders.unpacked(packed, folder / "out")
    except ModelError:
        return
    # A ZIP archive tells files' sums and not those of their names.
    assert [path.read_bytes() for path in made.rglob("*") if path.is_file()] in ([content], [])


ARCHIVERS = {"zip": "zip", "tar.gz": "gztar", "tar.xz": "xztar", "tar.bz2": "bztar"}


@pytest.mark.parametrize("name", ["french.zip", "FRENCH.ARGOSMODEL", "french", "french.tar.gz", "french.tar"])
def test_a_package_is_known_by_what_is_in_it_and_its_languages_are_said(home: Path, name: str) -> None:
    folder = tiny_models.package_folder(home / "source", src="de")
    if "tar" in name:
        packed = Path(shutil.make_archive(str(home / "french"), ARCHIVERS.get(name[7:], "tar"), home / "source"))
        assert packed.name == name
    else:
        packed = tiny_models.argosmodel(folder, home / name)
    assert shelf.install(Models(), [str(packed)]).endswith("translate-de_en-1_0, from German to English")


def test_of_packages_that_share_a_model_one_is_installed_whole(home: Path) -> None:
    made, shared = tiny_models.package_folder(home / "made"), home / "trained"
    for code in ("fr", "zh"):
        (shared / f"{code}_en").mkdir(parents=True)
        about = json.loads((made / "metadata.json").read_text()) | {"from_code": code}
        (shared / f"{code}_en" / "metadata.json").write_text(json.dumps(about))
    for name in ("model", "sentencepiece.model"):
        shutil.move(made / name, shared / name)
    folders.write_sums(shared)
    with pytest.raises(InputError, match=r"one by one; name .*fr_en or .*zh_en"):
        shelf.install(Models(), [str(shared)])
    assert "translate-fr_en-1_0" in shelf.install(Models(), [str(shared / "fr_en")])
    (installed,) = packages([], [home / "argos"])
    assert argos.verify(installed) == []
    assert load_translator([installed], Settings()).translate(["le chat"])[0].text == "the cat"
    with (shared / "sentencepiece.model").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelError, match=r"Nothing was installed .* is not the file"):
        shelf.install(Models(), [str(shared / "zh_en")])


def test_a_package_without_its_folder_is_told_what_is_expected(home: Path) -> None:
    folder = tiny_models.package_folder(home / "source")
    for kind in ("zip", "gztar"):
        packed = shutil.make_archive(str(home / "flat"), kind, folder)
        with pytest.raises(ModelError, match=r"one folder with a metadata\.json is expected"):
            shelf.install(Models(), [packed])


def test_what_keeps_an_archive_from_being_unpacked_is_told_for_what_it_is(home: Path) -> None:
    folder = encoder_folder(home / "mine")
    whole = zipped(folder, home / "MINE.ZIP", "mine/")
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr("__MACOSX/mine/._modules.json", "what a Mac adds")
    twice = Path(shutil.copy(whole, home / "twice.zip"))
    with zipfile.ZipFile(twice, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("mine/modules.json", "[]")
    long = Path(shutil.copy(whole, home / "long.zip"))
    with zipfile.ZipFile(long, "a") as archive:
        archive.writestr(f"mine/{'x' * 3000}", "")
    os.mkfifo(home / "pipe.argosmodel")
    for path, said in ((twice, "more than once"), (long, "3,005 char"), (home / "pipe.argosmodel", "no file")):
        with pytest.raises(ModelError, match=said):
            shelf.install(Models(), [str(path)])
    with room_for_files_of(100), pytest.raises(ModelError, match=r"MINE\.ZIP cannot be unpacked .*Make room"):
        shelf.install(Models(), [str(whole)])
    assert_nothing_installed(home)
    assert "installed MINE" in shelf.install(Models(), [str(whole)])


def test_what_cannot_be_put_in_place_leaves_what_stands_there_and_what_was_left_half_done_goes(home: Path) -> None:
    place = encoder_folder(home / "models" / "mine")
    left, recent = home / ".workbench-dead", home / ".workbench-busy"
    for path in (left, recent):
        path.mkdir()
    os.utime(left, (0, 0))
    with folders.workshop(home / "models") as workshop, pytest.raises(ModelError, match="cannot be replaced"):
        folders.put(workshop / "nothing", place, workshop)
    assert load(place).encode(["le chat"]).shape == (1, 8)
    assert recent.exists() and not left.exists()


KILLED_AFTER_THE_FIRST_MOVE = """
import os, sys
from pathlib import Path
from workbench import folders

move = Path.rename

def move_and_die(self, target):
    move(self, target)
    os.kill(os.getpid(), 9)

fresh, place = map(Path, sys.argv[1:])
with folders.workshop(place.parent) as workshop:
    Path.rename = move_and_die
    folders.put(fresh, place, workshop)
"""


def test_who_is_killed_while_a_model_is_replaced_finds_the_old_one_again(home: Path) -> None:
    place = encoder_folder(Models().encoder_folder / "mine", seed=1)
    package = tiny_models.package_folder(home / "argos")
    for here in (place, package):
        fresh = Path(shutil.copytree(here, home / "fresh" / here.name))
        (fresh / "new").touch()
        done = subprocess.run([sys.executable, "-c", KILLED_AFTER_THE_FIRST_MOVE, fresh, here], cwd=ROOT)
        assert done.returncode == -9 and not here.exists()
    assert encoders.installed(Models().encoder_folder) == [place]
    assert [found.path for found in packages([], [home / "argos"])] == [package]
    assert not (place / "new").exists()


def test_what_was_replaced_does_not_come_back_once_the_new_one_is_removed(home: Path) -> None:
    place = encoder_folder(Models().encoder_folder / "mine")
    shutil.copytree(place, home / "home" / ".workbench-dead" / "replaced" / "encoders" / "mine")
    shelf.remove(Models(), "mine")
    assert encoders.installed(Models().encoder_folder) == []


def test_damage_is_found_by_verify_and_before_use(home: Path) -> None:
    shelf.install(Models(), [str(encoder_folder(home / "mine"))])
    (place,) = encoders.installed(Models().encoder_folder)
    assert encoders.verify(place) == []
    with (place / "model.safetensors").open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\x7f")
    assert "is not the file" in encoders.verify(place)[0]
    with pytest.raises(ModelError, match="install the model again"):
        Models().encoder("mine")


@pytest.mark.parametrize(
    ("bundled", "remedy"),
    [(True, "get its files again from the repository"), (False, "models install fr en, or the file that it came in")],
)
def test_what_to_do_about_damage_can_be_done(
    home: Path, monkeypatch: pytest.MonkeyPatch, bundled: bool, remedy: str
) -> None:
    models = Models(folder=home / "models")
    (home / "models").mkdir()
    (home / "models" / "catalogue.toml").write_text("model = []")
    shelf_of_packages = home / "models" / "translation" if bundled else home / "argos"
    folder = tiny_models.package_folder(shelf_of_packages)
    folders.write_sums(folder)
    assert {finding.subject: finding.well for finding in verify_models(models)}[folder.name]
    damaged = bytearray((folder / "sentencepiece.model").read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (folder / "sentencepiece.model").write_bytes(damaged)
    found = {finding.subject: finding for finding in verify_models(models)}
    assert "sentencepiece.model is not the file" in found[folder.name].state
    assert found[folder.name].remedy.endswith(remedy)


def test_a_package_for_other_languages_is_not_replaced_because_it_is_called_the_same(home: Path) -> None:
    place = tiny_models.package_folder(home / "argos")
    other = tiny_models.package_folder(home / "other", tiny_models.SPANISH, src="en", tgt="es")
    other = other.rename(other.with_name(place.name))
    with pytest.raises(ModelError, match=r"leads from fr to en, this from en to es; rename"):
        shelf.install(Models(), [str(other)])
    assert read_package(place)[0].pair == "fr>en"


def test_files_that_are_installed_at_once_are_not_asked_the_network_for(home: Path) -> None:
    files = [home / name for name in ("a.argosmodel", "b.argosmodel")]
    for file in files:
        file.touch()
    with pytest.raises(InputError, match="expected one file or folder that exists"):
        shelf.install(Models(), [*map(str, files)])


def test_bundled_models_stay_and_removing_forgets_the_preference(home: Path) -> None:
    two_packages(home)
    for name in ("zh_en", "encoder-static", "encoder-tellings"):
        with pytest.raises(ModelError, match="comes with the workbench"):
            shelf.remove(Models(), name)
    shelf.prefer(Models(), "translate-fr_en-1_0")
    shelf.remove(Models(), "translate-fr_en-1_0")
    assert Models().preferences == preferences.Preferences()
    with pytest.raises(ModelMissingError, match="did you mean translate-fr_en-2_0"):
        shelf.remove(Models(), "translate-fr_en-1_0")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("FR-EN", "did you mean fr_en"),
        ("encoder-sttic", "did you mean encoder-static"),
        ("labse", "models install LaBSE` brings it"),
        ("all-MiniLM-L6-v2", "Python package that the workbench needs"),
        ("poetry", "models list` shows"),
    ],
)
def test_a_name_that_no_model_has_is_told_what_may_be_meant(home: Path, name: str, said: str) -> None:
    with pytest.raises(WorkbenchError, match=said):
        shelf.remove(Models(), name)


def test_a_package_that_lost_its_weights_can_be_removed(home: Path) -> None:
    folder = tiny_models.package_folder(home / "argos")
    (folder / "model" / "model.bin").unlink()
    for findings in (check_up(home / "w"), verify_models(Models())):
        (found,) = [finding for finding in findings if finding.subject == folder.name]
        assert found.remedy == f"python -m workbench models remove {folder.name}"
    assert "removed" in shelf.remove(Models(), folder.name)
    assert all(finding.subject != folder.name for finding in check_up(home / "w"))
    assert not folder.exists() and (home / "argos").exists()
    for name in ("..", ".", "", str(home)):
        with pytest.raises(ModelMissingError):
            shelf.remove(Models(), name)


def test_a_packed_package_carries_its_sums(home: Path) -> None:
    (package,) = [package for package in Models().packages if package.name == "fr_en"]
    packed = shelf.pack(Models(), "fr_en", home)
    assert packed.name == f"translate-fr_en-{package.version.replace('.', '_')}.argosmodel"
    installed = argos.install(packed)
    assert argos.verify(installed) == []
    assert folders.sha256(installed.model / "model.bin") == folders.sha256(package.model / "model.bin")
    with zipfile.ZipFile(packed, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(f"{packed.stem}/metadata.json", "{}")
    with pytest.raises(ModelError):
        argos.install(packed)
    assert packages([], [home / "argos"]) == [installed]


def test_a_package_is_packed_whatever_the_age_of_its_files(home: Path) -> None:
    folder = tiny_models.package_folder(home / "argos")
    os.utime(folder / "metadata.json", (0, 0))  # ZIP counts from 1980
    packed = shelf.pack(Models(), folder.name, home / "packed")
    with zipfile.ZipFile(packed) as archive:
        assert f"{packed.stem}/metadata.json" in archive.namelist()


def test_a_package_is_packed_into_the_folder_or_the_file_that_is_named_and_into_nothing_else(home: Path) -> None:
    models = Models()
    assert shelf.pack(models, "fr_en", home / "new" / "folder").parent == home / "new" / "folder"
    named = home / "other" / "french.argosmodel"
    assert shelf.pack(models, "fr_en", named) == named
    assert [path.name for path in named.parent.iterdir()] == [named.name]
    (home / "notes").write_text("mine")
    with pytest.raises(ModelError, match="cannot be written"):
        shelf.pack(models, "fr_en", home / "notes")
    assert (home / "notes").read_text() == "mine"


def test_an_installed_package_that_differs_from_its_sums_is_refused(home: Path) -> None:
    folder = tiny_models.package_folder(home / "mine")
    folders.write_sums(folder)
    (folder / "metadata.json").write_text((folder / "metadata.json").read_text() + " ")
    with pytest.raises(ModelError, match=r"metadata\.json is not the file"):
        argos.install(folder)
    assert packages([], [home / "argos"]) == []


def test_a_card_can_be_written_once_a_model_has_its_sums(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("A draft.")
    (tmp_path / "weights").write_bytes(b"1")
    folders.write_sums(tmp_path)
    (tmp_path / "README.md").write_text("What it is good for.")
    assert list(folders.faults(folders.read_sums(tmp_path))) == []
    (tmp_path / "weights").write_bytes(b"2")
    assert [fault for fault in folders.faults(folders.read_sums(tmp_path)) if "weights is not" in fault]


# From the network: a server on this machine


class Hub(BaseHTTPRequestHandler):
    """Files by path; `torn` ones stop in the middle, `wrong` ones are others than the listing says."""

    files: Mapping[str, bytes] = {}
    torn = wrong = ""

    def do_HEAD(self) -> None:
        self.answer(with_body=False)

    def do_GET(self) -> None:
        self.answer(with_body=True)

    def answer(self, with_body: bool) -> None:
        path = self.path.partition("?")[0]
        if path == f"/api/models/org/mine/revision/{REVISION}":
            return self.send(json.dumps(self.listing()).encode(), with_body)
        if path.startswith(f"/api/models/org/mine/tree/{REVISION}"):
            return self.send(json.dumps([entry | {"type": "file"} for entry in self.tree()]).encode(), with_body)
        name = path.removeprefix(f"/org/mine/resolve/{REVISION}/").removeprefix("/")
        if name not in self.files:
            return self.send_error(404)
        data = self.files[name]
        return self.send(bytes(len(data)) if name == self.wrong else data, with_body, torn=name == self.torn)

    def tree(self) -> list[dict[str, object]]:
        return [
            {"path": name, "size": len(data), "oid": hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()}
            | ({"lfs": {"oid": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 1}} if large else {})
            for name, data in self.files.items()
            for large in [name.endswith(".safetensors")]
        ]

    def listing(self) -> dict[str, object]:
        siblings = []
        for entry in self.tree():
            lfs = entry.get("lfs")
            more = (
                {"lfs": {"sha256": lfs["oid"], "size": lfs["size"], "pointerSize": 1}} if isinstance(lfs, dict) else {}
            )
            siblings.append({"rfilename": entry["path"], "size": entry["size"], "blobId": entry["oid"]} | more)
        return {"id": "org/mine", "_id": "1", "sha": REVISION, "siblings": siblings}

    def send(self, data: bytes, with_body: bool, torn: bool = False) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", f'"{hashlib.sha256(data).hexdigest()}"')
        self.send_header("X-Repo-Commit", REVISION)
        self.end_headers()
        if with_body:
            self.wfile.write(data[: len(data) // 2] if torn else data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serving(files: Mapping[str, bytes], torn: str = "", wrong: str = "") -> Iterator[str]:
    handler = type("Handler", (Hub,), {"files": files, "torn": torn, "wrong": wrong})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def hub_files(tmp_path: Path) -> dict[str, bytes]:
    folder = encoder_folder(tmp_path / "source")
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    return files | {"onnx/model.json": b"{}", "evil.py": b"raise SystemExit", "pytorch_model.bin": b"pickled"}


def test_a_model_comes_from_the_hub_checked(home: Path, hub_files: dict[str, bytes]) -> None:
    target = Models().encoder_folder
    pinned = {"model.safetensors": hashlib.sha256(hub_files["model.safetensors"]).hexdigest()}
    with serving(hub_files) as address:
        place = encoders.download("org/mine", REVISION, target, pinned, address)
        with pytest.raises(ModelError, match="not the official model"):
            encoders.download("org/mine", REVISION, target, {"model.safetensors": "0" * 64}, address)
        with pytest.raises(ModelError, match="does not give"):
            encoders.download("org/other", REVISION, target, {}, address)
    assert sorted(path.name for path in place.iterdir()) == sorted(
        ["SHA256SUMS", *(name for name in hub_files if name.endswith((".json", "safetensors")) and "/" not in name)]
    )
    assert Models().encoder("mine").encode(["le chat"]).shape == (1, 8)


@pytest.mark.parametrize("part", ["model.safetensors", "tokenizer.json"])
@pytest.mark.parametrize("how", ["torn", "wrong"])
def test_a_download_that_is_not_whole_is_no_model(
    home: Path, hub_files: dict[str, bytes], part: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The library tries a torn connection again, with seconds between; once is enough here.
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    with serving(hub_files, **{how: part}) as address, pytest.raises(ModelError):
        encoders.download("org/mine", REVISION, Models().encoder_folder, {}, address)
    assert_nothing_installed(home)


def test_without_a_network_the_way_round_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelError, match=r"connect to the network, or .*models install FOLDER"):
        shelf.install(Models(), ["LaBSE"])
    assert_nothing_installed(home)


def test_a_package_comes_from_the_index_whole_or_not_at_all(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = tiny_models.argosmodel(tiny_models.package_folder(home / "made"), home / "fr_en.argosmodel").read_bytes()
    files = {"fr_en.argosmodel": packed}
    for torn in ("fr_en.argosmodel", ""):
        with serving(files, torn) as address:
            link = f"{address}/fr_en.argosmodel"
            entry = {"from_code": "fr", "to_code": "en", "package_version": "1.0", "links": [link]}
            files["index.json"] = json.dumps([entry]).encode()
            monkeypatch.setenv("ARGOS_PACKAGE_INDEX", address)
            if torn:
                with pytest.raises(ModelError, match="download"):
                    shelf.install(Models(), ["fr", "en"])
                assert packages([], [home / "argos"]) == []
            else:
                assert "states no checksum" in shelf.install(Models(), ["fr", "en"])
    (package,) = packages([], [home / "argos"])
    assert argos.verify(package) == []


# The command line, and how good a model is


def said(*arguments: object) -> str:
    done = CliRunner().invoke(models_app, [str(argument) for argument in arguments])
    if isinstance(done.exception, WorkbenchError):
        return f"error: {done.exception}"
    assert done.exception is None, done.output
    return done.output


def test_the_commands_say_what_they_did(home: Path) -> None:
    two_packages(home)
    assert "models install LaBSE" in said("list")
    assert "installed mine" in said("install", encoder_folder(home / "mine"))
    assert "preferred for comparing across languages" in said("prefer", "mine")
    (line,) = [line for line in said("list").splitlines() if line.startswith("mine\t")]
    assert line.split("\t")[4] == "preferred"
    assert next(finding for finding in verify_models(Models()) if finding.subject == "mine").well
    assert "no longer preferred" in said("prefer", "mine", "--off")
    assert "removed mine" in said("remove", "mine")
    assert "written to" in said("pack", "zt_en", home / "zt.argosmodel")
    assert said("remove", "mine").startswith("error: there is no model 'mine' here")


def test_a_models_quality_is_scored_as_the_workbench_uses_it(home: Path) -> None:
    two_packages(home)
    loops = "la salle foule rideau public orchestre"
    sources = ["le chat dort dans la gare", loops, "le chien mange dans le jardin"]
    references = ["the cat sleeps in the station", "the room crowd", "the dog eats in the garden"]
    evaluated = partial(bleu.evaluate, sources=sources, references=references)
    raw, made = evaluated(shelf.translator(Models(), "fr", Settings(argos_compatible=True)))
    assert (raw.degenerate, raw.retried) == ({"loop": 1}, 0)
    assert made[0].text == references[0]
    own, _ = evaluated(shelf.translator(Models(), "fr", Settings()))
    assert (own.degenerate, own.retried) == ({}, 1)
    assert "degenerate = 1 of 3 (loop 1)" in bleu.show(raw)
    exact, _ = bleu.evaluate(shelf.translator(Models(), "fr", Settings()), sources[::2], references[::2])
    assert (round(exact.bleu), round(exact.chrf)) == (100, 100)
    assert "BLEU = 100.0 (nrefs:1|" in bleu.show(exact)
    other = shelf.translator(Models(), "fr", Settings(), str(home / "argos" / "translate-fr_en-1_0"))
    assert other.translate(["le chat"])[0].text == "the tomcat"
    assert other.model_id == read_package(home / "argos" / "translate-fr_en-1_0")[0].model_id
    with pytest.raises(ModelMissingError, match="from Swahili"):
        shelf.translator(Models(), "sw", Settings())


def about_app(folder: str) -> None:
    from workbench.core import Workbench
    from workbench.ui.views import about

    with Workbench(folder) as bench:
        about.page(bench)


def test_the_page_about_lists_what_is_used_and_what_can_be_had(home: Path) -> None:
    two_packages(home)
    shelf.prefer(Models(), "translate-fr_en-1_0")
    preferences.write(preferences.Preferences(Models().preferences.translation, "gone"), home / "home")
    page = AppTest.from_function(about_app, args=(str(home / "work"),)).run(timeout=30)
    assert not page.exception
    here, figures, others = (table.value for table in page.table)
    used = dict(zip(here["Model"], here["Used"], strict=True))
    assert used[plain("translate-fr_en-1_0")] == "**preferred**"
    assert used[plain("translate-fr_en-2_0")] == "not used"
    assert "`python -m workbench models install LaBSE`" in list(others["Command"])
    assert len(figures)
    assert any("gone is preferred but not on this computer" in item.value for item in page.warning)
