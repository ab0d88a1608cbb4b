# Sitzungen: planen, einladen, ändern, absagen, anmelden, erinnern

word-invite = EINLADEN
word-deputy = VERTRETUNG { $deputy }
step-invite = Einladung an alle
step-close = Anmeldeschluss: Teilnahmeliste an die Geschäftsstelle
step-eve = Erinnerung mit Tagesordnung an alle, die nicht abgesagt haben

all-meeting-span = { $day }, { $begins }–{ $ends } Uhr
all-meeting-when = Wann: { $when }
all-meeting-place = Wo: { $place }
all-meeting-map = Karte: { $link }
all-meeting-link = Online: { $link }
all-meeting-agenda = Tagesordnung:
all-meeting-nothing = keine Angabe
all-meeting-changed-when = Termin: { $old } → { $new }
all-meeting-changed-title = Titel: { $old } → { $new }
all-meeting-changed-place = Ort: { $old } → { $new }
all-meeting-changed-link = Online: { $old } → { $new }
all-feast-12-24 = Heiligabend
all-feast-12-31 = Silvester
all-feast-weekend = Wochenende

member-invite-title = Einladung: { $title } am { $day }
member-invite-until = Kommen Sie? Bitte antworten Sie bis { $until }.
member-invite-deputy = Kommt jemand für Sie, schreiben Sie: VERTRETUNG und den Namen oder die E-Mail-Adresse.
member-meeting-changed-title = Geändert: { $title } am { $day }
member-meeting-holds = Ihre Antwort von vorher gilt weiter.
member-meeting-silent = Ihre Antwort fehlt noch. Kommen Sie?
member-meeting-moved = Zum neuen Termin frage ich noch einmal alle: Kommen Sie?
member-cancelled-title = Abgesagt: { $title } am { $day }
member-cancelled-line = Die Sitzung »{ $title }« findet nicht statt. Sie brauchen nichts zu tun.
member-cancelled-why = Grund: { $why }
member-eve-title = Erinnerung: { $title } am { $day }
member-eve-yes = Sie haben zugesagt. Bis dann!
member-eve-maybe = Sie haben mit »vielleicht« geantwortet. Kommen Sie?
member-attend-moved-title = Die Sitzung »{ $title }« ist verlegt
member-attend-moved-line = Ihre Antwort galt dem alten Termin, notiert ist noch nichts. Kommen Sie zum neuen?
member-deputy-title = Notiert: Für Sie kommt { $deputy }
member-deputy-told = Ihre Vertretung ist Mitglied und bekommt von mir Bescheid zur Sitzung »{ $title }«.
member-deputy-forward = Bitte leiten Sie die Einladung zur Sitzung »{ $title }« weiter; ich selbst schreibe nur Mitgliedern.
member-deputy-for-title = Sie vertreten jemanden: { $title }
member-deputy-for = Sie sind als Vertretung genannt: für { $company }.

office-meeting-changed-title = Geändert: { $title }, { $when }
office-meeting-button-invite = Jetzt einladen
office-meeting-closing = Das ist Sitzung { $number }. Ändern: »SITZUNG ÄNDERN { $number }; 10.12.2026 17:00« oder »…; Ort: Rathaus«. Absagen: »SITZUNG ABSAGEN { $number }; Grund«. Tagesordnung: »TAGESORDNUNG { $number }: 17:00 Begrüßung; 17:15 Bericht«.
office-meeting-clash = Achtung: »{ $title }« liegt zur selben Zeit wie »{ $other }« ({ $when }).
office-meeting-served = Keine eigene Abfrage: Die Runde zur Sitzung »{ $other }« am { $day } gilt auch für diese Sitzung. So wird in denselben drei Wochen niemand zweimal gefragt.
office-meeting-told = { $count ->
    [0] Niemand braucht eine Nachricht.
    [one] Eine Person bekommt Nachricht.
   *[other] { $count } Personen bekommen Nachricht.
}
office-meeting-asked-anew = Antworten zum alten Termin gelten nicht mehr; alle werden neu gefragt.
office-meeting-answers-hold = Zusagen und Absagen gelten weiter.
office-agenda-title = Tagesordnung notiert: { $title }
office-agenda-invite = Sie steht in der Einladung.
office-agenda-eve = Die Einladung ist schon draußen; die Tagesordnung kommt mit der Erinnerung vor der Sitzung.
office-agenda-late = Einladung und Erinnerung sind schon draußen; verschickt wird sie nicht mehr.
office-cancel-title = Wirklich absagen? { $title }, { $when }
office-cancel-line = { $count ->
    [0] Eingeladen ist noch niemand.
    [one] Eine Person bekommt Nachricht. Zurücknehmen lässt sich das nicht.
   *[other] { $count } Personen bekommen Nachricht. Zurücknehmen lässt sich das nicht.
}
office-cancel-yes = Ja, absagen
office-cancel-no = Nein, es bleibt dabei
office-cancelled-title = Abgesagt: { $title } am { $day }
office-invited-title = { $count ->
    [one] »{ $title }«: eine Einladung geht hinaus
   *[other] »{ $title }«: { $count } Einladungen gehen hinaus
}
office-attendance-title = { $title } am { $day }: { $count ->
    [0] noch niemand kommt
    [one] eine Person kommt
   *[other] { $count } kommen
}
office-attendance-places = Plätze: { $count }{ $maybe ->
    [0] {""}
   *[other] , dazu { $maybe } vielleicht
}
office-attendance-yes = Zusagen ({ $count }):
office-attendance-deputy = Vertretungen ({ $count }):
office-attendance-maybe = Vielleicht ({ $count }):
office-attendance-no = Absagen ({ $count }):
office-attendance-silent = Ohne Antwort ({ $count }):
office-attendance-line = { $company }: { $name }
office-attendance-line-deputy = { $company }: { $deputy } für { $name }
office-closed-title = Anmeldeschluss: { $title }
office-closed-line = Wer ab jetzt antwortet, wird noch notiert; Sie erfahren es sofort.
office-late-yes = Nach Anmeldeschluss: { $name } kommt doch (»{ $title }«)
office-late-no = Nach Anmeldeschluss: { $name } kommt nicht (»{ $title }«)
office-late-maybe = Nach Anmeldeschluss: { $name } kommt vielleicht (»{ $title }«)
office-late-deputy = Nach Anmeldeschluss: Für { $name } kommt { $deputy } (»{ $title }«)

refusal-meeting-title = Die Sitzung braucht einen Titel.
refusal-meeting-day = { $day } geht nicht ({ $feast }). Arbeitstage davor und danach: { $before }, und { $after }.
refusal-meeting-hour = Eine Sitzung beginnt zwischen 7 und 22 Uhr, nicht um { $begins } Uhr.
refusal-meeting-ends = Das Ende der Sitzung muss nach ihrem Beginn liegen.
refusal-meeting-link = »{ $link }« ist kein Link. Er beginnt mit https://
refusal-meeting-same = So ist die Sitzung schon geplant; geändert ist nichts.
refusal-meeting-cancelled = Die Sitzung »{ $title }« ist abgesagt.
refusal-meeting-invited = Zur Sitzung »{ $title }« sind schon alle eingeladen.
refusal-deputy-self = Das sind Sie selbst. Wenn Sie kommen, schreiben Sie ZUSAGE.
