### Der Plan: wie er steht, sein Weg bis zum Beschluss, Änderungen und Nachweise.

word-plan = PLAN

## Ampel und Zusammenfassung

all-plan-light-green = grün
all-plan-light-yellow = gelb
all-plan-light-red = rot
all-plan-light-grey = noch nicht begonnen
all-plan-rule = Die Ampel einer Maßnahme: ▲ rot, wenn sie blockiert ist oder mehr als 90 Tage hinter ihrem Termin liegt; ◐ gelb, wenn sie verzögert ist, hinter ihrem Termin liegt oder mehr als 90 Tage keine Meldung kam; ● grün, wenn sie läuft oder fertig ist; ○ noch nicht begonnen. Ein Ziel oder Themenfeld ist rot, wenn mindestens ein Drittel seiner begonnenen Maßnahmen rot ist, und gelb, wenn eine rot oder ein Drittel nicht grün ist.
all-plan-title = So steht der Zukunftsplan
all-plan-summary = { $count ->
    [0] Hier gibt es noch keine Maßnahmen.
    [1] Insgesamt: { $light } · { $percent } % · eine Maßnahme
   *[other] Insgesamt: { $light } · { $percent } % · { $count } Maßnahmen
}
all-plan-counts = { $count ->
    [1] Eine Maßnahme
   *[other] { $count } Maßnahmen: { $signs }
}
all-plan-fresh = { $newest ->
    [0] Letzte Meldung: heute
    [1] Letzte Meldung: gestern
   *[other] Letzte Meldung: vor { $newest } Tagen
}
all-plan-span = { $newest ->
    [0] Meldungen: von heute bis vor { $oldest } Tagen
    [1] Meldungen: von gestern bis vor { $oldest } Tagen
   *[other] Meldungen: vor { $newest } bis { $oldest } Tagen
}
all-plan-answered = Rücklauf zur nächsten Sitzung: { $answered } von { $asked } Maßnahmen
all-plan-no-field = Ohne Themenfeld
all-plan-empty-fields = Noch ohne Maßnahmen: { $fields }
all-plan-measures = Maßnahmen
all-plan-without-goal = Ohne Ziel
all-plan-button-whole = Ganzer Plan
all-plan-none = –

## Der Weg des Plans

all-plan-state-draft = im Entwurf
all-plan-state-in-discussion = in der Diskussion
all-plan-state-adopted = beschlossen
all-plan-line-draft = Der Plan ist ein Entwurf.
all-plan-line-in-discussion = Der Plan ist in der Diskussion.
all-plan-line-adopted = { $count ->
    [0] Beschlossen am { $day }.
    [1] Beschlossen am { $day }, seither eine Änderung.
   *[other] Beschlossen am { $day }, seither { $count } Änderungen.
}
all-plan-adopted-at = Sitzung: »{ $title }«, { $when }
office-plan-title-draft = Der Plan ist wieder ein Entwurf
office-plan-title-in-discussion = Der Plan ist in der Diskussion
office-plan-title-adopted = Der Plan ist beschlossen
office-plan-free = Bis zum Beschluss kann alles ohne Begründung geändert werden.
office-plan-frozen = Alle Mitglieder erfahren jetzt davon. Der Wortlaut ist festgehalten; jede Änderung braucht ab jetzt einen Grund.
office-plan-adopt-title = Soll der Plan so beschlossen sein?
office-plan-adopt-count = { $measures ->
    [1] Eine Maßnahme:
   *[other] { $measures } Maßnahmen:
}
office-plan-without-leads = Noch ohne Verantwortliche: { $measures }
office-plan-without-due = Noch ohne Termin: { $measures }
office-plan-adopt-means = Mit JA wird dieser Wortlaut festgehalten, alle Mitglieder erfahren davon, und jede Änderung braucht danach einen Grund.
office-plan-adopt-yes = Ja, beschlossen
office-plan-reopen-title = Soll der beschlossene Plan wieder offen sein?
office-plan-reopen-means = Der beschlossene Wortlaut bleibt aufbewahrt. Bis zum nächsten Beschluss werden Änderungen ohne Begründung übernommen und nicht einzeln festgehalten.
office-plan-reopen-yes = Ja, wieder öffnen
office-plan-no = Nein, so lassen
member-plan-button = Plan ansehen
member-plan-adopted-title = Der Zukunftsplan ist beschlossen
member-plan-adopted-line = Danke an alle, die daran mitgearbeitet haben! Der Wortlaut ist jetzt festgehalten; spätere Änderungen werden mit ihrem Grund gezeigt.
member-plan-adopted-closing = Mit PLAN sehen Sie, wie er steht, mit STATUS Ihre Maßnahmen.

## Änderungen

all-plan-change-title = Titel: { $before } → { $after }
all-plan-change-due = Termin: { $before } → { $after }
all-plan-change-begins = Beginn: { $before } → { $after }
all-plan-change-field = Themenfeld: { $before } → { $after }
all-plan-change-goal = Ziel: { $before } → { $after }
all-plan-change-initiative = Initiative: { $before } → { $after }
all-plan-change-milestone = Meilenstein: { $before } → { $after }
all-plan-change-withdrawn = gestrichen
all-plan-change-added = neu aufgenommen: { $after }
all-plan-initiative-administration = Verwaltung
all-plan-initiative-business = Unternehmen
all-plan-reason = Grund: »{ $why }«
all-plan-amendments = Änderungen seit dem Beschluss
all-plan-amendment = { $day }, { $measure } { $what } · Grund: »{ $why }«
office-amend-title = Geändert: { $measure }
office-amend-kept = Die Änderung ist mit ihrem Grund festgehalten und erscheint im Plan und im Zwischenstand.
office-amend-undone-title = Zurückgenommen: { $measure }
member-amended-title-changed = Geändert: { $measure }
member-amended-title-withdrawn = Gestrichen: { $measure }
member-amended-title-undone = Änderung zurückgenommen: { $measure }
member-amended-gone = Sie waren für diese Maßnahme verantwortlich. Sie gehört nicht mehr zum Plan, ich frage Sie also nicht mehr nach dem Stand.
member-amended-back = Die Maßnahme gehört wieder zum Plan, und Sie sind wie zuvor dafür verantwortlich.
member-amended-line = Sie sind für diese Maßnahme verantwortlich. Im Plan steht jetzt:

## Karte und Nachweise

member-card-withdrawn = Am { $day } aus dem Plan gestrichen
member-card-goal = Ziel: { $goal }
member-card-begins = Beginn: { $day }
member-card-milestone = Nächster Meilenstein: { $milestone }
member-card-evidence = Nachweis: { $text }
member-evidence-title = Nachweis notiert: { $measure }
member-evidence-undone-title = Nachweis entfernt: { $measure }

## Was nicht geht

refusal-plan-adopted = Der Plan ist beschlossen. Bitte nennen Sie einen Grund, zum Beispiel: »ÄNDERN M12; Termin; 31.12.2027; weil das Gutachten später kommt« oder »MASSNAHME 12; Titel; Themenfeld; 31.12.2027; weil …«. Geändert wurde nichts.
refusal-plan-adopted-since = { $measure } ist inzwischen so beschlossen. Bitte ändern Sie mit einem Grund, zum Beispiel: »ÄNDERN M12; Termin; 31.12.2027; weil …«. Geändert wurde nichts.
refusal-plan-state = Diesen Schritt kenne ich nicht. Es gibt PLAN ENTWURF, PLAN DISKUSSION und PLAN VERABSCHIEDET.
refusal-plan-state-same = Der Plan ist schon { $state }. Geändert wurde nichts.
refusal-plan-empty = Der Plan enthält noch keine Maßnahme, es gibt also nichts zu beschließen.
refusal-plan-no-meeting = Beschlossen wird in einer Sitzung, und es hat noch keine stattgefunden. Geändert wurde nichts.
refusal-plan-no-such-meeting = Eine Sitzung »{ $text }« finde ich nicht. Bitte nennen Sie den Tag oder den Titel, zum Beispiel: PLAN VERABSCHIEDET 03.12.2026.
refusal-plan-too-early = Die Sitzung »{ $title }« ist erst am { $when }. Vorher kann sie nichts beschlossen haben. Geändert wurde nichts.
refusal-plan-goal-title = Ein Ziel braucht einen Titel mit höchstens { $limit } Zeichen. Geändert wurde nichts.
refusal-plan-goal-field = { $measure } gehört noch zu keinem Themenfeld. Bitte zuerst: ÄNDERN M12; Themenfeld; Fachkräfte.
refusal-plan-title-long = Der Titel ist zu lang, höchstens { $limit } Zeichen. Geändert wurde nichts.
refusal-plan-dates = Der Termin läge vor dem Beginn. Geändert wurde nichts.
refusal-plan-day = »{ $text }« kann ich nicht als Tag lesen. Bitte so: 31.12.2027. Geändert wurde nichts.
refusal-plan-initiative = Die Initiative geht entweder von der Verwaltung oder von Unternehmen aus. Geändert wurde nichts.
refusal-plan-no-such-field = Ein Themenfeld »{ $text }« kenne ich nicht. Es gibt: { $known }.
refusal-no-such-milestone = Diesen Meilenstein gibt es nicht. Eingetragen sind: { $known }.
refusal-amend-what = Ändern lassen sich Titel, Termin, Beginn, Themenfeld, Ziel, Initiative und Meilenstein, zum Beispiel: »ÄNDERN M12; Termin; 31.12.2027; weil …«.
refusal-amend-same = Das steht bei { $measure } schon so. Geändert wurde nichts.
refusal-measure-withdrawn = { $measure } ist aus dem Plan gestrichen. Geändert wurde nichts.
refusal-evidence-empty = Was belegt den Fortschritt? Zum Beispiel: »NACHWEIS M{ $measure }: https://…« oder ein kurzer Satz.
refusal-evidence-limit = Ein Nachweis hat höchstens { $limit } Zeichen, eine Maßnahme höchstens { $lines } Nachweise. Geändert wurde nichts.
