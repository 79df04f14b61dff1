"""The pages over a workbench in memory; WORKBENCH_SAMPLE names which."""

import os

import streamlit as st

from tests.fakes import long_sample, sample
from workbench.ui import shell


@st.cache_resource(scope="session")
def bench():
    length = int(os.environ.get("WORKBENCH_SAMPLE", "0"))
    return long_sample(length) if length else sample()


shell.run(bench())
