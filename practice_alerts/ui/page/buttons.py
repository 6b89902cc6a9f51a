"""Where the buttons at the end of a screen stand."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def side_by_side() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Places for "back" and "on", side by side where there is room."""
    row = st.container(horizontal=True)
    return row.container(width="content"), row.container(width="content")
