### Was wie lange aufbewahrt wird: die Tabelle, der nächtliche Lauf, Hinweise zu Essen und Zugang

retention-days = { $count ->
    [0] sofort
    [7] 7 Tage
    [365] 1 Jahr
    [1095] 3 Jahre
   *[other] { $count } Tage
}

retention-span = { $days } nach { $since }
retention-since-meeting = der Sitzung
retention-since-made = Entstehung
retention-since-received = Eingang
retention-since-sent = Versand
retention-since-decided = Entscheidung
retention-since-answered = Antwort
retention-since-expired = Ablauf
retention-since-used = letzter Verwendung
retention-since-left = Austritt
retention-since-erased = Löschung

retention-fate-blank = wird geleert
retention-fate-delete = wird gelöscht
retention-fate-erase = wird gelöscht wie bei LÖSCHEN
retention-fate-stay = bleibt

retention-what-needs = Hinweise zu Essen und Zugang (HINWEIS)
retention-why-needs = Gesundheitsdaten, mit Einwilligung (Art. 9 Abs. 2 Buchst. a DSGVO). Nach der Sitzung braucht sie niemand mehr; zwei Wochen bleiben für Rückfragen und die Abrechnung.
retention-what-needs-letters = Briefe und Nachrichten, in denen ein solcher Hinweis stand
retention-why-needs-letters = Wie die Hinweise selbst; sonst stünden sie im Original noch länger da.
retention-what-needs-asked = Rückfragen des Assistenten, die einen solchen Hinweis wiederholen, und Listen mit Hinweisen, die nicht hinausgingen
retention-why-needs-asked = Wie die Hinweise selbst.
retention-what-inbox = Empfangene Briefe und Nachrichten im Original
retention-why-inbox = Damit sich in den Wochen nach einer Meldung klären lässt, was genau geschrieben wurde (Art. 6 Abs. 1 Buchst. e DSGVO). Danach bleiben nur die Nummer und eine Prüfsumme, an denen der Assistent denselben Brief wiedererkennt.
retention-what-quarantine = Briefe, an denen der Assistent gescheitert ist
retention-why-quarantine = Einen Monat, um den Fehler zu finden (Art. 32 DSGVO).
retention-what-outbox = Verschickte, gescheiterte und verworfene Briefe: Wortlaut und Adresse
retention-why-outbox = Für Rückfragen und Rückläufer (Art. 6 Abs. 1 Buchst. e DSGVO). Was eine Antwort noch zuordnet, bleibt 60 Tage; der Schlüssel gegen doppelten Versand bleibt, ohne Adresse.
retention-what-replies = Woran eine Antwort erkannt wird, und was ihre Knöpfe bedeuten
retention-why-replies = So lange darf man sich mit einer Antwort Zeit lassen; auf eine Einladung bis zum Beginn der Sitzung.
retention-what-unproved = Beitrittswünsche, die niemand bestätigt hat
retention-why-unproved = Ohne Bestätigung gibt es keine Einwilligung. Sieben Tage, um den Brief zu beantworten.
retention-what-waiting = Beitrittswünsche, über die nicht entschieden wurde
retention-why-waiting = Ein halbes Jahr für die Entscheidung; danach will es vermutlich niemand mehr.
retention-what-declined = Abgelehnte Beitrittswünsche
retention-why-declined = Ein Monat für Nachfragen.
retention-what-admitted = Angenommene Beitrittswünsche: Name, Unternehmen, Adresse
retention-why-admitted = Das Mitglied selbst ist jetzt eingetragen; der Wunsch dient nur noch der Klärung.
retention-what-cases = Beantwortete Rückfragen an die Geschäftsstelle
retention-why-cases = Wie die Briefe, aus denen sie stammen.
retention-what-cases-open = Rückfragen, die nie über den Assistenten beantwortet wurden
retention-why-cases-open = Ein Jahr, falls die Geschäftsstelle noch antworten will.
retention-what-keyboards = Knöpfe unter Nachrichten in Telegram
retention-why-keyboards = Sie gelten 60 Tage; danach bewirken sie nichts mehr.
retention-what-talks = Worum es in einem Chat zuletzt ging
retention-why-talks = Eine Stunde, um die nächsten Worte zuzuordnen.
retention-what-uploads = Hochgeladene Tabellen
retention-why-uploads = Um einen Import nachzuvollziehen. Zurückgenommen wird er mit dem Verlauf, nicht mit der Datei.
retention-what-spreadsheets = Erstellte Tabellen (Export, Arbeitsmappe zum Zwischenstand)
retention-why-spreadsheets = Sie können Listen von Personen enthalten und sind jederzeit neu zu erstellen.
retention-what-papers = Erstellte Papiere (Zwischenstand, Bilder des Plans)
retention-why-papers = Damit sie nicht für jeden Brief neu gesetzt werden. Was noch verschickt wird, und Bilder von Abstimmungen, bleiben.
retention-what-bounces = Rückläufer
retention-why-bounces = Gezählt wird über 30 Tage; danach dienen sie nur noch der Fehlersuche.
retention-what-former = Ehemalige Mitglieder
retention-why-former = Ein Jahr, falls jemand wiederkommt oder Fragen zur Übergabe hat. Beschlüsse und Meldungen bleiben ohne Namen (Art. 17 Abs. 3 Buchst. b und d DSGVO).
retention-what-asked = Erledigte Anliegen zum Datenschutz: Adresse und Wortlaut
retention-why-asked = Um zu belegen, dass fristgerecht geantwortet wurde (Art. 5 Abs. 2 DSGVO; Verjährung nach § 31 OWiG).
retention-what-mailbox = Briefe in den Ordnern des Postfachs (erledigt, offen)
retention-why-mailbox = Wie die Originale in der Datenbank. Einstellung MAIL_KEEP_DAYS; 0 heißt: nie.
retention-what-mailbox-unreadable = Briefe im Ordner für Unlesbares
retention-why-mailbox-unreadable = Wie die Briefe, an denen der Assistent gescheitert ist. Mit MAIL_KEEP_DAYS=0: nie.
retention-what-erasures = Liste der Löschungen neben der Datenbank und den Sicherungen: Zeitpunkt, Nummer, Prüfwerte
retention-why-erasures = Damit eine zurückgespielte Sicherung niemanden zurückbringt (Art. 17, Art. 32 Abs. 1 DSGVO). Monatsweise, deshalb höchstens einen Monat länger.
retention-what-members = Mitglieder, Adressen, Zuständigkeiten
retention-why-members = Solange jemand dabei ist (Art. 6 Abs. 1 Buchst. a oder e DSGVO).
retention-what-consents = Einwilligungen und Widerrufe
retention-why-consents = Als Nachweis (Art. 7 Abs. 1 DSGVO); wird die Person gelöscht, bleiben sie ohne ihren Namen (Art. 17 Abs. 3 Buchst. e DSGVO).
retention-what-history = Verlauf: wer wann was geändert hat; Meldungen, Beschlüsse, Protokolle
retention-why-history = Ergebnisse der Allianz sind öffentlich und müssen nachvollziehbar bleiben (Art. 6 Abs. 1 Buchst. e, Art. 89 DSGVO). Beim Löschen einer Person werden ihre Zeilen geschwärzt, nicht entfernt.

## zukunftsplan retention

operator-help-retention = Zeigt, was wie lange aufbewahrt wird und was jetzt fällig ist; mit --now wird es gleich gelöscht.
operator-help-option-now = Gleich löschen statt heute Nacht um 3:15 Uhr
operator-help-option-last = Zeigt nur, was der letzte Lauf gelöscht hat
operator-retention-title = Aufbewahrung
operator-retention-column-what = Was
operator-retention-column-span = Wie lange
operator-retention-column-fate = Danach
operator-retention-column-count = Fällig
operator-retention-column-oldest = Ältestes
operator-retention-dry = Das ist nur eine Vorschau. Gelöscht wird jede Nacht um 3:15 Uhr, mit --now gleich.
operator-retention-done = { $count ->
    [0] Es war nichts fällig.
    [1] Eine Zeile gelöscht oder geleert.
   *[other] { $count } Zeilen gelöscht oder geleert.
}
operator-retention-failed = Nicht gelungen: { $rules }. Der nächste Lauf versucht es wieder; Näheres steht im Protokoll.
operator-retention-never = Es gab noch keinen Lauf.
operator-retention-last = Letzter Lauf: { $when }
operator-retention-letters = { $count ->
    [1] Im Postfach zuletzt ein Brief gelöscht: { $when }
   *[other] Im Postfach zuletzt { $count } Briefe gelöscht: { $when }
}

## Im Verlauf

history-what-retention = Aufbewahrung: nächtlicher Lauf
history-what-forget = Aufbewahrung: abgelaufen
history-what-forget-letters = Aufbewahrung: Briefe im Postfach
