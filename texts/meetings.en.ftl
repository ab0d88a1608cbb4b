# Meetings: planning, inviting, changing, cancelling, registering, reminding

word-invite = INVITE
word-deputy = DEPUTY { $deputy }
step-invite = invitation to everyone
step-close = registration closes: list of participants to the office
step-eve = reminder with the agenda to everyone who has not declined

all-meeting-span = { $day }, { $begins }–{ $ends }
all-meeting-when = When: { $when }
all-meeting-place = Where: { $place }
all-meeting-map = Map: { $link }
all-meeting-link = Online: { $link }
all-meeting-agenda = Agenda:
all-meeting-nothing = none given
all-meeting-changed-when = Time: { $old } → { $new }
all-meeting-changed-title = Title: { $old } → { $new }
all-meeting-changed-place = Place: { $old } → { $new }
all-meeting-changed-link = Online: { $old } → { $new }
all-feast-12-24 = Christmas Eve
all-feast-12-31 = New Year’s Eve
all-feast-weekend = weekend

member-invite-title = Invitation: { $title } on { $day }
member-invite-until = Will you come? Please answer by { $until }.
member-invite-deputy = If somebody comes for you, write: DEPUTY and the name or e-mail address.
member-meeting-changed-title = Changed: { $title } on { $day }
member-meeting-holds = What you answered before still holds.
member-meeting-silent = Your answer is still missing. Will you come?
member-meeting-moved = As the time is new, I ask everyone once more: will you come?
member-cancelled-title = Cancelled: { $title } on { $day }
member-cancelled-line = The meeting “{ $title }” will not take place. There is nothing you need to do.
member-cancelled-why = Reason: { $why }
member-eve-title = Reminder: { $title } on { $day }
member-eve-yes = You said you would come. See you there!
member-eve-maybe = You answered “maybe”. Will you come?
member-attend-moved-title = The meeting “{ $title }” has been moved
member-attend-moved-line = Your answer was for the old time, so nothing is noted yet. Will you come at the new one?
member-deputy-title = Noted: { $deputy } comes for you
member-deputy-told = Your deputy is a member and hears from me about the meeting “{ $title }”.
member-deputy-forward = Please forward the invitation to the meeting “{ $title }”; I write to members only.
member-deputy-for-title = You stand in for somebody: { $title }
member-deputy-for = You have been named as deputy: for { $company }.

office-meeting-changed-title = Changed: { $title }, { $when }
office-meeting-button-invite = Invite now
office-meeting-closing = This is meeting { $number }. Change it: “CHANGE MEETING { $number }; 10.12.2026 17:00” or “…; Place: Town hall”. Cancel it: “CANCEL MEETING { $number }; reason”. Agenda: “AGENDA { $number }: 17:00 Welcome; 17:15 Report”.
office-meeting-clash = Mind: “{ $title }” is at the same time as “{ $other }” ({ $when }).
office-meeting-served = No questions of its own: the round before “{ $other }” on { $day } serves this meeting, too. So nobody is asked twice in the same three weeks.
office-meeting-told = { $count ->
    [0] Nobody needs a letter.
    [one] One person is told.
   *[other] { $count } people are told.
}
office-meeting-asked-anew = Answers for the old time no longer hold; everyone is asked anew.
office-meeting-answers-hold = What people answered still holds.
office-agenda-title = Agenda noted: { $title }
office-agenda-invite = It comes with the invitation.
office-agenda-eve = The invitation is already out; the agenda comes with the reminder before the meeting.
office-agenda-late = Invitation and reminder are already out; it will not be sent any more.
office-cancel-title = Really cancel? { $title }, { $when }
office-cancel-line = { $count ->
    [0] Nobody has been invited yet.
    [one] One person will be told. This cannot be taken back.
   *[other] { $count } people will be told. This cannot be taken back.
}
office-cancel-yes = Yes, cancel it
office-cancel-no = No, leave it
office-cancelled-title = Cancelled: { $title } on { $day }
office-invited-title = { $count ->
    [one] “{ $title }”: one invitation goes out
   *[other] “{ $title }”: { $count } invitations go out
}
office-attendance-title = { $title } on { $day }: { $count ->
    [0] nobody comes yet
    [one] one person comes
   *[other] { $count } come
}
office-attendance-places = Places: { $count }{ $maybe ->
    [0] {""}
   *[other] , and { $maybe } maybe
}
office-attendance-yes = Coming ({ $count }):
office-attendance-deputy = Deputies ({ $count }):
office-attendance-maybe = Maybe ({ $count }):
office-attendance-no = Not coming ({ $count }):
office-attendance-silent = No answer yet ({ $count }):
office-attendance-line = { $company }: { $name }
office-attendance-line-deputy = { $company }: { $deputy } for { $name }
office-closed-title = Registration has closed: { $title }
office-closed-line = Later answers are still noted, and you hear of them at once.
office-late-yes = After registration closed: { $name } comes after all (“{ $title }”)
office-late-no = After registration closed: { $name } does not come (“{ $title }”)
office-late-maybe = After registration closed: { $name } may come (“{ $title }”)
office-late-deputy = After registration closed: { $deputy } comes for { $name } (“{ $title }”)

refusal-meeting-title = The meeting needs a title.
refusal-meeting-day = { $day } is not possible ({ $feast }). Workdays before and after: { $before }, and { $after }.
refusal-meeting-hour = A meeting begins between 7:00 and 22:00, not at { $begins }.
refusal-meeting-ends = The meeting must end after it begins.
refusal-meeting-link = “{ $link }” is no link. It begins with https://
refusal-meeting-same = That is how the meeting is planned already; nothing was changed.
refusal-meeting-cancelled = The meeting “{ $title }” has been cancelled.
refusal-meeting-invited = Everyone has already been invited to “{ $title }”.
refusal-deputy-self = That is you. If you come, write ACCEPT.
