## Change of company

member-change-ask-title = Whom do you speak for now?
member-change-ask-line = Tell me the new company, for example: SWITCH: New Ltd
member-change-title = Passed on: your change to { $company }
member-change-line = The office will look at it. Until then you stay with { $company }.
member-change-measures = Your reports, ideas and votes stay yours. The measures belong to your present company and get free once the office has entered the change.
member-change-back-title = Taken back: you still speak for { $company }

member-moved-title = You now speak for { $company }
member-moved-stays = What stays with you: your access with all addresses, your reports so far, ideas and votes.
member-moved-measures = No longer with you: { $measures }. These measures came with the former company; the office gives them anew, perhaps to you again.
member-moved-offers = Your open offers and needs stay open. What no longer fits you can close with OFFERS.
member-moved-address = Is your e-mail address new, too? Write ADDRESS name@company.example, and then ADDRESS REMOVE with the old one.
member-not-moved-title = You still speak for { $company }
member-not-moved-line = The office has not entered the change to { $company }. If you have questions, please call them.

office-change-title = { $name } moves to { $company }?
office-change-line = { $name }, so far { $before }, says that they now speak for { $company }.
office-change-known = This company is registered already.
office-change-new = This company is new and will be registered with YES.
office-change-measures = Measures so far: { $measures }
office-change-free = With YES these measures get free, and you get them to hand out. If the person is to take them along, give them back afterwards with ASSIGN.
office-change-button-yes = Yes, enter it
office-change-button-no = No

office-moved-title = { $name } now speaks for { $company }
office-moved-line = Before: { $before }. The person has been told.
office-moved-free = Nobody leads these measures now:
office-free-button = { $measure } to { $name }
office-free-word = ASSIGN M{ $number } { $email }
office-not-moved-title = { $name } still speaks for { $company }
office-not-moved-line = Nothing was changed. The person has been told.

office-import-moves = { $name } keeps { $measures }. If this is a change of company and no correction, leave the line out: with SWITCH from the person the measures get free.

refusal-change-same = You speak for “{ $company }” already.
refusal-change-asked = The change to “{ $company }” is with the office already.
refusal-change-over = That is decided already. If it is wrong, write SWITCH and the right company.
refusal-change-decided = The change of { $name } is decided already, or settled.
refusal-assign-led = Somebody leads “{ $measure }” by now. With ASSIGN M{ $number } and the address you can change it all the same.

history-what-change-company = told of a change of company
history-what-accept-company = entered a change of company
history-what-decline-company = did not enter a change of company
