"""A question at the command line, asked and answered in the reader's language."""

from __future__ import annotations

import typer

from texts import say

YES = frozenset({"j", "ja", "y", "yes"})


def agrees(language: str, key: str) -> bool:
    """Ask, and wait for an answer; whatever is not a yes is a no."""
    question = f"{say(language, key)} [{say(language, 'operator-ask-choices')}]"
    return str(typer.prompt(question, default="", show_default=False)).strip().lower() in YES
