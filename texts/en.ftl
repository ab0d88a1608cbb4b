### English. Same keys and arguments as de.ftl.

word-yes = YES
word-no = NO
word-resume = RESUME
word-attend-yes = ACCEPT
word-attend-no = DECLINE
word-attend-maybe = MAYBE
word-sending-on = SENDING START
word-outstanding = OUTSTANDING

status-open = not started
status-running = running
status-delayed = delayed
status-blocked = blocked
status-done = done

step-ask = question to everyone in charge
step-remind = reminder to those who have not answered
step-interim = interim list for the office
step-remind-again = second reminder
step-freeze = editorial deadline: status dossier to all
step-digest = weekly digest
step-send = a waiting message

all-phrase-ago = { $days ->
    [0] today
    [1] yesterday
   *[other] { $days } days ago
}
all-phrase-never = never
all-phrase-never-reported = No report yet.
all-phrase-last-report = Last report: { $ago }
all-phrase-unchanged = unchanged
all-phrase-expected = expected by { $day }
all-phrase-help = support wanted
all-phrase-quote = “{ $text }”
all-phrase-your-words = You wrote: “{ $text }”
all-phrase-due = Due: { $day }
all-phrase-and = { $first } and { $last }
all-phrase-standing = { $percent } %, { $status }

all-meeting-line = Next meeting: { $title }, { $when }
all-meeting-line-place = Next meeting: { $title }, { $when }, { $place }

all-help-title = How to reach me
all-refusal-title = Sorry, that did not work
all-thanked-title = You are welcome!
all-failed-title = Something went wrong on our side
all-failed-line = Your message arrived safely, but I could not process it. The office knows and will take care of it.
all-cannot-read-title = Please write me text
all-cannot-read-photo = I cannot read pictures. Please write in words, for example: M12 60 %.
all-cannot-read-voice = I cannot listen to voice messages. Please write in words, for example: M12 60 %.
all-cannot-read-edited = I do not read a message again after it was edited. Please send your report anew; UNDO takes back the old one.
all-cannot-read-too-big = This message was too big for me. Please send just the text, without large attachments.
all-overrun-title = That was a great many messages
all-overrun-line = A great many messages have come from your address in a short time. The others are kept safely, but I do not read them one by one any more. The office knows.
all-cannot-read-other = I cannot read that. Please write in words, for example: M12 60 %.

all-unclear-title = Your message is with the office
all-unclear-office = I was not sure what you meant and passed your message on to the office. You will hear from them. Nothing was changed.
all-unclear-ask-title = What did you mean?
all-unclear-empty = I found no text in your message. Nothing was changed.
all-unclear-doubtful = I am not sure what you mean and changed nothing. Please say it once more, clearly.
all-unclear-which-measure = Which measure is this about? Please put its number in front. Nothing was changed.
all-unclear-no-address = I found no e-mail address in that. Please write just your business e-mail address, for example name@company.example.
all-unclear-no-company = Whom do you speak for? Please answer just with the name of your company or institution.
all-unclear-too-long = That was too long for me. Please report in a few lines.
all-unclear-yes-with-text = Your answer was not clear, so I changed nothing. Please answer just YES or just NO.
member-unclear-examples = For example: “M12 60 %” · “M12 done” · “M12 delayed, waiting for the survey” · “unchanged” · HELP
office-unclear-examples = For example: OUTSTANDING · “M12 by phone: 60 %” · “MEETING alliance; 03.12.2026 17:00; title; place” · HELP shows everything.
all-unclear-not-understood = I did not understand that. Nothing was changed.
all-unclear-enough-title = That is enough for today
all-unclear-enough = I have passed several of your messages on to the office today and will not show it this one. Please wait for its answer, or give it a call.
guest-unclear-examples = For example: JOIN · HELP
guest-unclear-join = Would you like to join the working group? Just write JOIN.

guest-hello-title = Welcome!
guest-hello-line = I am the assistant of { $house }. Here you report in seconds how your measures in the Zukunftsplan (plan for the future) are going.
guest-hello-address = To sign in or join, please write me your business e-mail address. I will send a code there. Please note: Telegram stores messages outside the EU, too. Everything works by e-mail just as well. More: PRIVACY
guest-code-title = Please check your mailbox
guest-code-sent = A letter with a code is on its way to { $email }. It is valid for 15 minutes.
guest-code-type = Tap the link in the letter, or send me the code here.
guest-code-late = The code was older than 15 minutes. A new one is on its way to your mailbox.
guest-code-wrong-title = This code does not fit
guest-code-wrong = The code is unknown, used up or meant for somebody else. You get a new one with JOIN and your e-mail address.
guest-code-too-many-title = Please wait a little
guest-code-too-many = Those were too many tries. You can go on in an hour.
guest-join-letter-title = Please confirm that you want to join { $house }
guest-join-letter-line = You would like to join the working group Zukunftsplan of { $house }. How nice!
guest-link-letter-title = Connect Telegram with your membership
guest-link-letter-line = Somebody wants to connect a Telegram chat with your membership in { $house }. Was it you? Then tap the link, or send the code in your chat. Your messages will then arrive in Telegram; TELEGRAM OFF takes you back to e-mail at any time. Before that I need your consent:
guest-address-letter-title = Is this address yours?
guest-address-letter-line = A member of { $house } would like to answer from this address, too. Was that you?
guest-address-letter-yes = Then just answer this letter with YES.
guest-address-letter-button-yes = Yes, this is my address
guest-letter-code = Your code for Telegram: { $code }
guest-letter-minutes = Code and link are valid for 15 minutes. If it takes longer, you get a new one by itself.
guest-letter-button-telegram = Open in Telegram
guest-letter-not-you = You did not ask for this? Then you need not do anything.
guest-company-title = Which company do you speak for?
guest-company-line = Your address is confirmed, thank you! Please answer with the name of your company or institution.
guest-waiting-title = Your request is with the office
guest-waiting-line = Thank you! The office decides about your membership. You will hear from us here.
guest-declined-title = About your request
guest-declined-line = The office of { $house } could not accept your request at this time. If you have questions, just answer this message.
guest-help-lines =
    I am the assistant of { $house } for the Zukunftsplan.
    JOIN – take part in the working group
    PRIVACY – what happens with your data; MYDATA, ERASE
    HELP – this overview
    I pass everything else on to the office.

member-welcome-title = Welcome to { $house }
member-welcome-line = Hello { $name }, the office has accepted your request. It is good to have you with us!
member-welcome-measures = These are your measures in the Zukunftsplan:
member-welcome-no-measures = No measure is assigned to you yet. You will hear from me as soon as that changes.
member-welcome-closing = Before each meeting I ask briefly how things are going. “unchanged” is a full answer. HELP shows what else I can do.
member-button-status = My measures
member-status-title = { $count ->
    [0] Your measures
    [1] Your measure
   *[other] Your { $count } measures
}
member-status-none = No measure is assigned to you at present.
member-card-standing = Standing: { $status }
member-card-expected = Expected to be done: { $day }
member-card-help = Support wanted
member-report-button-unchanged = Unchanged
member-report-button-percent-25 = 25 %
member-report-button-percent-50 = 50 %
member-report-button-percent-75 = 75 %
member-report-button-done = Done
member-report-button-delayed = Delayed
member-report-button-blocked = Blocked
member-report-button-undo = Undo
member-report-word-unchanged = unchanged
member-report-word-percent-25 = 25 %
member-report-word-percent-50 = 50 %
member-report-word-percent-75 = 75 %
member-report-word-done = done
member-report-word-delayed = delayed
member-report-word-blocked = blocked
member-report-word-undo = UNDO
member-report-title = Thank you, noted: { $measures }
member-report-understood = Understood: { $what }
member-report-why = What is the reason? Just answer in a sentence if you like.
member-confirm-title = Is that right?
member-confirm-big = That would be a big change, so I am asking first. Nothing has been recorded yet.
member-confirm-all = Does that go for all of these measures? Nothing has been recorded yet.
member-confirm-line = { $measure }: { $before } so far · new: { $what }
member-confirm-yes = Yes, record it
member-confirm-no = No, leave it
member-undo-title = Taken back: { $measures }
member-undo-line = Your report is taken back. The previous standing applies again.
member-assigned-title = New for you: { $measure }
member-assigned-lead = The office has put you in charge of this measure.
member-assigned-contributor = The office has entered you as a contributor to this measure.
member-ask-title = { $count ->
    [1] By { $until }, please: how is your measure going?
   *[other] By { $until }, please: how are your { $count } measures going?
}
member-ask-line = The meeting “{ $title }” is on { $when }. Please report briefly by { $until }.
member-ask-closing = One line is enough: “unchanged” is a full answer.
member-remind-title = { $count ->
    [1] Reminder, by { $until } please: the standing of your measure
   *[other] Reminder, by { $until } please: the standing of your { $count } measures
}
member-remind-line = For the meeting “{ $title }” on { $when } your report is still missing. The editorial deadline is { $until }.
member-pause-title = Pause until { $until }
member-pause-line = I will not remind you up to and including { $until }. RESUME ends the pause earlier.
member-pause-ask-title = Until when would you like to pause?
member-pause-ask-line = Write me the day, for example: PAUSE until 15 August
member-button-resume = End the pause
member-resume-title = Good to have you back
member-resume-line = The pause is over. I will remind you as usual.
member-leave-title = You have left
member-leave-line = Your membership in { $house } has ended. You will get no more messages from me. Thank you for your work!
member-leave-back = If you would like to come back: just write JOIN.
member-language-title = Language changed
member-language-line = From now on I write to you in English.
member-linked-title = Telegram is connected
member-linked-line = Hello { $name }, your messages now arrive here. You can still write to me by e-mail at any time.
member-linked-try = Give it a try:
member-linked-mail = Your Telegram chat is now connected with your membership. Was it not you? Then please answer this letter at once.
member-address-asked-title = Please look into the other mailbox
member-address-asked = A letter is on its way to { $email }. Answer it with YES, and the address is yours.
member-address-added-title = A new address
member-address-added-line = { $email } now belongs to your membership. Answers from there count like those from your other addresses.
member-address-dropped-title = Address removed
member-address-dropped-line = { $email } does not belong to your membership any more.
member-address-not-you = Was that not you? Then please call the office at once.
member-attend-title-yes = Noted: you are coming
member-attend-title-no = Noted: you are not coming
member-attend-title-maybe = Noted: you may be coming
member-attend-button-yes = I am coming
member-attend-button-no = I am not coming
member-attend-button-maybe = Perhaps
member-proof-title = Please confirm briefly
member-proof-line = Senders of e-mails can be forged. So please answer this letter with YES, and I will carry out:
member-proof-button = Yes, carry it out
member-digest-your-turn = { $count ->
    [1] Your turn: your report on this measure is still missing.
   *[other] Your turn: your reports on these { $count } measures are still missing.
}
member-digest-field = New in “{ $field }”
member-help-lines =
    M12 60 % – report progress, also: M12 done, M12 delayed because …, M12 blocked: …
    unchanged – a full answer
    M12 by end of March – when it will probably be done, also: M12 need help with …
    EVIDENCE M12: https://… – a link or sentence that shows the progress
    UNDO – take back the latest
    STATUS – my measures and the next meeting
    PLAN – how the plan stands; PLAN Fachkräfte, PLAN A3 (one page, to print), EXPORT (spreadsheet)
    ACCEPT, DECLINE, MAYBE – to the next meeting; DEPUTY and a name if somebody comes for you
    POLL – the open poll or its result; VOTE M3 3, M7 2 – vote, also: VOTE YES
    IDEA: … – bring in an idea, IDEAS shows the open ones
    OFFER: … / NEED: … – what you offer or look for, OFFERS shows all
    HANDOVER M12 to name@company.example – offer the lead to somebody
    DEPUTY name@company.example until 15 August – somebody answers for your measures meanwhile; DEPUTY END
    SWITCH: New Ltd – you now speak for another company
    DIGEST MONTHLY / OFF / ON – how often it comes; FOLLOW M12 or FOLLOW Fachkräfte – about what
    PAUSE until 15 August – no reminders until then, RESUME ends the pause; LATER – three days of quiet
    ADDRESS name@company.example – answer from there, too; with "remove" no more
    TELEGRAM – connect Telegram with your membership, TELEGRAM OFF – back to e-mail; LANGUAGE DE – auf Deutsch, bitte
    PRIVACY – what happens with your data; MYDATA – what is kept about you
    RECTIFY: …, RESTRICT, OBJECT, ERASE – your rights to it
    LEAVE – end your membership
    I pass everything else on to the office.
member-menu =
    status – My measures and the next meeting
    poll – The open poll or its result
    undo – Take back the latest report
    pause – Pause reminders
    resume – End the pause
    help – What I can do

office-help-lines =
    OUTSTANDING – who has not answered, with phone numbers
    YES / NO – answer to a request
    M12 60 %, by phone – enter a standing for somebody who called
    COMPANY: name; phone – register a company
    MEMBER name; address; company; phone – register a person
    MEASURE 12; title; field; due date – add a measure
    ASSIGN M12 address – assign a measure (with “contributor” as such)
    ROLE name@company.example observer – only reads along; also member, office (to which a second person says yes)
    AMEND M12; due; 31.12.2027; reason – change the plan (also title, begins, field, goal, initiative, milestone)
    WITHDRAW M12; reason – take a measure out of the plan
    REPORT – the status report as it stands now; PLAN A3 – the whole plan on one page
    PLAN – how the plan stands; PLAN DISCUSSION, PLAN ADOPTED – its next step
    MEETING alliance; 03.12.2026 17:00–19:00; title; place; https://… – plan a meeting (alliance or working-group)
    CHANGE MEETING; 10.12.2026 17:00 – also Title: …, Place: …, Link: …; CANCEL MEETING; reason
    AGENDA: 17:00 Welcome; 17:15 Report – or a point a line
    INVITE – now instead of on the next workday; ATTENDANCE – who comes
    MINUTETAKER name@firma.example – who takes the minutes of the meeting
    MINUTES: text – the minutes, which go to everybody three working days after the meeting
    DECISION: title; name@firma.example; 30.06.2027; field – becomes a measure and is offered
    DECISION M12; due 31.12.2027; because … – amends the plan; without details a decision in words
    EXPORT PLAN / MEMBERS / COMPANIES / MEETINGS / ALL – as a spreadsheet, with CSV as a CSV file; send it back changed
    IDEA 7 TO M12 / TO IDEA 3 / PROMOTE field / DECLINE: reason – decide on an idea; IDEAS shows all
    OFFERS – what is open, with names
    POLL points 5: What first?; M3, M7, M12; until 10.12. – also "yes/no: Question?" or "consensus: Question?; A; B"
    POLL – who has not voted; POLL CLOSE – before its time
    PREVIEW ON – see the digest first and let it go out with RELEASE; PREVIEW OFF – by itself again
    REQUESTS – who asks for a correction or the like; MEMBER name@company.example Phone: … – correct a name or phone number
    HISTORY M12 – who changed what of the measure, and when
    SENDING STOP / START – halt everything that goes out, and let it go on
    STATUS – your own measures
    UNDO – take back the latest: report, import, change of the plan, minutes, decision
    ACCEPT, DEPUTY, VOTE, EVIDENCE, IDEA, OFFER, FOLLOW, PAUSE, ADDRESS, SWITCH, TELEGRAM, LANGUAGE, MYDATA – as for all members
office-menu =
    outstanding – Who has not answered
    status – My measures and the next meeting
    poll – The open poll or its result
    undo – Take back the latest report
    help – What I can do
office-button-outstanding = Who is missing?
office-join-title = Joining: { $name }, { $company }
office-join-person = { $name } ({ $email }) would like to join the working group. The address is confirmed.
office-join-company-known = Company: { $company } (known)
office-join-company-new = Company: { $company } (new, will be registered along)
office-join-button-yes = Yes, accept
office-join-button-no = No, decline
office-admitted-title = { $name } is a member now
office-admitted-line = { $name } speaks for { $company } and gets a welcome.
office-declined-title = { $name } was not accepted
office-declined-line = The person gets a friendly answer.
office-left-title = { $name } has left
office-left-line = { $name } has ended the membership.
office-left-measures = Now without anybody in charge: { $measures }
office-undelivered-title = A letter to { $name } came back
office-undelivered-line = The other server did not take a letter to { $name }, perhaps because the mailbox is full or a rule turns it away. The address stays; the next letter is tried as ever.
office-unreachable-title = { $name } cannot be reached
office-unreachable-line = Messages to { $name } no longer arrive on any channel. Please call and find the right address.
office-away-title = { $name } is away until after the freeze: "{ $meeting }"
office-away-line = According to an automatic answer { $name } is away until { $until }. Still open: { $measures }. I send no reminders until then.
office-braked-title = Many messages from { $name }
office-braked-line = { $name } keeps sending messages that I can do nothing with. Until tomorrow I send no answers there and do not show them to you one by one. All of them are kept in the inbox.
office-braked-chat-title = Many messages from { $name }
office-braked-chat-line = { $name } keeps sending messages in Telegram that I can do nothing with. Until tomorrow I do not show them to you any more, and I have said so there.
office-overrun-title = A great many messages from { $name }
office-overrun-line = { $name } sends more messages than I read. Those that are too many are kept unread in the inbox. Nothing was changed by them.
office-sending-off-title = Sending is stopped
office-sending-off-line = Since { $when } nothing goes out: no questions, no reminders, no answers by e-mail. What comes in is still read and kept. Whoever taps in Telegram gets an answer there.
office-sending-on-title = Sending goes on
office-sending-on-line = What was due in the meantime goes out now; what is too old is dropped.
office-sending-button-on = Let it go on
office-case-button-yes = Yes, that was { $name }
office-case-button-no = No, do not carry it out
office-case-no-title = Laid aside
office-case-no-line = The message is kept in the inbox. Nothing was changed.
office-case-yes-title = Carried out
office-case-yes-line = The message now counts as coming from { $name }, who also gets the receipt.
office-case-title = Message from { $name }
office-help-title = Support wanted: { $measures }
office-help-line = { $name } ({ $company }) has reported and would like support:
office-case-reason-not-understood = I did not understand this message:
office-case-reason-wrong-sender = The sender does not fit the letter that is being answered. I changed nothing. Shall I carry it out?
office-case-reason-expired = The letter that is being answered is more than 60 days old. I changed nothing. Shall I carry it out?
office-case-reason-unknown-token = I do not know the letter that is being answered. I changed nothing. Shall I carry it out?
office-case-reason-forged = Our mail server says that the sender is forged. I changed nothing and did not answer. Shall I carry it out all the same?
office-case-reason-marked = The mail server takes this answer for spam. I changed nothing and did not answer:
office-case-reason-beside = This stood beside an answer from a calendar:
office-case-reason-failed = The assistant could not process this message. Please tell the operator.
office-case-company = Company: { $company }
office-case-about = It was about { $measures }.
office-case-chat = { $name } (in Telegram, not linked to a member)
office-case-somebody = somebody without a name
office-case-raw-kept = The original message is kept in the inbox.
office-case-closing = Answer this message: your text goes to { $name }.
office-case-button-answer = Answer
office-answer-ask-title = Your answer
office-answer-ask = Please write your answer to:
office-answered-title = Answer is on its way
office-answered-line = Your answer was passed on.
all-answer-title = Answer from the office
all-answer-quote = You had written: “{ $text }”
office-outstanding-title = { $count ->
    [0] Everyone has answered: “{ $title }”
    [1] One answer is missing: “{ $title }”
   *[other] { $count } answers are missing: “{ $title }”
}
office-outstanding-title-none = No meeting planned
office-outstanding-no-meeting = As soon as a meeting is planned, you will see here who has not answered.
office-outstanding-count = { $answered } of { $asked } have answered (without those who pause).
office-outstanding-line = { $name }, { $company }: { $measures } · phone { $phone } · last contact: { $contact }
office-outstanding-no-phone = unknown
office-company-title = Registered: { $company }
office-measure-title = Added: { $measure }
office-assigned-lead = { $measure } is assigned to { $name } (in charge).
office-assigned-contributor = { $measure } is assigned to { $name } (contributor).
office-meeting-title = Planned: { $title }, { $when }
office-meeting-step = { $when }: { $what }
office-dossier-missing = For the office only – still missing:
office-interim-title = { $count ->
    [0] Interim list: everyone has answered
    [1] Interim list: one answer is missing
   *[other] Interim list: { $count } answers are missing
}

all-dossier-title = Status dossier for the Zukunftsplan: { $title }
all-dossier-turnout = Answers: { $answered } of { $asked } people in charge (without those who pause)
all-dossier-no-field = Without a field

refusal-members-only = This is for members. Write JOIN to take part.
refusal-office-only = Only the office can do that.
refusal-already-member = You are a member already. STATUS shows your measures.
refusal-no-telegram = Telegram is not set up here. Everything works by e-mail just as well.
refusal-bad-address = This is not a valid e-mail address. Please check the spelling.
refusal-request-over = This request is no longer open. Write JOIN to start anew.
refusal-already-decided = The decision about { $name } has been made already.
refusal-no-measures = No measure is assigned to you at present.
refusal-which-measure = You have several measures: { $measures }. Please put the number in front, for example: M{ $example } 60 %. Nothing was changed.
refusal-no-such-measure = There is no measure M{ $measure }. STATUS shows your numbers.
refusal-not-your-measure = “{ $measure }” is not assigned to you. Nothing was changed.
refusal-percent = { $percent } % is not possible: please give a number from 0 to 100.
refusal-stale-card = M{ $measure } has changed meanwhile. Here is the new standing, please tap again.
refusal-button-over = This button is no longer valid. STATUS gives you fresh cards.
refusal-undo-newer = There is a newer report on “{ $measure }”. Please just report the right standing.
refusal-nothing-to-undo = There is no report of yours that I could take back.
refusal-pause-day = I cannot take this day: please name a day from today, at most one year ahead.
refusal-language = I speak German (LANGUAGE DE) and English (LANGUAGE EN).
refusal-case-decided = That has been decided already.
refusal-address-yours = { $email } is yours already.
refusal-address-not-yours = { $email } is none of your addresses.
refusal-address-last = This is your only address. Name a new one first, for example: ADDRESS name@company.example
refusal-no-meeting = No meeting is planned at the moment.
refusal-meeting-over = The meeting "{ $title }" has begun already.
refusal-no-such-case = This message no longer exists.
refusal-no-such-member = There is no member with the address { $email }.
refusal-address-taken = The address { $email } belongs to a member already.
refusal-company-exists = “{ $company }” exists already.
refusal-measure-exists = M{ $measure } exists already.
refusal-measure-incomplete = A measure needs a number from 1 and a title.
refusal-meeting-kind = There is no such kind of meeting. Possible are: { $kinds }.
refusal-meeting-past = The meeting must be in the future.
