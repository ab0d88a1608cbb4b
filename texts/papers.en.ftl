## What the papers say: status report, plan, pictures

paper-light-green = green: on track
paper-light-yellow = yellow: keep an eye on it
paper-light-red = red: critical
paper-light-grey = grey: not yet begun
paper-page = Page
paper-pages = of
paper-stand = As of { $day }
paper-count = { $count ->
    [1] 1 measure
   *[other] { $count } measures
}

## Status report

paper-dossier-title = Status report on the Zukunftsplan
paper-dossier-meeting = { $title } on { $day }
paper-dossier-no-meeting = Report of { $day }
paper-dossier-for-members = Members’ copy
paper-dossier-for-office = The office’s copy, please do not pass on
paper-dossier-begins = Begins
paper-dossier-clock = { $time }
paper-dossier-place = Place
paper-dossier-made = As of
paper-dossier-overall = The whole plan
paper-dossier-turnout = Answers
paper-dossier-turnout-value = { $answered } of { $asked }
paper-dossier-turnout-note = leads, without those who pause
paper-dossier-unchanged = Of these “unchanged”
paper-dossier-unchanged-note = { $count ->
    [1] measure
   *[other] measures
}
paper-dossier-fields = Fields
paper-dossier-fields-note = with measures
paper-dossier-fresh = Reported
paper-dossier-fresh-value = { $count } of { $all }
paper-dossier-fresh-note = measures in the last { $days } days
paper-dossier-overview = The fields at a glance
paper-dossier-field = Field
paper-dossier-measures = Measures
paper-dossier-progress = Progress
paper-dossier-empty-fields = Without measures so far: { $fields }.
paper-dossier-number = No.
paper-dossier-measure = Measure
paper-dossier-responsible = Lead
paper-dossier-due = Due
paper-dossier-expected = expected
paper-dossier-standing = Status
paper-dossier-reported = Reported
paper-dossier-nobody = not yet found
paper-dossier-never = never
paper-dossier-stale = last reported more than { $days } days ago
paper-dossier-help = Help wanted
paper-dossier-evidence = Evidence: { $text }
paper-dossier-strategic = Strategic goal
paper-dossier-operative = Operative goal
paper-dossier-no-goal = Without a goal
paper-dossier-annex = Changes and decisions
paper-dossier-changes = Changed since the last meeting
paper-dossier-changes-lead = Compared with { $day }.
paper-dossier-no-changes = Nothing has changed since { $day }.
paper-dossier-before = before
paper-dossier-after = now
paper-dossier-amendments = Amendments since the plan was adopted
paper-dossier-amendments-lead = The plan was adopted on { $day }.
paper-dossier-no-amendments = The plan has not been amended since it was adopted on { $day }.
paper-dossier-amended = Amendment
paper-dossier-why = Reason
paper-dossier-who = When and who
paper-dossier-when-by = { $day }, { $who }
paper-dossier-decisions = Decisions that still need somebody
paper-dossier-decision = Decision
paper-dossier-decided = Meeting
paper-dossier-waits = Waits for
paper-dossier-waits-for = an answer from { $company }
paper-dossier-waits-for-somebody = a lead
paper-dossier-owed = For the office only
paper-dossier-owed-title = Who has not answered yet
paper-dossier-owed-lead = Only your copy has this page.
paper-dossier-all-answered = All leads have answered.
paper-dossier-name = Name
paper-dossier-company = Company
paper-dossier-phone = Phone
paper-dossier-missing = Owes
paper-dossier-contact = Last contact
paper-dossier-file = Status-{ $day }.pdf
paper-dossier-file-office = Status-{ $day }-office.pdf

## The office's report

office-report-title = Report: status of the Zukunftsplan
office-report-line = As of now, in the office’s copy. The members’ copy goes out when answers close.

## Pictures and the plan

paper-picture-title = How the Zukunftsplan stands
paper-picture-subtitle = { $count } · as of { $day }
paper-picture-more = { $count ->
    [1] and one more measure
   *[other] and { $count } more measures
}
paper-picture-more-fields = { $count ->
    [1] and one more field
   *[other] and { $count } more fields
}
paper-picture-file = The Zukunftsplan on { $day }.png
paper-plan-title = The Zukunftsplan on one page
paper-plan-line = To print in A3, or to zoom into on a screen.
paper-plan-draft = draft
paper-plan-in-discussion = in discussion
paper-plan-adopted = adopted on { $day }
paper-plan-file = Zukunftsplan-{ $day }-A3.pdf
paper-poll-subtitle = Poll for the meeting “{ $meeting }”
paper-poll-won = ahead
paper-poll-file = Poll-{ $poll }.png
