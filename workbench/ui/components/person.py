"""The name of whoever sits at this browser, in the upper corner of every page: shown, and changed by person.js."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

import streamlit as st

from workbench.ui.components.files import read

_COOKIE = "workbench-name"
_KEY = "person"
_HEARD = "person_heard"
_HTML = """<section class="person">
<button type="button" class="who" popovertarget="naming" title="Your name, written beside what you change">
<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="8" r="4"/><path d="M4 21c0-5 4-7 8-7s8 2 8 7"/></svg>
<span class="name" dir="auto"></span></button>
<form id="naming" popover autocomplete="off">
<label for="field">Your name</label>
<div class="both"><input id="field" name="name" maxlength="60" dir="auto" autofocus>
<button type="submit">Save</button></div>
<p>Written beside what you accept, reject or correct, and remembered by this browser. Undo takes back your own changes,
never those of others.</p>
</form></section>"""

_person = st.components.v2.component(
    "workbench_person",
    html=_HTML,
    css=read("person.css"),
    js=read("person.js"),
)


def kept() -> str:
    """The name that this browser keeps, empty where there is none."""
    return unquote(st.context.cookies.get(_COOKIE, ""))


def person(name: str, usual: str, is_chosen: bool, on_named: Callable[[str], None]) -> None:
    """Draw the name. `usual`: the one that counts where none was chosen; `on_named` is told another, empty for it."""

    def told() -> None:
        given = getattr(st.session_state[_KEY], "named", None) or {"name": "", "at": None}
        st.session_state[_HEARD] = given["at"]
        on_named(given["name"])

    data = {"name": name, "usual": usual, "chosen": is_chosen, "heard": st.session_state.get(_HEARD)}
    _person(key=_KEY, data=data, on_named_change=told)
