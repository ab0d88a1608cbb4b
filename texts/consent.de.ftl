### Einwilligungen und Datenschutzhinweise. Wer hier ein Wort ändert, gibt ihnen eine neue Fassung (alliance/consents.py).

## Die Hinweise nach Art. 13 und 14 DSGVO, ein Absatz je Zeile

all-privacy-title = Datenschutz: was mit Ihren Daten geschieht
all-privacy-notice =
    Diese Hinweise (Fassung vom { $version }) sagen Ihnen nach Art. 13 und 14 DSGVO, was mit Ihren Daten geschieht.
    Wer verantwortlich ist: { $controller }
    Wer über den Datenschutz wacht: { $officer }
    Wozu: Wir begleiten den Zukunftsplan der { $house }. Dafür fragen wir nach dem Stand der Maßnahmen, laden zu Sitzungen ein, erstellen Zwischenstände und Protokolle, sammeln Ideen, Angebote und Gesuche und zählen Abstimmungen aus.
    Welche Daten: Name, Unternehmen oder Institution, E-Mail-Adressen, wenn vorhanden Telefonnummer und Telegram-Chat; was Sie uns schreiben (Meldungen, Zu- und Absagen, Ideen, Angebote, Gesuche, Stimmen bis zur Auszählung); Ihre Einwilligungen; wer wann was geändert hat. Hinweise zu Essen oder Zugang nur, wenn Sie selbst welche geben.
    Woher: Von Ihnen. Hat die Geschäftsstelle Sie eingetragen, kommen Name, Unternehmen, E-Mail-Adresse und Telefonnummer von ihr; das sagt Ihnen dann der Willkommensbrief.
    Rechtsgrundlagen: Sind Sie selbst beigetreten, ist es Ihre Einwilligung (Art. 6 Abs. 1 Buchst. a DSGVO), für Mitgliedschaft, Wochenüberblick und Telegram je eine eigene. Hat die Geschäftsstelle Sie eingetragen, ist es die Aufgabe der Stadt, die örtliche Wirtschaft zu fördern (Art. 6 Abs. 1 Buchst. e DSGVO, § 3 DSG NRW); dem können Sie widersprechen (Art. 21 DSGVO). Für Hinweise zu Essen oder Zugang ist es Ihre ausdrückliche Einwilligung (Art. 9 Abs. 2 Buchst. a DSGVO). Einwilligungen müssen wir nachweisen können (Art. 7 Abs. 1, Art. 6 Abs. 1 Buchst. c DSGVO).
    Wer sie sieht: Die Geschäftsstelle. Die anderen Mitglieder lesen, welches Unternehmen für welche Maßnahme verantwortlich ist, dazu Meldungen, Ideen, Beschlüsse und Protokolle. Ihren Namen lesen sie nur, wo jemand ihn hineinschreibt, oder wenn Sie ihnen eine Maßnahme oder Ihre Vertretung anbieten. Bei Angeboten und Gesuchen werden Namen und Kontaktdaten erst weitergegeben, wenn beide Seiten zustimmen. Stand und Beschlüsse des Plans können veröffentlicht werden, ohne Ihre Kontaktdaten. Wer den Assistenten betreibt und wer das Postfach bereitstellt, ist die Stadt selbst oder arbeitet in unserem Auftrag (Art. 28 DSGVO). Verkauft oder zur Werbung genutzt wird nichts.
    Telegram: Nur, wenn Sie ausdrücklich einwilligen (Art. 6 Abs. 1 Buchst. a und Art. 49 Abs. 1 Buchst. a DSGVO). Telegram ist ein eigener Anbieter mit Sitz außerhalb der EU (Dubai); dass Daten dort so geschützt sind wie hier, ist nicht festgestellt. Nachrichten an den Assistenten sind nicht Ende-zu-Ende verschlüsselt: Telegram kann sie lesen und speichern, und dort können wir nichts löschen. Per E-Mail geht alles genauso.
    Wie lange: Anfragen zum Beitritt: unbestätigt 7 Tage, abgelehnt 30 Tage, ohne Entscheidung 180 Tage. Ihre Briefe und Nachrichten im Original 90 Tage, unsere an Sie 30 Tage; woran wir eine Antwort erkennen, 60 Tage oder bis zur Sitzung. Fragen an die Geschäftsstelle 90 Tage nach der Antwort, unbeantwortete 1 Jahr. Tabellen, die Sie schicken, 30 Tage. Hinweise zu Essen oder Zugang 14 Tage nach der Sitzung. Ihre Mitgliedsdaten bis 1 Jahr nach der Abmeldung, mit LÖSCHEN sofort gelöscht. Danach bleiben Meldungen, Ideen, Beschlüsse, der Verlauf der Änderungen und der Nachweis Ihrer Einwilligungen, ohne Ihren Namen. Anliegen zum Datenschutz 3 Jahre nach der Antwort. Aus Sicherungskopien verschwindet Gelöschtes, sobald sie überschrieben werden.
    Freiwillig: Sie müssen nichts angeben. Ohne Namen, Unternehmen und E-Mail-Adresse können Sie aber nicht Mitglied werden. Telefon, Telegram und Wochenüberblick sind auch dann freiwillig.
    Keine Automatik: Über Ihre Aufnahme entscheidet ein Mensch. Automatische Entscheidungen und Profile (Art. 22 DSGVO) gibt es nicht.
    Ihre Rechte: Auskunft und Ihre Daten als Datei (MEINEDATEN, Art. 15 und 20 DSGVO), Berichtigung (BERICHTIGEN, Art. 16), Löschung (LÖSCHEN, Art. 17), Einschränkung (EINSCHRÄNKEN, Art. 18) und Widerspruch (WIDERSPRUCH, Art. 21). Was nicht gleich geschieht, beantwortet die Geschäftsstelle binnen eines Monats. Eine Einwilligung nehmen Sie mit einem Wort zurück: ABMELDEN, WOCHENÜBERBLICK AUS oder TELEGRAM AUS. Was bis dahin geschehen ist, bleibt erlaubt.
    Beschwerde: Bei jeder Datenschutzaufsicht (Art. 77 DSGVO), hier bei der Landesbeauftragten für Datenschutz und Informationsfreiheit Nordrhein-Westfalen, Kavalleriestraße 2–4, 40213 Düsseldorf, Telefon 0211 38424-0, www.ldi.nrw.de.
all-privacy-controller-default = die Geschäftsstelle der { $house }, zu erreichen als Antwort auf diese Nachricht.
all-privacy-officer-default = Die oder den Datenschutzbeauftragten der Stadt nennt Ihnen die Geschäftsstelle.
guest-letter-privacy = Datenschutz: Die Geschäftsstelle der { $house } speichert Name, E-Mail-Adresse, Unternehmen und Ihre Beiträge, um den Zukunftsplan zu begleiten (Art. 6 Abs. 1 Buchst. a DSGVO, Ihre Einwilligung). Sie können sie jederzeit zurücknehmen; ABMELDEN genügt. Bestätigen Sie nicht, wird die Anfrage nach sieben Tagen gelöscht. Alles Weitere, auch Ihre Rechte und wo Sie sich beschweren können, lesen Sie mit dem Wort DATENSCHUTZ als Antwort.
guest-letter-privacy-short = Datenschutz: Antwortet niemand, wird die Anfrage nach sieben Tagen gelöscht. Was sonst mit Ihren Daten geschieht, lesen Sie mit dem Wort DATENSCHUTZ als Antwort.
member-welcome-entered = Ihre Angaben (Name, Unternehmen, E-Mail-Adresse, Telefonnummer, soweit bekannt) hat die Geschäftsstelle eingetragen, damit Sie am Zukunftsplan mitwirken können (Art. 6 Abs. 1 Buchst. e DSGVO). Möchten Sie das nicht, antworten Sie mit ABMELDEN oder WIDERSPRUCH. Was mit Ihren Daten geschieht, sagt DATENSCHUTZ; was wir haben, MEINEDATEN.

## Was jemand erklärt: die Sätze, die gezeigt und aufbewahrt werden

guest-consent-membership = Ich möchte bei der { $house } am Zukunftsplan mitarbeiten. Dafür darf die Geschäftsstelle meinen Namen, meine E-Mail-Adresse, mein Unternehmen und meine Beiträge speichern und nutzen.
guest-consent-digest = Ich möchte montags den Wochenüberblick bekommen.
guest-consent-no-digest = Ich möchte den Wochenüberblick nicht bekommen.
guest-consent-telegram = Ich bin ausdrücklich einverstanden, dass die Geschäftsstelle der { $house } mir in Telegram schreibt und dort liest, was ich schreibe. Ich weiß: Telegram ist ein Anbieter außerhalb der EU, meine Daten sind dort vielleicht schlechter geschützt, und die Nachrichten sind nicht Ende-zu-Ende verschlüsselt: Telegram kann sie lesen und speichern.
member-consent-membership-ended = Ich beende meine Mitgliedschaft (ABMELDEN).
member-consent-digest-weekly = Ich möchte den Wochenüberblick jede Woche bekommen.
member-consent-digest-monthly = Ich möchte den Wochenüberblick einmal im Monat bekommen.
member-consent-digest-never = Ich möchte den Wochenüberblick nicht mehr bekommen.
member-consent-telegram-ended = Ich möchte Telegram nicht mehr benutzen.
member-consent-telegram-moved = Der Chat wurde mit einer anderen Mitgliedschaft verbunden.
member-consent-telegram-dismissed = Die Geschäftsstelle hat den Eintrag zurückgenommen.
member-consent-answered = { $statement } – »{ $answer }«
guest-consent-button-with = Ja, mit Wochenüberblick
guest-consent-button-without = Ja, ohne Wochenüberblick
guest-consent-button-agree = Einverstanden
guest-consent-button-mail = Lieber per E-Mail
word-yes-without = JA OHNE

## Fragen und Antworten

guest-consent-join-ask = Wenn Sie bestätigen, erklären Sie damit:
guest-consent-quote = »{ $statement }«
guest-consent-join-how = Antworten Sie auf diesen Brief mit JA, heißt das auch: »{ $digest }« Mit JA OHNE heißt es: »{ $without }« Der Überblick kommt nur, wenn es Neues gibt. Ihre Antwort zeigt uns zugleich, dass die Adresse Ihnen gehört.
guest-consent-membership-title = Ihre Adresse ist bestätigt. Möchten Sie Mitglied werden?
guest-consent-membership-how = Dazu, je nach Knopf: »{ $digest }« oder »{ $without }« Der Überblick kommt nur, wenn es Neues gibt. Was mit Ihren Daten geschieht, sagt DATENSCHUTZ.
guest-consent-telegram-title = Darf ich Ihnen in Telegram schreiben?
guest-consent-telegram-line = Das ist freiwillig. Per E-Mail geht alles genauso. Tippen Sie auf »Einverstanden«, erklären Sie:
guest-consent-telegram-back = Mit TELEGRAM AUS endet es jederzeit. Mehr sagt DATENSCHUTZ.
guest-consent-link-how = Antworten Sie mit JA, wenn Sie einverstanden sind, oder tippen Sie gleich auf den Link: Dann frage ich Sie in Telegram. Mit NEIN bleibt es bei E-Mail.
guest-consent-agreed-title = Danke, jetzt fehlt nur noch Ihr Chat
guest-consent-agreed-line = Sie sind mit Telegram einverstanden. Tippen Sie auf den Link, oder senden Sie den Code in Ihrem Chat.
guest-consent-mail-title = Gut, dann per E-Mail
guest-consent-mail-member = Mit Ihrer Mitgliedschaft ist kein Chat verbunden. Sie bekommen alles per E-Mail.
guest-consent-mail-joining = Bitte antworten Sie auf den Brief in Ihrem Postfach, dann geht es dort weiter. In diesem Chat ist nichts gespeichert worden, was Sie zum Mitglied macht.
member-unlinked-title = Telegram ist getrennt
member-unlinked-line = Ab jetzt kommt alles per E-Mail. Mit TELEGRAM verbinden Sie den Chat wieder. Was im Chat steht, löschen Sie dort selbst.
member-moved-line = Ihr bisheriger Telegram-Chat ist jetzt mit einer anderen Mitgliedschaft verbunden. Waren Sie das nicht? Dann antworten Sie bitte sofort auf diesen Brief.
refusal-not-linked = Mit Ihrer Mitgliedschaft ist kein Telegram-Chat verbunden.
guest-code-enough-title = Bitte schauen Sie in Ihr Postfach
guest-code-enough = Dort liegen schon mehrere Briefe von mir, mehr sende ich in kurzer Zeit nicht. Antworten Sie bitte auf den neuesten, oder versuchen Sie es später noch einmal.
