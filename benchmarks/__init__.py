"""How fast and how heavy the assistant is, always measured beside a bare bot in the same run; see README.md."""
