### Ideas, offers and needs.

## Ideas

all-idea-called = Idea { $idea }
all-idea-title = Idea { $idea }
all-idea-line = Idea { $idea }: { $text }
all-idea-yours = yours
all-idea-like = Similar: { $names }
all-idea-like-measure = M{ $number } { $text }
all-idea-like-goal = goal “{ $text }”
all-idea-like-idea = idea { $number } “{ $text }”
all-idea-list-title = { $count ->
    [0] There are no open ideas at present
    [1] One open idea
   *[other] { $count } open ideas
}
all-idea-more = … and { $count } older ones
all-idea-state-new = The office has not decided yet.
all-idea-state-merged = Merged with something similar.
all-idea-state-declined = Will not be pursued.
all-idea-state-promoted = Has become a measure.
all-idea-state-withdrawn = Was taken back.
all-idea-reason = Reason: { $why }
member-idea-ask-title = What is your idea?
member-idea-ask = Just write it to me in a few sentences.
member-idea-sure-title = Shall I keep this as an idea?
member-idea-button-yes = Yes, keep it
member-idea-title = Thank you, noted: idea { $idea }
member-idea-twin = You have brought in this idea already.
member-idea-same = Do you mean the same? Then tell me, and whoever works on it gets your text.
member-idea-next = The office will look at it; you will hear of its decision here.
member-idea-button-place = Belongs to { $target }
member-idea-word-place = BELONGS TO { $target }
member-idea-button-keep = On its own
member-idea-word-keep = ON ITS OWN
member-idea-kept-title = Idea { $idea } stays on its own
member-idea-placed-title = Idea { $idea } now belongs to: { $target }
member-idea-placed-measure = Those in charge and the office get your text as a remark.
member-idea-placed-idea = The office will look at both together.
member-idea-remark-title = A remark on { $measure }
member-idea-remark = Somebody in the alliance has an idea that suits your measure. You need not do anything:
member-idea-undone-idea = Taken back: idea { $idea }
member-idea-undone-place = Idea { $idea } is open again
member-idea-decided-title = About your idea { $idea }
member-idea-decided-merge = Your idea now belongs to: { $target }.
member-idea-decided-promote = Your idea becomes a measure: { $target }. Thank you very much!
member-idea-declined = Your idea will not be pursued at present. Thank you for bringing it in.
member-idea-yours = You wrote: “{ $text }”
member-idea-list-closing = Your own: IDEA: and a few sentences. To read one in full: IDEA and its number.
office-idea-title = Idea { $idea }: { $text }
office-idea-by = From { $who }
office-idea-closing = Or write: IDEA { $idea } TO M12 · IDEA { $idea } TO IDEA 3 · IDEA { $idea } DECLINE: reason · IDEA { $idea } PROMOTE field
office-idea-button-merge = Merge with { $target }
office-idea-button-promote = Promote
office-idea-button-decline = Decline
office-idea-word-merge = MERGE
office-idea-word-promote = PROMOTE
office-idea-word-decline = DECLINE
office-idea-placed-title = Idea { $idea } belongs to: { $target }
office-idea-placed = That is what the person with the idea says. You need not do anything.
office-idea-reason-title = Why is idea { $idea } declined?
office-idea-reason-ask = Answer with one sentence: it goes to the person who had this idea.
office-idea-done-merge = Idea { $idea } now belongs to: { $target }
office-idea-done-promote = Idea { $idea } is a measure now: { $target }
office-idea-done-decline = Idea { $idea } is declined
office-idea-told = Whoever had the idea is told now.
office-idea-list-closing = IDEA and a number shows one with what is similar and all you can do with it.

## Offers and needs

all-offer-called = Offer { $offer }
all-need-called = Need { $offer }
all-offer-line = { $offer }: { $text }
all-offer-yours = yours
all-offer-list-title = { $count ->
    [0] There are no offers or needs at present
    [1] One offer or need
   *[other] { $count } offers and needs
}
all-offer-more = … and { $count } older ones
member-offer-ask-title = What do you offer?
member-offer-ask = Knowledge, rooms, equipment, time: write it to me in a sentence or two.
member-need-ask-title = What are you looking for?
member-need-ask = Knowledge, rooms, equipment, support: write it to me in a sentence or two.
member-offer-sure-title = Shall I keep this as an offer to others?
member-need-sure-title = Shall I keep this as a need that others may meet?
member-offer-title = Thank you, noted: { $offer }
member-offer-twin = You have that already: { $offer }
member-offer-matches = { $count ->
    [0] Nothing suits it yet. When something does, I will ask you.
    [1] Something might suit it: I am asking both sides now.
   *[other] { $count } things might suit it: I am asking all sides now.
}
member-offer-how-long = Others see your text only, not your name. After { $days } days I close the entry by myself.
member-offer-undone = Taken back: { $offer }
member-offer-closed = Settled: { $offer }
member-offer-button-contact = Contact for { $offer }
member-offer-word-contact = CONTACT { $offer }
member-offer-button-close = { $offer } settled
member-offer-word-close = { $offer } SETTLED
member-offer-list-closing = Contact: CONTACT and the number. Your own: OFFER: … or NEED: …
member-match-title = This might go together
member-match-offer = There is an offer that might suit your entry ({ $mine }: { $text }):
member-match-need = There is a need that might suit your entry ({ $mine }: { $text }):
member-match-to-measure = A measure might suit your entry ({ $offer }): { $measure }.
member-match-for-measure-offer = There is an offer that might suit your measure { $measure }:
member-match-for-measure-need = There is a need that might suit your measure { $measure }:
member-match-interest = Somebody in the alliance would like to talk to you about your entry ({ $offer }: { $text }).
member-match-ask = May we tell the other side your name, your company, your e-mail address and your phone number?
member-match-button-yes = Yes, tell them
member-match-button-no = No
member-match-closing = Only if both say YES do you hear of each other. With NO, or without an answer, nothing is told.
member-match-yes-title = Thank you, I am asking the other side
member-match-yes = If they agree, both of you get the contact. Until then your name stays unsaid.
member-match-no-title = All right
member-match-no = Your name stays unsaid.
member-match-nothing-title = No contact came about
member-match-nothing = I am sorry, no contact came about this time. Your name was not told.
member-match-contact-title = Your contact
member-match-contact = Both of you agreed. Feel free to get in touch:
member-match-phone = Phone { $phone }

## Refusals

refusal-text-long = That is { $count } characters, and I can take { $limit } at most. Please be briefer. Nothing is kept yet.
refusal-no-such-idea = There is no idea { $idea }. IDEAS shows the open ones.
refusal-idea-decided = Idea { $idea } has been decided on already.
refusal-idea-not-yours = Idea { $idea } is not yours. Nothing was changed.
refusal-idea-itself = Idea { $idea } cannot be merged with itself.
refusal-idea-has-others = Others have been merged with idea { $idea } already. Please talk to the office.
refusal-idea-merge-into = With what? Write, for example: IDEA { $idea } TO M12
refusal-no-such-offer = There is no open offer or need { $offer }. OFFERS shows all.
refusal-offer-not-yours = That is not yours. Nothing was changed.
refusal-offer-own = That is your own.
refusal-match-over = This question is over: the offer or need is no longer open.
refusal-match-not-yours = This question did not go to you. Nothing was changed.
