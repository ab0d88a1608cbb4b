### Die Rechte der Person: Auskunft, Berichtigung, Löschung

## MEINEDATEN

member-privacy-data-title = Ihre Daten bei der { $house }
member-privacy-data-lines =
    Das habe ich zu Ihnen gespeichert (Auskunft nach Art. 15 DSGVO). Namen und Adressen anderer stehen nicht darin; wo sie standen, steht […].
    Alles vollständig, auch Ihre Nachrichten im Wortlaut, enthält die Datei dabei; mit ihr kann auch ein anderes Programm etwas anfangen (Art. 20 DSGVO).
member-privacy-data-chat =
    Alles, was ich zu Ihnen gespeichert habe, liegt als Datei bei: { $count } Einträge (Auskunft nach Art. 15 und 20 DSGVO). Namen anderer stehen nicht darin.
    Lieber als Brief zum Lesen? Dann schicke ich ihn Ihnen per E-Mail.
    Wofür die Daten gebraucht werden und welche Rechte Sie haben, sagt DATENSCHUTZ. Etwas ist falsch: BERICHTIGEN: … Alles soll weg: LÖSCHEN.
member-privacy-data-button = Als Brief per E-Mail
member-privacy-data-word = ALS BRIEF
member-privacy-data-short = ({ $why } Beim Löschen { $end })
member-privacy-data-more = – … und { $count } ältere Einträge, siehe Datei
member-privacy-data-left-out = { $count } ältere Einträge passten nicht in die Datei. Die Geschäftsstelle schickt sie Ihnen auf Wunsch.
member-privacy-data-rights =
    Auf welcher Grundlage: Sind Sie selbst beigetreten, ist es Ihre Einwilligung (Art. 6 Abs. 1 Buchst. a DSGVO); hat die Geschäftsstelle Sie eingetragen, die Aufgabe der Stadt, die örtliche Wirtschaft zu fördern (Buchst. e). Wochenüberblick, Telegram, Angebote und Gesuche: weil Sie es so wollten. Hinweise zu Essen und Zugang: Art. 9 Abs. 2 Buchst. a. Nachweise verlangt das Gesetz (Buchst. c, Art. 5 Abs. 2 und Art. 7 Abs. 1), sicheren Betrieb Art. 32.
    Woher die Daten kommen: von Ihnen selbst oder von der Geschäftsstelle, wenn sie Sie eingetragen hat.
    Wer sie bekommt: die Geschäftsstelle der { $house }; der Anbieter des Postfachs, das ich benutze; Telegram nur, wenn Sie selbst dort schreiben. Andere Mitglieder sehen Ihr Unternehmen; Ihren Namen nur, wo jemand ihn hineinschreibt, wenn Sie ihnen eine Maßnahme oder Ihre Vertretung anbieten, und nach Ihrem JA zu einem Kontakt. Verkauft oder für Werbung benutzt wird nichts, und kein Programm entscheidet über Sie.
    Wie lange: Briefe und Nachrichten { $letters }, was ich Ihnen geschickt habe { $sent }, Ihr Eintrag bis { $former } nach dem Austritt. Beschlüsse und Meldungen bleiben, dann aber ohne Ihren Namen.
    Ihre Rechte: Auskunft (MEINEDATEN), Berichtigung (BERICHTIGEN: …), Löschung (LÖSCHEN), Einschränkung (EINSCHRÄNKEN), Widerspruch (WIDERSPRUCH), Mitnahme (die Datei), und eine Einwilligung können Sie jederzeit zurücknehmen, zum Beispiel mit WOCHENÜBERBLICK AUS oder ABMELDEN (Art. 15 bis 21 DSGVO).
    Sie können sich auch bei der Landesbeauftragten für Datenschutz und Informationsfreiheit Nordrhein-Westfalen beschweren (www.ldi.nrw.de). DATENSCHUTZ zeigt alles im Zusammenhang.

## BERICHTIGEN

member-privacy-rectify-ask-title = Was soll ich berichtigen?
member-privacy-rectify-ask-lines =
    Bitte schreiben Sie es dazu, zum Beispiel »BERICHTIGEN: Name: Erika Beispiel« oder »BERICHTIGEN: Telefon: 02041 123456«.
    Alles andere geht auch, in Ihren Worten. Was gespeichert ist, zeigt MEINEDATEN.
member-privacy-rectify-title = Ihre Berichtigung ist bei der Geschäftsstelle
member-privacy-rectify-lines =
    Die Geschäftsstelle prüft das. Sie bekommen eine Antwort, spätestens in einem Monat (Art. 16 und 12 DSGVO).
    Bis dahin bleibt alles, wie es ist.
member-privacy-objection-title = Ihr Widerspruch ist bei der Geschäftsstelle
member-privacy-objection-lines =
    Die Geschäftsstelle prüft ihn und antwortet Ihnen, spätestens in einem Monat (Art. 21 und 12 DSGVO).
    Möchten Sie gleich keine Post mehr, genügt ABMELDEN. Soll alles weg, schreiben Sie LÖSCHEN.
member-privacy-restriction-title = Ihr Wunsch ist bei der Geschäftsstelle
member-privacy-restriction-lines =
    Sie möchten, dass Ihre Daten vorerst nur aufbewahrt und nicht weiter verwendet werden. Die Geschäftsstelle prüft das und antwortet Ihnen, spätestens in einem Monat (Art. 18 und 12 DSGVO).
    Möchten Sie gleich keine Post mehr, genügt ABMELDEN.
member-privacy-corrected-title = Berichtigt
member-privacy-corrected-name = Ihr Name steht jetzt so bei uns: { $value }
member-privacy-corrected-phone = Ihre Telefonnummer steht jetzt so bei uns: { $value }
member-privacy-corrected-wrong = Stimmt das nicht? Dann schreiben Sie BERICHTIGEN: … und was richtig ist.
member-privacy-done-title = Ihr Anliegen ist erledigt
member-privacy-done-line = Die Geschäftsstelle hat erledigt, worum Sie gebeten haben.
member-privacy-refused-title = Zu Ihrem Anliegen
member-privacy-refused-line = Die Geschäftsstelle kann Ihr Anliegen nicht erfüllen. Der Grund:
member-privacy-complain = Damit müssen Sie sich nicht abfinden: Sie können sich bei der Landesbeauftragten für Datenschutz und Informationsfreiheit Nordrhein-Westfalen beschweren (www.ldi.nrw.de) oder vor Gericht gehen (Art. 12, 77 und 79 DSGVO).

## LÖSCHEN

member-privacy-erase-title = Soll ich alles über Sie löschen?
member-privacy-erase-lines =
    Das geht weg, sofort und für immer: Ihr Name, Ihre Adressen, Telefonnummer und Telegram-Chat; Ihre Briefe und Nachrichten an mich und meine an Sie; Ihre Angebote und Gesuche, Zu- und Absagen, laufenden Stimmen und Einstellungen. Ihre Mitgliedschaft endet damit.
    Das bleibt, aber ohne Ihren Namen: Ihre Statusmeldungen, Ideen, Beschlüsse und Planänderungen, denn sie gehören zum Zukunftsplan. Statt Ihres Namens steht dort »N. N.« mit einer Nummer. Auch in Protokollen und Texten anderer ersetze ich Ihren vollen Namen so. Als Nachweis bleibt ebenso, wann Sie worin eingewilligt haben.
    Nichts ändern kann ich in Briefen, die andere schon bekommen haben, in Telegram (den Chat löschen Sie dort bitte selbst) und in Sicherungskopien; die werden nach ihrer Frist überschrieben.
    Die Geschäftsstelle erfährt Ihr Unternehmen und welche Maßnahmen frei werden, nicht Ihren Namen.
member-privacy-erase-measures = Ohne Verantwortliche sind dann: { $measures }.
member-privacy-erase-ask = Rückgängig machen lässt sich das nicht. Soll ich löschen, antworten Sie mit JA. Sonst tun Sie einfach nichts.
member-privacy-erase-button = Ja, alles löschen
guest-privacy-erase-lines =
    Was unter Ihrer Adresse oder in diesem Chat gespeichert ist, geht weg, sofort und für immer: Ihre Nachrichten an mich, meine an Sie, und alles, was ich dazu festgehalten habe.
    Was zum Zukunftsplan gehört, etwa ein Beschluss, bleibt ohne Ihren Namen.
    Nichts ändern kann ich in Telegram (den Chat löschen Sie dort bitte selbst) und in Sicherungskopien; die werden nach ihrer Frist überschrieben.
member-privacy-erased-title = Ihre Daten sind gelöscht
member-privacy-erased-lines =
    Alles, was ich über Sie gespeichert hatte, ist gelöscht oder trägt Ihren Namen nicht mehr (Art. 17 DSGVO). Das ist meine letzte Nachricht; sobald sie angekommen ist, kenne ich auch diese Adresse nicht mehr.
    In Sicherungskopien der { $house } stehen Ihre Daten noch, bis diese nach ihrer Frist überschrieben werden. Die Briefe im Postfach lösche ich gleich danach.
    Sie möchten wieder mitmachen? Dann fangen wir neu an: BEITRETEN.
refusal-erase-last-office = Sie sind die einzige Person in der Geschäftsstelle. Gingen Sie jetzt, könnte niemand mehr Anfragen beantworten, auch nicht die zum Datenschutz. Bitte nehmen Sie zuerst jemand anderen in die Geschäftsstelle auf.

## Geschäftsstelle

office-privacy-requests-title = { $count ->
    [0] Keine offenen Anliegen
    [1] Ein offenes Anliegen
   *[other] { $count } offene Anliegen
}
office-privacy-requests-line = Wer seine Rechte nutzt, muss innerhalb eines Monats eine Antwort haben (Art. 12 DSGVO). Antworten Sie mit dem Knopf, oder zum Beispiel mit ANLIEGEN 3 ERLEDIGT oder ANLIEGEN 3 NEIN: und dem Grund.
office-privacy-requests-none = Zurzeit wartet niemand auf Ihre Antwort.
office-privacy-request = Anliegen { $number }: { $kind }
office-privacy-request-by = { $name }, { $company }
office-privacy-request-left = { $days ->
    [0] Heute ist der letzte Tag für die Antwort.
    [1] Antwort bis { $day }, noch einen Tag.
   *[other] Antwort bis { $day }, noch { $days } Tage.
}
office-privacy-request-over = { $days ->
    [1] Die Frist ist seit gestern vorbei ({ $day }). Bitte antworten Sie heute.
   *[other] Die Frist ist seit { $days } Tagen vorbei ({ $day }). Bitte antworten Sie heute.
}
office-privacy-remind-week = Anliegen { $number }: noch eine Woche
office-privacy-remind-day = Anliegen { $number }: noch ein Tag
office-privacy-remind-over = Anliegen { $number }: die Frist ist vorbei
office-privacy-button-fix = Ja, berichtigen
office-privacy-word-done = ANLIEGEN { $number } ERLEDIGT
office-privacy-word-refuse = ANLIEGEN { $number } NEIN
office-privacy-button-done = Erledigt
office-privacy-button-refuse = Ablehnen
office-privacy-fix-name = JA ändert den Namen in: { $value }
office-privacy-fix-phone = JA ändert die Telefonnummer in: { $value }
office-privacy-rectify-line = NEIN mit einem Grund dahinter lehnt ab. Die Person bekommt Ihre Antwort. Frist: ein Monat.
office-privacy-rectify-done = Haben Sie es erledigt, antworten Sie mit JA.
office-privacy-reason-title = Aus welchem Grund?
office-privacy-reason-line = Eine Ablehnung braucht einen Grund (Art. 12 Abs. 4 DSGVO). Bitte schreiben Sie ihn als Antwort; er geht so an die Person.
office-privacy-answered-title = Anliegen { $number } ist beantwortet
office-privacy-answered-line = Die Person hat Ihre Antwort bekommen.
office-privacy-corrected-title = Berichtigt
office-privacy-corrected-name = Name: { $before } → { $value }. Die Person hat Bescheid bekommen.
office-privacy-corrected-phone = Telefon: { $before } → { $value }. Die Person hat Bescheid bekommen.
office-privacy-erased-title = Die Daten einer Person sind gelöscht
office-privacy-erased-line = Sie gehörte zu: { $company }. Meldungen und Beschlüsse bleiben ohne Namen. Bitte löschen Sie die Person auch aus Ihren eigenen Tabellen und Notizen.
office-privacy-erased-measures = Ohne Verantwortliche sind jetzt: { $measures }
office-privacy-erased-namesake = Jemand anderes heißt genauso. Deshalb habe ich den Namen in Protokollen und Texten stehen lassen; bitte sehen Sie nach, wer dort gemeint ist.
refusal-no-such-personal-request = Ein Anliegen { $number } kenne ich nicht. ANLIEGEN zeigt die offenen.
refusal-personal-request-answered = Anliegen { $number } ist schon beantwortet.
refusal-correct-name = Das ist kein Name, den ich eintragen kann. Geändert wurde nichts.
refusal-correct-phone = Das ist keine Telefonnummer. Geändert wurde nichts.
privacy-kind-access = Auskunft
privacy-kind-rectification = Berichtigung
privacy-kind-erasure = Löschung
privacy-kind-objection = Widerspruch
privacy-kind-restriction = Einschränkung
step-personal = Erinnerung an ein Anliegen zum Datenschutz

## Das Verzeichnis der Daten: was jede Tabelle enthält

privacy-map-companies = Unternehmen und Institutionen, mit Telefon
privacy-map-persons = Ihr Eintrag: Name, Unternehmen, Rolle, Telefon, Telegram-Chat, Sprache, Pausen, Wochenüberblick, letzte Nachricht
privacy-map-addresses = Ihre E-Mail-Adressen
privacy-map-fields = Themenfelder des Plans
privacy-map-goals = Ziele des Plans
privacy-map-measures = Maßnahmen des Plans mit ihrem Stand
privacy-map-assignments = Maßnahmen, die Sie verantworten oder an denen Sie beteiligt sind
privacy-map-reports = Ihre Statusmeldungen
privacy-map-meetings = Sitzungen, deren Protokoll Sie führen
privacy-map-attendances = Ihre Zu- und Absagen, Vertretungen und Hinweise zu Essen oder Zugang
privacy-map-plan-versions = Schritte des Plans, die Sie veranlasst haben
privacy-map-amendments = Ihre Änderungen am Plan
privacy-map-decisions = Beschlüsse, die Sie eingetragen haben
privacy-map-lead-offers = Maßnahmen, die Ihnen angeboten wurden oder die Sie abgeben wollten
privacy-map-ideas = Ihre Ideen
privacy-map-offers = Ihre Angebote und Gesuche
privacy-map-matches = Treffer zwischen Angeboten und Gesuchen, und ob Sie zugestimmt haben
privacy-map-polls = Abstimmungen
privacy-map-poll-options = Was zur Abstimmung steht
privacy-map-ballots = Laufende Abstimmungen, an denen Sie teilgenommen haben (nur dass, nicht wie)
privacy-map-follows = Worüber Sie im Wochenüberblick lesen wollen
privacy-map-uploads = Tabellen, die Sie geschickt haben
privacy-map-requests = Ihre Anträge auf Beitritt, auf eine weitere Adresse oder auf Telegram
privacy-map-cases = Nachrichten, die die Geschäftsstelle beantwortet
privacy-map-talks = Was der Assistent Sie in Telegram zuletzt gefragt hat
privacy-map-keyboards = Knöpfe unter Nachrichten in Ihrem Telegram-Chat
privacy-map-history = Was Sie getan haben, wann und auf welchem Weg
privacy-map-inbox = Was Sie geschrieben haben: Briefe und Telegram-Nachrichten
privacy-map-outbox = Was Ihnen geschickt wurde
privacy-map-papers = Fertige Papiere (Zwischenstand, Tabellen)
privacy-map-mailboxes = Wie weit das Postfach gelesen ist
privacy-map-bounces = Briefe an Sie, die zurückkamen
privacy-map-switches = Schalter wie der Stopp aller Nachrichten, die Sie betätigt haben
privacy-map-occasions = Was schon stattgefunden hat, etwa ein Wochenüberblick
privacy-map-instances = Welche Programme gerade laufen
privacy-map-outages = Welcher Weg gerade gestört ist, und seit wann
privacy-map-backups = Wann gesichert wurde, und ob sich die Sicherung zurückspielen ließ
privacy-map-consents = Ihre Einwilligungen und was Sie zurückgenommen haben
privacy-map-personal-requests = Ihre Anliegen zum Datenschutz
privacy-map-role-proposals = Vorschläge, wer zur Geschäftsstelle gehört
privacy-map-deputyships = Wer wen vertritt
privacy-map-company-changes = Ihre Wechsel des Unternehmens
privacy-map-changes = Wie Einträge vor und nach einer Änderung aussahen
privacy-map-seals = Prüfsummen, an denen man nachträgliche Änderungen erkennt
privacy-map-purges = Adressen, deren Briefe noch aus dem Postfach gelöscht werden

privacy-basis-task = Wofür: Arbeit am Zukunftsplan: für Eingetragene die Aufgabe der Stadt (Art. 6 Abs. 1 Buchst. e DSGVO), für selbst Beigetretene ihre Einwilligung (Buchst. a)
privacy-basis-consent = Wofür: weil Sie es so wollten; Sie können es zurücknehmen (Einwilligung, Art. 6 Abs. 1 Buchst. a, für Hinweise zu Essen und Zugang Art. 9 Abs. 2 Buchst. a DSGVO)
privacy-basis-proof = Wofür: als Nachweis, dass alles mit rechten Dingen zugeht (Art. 5 Abs. 2, Art. 6 Abs. 1 Buchst. c und Art. 7 Abs. 1 DSGVO)
privacy-basis-running = Wofür: damit keine Nachricht verloren geht oder doppelt zählt (sicherer Betrieb, Art. 6 Abs. 1 Buchst. e und Art. 32 DSGVO)
privacy-basis-none = Enthält nichts über Personen, außer wenn jemand in einem Text genannt wird

privacy-basis-task-short = Für die Arbeit am Zukunftsplan.
privacy-basis-consent-short = Weil Sie es so wollten.
privacy-basis-proof-short = Als Nachweis.
privacy-basis-running-short = Damit nichts verloren geht oder doppelt zählt.
privacy-basis-none-short = Enthält sonst nichts über Personen.
privacy-fate-delete-short = geht es ganz weg.
privacy-fate-blank-short = wird es geleert, nur Nummer und Zeitpunkt bleiben.
privacy-fate-pseudonym-short = bleibt es ohne Ihren Namen und Ihre Kontaktdaten.
privacy-fate-redact-short = werden die Inhalte geschwärzt.
privacy-fate-words-short = wird Ihr Name ersetzt.
privacy-fate-discard-short = wird es verworfen.
privacy-fate-stay-short = bleibt es: Es sagt nichts über Sie.
privacy-carries-lead = verantwortlich
privacy-carries-part = beteiligt
privacy-answer-yes = Zusage
privacy-answer-no = Absage
privacy-answer-maybe = vielleicht
privacy-consent-membership = Mitgliedschaft
privacy-consent-digest = Wochenüberblick
privacy-consent-telegram = Telegram
privacy-consent-given = zugestimmt
privacy-consent-taken-back = zurückgenommen
history-what-personal-access = Auskunft über eigene Daten
history-what-personal-rectification = Berichtigung gewünscht
history-what-personal-erasure = Löschung gewünscht
history-what-personal-objection = Widerspruch
history-what-personal-restriction = Einschränkung gewünscht

privacy-fate-delete = Beim Löschen: geht ganz weg.
privacy-fate-blank = Beim Löschen: wird geleert; nur Nummer und Zeitpunkt bleiben, damit nichts zweimal geschieht und die Frist nachweisbar ist.
privacy-fate-pseudonym = Beim Löschen: bleibt ohne Ihren Namen und Ihre Kontaktdaten, weil es zum Plan und zu seinen Nachweisen gehört.
privacy-fate-redact = Beim Löschen: Name, Adressen und Inhalte werden geschwärzt; dass und wann etwas geschah, bleibt in der geprüften Kette.
privacy-fate-words = Beim Löschen: Ihr Name wird in den Texten ersetzt.
privacy-fate-discard = Beim Löschen: wird verworfen und bei Bedarf ohne Ihren Namen neu erstellt; Bilder von Abstimmungen und was gerade verschickt wird, bleiben.
privacy-fate-stay = Beim Löschen: bleibt; es sagt nichts über Personen.
