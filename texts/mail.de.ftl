### Mail

mail-how-words = So antworten Sie – schreiben Sie eines dieser Wörter zurück:
mail-how-example = So antworten Sie: Schreiben Sie einfach zurück, zum Beispiel »{ $example }«.
mail-how-buttons = So antworten Sie: Tippen Sie auf eine Antwort und senden Sie die vorbereitete E-Mail ab. Oder schreiben Sie einfach zurück, zum Beispiel »{ $example }«.
mail-item-answers = Antwort: { $words }
mail-progress = Fortschritt: { $percent } Prozent
mail-enclosed = { $count ->
    [1] Anlage: { $names }
   *[other] Anlagen: { $names }
}
mail-self-test-title = Probebrief an sich selbst
mail-self-test-line = Diesen Brief hat der Assistent sich selbst geschickt, um den Weg der Post zu prüfen. Sie können ihn löschen.
mail-footer = { $house } · Geschäftsstelle
mail-unsubscribe = Sie möchten nicht mehr dabei sein? Antworten Sie mit { $word }.
mail-one-file = Ich lese immer nur eine Tabelle auf einmal, hier »{ $name }«. Senden Sie die anderen bitte einzeln.
mail-picture = [Bild: { $name }]
mail-unsubscribe-digest = Sie möchten keinen Wochenüberblick mehr? Antworten Sie mit { $word }.
mail-calendar-link = Online teilnehmen: { $link }
mail-calendar-counter = Der Kalender schlägt einen anderen Termin vor: { $when }.
