"""The app as Streamlit serves it, kept behind our gate: its windows, its runs, its page."""
