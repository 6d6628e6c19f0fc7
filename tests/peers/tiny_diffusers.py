"""Makes a tiny Stable Diffusion 1.5 pipeline in a folder: `python tiny_diffusers.py FOLDER`, with diffusers at hand.

The weights are random and the picture is noise, but loading, reading text, sampling and saving are the real code.
"""

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

START, END = "<|startoftext|>", "<|endoftext|>"

STAGES = 4
"""A decoder with as many halves and doubles the sides as the real one does: eight pixels to a latent one."""

WIDTH = 768
"""What the text is turned into; servers that look at a pipeline expect the real one's width."""


def tokenizer(folder: Path, transformers: Any) -> Any:
    """Return a tokenizer that spells: each letter is a word, with an ending or without."""
    letters = [chr(number) for number in range(33, 127)]
    words = [*letters, *(f"{letter}</w>" for letter in letters), START, END]
    names = folder / "vocab.json", folder / "merges.txt"
    names[0].write_text(json.dumps({word: number for number, word in enumerate(words)}), encoding="utf-8")
    names[1].write_text("#version: 0.2\n", encoding="utf-8")
    return transformers.CLIPTokenizer(*map(str, names), model_max_length=77)


def pipeline(folder: Path) -> Any:
    """Return the whole pipeline; `folder` is for its words."""
    torch, diffusers, transformers = (import_module(name) for name in ("torch", "diffusers", "transformers"))
    torch.manual_seed(0)
    words = tokenizer(folder, transformers)
    text = transformers.CLIPTextConfig(
        vocab_size=len(words),
        hidden_size=WIDTH,
        intermediate_size=64,
        num_hidden_layers=1,
        num_attention_heads=4,
        bos_token_id=words.bos_token_id,
        eos_token_id=words.eos_token_id,
    )
    unet = diffusers.UNet2DConditionModel(
        sample_size=8,
        layers_per_block=1,
        block_out_channels=(8, 16),
        norm_num_groups=4,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=WIDTH,
        attention_head_dim=4,
    )
    vae = diffusers.AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * STAGES,
        up_block_types=("UpDecoderBlock2D",) * STAGES,
        block_out_channels=(4,) * STAGES,
        norm_num_groups=2,
        sample_size=64,
    )
    return diffusers.StableDiffusionPipeline(
        vae=vae,
        text_encoder=transformers.CLIPTextModel(text),
        tokenizer=words,
        unet=unet,
        scheduler=diffusers.DDIMScheduler(clip_sample=False),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )


if __name__ == "__main__":
    made = Path(sys.argv[1])
    made.mkdir(parents=True, exist_ok=True)
    pipeline(made).save_pretrained(made / "model")
