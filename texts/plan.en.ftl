### The plan: how it stands, its way to adoption, amendments and evidence.

word-plan = PLAN

## Traffic light and summary

all-plan-light-green = green
all-plan-light-yellow = yellow
all-plan-light-red = red
all-plan-light-grey = not begun
all-plan-rule = The light of a measure: ▲ red if it is blocked or more than 90 days behind its date; ◐ yellow if it is delayed, behind its date, or nothing was reported for more than 90 days; ● green if it is running or done; ○ not begun. A goal or field is red if at least a third of its begun measures are red, and yellow if one is red or a third are not green.
all-plan-title = How the plan stands
all-plan-summary = { $count ->
    [0] There are no measures here yet.
    [1] Overall: { $light } · { $percent } % · one measure
   *[other] Overall: { $light } · { $percent } % · { $count } measures
}
all-plan-counts = { $count ->
    [1] One measure
   *[other] { $count } measures: { $signs }
}
all-plan-fresh = { $newest ->
    [0] Last report: today
    [1] Last report: yesterday
   *[other] Last report: { $newest } days ago
}
all-plan-span = { $newest ->
    [0] Reports: from today to { $oldest } days ago
    [1] Reports: from yesterday to { $oldest } days ago
   *[other] Reports: { $newest } to { $oldest } days ago
}
all-plan-answered = Answers for the next meeting: { $answered } of { $asked } measures
all-plan-no-field = In no field
all-plan-empty-fields = No measures yet: { $fields }
all-plan-measures = Measures
all-plan-without-goal = Without a goal
all-plan-button-whole = Whole plan
all-plan-none = –

## The way of the plan

all-plan-state-draft = a draft
all-plan-state-in-discussion = in discussion
all-plan-state-adopted = adopted
all-plan-line-draft = The plan is a draft.
all-plan-line-in-discussion = The plan is in discussion.
all-plan-line-adopted = { $count ->
    [0] Adopted on { $day }.
    [1] Adopted on { $day }, one amendment since.
   *[other] Adopted on { $day }, { $count } amendments since.
}
all-plan-adopted-at = Meeting: “{ $title }”, { $when }
office-plan-title-draft = The plan is a draft again
office-plan-title-in-discussion = The plan is in discussion
office-plan-title-adopted = The plan is adopted
office-plan-free = Until it is adopted everything can be changed without a reason.
office-plan-frozen = All members hear of it now. The wording is kept; from now on every change needs a reason.
office-plan-adopt-title = Shall the plan be adopted like this?
office-plan-adopt-count = { $measures ->
    [1] One measure:
   *[other] { $measures } measures:
}
office-plan-without-leads = Nobody responsible yet: { $measures }
office-plan-without-due = No date yet: { $measures }
office-plan-adopt-means = With YES this wording is kept, all members hear of it, and every later change needs a reason.
office-plan-adopt-yes = Yes, adopted
office-plan-reopen-title = Shall the adopted plan be open again?
office-plan-reopen-means = The adopted wording is kept. Until it is adopted again, changes need no reason and are not kept one by one.
office-plan-reopen-yes = Yes, open it
office-plan-no = No, leave it
member-plan-button = See the plan
member-plan-adopted-title = The plan is adopted
member-plan-adopted-line = Thank you to everyone who worked on it! Its wording is kept now; later changes are shown with their reason.
member-plan-adopted-closing = PLAN shows how it stands, STATUS shows your measures.

## Amendments

all-plan-change-title = Title: { $before } → { $after }
all-plan-change-due = Due: { $before } → { $after }
all-plan-change-begins = Begins: { $before } → { $after }
all-plan-change-field = Field: { $before } → { $after }
all-plan-change-goal = Goal: { $before } → { $after }
all-plan-change-initiative = Initiative: { $before } → { $after }
all-plan-change-milestone = Milestone: { $before } → { $after }
all-plan-change-withdrawn = withdrawn
all-plan-change-added = newly added: { $after }
all-plan-initiative-administration = administration
all-plan-initiative-business = business
all-plan-reason = Reason: “{ $why }”
all-plan-amendments = Amendments since the adoption
all-plan-amendment = { $day }, { $measure } { $what } · Reason: “{ $why }”
office-amend-title = Changed: { $measure }
office-amend-kept = The change is kept with its reason and is shown in the plan and in the dossier.
office-amend-undone-title = Taken back: { $measure }
member-amended-title-changed = Changed: { $measure }
member-amended-title-withdrawn = Withdrawn: { $measure }
member-amended-title-undone = Change taken back: { $measure }
member-amended-gone = You were responsible for this measure. It is no longer part of the plan, so I shall not ask you about it any more.
member-amended-back = The measure is part of the plan again, and you are responsible for it as before.
member-amended-line = You are responsible for this measure. The plan now says:

## Card and evidence

member-card-withdrawn = Withdrawn from the plan on { $day }
member-card-goal = Goal: { $goal }
member-card-begins = Begins: { $day }
member-card-milestone = Next milestone: { $milestone }
member-card-evidence = Evidence: { $text }
member-evidence-title = Evidence noted: { $measure }
member-evidence-undone-title = Evidence removed: { $measure }

## What cannot be done

refusal-plan-adopted = The plan is adopted. Please give a reason, for example: “AMEND M12; due; 31.12.2027; because the survey comes later” or “MEASURE 12; title; field; 31.12.2027; because …”. Nothing was changed.
refusal-plan-adopted-since = { $measure } has been adopted like this since. Please change it with a reason, for example: “AMEND M12; due; 31.12.2027; because …”. Nothing was changed.
refusal-plan-state = I do not know this step. There are PLAN DRAFT, PLAN DISCUSSION and PLAN ADOPTED.
refusal-plan-state-same = The plan is { $state } already. Nothing was changed.
refusal-plan-empty = There is no measure in the plan yet, so there is nothing to adopt.
refusal-plan-no-meeting = A plan is adopted at a meeting, and none has been held yet. Nothing was changed.
refusal-plan-no-such-meeting = I cannot find a meeting “{ $text }”. Please name its day or its title, for example: PLAN ADOPTED 03.12.2026.
refusal-plan-too-early = The meeting “{ $title }” is only on { $when }. It cannot have adopted anything before. Nothing was changed.
refusal-plan-goal-title = A goal needs a title of at most { $limit } characters. Nothing was changed.
refusal-plan-goal-field = { $measure } is in no field yet. Please first: AMEND M12; field; Fachkräfte.
refusal-plan-title-long = The title is too long, at most { $limit } characters. Nothing was changed.
refusal-plan-dates = It would be due before it begins. Nothing was changed.
refusal-plan-day = I cannot read “{ $text }” as a day. Please like this: 31.12.2027. Nothing was changed.
refusal-plan-initiative = The initiative is either that of the administration or that of business. Nothing was changed.
refusal-plan-no-such-field = I do not know a field “{ $text }”. There are: { $known }.
refusal-no-such-milestone = There is no such milestone. There are: { $known }.
refusal-amend-what = What can be changed are title, due, begins, field, goal, initiative and milestone, for example: “AMEND M12; due; 31.12.2027; because …”.
refusal-amend-same = That is what { $measure } says already. Nothing was changed.
refusal-measure-withdrawn = { $measure } was withdrawn from the plan. Nothing was changed.
refusal-evidence-empty = What shows the progress? For example: “EVIDENCE M{ $measure }: https://…” or a short sentence.
refusal-evidence-limit = A piece of evidence has at most { $limit } characters, a measure at most { $lines } of them. Nothing was changed.
