### The rights of the person: access, rectification, erasure

## MEINEDATEN

member-privacy-data-title = Your data at { $house }
member-privacy-data-lines =
    This is what I hold about you (access under Art. 15 GDPR). Names and addresses of others are left out; where they stood, you see […].
    All of it, your messages word by word among it, is in the file enclosed, which another program can read, too (Art. 20 GDPR).
member-privacy-data-chat =
    Everything I hold about you is in the file: { $count } entries (Art. 15 and 20 GDPR). Names of others are left out.
    Would you rather read it as a letter? I will send it to you by e-mail.
    What the data are for and which rights you have: PRIVACY. Something is wrong: RECTIFY: … Everything should go: ERASE.
member-privacy-data-button = As a letter by e-mail
member-privacy-data-word = AS A LETTER
member-privacy-data-short = ({ $why } On erasure { $end })
member-privacy-data-more = – … and { $count } older entries, see the file
member-privacy-data-left-out = { $count } older entries did not fit into the file. The office will send them to you if you ask.
member-privacy-data-rights =
    On which basis: if you joined yourself, your consent (Art. 6(1)(a) GDPR); if the office entered you, the city's task of furthering local business (point (e)). Digest, Telegram, offers and needs: because you wanted it so. Notes on food and access: Art. 9(2)(a). The law asks for proof (point (c), Art. 5(2) and 7(1)) and for secure operation (Art. 32).
    Where the data come from: from you, or from the office if it entered you.
    Who gets them: the office of { $house }; the provider of the mailbox I use; Telegram only if you write there yourself. Other members see your company; your name only where somebody writes it, if you offer them a measure or ask them to stand in for you, and after your YES to a contact. Nothing is sold or used for advertising, and no program decides about you.
    How long: letters and messages { $letters }, what I sent you { $sent }, your entry until { $former } after you leave. Decisions and reports stay, but without your name.
    Your rights: access (MYDATA), rectification (RECTIFY: …), erasure (ERASE), restriction (RESTRICT), objection (OBJECT), portability (the file), and you may take back a consent at any time, for instance with DIGEST OFF or LEAVE (Art. 15 to 21 GDPR).
    You may also complain to the data protection authority of North Rhine-Westphalia (www.ldi.nrw.de). PRIVACY shows it all.

## BERICHTIGEN

member-privacy-rectify-ask-title = What should I correct?
member-privacy-rectify-ask-lines =
    Please add it, for instance “RECTIFY: Name: Erika Beispiel” or “RECTIFY: Phone: 02041 123456”.
    Anything else is fine too, in your own words. MYDATA shows what is held.
member-privacy-rectify-title = Your correction is with the office
member-privacy-rectify-lines =
    The office will look at it. You will get an answer within a month at the latest (Art. 16 and 12 GDPR).
    Until then everything stays as it is.
member-privacy-objection-title = Your objection is with the office
member-privacy-objection-lines =
    The office will look at it and answer you, within a month at the latest (Art. 21 and 12 GDPR).
    If you want no more letters from now on, LEAVE is enough. If everything should go, write ERASE.
member-privacy-restriction-title = Your wish is with the office
member-privacy-restriction-lines =
    You want your data to be kept only, and not used further for the time being. The office will look at it and answer you, within a month at the latest (Art. 18 and 12 GDPR).
    If you want no more letters from now on, LEAVE is enough.
member-privacy-corrected-title = Corrected
member-privacy-corrected-name = This is your name with us now: { $value }
member-privacy-corrected-phone = This is your phone number with us now: { $value }
member-privacy-corrected-wrong = Is that wrong? Then write RECTIFY: … and what is right.
member-privacy-done-title = Your request is settled
member-privacy-done-line = The office has done what you asked for.
member-privacy-refused-title = About your request
member-privacy-refused-line = The office cannot do what you asked for. The reason:
member-privacy-complain = You need not accept that: you may complain to the data protection authority of North Rhine-Westphalia (www.ldi.nrw.de) or go to court (Art. 12, 77 and 79 GDPR).

## LÖSCHEN

member-privacy-erase-title = Shall I erase everything about you?
member-privacy-erase-lines =
    This goes, at once and for good: your name, addresses, phone number and Telegram chat; your letters and messages to me and mine to you; your offers and needs, acceptances, open votes and settings. Your membership ends with it.
    This stays, but without your name: your progress reports, ideas, decisions and changes to the plan, because they are part of the plan. They carry “N. N.” and a number instead of your name. In minutes and in what others wrote I replace your full name in the same way. As proof it stays likewise when you consented to what.
    I cannot change letters that others have already got, Telegram (please delete the chat there yourself) and backups, which are overwritten in their time.
    The office hears your company and which measures become free, not your name.
member-privacy-erase-measures = These will have no lead: { $measures }.
member-privacy-erase-ask = This cannot be undone. If I shall erase it all, answer with YES. Otherwise just do nothing.
member-privacy-erase-button = Yes, erase everything
guest-privacy-erase-lines =
    What is kept under your address or in this chat goes, at once and for good: your messages to me, mine to you, and all that I noted about them.
    What is part of the plan, such as a decision, stays without your name.
    I cannot change Telegram (please delete the chat there yourself) and backups, which are overwritten in their time.
member-privacy-erased-title = Your data are erased
member-privacy-erased-lines =
    Everything I held about you is erased or no longer bears your name (Art. 17 GDPR). This is my last message; once it has arrived, I no longer know this address either.
    Backups of { $house } still hold your data until they are overwritten in their time. I delete the letters in the mailbox right after this.
    Would you like to take part again? Then we begin anew: JOIN.
refusal-erase-last-office = You are the only person of the office. If you went now, nobody could answer requests any more, not even those about privacy. Please let somebody else join the office first.

## Office

office-privacy-requests-title = { $count ->
    [0] No open requests
    [1] One open request
   *[other] { $count } open requests
}
office-privacy-requests-line = Who uses their rights must have an answer within a month (Art. 12 GDPR). Answer with the button, or for instance with REQUESTS 3 DONE or REQUESTS 3 NO: and the reason.
office-privacy-requests-none = Nobody is waiting for your answer.
office-privacy-request = Request { $number }: { $kind }
office-privacy-request-by = { $name }, { $company }
office-privacy-request-left = { $days ->
    [0] Today is the last day for the answer.
    [1] Answer by { $day }, one day left.
   *[other] Answer by { $day }, { $days } days left.
}
office-privacy-request-over = { $days ->
    [1] It was due yesterday ({ $day }). Please answer today.
   *[other] It was due { $days } days ago ({ $day }). Please answer today.
}
office-privacy-remind-week = Request { $number }: one week left
office-privacy-remind-day = Request { $number }: one day left
office-privacy-remind-over = Request { $number }: overdue
office-privacy-button-fix = Yes, correct it
office-privacy-word-done = REQUESTS { $number } DONE
office-privacy-word-refuse = REQUESTS { $number } NO
office-privacy-button-done = Done
office-privacy-button-refuse = Refuse
office-privacy-fix-name = YES changes the name to: { $value }
office-privacy-fix-phone = YES changes the phone number to: { $value }
office-privacy-rectify-line = NO with a reason behind it refuses. The person gets your answer. Time: one month.
office-privacy-rectify-done = Once you have done it, answer YES.
office-privacy-reason-title = For what reason?
office-privacy-reason-line = A refusal needs a reason (Art. 12(4) GDPR). Please answer with it; it goes to the person as it is.
office-privacy-answered-title = Request { $number } is answered
office-privacy-answered-line = The person has got your answer.
office-privacy-corrected-title = Corrected
office-privacy-corrected-name = Name: { $before } → { $value }. The person has been told.
office-privacy-corrected-phone = Phone: { $before } → { $value }. The person has been told.
office-privacy-erased-title = The data of a person are erased
office-privacy-erased-line = They belonged to: { $company }. Reports and decisions stay without the name. Please erase the person from your own spreadsheets and notes, too.
office-privacy-erased-measures = Without a lead now: { $measures }
office-privacy-erased-namesake = Somebody else has the same name. So I left the name in minutes and texts; please look who is meant there.
refusal-no-such-personal-request = I know no request { $number }. REQUESTS shows the open ones.
refusal-personal-request-answered = Request { $number } has been answered already.
refusal-correct-name = That is no name that I can enter. Nothing was changed.
refusal-correct-phone = That is no phone number. Nothing was changed.
privacy-kind-access = access
privacy-kind-rectification = correction
privacy-kind-erasure = erasure
privacy-kind-objection = objection
privacy-kind-restriction = restriction
step-personal = reminder of a privacy request

## The data map: what each table holds

privacy-map-companies = Companies and institutions, with phone number
privacy-map-persons = Your entry: name, company, role, phone, Telegram chat, language, pauses, digest, last message
privacy-map-addresses = Your e-mail addresses
privacy-map-fields = Fields of the plan
privacy-map-goals = Goals of the plan
privacy-map-measures = Measures of the plan and how they stand
privacy-map-assignments = Measures that you lead or contribute to
privacy-map-reports = Your progress reports
privacy-map-meetings = Meetings whose minutes you take
privacy-map-attendances = Your answers to invitations, deputies, and notes on food or access
privacy-map-plan-versions = Steps of the plan that you took
privacy-map-amendments = Your changes to the plan
privacy-map-decisions = Decisions that you entered
privacy-map-lead-offers = Measures that were offered to you or that you wanted to hand over
privacy-map-ideas = Your ideas
privacy-map-offers = Your offers and needs
privacy-map-matches = Matches of offers and needs, and whether you agreed
privacy-map-polls = Polls
privacy-map-poll-options = What is voted on
privacy-map-ballots = Open polls that you took part in (only that you did, not how)
privacy-map-follows = What you want to read about in the digest
privacy-map-uploads = Spreadsheets that you sent
privacy-map-requests = Your requests to join, for another address or for Telegram
privacy-map-cases = Messages that the office answers
privacy-map-talks = What the assistant last asked you in Telegram
privacy-map-keyboards = Buttons below messages in your Telegram chat
privacy-map-history = What you did, when and by which way
privacy-map-inbox = What you wrote: letters and Telegram messages
privacy-map-outbox = What was sent to you
privacy-map-papers = Finished papers (status dossier, spreadsheets)
privacy-map-mailboxes = How far the mailbox has been read
privacy-map-bounces = Letters to you that came back
privacy-map-switches = Switches such as the stop of all messages that you used
privacy-map-occasions = What has already taken place, such as a digest
privacy-map-instances = Which instances are running
privacy-map-outages = Which channel is out of order, and since when
privacy-map-backups = When a backup was made, and whether it could be restored
privacy-map-consents = Your consents and what you took back
privacy-map-personal-requests = Your privacy requests
privacy-map-role-proposals = Proposals who belongs to the office
privacy-map-deputyships = Who stands in for whom
privacy-map-company-changes = Your changes of company
privacy-map-changes = What entries looked like before and after a change
privacy-map-seals = Checksums by which later alterations show
privacy-map-purges = Addresses whose letters are still to be deleted from the mailbox

privacy-basis-task = What for: work on the city's plan for the future: for those whom the office entered, the city's task (Art. 6(1)(e) GDPR); for those who joined themselves, their consent (point (a))
privacy-basis-consent = What for: because you wanted it so; you may take it back (consent, Art. 6(1)(a), for notes on food and access Art. 9(2)(a) GDPR)
privacy-basis-proof = What for: as proof that all is done properly (Art. 5(2), 6(1)(c) and 7(1) GDPR)
privacy-basis-running = What for: so that no message is lost or counts twice (secure operation, Art. 6(1)(e) and 32 GDPR)
privacy-basis-none = Holds nothing about people, except where somebody is named in a text

privacy-basis-task-short = For work on the plan.
privacy-basis-consent-short = Because you wanted it so.
privacy-basis-proof-short = As proof.
privacy-basis-running-short = So that nothing is lost or counts twice.
privacy-basis-none-short = Holds nothing else about people.
privacy-fate-delete-short = it goes altogether.
privacy-fate-blank-short = it is emptied, only number and time stay.
privacy-fate-pseudonym-short = it stays without your name and contact data.
privacy-fate-redact-short = the contents are blacked out.
privacy-fate-words-short = your name is replaced.
privacy-fate-discard-short = it is thrown away.
privacy-fate-stay-short = it stays: it says nothing about you.
privacy-carries-lead = lead
privacy-carries-part = contributing
privacy-answer-yes = accepted
privacy-answer-no = declined
privacy-answer-maybe = perhaps
privacy-consent-membership = membership
privacy-consent-digest = digest
privacy-consent-telegram = Telegram
privacy-consent-given = agreed
privacy-consent-taken-back = taken back
history-what-personal-access = Access to own data
history-what-personal-rectification = Correction wanted
history-what-personal-erasure = Erasure wanted
history-what-personal-objection = Objection
history-what-personal-restriction = Restriction wanted

privacy-fate-delete = On erasure: goes altogether.
privacy-fate-blank = On erasure: is emptied; only number and time stay, so that nothing happens twice and the time limit can be proved.
privacy-fate-pseudonym = On erasure: stays without your name and contact data, because it belongs to the plan and its records.
privacy-fate-redact = On erasure: name, addresses and contents are blacked out; that and when something was done stays in the checked chain.
privacy-fate-words = On erasure: your name is replaced in the texts.
privacy-fate-discard = On erasure: is thrown away and made anew without your name where needed; pictures of polls and what is on its way stay.
privacy-fate-stay = On erasure: stays; it says nothing about people.
