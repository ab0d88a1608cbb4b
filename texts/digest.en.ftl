### Digest: how often, about what, preview and release

word-digest-weekly = DIGEST ON
word-digest-monthly = DIGEST MONTHLY
word-digest-never = DIGEST OFF
word-follow-all = FOLLOW EVERYTHING
word-release = RELEASE

member-digest-week-title = { $count ->
    [0] Weekly digest Zukunftsplan
    [1] Weekly digest Zukunftsplan: one measure waits for you
   *[other] Weekly digest Zukunftsplan: { $count } measures wait for you
}
member-digest-month-title = { $count ->
    [0] Monthly digest Zukunftsplan
    [1] Monthly digest Zukunftsplan: one measure waits for you
   *[other] Monthly digest Zukunftsplan: { $count } measures wait for you
}
member-digest-more = … and { $count } more
member-digest-ideas = New ideas
member-digest-offers = New offers and needs
member-digest-set-weekly = The digest comes every week
member-digest-set-monthly = The digest comes once a month
member-digest-set-never = The digest will not come any more
member-digest-set-line = Questions about your own measures and invitations come all the same.
member-digest-button-weekly = Every week
member-digest-button-monthly = Once a month
member-digest-button-never = Not at all
member-follow-title = { $count ->
    [1] You follow one entry of the Zukunftsplan
   *[other] You follow { $count } entries of the Zukunftsplan
}
member-follow-line = The digest tells of these and of your own measures only. FOLLOW M12 or FOLLOW and the name of a field adds something, FOLLOW END M12 takes it off.
member-follow-all-title = You follow the whole Zukunftsplan
member-follow-all-line = The digest tells of everything that changes. Choose with FOLLOW M12 or FOLLOW and the name of a field.
member-follow-button-all = Follow everything again
refusal-no-such-field = I do not know a field “{ $field }”. There are: { $fields }. Nothing was changed.

office-preview-title = Preview: weekly digest
office-preview-line = { $count ->
    [1] This is how the digest goes to one person. RELEASE sends it; otherwise it is dropped this week, and its news come with the next.
   *[other] This is how the digest goes to { $count } people, each with what is open for them. RELEASE sends it; otherwise it is dropped this week, and its news come with the next.
}
office-preview-button-release = Release
office-preview-on-title = From now on you release the weekly digest
office-preview-on-line = On Mondays at 8 you see it first. It goes out once you write or tap RELEASE.
office-preview-off-title = The weekly digest goes out by itself again
office-preview-off-line = On Mondays at 8, without a preview.
office-released-title = { $count ->
    [0] Released. There was nothing new for anybody
    [1] Released: the digest goes to one person
   *[other] Released: the digest goes to { $count } people
}
refusal-digest-none = No digest is waiting to be released.
refusal-digest-sent = This week's digest is already on its way.
refusal-digest-over = This preview is from a past week. Its news come with the next digest.
