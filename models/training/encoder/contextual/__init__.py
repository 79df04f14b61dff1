"""The contextual sentence encoder: an English encoder that learns to read other languages.

    python -m models.training.encoder.contextual --corpora DIR --work DIR --out DIR --minutes 60

1. What is taught: see `data`.
2. The pieces that texts are read in are those of the static encoder that these texts use most, and characters.
3. The network is the teacher's own, all but its words. The vectors of the pieces begin where a linear map takes those
   of the static encoder; it is learned from the words that both encoders know (after WECHSEL, Minixhofer et al. 2022,
   and Artetxe et al. 2020). Before anything else is learned, a third of translations are found so.
4. Then all of it learns to give a text in any language the teacher's vector of its English (distillation; Reimers and
   Gurevych 2020), and the teacher's own similarities with the batch and with what is like it: the negatives that are
   hard, and a paraphrase among them is no mistake.
5. Short texts come first, longer ones join as training goes on.

What is shipped is an ordinary sentence-transformers model, weights in float16. Interrupted, the same command goes on
from the last checkpoint. With --steps, batches and rates depend on the seed and the step alone, so two runs on a CPU
with the same number of threads give the same weights; with --minutes the clock decides how far training is. With
--start training goes on from a model that this recipe has made, with its pieces.
"""
