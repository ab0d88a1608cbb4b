"""The measuring letters and their labels belong together, and a label says what stands in its letter."""

from __future__ import annotations

import html
import re
import tomllib
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
REPLIES = HERE / "replies"
SETS = ("de", "en", "held/de", "held/en")
LAYOUTS = {"above", "below", "between", "only-quote", "none"}


def _labels(language: str) -> list[dict[str, Any]]:
    rows = tomllib.loads((HERE / f"replies-{language.replace('/', '-')}.toml").read_text(encoding="utf-8"))["letter"]
    return [{**row, "language": language} for row in rows]


LABELS = {language: _labels(language) for language in SETS}
LETTERS = [letter for letters in LABELS.values() for letter in letters]

QUOTING = [letter for letter in LETTERS if letter["layout"] in ("above", "below", "between")]

each_letter = pytest.mark.parametrize(
    "letter", LETTERS, ids=[f"{letter['language']}/{letter['file']}" for letter in LETTERS]
)


def _texts(letter: dict[str, Any]) -> list[Message]:
    message = message_from_bytes((REPLIES / letter["language"] / letter["file"]).read_bytes())
    return [part for part in message.walk() if part.get_content_maintype() == "text"]


def _readings(part: Message) -> list[str]:
    """The part as its charset says, and as it may have been meant when that is wrong."""
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    told = part.get_content_charset("")
    charsets = ["utf-8", "cp1252", "iso-8859-15"] + [told] * (told in {"utf-16", "cp850", "ibm850", "macintosh"})
    return [_shown(part, content.decode(charset, "replace")) for charset in charsets]


def _shown(part: Message, text: str) -> str:
    if part.get_content_subtype() != "html":
        return text
    text = re.sub(r"<li\b[^>]*>", "- ", text)
    return html.unescape(re.sub(r"<(?:style|head)\b.*?</(?:style|head)>|<[^>]*>", "", text, flags=re.DOTALL))


def _tight(text: str) -> str:
    return re.sub(r"[\s\u00ad\ufeff]", "", text)


@pytest.mark.parametrize("language", LABELS)
def test_each_letter_is_labelled_once(language: str) -> None:
    labelled = [letter["file"] for letter in LABELS[language]]
    assert labelled == sorted(path.name for path in (REPLIES / language).glob("*.eml"))


@pytest.mark.parametrize("language", LABELS)
def test_there_are_enough_letters_of_each_layout(language: str) -> None:
    assert len(LABELS[language]) >= 220
    assert {letter["layout"] for letter in LABELS[language]} == LAYOUTS


@each_letter
def test_the_file_name_says_client_and_layout(letter: dict[str, Any]) -> None:
    assert re.fullmatch(rf"(mixed-)?{letter['client']}-{letter['layout']}-\d\d\.eml", letter["file"])


@each_letter
def test_each_labelled_line_stands_in_the_letter(letter: dict[str, Any]) -> None:
    readings = [_tight(reading) for part in _texts(letter) for reading in _readings(part)]
    lines = (letter["words"] + "\n" + letter.get("sign_off", "")).splitlines()
    assert [line for line in lines if not any(_tight(line) in reading for reading in readings)] == []


@each_letter
def test_only_a_letter_without_new_text_has_no_words(letter: dict[str, Any]) -> None:
    if letter["layout"] == "only-quote":
        assert letter["words"] == ""
    elif letter["layout"] != "none":
        assert letter["words"].strip()


@pytest.mark.parametrize("letter", QUOTING, ids=[letter["file"] for letter in QUOTING])
def test_the_words_are_less_than_the_letter(letter: dict[str, Any]) -> None:
    longest = max(len(_tight(reading)) for part in _texts(letter) for reading in _readings(part))
    assert len(_tight(letter["words"])) < longest
