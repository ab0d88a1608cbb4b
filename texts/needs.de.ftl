### HINWEIS: was die Geschäftsstelle zu Essen und Zugang wissen muss

member-needs-title-yes = Notiert: Sie kommen, mit einem Hinweis
member-needs-title-maybe = Notiert: Sie kommen vielleicht, mit einem Hinweis
member-needs-line = Ihr Hinweis: { $text }
member-needs-who = Das sieht nur die Geschäftsstelle, damit sie es vorbereiten kann. Am { $until } wird es gelöscht, auch aus dem Original Ihrer Nachricht. Mit dem Hinweis willigen Sie in diese Verwendung ein (Art. 9 Abs. 2 Buchst. a DSGVO); mit HINWEIS LÖSCHEN nehmen Sie ihn jederzeit zurück.
member-needs-button-drop = Hinweis löschen
word-needs-drop = HINWEIS LÖSCHEN
member-needs-dropped-title = Ihr Hinweis ist gelöscht
member-needs-dropped-line = Auch das Original Ihrer Nachricht ist geleert. Die Geschäftsstelle bitte ich, ihn nicht mehr zu verwenden, falls sie ihn schon gelesen hat.
member-invite-needs = Essen oder Zugang: »ZUSAGE, HINWEIS: vegetarisch« oder »HINWEIS: brauche Rollstuhlzugang«. Das ist freiwillig, nur die Geschäftsstelle sieht es, und zwei Wochen nach der Sitzung wird es gelöscht.
member-needs-first = Sagen Sie bitte zuerst zur Sitzung »{ $title }« zu, am einfachsten in einem: »ZUSAGE, HINWEIS: …«.
refusal-needs-long = Der Hinweis ist zu lang. Bitte höchstens { $limit } Zeichen.

office-needs-list = Hinweise zu Essen und Zugang:
office-needs-one = { $name }: { $text }
office-needs-care = Bitte nur zum Vorbereiten verwenden, nicht weitergeben und diesen Brief nach der Sitzung löschen. Es sind Gesundheitsdaten; ich lösche sie zwei Wochen danach.
office-needs-count = { $count ->
    [1] Ein Hinweis zu Essen oder Zugang; er steht nur in der Liste per E-Mail.
   *[other] { $count } Hinweise zu Essen oder Zugang; sie stehen nur in der Liste per E-Mail.
}
office-needs-late-title = { $name } hat einen Hinweis zu Essen oder Zugang: { $title }
office-needs-late-line = Er steht in der Liste. Antworten Sie per E-Mail mit TEILNAHME, dann bekommen Sie sie neu.
office-needs-dropped-title = { $name } nimmt den Hinweis zu Essen oder Zugang zurück: { $title }
office-needs-dropped-line = Haben Sie ihn schon gelesen, verwenden Sie ihn bitte nicht mehr, und löschen Sie die Liste, in der er steht. Antworten Sie per E-Mail mit TEILNAHME, dann bekommen Sie eine neue.

history-what-note-needs = Hinweis zu Essen oder Zugang
history-what-ask-needs = Hinweis zu Essen oder Zugang, noch nicht angenommen
history-what-drop-needs = Hinweis zu Essen oder Zugang zurückgenommen
