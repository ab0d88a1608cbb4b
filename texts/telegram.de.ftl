### Telegram

telegram-later = Ihre Nachricht ist angekommen, wir können sie aber gerade nicht speichern. Wir holen das von selbst nach, sobald es wieder geht – Sie brauchen nichts zu tun.
