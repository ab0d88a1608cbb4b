### Minutes and decisions of a meeting; offering, accepting and handing over a lead

all-minutes-of = "{ $title }", { $day }
all-minutes-title = Minutes: { $meeting }
all-minutes-decisions = Decisions
all-minutes-only-decisions = These decisions are on record for this meeting.
all-correction-title = Correction: minutes of { $meeting }
all-correction-line = This version replaces the minutes you have received.
all-decision-why = Decision of the meeting { $meeting }
all-decision-lead = lead: { $companies }
all-decision-no-lead = The lead is yet to be settled

step-minutes = the minutes with the decisions
step-minutes-ask = request for the minutes
step-minutes-remind = reminder of the minutes
step-lead-remind = reminder of a measure that was offered
step-lead-over = note that nobody has taken a measure that was offered

## Minutes

member-taker-named-title = You take the minutes: { $meeting }
member-taker-named-line = The office has named you. Please send me the minutes after the meeting in reply to this message: MINUTES: and then the text. Decisions stand on lines of their own, for example: DECISION: Charging points at the station; name@firma.example; 30.06.2027. Three working days after the meeting they go to everybody.
member-taker-replaced-title = You no longer take the minutes: { $meeting }
member-taker-replaced-line = The office has named somebody else. You need not do anything.
member-minutes-ask-title = Please send the minutes: { $meeting }
member-minutes-remind-title = Reminder: the minutes are missing, { $meeting }
member-minutes-how = Reply with MINUTES: and then the text; a few lines will do. Decisions stand on lines of their own: DECISION: title; name@firma.example; 30.06.2027. After that the minutes go to everybody.
office-minutes-taker-away = { $name } takes the minutes, but is away. That is why I ask you.
office-minutes-no-taker = Nobody is named to take the minutes. MINUTETAKER name@firma.example names somebody, or you send them yourself.
office-taker-title = { $name } takes the minutes: { $meeting }
office-taker-line = Three working days after the meeting the minutes go to everybody. If they are missing then, I ask once, and once more after seven working days.
office-minutes-title = Minutes noted: { $meeting }
office-minutes-replaced = The former version is replaced and stays in the history.
office-minutes-when = The minutes go to everybody: { $when }. Until then you can change them.
office-undone-title = Taken back: { $meeting }
office-minutes-undone = The former version of the minutes holds again.
office-minutes-undone-none = There are no minutes of this meeting now.
office-correction-title = Send a correction? Minutes of { $meeting }
office-correction-ask = The minutes have been sent already. Shall I send the new version with all decisions to everybody as a correction?
office-correction-button-yes = Yes, send a correction
office-correction-button-no = No, do not send it
office-correction-yes-title = The correction goes to everybody
office-correction-yes-line = It will be sent: { $when }.
office-correction-no-title = The minutes stay as they were sent
office-correction-no-line = I do not send a correction.
member-correction-office = The minutes have been sent already. The office decides whether a correction goes to everybody.

## Decisions

office-decisions-title = { $count ->
    [1] Decision noted: { $meeting }
   *[other] { $count } decisions noted: { $meeting }
}
office-decision-waits = waiting to be accepted ({ $company })
office-decision-declined = declined ({ $company }), still without a lead
office-decision-none = still without a lead
office-decisions-undone = The decisions are no longer in the minutes, and the plan is as it was before.

## Accepting and handing over a lead

member-lead-offer-title = Will you take { $measure }?
member-lead-offer-title-again = Reminder: will you take { $measure }?
member-lead-offer-decision = The meeting has decided on this and would like you to lead it.
member-lead-offer-handover = { $company } would like to hand the lead of this measure over to you.
member-lead-offer-line = Please reply with YES or NO. Until you accept you do not lead it.
member-lead-offer-button-yes = Yes, I take it
member-lead-offer-button-no = No, rather not
member-lead-offer-void-title = Settled: { $measure }
member-lead-offer-void-line = The question whether you take this measure is settled. You need not do anything.
member-lead-title = You lead { $measure }
member-lead-line = Thank you! From now on I ask you before meetings how it stands. With HANDOVER you can offer the measure to somebody else.
member-declined-title = Noted: you do not take { $measure }
member-declined-line = The office knows, and knows your reason.
member-declined-why = The office knows. If you like, tell me in a sentence why; I will pass it on.
member-handover-title = Offered: { $measure } to { $email }
member-handover-line = Until they reply with YES you keep the lead. I will tell you when they do.
member-handover-silent-title = No answer yet: { $measure }
member-handover-silent-line = Your offer has not been answered yet. You keep the lead and can offer the measure to somebody else with HANDOVER.
member-handed-over-title = Handed over: { $measure }
member-handed-over-line = The measure has been accepted. You no longer lead it. Thank you for your work!
member-not-handed-over-title = Not handed over: { $measure }
member-not-handed-over-line = The measure has not been accepted. You keep the lead.
office-lead-accepted-title = { $name } takes { $measure }
office-lead-accepted-line = { $name } ({ $company }) has accepted and leads it now.
office-lead-declined-title = { $name } does not take { $measure }
office-lead-declined-line = { $name } ({ $company }) has declined.
office-lead-over-title = Nobody leads it yet: { $measure }
office-handover-over-title = Not handed over yet: { $measure }
office-lead-silent-line = { $name } ({ $company }) has not answered the offer of { $since }. Phone { $phone }
office-lead-gone-line = { $name } ({ $company }) was to take the measure, but has left.
office-lead-over-how = ASSIGN M{ $number } name@firma.example enters somebody.

## Refusals

refusal-minutes-not-yours = Only the office and whoever takes the minutes of the meeting can do that.
refusal-minutes-ahead = The meeting "{ $title }" is only on { $when }. Nothing was changed.
refusal-minutes-none = There has been no meeting yet.
refusal-minutes-no-such-meeting = There is no meeting no. { $number } for which you can do that.
refusal-minutes-empty = Please write the text behind it, for example: MINUTES: Welcome by the chair. From now on the working group meets every month.
refusal-minutes-gone = The minutes have been sent already. Please send the right version; the office then decides about a correction.
refusal-minutes-newer = There is a newer version of the minutes.
refusal-correction-newer = There is a newer version. Please reply to the latest message about it.
refusal-correction-decided = That has been decided already.
refusal-decision-line = Line { $line } ("{ $text }"): { $why } Nothing was noted.
refusal-decision-twice = This decision has been noted already.
refusal-decision-empty = A decision needs a text.
refusal-decision-lead = Who leads it? Please name a member's mail address: DECISION: title; name@firma.example; 30.06.2027.
refusal-decision-due = By when? Please name a day: DECISION: title; name@firma.example; 30.06.2027.
refusal-decision-parts = That is too much. Possible are a title, one address, one date and one field, separated by semicolons.
refusal-decision-amendment = I do not understand this change. This works: DECISION M12; due 31.12.2027; because the survey is late.
refusal-decision-past = { $day } is over. Please name a date from today on.
refusal-decision-taken = "{ $measure }" has a lead or a report by now. WITHDRAW takes the measure out of the plan.
refusal-lead-not-yours = You do not lead "{ $measure }". You can only hand over measures of your own.
refusal-lead-yourself = That is your own address. Please name the address of another member.
refusal-lead-already = This person leads "{ $measure }" already.
refusal-lead-offered = "{ $measure }" has been offered there already. I will tell you as soon as there is an answer.
refusal-lead-withdrawn = "{ $measure }" is no longer part of the plan. You need not do anything.
refusal-lead-accepted = You have accepted "{ $measure }" already.
refusal-lead-declined = You have declined "{ $measure }" already. If you have changed your mind, please call the office.
refusal-lead-over = The question about "{ $measure }" is settled. You need not do anything.
