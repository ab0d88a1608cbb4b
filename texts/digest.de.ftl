### Wochenüberblick: wie oft, worüber, Vorschau und Freigabe

word-digest-weekly = WOCHENÜBERBLICK AN
word-digest-monthly = WOCHENÜBERBLICK MONATLICH
word-digest-never = WOCHENÜBERBLICK AUS
word-follow-all = FOLGEN ALLES
word-release = FREIGEBEN

member-digest-week-title = { $count ->
    [0] Wochenüberblick Zukunftsplan
    [1] Wochenüberblick Zukunftsplan: eine Maßnahme wartet auf Sie
   *[other] Wochenüberblick Zukunftsplan: { $count } Maßnahmen warten auf Sie
}
member-digest-month-title = { $count ->
    [0] Monatsüberblick Zukunftsplan
    [1] Monatsüberblick Zukunftsplan: eine Maßnahme wartet auf Sie
   *[other] Monatsüberblick Zukunftsplan: { $count } Maßnahmen warten auf Sie
}
member-digest-more = … und { $count } weitere
member-digest-ideas = Neue Ideen
member-digest-offers = Neue Angebote und Gesuche
member-digest-set-weekly = Der Überblick kommt jede Woche
member-digest-set-monthly = Der Überblick kommt einmal im Monat
member-digest-set-never = Der Überblick kommt nicht mehr
member-digest-set-line = Fragen zu Ihren eigenen Maßnahmen und Einladungen bekommen Sie unabhängig davon.
member-digest-button-weekly = Jede Woche
member-digest-button-monthly = Einmal im Monat
member-digest-button-never = Gar nicht
member-follow-title = { $count ->
    [1] Sie folgen einem Eintrag des Zukunftsplans
   *[other] Sie folgen { $count } Einträgen des Zukunftsplans
}
member-follow-line = Der Überblick berichtet nur darüber und über Ihre eigenen Maßnahmen. Mit FOLGEN M12 oder FOLGEN und dem Namen eines Themenfelds kommt etwas dazu, mit FOLGEN ENDE M12 fällt es weg.
member-follow-all-title = Sie folgen dem ganzen Zukunftsplan
member-follow-all-line = Der Überblick berichtet über alles, was sich ändert. Mit FOLGEN M12 oder FOLGEN und dem Namen eines Themenfelds wählen Sie aus.
member-follow-button-all = Wieder allem folgen
refusal-no-such-field = Ein Themenfeld »{ $field }« kenne ich nicht. Es gibt: { $fields }. Geändert wurde nichts.

office-preview-title = Vorschau: Wochenüberblick
office-preview-line = { $count ->
    [1] So geht der Überblick an eine Person. Mit FREIGEBEN geht er hinaus; ohne Freigabe entfällt er in dieser Woche, und das Neue steht im nächsten.
   *[other] So geht der Überblick an { $count } Personen, jeweils mit dem, was bei ihnen offen ist. Mit FREIGEBEN geht er hinaus; ohne Freigabe entfällt er in dieser Woche, und das Neue steht im nächsten.
}
office-preview-button-release = Freigeben
office-preview-on-title = Den Wochenüberblick geben künftig Sie frei
office-preview-on-line = Montags um 8 Uhr sehen Sie ihn zuerst. Er geht hinaus, sobald Sie FREIGEBEN schreiben oder tippen.
office-preview-off-title = Der Wochenüberblick geht wieder von selbst hinaus
office-preview-off-line = Montags um 8 Uhr, ohne Vorschau.
office-released-title = { $count ->
    [0] Freigegeben. Es gab für niemanden etwas Neues
    [1] Freigegeben: Der Überblick geht an eine Person
   *[other] Freigegeben: Der Überblick geht an { $count } Personen
}
refusal-digest-none = Zurzeit wartet kein Wochenüberblick auf eine Freigabe.
refusal-digest-sent = Der Wochenüberblick dieser Woche ist schon unterwegs.
refusal-digest-over = Diese Vorschau ist aus einer vergangenen Woche. Das Neue daraus steht im nächsten Überblick.
