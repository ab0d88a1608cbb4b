### Roles and rights

## Refusals

refusal-observer = As an observer you read along: reporting, contributing and voting are for members. If you would like to become a member, just write to the office.
refusal-operator-in-person = That is for a person, and at the command line nobody speaks in person.
refusal-last-of-office = You are the last person of the office; without you nobody could admit, release or help any more. Please have these rights given to somebody else first (command line: zukunftsplan person role name@company.example office).
refusal-office-by-two = Nobody gives the office’s rights alone. Register the person as a member, then write: ROLE name@company.example office. A second person of the office says yes or no to it.
refusal-own-hand = Nobody else can confirm that for a person of the office. Please let them write it themselves, from an address of theirs.
refusal-task-for-observer = { $email } reads along as an observer and takes on no tasks. Whoever is to take something on has to be a member; the office changes that with ROLE.
member-poll-observer = The members vote. You will get the result, too.

## Giving and taking roles

refusal-role-unknown = There is no such role. Possible are: member, observer, office.
refusal-role-already = { $email } has the role { $role } already.
refusal-role-last = This is the last person of the office. Give these rights to somebody else first, or let the operator do it at the command line: zukunftsplan person role { $email } member
refusal-role-alone = It takes two to decide on the office’s rights: whoever proposes it, and a second person whom it is not about. There is nobody like that here at present. The operator can do it at the command line: zukunftsplan person role { $email } { $role }
refusal-role-own-proposal = You proposed this yourself. A second person of the office has to decide.
refusal-role-about-you = This is about your own rights. Somebody else of the office decides on it.
refusal-role-decided = This has been decided already. Nothing was changed now.
refusal-role-lapsed = This proposal is no longer valid. If it is still needed, please propose it again: ROLE name@company.example office
office-role-proposed-title = Proposed: { $name }, role { $role }
office-role-proposed-line = { $count ->
    [1] The second person of the office has been asked.
   *[other] { $count } other people of the office have been asked, one yes is enough.
} Nothing has changed yet. Without an answer the proposal lapses on { $until }.
office-role-question-give-title = Shall { $name } belong to the office?
office-role-question-give-line = { $proposer } proposes to give { $name } ({ $company }) the office’s rights: to see all people and how to reach them, to admit, change and release. It takes your yes. Without an answer the proposal lapses on { $until }.
office-role-question-take-title = Shall { $name } no longer belong to the office?
office-role-question-take-line = { $proposer } proposes to take the office’s rights from { $name } ({ $company }). New role: { $role }. It takes your yes. Without an answer the proposal lapses on { $until }.
office-role-button-give-yes = Yes, give the rights
office-role-button-give-no = No, do not give them
office-role-button-take-yes = Yes, take the rights
office-role-button-take-no = No, let them be
office-role-declined-title = All stays as it is: { $name }
office-role-declined-line = Your no is noted, the role stays as it was.
office-role-declined-by = { $decider } said no, the role stays as it was.
office-role-changed-title = { $name }: { $role } from now on
office-role-changed-line = { $name } is told.
office-role-by = Changed by: { $name }
office-role-by-operator = the operator (command line)
office-role-none-left = Attention: nobody belongs to the office any more. Requests will wait until you give somebody the role office.
member-role-proposed-title = A proposal about your role
member-role-proposed-line = It has been proposed in the office that you no longer belong to it. Nothing is decided yet; a second person there does that. You will hear how it ends, and can talk to them before.
member-role-member-title = You are a member of { $house }
member-role-member-line = You can take on measures, report, share ideas and vote. HELP shows how.
member-role-observer-title = You read along from now on
member-role-observer-line = As an observer you get invitations, status reports, minutes and the weekly digest. You are no longer asked how things stand, and do not vote. If measures were assigned to you, they no longer are. HELP shows what you can do.
member-role-office-title = You now belong to the office
member-role-office-line = You now see people and how to reach them, admit, change and release. Please keep confidential what you read. HELP shows all that you can do.
member-role-no-office-line = The office’s rights have thereby ended.

## Rollen in der Tabelle der Mitglieder

office-import-role-office = No table gives or takes the office’s rights. Write instead: ROLE name@company.example office
office-import-observer-carries = Observers carry no measures, and these still name this person: { $measures }. Write ROLE name@company.example observer; that takes them out.
office-import-person-observes = { $text } reads along as an observer and cannot carry a measure.

## Wer mitliest

observer-welcome-no-measures = You read along as an observer: invitations, status reports, minutes and the weekly digest will come to you.
observer-welcome-closing = Nobody will ask you how things stand. HELP shows what I can do for you.
observer-help-lines =
    You read along as an observer.
    STATUS – the next meeting
    PLAN – how the plan stands; PLAN Fachkräfte, PLAN A3 (one page to print), EXPORT (spreadsheet)
    ACCEPT, DECLINE, MAYBE – for the next meeting; DEPUTY and a name if somebody comes for you
    IDEAS, OFFERS – what the members bring in, offer and look for; POLL – question or result
    DIGEST MONTHLY / OFF / ON – how often it comes; FOLLOW M12 or FOLLOW Fachkräfte – about what
    ADDRESS name@company.example – answer from there, too; with “remove” no longer
    TELEGRAM – tie your chat; LANGUAGE DE – Deutsch, bitte
    PRIVACY – what happens with your data; MYDATA – what is kept about you
    RECTIFY: …, RESTRICT, OBJECT, ERASE – your rights to it
    LEAVE – get nothing any more
    Anything else I pass on to the office.

## The table of rights: who and what, in words

rights-title = Who may do what
rights-wish = Wish
rights-guest = Guest
rights-observer = Observer
rights-member = Member
rights-carrier = carries it
rights-office = Office
rights-operator = Operator
rights-short-guest = Guest
rights-short-observer = Obs.
rights-short-member = Member
rights-short-carrier = carries
rights-short-office = Office
rights-short-operator = Oper.
rights-cell-yes = yes
rights-cell-own = own
rights-cell-part = in part
rights-cell-no = –
rights-legend = “carries it” is who leads or contributes to the measure in question, or stands in today for somebody who does. “own” means: only what concerns the person. “Operator” is the command line, where nobody speaks in person.
rights-wish-greet = a greeting, /start
rights-wish-join = JOIN
rights-wish-confirm = confirm an address (code or YES)
rights-wish-agree-telegram = agree to Telegram or not
rights-wish-show-privacy = PRIVACY: read the notice
rights-wish-name-company = name a company, when joining
rights-wish-help = HELP
rights-wish-thank = thanks
rights-wish-unclear = a question in one’s own words
rights-wish-show-my-data = MYDATA: what is held about me
rights-wish-rectify = RECTIFY, OBJECT, RESTRICT
rights-wish-erase = ERASE: forget me
rights-wish-show-measure = read a measure (M12)
rights-wish-show-plan = PLAN
rights-wish-show-plan-sheet = PLAN A3
rights-wish-show-poll = POLL: read
rights-wish-show-ideas = IDEAS
rights-wish-show-offers = OFFERS (only the office reads names)
rights-wish-export = EXPORT (in part: the plan, without names)
rights-wish-show-status = STATUS
rights-wish-attend = ACCEPT, DECLINE, MAYBE
rights-wish-send-deputy = DEPUTY at a meeting
rights-wish-note-needs = NEEDS: a note on food or access
rights-wish-set-digest = DIGEST
rights-wish-follow-plan = FOLLOW
rights-wish-pause = PAUSE, LATER
rights-wish-resume = RESUME
rights-wish-speak = LANGUAGE
rights-wish-link-telegram = TELEGRAM: tie a chat
rights-wish-unlink-telegram = TELEGRAM OFF
rights-wish-add-address = ADDRESS: one more
rights-wish-drop-address = ADDRESS: one less
rights-wish-change-company = CHANGE: speak for another company
rights-wish-mail-me = with names, by mail
rights-wish-leave = LEAVE (in part: not as the last of the office)
rights-wish-report-progress = report progress (M12 60 %)
rights-wish-add-evidence = EVIDENCE
rights-wish-hand-over = HANDOVER (own: who leads it)
rights-wish-answer-lead = a measure offered to me: YES, NO
rights-wish-name-deputy = DEPUTY for a time
rights-wish-answer-deputy = stand in for somebody: YES, NO
rights-wish-end-deputy = DEPUTY END
rights-wish-undo = UNDO
rights-wish-vote = VOTE
rights-wish-share-idea = IDEA: …
rights-wish-place-idea = IDEA FITS
rights-wish-keep-idea = IDEA STAYS ITS OWN
rights-wish-share-offer = OFFER: …, NEED: …
rights-wish-ask-contact = CONTACT
rights-wish-close-offer = OFFER SETTLED, NEED SETTLED
rights-wish-answer-match = pass on my contact: YES, NO
rights-wish-record-minutes = MINUTES (own: who takes them)
rights-wish-record-decisions = DECISION (own: who takes the minutes)
rights-wish-decide = decide on a request to join
rights-wish-decide-company = decide on a change of company
rights-wish-answer-person = answer somebody
rights-wish-trust = vouch for a doubtful letter
rights-wish-switch-sending = SENDING STOP, START
rights-wish-show-outstanding = OUTSTANDING: who is silent, with phone
rights-wish-register-company = COMPANY: register
rights-wish-register-person = MEMBER: register (in part: not for the office)
rights-wish-add-measure = MEASURE: add
rights-wish-assign-measure = ASSIGN
rights-wish-plan-meeting = MEETING: plan
rights-wish-change-meeting = MEETING: change
rights-wish-set-agenda = AGENDA
rights-wish-cancel-meeting = MEETING: cancel
rights-wish-invite = INVITE
rights-wish-show-attendance = ATTENDANCE: who comes
rights-wish-show-history = HISTORY
rights-wish-make-report = REPORT, with names
rights-wish-set-plan-state = PLAN DRAFT, DISCUSSION, ADOPTED
rights-wish-amend-measure = AMEND, WITHDRAW
rights-wish-preview-digest = PREVIEW
rights-wish-release-digest = RELEASE
rights-wish-name-minute-taker = MINUTETAKER
rights-wish-send-correction = correction of the minutes: YES, NO
rights-wish-open-poll = POLL: open
rights-wish-close-poll = POLL: close
rights-wish-decide-idea = decide on an idea
rights-wish-apply-import = import a spreadsheet
rights-wish-show-personal-requests = REQUESTS
rights-wish-answer-personal-request = answer a request about personal data
rights-wish-correct-person = correct what is kept about a person
rights-wish-set-role = ROLE (in part: the office’s only by two)
rights-wish-decide-role = a role, as the second person: YES, NO

## Kommandozeile

operator-help-person-role = Changes a person’s role; that of the office, too, without a second person.
operator-help-rights = Shows who may do what.
operator-help-argument-role = member, observer or office
