## Was auf den Papieren steht: Zwischenstand, Plan, Bilder

paper-light-green = grün: im Plan
paper-light-yellow = gelb: im Blick behalten
paper-light-red = rot: kritisch
paper-light-grey = grau: noch nicht begonnen
paper-page = Seite
paper-pages = von
paper-stand = Stand: { $day }
paper-count = { $count ->
    [1] 1 Maßnahme
   *[other] { $count } Maßnahmen
}

## Zwischenstand

paper-dossier-title = Zwischenstand zum Zukunftsplan
paper-dossier-meeting = { $title } am { $day }
paper-dossier-no-meeting = Bericht vom { $day }
paper-dossier-for-members = Fassung für die Mitglieder
paper-dossier-for-office = Fassung der Geschäftsstelle, bitte nicht weitergeben
paper-dossier-begins = Beginn
paper-dossier-clock = { $time } Uhr
paper-dossier-place = Ort
paper-dossier-made = Stand
paper-dossier-overall = Zukunftsplan insgesamt
paper-dossier-turnout = Rückmeldungen
paper-dossier-turnout-value = { $answered } von { $asked }
paper-dossier-turnout-note = Verantwortliche, ohne Pausierende
paper-dossier-unchanged = Davon »unverändert«
paper-dossier-unchanged-note = { $count ->
    [1] Maßnahme
   *[other] Maßnahmen
}
paper-dossier-fields = Themenfelder
paper-dossier-fields-note = mit Maßnahmen
paper-dossier-fresh = Gemeldet
paper-dossier-fresh-value = { $count } von { $all }
paper-dossier-fresh-note = Maßnahmen in den letzten { $days } Tagen
paper-dossier-overview = Themenfelder im Überblick
paper-dossier-field = Themenfeld
paper-dossier-measures = Maßnahmen
paper-dossier-progress = Fortschritt
paper-dossier-empty-fields = Noch ohne Maßnahmen: { $fields }.
paper-dossier-number = Nr.
paper-dossier-measure = Maßnahme
paper-dossier-responsible = Verantwortlich
paper-dossier-due = Termin
paper-dossier-expected = voraussichtlich
paper-dossier-standing = Stand
paper-dossier-reported = Stand vom
paper-dossier-nobody = noch offen
paper-dossier-never = noch nie
paper-dossier-stale = zuletzt gemeldet vor mehr als { $days } Tagen
paper-dossier-help = Hilfe gesucht
paper-dossier-evidence = Nachweis: { $text }
paper-dossier-strategic = Strategisches Ziel
paper-dossier-operative = Operatives Ziel
paper-dossier-no-goal = Ohne Ziel
paper-dossier-annex = Änderungen und Beschlüsse
paper-dossier-changes = Geändert seit der letzten Sitzung
paper-dossier-changes-lead = Verglichen mit dem Stand vom { $day }.
paper-dossier-no-changes = Seit dem { $day } hat sich kein Stand geändert.
paper-dossier-before = vorher
paper-dossier-after = jetzt
paper-dossier-amendments = Änderungen seit dem Beschluss des Plans
paper-dossier-amendments-lead = Beschlossen wurde der Plan am { $day }.
paper-dossier-no-amendments = Seit dem Beschluss am { $day } wurde der Plan nicht geändert.
paper-dossier-amended = Änderung
paper-dossier-why = Grund
paper-dossier-who = Wann und wer
paper-dossier-when-by = { $day }, { $who }
paper-dossier-decisions = Beschlüsse, die noch jemanden suchen
paper-dossier-decision = Beschluss
paper-dossier-decided = Sitzung
paper-dossier-waits = Wartet auf
paper-dossier-waits-for = eine Antwort von { $company }
paper-dossier-waits-for-somebody = eine verantwortliche Person
paper-dossier-owed = Nur für die Geschäftsstelle
paper-dossier-owed-title = Wer noch nicht geantwortet hat
paper-dossier-owed-lead = Diese Seite liegt nur Ihrer Fassung bei.
paper-dossier-all-answered = Alle Verantwortlichen haben geantwortet.
paper-dossier-name = Name
paper-dossier-company = Unternehmen
paper-dossier-phone = Telefon
paper-dossier-missing = Offen
paper-dossier-contact = Letzter Kontakt
paper-dossier-file = Zwischenstand-{ $day }.pdf
paper-dossier-file-office = Zwischenstand-{ $day }-Geschaeftsstelle.pdf

## Bericht der Geschäftsstelle

office-report-title = Bericht: Zwischenstand zum Zukunftsplan
office-report-line = Stand jetzt, in der Fassung der Geschäftsstelle. Die Fassung für die Mitglieder geht mit dem Redaktionsschluss hinaus.

## Bilder und Plan

paper-picture-title = So steht der Zukunftsplan
paper-picture-subtitle = { $count } · Stand: { $day }
paper-picture-more = { $count ->
    [1] und eine weitere Maßnahme
   *[other] und { $count } weitere Maßnahmen
}
paper-picture-more-fields = { $count ->
    [1] und ein weiteres Themenfeld
   *[other] und { $count } weitere Themenfelder
}
paper-picture-file = So steht der Zukunftsplan am { $day }.png
paper-plan-title = Der Zukunftsplan auf einer Seite
paper-plan-line = Zum Ausdrucken in A3, am Bildschirm gut zu vergrößern.
paper-plan-draft = Entwurf
paper-plan-in-discussion = in Diskussion
paper-plan-adopted = beschlossen am { $day }
paper-plan-file = Zukunftsplan-{ $day }-A3.pdf
paper-poll-subtitle = Abstimmung zur Sitzung »{ $meeting }«
paper-poll-won = vorn
paper-poll-file = Abstimmung-{ $poll }.png
