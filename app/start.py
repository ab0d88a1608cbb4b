"""The command as it is installed: nothing is imported yet, so that what the imports bring can be treated as one."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command line."""
    # What a start brings stays, and looking at it again and again took a fifth of the start
    gc.set_threshold(50_000, 50, 100)
    from app import cli

    cli.main()
