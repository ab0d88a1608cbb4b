### Für den Betrieb: sichern, zurückspielen, aktualisieren

operator-help-backup = Sichert die Datenbank im laufenden Betrieb und spielt die Sicherung zur Probe zurück.
operator-help-restore = Spielt eine Sicherung zurück. Der Assistent muss dafür angehalten sein.
operator-help-upgrade = Sichert, hebt die Datenbank auf den Stand dieses Programms und prüft danach alles.
operator-help-argument-backup-target = Datei oder Ordner; ohne Angabe BACKUP_FOLDER
operator-help-argument-backup-file = Die Sicherung
operator-help-option-restore-yes = Ohne Rückfrage zurückspielen

operator-backup-done = Gesichert: { $file } ({ $megabytes } MB)
operator-backup-holds = Darin: { $rows } Zeilen, { $deeds ->
        [one] ein Eintrag
       *[other] { $deeds } Einträge
    } im Verlauf, der jüngste vom { $newest }.
operator-backup-tried = Zur Probe zurückgespielt: Alles ist da, und die Siegel des Verlaufs halten.
operator-backup-read = Nur bis zum Ende gelesen, nicht zur Probe zurückgespielt: Dem Benutzer der Datenbank fehlt das Recht, eine weitere anzulegen (CREATEDB). Das sagt weniger; geben Sie ihm das Recht, oder proben Sie das Zurückspielen auf einem anderen Rechner.
operator-backup-history = Im Verlauf { $count ->
        [one] stimmt eine Stelle
       *[other] stimmen { $count } Stellen
    } nicht, und zwar schon in der Datenbank selbst. »zukunftsplan history verify« nennt sie.

operator-backup-failed-nothing = Es gibt noch nichts zu sichern: { $path } ist nicht da. Prüfen Sie DATA_FOLDER, und ob Sie im richtigen Ordner sind.
operator-backup-failed-empty = Es gibt noch nichts zu sichern: Die Datenbank ist leer. Prüfen Sie DATABASE_URL und DATA_FOLDER, und ob Sie im richtigen Ordner sind.
operator-backup-failed-exists = { $path } gibt es schon. Nennen Sie einen anderen Namen oder einen Ordner.
operator-backup-failed-space = In { $path } sind nur { $free } MB frei, für die Sicherung und ihre Probe braucht es { $needed } MB. Schaffen Sie Platz, oder nennen Sie in BACKUP_FOLDER einen anderen Ordner.
operator-backup-failed-write = Die Sicherung ließ sich in { $path } nicht schreiben ({ $error }). Prüfen Sie Platz und Schreibrecht.
operator-backup-failed-source = Die Datenbank ließ sich nicht lesen ({ $error }). Prüfen Sie Datenträger und Server; ist sie beschädigt, spielen Sie die letzte Sicherung zurück.
operator-backup-failed-damaged = Die Sicherung ließ sich nicht zurückspielen ({ $error }) und gilt deshalb nicht; sie liegt als { $file } da. Sichern Sie noch einmal; bleibt es dabei, prüfen Sie den Datenträger.
operator-backup-failed-program = Für PostgreSQL braucht es hier das Programm { $program }. Installieren Sie die Programme in der Fassung des Servers (Debian, Ubuntu: apt install postgresql-client).
operator-backup-failed-tool = { $program } ist gescheitert: { $error }. Ist es älter als der Server, installieren Sie die Programme in dessen Fassung.

operator-check-backup-tool = Für die nächtliche Sicherung von PostgreSQL fehlt hier das Programm { $program }.
operator-check-backup-tool-fix = Installieren Sie die Programme in der Fassung des Servers (Debian, Ubuntu: apt install postgresql-client). Sichert jemand anderes den Server, setzen Sie BACKUP_KEEP_DAYS=0.

operator-restore-no-backup = { $file } ist keine Sicherung des Assistenten.
operator-restore-unreadable = { $file } lässt sich nicht lesen ({ $error }). Nennen Sie die Datei der Sicherung.
operator-restore-other-system = { $file } gehört zu einem anderen Datenbanksystem als DATABASE_URL: Eine Datei auf .db ist von SQLite, eine auf .dump von PostgreSQL.
operator-restore-damaged = Die Sicherung { $file } ist beschädigt ({ $error }). Nehmen Sie eine andere; geändert wurde nichts.
operator-restore-in-use = Mit der Datenbank ist noch jemand anderes verbunden ({ $count ->
        [one] eine Verbindung
       *[other] { $count } Verbindungen
    }). Halten Sie zuerst alle Assistenten an.
operator-restore-space = In { $path } sind nur { $free } MB frei, zum Zurückspielen braucht es { $needed } MB. Schaffen Sie Platz; geändert wurde nichts.
operator-restore-holds = Die Sicherung ist heil. Sie reicht bis { $newest } ({ $deeds ->
        [one] ein Eintrag
       *[other] { $deeds } Einträge
    } im Verlauf).
operator-restore-only-read = Die Sicherung ließ sich bis zum Ende lesen. Zur Probe zurückspielen darf der Benutzer der Datenbank sie nicht (CREATEDB).
operator-restore-nothing-there = Eine Datenbank ist hier nicht da oder nicht lesbar.
operator-restore-lost = Die jetzige Datenbank reicht bis { $newest }; { $count ->
        [0] sie hat nicht mehr Einträge.
        [one] ein Eintrag geht verloren.
       *[other] { $count } Einträge gehen verloren.
    }
operator-ask-choices = j/N
operator-restore-ask = Jetzt zurückspielen?
operator-restore-done = Zurückgespielt ist der Stand vom { $newest }.
operator-restore-kept = Was vorher da war, heißt jetzt { $name }. Löschen Sie es, sobald Sie es nicht mehr brauchen.
operator-restore-upgraded = Von Stand { $version } auf { $head } gehoben.
operator-restore-forgotten = { $count ->
        [0] Niemand war seit der Sicherung zu löschen.
        [one] Eine Person, die seit der Sicherung gelöscht wurde, ist wieder gelöscht.
       *[other] { $count } Personen, die seit der Sicherung gelöscht wurden, sind wieder gelöscht.
    }
operator-restore-held = { $count ->
        [0] Keine Nachricht wartete auf den Versand.
        [one] Eine Nachricht wartete auf den Versand und ist wohl schon hinausgegangen. Sie wird zurückgehalten: »zukunftsplan queue list« zeigt sie.
       *[other] { $count } Nachrichten warteten auf den Versand und sind wohl schon hinausgegangen. Sie werden zurückgehalten: »zukunftsplan queue list« zeigt sie.
    }
operator-restore-stopped = Der Versand ist angehalten, damit nichts zweimal hinausgeht, was seit der Sicherung fällig war. Starten Sie den Assistenten, sehen Sie »zukunftsplan queue list« durch, und geben Sie den Versand mit »zukunftsplan sending start« frei.
operator-restore-letters = Briefe seit { $since }: Verschieben Sie sie im Postfach aus »{ $done }«, »{ $office }« und »{ $unreadable }« zurück in den Posteingang, dann werden sie noch einmal bearbeitet.
operator-restore-telegram = Was seit { $since } in Telegram gesagt wurde, kommt nicht wieder. Sagen Sie den Mitgliedern Bescheid.
operator-check-database-half-restored = Ein Zurückspielen wurde mittendrin abgebrochen.
operator-check-database-half-restored-fix = Spielen Sie die Sicherung noch einmal zurück.
operator-restore-failed = Das Zurückspielen ist misslungen ({ $error }). »zukunftsplan check« zeigt, wie die Datenbank dasteht. Beheben Sie die Ursache, zum Beispiel zu wenig Platz, und spielen Sie noch einmal zurück; gelöscht ist nichts.
operator-database-half-restored = Ein Zurückspielen wurde mittendrin abgebrochen. Spielen Sie die Sicherung noch einmal zurück.

operator-upgrade-ready = Die Datenbank ist schon auf Stand { $head }; es war nichts zu tun.
operator-upgrade-created = Es war noch keine Datenbank da; eine leere auf Stand { $head } ist angelegt.
operator-upgrade-upgraded = Die Datenbank ist von Stand { $version } auf { $head } gehoben.
operator-upgrade-failed = Die Datenbank ließ sich nicht von Stand { $version } heben ({ $error }) und ist, wie sie war. Starten Sie wieder die alte Programmversion, und melden Sie den Fehler. Die Sicherung von eben: { $backup }
operator-upgrade-failed-bare = Die Datenbank ließ sich nicht von Stand { $version } heben ({ $error }) und ist, wie sie war. Starten Sie wieder die alte Programmversion, und melden Sie den Fehler.

history-what-restore = Sicherung zurückgespielt
