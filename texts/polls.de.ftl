### Abstimmungen: Punkte, Ja und Nein, Konsens nach Widerstand.

word-poll-vote = STIMME { $vote }
word-poll-abstain = ENTHALTUNG
word-poll-withdraw = STIMME ZURÜCK
word-poll-show = ABSTIMMUNG { $number }
word-poll-close = ABSTIMMUNG SCHLIESSEN { $number }

step-poll-ask = Abstimmung an alle
step-poll-remind = Erinnerung an die Abstimmung
step-poll-close = Ergebnis der Abstimmung

## Abstimmen

member-poll-title = Abstimmung: { $question }
member-poll-voted-title = Ihre Stimme: { $question }
member-poll-remind-title = Ihre Stimme fehlt noch: { $question }
member-poll-until = Zur Sitzung »{ $meeting }«, offen bis { $when }. Die Abstimmung ist geheim, veröffentlicht werden nur Summen.
member-poll-points-all = { $points ->
    [one] Sie haben einen Punkt zu vergeben. In einer Zeile: { $example }
   *[other] Sie haben { $points } Punkte und verteilen sie, wie Sie möchten. In einer Zeile: { $example }
}
member-poll-points-left = { $left ->
    [0] Alle Punkte sind vergeben.
    [one] Gezählt wird, was hier steht. Ein Punkt ist noch frei.
   *[other] Gezählt wird, was hier steht. { $left } Punkte sind noch frei.
}
member-poll-option-points = { $points ->
    [one] { $option }: { $dots } 1 Punkt
   *[other] { $option }: { $dots } { $points } Punkte
}
member-poll-yes-no = Eine Antwort genügt: JA, NEIN oder ENTHALTUNG.
member-poll-yours-yes = Sie haben mit Ja gestimmt.
member-poll-yours-no = Sie haben mit Nein gestimmt.
member-poll-yours-abstain = Sie haben sich enthalten.
member-poll-change = Bis { $when } können Sie Ihre Stimme ändern, es zählt die letzte. In einer Zeile: { $example }
member-poll-consensus = Wie groß ist Ihr Widerstand gegen jede Möglichkeit? 0 heißt »kein Einwand«, 10 heißt »geht gar nicht«. In einer Zeile: { $example }
member-poll-missing = { $count ->
    [one] Noch ist nichts gezählt: Es fehlt { $options }.
   *[other] Noch ist nichts gezählt: Es fehlen { $options }.
}
member-poll-rating = { $option } wird gerade geändert. Bis dahin zählt Ihre bisherige Stimme.
member-poll-option-resistance = { $option }: Widerstand { $value }
member-poll-button-yes = Ja, dafür
member-poll-button-no = Nein, dagegen
member-poll-button-abstain = Ich enthalte mich
member-poll-button-chosen = ✓ { $label }
member-poll-button-add = { $option } +1
member-poll-button-take = { $option } −1
member-poll-button-reset = Zurücksetzen
member-poll-button-rate = { $option } ändern
member-poll-button-withdraw = Stimme zurücknehmen
member-poll-toast-voted = Ihre Stimme ist notiert.
member-poll-toast-points = { $left ->
    [0] Notiert. Alle Punkte sind vergeben.
    [one] Notiert. Ein Punkt ist noch frei.
   *[other] Notiert. { $left } Punkte sind noch frei.
}
member-poll-toast-missing = { $count ->
    [one] Es fehlt noch { $options }.
   *[other] Es fehlen noch { $options }.
}
member-poll-toast-withdrawn = Ihre Stimme ist zurückgenommen.
member-poll-stale = Ihre Stimme hat sich inzwischen geändert. So steht sie jetzt; bitte tippen Sie noch einmal.
member-poll-or-report-title = Stimme oder Stand?
member-poll-or-report-line = Zurzeit läuft die Abstimmung »{ $question }«. Sind das Ihre Punkte, oder melden Sie den Stand in Prozent? Geändert wurde noch nichts.
member-poll-or-report-vote = Meine Punkte
member-poll-or-report-report = Der Stand in Prozent
member-poll-list-title = { $count } Abstimmungen laufen
member-poll-list-line = { $question } (bis { $when })
member-poll-none-title = Zurzeit läuft keine Abstimmung
member-poll-status-open = Abstimmung »{ $question }«: Ihre Stimme fehlt noch, bis { $when }. Mit ABSTIMMUNG sehen Sie sie.
member-poll-status-voted = Abstimmung »{ $question }«: Sie haben abgestimmt, ändern können Sie bis { $when }.
member-poll-over = Die Abstimmung ist seit { $when } geschlossen. Geändert wurde nichts.
member-poll-over-toast = Die Abstimmung ist geschlossen.

## Ergebnis

all-poll-passive = Alles bleibt, wie es ist
all-poll-result-title = Ergebnis: { $question }
all-poll-decimal = { $whole },{ $tenth }
all-poll-won-points = Die meisten Punkte hat { $option }.
all-poll-won-consensus = Den geringsten Widerstand hat { $option }.
all-poll-won-yes = Angenommen: Mehr Ja als Nein.
all-poll-won-no = Abgelehnt: Mehr Nein als Ja.
all-poll-tie-points = Gleichstand: Die meisten Punkte haben { $options }.
all-poll-tie-consensus = Gleichstand: Den geringsten Widerstand haben { $options }.
all-poll-tie-yes-no = Gleichstand: Ebenso viele Ja wie Nein.
all-poll-nothing = Es hat niemand abgestimmt.
all-poll-nothing-yes-no = Niemand hat Ja oder Nein gesagt.
all-poll-yes = Ja
all-poll-no = Nein
all-poll-abstain = Enthaltung
all-poll-figure-points = { $total ->
    [one] ein Punkt ({ $percent } %)
   *[other] { $total } Punkte ({ $percent } %)
}
all-poll-figure-votes = { $total ->
    [one] eine Stimme ({ $percent } %)
   *[other] { $total } Stimmen ({ $percent } %)
}
all-poll-figure-abstained = { $total ->
    [one] eine Stimme
   *[other] { $total } Stimmen
}
all-poll-short-points = { $total ->
    [one] 1 Punkt
   *[other] { $total } Punkte
}
all-poll-short-votes = { $total ->
    [one] 1 Stimme
   *[other] { $total } Stimmen
}
all-poll-short-resistance = { $mean } von 10
all-poll-figure-resistance = im Mittel { $mean } von 10, { $compared }, { $strong ->
    [0] kein starker Einwand
    [one] ein starker Einwand
   *[other] { $strong } starke Einwände
}
all-poll-compared-less = { $difference } weniger als wenn alles bleibt
all-poll-compared-more = { $difference } mehr als wenn alles bleibt
all-poll-compared-same = ebenso viel wie wenn alles bleibt
all-poll-compared-itself = das ist der Maßstab
all-poll-row = { $option }: { $figure }
all-poll-turnout = Abgestimmt: { $voted } von { $asked } ({ $percent } %)
all-poll-rule-points = Regel: Es gewinnt, was die meisten Punkte hat. Die Prozente beziehen sich auf alle vergebenen Punkte.
all-poll-rule-yes-no = Regel: Es entscheidet die Mehrheit der Ja- und Nein-Stimmen. Enthaltungen zählen nicht mit.
all-poll-rule-consensus = Regel: Es gewinnt, was zusammen den geringsten Widerstand hat (0 bis 10 je Person). Maßstab ist, dass alles bleibt, wie es ist; ein starker Einwand ist ein Widerstand von 8 oder mehr.
all-poll-minutes-title = Abstimmung »{ $question }«: { $outcome }

## Geschäftsstelle

office-poll-preview-title = Soll diese Abstimmung hinausgehen?
office-poll-preview-line = { $count ->
    [one] Sie geht { $when } an eine Person. Antworten Sie mit JA, dann gilt sie so:
   *[other] Sie geht { $when } an { $count } Personen. Antworten Sie mit JA, dann gilt sie so:
}
office-poll-when-now = sofort
office-poll-when-later = am { $when }
office-poll-button-yes = Ja, so hinausgeben
office-poll-button-no = Nein, verwerfen
office-poll-dropped-title = Verworfen
office-poll-dropped-line = Es ist nichts hinausgegangen.
office-poll-opened-title = Abstimmung eröffnet: { $question }
office-poll-opened-line = Sie geht { $when } an alle. Zwei Tage vor dem Ende erinnere ich einmal, wer noch nicht abgestimmt hat. Geschlossen wird am { $over }; danach bekommen alle das Ergebnis.
office-poll-turnout = Bisher haben { $voted } von { $asked } abgestimmt. Wie jemand abgestimmt hat, sieht niemand.
office-poll-missing = Es fehlen noch: { $names }
office-poll-button-close = Jetzt schließen
office-poll-close-title = Abstimmung jetzt schließen?
office-poll-close-line = »{ $question }« läuft noch bis { $when }. Nach dem Schließen kann niemand mehr abstimmen, und alle bekommen das Ergebnis.
office-poll-close-yes = Ja, schließen
office-poll-close-no = Nein, weiterlaufen lassen
office-poll-closed-line = Die Abstimmung ist geschlossen. Alle bekommen das Ergebnis { $when }.

## Ablehnungen

refusal-poll-none = Zurzeit läuft keine Abstimmung.
refusal-poll-which = Es laufen mehrere Abstimmungen. Mit ABSTIMMUNG sehen Sie sie; tippen Sie dort, oder antworten Sie auf den Brief zu der, die Sie meinen. Gezählt wurde nichts.
refusal-poll-which-close = Es laufen mehrere Abstimmungen. Bitte nennen Sie die Nummer, zum Beispiel: ABSTIMMUNG SCHLIESSEN { $example }. Mit ABSTIMMUNG sehen Sie alle.
refusal-poll-number = Eine Abstimmung { $number } gibt es nicht.
refusal-poll-option = { $option } steht nicht zur Wahl, sondern { $options }. Gezählt wurde nichts.
refusal-poll-points = Das wären { $given } Punkte, zu vergeben sind { $points }. Gezählt wurde nichts.
refusal-poll-resistance = Widerstand geht von 0 bis 10. Gezählt wurde nichts.
refusal-poll-twice = Eine Möglichkeit ist doppelt genannt. Gezählt wurde nichts.
refusal-poll-form = Das passt nicht zu der Abstimmung »{ $question }«. Zum Beispiel: { $example }. Gezählt wurde nichts.
refusal-poll-kind = Welche Art von Abstimmung? Zum Beispiel: »ABSTIMMUNG Punkte 5: Was zuerst?; M3, M7, M12«, »ABSTIMMUNG Ja/Nein: Frage?« oder »ABSTIMMUNG Konsens: Frage?; Option A; Option B«. Geändert wurde nichts.
refusal-poll-question = Die Frage fehlt, oder sie ist länger als { $limit } Zeichen. Geändert wurde nichts.
refusal-poll-how-many-points = Wie viele Punkte hat jede Person? Möglich sind 1 bis { $most }, zum Beispiel: ABSTIMMUNG Punkte 5: Was zuerst?; M3, M7. Geändert wurde nichts.
refusal-poll-no-options = Was steht zur Wahl? Nennen Sie es nach der Frage, mit Strichpunkt getrennt. Geändert wurde nichts.
refusal-poll-one-option = Zur Wahl steht nur { $option }. Eine Abstimmung braucht mindestens zwei Möglichkeiten. Geändert wurde nichts.
refusal-poll-many-options = Das sind { $count } Möglichkeiten, mehr als { $most } überblickt niemand. Geändert wurde nichts.
refusal-poll-long-option = Eine Möglichkeit ist länger als { $limit } Zeichen: »{ $option } …«. Geändert wurde nichts.
refusal-poll-yes-no-options = Bei Ja/Nein genügt die Frage, ohne Möglichkeiten dahinter. Geändert wurde nichts.
refusal-poll-field = »{ $field }« ist kein Themenfeld mit Maßnahmen. Nennen Sie die Maßnahmen (M3, M7) oder mindestens zwei Möglichkeiten. Geändert wurde nichts.
refusal-poll-meeting = Eine Sitzung { $meeting } gibt es nicht. Geändert wurde nichts.
refusal-poll-too-short = Bis { $when } kann niemand abstimmen: Die Frage geht erst { $out } hinaus. Geändert wurde nichts.
refusal-poll-after-meeting = Die Abstimmung muss enden, bevor die Sitzung »{ $title }« am { $when } beginnt. Geändert wurde nichts.
