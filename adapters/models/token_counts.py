"""How many tokens a text has, where a tokenizer is installed (extra `tokens`)."""

from __future__ import annotations

from bot.asks import TokenCounter, tokens_of


def find_counter() -> TokenCounter:
    """Return what counts tokens: OpenAI's o200k where rs-bpe is installed, else an estimate.

    Other makers have tokenizers of their own that no wheel holds; what theirs come to is learnt
    from what they count (`bot/routing/estimates.py`). Loading it takes 0.1 s and 75 MB.
    """
    try:
        from rs_bpe.bpe import openai
    except ImportError:
        return tokens_of
    count: TokenCounter = openai.o200k_base().count
    return count
