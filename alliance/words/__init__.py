"""What people say, taken apart: the word lists and small grammars behind :mod:`alliance.understanding`."""
