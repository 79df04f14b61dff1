"""Speed, memory and accuracy, side by side with a baseline: `python -m workbench bench ...`."""
