"""What `workbench.facts` knows of names and denials, learned from parallel text."""
