# Spreadsheets in and out

## Columns

office-column-plan-group = Group of fields
office-column-plan-field = Field
office-column-plan-strategic = Strategic goal
office-column-plan-operative = Operative goal
office-column-plan-number = No.
office-column-plan-title = Measure
office-column-plan-initiative = Initiative
office-column-plan-leads = Responsible (e-mail)
office-column-plan-contributors = Contributors (e-mails)
office-column-plan-begins = Begins
office-column-plan-due = Due
office-column-plan-status = Status
office-column-plan-percent = Progress %
office-column-plan-expected = Expected
office-column-plan-milestones = Milestones
office-column-plan-evidence = Evidence
office-column-plan-note = Remark
office-column-plan-why = Reason
office-column-plan-light = Traffic light
office-column-plan-company = Responsible company
office-column-members-name = Name
office-column-members-email = E-mail
office-column-members-company = Company
office-column-members-phone = Phone
office-column-members-role = Role
office-column-members-language = Language
office-column-companies-name = Company
office-column-companies-phone = Phone
office-column-meetings-kind = Kind
office-column-meetings-title = Title
office-column-meetings-day = Date
office-column-meetings-begins = Begins
office-column-meetings-ends = Ends
office-column-meetings-place = Place
office-column-meetings-link = Link

office-sheet-plan = Measures
office-sheet-members = Members
office-sheet-companies = Companies
office-sheet-meetings = Meetings
office-sheet-notes = Notes
office-sheet-lists = Lists
office-sheet-initiative-administration = Administration
office-sheet-initiative-business = Business
office-sheet-role-member = Member
office-sheet-role-observer = Observer
office-sheet-role-office = Office
office-sheet-language-de = German
office-sheet-language-en = English
office-sheet-kind-alliance = Alliance
office-sheet-kind-working-group = Working group

## Dry run

office-import-title = Dry run of “{ $name }”: this would change
office-import-same-title = “{ $name }”: everything is so already
office-import-wrong-title = { $count ->
    [one] “{ $name }”: one place is not right yet
   *[other] “{ $name }”: { $count } places are not right yet
}
office-import-wrong-closing = Nothing was changed. Please correct the file and send it again.
office-import-unreadable-title = I cannot read “{ $name }”
office-import-fault-empty = The file is empty.
office-import-fault-no-sheet = This is no spreadsheet that I can open. Please send it as an Excel file (.xlsx), from Excel by “Save as”, or as a CSV file with semicolons.
office-import-fault-password = The file is protected by a password. Please save it without one (File → Info → Protect Workbook) and send it again.
office-import-fault-too-big = The file is too big once it is unpacked. Please send only the sheet with the data, without pictures and other sheets.
office-import-fault-too-many-rows = A sheet has more than 50,000 rows. Please delete the rows below the data.
office-import-fault-too-many-columns = A sheet has more than 200 columns. Please delete the columns to the right of the data.
office-import-no-headings = I find no headings that I know. The plan needs at least “No.” and “Measure”, members “Name”, “E-mail” and “Company”, companies “Company”, meetings “Kind”, “Title”, “Date” and “Begins”. EXPORT sends you a template.
office-import-no-column = This column is missing.
office-import-too-many-rows = The file has { $rows } rows; I can take { $limit } at once.
office-import-count = { $kind }: { $new } new, { $changed } changed, { $same } the same
office-import-new-companies = Companies that will be registered along: { $names }
office-import-new-fields = New fields: { $names }
office-import-group = The group of fields “{ $before }” will be called “{ $after }”
office-import-change = { $name } { $column }: { $before } → { $after }
office-import-new = new: { $name }
office-import-back = back again: { $name }
office-import-more-changes = { $count ->
    [one] … and one more change
   *[other] … and { $count } more changes
}
office-import-more-problems = { $count ->
    [one] … and one more place
   *[other] … and { $count } more places
}
office-import-sends-welcome = { $count ->
    [one] One new member will be welcomed.
   *[other] { $count } new members will be welcomed.
}
office-import-sends-news = { $count ->
    [one] One person will hear in one message what changes for them.
   *[other] { $count } people will each hear in one message what changes for them.
}
office-import-ignored = I do not know these columns and leave them out: { $names }
office-import-unread = I leave these sheets out: { $names }
office-import-ask = Reply YES and I will take it all over at once. NO drops the file. Until then nothing changes.
office-import-again = Something has changed since the dry run. This is how it would look now:
office-import-button-yes = ✓ Yes, take over
office-import-button-no = No, drop it
office-import-done-title = “{ $name }” is taken over
office-import-done-closing = UNDO takes all of it back for 14 days, as long as nothing newer stands on it. Letters that have been sent cannot be called back.
office-import-dropped-title = “{ $name }” is dropped, nothing was changed
office-import-undone-title = The import is taken back
office-import-undone-line = Everything stands as it did before.
office-import-undone-told = { $count ->
    [one] One message had been sent already and cannot be called back.
   *[other] { $count } messages had been sent already and cannot be called back.
}

## What is wrong in a row

office-import-problem = { $where }: { $what }
office-import-at-sheet = Sheet “{ $sheet }”
office-import-at-line = Row { $line }
office-import-at-column = Column { $column }
office-import-bad-formula = There is a formula here that gives an error.
office-import-bad-day = “{ $text }” is no date. Please write it so: 31.12.2027.
office-import-doubtful-day = “{ $text }” may mean two days. Please write it so: 31.12.2027.
office-import-bad-clock = “{ $text }” is no time. Please write it so: 17:00.
office-import-bad-number = “{ $text }” is no number. Please write it so: 12.
office-import-bad-percent = “{ $text }” is no whole number from 0 to 100.
office-import-bad-phone = “{ $text }” is stored as a figure, which loses the zero in front. Please format the cell as text and enter the number again.
office-import-bad-status = “{ $text }” is no status. Possible are: not yet begun, running, delayed, blocked, done.
office-import-bad-initiative = I do not know “{ $text }”. Possible are: Administration, Business.
office-import-bad-role = I do not know “{ $text }”. Possible are: Member, Observer; whoever belongs to the office already keeps: Office.
office-import-bad-language = I do not know “{ $text }”. Possible are: German, English.
office-import-bad-kind = I do not know “{ $text }”. Possible are: Alliance, Working group.
office-import-bad-email = “{ $text }” is no e-mail address.
office-import-bad-addresses = “{ $text }” is no e-mail address. Please part several by commas.
office-import-bad-milestone = “{ $text }” does not say what it is about. Please write it so: 30.06.2027: Report is there.
office-import-too-long = The text is too long, { $limit } characters at most.
office-import-too-many-lines = These are too many entries, { $limit } at most.
office-import-needed = Something has to stand here.
office-import-merged = Cells are merged down to row { $last }. Please unmerge them and fill every cell.
office-import-twice = This stands already in row { $line }.
office-import-too-many-meetings = { $count } meetings are too many at once, { $limit } at most.
office-import-withdrawn = M{ $measure } is withdrawn and cannot be changed.
office-import-cancelled = This meeting is cancelled.
office-import-number-forgotten = This measure is there already as M{ $measure }. Please enter the number or change the title.
office-import-field-near = There is no field “{ $text }”. Did you mean “{ $near }”?
office-import-field-unknown = There is no field “{ $text }”. It will be added if you also name its group in the row.
office-import-goal-without = An operative goal needs a strategic one.
office-import-goal-no-field = A goal needs a field.
office-import-ends-first = The end is before the beginning.
office-import-person-unknown = “{ $text }” is no member.
office-import-person-near = “{ $text }” is no member. Did you mean “{ $near }”?
office-import-needs-reason = The plan is adopted. Please name the reason for the change in this column, or for all rows in the letter: “Reason: …”.

refusal-import-gone = This file is no longer at hand. Please send it again.
refusal-import-done = This file has been taken over already.
refusal-import-newer = “{ $what }” has been changed since. So the import can no longer be taken back as a whole.
refusal-import-built-on = Something already builds on this import. So it can no longer be taken back as a whole.
refusal-import-adopted-since = The plan has been adopted since. So the import can no longer be taken back.

member-import-title = News about your measures
member-import-leads = { $count ->
    [one] The office has given you a measure that you lead.
   *[other] The office has given you { $count } measures that you lead.
}
member-import-helps = You now also contribute to { $measures }.
member-import-dropped = You no longer carry { $measures }.
member-import-undone-title = A change was taken back
member-import-undone-line = The office has taken back what I last wrote to you about your measures. What was before holds again. STATUS shows you how things stand.

## Export

all-export-title-plan = The plan as a spreadsheet
all-export-title-members = The members as a spreadsheet
all-export-title-companies = The companies as a spreadsheet
all-export-title-meetings = The meetings as a spreadsheet
all-export-title-all = Everything as a spreadsheet
all-export-count = { $kind }: { $count }
all-export-file-plan = Zukunftsplan-{ $day }
all-export-file-members = Members-{ $day }
all-export-file-companies = Companies-{ $day }
all-export-file-meetings = Meetings-{ $day }
all-export-file-all = Zukunftsplan-all-{ $day }
office-export-line = You may change the file and send it back to me. I will first show you what would change.
office-export-advice-day = Please enter a date, such as 31.12.2027.
office-export-advice-percent = Please enter a whole number from 0 to 100, without a percent sign.
office-export-advice-choice = This is not in the list. Enter it all the same?
office-export-advice-text = There is no such field yet. Enter it all the same?
office-export-hints = Sending back – Change what is to change and send the file back by e-mail or in Telegram. You first get a dry run and then reply YES or NO.
    Empty cells – stay as they are. A “-” or “empty” clears what was there.
    Missing rows – are left alone. An import deletes nothing.
    Columns – may be missing, stand in another order or be called a little differently. Unknown columns are named and left out.
    Measures – are recognised by their No. An empty No. is a new measure and gets the next free number.
    Members – are recognised by their e-mail address, companies by name, meetings by kind, date and title.
    Group of fields – counts for new fields. A field moves to another group when all its rows name the same new one.
    Responsible, Contributors – e-mail addresses of members, several parted by commas.
    Status, Progress %, Expected, Remark – are recorded as a report by the office. 100 % means done, done means 100 %.
    Milestones – one to a line (Alt+Enter) or parted by |: 30.06.2027: Report is there. A ✓ in front means reached.
    Evidence – one text or link to a line.
    Reason – needed when the plan is adopted and title, field, goals, initiative, beginning, due date or milestones change. For all rows at once a line in the letter will do: Reason: …
    Traffic light – is worked out and not read.
member-export-hints = Standing – The plan as it stood when you asked for it. STATUS shows you your measures, PLAN the whole plan.

## Command line

operator-help-import = Takes over a spreadsheet (plan, members, companies or meetings; .xlsx, .xls, .ods or CSV) after a dry run.
operator-help-export = Writes the plan, the members, companies or meetings as a spreadsheet.
operator-help-argument-file = The spreadsheet
operator-help-argument-target = Target file, a folder for several; without it a name with today's date
operator-help-argument-what = What: plan, members, companies, meetings or all
operator-help-option-yes = Take over without asking if the dry run succeeds
operator-help-option-csv = As a CSV file instead of an Excel file
operator-import-comparing = Comparing
operator-import-writing = Taking over
operator-import-ask = Take it all over?
operator-export-writing = Writing
operator-bad-file = { $file } cannot be opened. Please check its name, folder and rights.
member-file-unread = I have not read the spreadsheet with it: I take spreadsheets from the office only.
