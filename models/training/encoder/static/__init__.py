"""The static multilingual sentence encoder: one vector per piece of text, averaged (StaticEmbedding).

    python -m models.training.encoder --corpora DIR --work DIR --out DIR --eval DIR
    python -m models.training.encoder --corpora DIR --lexicons DIR --start DIR --work DIR --out DIR --eval DIR

1. A unigram vocabulary over all languages, from word counts of a balanced sample. Traditional Chinese and
   Japanese characters are folded to Simplified Chinese ones, so that the three share what they can.
2. Every pair is tokenised once into int32 arrays under --work.
3. Contrastive training over translation pairs (InfoNCE with in-batch negatives, both directions; van den Oord
   et al. 2018). A batch holds one language against English, or two foreign languages joined over the same
   English, in runs of neighbouring sentences: neighbours are the hard negatives an aligner meets, and
   joining two or three of them gives the overlaps it compares.
4. The table is shipped in eight bits with one scale per piece, which sentence-transformers unfolds to
   float32.

With --lexicons (`models.training.lexicons`) their pairs are trained on as well, and words that they hold often
become pieces of their own. With --start training goes on from a model: its pieces stay and end half way between what
they were and what they became, and words that are added begin as the sums of their parts.

Interrupted, the same command goes on from the last checkpoint. Batches depend on (seed, step) alone, so two
runs on a CPU with the same number of threads give the same weights.
"""
