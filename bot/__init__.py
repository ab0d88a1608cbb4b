"""The Telegram door: updates become words and taps for the desk, notes become chat bubbles."""

import os

# The library asks everybody to choose now how it shall tell a retry_after; otherwise each 429 is also a warning.
os.environ["PTB_TIMEDELTA"] = "true"
