"""Many languages into English: a small Transformer, from a corpora folder to Argos packages (`recipe`)."""
