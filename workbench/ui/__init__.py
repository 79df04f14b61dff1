"""The pages: a Streamlit app over workbench.core."""
