### Für den Betrieb: Kommandozeile, Prüfung, Fehlermeldungen

operator-help = Der Assistent der Wirtschaftsallianz für den Zukunftsplan.
operator-help-run = Startet den Assistenten mit allen Teilen (ohne .env die Demo).
operator-help-check = Prüft jeden Kanal und nennt zu jedem Problem die Abhilfe.
operator-help-company = Unternehmen und Institutionen.
operator-help-company-add = Legt ein Unternehmen an.
operator-help-person = Mitglieder und Geschäftsstelle.
operator-help-person-add = Nimmt eine Person auf und schickt ihr einen Willkommensgruß.
operator-help-measure = Maßnahmen.
operator-help-measure-add = Legt eine Maßnahme an.
operator-help-measure-assign = Ordnet eine Maßnahme einem Mitglied zu.
operator-help-meeting = Sitzungen.
operator-help-meeting-plan = Plant eine Sitzung und zeigt, wann was verschickt wird.
operator-help-sending = Alles, was hinausgeht, anhalten und wieder freigeben.
operator-help-sending-stop = Hält alles an, was hinausgeht. Gelesen wird weiter.
operator-help-sending-start = Gibt den Versand wieder frei.
operator-help-outstanding = Zeigt, wer noch nicht geantwortet hat.
operator-help-option-phone = Telefonnummer
operator-help-option-office = Gehört zur Geschäftsstelle
operator-help-option-field = Themenfeld
operator-help-option-due = Termin, zum Beispiel 31.12.2027
operator-help-option-contributor = Beteiligt statt verantwortlich
operator-help-option-place = Ort
operator-help-option-link = Link zur Online-Teilnahme
operator-help-option-until = Ende, zum Beispiel 19:00
operator-help-argument-name = Name
operator-help-argument-email = E-Mail-Adresse
operator-help-argument-company = Unternehmen (wird angelegt, wenn es neu ist)
operator-help-argument-number = Nummer, zum Beispiel 12
operator-help-argument-title = Titel
operator-help-argument-kind = alliance oder working-group
operator-help-argument-when = Beginn, zum Beispiel "03.12.2026 17:00"

operator-demo-page = Die Demo läuft: { $address } (Strg-C beendet sie)
operator-running = Der Assistent läuft. Strg-C beendet ihn.
operator-stopped = Beendet.
operator-problem = { $text }
operator-bad-when = »{ $text }« verstehe ich nicht als Zeitpunkt. Bitte so: 03.12.2026 17:00
operator-bad-day = »{ $text }« verstehe ich nicht als Tag. Bitte so: 31.12.2027
operator-bad-setting = Die Einstellung { $name } in .env passt nicht: { $reason }. Bitte korrigieren Sie sie (siehe .env.example).
operator-secret-no-folder = Den Ordner { $path }, den SECRETS_FOLDER nennt, gibt es nicht oder er lässt sich nicht öffnen.
operator-secret-unreadable = Die Datei { $path } lässt sich nicht lesen. Der Benutzer des Assistenten braucht Leserecht, und darin muss Text in UTF-8 stehen.
operator-secret-empty = Die Datei { $path } ist leer. Schreiben Sie das Geheimnis hinein, oder löschen Sie die Datei.
operator-mail-missing = In .env fehlt { $name }. Der Assistent braucht ein Postfach, auch wenn nur Telegram genutzt wird, weil Adressen per Brief bestätigt werden.
operator-port-taken = Der Port { $port } auf { $host } ist belegt. Beenden Sie das andere Programm, oder setzen Sie HTTP_PORT in .env auf einen freien Port.
operator-database-in-use = Die Datenbank { $path } gehört schon einem laufenden Assistenten (Prozess { $pid }). Beenden Sie ihn zuerst.
operator-database-unreachable = Die Datenbank ist nicht erreichbar ({ $error }). Prüfen Sie DATABASE_URL und ob der Server läuft.
operator-database-newer = Die Datenbank hat Stand { $version }, dieses Programm kennt nur { $head }. Bitte spielen Sie die neuere Programmversion ein.
operator-database-missing = Die Datenbank { $path } ist verschwunden; hier lag schon einmal eine. Spielen Sie die Sicherung zurück. Wollen Sie wirklich neu beginnen, löschen Sie die Datei mit der Endung .installed daneben.
operator-no-right = Auf { $path } darf dieser Benutzer nicht zugreifen. Rufen Sie den Befehl als Benutzer des Assistenten auf (sudo -u zukunftsplan …), oder berichtigen Sie die Rechte.
operator-database-read-only = { $path } ist nicht beschreibbar. Bitte geben Sie dem Benutzer des Assistenten Schreibrecht.
operator-telegram-token = Telegram lehnt den Zugangsschlüssel ab. Prüfen Sie TELEGRAM_TOKEN; einen neuen gibt @BotFather mit /token.
operator-telegram-webhook = Für diesen Bot ist anderswo ein Webhook gesetzt. Beenden Sie die andere Installation, oder setzen Sie TELEGRAM_TAKE_OVER=true.

operator-check-title = Prüfung
operator-check-what = Was
operator-check-result = Ergebnis
operator-check-fix = Abhilfe
operator-check-ok = in Ordnung
operator-check-good = Alles in Ordnung.
operator-check-problems = { $count ->
    [1] Ein Problem gefunden.
   *[other] { $count } Probleme gefunden.
}
operator-check-demo = Ohne TELEGRAM_TOKEN und MAIL_ADDRESS (in .env) läuft die Demo. Geprüft wird nur, was sie braucht.
operator-check-settings = Einstellungen (.env)
operator-check-missing-fix = Tragen Sie { $name } in .env ein (siehe .env.example).
operator-check-privacy = Datenschutzhinweise
operator-check-privacy-good = vollständig
operator-check-privacy-missing = { $name } fehlt: Die Hinweise nach Art. 13 DSGVO nennen nicht alle, die sie nennen müssen.
operator-check-privacy-missing-fix = Tragen Sie { $name } in .env ein (siehe .env.example).
operator-check-slow = Keine Antwort innerhalb von { $seconds } Sekunden.
operator-check-slow-fix = Prüfen Sie Netz und Firewall, und ob der Server überlastet ist.
operator-check-broken = Die Prüfung selbst ist gescheitert ({ $error }).
operator-check-broken-fix = Prüfen Sie die Einstellungen dieses Teils in .env, und melden Sie den Fehler, wenn sie stimmen.

operator-check-rights = Dateirechte
operator-check-rights-good = Geheimnisse und Daten liest nur der Benutzer des Assistenten
operator-check-rights-open = { $path } können auch andere Benutzer dieses Rechners lesen oder ändern.
operator-check-rights-open-fix = Machen Sie den Benutzer des Assistenten zum Eigentümer (chown), und nehmen Sie allen anderen die Rechte: chmod 600 { $path }

operator-check-lines = Verschlüsselung
operator-check-lines-open = Zu { $host } gehen Kennwort oder Zugangsschlüssel und alle Nachrichten unverschlüsselt ({ $name }).
operator-check-lines-open-fix = Setzen Sie { $name } auf einen verschlüsselten Weg (tls, starttls oder https). Unverschlüsselt ist nur auf demselben Rechner gut genug.
operator-check-senders = Gefälschte Absender
operator-check-senders-good = erkennt { $server }
operator-check-senders-unjudged = Ihr Mailserver wird nicht danach gefragt.
operator-check-senders-unjudged-fix = Setzen Sie MAIL_AUTH_SERVER; den Namen nennt zukunftsplan check --letter.

operator-check-folder = Datenordner
operator-check-folder-bad = In { $path } lässt sich nichts ablegen.
operator-check-folder-bad-fix = Geben Sie dem Benutzer des Assistenten Schreibrecht, oder setzen Sie DATA_FOLDER in .env auf einen anderen Ordner.
operator-check-port = Port der Demo-Seite
operator-check-port-taken = Der Port { $port } auf { $host } ist nicht frei.
operator-check-port-taken-fix = Beenden Sie das andere Programm (oder die laufende Demo), oder setzen Sie HTTP_PORT in .env auf einen freien Port.

operator-check-database = Datenbank
operator-check-database-ready = in Ordnung, Stand { $version }
operator-check-database-fresh = noch leer; sie wird beim ersten Start angelegt
operator-check-database-old = Stand { $version }; beim nächsten Start wird sie auf { $head } gehoben
operator-check-database-in-use = in Ordnung, Stand { $version }; der Assistent läuft (Prozess { $pid })
operator-check-database-newer = Die Datenbank hat Stand { $version }, dieses Programm kennt nur { $head }.
operator-check-database-newer-fix = Spielen Sie die neuere Programmversion ein.
operator-check-database-missing = Die Datenbank { $path } ist verschwunden; hier lag schon einmal eine.
operator-check-database-missing-fix = Spielen Sie die Sicherung zurück. Wollen Sie wirklich neu beginnen, löschen Sie die Datei mit der Endung .installed daneben.
operator-check-database-read-only = { $path } ist nicht beschreibbar.
operator-check-database-read-only-fix = Geben Sie dem Benutzer des Assistenten Schreibrecht.
operator-check-database-unreachable = Die Datenbank lässt sich nicht öffnen ({ $error }).
operator-check-database-unreachable-fix = Prüfen Sie DATABASE_URL und DATA_FOLDER, und ob der Datenbankserver läuft.
operator-check-database-url = DATABASE_URL benennt keine Datenbank, mit der der Assistent umgehen kann.
operator-check-database-url-fix = Lassen Sie DATABASE_URL leer (dann gilt DATA_FOLDER), oder schreiben Sie postgresql+psycopg://benutzer:passwort@rechner/name.
operator-check-database-space = Neben der Datenbank in { $path } sind nur noch { $megabytes } MB frei.
operator-check-database-space-fix = Schaffen Sie Platz auf dem Datenträger; ist er voll, kann der Assistent nichts mehr annehmen.

operator-check-clock = Uhr und Zeitzone
operator-check-clock-good = { $moment } ({ $zone }), stimmt mit der Uhr von Telegram überein
operator-check-clock-alone = { $moment } ({ $zone }); mit keiner anderen Uhr verglichen
operator-check-clock-bad = Die Uhr weicht um { $seconds } Sekunden von der des Servers ab.
operator-check-clock-bad-fix = Schalten Sie die Zeitsynchronisation ein (timedatectl set-ntp true).

operator-check-telegram = Telegram
operator-check-telegram-off = nicht eingerichtet
operator-check-telegram-good = in Ordnung, Bot @{ $username }
operator-check-telegram-token = Telegram lehnt den Zugangsschlüssel ab.
operator-check-telegram-token-fix = Prüfen Sie TELEGRAM_TOKEN; einen neuen gibt @BotFather mit /token. Haben Sie TELEGRAM_BASE_URL geändert, prüfen Sie auch das.
operator-check-telegram-address = TELEGRAM_BASE_URL ist keine Internetadresse.
operator-check-telegram-address-fix = Lassen Sie TELEGRAM_BASE_URL weg, oder schreiben Sie https://api.telegram.org/bot.
operator-check-telegram-tls = Die verschlüsselte Verbindung zu { $host } kommt nicht zustande.
operator-check-telegram-tls-fix = Prüfen Sie die Uhr, die Zertifikate des Systems (Paket ca-certificates) und ob ein Proxy die Verbindung aufbricht.
operator-check-telegram-network = { $host } ist nicht erreichbar: { $reason }.
operator-check-telegram-network-fix = Prüfen Sie Netz, Firewall (ausgehend Port 443) und TELEGRAM_BASE_URL.
operator-check-webhook = Für diesen Bot ist anderswo ein Webhook gesetzt ({ $host }).
operator-check-webhook-fix = Beenden Sie die andere Installation, oder setzen Sie TELEGRAM_TAKE_OVER=true; dann bekommt sie keine Nachrichten mehr.
operator-check-webhook-incomplete = Für TELEGRAM_MODE=webhook fehlt die Adresse oder ein brauchbares Geheimnis.
operator-check-webhook-incomplete-fix = Setzen Sie TELEGRAM_WEBHOOK_URL und TELEGRAM_WEBHOOK_SECRET (1 bis 256 Zeichen aus A–Z, a–z, 0–9, _ und -).

operator-check-smtp = Postausgang (SMTP)
operator-check-imap = Posteingang (IMAP)
operator-check-without-idle = Der Server kann IDLE nicht: Neue Post wird alle 30 Sekunden geholt.
operator-check-without-move = Der Server kann MOVE nicht: Erledigte Post wird kopiert und gelöscht.
operator-help-option-letter = Zusätzlich einen Probebrief an das eigene Postfach schicken und SPF, DKIM und DMARC ablesen
operator-check-letter = Probebrief
operator-check-letter-good = angekommen
operator-check-letter-unsent = Der Brief ließ sich nicht abschicken.
operator-check-letter-unsent-fix = Beheben Sie zuerst, was beim Postausgang steht; ist dort alles in Ordnung, prüfen Sie, ob { $sender } Briefe an sich selbst schicken darf.
operator-check-letter-unread = Das Postfach ließ sich nicht ansehen, während der Brief unterwegs war.
operator-check-letter-unread-fix = Beheben Sie zuerst, was beim Posteingang steht, und versuchen Sie es noch einmal.
operator-check-letter-lost = Der Brief ist binnen { $seconds } Sekunden nicht angekommen.
operator-check-letter-lost-fix = Suchen Sie ihn im Postfach { $sender } und im Protokoll des Postausgangs. Kommt er später an, ist nur der Server langsam.
operator-check-letter-spam = Der Brief ist im Spam-Ordner gelandet.
operator-check-letter-spam-fix = Lassen Sie { $sender } beim Spamfilter als sicheren Absender eintragen, und beheben Sie, was bei SPF, DKIM und DMARC steht.
operator-check-letter-unnamed = Ihr Mailserver beurteilt Absender unter dem Namen »{ $server }«; der Assistent liest das noch nicht.
operator-check-letter-unnamed-fix = Setzen Sie MAIL_AUTH_SERVER={ $server }, wenn das wirklich Ihr eigener Server ist, und prüfen Sie noch einmal.
operator-check-letter-unjudged = Ihr Mailserver hat an diesen Brief kein Urteil geschrieben; bei Post aus dem eigenen Haus ist das üblich.
operator-check-letter-unjudged-fix = Von innen lassen sich SPF, DKIM und DMARC dann nicht prüfen. Schicken Sie von { $sender } einen Brief an ein Postfach bei einem anderen Anbieter, und sehen Sie dort die Kopfzeile Authentication-Results an.
operator-check-spf = SPF
operator-check-dkim = DKIM
operator-check-dmarc = DMARC
operator-check-auth-silent = nicht geprüft
operator-check-auth-later = Das Ergebnis ist »{ $result }«: Die Auskunft aus dem DNS kam nicht.
operator-check-auth-later-fix = Prüfen Sie in einer Stunde noch einmal. Bleibt es so, antwortet ein Nameserver von { $domain } nicht.
operator-check-spf-bad = Das Ergebnis ist »{ $result }«: Der Postausgang darf nach dem DNS nicht für { $domain } senden.
operator-check-spf-bad-fix = Im DNS von { $domain } muss genau ein TXT-Eintrag mit v=spf1 stehen, der den Postausgang nennt, zum Beispiel v=spf1 a:{ $host } -all oder das include: Ihres Anbieters.
operator-check-dkim-bad = Das Ergebnis ist »{ $result }«: Die Briefe tragen keine gültige Unterschrift.
operator-check-dkim-bad-fix = Schalten Sie am Postausgang { $host } die DKIM-Signatur für { $domain } ein, und tragen Sie den Schlüssel, den er nennt, im DNS als TXT-Eintrag SELEKTOR._domainkey.{ $domain } ein.
operator-check-dmarc-none = Das DNS sagt nicht, was mit gefälschten Briefen von { $domain } geschehen soll.
operator-check-dmarc-none-fix = Tragen Sie im DNS den TXT-Eintrag _dmarc.{ $domain } ein: v=DMARC1; p=none; rua=mailto:postmaster@{ $domain } – und später p=quarantine, wenn die Berichte gut aussehen.
operator-check-dmarc-bad = Das Ergebnis ist »{ $result }«: Andere Server halten diese Briefe für gefälscht.
operator-check-dmarc-bad-fix = SPF oder DKIM muss für { $domain } selbst gelten, nicht für die Domain des Anbieters: Lassen Sie mit d={ $domain } unterschreiben.
operator-check-network = { $host }:{ $port } ist nicht erreichbar: { $reason }.
operator-check-network-fix = Prüfen Sie { $way }_HOST, { $way }_PORT und { $way }_TLS, dann Netz und Firewall.
operator-check-tls = Die verschlüsselte Verbindung zu { $host }:{ $port } kommt nicht zustande: { $reason }.
operator-check-tls-fix = Prüfen Sie { $way }_TLS (tls, starttls oder none) mit dem passenden { $way }_PORT und bei einem eigenen Zertifikat MAIL_CA_FILE.
operator-check-login = Die Anmeldung als { $user } an { $host } wurde abgelehnt.
operator-check-login-fix = Prüfen Sie MAIL_USER und MAIL_PASSWORD (bei Zwei-Faktor-Anmeldung ein App-Passwort).
operator-check-login-required = { $host } nimmt Briefe nur nach einer Anmeldung an.
operator-check-login-required-fix = Setzen Sie MAIL_PASSWORD (und MAIL_USER, wenn es von MAIL_ADDRESS abweicht).
operator-check-login-missing = { $host }:{ $port } bietet keine Anmeldung mit Passwort an.
operator-check-login-missing-fix = Prüfen Sie { $way }_PORT (587 oder 465 statt 25), und lassen Sie die Anmeldung mit Passwort beim Anbieter freischalten.
operator-check-throttled = { $host } ist { $user } gerade zu viel und nimmt die Verbindung nicht an.
operator-check-throttled-fix = Warten Sie einige Minuten. Bleibt es so, prüfen Sie, ob ein zweites Programm das Postfach ständig abfragt und ob { $user } auf das Postfach zugreifen darf.
operator-check-disabled = { $host } hat { $way } für { $user } abgeschaltet.
operator-check-disabled-fix = Schalten Sie { $way } für dieses Postfach frei: bei Gmail in den Einstellungen, bei Microsoft 365 mit Set-CASMailbox (-ImapEnabled $true, -SmtpClientAuthenticationDisabled $false).
operator-check-token = { $host } lässt das Zugriffstoken für { $user } nicht gelten.
operator-check-token-fix = Prüfen Sie MAIL_USER und ob die Anwendung auf dieses Postfach zugreifen darf; bei Microsoft 365 New-ServicePrincipal, Add-MailboxPermission und die Berechtigungen IMAP.AccessAsApp und SMTP.SendAsApp.
operator-check-oauth-setting = Für MAIL_OAUTH fehlt { $name }.
operator-check-oauth-setting-fix = Tragen Sie { $name } in .env ein; docs/einrichten.md sagt, woher es kommt.
operator-check-oauth-missing = { $host }:{ $port } bietet keine Anmeldung mit OAuth2 (XOAUTH2) an.
operator-check-oauth-missing-fix = Prüfen Sie { $way }_HOST und { $way }_PORT, oder lassen Sie MAIL_OAUTH leer und setzen Sie MAIL_PASSWORD.
operator-check-oauth-network = Die Stelle, die Zugriffstoken ausgibt, ist nicht erreichbar: { $reason }.
operator-check-oauth-network-fix = Prüfen Sie Netz und Firewall (ausgehend Port 443 zu login.microsoftonline.com oder oauth2.googleapis.com) und MAIL_OAUTH.
operator-check-oauth-client = Die Kennung der Anwendung oder ihr Geheimnis wurde abgelehnt (invalid_client).
operator-check-oauth-client-fix = Prüfen Sie MAIL_OAUTH_CLIENT_ID und MAIL_OAUTH_CLIENT_SECRET. Geheimnisse laufen ab; bei Microsoft gilt der Wert des Geheimnisses, nicht seine ID.
operator-check-oauth-grant = Das Refresh-Token gilt nicht mehr (invalid_grant).
operator-check-oauth-grant-fix = Melden Sie { $user } beim Anbieter neu an, und setzen Sie MAIL_OAUTH_REFRESH_TOKEN neu. Ein neues Kennwort oder eine lange Pause macht das alte ungültig.
operator-check-oauth-consent = Der Anwendung fehlt die Zustimmung zu ihren Berechtigungen.
operator-check-oauth-consent-fix = Lassen Sie die Verwaltung bei API-Berechtigungen »Administratorzustimmung erteilen« wählen.
operator-check-oauth-tenant = Den Mandanten aus MAIL_OAUTH_TENANT gibt es nicht.
operator-check-oauth-tenant-fix = Tragen Sie die Verzeichnis-ID (Mandanten-ID) aus der Übersicht der App-Registrierung ein.
operator-check-oauth-scope = Der Anbieter kennt den verlangten Umfang nicht (invalid_scope).
operator-check-oauth-scope-fix = Lassen Sie MAIL_OAUTH_SCOPE leer, und fügen Sie der Anwendung die Berechtigungen für »Office 365 Exchange Online« hinzu.
operator-check-oauth-odd = Die Stelle, die Zugriffstoken ausgibt, antwortet anders als erwartet.
operator-check-oauth-odd-fix = Prüfen Sie MAIL_OAUTH und die übrigen Einstellungen, die mit MAIL_OAUTH_ beginnen.
operator-check-sender = { $host } nimmt von { $sender } keine Briefe an.
operator-check-sender-fix = MAIL_ADDRESS muss eine Adresse sein, unter der { $user } senden darf.
operator-check-inbox = Der Posteingang von { $user } lässt sich nicht öffnen.
operator-check-inbox-fix = Prüfen Sie beim Anbieter, ob das Postfach besteht und per IMAP freigeschaltet ist.
operator-check-inbox-read-only = Den Posteingang von { $user } darf der Assistent nur lesen: Er beantwortet Post, kann Erledigtes aber nicht ablegen.
operator-check-inbox-read-only-fix = Geben Sie { $user } beim Anbieter volle Rechte am Postfach.
operator-check-reason-name = der Rechnername ist unbekannt
operator-check-reason-refused = dort nimmt niemand die Verbindung an
operator-check-reason-timeout = keine Antwort
operator-check-reason-lost = die Verbindung bricht ab, oder dort antwortet ein anderer Dienst
operator-check-reason-odd = der Server meldet einen Fehler, vielleicht ist er überlastet
operator-check-reason-idle = der Server bricht IDLE mit einem Fehler ab
operator-check-reason-certificate = dem Zertifikat ist nicht zu trauen (falscher Name, abgelaufen oder eigene Zertifizierungsstelle)
operator-check-reason-handshake = der Server spricht hier kein TLS oder ein anderes
operator-check-reason-not-offered = der Server bietet STARTTLS nicht an
operator-check-reason-required = der Server erlaubt die Anmeldung nur verschlüsselt
operator-check-reason-ca-file = die Datei MAIL_CA_FILE fehlt oder enthält kein Zertifikat

## Simulation

operator-help-simulate = Ein ganzes Jahr der Allianz in Sekunden nachspielen (Beispieldaten, nichts geht hinaus)
operator-help-argument-story = Datei mit einer eigenen Geschichte (TOML); ohne Angabe die mitgelieferte
operator-help-option-html = als HTML-Seite in diese Datei schreiben
operator-help-option-person = nur Postfach und Chat dieser Person zeigen, mit vollem Wortlaut
operator-year-example = Beispieldaten: Niemand und nichts darin ist echt. Gespielt wurde mit den echten Abläufen, zwischen nachgebildetem Telegram und nachgebildeter Post.
operator-year-person = Person
operator-year-letters = Briefe
operator-year-bubbles = Chat-Nachrichten
operator-year-own = selbst geschrieben oder getippt
operator-year-files = Anlagen
operator-year-round = Abfragerunde (Redaktionsschluss)
operator-year-answered = Rückmeldungen
operator-year-done = Fertig: { $count } Nachrichten in { $seconds } Sekunden.
operator-year-no-person = »{ $person }« kommt in der Geschichte nicht vor. Es gibt: { $people }.
operator-year-unreadable = Die Geschichte { $file } lässt sich nicht lesen: { $reason }
operator-year-amiss = Die Geschichte geht nicht auf: { $reason }
