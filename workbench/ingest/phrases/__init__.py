"""What pages say around their text and within it, by language: data for the rules beside this folder.

Everything is compared after `fold`: case, punctuation and digits do not count.
"""
