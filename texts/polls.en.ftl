### Polls: points, yes and no, consensus by resistance.

word-poll-vote = VOTE { $vote }
word-poll-abstain = ABSTAIN
word-poll-withdraw = VOTE WITHDRAW
word-poll-show = POLL { $number }
word-poll-close = POLL CLOSE { $number }

step-poll-ask = Poll to everyone
step-poll-remind = Reminder of the poll
step-poll-close = Result of the poll

## Voting

member-poll-title = Poll: { $question }
member-poll-voted-title = Your vote: { $question }
member-poll-remind-title = Your vote is missing: { $question }
member-poll-until = For the meeting “{ $meeting }”, open until { $when }. The ballot is secret, only sums are published.
member-poll-points-all = { $points ->
    [one] You have one point to give. In one line: { $example }
   *[other] You have { $points } points to give as you like. In one line: { $example }
}
member-poll-points-left = { $left ->
    [0] All points are given.
    [one] What stands here counts. One point is left.
   *[other] What stands here counts. { $left } points are left.
}
member-poll-option-points = { $points ->
    [one] { $option }: { $dots } 1 point
   *[other] { $option }: { $dots } { $points } points
}
member-poll-yes-no = One word is enough: YES, NO or ABSTAIN.
member-poll-yours-yes = You have voted yes.
member-poll-yours-no = You have voted no.
member-poll-yours-abstain = You have abstained.
member-poll-change = Until { $when } you can change your vote, the last one counts. In one line: { $example }
member-poll-consensus = How strong is your resistance to each option? 0 means "no objection", 10 means "impossible". In one line: { $example }
member-poll-missing = { $count ->
    [one] Nothing is counted yet: { $options } is missing.
   *[other] Nothing is counted yet: { $options } are missing.
}
member-poll-rating = { $option } is being changed. Until then your former vote counts.
member-poll-option-resistance = { $option }: resistance { $value }
member-poll-button-yes = Yes, in favour
member-poll-button-no = No, against
member-poll-button-abstain = I abstain
member-poll-button-chosen = ✓ { $label }
member-poll-button-add = { $option } +1
member-poll-button-take = { $option } −1
member-poll-button-reset = Reset
member-poll-button-rate = Change { $option }
member-poll-button-withdraw = Withdraw my vote
member-poll-toast-voted = Your vote is noted.
member-poll-toast-points = { $left ->
    [0] Noted. All points are given.
    [one] Noted. One point is left.
   *[other] Noted. { $left } points are left.
}
member-poll-toast-missing = { $count ->
    [one] { $options } is still missing.
   *[other] { $options } are still missing.
}
member-poll-toast-withdrawn = Your vote is withdrawn.
member-poll-stale = Your vote has changed in the meantime. This is how it stands now; please tap again.
member-poll-or-report-title = A vote or a report?
member-poll-or-report-line = The poll “{ $question }” is open. Are these your points, or do you report progress in per cent? Nothing was changed yet.
member-poll-or-report-vote = My points
member-poll-or-report-report = Progress in per cent
member-poll-list-title = { $count } polls are open
member-poll-list-line = { $question } (until { $when })
member-poll-none-title = No poll is open at present
member-poll-status-open = Poll “{ $question }”: your vote is missing, until { $when }. POLL shows it.
member-poll-status-voted = Poll “{ $question }”: you have voted and can change it until { $when }.
member-poll-over = The poll has been closed since { $when }. Nothing was changed.
member-poll-over-toast = The poll is closed.

## Result

all-poll-passive = All stays as it is
all-poll-result-title = Result: { $question }
all-poll-decimal = { $whole }.{ $tenth }
all-poll-won-points = { $option } has the most points.
all-poll-won-consensus = { $option } meets the least resistance.
all-poll-won-yes = Accepted: more yes than no.
all-poll-won-no = Rejected: more no than yes.
all-poll-tie-points = A tie: { $options } have the most points.
all-poll-tie-consensus = A tie: { $options } meet the least resistance.
all-poll-tie-yes-no = A tie: as many yes as no.
all-poll-nothing = Nobody has voted.
all-poll-nothing-yes-no = Nobody has said yes or no.
all-poll-yes = Yes
all-poll-no = No
all-poll-abstain = Abstention
all-poll-figure-points = { $total ->
    [one] one point ({ $percent } %)
   *[other] { $total } points ({ $percent } %)
}
all-poll-figure-votes = { $total ->
    [one] one vote ({ $percent } %)
   *[other] { $total } votes ({ $percent } %)
}
all-poll-figure-abstained = { $total ->
    [one] one vote
   *[other] { $total } votes
}
all-poll-short-points = { $total ->
    [one] 1 point
   *[other] { $total } points
}
all-poll-short-votes = { $total ->
    [one] 1 vote
   *[other] { $total } votes
}
all-poll-short-resistance = { $mean } of 10
all-poll-figure-resistance = { $mean } of 10 on average, { $compared }, { $strong ->
    [0] no strong objection
    [one] one strong objection
   *[other] { $strong } strong objections
}
all-poll-compared-less = { $difference } less than if all stays
all-poll-compared-more = { $difference } more than if all stays
all-poll-compared-same = as much as if all stays
all-poll-compared-itself = this is the measure
all-poll-row = { $option }: { $figure }
all-poll-turnout = Voted: { $voted } of { $asked } ({ $percent } %)
all-poll-rule-points = Rule: what has the most points wins. The percentages are of all points given.
all-poll-rule-yes-no = Rule: the majority of the yes and no votes decides. Abstentions do not count.
all-poll-rule-consensus = Rule: what meets the least resistance in all wins (0 to 10 per person). It is measured against all staying as it is; a strong objection is a resistance of 8 or more.
all-poll-minutes-title = Poll “{ $question }”: { $outcome }

## Office

office-poll-preview-title = Shall this poll go out?
office-poll-preview-line = { $count ->
    [one] It goes { $when } to one person. Answer YES, and it holds like this:
   *[other] It goes { $when } to { $count } people. Answer YES, and it holds like this:
}
office-poll-when-now = at once
office-poll-when-later = on { $when }
office-poll-button-yes = Yes, send it out
office-poll-button-no = No, drop it
office-poll-dropped-title = Dropped
office-poll-dropped-line = Nothing has gone out.
office-poll-opened-title = Poll opened: { $question }
office-poll-opened-line = It goes { $when } to everyone. Two days before the end I remind once who has not voted. It closes on { $over }; then everyone gets the result.
office-poll-turnout = So far { $voted } of { $asked } have voted. Nobody sees how anybody voted.
office-poll-missing = Still missing: { $names }
office-poll-button-close = Close now
office-poll-close-title = Close the poll now?
office-poll-close-line = “{ $question }” is open until { $when }. Once it is closed nobody can vote any more, and everyone gets the result.
office-poll-close-yes = Yes, close it
office-poll-close-no = No, leave it open
office-poll-closed-line = The poll is closed. Everyone gets the result { $when }.

## Refusals

refusal-poll-none = No poll is open at present.
refusal-poll-which = Several polls are open. POLL shows them; tap there, or answer the letter of the one you mean. Nothing was counted.
refusal-poll-which-close = Several polls are open. Please name its number, for example: POLL CLOSE { $example }. POLL shows all.
refusal-poll-number = There is no poll { $number }.
refusal-poll-option = { $option } is no option; there are { $options }. Nothing was counted.
refusal-poll-points = That would be { $given } points, there are { $points } to give. Nothing was counted.
refusal-poll-resistance = Resistance goes from 0 to 10. Nothing was counted.
refusal-poll-twice = One option is named twice. Nothing was counted.
refusal-poll-form = That does not fit the poll “{ $question }”. For example: { $example }. Nothing was counted.
refusal-poll-kind = What kind of poll? For example: "POLL points 5: What first?; M3, M7, M12", "POLL yes/no: Question?" or "POLL consensus: Question?; Option A; Option B". Nothing was changed.
refusal-poll-question = The question is missing, or it is longer than { $limit } characters. Nothing was changed.
refusal-poll-how-many-points = How many points does each person have? Possible are 1 to { $most }, for example: POLL points 5: What first?; M3, M7. Nothing was changed.
refusal-poll-no-options = What are the options? Name them after the question, separated by semicolons. Nothing was changed.
refusal-poll-one-option = The only option is { $option }. A poll needs two at least. Nothing was changed.
refusal-poll-many-options = These are { $count } options; nobody can weigh more than { $most }. Nothing was changed.
refusal-poll-long-option = One option is longer than { $limit } characters: “{ $option } …”. Nothing was changed.
refusal-poll-yes-no-options = For yes/no the question is enough, without options behind it. Nothing was changed.
refusal-poll-field = “{ $field }” is no field with measures. Name the measures (M3, M7) or two options at least. Nothing was changed.
refusal-poll-meeting = There is no meeting { $meeting }. Nothing was changed.
refusal-poll-too-short = Nobody can vote until { $when }: the question only goes out { $out }. Nothing was changed.
refusal-poll-after-meeting = The poll has to end before the meeting “{ $title }” begins on { $when }. Nothing was changed.
