## Deputies for a time

word-deputy-end = DEPUTY END
step-deputy-over = end of a deputy's time
step-deputy-remind = reminder of a request to stand in
step-deputy-lapsed = note that nobody stood in
word-deputy-name = DEPUTY

member-deputy-person = { $name } ({ $company })
member-deputy-mark = Standing in for { $company }

member-deputy-button-name = Name a deputy
member-deputy-button-yes = Yes, I will stand in
member-deputy-button-no = No, rather not
member-deputy-button-end = End this
member-deputy-button-withdraw = Withdraw the request

member-deputy-ask-title = Who stands in for you?
member-deputy-ask-pause = Send me their e-mail address. Up to and including { $until } I will then ask there about your measures, as soon as that person has agreed.
member-deputy-ask-time = For a time, for your measures: DEPUTY name@company.example until 15 August
member-deputy-ask-meeting = For the next meeting only: DEPUTY and the name or e-mail address.

member-deputy-asked-title = Asked: { $email } to stand in for you until { $until }
member-deputy-asked-line = It holds as soon as somebody there answers YES; you will hear from me. Until then I keep asking you.
member-deputy-asked-paused = It holds as soon as somebody there answers YES; you will hear from me. Your pause holds already.
member-deputy-asked-instead = Your present deputy stays until the new one has agreed.

member-deputy-question-title = Will you stand in for { $company } until { $until }?
member-deputy-question-title-again = Reminder: will you stand in for { $company } until { $until }?
member-deputy-question-line = { $company } asks you to answer for these measures up to and including { $until }:
member-deputy-question-none = { $company } asks you to answer for its measures up to and including { $until }, as soon as there are any.
member-deputy-question-how = Answer YES or NO. If you agree, I will ask you how they stand until then; the lead stays with whoever has it now.

member-deputy-yes-title = You stand in for { $company } until { $until }
member-deputy-yes-line = Thank you! Up to and including { $until } I will ask you about these measures, together with your own. DEPUTY END stops it earlier.
member-deputy-no-title = Noted: not standing in for { $company }
member-deputy-no-line = I will tell them. There is nothing more for you to do.

member-deputy-accepted-title = Your deputy has agreed
member-deputy-accepted-line = Up to and including { $until } I will ask { $company } about your measures. You can still report at any time; DEPUTY END stops it earlier.
member-deputy-declined-title = Your deputy has declined
member-deputy-declined-line = { $company } cannot stand in for you. If somebody else can: DEPUTY name@company.example until { $day }
member-deputy-lapsed-title = Nobody stood in for you
member-deputy-lapsed-line = Your request to { $company } had no answer by { $until }. It is void now.

member-deputy-over-title = Your deputy's time is over
member-deputy-over-line = From now on I ask you about your measures again.
member-deputy-over-paused = Your pause until { $until } still holds; until then I ask nobody.
member-deputy-over-again = To set it up again: DEPUTY name@company.example until 15 August
member-deputy-free-title = You no longer stand in for { $company }
member-deputy-free-line = From now on I do not ask you about the measures of { $company } any more. Thank you for stepping in!
member-deputy-void-title = Settled: standing in for { $company }
member-deputy-void-line = The request to stand in is settled. There is nothing for you to do.
member-deputy-withdrawn-title = Withdrawn
member-deputy-withdrawn-line = The request to stand in no longer holds. I ask you as usual.

member-deputy-which-title = Which of these shall end?
member-deputy-which-mine = Your own: { $company } stands in for you until { $until }
member-deputy-which-theirs = You stand in for { $company } until { $until }

member-pause-deputy-none = Shall somebody answer for your measures meanwhile? Name a deputy: DEPUTY name@company.example
member-pause-deputy-holds = Until { $until } I ask your deputy ({ $company }).
member-pause-deputy-of = You are standing in for { $company }. I will not ask you about that during the pause either; if somebody else shall step in, write DEPUTY END.

history-instead = , standing in for { $names }
office-outstanding-deputy = also standing in for { $companies }

refusal-deputy-address = For a deputy for a time I need an e-mail address: DEPUTY name@company.example until 15 August. If it is about the next meeting only, the name without a day is enough.
refusal-deputy-day = I cannot take this day: please name a day from today on, at most a year ahead. For example: DEPUTY name@company.example until 15 August
refusal-deputy-unknown = I find no member at { $email } who could stand in for you. Whoever shall do so writes JOIN to { $house }; once the office has agreed, name the address again.
refusal-deputy-yourself = That is your own address. Please name that of another member.
refusal-deputy-represented = Somebody stands in for this person at present. Please name somebody else.
refusal-deputy-representing = You are standing in for { $company } and cannot have a deputy yourself meanwhile. Write DEPUTY END first, or ask the office.
refusal-deputy-chain-yours = Somebody stands in for you at present, so you cannot stand in for anybody. Answer NO, or end your own deputy's time first with DEPUTY END.
refusal-deputy-chain-theirs = { $company } has come to stand in for somebody itself. You can agree only when that is over.
refusal-deputy-asked = I have asked there already. As soon as there is an answer, you will hear from me.
refusal-deputy-accepted = You have agreed already. DEPUTY END stops it earlier.
refusal-deputy-declined = You have declined already. If you have changed your mind, they must ask once more.
refusal-deputy-over = This request to stand in is settled. There is nothing for you to do.
refusal-deputy-none = There is nobody standing in that you could end.

history-what-accept-deputy = agreed to stand in
history-what-decline-deputy = declined to stand in
