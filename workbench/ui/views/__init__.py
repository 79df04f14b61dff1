"""One module a page. Not named `pages`: Streamlit would take such a folder beside app.py for scripts."""
