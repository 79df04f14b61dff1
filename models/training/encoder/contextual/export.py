"""The trained network as a model that sentence-transformers loads."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from models.training.encoder.contextual.config import MARKS
from models.training.encoder.contextual.network import State

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import PreTrainedTokenizerFast


def ship(state: State, tokenizer: Tokenizer, begun: Path, out: Path) -> None:
    """Writes a sentence-transformers model to `out`: the network, the mean of its tokens, one long.

    `begun`: the folder of the model that it began as.
    """
    import torch
    from safetensors.torch import load_file, save_file
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import AutoModel

    network = AutoModel.from_pretrained(begun, local_files_only=True)
    own = dict(network.named_parameters())
    for name, master in state.masters.items():
        own[name].data.copy_(master.detach().cpu())
    words = torch.cat([state.table.weights, state.ends]).cpu()
    network.resize_token_embeddings(len(words))
    network.get_input_embeddings().weight.data.copy_(words)
    marked = with_marks(tokenizer, network.config.max_position_embeddings)
    network.config.pad_token_id = marked.pad_token_id
    with TemporaryDirectory() as folder:
        network.save_pretrained(folder)
        marked.save_pretrained(folder)
        transformer = Transformer(folder)
        pooling = Pooling(network.config.hidden_size, pooling_mode="mean")
        model = SentenceTransformer(modules=[transformer, pooling, Normalize()], device="cpu")
        model.save(str(out), create_model_card=False, safe_serialization=True)
    weights = out / "model.safetensors"
    halves = {name: tensor.to(torch.float16) for name, tensor in load_file(weights).items()}
    save_file(halves, weights, metadata={"format": "pt"})


def with_marks(tokenizer: Tokenizer, longest: int) -> PreTrainedTokenizerFast:
    """The tokenizer as transformers wants it; the marks come after all pieces."""
    from tokenizers import Tokenizer
    from tokenizers.processors import TemplateProcessing
    from transformers import PreTrainedTokenizerFast

    marked = Tokenizer.from_str(tokenizer.to_str())
    marked.add_special_tokens(list(MARKS))
    begin, end, filler = MARKS
    ends = [(mark, marked.token_to_id(mark)) for mark in (begin, end)]
    marked.post_processor = TemplateProcessing(single=f"{begin} $A {end}", special_tokens=ends)
    return PreTrainedTokenizerFast(
        tokenizer_object=marked,
        cls_token=begin,
        sep_token=end,
        pad_token=filler,
        unk_token="<unk>",
        model_max_length=longest,
        model_input_names=["input_ids", "attention_mask"],
    )
