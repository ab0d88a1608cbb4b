### Telegram

telegram-later = Your message has arrived, but we cannot store it right now. We will catch up as soon as we can – there is nothing you need to do.
