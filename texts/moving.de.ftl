## Wechsel des Unternehmens

member-change-ask-title = Für wen sprechen Sie jetzt?
member-change-ask-line = Schreiben Sie mir das neue Unternehmen, zum Beispiel: WECHSEL: Neue GmbH
member-change-title = Weitergegeben: Ihr Wechsel zu { $company }
member-change-line = Die Geschäftsstelle sieht sich das an. Bis dahin stehen Sie weiter bei { $company }.
member-change-measures = Ihre Meldungen, Ideen und Stimmen bleiben Ihre. Die Maßnahmen gehören zum bisherigen Unternehmen und werden frei, sobald die Geschäftsstelle den Wechsel einträgt.
member-change-back-title = Zurückgenommen: Sie sprechen weiter für { $company }

member-moved-title = Sie sprechen jetzt für { $company }
member-moved-stays = Bei Ihnen bleiben: Ihr Zugang mit allen Adressen, Ihre bisherigen Meldungen, Ideen und Stimmen.
member-moved-measures = Nicht mehr bei Ihnen: { $measures }. Diese Maßnahmen kamen mit dem bisherigen Unternehmen; die Geschäftsstelle gibt sie neu, vielleicht auch wieder Ihnen.
member-moved-offers = Ihre offenen Angebote und Gesuche laufen weiter. Was nicht mehr passt, beenden Sie mit ANGEBOTE.
member-moved-address = Ist auch Ihre E-Mail-Adresse neu? Schreiben Sie ADRESSE name@firma.example, und danach ADRESSE WEG mit der alten.
member-not-moved-title = Sie sprechen weiter für { $company }
member-not-moved-line = Den Wechsel zu { $company } hat die Geschäftsstelle nicht eingetragen. Bei Fragen rufen Sie dort bitte an.

office-change-title = { $name } wechselt zu { $company }?
office-change-line = { $name }, bisher { $before }, spricht nach eigenen Angaben jetzt für { $company }.
office-change-known = Dieses Unternehmen ist schon eingetragen.
office-change-new = Dieses Unternehmen ist neu und wird mit JA eingetragen.
office-change-measures = Bisherige Maßnahmen: { $measures }
office-change-free = Mit JA werden diese Maßnahmen frei, und Sie bekommen sie zum Verteilen. Soll die Person sie mitnehmen, ordnen Sie sie ihr danach mit ZUORDNEN wieder zu.
office-change-button-yes = Ja, eintragen
office-change-button-no = Nein

office-moved-title = { $name } spricht jetzt für { $company }
office-moved-line = Bisher: { $before }. Die Person hat Bescheid bekommen.
office-moved-free = Diese Maßnahmen haben jetzt niemanden, der verantwortlich ist:
office-free-button = { $measure } an { $name }
office-free-word = ZUORDNEN M{ $number } { $email }
office-not-moved-title = { $name } spricht weiter für { $company }
office-not-moved-line = Es wurde nichts geändert. Die Person hat Bescheid bekommen.

office-import-moves = { $name } behält dabei { $measures }. Ist es ein Wechsel und keine Berichtigung, lassen Sie die Zeile weg: Mit WECHSEL von der Person werden die Maßnahmen frei.

refusal-change-same = Sie sprechen schon für »{ $company }«.
refusal-change-asked = Der Wechsel zu »{ $company }« liegt schon bei der Geschäftsstelle.
refusal-change-over = Darüber ist schon entschieden. Wenn es nicht stimmt, schreiben Sie WECHSEL und das richtige Unternehmen.
refusal-change-decided = Über den Wechsel von { $name } ist schon entschieden, oder er hat sich erledigt.
refusal-assign-led = »{ $measure }« hat inzwischen jemanden, der verantwortlich ist. Mit ZUORDNEN M{ $number } und der Adresse ändern Sie es trotzdem.

history-what-change-company = Wechsel des Unternehmens gemeldet
history-what-accept-company = Wechsel des Unternehmens eingetragen
history-what-decline-company = Wechsel des Unternehmens nicht eingetragen
