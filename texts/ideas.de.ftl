### Ideen, Angebote und Gesuche.

## Ideen

all-idea-called = Idee { $idea }
all-idea-title = Idee { $idea }
all-idea-line = Idee { $idea }: { $text }
all-idea-yours = von Ihnen
all-idea-like = Ähnlich: { $names }
all-idea-like-measure = M{ $number } { $text }
all-idea-like-goal = Ziel »{ $text }«
all-idea-like-idea = Idee { $number } »{ $text }«
all-idea-list-title = { $count ->
    [0] Zurzeit gibt es keine offenen Ideen
    [1] Eine offene Idee
   *[other] { $count } offene Ideen
}
all-idea-more = … und { $count } ältere
all-idea-state-new = Die Geschäftsstelle hat noch nicht entschieden.
all-idea-state-merged = Zusammengeführt mit etwas Ähnlichem.
all-idea-state-declined = Wird nicht weiterverfolgt.
all-idea-state-promoted = Ist eine Maßnahme geworden.
all-idea-state-withdrawn = Wurde zurückgezogen.
all-idea-reason = Grund: { $why }
member-idea-ask-title = Was ist Ihre Idee?
member-idea-ask = Schreiben Sie sie mir einfach in ein paar Sätzen.
member-idea-sure-title = Soll ich das als Idee festhalten?
member-idea-button-yes = Ja, festhalten
member-idea-title = Danke, notiert: Idee { $idea }
member-idea-twin = Diese Idee haben Sie schon eingebracht.
member-idea-same = Meinen Sie dasselbe? Dann sagen Sie es mir, und wer daran arbeitet, bekommt Ihren Text.
member-idea-next = Die Geschäftsstelle sieht sie sich an; über ihre Entscheidung hören Sie hier.
member-idea-button-place = Passt zu { $target }
member-idea-word-place = PASST ZU { $target }
member-idea-button-keep = Bleibt eigen
member-idea-word-keep = BLEIBT EIGEN
member-idea-kept-title = Idee { $idea } bleibt eigen
member-idea-placed-title = Idee { $idea } gehört jetzt zu: { $target }
member-idea-placed-measure = Die Verantwortlichen und die Geschäftsstelle bekommen Ihren Text als Hinweis.
member-idea-placed-idea = Die Geschäftsstelle sieht sich beide zusammen an.
member-idea-remark-title = Hinweis zu { $measure }
member-idea-remark = Aus der Allianz kommt eine Idee, die zu Ihrer Maßnahme passt. Sie brauchen nichts zu tun:
member-idea-undone-idea = Zurückgenommen: Idee { $idea }
member-idea-undone-place = Idee { $idea } ist wieder offen
member-idea-decided-title = Zu Ihrer Idee { $idea }
member-idea-decided-merge = Ihre Idee gehört jetzt zu: { $target }.
member-idea-decided-promote = Ihre Idee wird zur Maßnahme: { $target }. Vielen Dank dafür!
member-idea-declined = Ihre Idee wird zurzeit nicht weiterverfolgt. Danke, dass Sie sie eingebracht haben.
member-idea-yours = Sie hatten geschrieben: »{ $text }«
member-idea-list-closing = Ihre eigene: IDEE: und ein paar Sätze. Eine ganz lesen: IDEE und die Nummer.
office-idea-title = Idee { $idea }: { $text }
office-idea-by = Von { $who }
office-idea-closing = Oder schreiben Sie: IDEE { $idea } ZU M12 · IDEE { $idea } ZU IDEE 3 · IDEE { $idea } ABLEHNEN: Grund · IDEE { $idea } ÜBERNEHMEN Themenfeld
office-idea-button-merge = Zusammenführen mit { $target }
office-idea-button-promote = Übernehmen
office-idea-button-decline = Ablehnen
office-idea-word-merge = ZUSAMMENFÜHREN
office-idea-word-promote = ÜBERNEHMEN
office-idea-word-decline = ABLEHNEN
office-idea-placed-title = Idee { $idea } gehört zu: { $target }
office-idea-placed = Das sagt, wer die Idee hatte. Sie brauchen nichts zu tun.
office-idea-reason-title = Warum wird Idee { $idea } abgelehnt?
office-idea-reason-ask = Antworten Sie mit einem Satz: Er geht an die Person, die diese Idee hatte.
office-idea-done-merge = Idee { $idea } gehört jetzt zu: { $target }
office-idea-done-promote = Idee { $idea } ist jetzt Maßnahme: { $target }
office-idea-done-decline = Idee { $idea } ist abgelehnt
office-idea-told = Wer die Idee hatte, erfährt es jetzt.
office-idea-list-closing = IDEE und die Nummer zeigt eine mit Ähnlichem und allem, was Sie damit tun können.

## Angebote und Gesuche

all-offer-called = Angebot { $offer }
all-need-called = Gesuch { $offer }
all-offer-line = { $offer }: { $text }
all-offer-yours = von Ihnen
all-offer-list-title = { $count ->
    [0] Zurzeit gibt es keine Angebote und Gesuche
    [1] Ein Angebot oder Gesuch
   *[other] { $count } Angebote und Gesuche
}
all-offer-more = … und { $count } ältere
member-offer-ask-title = Was bieten Sie an?
member-offer-ask = Wissen, Räume, Geräte, Zeit: Schreiben Sie es mir in ein, zwei Sätzen.
member-need-ask-title = Was suchen Sie?
member-need-ask = Wissen, Räume, Geräte, Unterstützung: Schreiben Sie es mir in ein, zwei Sätzen.
member-offer-sure-title = Soll ich das als Angebot für andere festhalten?
member-need-sure-title = Soll ich das als Gesuch für andere festhalten?
member-offer-title = Danke, notiert: { $offer }
member-offer-twin = Das gibt es schon von Ihnen: { $offer }
member-offer-matches = { $count ->
    [0] Noch passt nichts dazu. Kommt etwas Passendes, frage ich Sie.
    [1] Etwas könnte dazu passen: Ich frage jetzt beide Seiten.
   *[other] { $count } Dinge könnten dazu passen: Ich frage jetzt alle Seiten.
}
member-offer-how-long = Andere sehen nur Ihren Text, nicht Ihren Namen. Nach { $days } Tagen schließe ich den Eintrag von selbst.
member-offer-undone = Zurückgenommen: { $offer }
member-offer-closed = Erledigt: { $offer }
member-offer-button-contact = Kontakt zu { $offer }
member-offer-word-contact = KONTAKT { $offer }
member-offer-button-close = { $offer } erledigt
member-offer-word-close = { $offer } ERLEDIGT
member-offer-list-closing = Kontakt: KONTAKT und die Nummer. Ihr eigenes: ANGEBOT: … oder GESUCH: …
member-match-title = Das könnte zusammenpassen
member-match-offer = Zu Ihrem Eintrag ({ $mine }: { $text }) gibt es ein Angebot, das passen könnte:
member-match-need = Zu Ihrem Eintrag ({ $mine }: { $text }) gibt es ein Gesuch, das passen könnte:
member-match-to-measure = Zu Ihrem Eintrag ({ $offer }) könnte eine Maßnahme passen: { $measure }.
member-match-for-measure-offer = Zu Ihrer Maßnahme { $measure } gibt es ein Angebot, das passen könnte:
member-match-for-measure-need = Zu Ihrer Maßnahme { $measure } gibt es ein Gesuch, das passen könnte:
member-match-interest = Jemand aus der Allianz möchte mit Ihnen über Ihren Eintrag sprechen ({ $offer }: { $text }).
member-match-ask = Dürfen wir der anderen Seite Ihren Namen, Ihr Unternehmen, Ihre E-Mail-Adresse und Ihre Telefonnummer nennen?
member-match-button-yes = Ja, weitergeben
member-match-button-no = Nein
member-match-closing = Nur wenn beide JA sagen, erfahren Sie voneinander. Bei NEIN und ohne Antwort bleibt alles ungesagt.
member-match-yes-title = Danke, ich frage die andere Seite
member-match-yes = Stimmt sie zu, bekommen Sie beide den Kontakt. Bis dahin bleibt Ihr Name ungenannt.
member-match-no-title = In Ordnung
member-match-no = Ihr Name bleibt ungenannt.
member-match-nothing-title = Kein Kontakt zustande gekommen
member-match-nothing = Diesmal ist leider kein Kontakt zustande gekommen. Ihr Name wurde nicht genannt.
member-match-contact-title = Ihr Kontakt
member-match-contact = Sie haben beide zugestimmt. Melden Sie sich gern:
member-match-phone = Tel. { $phone }

## Ablehnungen

refusal-text-long = Das sind { $count } Zeichen, höchstens { $limit } kann ich nehmen. Bitte fassen Sie sich kürzer. Festgehalten ist noch nichts.
refusal-no-such-idea = Eine Idee { $idea } gibt es nicht. Mit IDEEN sehen Sie die offenen.
refusal-idea-decided = Über Idee { $idea } ist schon entschieden.
refusal-idea-not-yours = Idee { $idea } ist nicht von Ihnen. Geändert wurde nichts.
refusal-idea-itself = Idee { $idea } lässt sich nicht mit sich selbst zusammenführen.
refusal-idea-has-others = Mit Idee { $idea } sind schon andere zusammengeführt. Bitte sprechen Sie mit der Geschäftsstelle.
refusal-idea-merge-into = Womit? Schreiben Sie zum Beispiel: IDEE { $idea } ZU M12
refusal-no-such-offer = Ein offenes Angebot oder Gesuch { $offer } gibt es nicht. Mit ANGEBOTE sehen Sie alle.
refusal-offer-not-yours = Das ist nicht von Ihnen. Geändert wurde nichts.
refusal-offer-own = Das ist von Ihnen.
refusal-match-over = Diese Frage hat sich erledigt: Das Angebot oder Gesuch ist nicht mehr offen.
refusal-match-not-yours = Diese Frage ging nicht an Sie. Geändert wurde nichts.
