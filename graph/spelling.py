"""Slips of the pen, which tell no two words apart."""

from __future__ import annotations


def one_slip(a: str, b: str) -> bool:
    """One letter more, less or other, or two neighbors swapped."""
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    i = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[i:] == b[i + 1 :]
    swapped = a[i : i + 2] == b[i : i + 2][::-1]
    return a[i + 1 :] == b[i + 1 :] or (swapped and a[i + 2 :] == b[i + 2 :])


def shortens(word: str, phrase: str) -> bool:
    """Whether all letters of a word stand in a phrase, in their order: 'Kominfo' in 'Komunikasi
    dan Informatika'; both in small letters."""
    letters = iter(phrase)
    return all(letter in letters for letter in word)
