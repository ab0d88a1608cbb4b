### Consents and privacy notice. Whoever changes a word here gives them a new version (alliance/consents.py).

## The notice of Art. 13 and 14 GDPR, one paragraph a line

all-privacy-title = Privacy: what happens with your data
all-privacy-notice =
    This notice (version of { $version }) tells you what happens with your data, as Art. 13 and 14 GDPR ask for.
    Who is responsible: { $controller }
    Who watches over data protection: { $officer }
    What for: We accompany the Zukunftsplan of { $house }. So we ask how the measures stand, invite to meetings, make interim reports and minutes, collect ideas, offers and needs, and count polls.
    Which data: name, company or institution, mail addresses, phone number and Telegram chat where there are any; what you write to us (progress reports, acceptances and refusals, ideas, offers, needs, votes until they are counted); your consents; who changed what and when. Notes on food or access only if you give them yourself.
    Where from: From you. If the office entered you, name, company, mail address and phone number come from the office; your welcome letter says so then.
    Legal bases: If you joined yourself, it is your consent (Art. 6(1)(a) GDPR), one each for membership, weekly digest and Telegram. If the office entered you, it is the city's task of furthering local business (Art. 6(1)(e) GDPR, section 3 DSG NRW); you may object to that (Art. 21 GDPR). For notes on food or access it is your explicit consent (Art. 9(2)(a) GDPR). Consents we must be able to prove (Art. 7(1), Art. 6(1)(c) GDPR).
    Who sees them: The office. The other members read which company is responsible for which measure, and progress reports, ideas, decisions and minutes. They read your name only where somebody writes it, or if you offer them a measure or ask them to stand in for you. With offers and needs, names and contact data are passed on only when both sides agree. The plan's standing and decisions may be published, without your contact data. Whoever runs the assistant and whoever provides the mailbox is the city itself or works on our behalf (Art. 28 GDPR). Nothing is sold or used for advertising.
    Telegram: Only if you explicitly consent (Art. 6(1)(a) and Art. 49(1)(a) GDPR). Telegram is a provider of its own with its seat outside the EU (Dubai); nobody has established that data are protected there as they are here. Messages to the assistant are not end-to-end encrypted: Telegram can read and keep them, and we can delete nothing there. Everything works by mail just as well.
    How long: Requests to join: unconfirmed 7 days, declined 30 days, undecided 180 days. Your letters and messages as they came 90 days, ours to you 30 days; what we recognise a reply by, 60 days or until the meeting. Questions to the office 90 days after the answer, unanswered ones 1 year. Spreadsheets you send, 30 days. Notes on food or access 14 days after the meeting. Your data as a member until 1 year after you have left, erased at once with ERASE. After that progress reports, ideas, decisions, the history of changes and the proof of your consents stay, without your name. Matters of data protection 3 years after the answer. What is deleted vanishes from backups when these are overwritten.
    Voluntary: You need not tell us anything. But without name, company and mail address you cannot become a member. Phone, Telegram and weekly digest are voluntary even then.
    No automatism: A human being decides on your admission. There are no automated decisions and no profiles (Art. 22 GDPR).
    Your rights: access and your data as a file (MYDATA, Art. 15 and 20 GDPR), rectification (RECTIFY, Art. 16), erasure (ERASE, Art. 17), restriction (RESTRICT, Art. 18) and objection (OBJECT, Art. 21). What is not done at once, the office answers within a month. You take a consent back with one word: LEAVE, DIGEST OFF or TELEGRAM OFF. What was done until then stays lawful.
    Complaints: To any supervisory authority (Art. 77 GDPR), here the Landesbeauftragte für Datenschutz und Informationsfreiheit Nordrhein-Westfalen, Kavalleriestraße 2–4, 40213 Düsseldorf, phone +49 211 38424-0, www.ldi.nrw.de.
all-privacy-controller-default = the office of { $house }, reached by answering this message.
all-privacy-officer-default = The office will name you the city's data protection officer.
guest-letter-privacy = Privacy: The office of { $house } keeps name, mail address, company and your contributions in order to accompany the Zukunftsplan (Art. 6(1)(a) GDPR, your consent). You can take it back at any time; LEAVE is enough. If you do not confirm, the request is deleted after seven days. Everything else, your rights and where to complain among it, you can read by answering PRIVACY.
guest-letter-privacy-short = Privacy: If nobody answers, the request is deleted after seven days. What else happens with your data you can read by answering PRIVACY.
member-welcome-entered = The office has entered your data (name, company, mail address, phone number, as far as known), so that you can take part in the Zukunftsplan (Art. 6(1)(e) GDPR). If you do not want that, answer LEAVE or OBJECT. PRIVACY says what happens with your data, MYDATA what we have.

## What somebody declares: the sentences that are shown and kept

guest-consent-membership = I want to take part in the Zukunftsplan at { $house }. For that the office may keep and use my name, my mail address, my company and my contributions.
guest-consent-digest = I want to get the weekly digest on Mondays.
guest-consent-no-digest = I do not want to get the weekly digest.
guest-consent-telegram = I explicitly agree that the office of { $house } writes to me in Telegram and reads there what I write. I know: Telegram is a provider outside the EU, my data may be less well protected there, and the messages are not end-to-end encrypted: Telegram can read and keep them.
member-consent-membership-ended = I end my membership (LEAVE).
member-consent-digest-weekly = I want to get the digest every week.
member-consent-digest-monthly = I want to get the digest once a month.
member-consent-digest-never = I do not want to get the digest any more.
member-consent-telegram-ended = I do not want to use Telegram any more.
member-consent-telegram-moved = The chat was linked to another membership.
member-consent-telegram-dismissed = The office took the entry back.
member-consent-answered = { $statement } – “{ $answer }”
guest-consent-button-with = Yes, with the digest
guest-consent-button-without = Yes, without the digest
guest-consent-button-agree = I agree
guest-consent-button-mail = Rather by mail
word-yes-without = YES WITHOUT

## Questions and answers

guest-consent-join-ask = By confirming you declare:
guest-consent-quote = “{ $statement }”
guest-consent-join-how = To answer this letter with YES also means: “{ $digest }” With YES WITHOUT it means: “{ $without }” The digest only comes if there is news. Your answer also tells us that the address is yours.
guest-consent-membership-title = Your address is confirmed. Do you want to become a member?
guest-consent-membership-how = And, depending on the button: “{ $digest }” or “{ $without }” The digest only comes if there is news. PRIVACY says what happens with your data.
guest-consent-telegram-title = May I write to you in Telegram?
guest-consent-telegram-line = This is voluntary, and everything works by mail just as well. By tapping “I agree” you declare:
guest-consent-telegram-back = TELEGRAM OFF ends it at any time. PRIVACY says more.
guest-consent-link-how = Answer YES if you agree, or tap the link at once: then I will ask you in Telegram. With NO it stays with mail.
guest-consent-agreed-title = Thank you, only your chat is missing now
guest-consent-agreed-line = You agree to Telegram. Tap the link, or send the code in your chat.
guest-consent-mail-title = Fine, by mail then
guest-consent-mail-member = No chat is linked to your membership. You get everything by mail.
guest-consent-mail-joining = Please answer the letter in your mailbox and it goes on there. Nothing that makes you a member was kept in this chat.
member-unlinked-title = Telegram is unlinked
member-unlinked-line = From now on everything comes by mail. TELEGRAM links the chat again. What stands in the chat you delete there yourself.
member-moved-line = Your former Telegram chat is now linked to another membership. Was it not you? Then please answer this letter at once.
refusal-not-linked = No Telegram chat is linked to your membership.
guest-code-enough-title = Please look into your mailbox
guest-code-enough = There are several letters of mine already, and I do not send more in a short time. Please answer the latest, or try again later.
