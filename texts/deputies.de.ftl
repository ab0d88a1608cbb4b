## Vertretung auf Zeit

word-deputy-end = VERTRETUNG ENDE
step-deputy-over = Ende einer Vertretung
step-deputy-remind = Erinnerung an eine Bitte um Vertretung
step-deputy-lapsed = Hinweis, dass niemand die Vertretung übernommen hat
word-deputy-name = VERTRETUNG

member-deputy-person = { $name } ({ $company })
member-deputy-mark = In Vertretung für { $company }

member-deputy-button-name = Vertretung nennen
member-deputy-button-yes = Ja, ich vertrete
member-deputy-button-no = Nein, lieber nicht
member-deputy-button-end = Vertretung beenden
member-deputy-button-withdraw = Bitte zurückziehen

member-deputy-ask-title = Wer vertritt Sie?
member-deputy-ask-pause = Schreiben Sie mir die E-Mail-Adresse. Bis einschließlich { $until } frage ich dann dort nach Ihren Maßnahmen, sobald die Person zugesagt hat.
member-deputy-ask-time = Auf Zeit, für Ihre Maßnahmen: VERTRETUNG name@firma.example bis 15.08.
member-deputy-ask-meeting = Nur für die nächste Sitzung: VERTRETUNG und der Name oder die E-Mail-Adresse.

member-deputy-asked-title = Angefragt: Vertretung durch { $email } bis { $until }
member-deputy-asked-line = Die Vertretung gilt, sobald dort jemand mit JA antwortet; dann hören Sie von mir. Bis dahin frage ich weiter Sie.
member-deputy-asked-paused = Die Vertretung gilt, sobald dort jemand mit JA antwortet; dann hören Sie von mir. Ihre Pause gilt schon jetzt.
member-deputy-asked-instead = Ihre bisherige Vertretung bleibt, bis die neue zugesagt hat.

member-deputy-question-title = Vertreten Sie { $company } bis { $until }?
member-deputy-question-title-again = Erinnerung: Vertreten Sie { $company } bis { $until }?
member-deputy-question-line = { $company } bittet Sie, bis einschließlich { $until } Auskunft zu diesen Maßnahmen zu geben:
member-deputy-question-none = { $company } bittet Sie, bis einschließlich { $until } Auskunft zu geben, sobald es eigene Maßnahmen gibt.
member-deputy-question-how = Antworten Sie mit JA oder NEIN. Sagen Sie zu, frage ich bis dahin Sie nach dem Stand. Verantwortlich bleibt, wer es jetzt ist.

member-deputy-yes-title = Sie vertreten { $company } bis { $until }
member-deputy-yes-line = Danke! Bis einschließlich { $until } frage ich Sie nach diesen Maßnahmen, zusammen mit Ihren eigenen. Mit VERTRETUNG ENDE hören Sie früher auf.
member-deputy-no-title = Notiert: keine Vertretung für { $company }
member-deputy-no-line = Ich sage dort Bescheid. Sie brauchen nichts weiter zu tun.

member-deputy-accepted-title = Ihre Vertretung hat zugesagt
member-deputy-accepted-line = Bis einschließlich { $until } frage ich { $company } nach Ihren Maßnahmen. Melden können Sie sich trotzdem jederzeit; mit VERTRETUNG ENDE hört es früher auf.
member-deputy-declined-title = Ihre Vertretung hat abgesagt
member-deputy-declined-line = { $company } kann Sie nicht vertreten. Wenn jemand anderes einspringt: VERTRETUNG name@firma.example bis { $day }
member-deputy-lapsed-title = Niemand hat die Vertretung übernommen
member-deputy-lapsed-line = Auf Ihre Bitte an { $company } kam bis { $until } keine Antwort. Sie hat sich damit erledigt.

member-deputy-over-title = Ihre Vertretung ist beendet
member-deputy-over-line = Ab jetzt frage ich zu Ihren Maßnahmen wieder Sie.
member-deputy-over-paused = Ihre Pause bis { $until } gilt weiter; bis dahin frage ich niemanden.
member-deputy-over-again = Wieder einrichten: VERTRETUNG name@firma.example bis 15.08.
member-deputy-free-title = Sie vertreten { $company } nicht mehr
member-deputy-free-line = Zu den Maßnahmen von { $company } frage ich Sie ab jetzt nicht mehr. Danke, dass Sie eingesprungen sind!
member-deputy-void-title = Erledigt: Vertretung für { $company }
member-deputy-void-line = Die Bitte um Vertretung hat sich erledigt. Sie brauchen nichts zu tun.
member-deputy-withdrawn-title = Zurückgezogen
member-deputy-withdrawn-line = Die Bitte um Vertretung gilt nicht mehr. Ich frage wie gewohnt Sie.

member-deputy-which-title = Welche Vertretung soll enden?
member-deputy-which-mine = Ihre eigene: { $company } vertritt Sie bis { $until }
member-deputy-which-theirs = Sie vertreten { $company } bis { $until }

member-pause-deputy-none = Soll in dieser Zeit jemand für Ihre Maßnahmen antworten? Nennen Sie eine Vertretung: VERTRETUNG name@firma.example
member-pause-deputy-holds = Bis { $until } frage ich Ihre Vertretung ({ $company }).
member-pause-deputy-of = Sie vertreten zurzeit { $company }. Auch danach frage ich Sie in der Pause nicht; soll jemand anderes einspringen, schreiben Sie VERTRETUNG ENDE.

history-instead = , in Vertretung für { $names }
office-outstanding-deputy = auch in Vertretung für { $companies }

refusal-deputy-address = Für eine Vertretung auf Zeit brauche ich eine E-Mail-Adresse: VERTRETUNG name@firma.example bis 15.08. Geht es nur um die nächste Sitzung, genügt der Name ohne Tag.
refusal-deputy-day = Diesen Tag kann ich nicht nehmen: Bitte nennen Sie einen Tag ab heute, höchstens ein Jahr voraus. Zum Beispiel: VERTRETUNG name@firma.example bis 15.08.
refusal-deputy-unknown = Unter { $email } finde ich kein Mitglied, das Sie vertreten kann. Wer Sie vertreten soll, schreibt BEITRETEN an { $house }; sobald die Geschäftsstelle zugestimmt hat, nennen Sie die Adresse noch einmal.
refusal-deputy-yourself = Das ist Ihre eigene Adresse. Bitte nennen Sie die Adresse eines anderen Mitglieds.
refusal-deputy-represented = Diese Person lässt sich zurzeit selbst vertreten. Bitte nennen Sie jemand anderen.
refusal-deputy-representing = Sie vertreten zurzeit { $company } und können sich deshalb nicht selbst vertreten lassen. Schreiben Sie zuerst VERTRETUNG ENDE, oder fragen Sie die Geschäftsstelle.
refusal-deputy-chain-yours = Sie lassen sich zurzeit selbst vertreten und können deshalb niemanden vertreten. Antworten Sie mit NEIN, oder beenden Sie zuerst Ihre eigene Vertretung mit VERTRETUNG ENDE.
refusal-deputy-chain-theirs = { $company } vertritt inzwischen selbst jemanden. Zusagen können Sie erst, wenn das vorbei ist.
refusal-deputy-asked = Dort ist schon angefragt. Sobald eine Antwort da ist, hören Sie von mir.
refusal-deputy-accepted = Sie haben schon zugesagt. Mit VERTRETUNG ENDE hören Sie früher auf.
refusal-deputy-declined = Sie haben schon abgesagt. Wenn Sie es sich anders überlegt haben, muss dort noch einmal angefragt werden.
refusal-deputy-over = Diese Bitte um Vertretung hat sich erledigt. Sie brauchen nichts zu tun.
refusal-deputy-none = Es gibt gerade keine Vertretung, die Sie beenden können.

history-what-accept-deputy = Vertretung zugesagt
history-what-decline-deputy = Vertretung abgelehnt
