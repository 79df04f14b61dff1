"""A small change to an encoder's weights that makes another encoder of it: low-rank factors (LoRA, Hu et al. 2022).

In the layout of the library PEFT: `adapter_config.json` and `adapter_model.safetensors`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import ModelError

if TYPE_CHECKING:
    from torch import nn

CONFIG, WEIGHTS = "adapter_config.json", "adapter_model.safetensors"
# What PEFT puts around the name of each matrix that is changed.
BEFORE, DOWN, UP = "base_model.model.", ".lora_A.weight", ".lora_B.weight"


def merge(folder: Path, network: nn.Module) -> None:
    """Adds what the adapter changes to the network's weights, in place.

    Raises ModelError where the adapter is damaged or belongs to another network.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        scale, factors = config["lora_alpha"] / config["r"], load_file(folder / WEIGHTS)
        for name in sorted(factors):
            if name.endswith(DOWN):
                name = name.removesuffix(DOWN)
                change = factors[name + UP].float() @ factors[name + DOWN].float()
                network.get_parameter(f"{name.removeprefix(BEFORE)}.weight").data.add_(change, alpha=scale)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RuntimeError, SafetensorError) as error:
        raise ModelError(f"{folder} is no adapter of this encoder ({error}); get its files again") from error
