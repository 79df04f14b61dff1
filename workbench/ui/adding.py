"""Taking files in: a form, and what became of each file.

Files are read beside the page: a script that draws is stopped by a reload or when somebody goes to another page. Where
that happens, the foot of every page shows how far it is, and what became of each file comes up there: in the browser
tab where they were chosen, or, where that was closed or reloaded, in another one of the same person.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from threading import Lock, Thread

import streamlit as st
from streamlit import runtime
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from workbench import lang
from workbench.core import Workbench
from workbench.plurals import count
from workbench.ui import notes, undoing
from workbench.ui.words import plain
from workbench.wiring.views import Added

DETECT = "detect it"
_USUAL = ("fr", "zh-Hans", "zh-Hant", "en", "es", "pt", "pt-BR", "ja", "ko", "de", "it", "nl", "pl", "uk", "ru", "tr",
          "ar", "he", "fa", "hi", "vi", "id")  # fmt: skip
# Those that files may be in which another one is taken for, as Python calls them.
ENCODINGS = {
    "": "found by itself",
    "utf-8": "Unicode (UTF-8)",
    "utf-16": "Unicode (UTF-16)",
    "cp1250": "Central European: Windows (cp1250)",
    "iso8859-2": "Central European: Unix (ISO 8859-2)",
    "cp852": "Central European: DOS (cp852)",
    "mac-latin2": "Central European: Mac OS",
    "cp1252": "Western European: Windows (cp1252)",
    "iso8859-15": "Western European: Unix (ISO 8859-15)",
    "cp850": "Western European: DOS (cp850)",
    "mac-roman": "Western European: Mac OS (Mac Roman)",
    "cp1251": "Cyrillic: Windows (cp1251)",
    "koi8-r": "Russian: Unix (KOI8-R)",
    "koi8-u": "Ukrainian: Unix (KOI8-U)",
    "cp866": "Cyrillic: DOS (cp866)",
    "mac-cyrillic": "Cyrillic: Mac OS",
    "cp1257": "Baltic: Windows (cp1257)",
    "iso8859-13": "Baltic: Unix (ISO 8859-13)",
    "cp1253": "Greek: Windows (cp1253)",
    "iso8859-7": "Greek: Unix (ISO 8859-7)",
    "cp1254": "Turkish: Windows (cp1254)",
    "cp1255": "Hebrew: Windows (cp1255)",
    "cp1256": "Arabic: Windows (cp1256)",
    "cp1258": "Vietnamese: Windows (cp1258)",
    "cp874": "Thai: Windows (cp874)",
    "gb18030": "Simplified Chinese (GB 18030, GBK, GB 2312)",
    "big5hkscs": "Traditional Chinese (Big5)",
    "cp932": "Japanese (Shift JIS)",
    "euc-jp": "Japanese (EUC-JP)",
    "cp949": "Korean (cp949, EUC-KR)",
}
_SECONDS_BETWEEN_LOOKS = 0.1
_SECONDS_TO_NOTICE = 10.0  # that a tab is gone, on a machine that has much to do
_FEW = 3  # files that are told of singly


def languages() -> list[str]:
    """The languages that a document can be said to be in: those that are met most often first."""
    return list(dict.fromkeys([*_USUAL, *lang.languages()]))


@dataclass(eq=False)
class _Adding:
    """Files on their way into a workspace, one after the other. `results`: what became of the first of them.

    `tab`: the browser tab where they were chosen; `followed`: by the page on which they were. `told_in` is the tab that
    told what became of all of them, and `told_at` the second on a clock of its own.
    """

    workbench: Workbench
    names: Sequence[str]
    language: str | None
    encoding: str
    tab: str
    results: list[Added | Exception] = field(default_factory=list)
    followed: bool = True
    told_in: str | None = None
    told_at: float = 0.0

    def run(self, contents: Iterable[bytes]) -> None:
        """Read the files. Their contents are not kept: nobody may ever come to be told what became of them."""
        for name, data in zip(self.names, contents, strict=True):
            try:
                self.results.append(self.workbench.add_bytes(data, name, self.language, self.encoding))
            except Exception as error:
                self.results.append(error)

    def is_for(self, workbench: Workbench) -> bool:
        """Whether this tab is to tell of them: who did not say who they are has the name of others who did not."""
        same = (self.workbench.folder, self.workbench.user) == (workbench.folder, workbench.user)
        return same and (self.tab == _tab() or not _is_open(self.tab))

    @property
    def is_lost(self) -> bool:
        """Whether the tab that told of them was gone by then, as a reload is noticed late."""
        return self.told_in not in (None, _tab()) and not _is_open(self.told_in or "")

    @property
    def is_done(self) -> bool:
        return len(self.results) == len(self.names)

    def progress(self) -> tuple[float, str]:
        """How far it is, 0 to 1 and in words."""
        done, all_of_them = min(len(self.results), len(self.names) - 1), len(self.names)
        return done / all_of_them, f"Reading {self.names[done]}, file {done + 1} of {all_of_them}"


_begun: list[_Adding] = []  # those that nobody was told the end of, or only just now
_telling = Lock()


def _tab() -> str:
    """The browser tab that this script draws; another one after a reload."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


def _is_open(tab: str) -> bool:
    return runtime.exists() and runtime.get_instance().is_active_session(tab)


def add_files(workbench: Workbench) -> None:
    """A form that takes files in, each with its own success or error."""
    with st.form("add", clear_on_submit=True, border=False):
        label = "Drop files here: text, Markdown, HTML, Word, OpenDocument, Rich Text, EPUB, PDF or subtitles"
        files = st.file_uploader(label, accept_multiple_files=True)
        language = st.selectbox("Language", [DETECT, *languages()], format_func=_language_name, width=280)
        encoding = choose_encoding("Remembered for later versions of the same files")
        pressed = st.form_submit_button("Add", type="primary")
    if pressed and not files and not unfollowed(workbench):  # else it was pressed twice
        notes.draw("info", "Choose one file or more first.")
    if pressed and files:
        _add(workbench, files, None if language == DETECT else language, encoding)
        st.rerun()


def choose_encoding(about: str | None = None, key: str | None = None) -> str:
    """Ask for the encoding of text files, out of the way; empty: it is found by itself."""
    with st.expander("Encoding", icon=":material/translate:"):
        return st.selectbox(
            "Of text files, where letters come out wrong",
            list(ENCODINGS),
            format_func=ENCODINGS.__getitem__,
            width=360,
            key=key,
            help=about,
        )


def _add(workbench: Workbench, files: Sequence[UploadedFile], language: str | None, encoding: str) -> None:
    adding = _Adding(workbench, [file.name for file in files], language, encoding, _tab())
    _begun.append(adding)
    contents = [file.getvalue() for file in files]
    Thread(target=adding.run, args=(contents,), name="adding", daemon=True).start()
    del contents
    bar = st.empty()
    try:
        while not adding.is_done:
            _draw(bar, adding)
            time.sleep(_SECONDS_BETWEEN_LOOKS)
    finally:
        adding.followed = False  # whoever comes next takes it up
    tell(workbench)


def _draw(place: DeltaGenerator, adding: _Adding) -> None:
    share, told = adding.progress()
    place.progress(share, plain(told))


def unfollowed(workbench: Workbench) -> list[_Adding]:
    """Files of this user that are read, or were, and of which no page tells."""
    return [adding for adding in _begun if adding.is_for(workbench) and not adding.followed and adding.told_in is None]


def draw(workbench: Workbench) -> None:
    """Draw how far they are."""
    for adding in unfollowed(workbench):
        _draw(st.empty(), adding)


def tell(workbench: Workbench) -> bool:
    """Note what became of them, once all of a choice are read; whether there was anything to say."""
    with _telling:  # two tabs may come at once
        _forget()
        found = [adding for adding in unfollowed(workbench) if adding.is_done]
        found += [adding for adding in _begun if adding.is_for(workbench) and adding.is_lost]
        for adding in found:
            _note(workbench, adding)
            # not before: a run of a page may be ended wherever it notes anything
            adding.told_in, adding.told_at = _tab(), time.monotonic()
    return bool(found)


def _forget() -> None:
    """Let go of what was told in a tab that would be known to be gone by now."""
    for adding in list(_begun):
        if adding.told_in is not None and time.monotonic() > adding.told_at + _SECONDS_TO_NOTICE:
            _begun.remove(adding)


def _note(workbench: Workbench, adding: _Adding) -> None:
    added = []
    for name, result in zip(adding.names, adding.results, strict=True):
        with notes.guarded(f"reading {name}"):
            if isinstance(result, Exception):
                raise result
            added.append(result)
    say_added(added)
    if len(added) == 1 and added[0].change == "changed":
        undoing.offer(workbench, f"To have the version of {added[0].name} that was here before:")


def say_added(results: Sequence[Added]) -> None:
    """Note what became of files: errors one by one, what went well of many files together."""
    for added in results:
        name = added.name or added.path
        if added.error:
            notes.note("error", added.error)
        for warning in added.warnings:
            notes.note("warning", f"{name}: {warning}")
    for change, verb in (("added", "added"), ("changed", "brought up to date")):
        same = [added for added in results if not added.error and added.change == change]
        told = [f"{added.name} was {verb}: {count(added.segments, 'passage')}." for added in same]
        if len(same) > _FEW:
            names = ", ".join(added.name for added in same)
            passages = count(sum(added.segments for added in same), "passage")
            told = [f"{count(len(same), 'file')} were {verb}, with {passages}: {names}."]
        for sentence in told:
            notes.note("success", sentence)
    for added in results:
        if added.change == "unchanged" and not added.error:
            notes.note("info", f"{added.name} is here already, exactly like this.")


def _language_name(tag: str) -> str:
    return DETECT if tag == DETECT else lang.display_name(tag)
