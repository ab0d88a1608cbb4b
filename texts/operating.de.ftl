### Der Betrieb: was wartet, was beiseitegelegt ist, wenn ein Weg ausfällt, und wie es um alles steht

# --- Wer nicht zu erreichen ist

office-outstanding-unreachable = zurzeit auf keinem Weg zu erreichen

# --- Ein Weg ruht, und geht wieder

all-way-smtp = Postversand
all-way-imap = Posteingang
all-way-telegram = Telegram
all-way-backup = Sicherung

all-trouble-login = Der Mailserver lehnt die Anmeldung ab, meist ist ein Kennwort abgelaufen.
all-trouble-tls = Das Zertifikat des Mailservers ist abgelaufen oder unbekannt.
all-trouble-unreachable = Der Server ist nicht zu erreichen.
all-trouble-throttled = Dem Mailserver sind es zu viele Anfragen; er bittet zu warten.
all-trouble-disabled = Der Anbieter hat diesen Zugang für das Postfach abgeschaltet.
all-trouble-sender = Der Mailserver will unsere Absenderadresse nicht annehmen.
all-trouble-stuck = Der Server nimmt zurzeit keine Nachricht an.
all-trouble-error = Der Grund ist unklar; das Protokoll sagt mehr.
all-trouble-conflict = Ein zweites Programm benutzt denselben Bot.
all-trouble-token = Telegram lehnt den Zugangsschlüssel ab.
all-trouble-failed-damaged = Die letzte Sicherung ließ sich nicht zurückspielen und taugt deshalb nichts.
all-trouble-failed-space = Für die letzte Sicherung war zu wenig Platz.
all-trouble-failed-write = Die letzte Sicherung ließ sich nicht schreiben.
all-trouble-failed-source = Bei der letzten Sicherung ließ sich die Datenbank nicht lesen.
all-trouble-failed-program = Für die Sicherung fehlt ein Programm.
all-trouble-failed-tool = Das Programm, das die Datenbank sichert, ist gescheitert.
all-trouble-overdue = Es gibt keine, die jünger als drei Tage ist.
all-trouble-never = Es gibt noch gar keine.

office-outage-title-smtp = Der Postversand ruht
office-outage-title-imap = Der Posteingang ruht
office-outage-title-telegram = Telegram ruht
office-outage-title-backup = Es fehlt eine brauchbare Sicherung
office-outage-line-smtp = Der Postversand ruht seit { $since }: { $reason }
office-outage-line-imap = Der Posteingang ruht seit { $since }: { $reason }
office-outage-line-telegram = Telegram ruht seit { $since }: { $reason }
office-outage-line-backup = Die Sicherung macht seit { $since } Sorgen: { $reason }
office-outage-waits-smtp =
    { $count ->
        [0] Es wartet noch kein Brief.
        [one] Ein Brief wartet. Er geht von selbst hinaus, sobald der Versand wieder geht.
       *[other] { $count } Briefe warten. Sie gehen von selbst hinaus, sobald der Versand wieder geht.
    }
office-outage-waits-imap = Was an den Assistenten geschrieben wird, bleibt ungelesen im Postfach. Sobald es wieder geht, wird alles gelesen und beantwortet.
office-outage-waits-telegram =
    { $count ->
        [0] Was in Telegram geschrieben wird, bewahrt Telegram 24 Stunden auf.
        [one] Eine Nachricht wartet und geht von selbst hinaus. Was in Telegram geschrieben wird, bewahrt Telegram 24 Stunden auf.
       *[other] { $count } Nachrichten warten und gehen von selbst hinaus. Was in Telegram geschrieben wird, bewahrt Telegram 24 Stunden auf.
    }
office-outage-waits-backup = Ginge jetzt der Rechner kaputt, wäre alles verloren, was seit der letzten brauchbaren Sicherung geschah.
office-outage-others =
    { $count ->
        [one] { $ways } geht weiter.
       *[other] { $ways } gehen weiter.
    }
office-outage-others-none = Auch sonst geht zurzeit kein Weg.
office-outage-ask = Bitte sagen Sie der IT Bescheid. Der Befehl »zukunftsplan check« nennt dort die Abhilfe.
office-back-title-smtp = Der Postversand geht wieder
office-back-title-imap = Der Posteingang geht wieder
office-back-title-telegram = Telegram geht wieder
office-back-title-backup = Es gibt wieder eine brauchbare Sicherung
office-back-line-smtp = Der Postversand geht seit { $now } wieder; er ruhte seit { $since }.
office-back-line-imap = Der Posteingang geht seit { $now } wieder; er ruhte seit { $since }.
office-back-line-telegram = Telegram geht seit { $now } wieder; es ruhte seit { $since }.
office-back-line-backup = Die Sicherung ist seit { $now } wieder in Ordnung; sie machte seit { $since } Sorgen.
office-back-count-smtp =
    { $sent ->
        [0] Nachgeholt ist noch nichts
        [one] Ein Brief ist schon nachgeholt
       *[other] { $sent } Briefe sind schon nachgeholt
    }, { $waiting ->
        [0] es wartet keiner mehr.
        [one] einer ist noch unterwegs.
       *[other] { $waiting } sind noch unterwegs.
    }
office-back-none = Es war nichts nachzuholen.
office-back-count-imap = Was inzwischen im Postfach lag, wird jetzt der Reihe nach gelesen und beantwortet.
office-back-count-telegram =
    { $sent ->
        [0] Nachgeholt ist noch nichts
        [one] Eine Nachricht ist schon nachgeholt
       *[other] { $sent } Nachrichten sind schon nachgeholt
    }, { $waiting ->
        [0] es wartet keine mehr.
        [one] eine ist noch unterwegs.
       *[other] { $waiting } sind noch unterwegs.
    }
office-back-gap-telegram = War Telegram länger als 24 Stunden fort, kann verloren sein, was dort so lange niemand abgeholt hat.
office-back-count-backup = Sie müssen nichts tun.

office-crashed-title = Eine Nachricht ist beiseitegelegt
office-crashed-line = An der Nachricht Nummer { $row } ist das Programm beim Verschicken dreimal gescheitert. Sie ist beiseitegelegt, alles andere geht weiter.
office-crashed-ask = Bitte sagen Sie der IT Bescheid: »zukunftsplan queue list« zeigt sie, »zukunftsplan queue retry { $row }« versucht es noch einmal.

# --- Wie es steht, im Wochenüberblick der Geschäftsstelle

office-health-good = Alles in Ordnung: Nichts wartet zu lange auf den Versand, alles Eingegangene ist gelesen, { $bounces }, { $backup }.
office-health-bad = Der Betrieb braucht Aufmerksamkeit: { $wrong }. Sonst: { $bounces }, { $backup }.
office-health-bounces =
    { $count ->
        [0] in der letzten Woche kam kein Brief zurück
        [one] in der letzten Woche kam ein Brief zurück
       *[other] in der letzten Woche kamen { $count } Briefe zurück
    }
office-health-backup = letzte Sicherung { $when }
office-health-backup-none = eine Sicherung ist nicht vermerkt
office-health-unsent = etwas wartet seit { $since } auf den Versand
office-health-unread = etwas Eingegangenes ist seit { $since } ungelesen
office-health-held =
    { $count ->
        [one] eine Nachricht ist zurückgehalten
       *[other] { $count } Nachrichten sind zurückgehalten
    }
office-health-quarantined =
    { $count ->
        [one] eine Eingabe ist beiseitegelegt
       *[other] { $count } Eingaben sind beiseitegelegt
    }
office-health-outage = { $way } gestört seit { $since }

# --- Kommandozeile

operator-help-queue = Was auf den Versand wartet, zurückgehalten oder gescheitert ist.
operator-help-queue-list = Zeigt alles, was noch nicht hinausging, ohne Namen.
operator-help-queue-retry = Schickt Wartendes, Zurückgehaltenes oder Gescheitertes jetzt hinaus.
operator-help-queue-hold = Hält Wartendes zurück, bis »queue retry« es freigibt.
operator-help-quarantine = Was hereinkam und wegen wiederholter Fehler beiseitegelegt ist.
operator-help-quarantine-list = Zeigt alles, was beiseitegelegt ist, ohne Namen.
operator-help-quarantine-release = Lässt Beiseitegelegtes noch einmal bearbeiten; der laufende Assistent tut es binnen einer Minute.
operator-help-argument-rows = Nummern, wie »list« sie zeigt
operator-help-option-show = Auch die Adressen zeigen
operator-help-option-all-stuck = Alles Zurückgehaltene und alles, was schon einmal nicht hinausging
operator-help-option-all-quarantined = Alles, was beiseitegelegt ist
operator-help-option-json = Als JSON, für die Überwachung

operator-queue-title = Noch nicht hinausgegangen
operator-queue-empty = Es wartet nichts, und nichts ist zurückgehalten oder gescheitert.
operator-queue-column-id = Nr.
operator-queue-column-channel = Weg
operator-queue-column-kind = Art
operator-queue-column-state = Stand
operator-queue-column-due = fällig
operator-queue-column-tries = Versuche
operator-queue-column-error = letzter Fehler
operator-queue-column-to = an
operator-queue-state-queued = wartet
operator-queue-state-in-flight = unterwegs
operator-queue-state-held = zurückgehalten
operator-queue-state-failed = gescheitert
operator-queue-count =
    { $count ->
        [one] Eine Zeile.
       *[other] { $count } Zeilen.
    }
operator-queue-retried =
    { $count ->
        [0] Es ist nichts da, was noch einmal zu versuchen wäre.
        [one] Eine Nachricht geht jetzt hinaus.
       *[other] { $count } Nachrichten gehen jetzt hinaus.
    }
operator-queue-held =
    { $count ->
        [one] Eine Nachricht ist zurückgehalten, bis »queue retry« sie freigibt.
       *[other] { $count } Nachrichten sind zurückgehalten, bis »queue retry« sie freigibt.
    }
operator-queue-stopped = Der Versand ist seit { $since } angehalten. Es geht erst hinaus, wenn »zukunftsplan sending start« ihn freigibt.
operator-queue-none-named = Bitte nennen Sie Nummern, wie »list« sie zeigt, oder schreiben Sie --all.
operator-queue-unknown = Die Nummer { $id } gibt es nicht. Geändert wurde nichts; »list« zeigt die Nummern.
operator-queue-sent = Nummer { $id } ist schon hinausgegangen. Geändert wurde nichts.
operator-queue-dropped = Nummer { $id } wurde verworfen, weil sich ihr Anlass erledigt hat. Geändert wurde nichts.
operator-queue-in-flight = Nummer { $id } ist gerade unterwegs. Geändert wurde nichts; bitte versuchen Sie es in einigen Minuten noch einmal.
operator-queue-expired = Nummer { $id } ist abgelaufen und jetzt sinnlos. Geändert wurde nichts.
operator-queue-emptied = Nummer { $id } hat keinen Inhalt oder keine Adresse mehr. Geändert wurde nichts.
operator-queue-failed = Nummer { $id } ist schon gescheitert und geht nicht von selbst hinaus. Geändert wurde nichts.
operator-queue-not-quarantined = Nummer { $id } ist nicht beiseitegelegt. Geändert wurde nichts; »list« zeigt, was es ist.

operator-quarantine-title = Beiseitegelegt
operator-quarantine-empty = Es ist nichts beiseitegelegt.
operator-quarantine-column-id = Nr.
operator-quarantine-column-channel = Weg
operator-quarantine-column-when = eingegangen
operator-quarantine-column-why = Grund
operator-quarantine-released =
    { $count ->
        [0] Es ist nichts beiseitegelegt.
        [one] Eine Eingabe wird noch einmal bearbeitet, binnen einer Minute oder nach dem nächsten Start.
       *[other] { $count } Eingaben werden noch einmal bearbeitet, binnen einer Minute oder nach dem nächsten Start.
    }

# --- Prüfen

operator-check-sending = Versand
operator-check-sending-good = Nichts wartet länger als üblich.
operator-check-sending-late = Etwas wartet seit { $since } auf den Versand ({ $count } insgesamt).
operator-check-sending-late-fix = »zukunftsplan queue list« nennt die Fehler. Was davon am Server liegt, steht hier beim Postausgang oder bei Telegram.
operator-check-sending-stopped = Der Versand ist seit { $since } angehalten.
operator-check-sending-stopped-fix = »zukunftsplan sending start« gibt ihn wieder frei.
operator-check-sending-held =
    { $count ->
        [one] Eine Nachricht ist zurückgehalten.
       *[other] { $count } Nachrichten sind zurückgehalten.
    }
operator-check-sending-held-fix = »zukunftsplan queue list« zeigt sie, »zukunftsplan queue retry« schickt sie hinaus.
operator-check-reading = Eingegangenes
operator-check-reading-good = alles bearbeitet
operator-check-reading-late = Etwas ist seit { $since } ungelesen.
operator-check-reading-late-fix = Läuft der Assistent (systemctl status zukunftsplan)? Läuft er, nennt sein Protokoll den Grund.
operator-check-reading-quarantined =
    { $count ->
        [one] Eine Eingabe ist beiseitegelegt.
       *[other] { $count } Eingaben sind beiseitegelegt.
    }
operator-check-reading-quarantined-fix = »zukunftsplan quarantine list« zeigt sie. Nach einem Update lassen Sie sie mit »zukunftsplan quarantine release« noch einmal bearbeiten; bleibt es dabei, melden Sie bitte den Fehler.
operator-check-backup = Sicherung
operator-check-backup-good = zuletzt { $when }
operator-check-backup-none = noch keine vermerkt
operator-check-backup-old = Die letzte brauchbare Sicherung ist von { $when }.
operator-check-backup-old-fix = »zukunftsplan backup« macht eine und sagt, woran es fehlt.
operator-check-backup-failed = Die Sicherung von { $when } misslang.
operator-check-backup-failed-fix = »zukunftsplan backup« macht eine neue und sagt, woran es fehlt.
operator-check-outage = { $way } gestört seit { $since }: { $reason }
operator-check-outage-fix = Beheben Sie, was hier bei diesem Weg steht; danach geht es von selbst weiter.
