"""Mining: large collections of sentences, their vectors on disk, and the pairs that say the same."""
