"""The bare bot we stand beside: python-telegram-bot as it comes, in memory, giving back what it was told.

Run with the address of the Bot API and the token. A text is sent back; a pressed button is answered and its message
edited, which are the two requests that our assistant makes as well.
"""

from __future__ import annotations

import sys

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

Context = ContextTypes.DEFAULT_TYPE


async def text(update: Update, _context: Context) -> None:
    """Send the text back."""
    assert update.message is not None
    assert update.message.text is not None
    await update.message.reply_text(update.message.text)


async def press(update: Update, _context: Context) -> None:
    """Answer the query and edit the message."""
    query = update.callback_query
    assert query is not None
    await query.answer()
    await query.edit_message_text(query.data or "")


def main(base_url: str, token: str) -> None:
    """Poll until SIGTERM; no job queue, as without the library's extras."""
    application = Application.builder().token(token).base_url(base_url).job_queue(None).build()
    application.add_handler(MessageHandler(filters.TEXT, text))
    application.add_handler(CallbackQueryHandler(press))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
