### Running it: what waits, what was set aside, when a channel fails, and how everything stands

# --- Who cannot be reached

office-outstanding-unreachable = cannot be reached on any channel at present

# --- A channel rests, and works again

all-way-smtp = Outgoing mail
all-way-imap = Incoming mail
all-way-telegram = Telegram
all-way-backup = Backup

all-trouble-login = The mail server refuses the login; most often a password has expired.
all-trouble-tls = The mail server's certificate has expired or is unknown.
all-trouble-unreachable = The server cannot be reached.
all-trouble-throttled = There are too many requests for the mail server; it asks us to wait.
all-trouble-disabled = The provider has switched off this access to the mailbox.
all-trouble-sender = The mail server will not take our sender address.
all-trouble-stuck = The server takes no message at present.
all-trouble-error = The reason is unclear; the log says more.
all-trouble-conflict = A second program uses the same bot.
all-trouble-token = Telegram refuses the access token.
all-trouble-failed-damaged = The last backup could not be restored and is therefore worth nothing.
all-trouble-failed-space = There was too little room for the last backup.
all-trouble-failed-write = The last backup could not be written.
all-trouble-failed-source = The database could not be read for the last backup.
all-trouble-failed-program = A program that backups need is missing.
all-trouble-failed-tool = The program that backs up the database has failed.
all-trouble-overdue = There is none younger than three days.
all-trouble-never = There is none at all yet.

office-outage-title-smtp = Outgoing mail is at rest
office-outage-title-imap = Incoming mail is at rest
office-outage-title-telegram = Telegram is at rest
office-outage-title-backup = There is no usable backup
office-outage-line-smtp = Outgoing mail has been at rest since { $since }: { $reason }
office-outage-line-imap = Incoming mail has been at rest since { $since }: { $reason }
office-outage-line-telegram = Telegram has been at rest since { $since }: { $reason }
office-outage-line-backup = The backup has been in trouble since { $since }: { $reason }
office-outage-waits-smtp =
    { $count ->
        [0] No letter waits yet.
        [one] One letter waits. It goes out by itself as soon as sending works again.
       *[other] { $count } letters wait. They go out by themselves as soon as sending works again.
    }
office-outage-waits-imap = What is written to the assistant stays unread in the mailbox. As soon as it works again, everything is read and answered.
office-outage-waits-telegram =
    { $count ->
        [0] What is written in Telegram is kept by Telegram for 24 hours.
        [one] One message waits and goes out by itself. What is written in Telegram is kept by Telegram for 24 hours.
       *[other] { $count } messages wait and go out by themselves. What is written in Telegram is kept by Telegram for 24 hours.
    }
office-outage-waits-backup = If the computer broke now, everything since the last usable backup would be lost.
office-outage-others =
    { $count ->
        [one] { $ways } goes on working.
       *[other] { $ways } go on working.
    }
office-outage-others-none = No other channel works at present either.
office-outage-ask = Please tell your IT. The command "zukunftsplan check" names the remedy there.
office-back-title-smtp = Outgoing mail works again
office-back-title-imap = Incoming mail works again
office-back-title-telegram = Telegram works again
office-back-title-backup = There is a usable backup again
office-back-line-smtp = Outgoing mail has been working again since { $now }; it was at rest since { $since }.
office-back-line-imap = Incoming mail has been working again since { $now }; it was at rest since { $since }.
office-back-line-telegram = Telegram has been working again since { $now }; it was at rest since { $since }.
office-back-line-backup = The backup has been in order again since { $now }; it was in trouble since { $since }.
office-back-count-smtp =
    { $sent ->
        [0] None has gone out meanwhile
        [one] One letter has gone out meanwhile
       *[other] { $sent } letters have gone out meanwhile
    }, { $waiting ->
        [0] none is waiting any more.
        [one] one is still on its way.
       *[other] { $waiting } are still on their way.
    }
office-back-none = There was nothing to catch up on.
office-back-count-imap = What lay in the mailbox meanwhile is now read and answered in turn.
office-back-count-telegram =
    { $sent ->
        [0] None has gone out meanwhile
        [one] One message has gone out meanwhile
       *[other] { $sent } messages have gone out meanwhile
    }, { $waiting ->
        [0] none is waiting any more.
        [one] one is still on its way.
       *[other] { $waiting } are still on their way.
    }
office-back-gap-telegram = If Telegram was gone for more than 24 hours, what nobody fetched there for so long may be lost.
office-back-count-backup = There is nothing you need to do.

office-crashed-title = One message has been set aside
office-crashed-line = The program has failed three times while sending message number { $row }. It has been set aside, everything else goes on.
office-crashed-ask = Please tell your IT: "zukunftsplan queue list" shows it, "zukunftsplan queue retry { $row }" tries once more.

# --- How it stands, in the office's weekly digest

office-health-good = All is well: nothing has waited too long to be sent, everything that came in has been read, { $bounces }, { $backup }.
office-health-bad = Operation needs attention: { $wrong }. Otherwise: { $bounces }, { $backup }.
office-health-bounces =
    { $count ->
        [0] no letter came back in the last week
        [one] one letter came back in the last week
       *[other] { $count } letters came back in the last week
    }
office-health-backup = last backup { $when }
office-health-backup-none = no backup is on record
office-health-unsent = something has been waiting to be sent since { $since }
office-health-unread = something that came in has been unread since { $since }
office-health-held =
    { $count ->
        [one] one message is held back
       *[other] { $count } messages are held back
    }
office-health-quarantined =
    { $count ->
        [one] one input has been set aside
       *[other] { $count } inputs have been set aside
    }
office-health-outage = { $way } in trouble since { $since }

# --- Command line

operator-help-queue = What waits to be sent, is held back or has failed.
operator-help-queue-list = Shows everything that has not gone out, without names.
operator-help-queue-retry = Sends what waits, is held back or has failed, now.
operator-help-queue-hold = Holds back what waits until "queue retry" lets it go.
operator-help-quarantine = What came in and was set aside after repeated errors.
operator-help-quarantine-list = Shows everything that was set aside, without names.
operator-help-quarantine-release = Has what was set aside worked on once more; the running assistant does so within a minute.
operator-help-argument-rows = Numbers as "list" shows them
operator-help-option-show = Show the addresses as well
operator-help-option-all-stuck = Everything held back, and everything that did not go out at first
operator-help-option-all-quarantined = Everything that was set aside
operator-help-option-json = As JSON, for monitoring

operator-queue-title = Not gone out yet
operator-queue-empty = Nothing waits, and nothing is held back or has failed.
operator-queue-column-id = No.
operator-queue-column-channel = channel
operator-queue-column-kind = kind
operator-queue-column-state = state
operator-queue-column-due = due
operator-queue-column-tries = tries
operator-queue-column-error = last error
operator-queue-column-to = to
operator-queue-state-queued = waits
operator-queue-state-in-flight = on its way
operator-queue-state-held = held back
operator-queue-state-failed = failed
operator-queue-count =
    { $count ->
        [one] One row.
       *[other] { $count } rows.
    }
operator-queue-retried =
    { $count ->
        [0] There is nothing to try again.
        [one] One message goes out now.
       *[other] { $count } messages go out now.
    }
operator-queue-held =
    { $count ->
        [one] One message is held back until "queue retry" lets it go.
       *[other] { $count } messages are held back until "queue retry" lets them go.
    }
operator-queue-stopped = All sending has been stopped since { $since }. Nothing goes out before "zukunftsplan sending start".
operator-queue-none-named = Please name numbers as "list" shows them, or write --all.
operator-queue-unknown = There is no number { $id }. Nothing was changed; "list" shows the numbers.
operator-queue-sent = Number { $id } has gone out already. Nothing was changed.
operator-queue-dropped = Number { $id } was dropped because there is no occasion for it any more. Nothing was changed.
operator-queue-in-flight = Number { $id } is on its way right now. Nothing was changed; please try again in a few minutes.
operator-queue-expired = Number { $id } has expired and would be pointless now. Nothing was changed.
operator-queue-emptied = Number { $id } has no content or no address any more. Nothing was changed.
operator-queue-failed = Number { $id } has failed already and does not go out by itself. Nothing was changed.
operator-queue-not-quarantined = Number { $id } has not been set aside. Nothing was changed; "list" shows what has.

operator-quarantine-title = Set aside
operator-quarantine-empty = Nothing has been set aside.
operator-quarantine-column-id = No.
operator-quarantine-column-channel = channel
operator-quarantine-column-when = came in
operator-quarantine-column-why = reason
operator-quarantine-released =
    { $count ->
        [0] Nothing has been set aside.
        [one] One input is worked on once more, within a minute or after the next start.
       *[other] { $count } inputs are worked on once more, within a minute or after the next start.
    }

# --- Check

operator-check-sending = Sending
operator-check-sending-good = Nothing waits longer than usual.
operator-check-sending-late = Something has been waiting to be sent since { $since } ({ $count } in all).
operator-check-sending-late-fix = "zukunftsplan queue list" names the errors. What of it is the server's fault is said here beside outgoing mail or Telegram.
operator-check-sending-stopped = All sending has been stopped since { $since }.
operator-check-sending-stopped-fix = "zukunftsplan sending start" starts it again.
operator-check-sending-held =
    { $count ->
        [one] One message is held back.
       *[other] { $count } messages are held back.
    }
operator-check-sending-held-fix = "zukunftsplan queue list" shows them, "zukunftsplan queue retry" sends them.
operator-check-reading = What came in
operator-check-reading-good = all worked on
operator-check-reading-late = Something has been unread since { $since }.
operator-check-reading-late-fix = Is the assistant running (systemctl status zukunftsplan)? If so, its log says why.
operator-check-reading-quarantined =
    { $count ->
        [one] One input has been set aside.
       *[other] { $count } inputs have been set aside.
    }
operator-check-reading-quarantined-fix = "zukunftsplan quarantine list" shows them. After an update have them worked on once more with "zukunftsplan quarantine release"; if that does not help, please report the error.
operator-check-backup = Backup
operator-check-backup-good = last one { $when }
operator-check-backup-none = none on record yet
operator-check-backup-old = The last usable backup is from { $when }.
operator-check-backup-old-fix = "zukunftsplan backup" makes one and says what is missing.
operator-check-backup-failed = The backup from { $when } failed.
operator-check-backup-failed-fix = "zukunftsplan backup" makes a new one and says what is missing.
operator-check-outage = { $way } in trouble since { $since }: { $reason }
operator-check-outage-fix = Mend what is said here beside this channel; it then goes on by itself.
