### What is kept for how long: the table, the nightly run, notes on food and access

retention-days = { $count ->
    [0] at once
    [7] 7 days
    [365] 1 year
    [1095] 3 years
   *[other] { $count } days
}

retention-span = { $days } after { $since }
retention-since-meeting = the meeting
retention-since-made = it was made
retention-since-received = arrival
retention-since-sent = sending
retention-since-decided = the decision
retention-since-answered = the answer
retention-since-expired = expiry
retention-since-used = the last use
retention-since-left = leaving
retention-since-erased = the erasure

retention-fate-blank = is blanked
retention-fate-delete = is deleted
retention-fate-erase = is erased as with LÖSCHEN
retention-fate-stay = stays

retention-what-needs = Notes on food and access (HINWEIS)
retention-why-needs = Health data, with consent (Art. 9(2)(a) GDPR). Nobody needs them after the meeting; two weeks are for questions and the bill.
retention-what-needs-letters = Letters and messages that held such a note
retention-why-needs-letters = As the notes themselves, which would otherwise stand longer in the original.
retention-what-needs-asked = Questions of the assistant that repeat such a note, and lists with notes that could not be sent
retention-why-needs-asked = As the notes themselves.
retention-what-inbox = Letters and messages received, in the original
retention-why-inbox = So that it can be cleared up in the weeks after a report what exactly was written (Art. 6(1)(e) GDPR). After that only the number and a checksum stay, by which the assistant knows the same letter again.
retention-what-quarantine = Letters on which the assistant failed
retention-why-quarantine = One month to find the fault (Art. 32 GDPR).
retention-what-outbox = Letters sent, failed and dropped: words and address
retention-why-outbox = For questions and returns (Art. 6(1)(e) GDPR). What still places an answer stays for 60 days; the key against sending twice stays, without the address.
retention-what-replies = How an answer is recognised, and what its buttons mean
retention-why-replies = So long may an answer take; to an invitation, until the meeting begins.
retention-what-unproved = Requests to join that nobody confirmed
retention-why-unproved = Without confirmation there is no consent. Seven days to answer the letter.
retention-what-waiting = Requests to join that were not decided
retention-why-waiting = Half a year for the decision; after that probably nobody wants it any more.
retention-what-declined = Declined requests to join
retention-why-declined = One month for questions.
retention-what-admitted = Approved requests to join: name, company, address
retention-why-admitted = The member is registered now; the request only serves to clear things up.
retention-what-cases = Answered questions to the office
retention-why-cases = As the letters they come from.
retention-what-cases-open = Questions that were never answered through the assistant
retention-why-cases-open = One year, in case the office still wants to answer.
retention-what-keyboards = Buttons under messages in Telegram
retention-why-keyboards = They are good for 60 days; after that they do nothing.
retention-what-talks = What a chat was last about
retention-why-talks = One hour, to place the next words.
retention-what-uploads = Spreadsheets sent in
retention-why-uploads = To retrace an import. It is taken back with the history, not with the file.
retention-what-spreadsheets = Spreadsheets made (exports, the workbook of the dossier)
retention-why-spreadsheets = They may list people and can be made anew at any time.
retention-what-papers = Papers made (dossiers, pictures of the plan)
retention-why-papers = So that they are not set anew for every letter. What is still to be sent, and pictures of polls, stay.
retention-what-bounces = Returned letters
retention-why-bounces = They are counted over 30 days; after that they only help to find faults.
retention-what-former = Former members
retention-why-former = One year, in case somebody comes back or has questions about the hand-over. Decisions and reports stay without names (Art. 17(3)(b) and (d) GDPR).
retention-what-asked = Settled requests about personal data: address and words
retention-why-asked = To prove that they were answered in time (Art. 5(2) GDPR; limitation under section 31 OWiG).
retention-what-mailbox = Letters in the mailbox's folders (done, open)
retention-why-mailbox = As the originals in the database. Setting MAIL_KEEP_DAYS; 0 means never.
retention-what-mailbox-unreadable = Letters in the folder for what cannot be read
retention-why-mailbox-unreadable = As the letters on which the assistant failed. With MAIL_KEEP_DAYS=0: never.
retention-what-erasures = List of erasures beside the database and the backups: moment, number, hashes
retention-why-erasures = So that a restored backup brings nobody back (Art. 17, Art. 32(1) GDPR). By the month, and so for one month longer at most.
retention-what-members = Members, addresses, responsibilities
retention-why-members = As long as somebody is with us (Art. 6(1)(a) or (e) GDPR).
retention-what-consents = Consents given and taken back
retention-why-consents = As proof (Art. 7(1) GDPR); when the person is erased, they stay without the name (Art. 17(3)(e) GDPR).
retention-what-history = History: who changed what and when; reports, decisions, minutes
retention-why-history = The alliance's results are public and must stay traceable (Art. 6(1)(e), Art. 89 GDPR). When a person is erased, their lines are blacked out, not removed.

## zukunftsplan retention

operator-help-retention = Shows what is kept for how long and what is due now; with --now it is deleted at once.
operator-help-option-now = Delete at once instead of tonight at 3:15
operator-help-option-last = Show only what the last run deleted
operator-retention-title = Retention
operator-retention-column-what = What
operator-retention-column-span = How long
operator-retention-column-fate = Then
operator-retention-column-count = Due
operator-retention-column-oldest = Oldest
operator-retention-dry = This is only a preview. Deletion takes place every night at 3:15, with --now at once.
operator-retention-done = { $count ->
    [0] Nothing was due.
    [1] One row deleted or blanked.
   *[other] { $count } rows deleted or blanked.
}
operator-retention-failed = Not done: { $rules }. The next run tries again; more is in the log.
operator-retention-never = There has been no run yet.
operator-retention-last = Last run: { $when }
operator-retention-letters = { $count ->
    [1] Last in the mailbox, one letter deleted: { $when }
   *[other] Last in the mailbox, { $count } letters deleted: { $when }
}

## In the history

history-what-retention = Retention: nightly run
history-what-forget = Retention: time is over
history-what-forget-letters = Retention: letters in the mailbox
