### Deutsch (Ausgangssprache). Schlüssel: Leser-Art-Name. Anrede: Sie. Kurz, warm, genau.

## Wörter, mit denen man antwortet

word-yes = JA
word-no = NEIN
word-resume = WEITER
word-outstanding = OFFEN
word-attend-yes = ZUSAGE
word-attend-no = ABSAGE
word-attend-maybe = VIELLEICHT
word-sending-on = BETRIEB START

## Stand einer Maßnahme

status-open = noch nicht begonnen
status-running = läuft
status-delayed = verzögert
status-blocked = blockiert
status-done = fertig

## Schritte einer Abfragerunde

step-ask = Abfrage an alle Verantwortlichen
step-remind = Erinnerung an alle, die noch nicht geantwortet haben
step-interim = Zwischenliste für die Geschäftsstelle
step-remind-again = zweite Erinnerung
step-freeze = Redaktionsschluss: Zwischenstand an alle
step-digest = Wochenüberblick
step-send = ausstehende Nachricht

## Wendungen

all-phrase-ago = { $days ->
    [0] heute
    [1] gestern
   *[other] vor { $days } Tagen
}
all-phrase-never = noch nie
all-phrase-never-reported = Noch keine Meldung.
all-phrase-last-report = Letzte Meldung: { $ago }
all-phrase-unchanged = unverändert
all-phrase-expected = voraussichtlich bis { $day }
all-phrase-help = Unterstützung gewünscht
all-phrase-quote = »{ $text }«
all-phrase-your-words = Sie schrieben: »{ $text }«
all-phrase-due = Termin: { $day }
all-phrase-and = { $first } und { $last }
all-phrase-standing = { $percent } %, { $status }

all-meeting-line = Nächste Sitzung: { $title }, { $when }
all-meeting-line-place = Nächste Sitzung: { $title }, { $when }, { $place }

## Allgemeines

all-help-title = So erreichen Sie mich
all-refusal-title = Das ging leider nicht
all-thanked-title = Gern geschehen!
all-failed-title = Da ist uns etwas misslungen
all-failed-line = Ihre Nachricht ist sicher angekommen, aber ich konnte sie nicht verarbeiten. Die Geschäftsstelle weiß Bescheid und kümmert sich darum.
all-cannot-read-title = Bitte schreiben Sie mir Text
all-cannot-read-photo = Bilder kann ich leider nicht auswerten. Schreiben Sie mir bitte in Worten, zum Beispiel: M12 60 %.
all-cannot-read-voice = Sprachnachrichten kann ich leider nicht anhören. Schreiben Sie mir bitte in Worten, zum Beispiel: M12 60 %.
all-cannot-read-edited = Eine nachträglich geänderte Nachricht werte ich nicht noch einmal aus. Bitte senden Sie die Meldung neu; mit RÜCKGÄNGIG nehmen Sie die alte zurück.
all-cannot-read-too-big = Diese Nachricht war zu groß für mich. Bitte schreiben Sie mir nur den Text, ohne große Anhänge.
all-overrun-title = Das waren sehr viele Nachrichten
all-overrun-line = Von Ihrer Adresse sind in kurzer Zeit sehr viele Nachrichten gekommen. Die weiteren sind sicher aufbewahrt, aber ich werte sie nicht mehr einzeln aus. Die Geschäftsstelle weiß Bescheid.
all-cannot-read-other = Das kann ich leider nicht lesen. Schreiben Sie mir bitte in Worten, zum Beispiel: M12 60 %.

## Nicht verstanden

all-unclear-title = Ihre Nachricht ist bei der Geschäftsstelle
all-unclear-office = Ich habe Ihre Nachricht nicht sicher verstanden und sie an die Geschäftsstelle gegeben. Von dort bekommen Sie eine Antwort. Geändert wurde nichts.
all-unclear-ask-title = Wie haben Sie das gemeint?
all-unclear-empty = Ich habe in Ihrer Nachricht keinen Text gefunden. Geändert wurde nichts.
all-unclear-doubtful = Ich bin nicht sicher, wie Sie das meinen, und habe nichts geändert. Bitte schreiben Sie es mir noch einmal eindeutig.
all-unclear-which-measure = Auf welche Maßnahme bezieht sich das? Bitte schreiben Sie die Nummer davor. Geändert wurde nichts.
all-unclear-no-address = Darin habe ich keine E-Mail-Adresse gefunden. Bitte schreiben Sie nur Ihre dienstliche E-Mail-Adresse, zum Beispiel name@firma.example.
all-unclear-no-company = Für wen sprechen Sie? Bitte antworten Sie nur mit dem Namen Ihres Unternehmens oder Ihrer Institution.
all-unclear-too-long = Das war mir zu lang. Bitte schreiben Sie Ihre Meldung in ein paar Zeilen.
all-unclear-yes-with-text = Ihre Antwort war nicht eindeutig, deshalb habe ich nichts geändert. Bitte antworten Sie nur mit JA oder nur mit NEIN.
member-unclear-examples = Zum Beispiel: »M12 60 %« · »M12 fertig« · »M12 verzögert wegen Gutachten« · »unverändert« · HILFE
office-unclear-examples = Zum Beispiel: OFFEN · »M12 telefonisch: 60 %« · »SITZUNG Allianz; 03.12.2026 17:00; Titel; Ort« · HILFE zeigt alles.
all-unclear-not-understood = Das habe ich nicht verstanden. Geändert wurde nichts.
all-unclear-enough-title = Für heute ist es genug
all-unclear-enough = Ich habe heute schon mehrere Ihrer Nachrichten an die Geschäftsstelle gegeben und zeige ihr diese nicht mehr. Bitte warten Sie auf ihre Antwort, oder rufen Sie dort an.
guest-unclear-examples = Zum Beispiel: BEITRETEN · HILFE
guest-unclear-join = Möchten Sie in der Arbeitsgruppe mitmachen? Dann schreiben Sie einfach BEITRETEN.

## Gäste: kennenlernen und beitreten

guest-hello-title = Willkommen!
guest-hello-line = Ich bin der Assistent der { $house }. Hier melden Sie in wenigen Sekunden, wie es mit Ihren Maßnahmen im Zukunftsplan steht.
guest-hello-address = Zum Anmelden oder Mitmachen schreiben Sie mir bitte Ihre dienstliche E-Mail-Adresse. Ich schicke Ihnen dorthin einen Code. Hinweis: Telegram speichert Nachrichten auch außerhalb der EU. Per E-Mail geht alles genauso. Mehr: DATENSCHUTZ
guest-code-title = Bitte schauen Sie in Ihr Postfach
guest-code-sent = An { $email } ist ein Brief mit einem Code unterwegs. Er gilt 15 Minuten.
guest-code-type = Tippen Sie im Brief auf den Link, oder senden Sie mir den Code hier.
guest-code-late = Der Code war älter als 15 Minuten. Ein neuer ist unterwegs in Ihr Postfach.
guest-code-wrong-title = Dieser Code passt nicht
guest-code-wrong = Der Code ist unbekannt, verbraucht oder für jemand anderen bestimmt. Einen neuen bekommen Sie mit BEITRETEN und Ihrer E-Mail-Adresse.
guest-code-too-many-title = Bitte warten Sie ein wenig
guest-code-too-many = Das waren zu viele Versuche. In einer Stunde geht es weiter.
guest-join-letter-title = Bitte bestätigen Sie Ihren Beitritt zur { $house }
guest-join-letter-line = Sie möchten in der Arbeitsgruppe Zukunftsplan der { $house } mitmachen. Wie schön!
guest-link-letter-title = Telegram mit Ihrer Mitgliedschaft verbinden
guest-link-letter-line = Jemand möchte einen Telegram-Chat mit Ihrer Mitgliedschaft in der { $house } verbinden. Waren Sie das? Dann tippen Sie auf den Link, oder senden Sie den Code in Ihrem Chat. Ihre Nachrichten kommen danach in Telegram an; mit TELEGRAM AUS geht es jederzeit zurück zur E-Mail. Vorher brauche ich Ihr Einverständnis:
guest-address-letter-title = Gehört diese Adresse zu Ihnen?
guest-address-letter-line = Ein Mitglied der { $house } möchte künftig auch unter dieser Adresse antworten können. Waren Sie das?
guest-address-letter-yes = Dann antworten Sie auf diesen Brief einfach mit JA.
guest-address-letter-button-yes = Ja, das ist meine Adresse
guest-letter-code = Ihr Code für Telegram: { $code }
guest-letter-minutes = Code und Link gelten 15 Minuten. Dauert es länger, bekommen Sie von selbst einen neuen.
guest-letter-button-telegram = In Telegram öffnen
guest-letter-not-you = Sie haben nichts angefragt? Dann brauchen Sie nichts zu tun.
guest-company-title = Für welches Unternehmen sprechen Sie?
guest-company-line = Ihre Adresse ist bestätigt, danke! Antworten Sie bitte noch mit dem Namen Ihres Unternehmens oder Ihrer Institution.
guest-waiting-title = Ihre Anfrage liegt der Geschäftsstelle vor
guest-waiting-line = Danke! Die Geschäftsstelle entscheidet über Ihren Beitritt. Sie hören hier, sobald es so weit ist.
guest-declined-title = Zu Ihrer Anfrage
guest-declined-line = Die Geschäftsstelle der { $house } konnte Ihren Beitritt gerade nicht aufnehmen. Bei Fragen antworten Sie einfach auf diese Nachricht.
guest-help-lines =
    Ich bin der Assistent der { $house } für den Zukunftsplan.
    BEITRETEN – in der Arbeitsgruppe mitmachen
    DATENSCHUTZ – was mit Ihren Daten geschieht; MEINEDATEN, LÖSCHEN
    HILFE – diese Übersicht
    Alles andere gebe ich an die Geschäftsstelle weiter.

## Mitglieder

member-welcome-title = Willkommen in der { $house }
member-welcome-line = Guten Tag { $name }, die Geschäftsstelle hat Sie aufgenommen. Schön, dass Sie dabei sind!
member-welcome-measures = Das sind Ihre Maßnahmen im Zukunftsplan:
member-welcome-no-measures = Noch ist Ihnen keine Maßnahme zugeordnet. Sobald sich das ändert, hören Sie von mir.
member-welcome-closing = Vor jeder Sitzung frage ich kurz nach dem Stand. »unverändert« ist eine vollständige Antwort. Mit HILFE sehen Sie, was ich sonst noch kann.
member-button-status = Meine Maßnahmen
member-status-title = { $count ->
    [0] Ihre Maßnahmen
    [1] Ihre Maßnahme
   *[other] Ihre { $count } Maßnahmen
}
member-status-none = Ihnen ist zurzeit keine Maßnahme zugeordnet.
member-card-standing = Stand: { $status }
member-card-expected = Voraussichtlich fertig: { $day }
member-card-help = Unterstützung gewünscht
member-report-button-unchanged = Unverändert
member-report-button-percent-25 = 25 %
member-report-button-percent-50 = 50 %
member-report-button-percent-75 = 75 %
member-report-button-done = Fertig
member-report-button-delayed = Verzögert
member-report-button-blocked = Blockiert
member-report-button-undo = Rückgängig
member-report-word-unchanged = unverändert
member-report-word-percent-25 = 25 %
member-report-word-percent-50 = 50 %
member-report-word-percent-75 = 75 %
member-report-word-done = fertig
member-report-word-delayed = verzögert
member-report-word-blocked = blockiert
member-report-word-undo = RÜCKGÄNGIG
member-report-title = Danke, notiert: { $measures }
member-report-understood = Verstanden: { $what }
member-report-why = Woran liegt es? Antworten Sie einfach in einem Satz, wenn Sie mögen.
member-confirm-title = Stimmt das so?
member-confirm-big = Das wäre eine große Änderung, deshalb frage ich kurz nach. Notiert ist noch nichts.
member-confirm-all = Gilt das für alle diese Maßnahmen? Notiert ist noch nichts.
member-confirm-line = { $measure }: bisher { $before } · neu: { $what }
member-confirm-yes = Ja, so notieren
member-confirm-no = Nein, so lassen
member-undo-title = Zurückgenommen: { $measures }
member-undo-line = Ihre Meldung ist zurückgenommen. Es gilt wieder der vorige Stand.
member-assigned-title = Neu für Sie: { $measure }
member-assigned-lead = Die Geschäftsstelle hat Sie als verantwortlich für diese Maßnahme eingetragen.
member-assigned-contributor = Die Geschäftsstelle hat Sie als beteiligt an dieser Maßnahme eingetragen.
member-ask-title = { $count ->
    [1] Bitte bis { $until }: Wie steht es um Ihre Maßnahme?
   *[other] Bitte bis { $until }: Wie steht es um Ihre { $count } Maßnahmen?
}
member-ask-line = Am { $when } ist die Sitzung »{ $title }«. Bitte melden Sie bis { $until } kurz den Stand.
member-ask-closing = Eine Zeile genügt: »unverändert« ist eine vollständige Antwort.
member-remind-title = { $count ->
    [1] Erinnerung, bitte bis { $until }: Stand Ihrer Maßnahme
   *[other] Erinnerung, bitte bis { $until }: Stand Ihrer { $count } Maßnahmen
}
member-remind-line = Für die Sitzung »{ $title }« am { $when } fehlt noch Ihre Meldung. Am { $until } ist Redaktionsschluss.
member-pause-title = Pause bis { $until }
member-pause-line = Bis einschließlich { $until } erinnere ich Sie nicht. Mit WEITER beenden Sie die Pause früher.
member-pause-ask-title = Bis wann möchten Sie pausieren?
member-pause-ask-line = Schreiben Sie mir den Tag, zum Beispiel: PAUSE bis 15.08.
member-button-resume = Pause beenden
member-resume-title = Schön, dass Sie wieder da sind
member-resume-line = Die Pause ist beendet. Ich erinnere Sie wieder wie gewohnt.
member-leave-title = Sie sind abgemeldet
member-leave-line = Ihre Mitgliedschaft in der { $house } ist beendet. Sie bekommen keine Nachrichten mehr von mir. Danke für Ihre Mitarbeit!
member-leave-back = Wenn Sie zurückkommen möchten: einfach BEITRETEN schreiben.
member-language-title = Sprache geändert
member-language-line = Ab jetzt schreibe ich Ihnen auf Deutsch.
member-linked-title = Telegram ist verbunden
member-linked-line = Guten Tag { $name }, Ihre Nachrichten kommen jetzt hier an. Per E-Mail können Sie mir weiterhin jederzeit schreiben.
member-linked-try = Probieren Sie es aus:
member-linked-mail = Ihr Telegram-Chat ist jetzt mit Ihrer Mitgliedschaft verbunden. Waren Sie das nicht? Dann antworten Sie bitte sofort auf diesen Brief.
member-address-asked-title = Bitte schauen Sie in das andere Postfach
member-address-asked = An { $email } ist ein Brief unterwegs. Mit JA als Antwort darauf gehört die Adresse zu Ihnen.
member-address-added-title = Neue Adresse
member-address-added-line = { $email } gehört jetzt zu Ihrer Mitgliedschaft. Antworten von dort zählen wie von Ihren anderen Adressen.
member-address-dropped-title = Adresse entfernt
member-address-dropped-line = { $email } gehört nicht mehr zu Ihrer Mitgliedschaft.
member-address-not-you = Waren Sie das nicht? Dann rufen Sie bitte gleich die Geschäftsstelle an.
member-attend-title-yes = Notiert: Sie kommen
member-attend-title-no = Notiert: Sie kommen nicht
member-attend-title-maybe = Notiert: Sie kommen vielleicht
member-attend-button-yes = Ich komme
member-attend-button-no = Ich komme nicht
member-attend-button-maybe = Vielleicht
member-proof-title = Bitte bestätigen Sie kurz
member-proof-line = Absender von E-Mails lassen sich fälschen. Antworten Sie deshalb bitte auf diesen Brief mit JA, dann führe ich aus:
member-proof-button = Ja, so ausführen
member-digest-your-turn = { $count ->
    [1] Sie sind dran: Zu dieser Maßnahme fehlt noch Ihre Meldung.
   *[other] Sie sind dran: Zu diesen { $count } Maßnahmen fehlt noch Ihre Meldung.
}
member-digest-field = Neu in »{ $field }«
member-help-lines =
    M12 60 % – Stand melden, auch: M12 fertig, M12 verzögert wegen …, M12 blockiert: …
    unverändert – eine vollständige Antwort
    M12 bis Ende März – wann es voraussichtlich fertig ist, auch: M12 brauchen Hilfe bei …
    NACHWEIS M12: https://… – Link oder Satz, der den Fortschritt belegt
    RÜCKGÄNGIG – das Letzte zurücknehmen
    STATUS – meine Maßnahmen und die nächste Sitzung
    PLAN – wie der Plan steht; PLAN Fachkräfte, PLAN A3 (eine Seite zum Ausdrucken), EXPORT (Tabelle)
    ZUSAGE, ABSAGE, VIELLEICHT – zur nächsten Sitzung; VERTRETUNG und ein Name, wenn jemand für Sie kommt
    ABSTIMMUNG – laufende Abstimmung oder Ergebnis; STIMME M3 3, M7 2 – abstimmen, auch: STIMME JA
    IDEE: … – eine Idee einbringen, IDEEN zeigt die offenen
    ANGEBOT: … / GESUCH: … – was Sie bieten oder suchen, ANGEBOTE zeigt alle
    ABGEBEN M12 an name@firma.example – die Verantwortung jemandem anbieten
    VERTRETUNG name@firma.example bis 15.08. – jemand antwortet so lange für Ihre Maßnahmen; VERTRETUNG ENDE
    WECHSEL: Neue GmbH – Sie sprechen jetzt für ein anderes Unternehmen
    WOCHENÜBERBLICK MONATLICH / AUS / AN – wie oft er kommt; FOLGEN M12 oder FOLGEN Fachkräfte – worüber
    PAUSE bis 15.08. – keine Erinnerungen bis dahin, WEITER beendet die Pause; SPÄTER – drei Tage Ruhe
    ADRESSE name@firma.example – auch von dort antworten, mit »weg« nicht mehr
    TELEGRAM – Telegram mit der Mitgliedschaft verbinden, TELEGRAM AUS – wieder per E-Mail; SPRACHE EN – English, please
    DATENSCHUTZ – was mit Ihren Daten geschieht; MEINEDATEN – was über Sie gespeichert ist
    BERICHTIGEN: …, EINSCHRÄNKEN, WIDERSPRUCH, LÖSCHEN – Ihre Rechte daran
    ABMELDEN – Mitgliedschaft beenden
    Alles andere gebe ich an die Geschäftsstelle weiter.
member-menu =
    status – Meine Maßnahmen und die nächste Sitzung
    abstimmung – Laufende Abstimmung oder Ergebnis
    rueckgaengig – Letzte Meldung zurücknehmen
    pause – Erinnerungen pausieren
    weiter – Pause beenden
    hilfe – Was ich kann

## Geschäftsstelle

office-help-lines =
    OFFEN – wer noch nicht geantwortet hat, mit Telefonnummer
    JA / NEIN – Antwort auf eine Anfrage
    M12 telefonisch: 60 % – Stand für jemanden eintragen, der angerufen hat
    UNTERNEHMEN: Name; Telefon – Unternehmen anlegen
    MITGLIED Name; Adresse; Unternehmen; Telefon – Person aufnehmen
    MASSNAHME 12; Titel; Themenfeld; Termin – Maßnahme anlegen
    ZUORDNEN M12 Adresse – Maßnahme zuordnen (mit »beteiligt« als Mitwirkung)
    ROLLE name@firma.example Beobachter – liest nur mit; auch Mitglied, Geschäftsstelle (dazu sagt eine zweite Person Ja)
    ÄNDERN M12; Termin; 31.12.2027; Grund – Plan ändern (auch Titel, Beginn, Themenfeld, Ziel, Initiative, Meilenstein)
    STREICHEN M12; Grund – Maßnahme aus dem Plan nehmen
    BERICHT – der Zwischenstand, wie er jetzt ist; PLAN A3 – der ganze Plan auf einer Seite
    PLAN – wie der Plan steht; PLAN DISKUSSION, PLAN VERABSCHIEDET – sein nächster Schritt
    SITZUNG Allianz; 03.12.2026 17:00–19:00; Titel; Ort; https://… – Sitzung planen (Allianz oder AG)
    SITZUNG ÄNDERN; 10.12.2026 17:00 – auch Titel: …, Ort: …, Link: …; SITZUNG ABSAGEN; Grund
    TAGESORDNUNG: 17:00 Begrüßung; 17:15 Bericht – oder ein Punkt je Zeile
    EINLADEN – sofort statt am nächsten Werktag; TEILNAHME – wer kommt
    PROTOKOLLANT name@firma.example – wer das Protokoll der Sitzung führt
    PROTOKOLL: Text – das Protokoll, das drei Werktage nach der Sitzung an alle geht
    BESCHLUSS: Titel; name@firma.example; 30.06.2027; Themenfeld – wird eine Maßnahme und angeboten
    BESCHLUSS M12; Termin 31.12.2027; weil … – ändert den Plan; ohne Angaben ein Beschluss in Worten
    EXPORT PLAN / MITGLIEDER / UNTERNEHMEN / SITZUNGEN / ALLES – als Tabelle, mit CSV als CSV-Datei; geändert zurückschicken
    IDEE 7 ZU M12 / ZU IDEE 3 / ÜBERNEHMEN Themenfeld / ABLEHNEN: Grund – über eine Idee entscheiden; IDEEN zeigt alle
    ANGEBOTE – was offen ist, mit Namen
    ABSTIMMUNG Punkte 5: Was zuerst?; M3, M7, M12; bis 10.12. – auch »Ja/Nein: Frage?« oder »Konsens: Frage?; A; B«
    ABSTIMMUNG – wer noch nicht abgestimmt hat; ABSTIMMUNG SCHLIESSEN – vor der Zeit
    VORSCHAU AN – den Wochenüberblick zuerst sehen und mit FREIGEBEN hinausgeben; VORSCHAU AUS – wieder von selbst
    ANLIEGEN – wer Berichtigung oder Ähnliches verlangt; MITGLIED name@firma.example Telefon: … – Name oder Telefon berichtigen
    VERLAUF M12 – wer wann was an der Maßnahme geändert hat
    BETRIEB STOPP / START – alles anhalten, was hinausgeht, und wieder freigeben
    STATUS – eigene Maßnahmen
    RÜCKGÄNGIG – das Letzte zurücknehmen: Meldung, Import, Planänderung, Protokoll, Beschluss
    ZUSAGE, VERTRETUNG, STIMME, NACHWEIS, IDEE, ANGEBOT, FOLGEN, PAUSE, ADRESSE, WECHSEL, TELEGRAM, SPRACHE, MEINEDATEN – wie für alle Mitglieder
office-menu =
    offen – Wer noch nicht geantwortet hat
    status – Meine Maßnahmen und die nächste Sitzung
    abstimmung – Laufende Abstimmung oder Ergebnis
    rueckgaengig – Letzte Meldung zurücknehmen
    hilfe – Was ich kann
office-button-outstanding = Wer fehlt noch?
office-join-title = Beitritt: { $name }, { $company }
office-join-person = { $name } ({ $email }) möchte in der Arbeitsgruppe mitmachen. Die Adresse ist bestätigt.
office-join-company-known = Unternehmen: { $company } (bekannt)
office-join-company-new = Unternehmen: { $company } (neu, wird mit der Aufnahme angelegt)
office-join-button-yes = Ja, aufnehmen
office-join-button-no = Nein, ablehnen
office-admitted-title = { $name } ist aufgenommen
office-admitted-line = { $name } spricht für { $company } und bekommt einen Willkommensgruß.
office-declined-title = { $name } ist nicht aufgenommen
office-declined-line = Die Person bekommt eine freundliche Absage.
office-left-title = { $name } hat sich abgemeldet
office-left-line = { $name } hat die Mitgliedschaft beendet.
office-left-measures = Ohne Verantwortliche sind jetzt: { $measures }
office-undelivered-title = Ein Brief an { $name } kam zurück
office-undelivered-line = Der andere Server hat einen Brief an { $name } nicht angenommen, etwa weil das Postfach voll ist oder eine Regel ihn abweist. Die Adresse gilt weiter; der nächste Brief wird ganz normal versucht.
office-unreachable-title = { $name } ist nicht erreichbar
office-unreachable-line = Nachrichten an { $name } kommen auf keinem Weg mehr an. Bitte rufen Sie an und klären Sie die Adresse.
office-away-title = { $name } ist bis nach dem Redaktionsschluss abwesend: »{ $meeting }«
office-away-line = Laut automatischer Antwort ist { $name } bis { $until } nicht da. Offen sind noch: { $measures }. Bis dahin erinnere ich nicht mehr.
office-braked-title = Viele Nachrichten von { $name }
office-braked-line = Von { $name } kommen immer wieder Nachrichten, mit denen ich nichts anfangen kann. Bis morgen antworte ich dort nicht mehr und zeige sie Ihnen nicht einzeln. Alle liegen im Original im Eingang.
office-braked-chat-title = Viele Nachrichten von { $name }
office-braked-chat-line = Von { $name } kommen in Telegram immer wieder Nachrichten, mit denen ich nichts anfangen kann. Bis morgen zeige ich sie Ihnen nicht mehr, und das habe ich dort gesagt.
office-overrun-title = Sehr viele Nachrichten von { $name }
office-overrun-line = Von { $name } kommen mehr Nachrichten, als ich auswerte. Was zu viel ist, liegt ungelesen im Eingang. Geändert wurde dadurch nichts.
office-sending-off-title = Der Versand ist angehalten
office-sending-off-line = Seit { $when } geht nichts mehr hinaus: keine Fragen, keine Erinnerungen, keine Antworten per E-Mail. Was kommt, wird weiter gelesen und aufbewahrt. Wer in Telegram tippt, bekommt dort seine Antwort.
office-sending-on-title = Der Versand läuft wieder
office-sending-on-line = Was in der Zwischenzeit fällig war, geht jetzt hinaus; was zu alt ist, entfällt.
office-sending-button-on = Versand wieder freigeben
office-case-button-yes = Ja, das war { $name }
office-case-button-no = Nein, nicht ausführen
office-case-no-title = Beiseitegelegt
office-case-no-line = Die Nachricht bleibt im Eingang aufbewahrt. Geändert wurde nichts.
office-case-yes-title = Ausgeführt
office-case-yes-line = Die Nachricht gilt jetzt als von { $name }; dorthin geht auch die Bestätigung.
office-case-title = Nachricht von { $name }
office-help-title = Unterstützung gewünscht: { $measures }
office-help-line = { $name } ({ $company }) hat gemeldet und wünscht sich Unterstützung:
office-case-reason-not-understood = Diese Nachricht habe ich nicht verstanden:
office-case-reason-wrong-sender = Der Absender passt nicht zu dem Brief, auf den hier geantwortet wird. Ich habe nichts geändert. Soll ich es ausführen?
office-case-reason-expired = Der Brief, auf den hier geantwortet wird, ist älter als 60 Tage. Ich habe nichts geändert. Soll ich es ausführen?
office-case-reason-unknown-token = Der Brief, auf den hier geantwortet wird, ist mir nicht bekannt. Ich habe nichts geändert. Soll ich es ausführen?
office-case-reason-forged = Unser Mailserver sagt, dass der Absender gefälscht ist. Ich habe nichts geändert und nicht geantwortet. Soll ich es trotzdem ausführen?
office-case-reason-marked = Der Mailserver hält diese Antwort für Spam. Ich habe nichts geändert und nicht geantwortet:
office-case-reason-beside = Das stand neben einer Zu- oder Absage aus dem Kalender:
office-case-reason-failed = Diese Nachricht konnte der Assistent nicht verarbeiten. Bitte melden Sie das dem Betrieb.
office-case-company = Unternehmen: { $company }
office-case-about = Es ging um { $measures }.
office-case-chat = { $name } (in Telegram, nicht als Mitglied verbunden)
office-case-somebody = jemandem ohne Namen und Adresse
office-case-raw-kept = Die Nachricht liegt im Original im Eingang.
office-case-closing = Antworten Sie auf diese Nachricht: Ihr Text geht an { $name }.
office-case-button-answer = Antworten
office-answer-ask-title = Ihre Antwort
office-answer-ask = Bitte schreiben Sie jetzt Ihre Antwort auf:
office-answered-title = Antwort ist unterwegs
office-answered-line = Ihre Antwort wurde weitergegeben.
all-answer-title = Antwort der Geschäftsstelle
all-answer-quote = Sie hatten geschrieben: »{ $text }«
office-outstanding-title = { $count ->
    [0] Alle haben geantwortet: »{ $title }«
    [1] Eine Antwort fehlt noch: »{ $title }«
   *[other] { $count } Antworten fehlen noch: »{ $title }«
}
office-outstanding-title-none = Keine Sitzung geplant
office-outstanding-no-meeting = Sobald eine Sitzung geplant ist, sehen Sie hier, wer noch nicht geantwortet hat.
office-outstanding-count = { $answered } von { $asked } haben geantwortet (ohne Pausierende).
office-outstanding-line = { $name }, { $company }: { $measures } · Tel. { $phone } · letzter Kontakt: { $contact }
office-outstanding-no-phone = unbekannt
office-company-title = Angelegt: { $company }
office-measure-title = Angelegt: { $measure }
office-assigned-lead = { $measure } ist { $name } zugeordnet (verantwortlich).
office-assigned-contributor = { $measure } ist { $name } zugeordnet (beteiligt).
office-meeting-title = Geplant: { $title }, { $when }
office-meeting-step = { $when }: { $what }
office-dossier-missing = Nur für die Geschäftsstelle – es fehlen noch:
office-interim-title = { $count ->
    [0] Zwischenliste: Alle haben geantwortet
    [1] Zwischenliste: Eine Antwort fehlt noch
   *[other] Zwischenliste: { $count } Antworten fehlen noch
}

## Zwischenstand

all-dossier-title = Zwischenstand zum Zukunftsplan: { $title }
all-dossier-turnout = Rückmeldungen: { $answered } von { $asked } Verantwortlichen (ohne Pausierende)
all-dossier-no-field = Ohne Themenfeld

## Ablehnungen

refusal-members-only = Das geht nur für Mitglieder. Schreiben Sie BEITRETEN, um mitzumachen.
refusal-office-only = Das kann nur die Geschäftsstelle.
refusal-already-member = Sie sind schon Mitglied. Mit STATUS sehen Sie Ihre Maßnahmen.
refusal-no-telegram = Telegram ist hier nicht eingerichtet. Per E-Mail geht alles genauso.
refusal-bad-address = Das ist keine gültige E-Mail-Adresse. Bitte prüfen Sie die Schreibweise.
refusal-request-over = Diese Anfrage ist nicht mehr offen. Schreiben Sie BEITRETEN, um neu zu beginnen.
refusal-already-decided = Über { $name } wurde schon entschieden.
refusal-no-measures = Ihnen ist zurzeit keine Maßnahme zugeordnet.
refusal-which-measure = Sie haben mehrere Maßnahmen: { $measures }. Bitte schreiben Sie die Nummer davor, zum Beispiel: M{ $example } 60 %. Geändert wurde nichts.
refusal-no-such-measure = Eine Maßnahme M{ $measure } gibt es nicht. Mit STATUS sehen Sie Ihre Nummern.
refusal-not-your-measure = »{ $measure }« ist Ihnen nicht zugeordnet. Geändert wurde nichts.
refusal-percent = { $percent } % geht nicht: Bitte nennen Sie eine Zahl von 0 bis 100.
refusal-stale-card = M{ $measure } wurde inzwischen geändert. Hier ist der neue Stand, bitte tippen Sie noch einmal.
refusal-button-over = Dieser Knopf ist nicht mehr gültig. Mit STATUS bekommen Sie frische Karten.
refusal-undo-newer = Zu »{ $measure }« gibt es schon eine neuere Meldung. Bitte melden Sie einfach den richtigen Stand.
refusal-nothing-to-undo = Es gibt keine Meldung von Ihnen, die ich zurücknehmen könnte.
refusal-pause-day = Diesen Tag kann ich nicht nehmen: Bitte nennen Sie einen Tag ab heute, höchstens ein Jahr voraus.
refusal-language = Ich spreche Deutsch (SPRACHE DE) und Englisch (SPRACHE EN).
refusal-case-decided = Darüber wurde schon entschieden.
refusal-address-yours = { $email } gehört schon zu Ihnen.
refusal-address-not-yours = { $email } gehört nicht zu Ihren Adressen.
refusal-address-last = Das ist Ihre einzige Adresse. Nennen Sie mir zuerst eine neue, zum Beispiel: ADRESSE name@firma.example
refusal-no-meeting = Zurzeit ist keine Sitzung geplant.
refusal-meeting-over = Die Sitzung »{ $title }« hat schon begonnen.
refusal-no-such-case = Diese Nachricht gibt es nicht mehr.
refusal-no-such-member = Ein Mitglied mit der Adresse { $email } gibt es nicht.
refusal-address-taken = Die Adresse { $email } gehört schon zu einem Mitglied.
refusal-company-exists = »{ $company }« gibt es schon.
refusal-measure-exists = M{ $measure } gibt es schon.
refusal-measure-incomplete = Eine Maßnahme braucht eine Nummer ab 1 und einen Titel.
refusal-meeting-kind = Diese Art von Sitzung gibt es nicht. Möglich sind: { $kinds }.
refusal-meeting-past = Die Sitzung muss in der Zukunft liegen.
