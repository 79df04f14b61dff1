"""Who works at this browser: the login name until they say who they are, once."""

from __future__ import annotations

import os
from collections.abc import Sequence

import streamlit as st

from workbench.core import Workbench
from workbench.lang import one_line
from workbench.ui import launch
from workbench.ui.components import person
from workbench.ui.words import plain

_NAME = "person_name"
_LONGEST = 60


def workbench_of_this_browser(workbench: Workbench) -> Workbench:
    """The workbench with the changes of whoever sits here as theirs; their name is drawn and can be changed."""
    if _NAME not in st.session_state:
        _call(person.kept())
    mine = workbench.for_user(st.session_state[_NAME])
    with st.container(key="who"):
        person.person(mine.user, workbench.user, bool(st.session_state[_NAME]), _call)
    return mine


def is_known() -> bool:
    """Whether whoever sits here said who they are, or the workbench was started for them."""
    return bool(st.session_state.get(_NAME) or os.environ.get(launch.USER))


def ask(why: str, usual: str, names: Sequence[str]) -> None:
    """Ask who sits here, once: one of `names`, or anybody where there are none. `why`: what the name is for."""
    with st.form("naming", width=480):
        st.markdown(f"**Who are you?** {plain(why)}")
        given = st.selectbox("Your name", names) if names else st.text_input("Your name", usual, max_chars=_LONGEST)
        if st.form_submit_button("Go on", type="primary") and tidy(given or ""):
            _call(given or "")
            st.rerun()


def _call(name: str) -> None:
    st.session_state[_NAME] = tidy(name)


def tidy(name: str) -> str:
    """A name on one line, without what cannot be seen."""
    return one_line(one_line(name)[:_LONGEST])
