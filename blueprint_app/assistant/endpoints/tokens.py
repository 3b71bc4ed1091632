"""Guesses how many tokens a text has, before any server is asked: always shown as an estimate."""

import math


def estimated_tokens(text: str) -> int:
    """About how many tokens `text` has.

    A rule of thumb for the byte-pair encodings in use: a token is about four characters of English prose, or about
    three where a text is mostly symbols and short names (TeX, Lean); any character outside ASCII counts as one token.
    It errs on the high side.
    """
    ascii_only = sum(character.isascii() for character in text)
    return math.ceil(ascii_only / _characters_per_token(text)) + len(text) - ascii_only


def _characters_per_token(text: str) -> float:
    """Between 3 and 4, by the share of characters that are neither letters nor spaces."""
    symbols = sum(not (character.isalpha() or character.isspace()) for character in text)
    return 4.0 - min(1.0, 4.0 * symbols / max(1, len(text)))
