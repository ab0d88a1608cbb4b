### Rollen und Rechte

## Absagen

refusal-observer = Als Beobachterin oder Beobachter lesen Sie mit: Melden, Mitwirken und Abstimmen ist Sache der Mitglieder. Möchten Sie Mitglied werden, schreiben Sie das einfach der Geschäftsstelle.
refusal-operator-in-person = Das geht nur für eine Person. An der Kommandozeile spricht keine.
refusal-last-of-office = Sie sind die letzte Person der Geschäftsstelle; ohne Sie könnte niemand mehr aufnehmen, freigeben oder helfen. Bitte lassen Sie zuerst jemand anderem diese Rechte geben (Kommandozeile: zukunftsplan person role name@firma.example office).
refusal-office-by-two = Rechte der Geschäftsstelle gibt niemand allein. Nehmen Sie die Person als Mitglied auf, und schreiben Sie dann: ROLLE name@firma.example Geschäftsstelle. Eine zweite Person der Geschäftsstelle sagt dazu Ja oder Nein.
refusal-own-hand = Das kann für eine Person der Geschäftsstelle niemand anderes bestätigen. Bitte lassen Sie es sie selbst schreiben, von einer Adresse, die zu ihr gehört.
refusal-task-for-observer = { $email } liest als Beobachterin oder Beobachter mit und übernimmt keine Aufgaben. Wer etwas übernehmen soll, muss Mitglied sein; das ändert die Geschäftsstelle mit ROLLE.
member-poll-observer = Abgestimmt wird unter den Mitgliedern. Das Ergebnis bekommen auch Sie.

## Rollen geben und nehmen

refusal-role-unknown = Diese Rolle gibt es nicht. Möglich sind: Mitglied, Beobachter, Geschäftsstelle.
refusal-role-already = { $email } hat schon die Rolle { $role }.
refusal-role-last = Das ist die letzte Person der Geschäftsstelle. Geben Sie diese Rechte zuerst jemand anderem, oder lassen Sie es den Betrieb an der Kommandozeile tun: zukunftsplan person role { $email } member
refusal-role-alone = Über die Rechte der Geschäftsstelle entscheiden zwei: Wer es vorschlägt, und eine zweite Person, die nicht selbst gemeint ist. Die gibt es hier zurzeit nicht. Der Betrieb kann es an der Kommandozeile tun: zukunftsplan person role { $email } { $role }
refusal-role-own-proposal = Das haben Sie selbst vorgeschlagen. Entscheiden muss eine zweite Person der Geschäftsstelle.
refusal-role-about-you = Hier geht es um Ihre eigenen Rechte. Darüber entscheidet jemand anderes aus der Geschäftsstelle.
refusal-role-decided = Darüber wurde schon entschieden. Geändert wurde jetzt nichts.
refusal-role-lapsed = Dieser Vorschlag gilt nicht mehr. Wenn er noch nötig ist, schlagen Sie es bitte neu vor: ROLLE name@firma.example Geschäftsstelle
office-role-proposed-title = Vorgeschlagen: { $name }, Rolle { $role }
office-role-proposed-line = { $count ->
    [1] Die zweite Person der Geschäftsstelle ist gefragt.
   *[other] { $count } andere Personen der Geschäftsstelle sind gefragt, ein Ja genügt.
} Geändert ist noch nichts. Ohne Antwort verfällt der Vorschlag am { $until }.
office-role-question-give-title = Soll { $name } zur Geschäftsstelle gehören?
office-role-question-give-line = { $proposer } schlägt vor, { $name } ({ $company }) die Rechte der Geschäftsstelle zu geben: alle Personen und ihre Kontaktdaten sehen, aufnehmen, ändern, freigeben. Dafür braucht es Ihr Ja. Ohne Antwort verfällt der Vorschlag am { $until }.
office-role-question-take-title = Soll { $name } nicht mehr zur Geschäftsstelle gehören?
office-role-question-take-line = { $proposer } schlägt vor, { $name } ({ $company }) die Rechte der Geschäftsstelle zu nehmen. Neue Rolle: { $role }. Dafür braucht es Ihr Ja. Ohne Antwort verfällt der Vorschlag am { $until }.
office-role-button-give-yes = Ja, Rechte geben
office-role-button-give-no = Nein, nicht geben
office-role-button-take-yes = Ja, Rechte nehmen
office-role-button-take-no = Nein, behalten
office-role-declined-title = Es bleibt, wie es ist: { $name }
office-role-declined-line = Ihr Nein ist notiert, die Rolle bleibt unverändert.
office-role-declined-by = { $decider } hat Nein gesagt, die Rolle bleibt unverändert.
office-role-changed-title = { $name }: jetzt { $role }
office-role-changed-line = { $name } hört davon.
office-role-by = Geändert von: { $name }
office-role-by-operator = Betrieb (Kommandozeile)
office-role-none-left = Achtung: Zur Geschäftsstelle gehört jetzt niemand mehr. Anfragen bleiben liegen, bis Sie jemandem die Rolle office geben.
member-role-proposed-title = Vorschlag zu Ihrer Rolle
member-role-proposed-line = In der Geschäftsstelle ist vorgeschlagen, dass Sie nicht mehr zu ihr gehören. Entschieden ist noch nichts; das tut dort eine zweite Person. Sie hören, wie es ausgeht, und können vorher mit ihr sprechen.
member-role-member-title = Sie sind Mitglied der { $house }
member-role-member-line = Sie können Maßnahmen übernehmen, melden, Ideen einbringen und abstimmen. HILFE zeigt, wie.
member-role-observer-title = Sie lesen jetzt mit
member-role-observer-line = Als Beobachterin oder Beobachter bekommen Sie Einladungen, Zwischenstände, Protokolle und den Wochenüberblick. Nach einem Stand gefragt werden Sie nicht mehr, und Sie stimmen nicht mit ab. Waren Ihnen Maßnahmen zugeordnet, sind sie es nicht mehr. HILFE zeigt, was Sie tun können.
member-role-office-title = Sie gehören jetzt zur Geschäftsstelle
member-role-office-line = Sie sehen jetzt Personen und Kontaktdaten, nehmen auf, ändern und geben frei. Bitte behandeln Sie vertraulich, was Sie lesen. HILFE zeigt alles, was Sie tun können.
member-role-no-office-line = Die Rechte der Geschäftsstelle sind damit beendet.

## Rollen in der Tabelle der Mitglieder

office-import-role-office = Rechte der Geschäftsstelle gibt und nimmt keine Tabelle. Schreiben Sie stattdessen: ROLLE name@firma.example Geschäftsstelle
office-import-observer-carries = Beobachter tragen keine Maßnahmen, eingetragen ist hier noch: { $measures }. Schreiben Sie ROLLE name@firma.example Beobachter; das trägt sie aus.
office-import-person-observes = { $text } liest als Beobachter mit und kann keine Maßnahme tragen.

## Wer mitliest

observer-welcome-no-measures = Sie lesen als Beobachterin oder Beobachter mit: Einladungen, Zwischenstände, Protokolle und der Wochenüberblick kommen zu Ihnen.
observer-welcome-closing = Nach einem Stand fragt Sie niemand. Mit HILFE sehen Sie, was ich für Sie tun kann.
observer-help-lines =
    Sie lesen als Beobachterin oder Beobachter mit.
    STATUS – die nächste Sitzung
    PLAN – wie der Plan steht; PLAN Fachkräfte, PLAN A3 (eine Seite zum Ausdrucken), EXPORT (Tabelle)
    ZUSAGE, ABSAGE, VIELLEICHT – zur nächsten Sitzung; VERTRETUNG und ein Name, wenn jemand für Sie kommt
    IDEEN, ANGEBOTE – was die Mitglieder einbringen, bieten und suchen; ABSTIMMUNG – Frage oder Ergebnis
    WOCHENÜBERBLICK MONATLICH / AUS / AN – wie oft er kommt; FOLGEN M12 oder FOLGEN Fachkräfte – worüber
    ADRESSE name@firma.example – auch von dort antworten, mit »weg« nicht mehr
    TELEGRAM – den Chat verbinden; SPRACHE EN – English, please
    DATENSCHUTZ – was mit Ihren Daten geschieht; MEINEDATEN – was über Sie gespeichert ist
    BERICHTIGEN: …, EINSCHRÄNKEN, WIDERSPRUCH, LÖSCHEN – Ihre Rechte daran
    ABMELDEN – nichts mehr bekommen
    Alles andere gebe ich an die Geschäftsstelle weiter.

## Die Tabelle der Rechte: wer, was, in Worten

rights-title = Wer was darf
rights-wish = Wunsch
rights-guest = Gast
rights-observer = Beobachter
rights-member = Mitglied
rights-carrier = zuständig
rights-office = Geschäftsstelle
rights-operator = Betrieb
rights-short-guest = Gast
rights-short-observer = Beob.
rights-short-member = Mitgl.
rights-short-carrier = zust.
rights-short-office = Gst.
rights-short-operator = Betrieb
rights-cell-yes = ja
rights-cell-own = eigenes
rights-cell-part = teils
rights-cell-no = –
rights-legend = »zuständig« ist, wer die Maßnahme, um die es geht, verantwortet, an ihr beteiligt ist oder heute jemanden davon vertritt. »eigenes« heißt: nur, was die Person selbst betrifft. »Betrieb« ist die Kommandozeile; dort spricht niemand in eigener Person.
rights-wish-greet = Guten Tag, /start
rights-wish-join = BEITRETEN
rights-wish-confirm = Adresse bestätigen (Code oder JA)
rights-wish-agree-telegram = Telegram zustimmen oder nicht
rights-wish-show-privacy = DATENSCHUTZ: Hinweis lesen
rights-wish-name-company = Unternehmen nennen, beim Beitritt
rights-wish-help = HILFE
rights-wish-thank = Danke
rights-wish-unclear = eine Frage in freien Worten
rights-wish-show-my-data = MEINEDATEN: Auskunft
rights-wish-rectify = BERICHTIGEN, WIDERSPRUCH, EINSCHRÄNKEN
rights-wish-erase = LÖSCHEN: mich vergessen
rights-wish-show-measure = eine Maßnahme lesen (M12)
rights-wish-show-plan = PLAN
rights-wish-show-plan-sheet = PLAN A3
rights-wish-show-poll = ABSTIMMUNG: lesen
rights-wish-show-ideas = IDEEN
rights-wish-show-offers = ANGEBOTE (Namen liest nur die Geschäftsstelle)
rights-wish-export = EXPORT (teils: der Plan, ohne Namen)
rights-wish-show-status = STATUS
rights-wish-attend = ZUSAGE, ABSAGE, VIELLEICHT
rights-wish-send-deputy = VERTRETUNG in einer Sitzung
rights-wish-note-needs = HINWEIS zu Essen oder Zugang
rights-wish-set-digest = WOCHENÜBERBLICK
rights-wish-follow-plan = FOLGEN
rights-wish-pause = PAUSE, SPÄTER
rights-wish-resume = WEITER
rights-wish-speak = SPRACHE
rights-wish-link-telegram = TELEGRAM: Chat verbinden
rights-wish-unlink-telegram = TELEGRAM AUS
rights-wish-add-address = ADRESSE dazu
rights-wish-drop-address = ADRESSE WEG
rights-wish-change-company = WECHSEL: für ein anderes Unternehmen sprechen
rights-wish-mail-me = mit Namen per E-Mail
rights-wish-leave = ABMELDEN (teils: nicht als letzte der Geschäftsstelle)
rights-wish-report-progress = Stand melden (M12 60 %)
rights-wish-add-evidence = NACHWEIS
rights-wish-hand-over = ABGEBEN (eigen: wer verantwortlich ist)
rights-wish-answer-lead = angebotene Maßnahme: JA, NEIN
rights-wish-name-deputy = VERTRETUNG für eine Zeit
rights-wish-answer-deputy = andere vertreten: JA, NEIN
rights-wish-end-deputy = VERTRETUNG ENDE
rights-wish-undo = RÜCKGÄNGIG
rights-wish-vote = STIMME
rights-wish-share-idea = IDEE: …
rights-wish-place-idea = IDEE PASST ZU
rights-wish-keep-idea = IDEE BLEIBT EIGEN
rights-wish-share-offer = ANGEBOT: …, GESUCH: …
rights-wish-ask-contact = KONTAKT
rights-wish-close-offer = ANGEBOT ERLEDIGT, GESUCH ERLEDIGT
rights-wish-answer-match = Kontakt weitergeben: JA, NEIN
rights-wish-record-minutes = PROTOKOLL (eigen: wer es führt)
rights-wish-record-decisions = BESCHLUSS (eigen: wer Protokoll führt)
rights-wish-decide = über einen Beitritt entscheiden
rights-wish-decide-company = über einen Wechsel entscheiden
rights-wish-answer-person = jemandem antworten
rights-wish-trust = für einen zweifelhaften Brief bürgen
rights-wish-switch-sending = BETRIEB STOPP, START
rights-wish-show-outstanding = OFFEN: wer schweigt, mit Telefon
rights-wish-register-company = UNTERNEHMEN anlegen
rights-wish-register-person = MITGLIED aufnehmen (teils: nicht als Geschäftsstelle)
rights-wish-add-measure = MASSNAHME anlegen
rights-wish-assign-measure = ZUORDNEN
rights-wish-plan-meeting = SITZUNG planen
rights-wish-change-meeting = SITZUNG ÄNDERN
rights-wish-set-agenda = TAGESORDNUNG
rights-wish-cancel-meeting = SITZUNG ABSAGEN
rights-wish-invite = EINLADEN
rights-wish-show-attendance = TEILNAHME: wer kommt
rights-wish-show-history = VERLAUF
rights-wish-make-report = BERICHT, mit Namen
rights-wish-set-plan-state = PLAN ENTWURF, DISKUSSION, VERABSCHIEDET
rights-wish-amend-measure = ÄNDERN, STREICHEN
rights-wish-preview-digest = VORSCHAU
rights-wish-release-digest = FREIGEBEN
rights-wish-name-minute-taker = PROTOKOLLANT
rights-wish-send-correction = Berichtigung des Protokolls: JA, NEIN
rights-wish-open-poll = ABSTIMMUNG eröffnen
rights-wish-close-poll = ABSTIMMUNG SCHLIESSEN
rights-wish-decide-idea = über eine Idee entscheiden
rights-wish-apply-import = Tabelle einspielen
rights-wish-show-personal-requests = ANLIEGEN
rights-wish-answer-personal-request = ein Anliegen beantworten
rights-wish-correct-person = Angaben einer Person berichtigen
rights-wish-set-role = ROLLE (teils: Geschäftsstelle nur zu zweit)
rights-wish-decide-role = Rolle als zweite Person: JA, NEIN

## Kommandozeile

operator-help-person-role = Ändert die Rolle einer Person; auch die der Geschäftsstelle, ohne eine zweite Person.
operator-help-rights = Zeigt, wer was darf.
operator-help-argument-role = member (Mitglied), observer (Beobachter) oder office (Geschäftsstelle)
