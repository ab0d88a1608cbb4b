### HINWEIS: what the office must know about food and access

member-needs-title-yes = Noted: you are coming, with a note
member-needs-title-maybe = Noted: you may come, with a note
member-needs-line = Your note: { $text }
member-needs-who = Only the office sees this, so that it can prepare for it. It is deleted on { $until }, from the original of your message as well. By sending the note you consent to this use (Art. 9(2)(a) GDPR); with HINWEIS LÖSCHEN (or NEEDS DELETE) you take it back at any time.
member-needs-button-drop = Delete the note
word-needs-drop = NEEDS DELETE
member-needs-dropped-title = Your note is deleted
member-needs-dropped-line = The original of your message is blanked, too. I ask the office no longer to use the note, in case it has read it already.
member-invite-needs = Food or access: “ACCEPT, NEEDS: vegetarian” or “NEEDS: wheelchair access”. This is voluntary, only the office sees it, and it is deleted two weeks after the meeting.
member-needs-first = Please accept the meeting “{ $title }” first, most easily in one: “ACCEPT, NEEDS: …”.
refusal-needs-long = The note is too long. At most { $limit } characters, please.

office-needs-list = Notes on food and access:
office-needs-one = { $name }: { $text }
office-needs-care = Please use them to prepare only, do not pass them on, and delete this letter after the meeting. They are health data; I delete them two weeks later.
office-needs-count = { $count ->
    [1] One note on food or access; it is only in the list by mail.
   *[other] { $count } notes on food or access; they are only in the list by mail.
}
office-needs-late-title = { $name } has a note on food or access: { $title }
office-needs-late-line = It is in the list. Answer by mail with TEILNAHME (ATTENDANCE) and you get it anew.
office-needs-dropped-title = { $name } takes back the note on food or access: { $title }
office-needs-dropped-line = If you have read it, please use it no more, and delete the list that holds it. Answer by mail with TEILNAHME (ATTENDANCE) and you get a new one.

history-what-note-needs = Note on food or access
history-what-ask-needs = Note on food or access, not accepted yet
history-what-drop-needs = Note on food or access taken back
