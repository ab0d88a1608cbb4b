# The history: who changed what, when and through which door, and whether it is untouched

history-title = History: { $measure }
history-none = Nothing has been recorded about this yet.
history-more = These are the newest { $shown } of { $count } entries. The table that comes with this has all of them.
history-file = History-{ $name }-{ $day }.csv
history-sheet = History
history-heading-number = No.
history-heading-at = When
history-heading-who = Who
history-heading-door = Door
history-heading-what = What
history-heading-source = Source
history-heading-change = Change
history-line = { $at } · { $who } · { $door } · { $what }
history-line-changes = { $at } · { $who } · { $door } · { $what }: { $changes }
history-new = { $row } new: { $parts }
history-gone = { $row } gone: { $parts }
history-changed = { $row }: { $parts }
history-forgotten = { $row }: contents erased
history-part = { $column } { $before } → { $after }
history-only = { $column } { $value }
history-empty = –
history-yes = yes
history-no = no
history-actor-operator = Operator
history-actor-assistant = Assistant
history-actor-nobody = unknown
history-actor-unknown = not a member yet
history-door-mail = mail
history-door-telegram = Telegram
history-door-console = command line
history-door-clock = by itself
history-door-unknown = unknown
history-door-assistant = assistant
history-head = State of the history: { $head }. Whoever keeps this can show later that nothing has been altered since.

## What was done

history-what-accept-lead = Lead taken
history-what-decline-lead = Lead declined
history-what-propose-role = Role proposed
history-what-decline-role = Proposed role declined
history-what-decide-role = Role decided
history-what-decide-company = Change of company decided
history-what-rectify = Correction asked for
history-what-register-person = Person enrolled
history-what-greet = Greeting
history-what-decide = Admission decided
history-what-answer-person = Question answered
history-what-answer-lead = Lead answered
history-what-keep-idea = Idea kept
history-what-send-deputy = Deputy for the meeting
history-what-apply-import = Import
history-what-report-progress = Progress report
history-what-amend-measure = Plan amended
history-what-assign-measure = Assigned
history-what-add-evidence = Evidence
history-what-share-idea = Idea
history-what-share-offer = Offer or need
history-what-set-plan-state = Step of the plan
history-what-switch-sending = Sending stopped or released
history-what-follow-plan = Follow
history-what-show-my-data = Access
history-what-show-personal-requests = Requests looked at
history-what-add-address = Address added
history-what-add-measure = Measure added
history-what-agree-telegram = Agreed to Telegram
history-what-amend = Plan amended
history-what-answer = Question answered
history-what-answer-deputy = Deputy answered
history-what-answer-match = Match answered
history-what-answer-personal = Request about own data answered
history-what-answer-personal-request = Request about own data answered
history-what-approve = Admitted
history-what-ask-contact = Asked for contact
history-what-assign = Assigned
history-what-attend = Answer to the invitation
history-what-away = Away by auto-reply
history-what-cancel-meeting = Meeting cancelled
history-what-change-meeting = Meeting changed
history-what-close-offer = Offer or need closed
history-what-close-poll = Poll closed
history-what-confirm = Address confirmed
history-what-correct-person = Data of a person corrected
history-what-decide-idea = Idea decided
history-what-decline = Admission declined
history-what-digest = Digest
history-what-distrust = Letter laid aside
history-what-drop-address = Address removed
history-what-end-deputy = Deputy ended
history-what-enrol = Person enrolled
history-what-erase = Person erased
history-what-evidence = Evidence
history-what-export = Export
history-what-follow = Follow
history-what-hand-over = Measure handed over
history-what-heard = Received
history-what-idea = Idea
history-what-import = Import
history-what-invite = Invited
history-what-join = Wants to join
history-what-keep-minutes = Minutes kept
history-what-leave = Left
history-what-link-telegram = Telegram linked
history-what-name-company = Company named
history-what-name-deputy = Deputy named
history-what-name-minute-taker = Minute taker
history-what-offer = Offer or need
history-what-open-poll = Poll opened
history-what-other = Change
history-what-pause = Pause
history-what-place-idea = Idea placed
history-what-plan-meeting = Meeting planned
history-what-plan-state = Step of the plan
history-what-preview-digest = Preview of the digest
history-what-record-decisions = Decisions
history-what-record-minutes = Minutes
history-what-redact = Contents erased
history-what-register-company = Company registered
history-what-release-digest = Digest released
history-what-report = Progress report
history-what-restore-triggers = Recording was switched off, set up again
history-what-resume = Pause ended
history-what-returned = Letter returned
history-what-send-correction = Minutes corrected
history-what-set-agenda = Agenda
history-what-set-digest = Rhythm of the digest
history-what-set-role = Role changed
history-what-speak = Language
history-what-start-sending = Sending released
history-what-step = Step of the timetable
history-what-stop-sending = Sending stopped
history-what-stray = Changed past the assistant
history-what-tidy = Tidied up
history-what-trust = Letter vouched for
history-what-unclear = Question to the office
history-what-undelivered = Undeliverable
history-what-undo = Taken back
history-what-unlink-telegram = Telegram unlinked
history-what-vote = Voted

## On what

history-table-companies = Company
history-table-persons = Person
history-table-addresses = Address
history-table-fields = Field
history-table-goals = Goal
history-table-measures = Measure
history-table-assignments = Assignment
history-table-reports = Report
history-table-meetings = Meeting
history-table-attendances = Attendance
history-table-plan-versions = State of the plan
history-table-amendments = Amendment
history-table-decisions = Decision
history-table-lead-offers = Offered lead
history-table-ideas = Idea
history-table-offers = Offer or need
history-table-matches = Match
history-table-polls = Poll
history-table-poll-options = Option
history-table-requests = Request to join
history-table-cases = Question
history-table-consents = Consent
history-table-personal-requests = Request about own data
history-table-role-proposals = Proposed role
history-table-deputyships = Deputy
history-table-company-changes = Change of company
history-table-switches = Switch

history-column-accepted = accepted
history-column-after = after
history-column-agenda = agenda
history-column-agreed = agreed
history-column-amendment-id = amendment
history-column-answer = answer
history-column-answered-at = answered
history-column-answered-by = answered by
history-column-at = on
history-column-before = before
history-column-begins = begins
history-column-by-id = by
history-column-cancel-reason = reason for cancelling
history-column-cancelled-at = cancelled
history-column-channel = channel
history-column-claimed-id = claims to be
history-column-closed-at = closed
history-column-closes-at = closes
history-column-company-id = company
history-column-dead = undeliverable
history-column-decided-at = decided
history-column-decided-by = decided by
history-column-decision-id = decision
history-column-deputy = deputy
history-column-deputy-id = deputy
history-column-digest = digest
history-column-door = door
history-column-due = due
history-column-due-at = due
history-column-email = e-mail
history-column-ended-at = ended
history-column-ends-at = ends
history-column-erased-at = erased
history-column-evidence = evidence
history-column-expected = expected
history-column-field = field
history-column-field-id = field
history-column-from-id = from
history-column-frozen-at = freeze
history-column-given = given
history-column-goal-id = goal
history-column-group-name = group of fields
history-column-help-wanted = help wanted
history-column-initiative = initiative
history-column-into-id = merged into idea
history-column-invited-at = invited
history-column-joined-at = member since
history-column-kind = kind
history-column-language = language
history-column-lead = lead
history-column-left-at = left
history-column-link = link
history-column-made-at = made
history-column-measure-id = measure
history-column-meeting-id = meeting
history-column-milestones = milestones
history-column-minute-taker-id = minute taker
history-column-minutes = minutes
history-column-minutes-at = minutes sent
history-column-name = name
history-column-note = note
history-column-number = number
history-column-offer-id = offer
history-column-opened-at = opened
history-column-other-agreed = other side agreed
history-column-other-offer-id = need
history-column-other-person-id = other side
history-column-outcome = outcome
history-column-parent-id = strategic goal
history-column-paused-until = paused until
history-column-percent = progress
history-column-person-id = person
history-column-phone = phone
history-column-place = place
history-column-planned-at = planned
history-column-points = points
history-column-poll-id = poll
history-column-proposed-by = proposed by
history-column-purpose = purpose
history-column-question = question
history-column-reason = reason
history-column-registration-closed-at = registration closed
history-column-request-id = request
history-column-role = role
history-column-seeking = need
history-column-starts-at = begins
history-column-state = state
history-column-status = status
history-column-telegram-id = Telegram chat
history-column-text = text
history-column-title = title
history-column-unchanged = unchanged
history-column-undone-at = taken back
history-column-until = until
history-column-what = what
history-column-why = reason
history-column-withdrawn-at = withdrawn

## How often the digest comes

history-digest-monthly = monthly
history-digest-never = never
history-digest-weekly = weekly

## Checking

history-holds = { $count ->
    [0] Nothing is sealed yet.
    [1] The history is untouched: one entry checked.
   *[other] The history is untouched: { $count } entries checked.
}
history-broken = { $count ->
    [1] The history is wrong in one place:
   *[other] The history is wrong in { $count } places:
}
history-waiting = Not sealed yet: { $count }. That happens every minute while the assistant runs.
history-chain-head = Head of the chain: { $head }
history-keep-head = Please keep this line somewhere outside this computer. With --head and this line you can check later whether the chain is still the same.
history-wrong-altered = Entry { $deed } (position { $position }): its contents or changes are no longer those that were sealed.
history-wrong-chain = Position { $position }: the chain is torn here; the seal was altered.
history-wrong-missing = Position { $position }: at least one seal is missing here.
history-wrong-deed-missing = Entry { $deed } (position { $position }) was deleted.
history-wrong-slipped-in = Entry { $deed } has no seal, though later ones have: it was slipped in afterwards, or its seal was deleted.
history-wrong-no-deed = There are changes that belong to no entry.
history-wrong-redacted = Entry { $deed } (position { $position }) counts as erased, but no entry records an erasure.
history-wrong-restored = Position { $position }: an erasure was undone here.
history-wrong-head = Position { $position }: the chain is no longer the one whose head you kept.
history-wrong-head-missing = Position { $position }: the chain does not reach so far any more; something was cut off at its end.
history-bad-head = This is not the head of a chain: »{ $text }«. It looks like this: 120:3f9a… (at least 20 characters after the colon)
history-bad-file = The ending says what is written: .jsonl or .csv, not »{ $file }«.
history-exported = { $count ->
    [1] One entry written: { $file }
   *[other] { $count } entries written: { $file }
}
history-exported-raw = { $count ->
    [0] Nothing of what came in for them is left.
    [1] With one original of what came in: { $folder }
   *[other] With { $count } originals of what came in: { $folder }
}

## At the command line

operator-help-history = The history: who changed what, and whether it is untouched.
operator-help-history-show = Shows entries of the history, oldest first; without a choice the last 50.
operator-help-history-export = Writes the whole history to a file, as .jsonl (with seals) or .csv (for Excel).
operator-help-history-verify = Checks every seal and shows the head of the chain; ends with 1 if anything is wrong.
operator-help-argument-history-file = file that ends in .jsonl or .csv
operator-help-option-history-measure = only about this measure (number)
operator-help-option-history-person = only by or about this person (mail address)
operator-help-option-history-since = only from this day on (DD.MM.YYYY)
operator-help-option-history-raw = also the letters (.eml) and what came in by Telegram (.json) into this folder
operator-help-option-history-head = a head of the chain that was kept earlier (may be repeated)
