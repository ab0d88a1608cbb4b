### What a chat shows instead of names, addresses and numbers

names-email = (address left out)
names-phone = (number left out)
names-left-out = In Telegram I give only the initials of other people.
names-paper = The file holds names. That is why everything comes by mail.
names-paper-kept = The file holds names, so it is not shown here, and your mail address takes nothing at present. Give me another one: ADDRESS name@company.example
names-button = With names by mail
names-word = WITH NAMES
names-mailed-title = On its way by mail
names-mailed-line = “{ $title }” is coming to your registered mail address, with all names.
refusal-names-no-address = Your mail address takes nothing at present. Give me another one: ADDRESS name@company.example
refusal-names-gone = I no longer have that in full. Please ask for it again.
refusal-names-nothing = Nothing that your Telegram chat last showed had names shortened.
