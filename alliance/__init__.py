"""The alliance at work: intents come in, notes go out; nothing here knows Telegram, mail or the clock."""
