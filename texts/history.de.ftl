# Der Verlauf: wer wann was auf welchem Weg geändert hat, und ob er unverändert ist

history-title = Verlauf: { $measure }
history-none = Dazu ist noch nichts festgehalten.
history-more = Das sind die neuesten { $shown } von { $count } Einträgen. Die Tabelle dabei enthält alle.
history-file = Verlauf-{ $name }-{ $day }.csv
history-sheet = Verlauf
history-heading-number = Nr.
history-heading-at = Wann
history-heading-who = Wer
history-heading-door = Weg
history-heading-what = Was
history-heading-source = Eingang
history-heading-change = Änderung
history-line = { $at } · { $who } · { $door } · { $what }
history-line-changes = { $at } · { $who } · { $door } · { $what }: { $changes }
history-new = { $row } neu: { $parts }
history-gone = { $row } weg: { $parts }
history-changed = { $row }: { $parts }
history-forgotten = { $row }: Inhalt gelöscht
history-part = { $column } { $before } → { $after }
history-only = { $column } { $value }
history-empty = –
history-yes = ja
history-no = nein
history-actor-operator = Betrieb
history-actor-assistant = Assistent
history-actor-nobody = unbekannt
history-actor-unknown = noch kein Mitglied
history-door-mail = E-Mail
history-door-telegram = Telegram
history-door-console = Kommandozeile
history-door-clock = von selbst
history-door-unknown = unbekannt
history-door-assistant = Assistent
history-head = Prüfstand des Verlaufs: { $head }. Wer ihn aufhebt, kann später nachweisen, dass seither nichts verändert wurde.

## Was getan wurde

history-what-accept-lead = Verantwortung übernommen
history-what-decline-lead = Verantwortung abgelehnt
history-what-propose-role = Rolle vorgeschlagen
history-what-decline-role = Vorschlag zur Rolle abgelehnt
history-what-decide-role = Über eine Rolle entschieden
history-what-decide-company = Über einen Wechsel entschieden
history-what-rectify = Berichtigung verlangt
history-what-register-person = Person aufgenommen
history-what-greet = Gruß
history-what-decide = Über eine Aufnahme entschieden
history-what-answer-person = Anfrage beantwortet
history-what-answer-lead = Verantwortung beantwortet
history-what-keep-idea = Idee belassen
history-what-send-deputy = Vertretung für die Sitzung
history-what-apply-import = Import
history-what-report-progress = Statusmeldung
history-what-amend-measure = Plan geändert
history-what-assign-measure = Zuordnung
history-what-add-evidence = Nachweis
history-what-share-idea = Idee
history-what-share-offer = Angebot oder Gesuch
history-what-set-plan-state = Schritt des Plans
history-what-switch-sending = Versand angehalten oder freigegeben
history-what-follow-plan = Folgen
history-what-show-my-data = Auskunft
history-what-show-personal-requests = Anliegen angesehen
history-what-add-address = Adresse dazu
history-what-add-measure = Maßnahme angelegt
history-what-agree-telegram = Telegram zugestimmt
history-what-amend = Plan geändert
history-what-answer = Anfrage beantwortet
history-what-answer-deputy = Vertretung beantwortet
history-what-answer-match = Vermittlung beantwortet
history-what-answer-personal = Anliegen zu eigenen Daten beantwortet
history-what-answer-personal-request = Anliegen zu eigenen Daten beantwortet
history-what-approve = Aufnahme
history-what-ask-contact = Kontakt erbeten
history-what-assign = Zuordnung
history-what-attend = Antwort auf die Einladung
history-what-away = Abwesenheit laut Antwortbrief
history-what-cancel-meeting = Sitzung abgesagt
history-what-change-meeting = Sitzung geändert
history-what-close-offer = Angebot oder Gesuch beendet
history-what-close-poll = Abstimmung geschlossen
history-what-confirm = Adresse bestätigt
history-what-correct-person = Daten einer Person berichtigt
history-what-decide-idea = Über eine Idee entschieden
history-what-decline = Aufnahme abgelehnt
history-what-digest = Wochenüberblick
history-what-distrust = Brief beiseitegelegt
history-what-drop-address = Adresse weg
history-what-end-deputy = Vertretung beendet
history-what-enrol = Person aufgenommen
history-what-erase = Person gelöscht
history-what-evidence = Nachweis
history-what-export = Export
history-what-follow = Folgen
history-what-hand-over = Maßnahme abgegeben
history-what-heard = Eingang
history-what-idea = Idee
history-what-import = Import
history-what-invite = Eingeladen
history-what-join = Möchte beitreten
history-what-keep-minutes = Protokoll belassen
history-what-leave = Abmeldung
history-what-link-telegram = Telegram verbunden
history-what-name-company = Unternehmen genannt
history-what-name-deputy = Vertretung benannt
history-what-name-minute-taker = Protokollführung
history-what-offer = Angebot oder Gesuch
history-what-open-poll = Abstimmung eröffnet
history-what-other = Änderung
history-what-pause = Pause
history-what-place-idea = Idee zugeordnet
history-what-plan-meeting = Sitzung geplant
history-what-plan-state = Schritt des Plans
history-what-preview-digest = Vorschau des Wochenüberblicks
history-what-record-decisions = Beschlüsse
history-what-record-minutes = Protokoll
history-what-redact = Inhalte gelöscht
history-what-register-company = Unternehmen angelegt
history-what-release-digest = Wochenüberblick freigegeben
history-what-report = Statusmeldung
history-what-restore-triggers = Aufzeichnung war abgeschaltet, wieder eingerichtet
history-what-resume = Pause beendet
history-what-returned = Brief kam zurück
history-what-send-correction = Protokoll berichtigt
history-what-set-agenda = Tagesordnung
history-what-set-digest = Rhythmus des Wochenüberblicks
history-what-set-role = Rolle geändert
history-what-speak = Sprache
history-what-start-sending = Versand freigegeben
history-what-step = Schritt des Zeitplans
history-what-stop-sending = Versand angehalten
history-what-stray = Am Assistenten vorbei geändert
history-what-tidy = Aufgeräumt
history-what-trust = Brief bestätigt
history-what-unclear = Anfrage an die Geschäftsstelle
history-what-undelivered = Nicht zustellbar
history-what-undo = Zurückgenommen
history-what-unlink-telegram = Telegram getrennt
history-what-vote = Stimme abgegeben

## Woran

history-table-companies = Unternehmen
history-table-persons = Person
history-table-addresses = Adresse
history-table-fields = Themenfeld
history-table-goals = Ziel
history-table-measures = Maßnahme
history-table-assignments = Zuordnung
history-table-reports = Meldung
history-table-meetings = Sitzung
history-table-attendances = Teilnahme
history-table-plan-versions = Stand des Plans
history-table-amendments = Planänderung
history-table-decisions = Beschluss
history-table-lead-offers = Angebotene Verantwortung
history-table-ideas = Idee
history-table-offers = Angebot oder Gesuch
history-table-matches = Vermittlung
history-table-polls = Abstimmung
history-table-poll-options = Wahlmöglichkeit
history-table-requests = Anfrage zum Beitritt
history-table-cases = Anfrage
history-table-consents = Einwilligung
history-table-personal-requests = Anliegen zu eigenen Daten
history-table-role-proposals = Vorschlag zur Rolle
history-table-deputyships = Vertretung
history-table-company-changes = Wechsel des Unternehmens
history-table-switches = Schalter

history-column-accepted = angenommen
history-column-after = nachher
history-column-agenda = Tagesordnung
history-column-agreed = einverstanden
history-column-amendment-id = Planänderung
history-column-answer = Antwort
history-column-answered-at = beantwortet
history-column-answered-by = beantwortet von
history-column-at = am
history-column-before = vorher
history-column-begins = Beginn
history-column-by-id = von
history-column-cancel-reason = Grund der Absage
history-column-cancelled-at = abgesagt
history-column-channel = Weg
history-column-claimed-id = angeblich von
history-column-closed-at = geschlossen
history-column-closes-at = schließt
history-column-company-id = Unternehmen
history-column-dead = nicht zustellbar
history-column-decided-at = entschieden
history-column-decided-by = entschieden von
history-column-decision-id = Beschluss
history-column-deputy = Vertretung
history-column-deputy-id = Vertretung
history-column-digest = Wochenüberblick
history-column-door = Weg
history-column-due = Termin
history-column-due-at = Frist
history-column-email = E-Mail
history-column-ended-at = beendet
history-column-ends-at = Ende
history-column-erased-at = gelöscht
history-column-evidence = Nachweise
history-column-expected = voraussichtlich fertig
history-column-field = Themenfeld
history-column-field-id = Themenfeld
history-column-from-id = von
history-column-frozen-at = Redaktionsschluss
history-column-given = erteilt
history-column-goal-id = Ziel
history-column-group-name = Themengruppe
history-column-help-wanted = Unterstützung gewünscht
history-column-initiative = Initiative
history-column-into-id = aufgegangen in Idee
history-column-invited-at = eingeladen
history-column-joined-at = Mitglied seit
history-column-kind = Art
history-column-language = Sprache
history-column-lead = verantwortlich
history-column-left-at = abgemeldet
history-column-link = Link
history-column-made-at = gestellt
history-column-measure-id = Maßnahme
history-column-meeting-id = Sitzung
history-column-milestones = Meilensteine
history-column-minute-taker-id = Protokollführung
history-column-minutes = Protokoll
history-column-minutes-at = Protokoll verschickt
history-column-name = Name
history-column-note = Bemerkung
history-column-number = Nummer
history-column-offer-id = Angebot
history-column-opened-at = eröffnet
history-column-other-agreed = andere Seite einverstanden
history-column-other-offer-id = Gesuch
history-column-other-person-id = andere Seite
history-column-outcome = Ergebnis
history-column-parent-id = strategisches Ziel
history-column-paused-until = Pause bis
history-column-percent = Fortschritt
history-column-person-id = Person
history-column-phone = Telefon
history-column-place = Ort
history-column-planned-at = geplant
history-column-points = Punkte
history-column-poll-id = Abstimmung
history-column-proposed-by = vorgeschlagen von
history-column-purpose = Zweck
history-column-question = Frage
history-column-reason = Grund
history-column-registration-closed-at = Anmeldung geschlossen
history-column-request-id = Anfrage
history-column-role = Rolle
history-column-seeking = Gesuch
history-column-starts-at = Beginn
history-column-state = Stand
history-column-status = Status
history-column-telegram-id = Telegram-Chat
history-column-text = Text
history-column-title = Titel
history-column-unchanged = unverändert
history-column-undone-at = zurückgenommen
history-column-until = bis
history-column-what = was
history-column-why = Grund
history-column-withdrawn-at = gestrichen

## Wie oft der Wochenüberblick kommt

history-digest-monthly = monatlich
history-digest-never = nie
history-digest-weekly = wöchentlich

## Prüfen

history-holds = { $count ->
    [0] Noch ist nichts versiegelt.
    [1] Der Verlauf ist unverändert: ein Eintrag geprüft.
   *[other] Der Verlauf ist unverändert: { $count } Einträge geprüft.
}
history-broken = { $count ->
    [1] Der Verlauf stimmt an einer Stelle nicht:
   *[other] Der Verlauf stimmt an { $count } Stellen nicht:
}
history-waiting = Noch nicht versiegelt: { $count }. Das geschieht jede Minute, solange der Assistent läuft.
history-chain-head = Kopf der Kette: { $head }
history-keep-head = Bitte heben Sie diese Zeile außerhalb dieses Rechners auf. Mit --head und dieser Zeile prüfen Sie später, ob die Kette noch dieselbe ist.
history-wrong-altered = Eintrag { $deed } (Stelle { $position }): Inhalt oder Änderungen sind nicht mehr die, die versiegelt wurden.
history-wrong-chain = Stelle { $position }: Die Kette ist hier zerrissen; das Siegel wurde verändert.
history-wrong-missing = Stelle { $position }: Hier fehlt mindestens ein Siegel.
history-wrong-deed-missing = Eintrag { $deed } (Stelle { $position }) wurde gelöscht.
history-wrong-slipped-in = Eintrag { $deed } hat kein Siegel, obwohl spätere eines haben: nachträglich eingeschoben, oder sein Siegel wurde gelöscht.
history-wrong-no-deed = Es gibt Änderungen, die zu keinem Eintrag gehören.
history-wrong-redacted = Eintrag { $deed } (Stelle { $position }) gilt als gelöscht, aber kein Eintrag hält eine Löschung fest.
history-wrong-restored = Stelle { $position }: Hier wurde eine Löschung rückgängig gemacht.
history-wrong-head = Stelle { $position }: Die Kette ist nicht mehr die, deren Kopf Sie aufgehoben haben.
history-wrong-head-missing = Stelle { $position }: So weit reicht die Kette nicht mehr; am Ende wurde etwas abgeschnitten.
history-bad-head = Das ist kein Kopf einer Kette: »{ $text }«. Er sieht so aus: 120:3f9a… (mindestens 20 Zeichen nach dem Doppelpunkt)
history-bad-file = Die Endung sagt, was geschrieben wird: .jsonl oder .csv, nicht »{ $file }«.
history-exported = { $count ->
    [1] Ein Eintrag geschrieben: { $file }
   *[other] { $count } Einträge geschrieben: { $file }
}
history-exported-raw = { $count ->
    [0] Keine Eingänge mehr dazu vorhanden.
    [1] Dazu ein Eingang im Original: { $folder }
   *[other] Dazu { $count } Eingänge im Original: { $folder }
}

## An der Kommandozeile

operator-help-history = Der Verlauf: wer was geändert hat, und ob er unverändert ist.
operator-help-history-show = Zeigt Einträge des Verlaufs, die ältesten zuerst; ohne Auswahl die letzten 50.
operator-help-history-export = Schreibt den ganzen Verlauf in eine Datei, als .jsonl (mit Siegeln) oder .csv (für Excel).
operator-help-history-verify = Prüft jedes Siegel und zeigt den Kopf der Kette; endet mit 1, wenn etwas nicht stimmt.
operator-help-argument-history-file = Datei, die auf .jsonl oder .csv endet
operator-help-option-history-measure = nur zu dieser Maßnahme (Nummer)
operator-help-option-history-person = nur von dieser Person oder über sie (E-Mail-Adresse)
operator-help-option-history-since = nur ab diesem Tag (TT.MM.JJJJ)
operator-help-option-history-raw = auch die Briefe (.eml) und Telegram-Eingänge (.json) in diesen Ordner
operator-help-option-history-head = ein früher aufgehobener Kopf der Kette (auch mehrfach)
