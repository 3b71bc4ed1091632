"""Guesses how many tokens a text has, before any server is asked: always shown as an estimate."""

import math

LETTERS_PER_TOKEN = 5.0
TOKENS_PER_UNICODE_CHARACTER = 2.0


def estimated_tokens(text: str) -> int:
    """About how many tokens `text` has.

    A rule of thumb: one token for five ASCII letters or spaces, one for each digit or other ASCII symbol, two for
    each other character. Fitted to the encoding o200k_base on 200 files of TeX, Lean and English: nine in ten are
    within 12 per cent, the worst within 30. Other encodings differ by as much again.
    """
    letters = sum(character.isascii() and (character.isalpha() or character.isspace()) for character in text)
    unicode = sum(not character.isascii() for character in text)
    symbols = len(text) - letters - unicode
    return math.ceil(letters / LETTERS_PER_TOKEN + symbols + TOKENS_PER_UNICODE_CHARACTER * unicode)
