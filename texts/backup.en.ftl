### For the operator: backup, restore, upgrade

operator-help-backup = Backs up the database while the assistant runs, and restores the backup on trial.
operator-help-restore = Restores a backup. The assistant must be stopped for it.
operator-help-upgrade = Backs up, brings the database to this program's version, and checks everything.
operator-help-argument-backup-target = File or folder; without it BACKUP_FOLDER
operator-help-argument-backup-file = The backup
operator-help-option-restore-yes = Restore without asking

operator-backup-done = Backed up: { $file } ({ $megabytes } MB)
operator-backup-holds = In it: { $rows } rows, { $deeds ->
        [one] one entry
       *[other] { $deeds } entries
    } in the history, the newest of { $newest }.
operator-backup-tried = Restored on trial: everything is there, and the seals of the history hold.
operator-backup-read = Only read to its end, not restored on trial: the database user may not create another database (CREATEDB). That shows less; grant the right, or rehearse restoring on another computer.
operator-backup-history = In the history { $count ->
        [one] one place is
       *[other] { $count } places are
    } wrong, in the database itself already. “zukunftsplan history verify” names them.

operator-backup-failed-nothing = There is nothing to back up yet: { $path } is not there. Check DATA_FOLDER, and whether you are in the right folder.
operator-backup-failed-empty = There is nothing to back up yet: the database is empty. Check DATABASE_URL and DATA_FOLDER, and whether you are in the right folder.
operator-backup-failed-exists = { $path } is there already. Name another file, or a folder.
operator-backup-failed-space = Only { $free } MB are free in { $path }; the backup and its trial need { $needed } MB. Make room, or name another folder in BACKUP_FOLDER.
operator-backup-failed-write = The backup could not be written in { $path } ({ $error }). Check space and permissions.
operator-backup-failed-source = The database could not be read ({ $error }). Check disk and server; if it is damaged, restore the last backup.
operator-backup-failed-damaged = The backup could not be restored ({ $error }) and therefore does not count; it is kept as { $file }. Back up again; if it stays like this, check the disk.
operator-backup-failed-program = PostgreSQL needs the program { $program } here. Install the programs in the server’s version (Debian, Ubuntu: apt install postgresql-client).
operator-backup-failed-tool = { $program } failed: { $error }. If it is older than the server, install the programs in the server’s version.

operator-check-backup-tool = The nightly backup of PostgreSQL lacks the program { $program } here.
operator-check-backup-tool-fix = Install the programs in the server’s version (Debian, Ubuntu: apt install postgresql-client). If somebody else backs up the server, set BACKUP_KEEP_DAYS=0.

operator-restore-no-backup = { $file } is no backup of the assistant.
operator-restore-unreadable = { $file } cannot be read ({ $error }). Name the file of the backup.
operator-restore-other-system = { $file } belongs to another database system than DATABASE_URL: a file ending in .db is SQLite’s, one ending in .dump PostgreSQL’s.
operator-restore-damaged = The backup { $file } is damaged ({ $error }). Take another one; nothing was changed.
operator-restore-in-use = Somebody else is still connected to the database ({ $count ->
        [one] one connection
       *[other] { $count } connections
    }). Stop all assistants first.
operator-restore-space = Only { $free } MB are free in { $path }; restoring needs { $needed } MB. Make room; nothing was changed.
operator-restore-holds = The backup is sound. It reaches to { $newest } ({ $deeds ->
        [one] one entry
       *[other] { $deeds } entries
    } in the history).
operator-restore-only-read = The backup could be read to its end. The database user may not restore it on trial (CREATEDB).
operator-restore-nothing-there = There is no database here, or it cannot be read.
operator-restore-lost = The present database reaches to { $newest }; { $count ->
        [0] it has no more entries.
        [one] one entry will be lost.
       *[other] { $count } entries will be lost.
    }
operator-ask-choices = y/N
operator-restore-ask = Restore now?
operator-restore-done = Restored as it stood on { $newest }.
operator-restore-kept = What was there before is now called { $name }. Delete it as soon as you no longer need it.
operator-restore-upgraded = Brought from version { $version } to { $head }.
operator-restore-forgotten = { $count ->
        [0] Nobody had to be erased since the backup.
        [one] One person who was erased since the backup is erased again.
       *[other] { $count } people who were erased since the backup are erased again.
    }
operator-restore-held = { $count ->
        [0] No message was waiting to be sent.
        [one] One message was waiting to be sent and has probably gone out. It is held back: “zukunftsplan queue list” shows it.
       *[other] { $count } messages were waiting to be sent and have probably gone out. They are held back: “zukunftsplan queue list” shows them.
    }
operator-restore-stopped = Sending is stopped, so that nothing that has been due since the backup goes out twice. Start the assistant, look through “zukunftsplan queue list”, and release sending with “zukunftsplan sending start”.
operator-restore-letters = Letters since { $since }: move them in the mailbox from “{ $done }”, “{ $office }” and “{ $unreadable }” back to the inbox, and they are dealt with again.
operator-restore-telegram = What was said in Telegram since { $since } does not come back. Tell the members.
operator-check-database-half-restored = A restoring was cut off half-way.
operator-check-database-half-restored-fix = Restore the backup once more.
operator-restore-failed = Restoring failed ({ $error }). “zukunftsplan check” shows how the database stands. Put the cause right, such as a full disk, and restore again; nothing was deleted.
operator-database-half-restored = A restoring was cut off half-way. Restore the backup once more.

operator-upgrade-ready = The database is at version { $head } already; there was nothing to do.
operator-upgrade-created = There was no database yet; an empty one at version { $head } was made.
operator-upgrade-upgraded = The database was brought from version { $version } to { $head }.
operator-upgrade-failed = The database could not be brought up from version { $version } ({ $error }) and is as it was. Start the old program again, and report the error. The backup made just now: { $backup }
operator-upgrade-failed-bare = The database could not be brought up from version { $version } ({ $error }) and is as it was. Start the old program again, and report the error.

history-what-restore = Backup restored
