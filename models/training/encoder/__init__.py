"""Sentences of many languages in one space: a static encoder and a contextual one, from a corpora folder."""
