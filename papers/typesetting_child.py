"""Inside the child: sets one paper and ends, and what typst remembered of it ends too."""

from __future__ import annotations

import json
import sys

import typst


def main() -> None:
    """Carry out the order on standard input; answer with the length of each page or file in JSON, then all of them."""
    content = typst.compile(**json.load(sys.stdin.buffer))
    parts = content if isinstance(content, list) else [content]
    sys.stdout.buffer.write(json.dumps([len(part) for part in parts]).encode() + b"\n")
    sys.stdout.buffer.writelines(parts)


if __name__ == "__main__":
    main()
