### Protokoll und Beschlüsse einer Sitzung; Verantwortung anbieten, annehmen und abgeben

all-minutes-of = »{ $title }« am { $day }
all-minutes-title = Protokoll: { $meeting }
all-minutes-decisions = Beschlüsse
all-minutes-only-decisions = Zu dieser Sitzung sind die folgenden Beschlüsse festgehalten.
all-correction-title = Berichtigung: Protokoll { $meeting }
all-correction-line = Diese Fassung ersetzt das Protokoll, das Sie bekommen haben.
all-decision-why = Beschluss der Sitzung { $meeting }
all-decision-lead = verantwortlich: { $companies }
all-decision-no-lead = Die Verantwortung wird noch geklärt

step-minutes = das Protokoll mit den Beschlüssen
step-minutes-ask = Bitte um das Protokoll
step-minutes-remind = Erinnerung an das Protokoll
step-lead-remind = Erinnerung an eine angebotene Maßnahme
step-lead-over = Hinweis, dass eine angebotene Maßnahme niemanden gefunden hat

## Protokoll

member-taker-named-title = Sie führen Protokoll: { $meeting }
member-taker-named-line = Die Geschäftsstelle hat Sie benannt. Das Protokoll schicken Sie mir nach der Sitzung als Antwort auf diese Nachricht: PROTOKOLL: und dann der Text. Beschlüsse stehen darin auf eigenen Zeilen, zum Beispiel: BESCHLUSS: Ladepunkte am Bahnhof; name@firma.example; 30.06.2027. Drei Werktage nach der Sitzung geht es an alle.
member-taker-replaced-title = Sie führen nicht mehr Protokoll: { $meeting }
member-taker-replaced-line = Die Geschäftsstelle hat jemand anderen benannt. Sie brauchen nichts zu tun.
member-minutes-ask-title = Bitte schicken Sie das Protokoll: { $meeting }
member-minutes-remind-title = Erinnerung: Das Protokoll fehlt noch, { $meeting }
member-minutes-how = Antworten Sie mit PROTOKOLL: und dann dem Text; ein paar Zeilen genügen. Beschlüsse stehen auf eigenen Zeilen: BESCHLUSS: Titel; name@firma.example; 30.06.2027. Danach geht das Protokoll an alle.
office-minutes-taker-away = { $name } führt Protokoll, ist aber zurzeit nicht da. Deshalb frage ich Sie.
office-minutes-no-taker = Niemand ist benannt, Protokoll zu führen. Mit PROTOKOLLANT name@firma.example benennen Sie jemanden, oder Sie schicken es selbst.
office-taker-title = { $name } führt Protokoll: { $meeting }
office-taker-line = Drei Werktage nach der Sitzung geht das Protokoll an alle. Fehlt es dann, frage ich einmal nach, und nach sieben Werktagen noch einmal.
office-minutes-title = Protokoll notiert: { $meeting }
office-minutes-replaced = Die frühere Fassung ist ersetzt und bleibt im Verlauf.
office-minutes-when = Das Protokoll geht an alle: { $when }. Bis dahin können Sie es ändern.
office-undone-title = Zurückgenommen: { $meeting }
office-minutes-undone = Es gilt wieder die frühere Fassung des Protokolls.
office-minutes-undone-none = Zu dieser Sitzung liegt jetzt kein Protokoll vor.
office-correction-title = Berichtigung verschicken? Protokoll { $meeting }
office-correction-ask = Das Protokoll ist schon verschickt. Soll ich die neue Fassung mit allen Beschlüssen als Berichtigung an alle schicken?
office-correction-button-yes = Ja, Berichtigung schicken
office-correction-button-no = Nein, nicht schicken
office-correction-yes-title = Die Berichtigung geht an alle
office-correction-yes-line = Sie wird verschickt: { $when }.
office-correction-no-title = Es bleibt beim verschickten Protokoll
office-correction-no-line = Ich schicke keine Berichtigung.
member-correction-office = Das Protokoll ist schon verschickt. Die Geschäftsstelle entscheidet, ob eine Berichtigung an alle geht.

## Beschlüsse

office-decisions-title = { $count ->
    [1] Beschluss notiert: { $meeting }
   *[other] { $count } Beschlüsse notiert: { $meeting }
}
office-decision-waits = wartet auf Annahme ({ $company })
office-decision-declined = abgelehnt ({ $company }), noch ohne Verantwortliche
office-decision-none = noch ohne Verantwortliche
office-decisions-undone = Die Beschlüsse stehen nicht mehr im Protokoll, und der Plan ist wieder wie vorher.

## Verantwortung annehmen und abgeben

member-lead-offer-title = Übernehmen Sie { $measure }?
member-lead-offer-title-again = Erinnerung: Übernehmen Sie { $measure }?
member-lead-offer-decision = Die Sitzung hat das beschlossen und Sie als verantwortlich vorgesehen.
member-lead-offer-handover = { $company } möchte Ihnen die Verantwortung für diese Maßnahme übergeben.
member-lead-offer-line = Antworten Sie mit JA oder NEIN. Bis Sie zusagen, sind Sie nicht verantwortlich.
member-lead-offer-button-yes = Ja, ich übernehme
member-lead-offer-button-no = Nein, lieber nicht
member-lead-offer-void-title = Erledigt: { $measure }
member-lead-offer-void-line = Die Frage, ob Sie diese Maßnahme übernehmen, hat sich erledigt. Sie brauchen nichts zu tun.
member-lead-title = Sie sind verantwortlich: { $measure }
member-lead-line = Danke! Ab jetzt frage ich Sie vor den Sitzungen nach dem Stand. Mit ABGEBEN können Sie die Maßnahme jemandem anbieten.
member-declined-title = Notiert: Sie übernehmen { $measure } nicht
member-declined-line = Die Geschäftsstelle weiß Bescheid und kennt Ihren Grund.
member-declined-why = Die Geschäftsstelle weiß Bescheid. Wenn Sie möchten, schreiben Sie mir in einem Satz, warum; ich gebe es weiter.
member-handover-title = Angeboten: { $measure } an { $email }
member-handover-line = Bis dort jemand mit JA antwortet, bleiben Sie verantwortlich. Sobald es so weit ist, hören Sie von mir.
member-handover-silent-title = Noch keine Antwort: { $measure }
member-handover-silent-line = Auf Ihr Angebot ist noch keine Antwort gekommen. Sie bleiben verantwortlich und können die Maßnahme mit ABGEBEN jemand anderem anbieten.
member-handed-over-title = Übergeben: { $measure }
member-handed-over-line = Die Maßnahme ist angenommen worden. Sie sind nicht mehr verantwortlich. Danke für Ihre Arbeit!
member-not-handed-over-title = Nicht übergeben: { $measure }
member-not-handed-over-line = Die Maßnahme ist nicht angenommen worden. Sie bleiben verantwortlich.
office-lead-accepted-title = { $name } übernimmt { $measure }
office-lead-accepted-line = { $name } ({ $company }) hat zugesagt und ist jetzt verantwortlich.
office-lead-declined-title = { $name } übernimmt { $measure } nicht
office-lead-declined-line = { $name } ({ $company }) hat abgelehnt.
office-lead-over-title = Noch niemand verantwortlich: { $measure }
office-handover-over-title = Noch nicht übergeben: { $measure }
office-lead-silent-line = { $name } ({ $company }) hat auf das Angebot vom { $since } nicht geantwortet. Tel. { $phone }
office-lead-gone-line = { $name } ({ $company }) sollte die Maßnahme übernehmen, hat sich aber abgemeldet.
office-lead-over-how = Mit ZUORDNEN M{ $number } name@firma.example tragen Sie jemanden ein.

## Ablehnungen

refusal-minutes-not-yours = Das können nur die Geschäftsstelle und wer bei der Sitzung Protokoll führt.
refusal-minutes-ahead = Die Sitzung »{ $title }« ist erst am { $when }. Geändert wurde nichts.
refusal-minutes-none = Es gibt noch keine Sitzung.
refusal-minutes-no-such-meeting = Eine Sitzung Nr. { $number }, für die Sie das tun können, gibt es nicht.
refusal-minutes-empty = Bitte schreiben Sie den Text dahinter, zum Beispiel: PROTOKOLL: Begrüßung durch den Vorsitz. Die AG tagt künftig monatlich.
refusal-minutes-gone = Das Protokoll ist schon verschickt. Schicken Sie bitte die richtige Fassung; die Geschäftsstelle entscheidet dann über eine Berichtigung.
refusal-minutes-newer = Es gibt schon eine neuere Fassung des Protokolls.
refusal-correction-newer = Es gibt schon eine neuere Fassung. Bitte antworten Sie auf die neueste Nachricht dazu.
refusal-correction-decided = Darüber wurde schon entschieden.
refusal-decision-line = Zeile { $line } (»{ $text }«): { $why } Notiert wurde nichts.
refusal-decision-twice = Dieser Beschluss ist schon notiert.
refusal-decision-empty = Ein Beschluss braucht einen Text.
refusal-decision-lead = Wer ist verantwortlich? Bitte nennen Sie die E-Mail-Adresse eines Mitglieds: BESCHLUSS: Titel; name@firma.example; 30.06.2027.
refusal-decision-due = Bis wann? Bitte nennen Sie einen Tag: BESCHLUSS: Titel; name@firma.example; 30.06.2027.
refusal-decision-parts = Das sind zu viele Angaben. Möglich sind Titel, eine Adresse, ein Termin und ein Themenfeld, getrennt durch Semikolon.
refusal-decision-amendment = Diese Änderung verstehe ich nicht. So geht es: BESCHLUSS M12; Termin 31.12.2027; weil das Gutachten später kommt.
refusal-decision-past = Der { $day } ist schon vorbei. Bitte nennen Sie einen Termin ab heute.
refusal-decision-taken = »{ $measure }« hat schon Verantwortliche oder eine Meldung. Mit STREICHEN nehmen Sie die Maßnahme aus dem Plan.
refusal-lead-not-yours = Für »{ $measure }« sind Sie nicht verantwortlich. Abgeben können Sie nur Ihre eigenen Maßnahmen.
refusal-lead-yourself = Das ist Ihre eigene Adresse. Bitte nennen Sie die Adresse eines anderen Mitglieds.
refusal-lead-already = Für »{ $measure }« ist diese Person schon verantwortlich.
refusal-lead-offered = »{ $measure }« ist dort schon angeboten. Sobald eine Antwort da ist, hören Sie von mir.
refusal-lead-withdrawn = »{ $measure }« ist nicht mehr im Plan. Sie brauchen nichts zu tun.
refusal-lead-accepted = »{ $measure }« haben Sie schon angenommen.
refusal-lead-declined = »{ $measure }« haben Sie schon abgelehnt. Wenn Sie es sich anders überlegt haben, rufen Sie bitte die Geschäftsstelle an.
refusal-lead-over = Die Frage zu »{ $measure }« hat sich erledigt. Sie brauchen nichts zu tun.
