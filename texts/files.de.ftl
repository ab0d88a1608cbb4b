# Tabellen hinein und hinaus

## Spalten

office-column-plan-group = Themengruppe
office-column-plan-field = Themenfeld
office-column-plan-strategic = Strategisches Ziel
office-column-plan-operative = Operatives Ziel
office-column-plan-number = Nr.
office-column-plan-title = Maßnahme
office-column-plan-initiative = Initiative
office-column-plan-leads = Verantwortlich (E-Mail)
office-column-plan-contributors = Beteiligt (E-Mails)
office-column-plan-begins = Beginn
office-column-plan-due = Termin
office-column-plan-status = Status
office-column-plan-percent = Fortschritt %
office-column-plan-expected = Voraussichtlich
office-column-plan-milestones = Meilensteine
office-column-plan-evidence = Nachweise
office-column-plan-note = Bemerkung
office-column-plan-why = Begründung
office-column-plan-light = Ampel
office-column-plan-company = Verantwortliches Unternehmen
office-column-members-name = Name
office-column-members-email = E-Mail
office-column-members-company = Unternehmen
office-column-members-phone = Telefon
office-column-members-role = Rolle
office-column-members-language = Sprache
office-column-companies-name = Unternehmen
office-column-companies-phone = Telefon
office-column-meetings-kind = Art
office-column-meetings-title = Titel
office-column-meetings-day = Datum
office-column-meetings-begins = Beginn
office-column-meetings-ends = Ende
office-column-meetings-place = Ort
office-column-meetings-link = Link

office-sheet-plan = Maßnahmen
office-sheet-members = Mitglieder
office-sheet-companies = Unternehmen
office-sheet-meetings = Sitzungen
office-sheet-notes = Hinweise
office-sheet-lists = Listen
office-sheet-initiative-administration = Verwaltung
office-sheet-initiative-business = Unternehmen
office-sheet-role-member = Mitglied
office-sheet-role-observer = Beobachter
office-sheet-role-office = Geschäftsstelle
office-sheet-language-de = Deutsch
office-sheet-language-en = Englisch
office-sheet-kind-alliance = Allianz
office-sheet-kind-working-group = AG

## Probelauf

office-import-title = Probelauf »{ $name }«: Das würde sich ändern
office-import-same-title = »{ $name }«: Alles ist schon so
office-import-wrong-title = { $count ->
    [one] »{ $name }«: Eine Stelle stimmt noch nicht
   *[other] »{ $name }«: { $count } Stellen stimmen noch nicht
}
office-import-wrong-closing = Es wurde nichts geändert. Bitte verbessern Sie die Datei und schicken Sie sie noch einmal.
office-import-unreadable-title = »{ $name }« kann ich nicht lesen
office-import-fault-empty = Die Datei ist leer.
office-import-fault-no-sheet = Das ist keine Tabelle, die ich öffnen kann. Bitte schicken Sie sie als Excel-Datei (.xlsx), aus Excel mit »Speichern unter«, oder als CSV-Datei mit Semikolon.
office-import-fault-password = Die Datei ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne Kennwort (Datei → Informationen → Arbeitsmappe schützen) und schicken Sie sie noch einmal.
office-import-fault-too-big = Die Datei ist ausgepackt zu groß. Bitte schicken Sie nur das Blatt mit den Daten, ohne Bilder und ohne weitere Blätter.
office-import-fault-too-many-rows = Ein Blatt hat mehr als 50.000 Zeilen. Bitte löschen Sie die Zeilen unterhalb der Daten.
office-import-fault-too-many-columns = Ein Blatt hat mehr als 200 Spalten. Bitte löschen Sie die Spalten rechts neben den Daten.
office-import-no-headings = Ich finde keine Überschriften, die ich kenne. Für den Plan brauche ich mindestens »Nr.« und »Maßnahme«, für Mitglieder »Name«, »E-Mail« und »Unternehmen«, für Unternehmen »Unternehmen«, für Sitzungen »Art«, »Titel«, »Datum« und »Beginn«. Mit EXPORT schicke ich Ihnen eine Vorlage.
office-import-no-column = Diese Spalte fehlt.
office-import-too-many-rows = Die Datei hat { $rows } Zeilen, höchstens { $limit } kann ich auf einmal übernehmen.
office-import-count = { $kind }: { $new } neu, { $changed } geändert, { $same } gleich
office-import-new-companies = Unternehmen, die dabei angelegt werden: { $names }
office-import-new-fields = Neue Themenfelder: { $names }
office-import-group = Themengruppe »{ $before }« heißt dann »{ $after }«
office-import-change = { $name } { $column }: { $before } → { $after }
office-import-new = neu: { $name }
office-import-back = wieder dabei: { $name }
office-import-more-changes = { $count ->
    [one] … und eine weitere Änderung
   *[other] … und { $count } weitere Änderungen
}
office-import-more-problems = { $count ->
    [one] … und eine weitere Stelle
   *[other] … und { $count } weitere Stellen
}
office-import-sends-welcome = { $count ->
    [one] Dabei wird ein neues Mitglied begrüßt.
   *[other] Dabei werden { $count } neue Mitglieder begrüßt.
}
office-import-sends-news = { $count ->
    [one] Eine Person erfährt in einer Nachricht, was sich für sie ändert.
   *[other] { $count } Personen erfahren in je einer Nachricht, was sich für sie ändert.
}
office-import-ignored = Diese Spalten kenne ich nicht und lasse sie aus: { $names }
office-import-unread = Diese Blätter lasse ich aus: { $names }
office-import-ask = Antworten Sie JA, dann übernehme ich alles auf einmal. NEIN verwirft die Datei. Bis dahin ändert sich nichts.
office-import-again = Seit dem Probelauf hat sich etwas geändert. So sähe es jetzt aus:
office-import-button-yes = ✓ Ja, übernehmen
office-import-button-no = Nein, verwerfen
office-import-done-title = »{ $name }« ist übernommen
office-import-done-closing = RÜCKGÄNGIG nimmt 14 Tage lang alles zurück, solange nichts Neueres darauf steht. Briefe, die schon verschickt sind, lassen sich nicht zurückholen.
office-import-dropped-title = »{ $name }« ist verworfen, es wurde nichts geändert
office-import-undone-title = Der Import ist zurückgenommen
office-import-undone-line = Alles steht wieder so da wie vorher.
office-import-undone-told = { $count ->
    [one] Eine Nachricht war schon verschickt und lässt sich nicht zurückholen.
   *[other] { $count } Nachrichten waren schon verschickt und lassen sich nicht zurückholen.
}

## Was in einer Zeile nicht stimmt

office-import-problem = { $where }: { $what }
office-import-at-sheet = Blatt »{ $sheet }«
office-import-at-line = Zeile { $line }
office-import-at-column = Spalte { $column }
office-import-bad-formula = Hier steht eine Formel, die einen Fehler ergibt.
office-import-bad-day = »{ $text }« ist kein Datum. Bitte so: 31.12.2027.
office-import-doubtful-day = »{ $text }« kann zweierlei bedeuten. Bitte so: 31.12.2027.
office-import-bad-clock = »{ $text }« ist keine Uhrzeit. Bitte so: 17:00.
office-import-bad-number = »{ $text }« ist keine Nummer. Bitte so: 12.
office-import-bad-percent = »{ $text }« ist keine ganze Zahl von 0 bis 100.
office-import-bad-phone = »{ $text }« ist als Zahl gespeichert, dabei geht die Null am Anfang verloren. Bitte die Zelle als Text formatieren und die Nummer neu eingeben.
office-import-bad-status = »{ $text }« ist kein Status. Möglich sind: noch nicht begonnen, läuft, verzögert, blockiert, fertig.
office-import-bad-initiative = »{ $text }« kenne ich nicht. Möglich sind: Verwaltung, Unternehmen.
office-import-bad-role = »{ $text }« kenne ich nicht. Möglich sind: Mitglied, Beobachter; wer schon zur Geschäftsstelle gehört, behält: Geschäftsstelle.
office-import-bad-language = »{ $text }« kenne ich nicht. Möglich sind: Deutsch, Englisch.
office-import-bad-kind = »{ $text }« kenne ich nicht. Möglich sind: Allianz, AG.
office-import-bad-email = »{ $text }« ist keine E-Mail-Adresse.
office-import-bad-addresses = »{ $text }« ist keine E-Mail-Adresse. Mehrere bitte mit Komma trennen.
office-import-bad-milestone = Bei »{ $text }« fehlt, worum es geht. Bitte so: 30.06.2027: Gutachten liegt vor.
office-import-too-long = Der Text ist zu lang, höchstens { $limit } Zeichen.
office-import-too-many-lines = Das sind zu viele Einträge, höchstens { $limit }.
office-import-needed = Hier muss etwas stehen.
office-import-merged = Bis Zeile { $last } sind Zellen verbunden. Bitte lösen Sie die Verbindung und füllen Sie jede Zelle.
office-import-twice = Das steht schon in Zeile { $line }.
office-import-too-many-meetings = { $count } Sitzungen sind zu viele auf einmal, höchstens { $limit }.
office-import-withdrawn = M{ $measure } ist gestrichen und kann nicht geändert werden.
office-import-cancelled = Diese Sitzung ist abgesagt.
office-import-number-forgotten = Diese Maßnahme gibt es schon als M{ $measure }. Bitte tragen Sie die Nummer ein oder ändern Sie den Titel.
office-import-field-near = Das Themenfeld »{ $text }« gibt es nicht. Meinten Sie »{ $near }«?
office-import-field-unknown = Das Themenfeld »{ $text }« gibt es nicht. Es wird angelegt, wenn Sie in der Zeile auch seine Themengruppe nennen.
office-import-goal-without = Ein operatives Ziel braucht ein strategisches.
office-import-goal-no-field = Ein Ziel braucht ein Themenfeld.
office-import-ends-first = Das Ende liegt vor dem Beginn.
office-import-person-unknown = »{ $text }« ist kein Mitglied.
office-import-person-near = »{ $text }« ist kein Mitglied. Meinten Sie »{ $near }«?
office-import-needs-reason = Der Plan ist beschlossen. Bitte nennen Sie in dieser Spalte den Grund der Änderung, oder für alle Zeilen im Brief: »Begründung: …«.

refusal-import-gone = Diese Datei liegt nicht mehr vor. Bitte schicken Sie sie noch einmal.
refusal-import-done = Diese Datei ist schon übernommen.
refusal-import-newer = »{ $what }« wurde inzwischen geändert. Deshalb lässt sich der Import nicht mehr im Ganzen zurücknehmen.
refusal-import-built-on = Auf etwas aus diesem Import wurde schon aufgebaut. Deshalb lässt er sich nicht mehr im Ganzen zurücknehmen.
refusal-import-adopted-since = Der Plan wurde inzwischen verabschiedet. Deshalb lässt sich der Import nicht mehr zurücknehmen.

member-import-title = Neues zu Ihren Maßnahmen
member-import-leads = { $count ->
    [one] Die Geschäftsstelle hat Ihnen eine Maßnahme zugeordnet, für die Sie verantwortlich sind.
   *[other] Die Geschäftsstelle hat Ihnen { $count } Maßnahmen zugeordnet, für die Sie verantwortlich sind.
}
member-import-helps = Beteiligt sind Sie jetzt auch an { $measures }.
member-import-dropped = Nicht mehr eingetragen sind Sie für { $measures }.
member-import-undone-title = Eine Änderung wurde zurückgenommen
member-import-undone-line = Die Geschäftsstelle hat zurückgenommen, was ich Ihnen zuletzt über Ihre Maßnahmen geschrieben habe. Es gilt, was vorher galt. STATUS zeigt Ihnen den Stand.

## Export

all-export-title-plan = Der Plan als Tabelle
all-export-title-members = Die Mitglieder als Tabelle
all-export-title-companies = Die Unternehmen als Tabelle
all-export-title-meetings = Die Sitzungen als Tabelle
all-export-title-all = Alles als Tabelle
all-export-count = { $kind }: { $count }
all-export-file-plan = Zukunftsplan-{ $day }
all-export-file-members = Mitglieder-{ $day }
all-export-file-companies = Unternehmen-{ $day }
all-export-file-meetings = Sitzungen-{ $day }
all-export-file-all = Zukunftsplan-alles-{ $day }
office-export-line = Sie können die Datei ändern und mir zurückschicken. Ich zeige Ihnen zuerst, was sich ändern würde.
office-export-advice-day = Bitte ein Datum eingeben, zum Beispiel 31.12.2027.
office-export-advice-percent = Bitte eine ganze Zahl von 0 bis 100 eingeben, ohne Prozentzeichen.
office-export-advice-choice = Das steht nicht in der Liste. Trotzdem eintragen?
office-export-advice-text = Dieses Themenfeld gibt es noch nicht. Trotzdem eintragen?
office-export-hints = Zurückschicken – Ändern Sie, was sich ändern soll, und schicken Sie die Datei per E-Mail oder in Telegram zurück. Sie bekommen zuerst einen Probelauf und antworten dann mit JA oder NEIN.
    Leere Zellen – bleiben, wie sie sind. Ein »-« oder »leer« löscht, was dort stand.
    Fehlende Zeilen – bleiben unberührt. Gelöscht wird durch einen Import nichts.
    Spalten – dürfen fehlen, in anderer Reihenfolge stehen oder etwas anders heißen. Unbekannte Spalten werden genannt und ausgelassen.
    Maßnahmen – werden an der Nr. erkannt. Eine leere Nr. ist eine neue Maßnahme und bekommt die nächste freie Nummer.
    Mitglieder – werden an der E-Mail-Adresse erkannt, Unternehmen am Namen, Sitzungen an Art, Datum und Titel.
    Themengruppe – zählt bei neuen Themenfeldern. Ein Themenfeld wechselt die Gruppe, wenn alle seine Zeilen dieselbe neue Themengruppe nennen.
    Verantwortlich, Beteiligt – E-Mail-Adressen von Mitgliedern, mehrere mit Komma getrennt.
    Status, Fortschritt %, Voraussichtlich, Bemerkung – werden als Meldung der Geschäftsstelle festgehalten. 100 % heißt fertig, fertig heißt 100 %.
    Meilensteine – je Zeile einer (Alt+Eingabe) oder mit | getrennt: 30.06.2027: Gutachten liegt vor. Ein ✓ davor heißt erreicht.
    Nachweise – je Zeile ein Text oder Link.
    Begründung – nötig, wenn der Plan verabschiedet ist und sich Titel, Themenfeld, Ziele, Initiative, Beginn, Termin oder Meilensteine ändern. Für alle Zeilen zugleich geht auch eine Zeile im Brief: Begründung: …
    Ampel – wird berechnet und beim Einlesen nicht beachtet.
member-export-hints = Stand – Der Plan, wie er beim Abruf stand. STATUS zeigt Ihnen Ihre Maßnahmen, PLAN den ganzen Plan.

## Kommandozeile

operator-help-import = Übernimmt eine Tabelle (Plan, Mitglieder, Unternehmen oder Sitzungen; .xlsx, .xls, .ods oder CSV) nach einem Probelauf.
operator-help-export = Schreibt den Plan, die Mitglieder, Unternehmen oder Sitzungen als Tabelle.
operator-help-argument-file = Die Tabelle
operator-help-argument-target = Zieldatei, bei mehreren ein Ordner; ohne Angabe ein Name mit dem heutigen Tag
operator-help-argument-what = Was: plan, members, companies, meetings oder all
operator-help-option-yes = Ohne Rückfrage übernehmen, wenn der Probelauf gelingt
operator-help-option-csv = Als CSV-Datei statt als Excel-Datei
operator-import-comparing = Vergleichen
operator-import-writing = Übernehmen
operator-import-ask = Alles übernehmen?
operator-export-writing = Schreiben
operator-bad-file = { $file } lässt sich nicht öffnen. Bitte Namen, Ordner und Rechte prüfen.
member-file-unread = Die Tabelle dazu habe ich nicht gelesen: Tabellen übernehme ich nur von der Geschäftsstelle.
