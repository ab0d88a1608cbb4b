### For the operator: command line, check, error messages

operator-help = The assistant of the business alliance for the Zukunftsplan.
operator-help-run = Starts the assistant with all its parts (the demo, without .env).
operator-help-check = Checks each channel and names a fix for every problem.
operator-help-company = Companies and institutions.
operator-help-company-add = Registers a company.
operator-help-person = Members and the office.
operator-help-person-add = Makes a person a member and sends a welcome.
operator-help-measure = Measures.
operator-help-measure-add = Adds a measure.
operator-help-measure-assign = Assigns a measure to a member.
operator-help-meeting = Meetings.
operator-help-meeting-plan = Plans a meeting and shows what is sent when.
operator-help-sending = Halt everything that goes out, and let it go on.
operator-help-sending-stop = Halts everything that goes out. Reading goes on.
operator-help-sending-start = Lets sending go on.
operator-help-outstanding = Shows who has not answered.
operator-help-option-phone = Phone number
operator-help-option-office = Belongs to the office
operator-help-option-field = Field
operator-help-option-due = Due date, for example 31.12.2027
operator-help-option-contributor = Contributor instead of in charge
operator-help-option-place = Place
operator-help-option-link = Link for taking part online
operator-help-option-until = End, for example 19:00
operator-help-argument-name = Name
operator-help-argument-email = E-mail address
operator-help-argument-company = Company (registered along if it is new)
operator-help-argument-number = Number, for example 12
operator-help-argument-title = Title
operator-help-argument-kind = alliance or working-group
operator-help-argument-when = Start, for example "03.12.2026 17:00"

operator-demo-page = The demo is running: { $address } (Ctrl-C stops it)
operator-running = The assistant is running. Ctrl-C stops it.
operator-stopped = Stopped.
operator-problem = { $text }
operator-bad-when = I do not understand “{ $text }” as a time. Please write: 03.12.2026 17:00
operator-bad-day = I do not understand “{ $text }” as a day. Please write: 31.12.2027
operator-bad-setting = The setting { $name } in .env does not fit: { $reason }. Please correct it (see .env.example).
operator-secret-no-folder = The folder { $path } that SECRETS_FOLDER names does not exist or cannot be opened.
operator-secret-unreadable = The file { $path } cannot be read. The assistant's user needs the right to read it, and it must hold text in UTF-8.
operator-secret-empty = The file { $path } is empty. Write the secret into it, or delete the file.
operator-mail-missing = { $name } is missing in .env. The assistant needs a mailbox even if only Telegram is used, because addresses are confirmed by letter.
operator-port-taken = Port { $port } on { $host } is taken. Stop the other program, or set HTTP_PORT in .env to a free port.
operator-database-in-use = The database { $path } belongs to a running assistant already (process { $pid }). Stop that one first.
operator-database-unreachable = The database cannot be reached ({ $error }). Check DATABASE_URL and whether the server is running.
operator-database-newer = The database is at version { $version }, this program knows only { $head }. Please install the newer program.
operator-database-missing = The database { $path } has disappeared; there was one here before. Restore the backup. If you really want to start anew, delete the file ending in .installed beside it.
operator-no-right = This user has no access to { $path }. Run the command as the assistant’s user (sudo -u zukunftsplan …), or put the permissions right.
operator-database-read-only = { $path } is not writable. Please give the assistant's user the right to write.
operator-telegram-token = Telegram refuses the token. Check TELEGRAM_TOKEN; @BotFather gives a new one with /token.
operator-telegram-webhook = A webhook is set for this bot elsewhere. Stop the other installation, or set TELEGRAM_TAKE_OVER=true.

operator-check-title = Check
operator-check-what = What
operator-check-result = Result
operator-check-fix = Fix
operator-check-ok = fine
operator-check-good = Everything is fine.
operator-check-problems = { $count ->
    [1] One problem found.
   *[other] { $count } problems found.
}
operator-check-demo = Without TELEGRAM_TOKEN and MAIL_ADDRESS (in .env) the demo is run. Only what it needs is checked.
operator-check-settings = Settings (.env)
operator-check-missing-fix = Put { $name } into .env (see .env.example).
operator-check-privacy = privacy notice
operator-check-privacy-good = complete
operator-check-privacy-missing = { $name } is missing: the notice of Art. 13 GDPR does not name everyone it has to.
operator-check-privacy-missing-fix = Put { $name } into .env (see .env.example).
operator-check-slow = No answer within { $seconds } seconds.
operator-check-slow-fix = Check network and firewall, and whether the server is overloaded.
operator-check-broken = The check itself failed ({ $error }).
operator-check-broken-fix = Check the settings of this part in .env, and report the error if they are right.

operator-check-rights = File permissions
operator-check-rights-good = only the assistant's user reads secrets and data
operator-check-rights-open = Other users of this computer can read or change { $path }.
operator-check-rights-open-fix = Make the assistant's user its owner (chown) and take the rights from everybody else: chmod 600 { $path }

operator-check-lines = Encryption
operator-check-lines-open = The password or token and all messages go to { $host } unencrypted ({ $name }).
operator-check-lines-open-fix = Set { $name } to an encrypted way (tls, starttls or https). Unencrypted is good enough on the same computer only.
operator-check-senders = Forged senders
operator-check-senders-good = { $server } recognises them
operator-check-senders-unjudged = Your mail server is not asked about them.
operator-check-senders-unjudged-fix = Set MAIL_AUTH_SERVER; zukunftsplan check --letter tells the name.

operator-check-folder = Data folder
operator-check-folder-bad = Nothing can be put into { $path }.
operator-check-folder-bad-fix = Give the assistant's user the right to write, or set DATA_FOLDER in .env to another folder.
operator-check-port = Port of the demo page
operator-check-port-taken = Port { $port } on { $host } is not free.
operator-check-port-taken-fix = Stop the other program (or the running demo), or set HTTP_PORT in .env to a free port.

operator-check-database = Database
operator-check-database-ready = fine, version { $version }
operator-check-database-fresh = still empty; it is set up at the first start
operator-check-database-old = version { $version }; the next start lifts it to { $head }
operator-check-database-in-use = fine, version { $version }; the assistant is running (process { $pid })
operator-check-database-newer = The database is at version { $version }, this program knows only { $head }.
operator-check-database-newer-fix = Install the newer program.
operator-check-database-missing = The database { $path } has disappeared; there was one here before.
operator-check-database-missing-fix = Restore the backup. If you really want to start anew, delete the file ending in .installed beside it.
operator-check-database-read-only = { $path } is not writable.
operator-check-database-read-only-fix = Give the assistant's user the right to write.
operator-check-database-unreachable = The database cannot be opened ({ $error }).
operator-check-database-unreachable-fix = Check DATABASE_URL and DATA_FOLDER, and whether the database server is running.
operator-check-database-url = DATABASE_URL names no database that the assistant can work with.
operator-check-database-url-fix = Leave DATABASE_URL empty (DATA_FOLDER counts then), or write postgresql+psycopg://user:password@host/name.
operator-check-database-space = Only { $megabytes } MB are free beside the database in { $path }.
operator-check-database-space-fix = Make room on the disk; once it is full, the assistant can take in nothing more.

operator-check-clock = Clock and time zone
operator-check-clock-good = { $moment } ({ $zone }), agrees with Telegram's clock
operator-check-clock-alone = { $moment } ({ $zone }); compared with no other clock
operator-check-clock-bad = The clock differs by { $seconds } seconds from the server's.
operator-check-clock-bad-fix = Switch on time synchronisation (timedatectl set-ntp true).

operator-check-telegram = Telegram
operator-check-telegram-off = not set up
operator-check-telegram-good = fine, bot @{ $username }
operator-check-telegram-token = Telegram refuses the token.
operator-check-telegram-token-fix = Check TELEGRAM_TOKEN; @BotFather gives a new one with /token. If you have changed TELEGRAM_BASE_URL, check that too.
operator-check-telegram-address = TELEGRAM_BASE_URL is no internet address.
operator-check-telegram-address-fix = Leave out TELEGRAM_BASE_URL, or write https://api.telegram.org/bot.
operator-check-telegram-tls = The encrypted connection to { $host } cannot be made.
operator-check-telegram-tls-fix = Check the clock, the system's certificates (package ca-certificates) and whether a proxy opens the connection.
operator-check-telegram-network = { $host } cannot be reached: { $reason }.
operator-check-telegram-network-fix = Check network, firewall (outgoing port 443) and TELEGRAM_BASE_URL.
operator-check-webhook = A webhook is set for this bot elsewhere ({ $host }).
operator-check-webhook-fix = Stop the other installation, or set TELEGRAM_TAKE_OVER=true; it will get no more messages then.
operator-check-webhook-incomplete = For TELEGRAM_MODE=webhook the address or a usable secret is missing.
operator-check-webhook-incomplete-fix = Set TELEGRAM_WEBHOOK_URL and TELEGRAM_WEBHOOK_SECRET (1 to 256 characters of A–Z, a–z, 0–9, _ and -).

operator-check-smtp = Outgoing mail (SMTP)
operator-check-imap = Incoming mail (IMAP)
operator-check-without-idle = The server cannot do IDLE: new mail is fetched every 30 seconds.
operator-check-without-move = The server cannot do MOVE: finished mail is copied and deleted.
operator-help-option-letter = Also send a test letter to the own mailbox and read SPF, DKIM and DMARC from it
operator-check-letter = Test letter
operator-check-letter-good = has arrived
operator-check-letter-unsent = The letter could not be sent.
operator-check-letter-unsent-fix = Mend first what is said about outgoing mail; if all is well there, see whether { $sender } may send letters to itself.
operator-check-letter-unread = The mailbox could not be looked at while the letter was on its way.
operator-check-letter-unread-fix = Mend first what is said about incoming mail, and try again.
operator-check-letter-lost = The letter has not arrived within { $seconds } seconds.
operator-check-letter-lost-fix = Look for it in the mailbox { $sender } and in the log of the outgoing server. If it arrives later, the server is just slow.
operator-check-letter-spam = The letter has ended up in the spam folder.
operator-check-letter-spam-fix = Have { $sender } listed as a safe sender in the spam filter, and mend what is said about SPF, DKIM and DMARC.
operator-check-letter-unnamed = Your mail server judges senders under the name “{ $server }”; the assistant does not read that yet.
operator-check-letter-unnamed-fix = Set MAIL_AUTH_SERVER={ $server } if that really is your own server, and check again.
operator-check-letter-unjudged = Your mail server has written no verdict on this letter; with mail from the own house that is usual.
operator-check-letter-unjudged-fix = SPF, DKIM and DMARC cannot be checked from inside then. Send a letter from { $sender } to a mailbox with another provider, and look at the header Authentication-Results there.
operator-check-spf = SPF
operator-check-dkim = DKIM
operator-check-dmarc = DMARC
operator-check-auth-silent = not checked
operator-check-auth-later = The result is “{ $result }”: the DNS did not answer.
operator-check-auth-later-fix = Check again in an hour. If it stays like this, a name server of { $domain } does not answer.
operator-check-spf-bad = The result is “{ $result }”: according to the DNS the outgoing server may not send for { $domain }.
operator-check-spf-bad-fix = The DNS of { $domain } must have exactly one TXT record with v=spf1 that names the outgoing server, for example v=spf1 a:{ $host } -all or the include: of your provider.
operator-check-dkim-bad = The result is “{ $result }”: the letters bear no valid signature.
operator-check-dkim-bad-fix = Switch on the DKIM signature for { $domain } at the outgoing server { $host }, and publish the key that it names in the DNS as the TXT record SELECTOR._domainkey.{ $domain }.
operator-check-dmarc-none = The DNS does not say what is to be done with forged letters of { $domain }.
operator-check-dmarc-none-fix = Publish the TXT record _dmarc.{ $domain } in the DNS: v=DMARC1; p=none; rua=mailto:postmaster@{ $domain } – and later p=quarantine, when the reports look good.
operator-check-dmarc-bad = The result is “{ $result }”: other servers take these letters for forged.
operator-check-dmarc-bad-fix = SPF or DKIM must hold for { $domain } itself, not for the domain of the provider: have letters signed with d={ $domain }.
operator-check-network = { $host }:{ $port } cannot be reached: { $reason }.
operator-check-network-fix = Check { $way }_HOST, { $way }_PORT and { $way }_TLS, then network and firewall.
operator-check-tls = The encrypted connection to { $host }:{ $port } cannot be made: { $reason }.
operator-check-tls-fix = Check { $way }_TLS (tls, starttls or none) with the { $way }_PORT that goes with it, and MAIL_CA_FILE for a certificate of your own.
operator-check-login = The login as { $user } at { $host } was refused.
operator-check-login-fix = Check MAIL_USER and MAIL_PASSWORD (an app password with two-factor login).
operator-check-login-required = { $host } takes letters only after a login.
operator-check-login-required-fix = Set MAIL_PASSWORD (and MAIL_USER if it differs from MAIL_ADDRESS).
operator-check-login-missing = { $host }:{ $port } offers no login with a password.
operator-check-login-missing-fix = Check { $way }_PORT (587 or 465 instead of 25), and have login with a password enabled by the provider.
operator-check-throttled = { $host } has too much of { $user } at the moment and does not take the connection.
operator-check-throttled-fix = Wait a few minutes. If it stays so, see whether a second program keeps asking the mailbox, and whether { $user } has access to it.
operator-check-disabled = { $host } has { $way } switched off for { $user }.
operator-check-disabled-fix = Enable { $way } for this mailbox: with Gmail in its settings, with Microsoft 365 by Set-CASMailbox (-ImapEnabled $true, -SmtpClientAuthenticationDisabled $false).
operator-check-token = { $host } does not accept the access token for { $user }.
operator-check-token-fix = Check MAIL_USER and whether the application may use this mailbox; with Microsoft 365 New-ServicePrincipal, Add-MailboxPermission and the permissions IMAP.AccessAsApp and SMTP.SendAsApp.
operator-check-oauth-setting = { $name } is missing for MAIL_OAUTH.
operator-check-oauth-setting-fix = Enter { $name } in .env; docs/einrichten.md says where it comes from.
operator-check-oauth-missing = { $host }:{ $port } offers no login with OAuth2 (XOAUTH2).
operator-check-oauth-missing-fix = Check { $way }_HOST and { $way }_PORT, or leave MAIL_OAUTH empty and set MAIL_PASSWORD.
operator-check-oauth-network = The place that issues access tokens cannot be reached: { $reason }.
operator-check-oauth-network-fix = Check network and firewall (outgoing port 443 to login.microsoftonline.com or oauth2.googleapis.com) and MAIL_OAUTH.
operator-check-oauth-client = The id of the application or its secret was refused (invalid_client).
operator-check-oauth-client-fix = Check MAIL_OAUTH_CLIENT_ID and MAIL_OAUTH_CLIENT_SECRET. Secrets expire; with Microsoft it is the value of the secret that counts, not its id.
operator-check-oauth-grant = The refresh token is no longer valid (invalid_grant).
operator-check-oauth-grant-fix = Sign in { $user } at the provider again, and set MAIL_OAUTH_REFRESH_TOKEN anew. A new password or a long pause makes the old one void.
operator-check-oauth-consent = The application lacks the consent to its permissions.
operator-check-oauth-consent-fix = Have the administrators choose “Grant admin consent” among the API permissions.
operator-check-oauth-tenant = There is no tenant as in MAIL_OAUTH_TENANT.
operator-check-oauth-tenant-fix = Enter the directory id (tenant id) from the overview of the app registration.
operator-check-oauth-scope = The provider does not know the scope asked for (invalid_scope).
operator-check-oauth-scope-fix = Leave MAIL_OAUTH_SCOPE empty, and add the permissions for “Office 365 Exchange Online” to the application.
operator-check-oauth-odd = The place that issues access tokens answers otherwise than expected.
operator-check-oauth-odd-fix = Check MAIL_OAUTH and the other settings that begin with MAIL_OAUTH_.
operator-check-sender = { $host } takes no letters from { $sender }.
operator-check-sender-fix = MAIL_ADDRESS must be an address under which { $user } may send.
operator-check-inbox = The inbox of { $user } cannot be opened.
operator-check-inbox-fix = Ask the provider whether the mailbox exists and IMAP is enabled for it.
operator-check-inbox-read-only = The assistant may only read the inbox of { $user }: it answers mail but cannot file what is done.
operator-check-inbox-read-only-fix = Give { $user } full rights to the mailbox at the provider.
operator-check-reason-name = the host name is unknown
operator-check-reason-refused = nobody takes the connection there
operator-check-reason-timeout = no answer
operator-check-reason-lost = the connection breaks, or another service answers there
operator-check-reason-odd = the server reports an error, perhaps it is overloaded
operator-check-reason-idle = the server ends IDLE with an error
operator-check-reason-certificate = the certificate cannot be trusted (wrong name, expired or a certificate authority of your own)
operator-check-reason-handshake = the server speaks no TLS here or another kind
operator-check-reason-not-offered = the server does not offer STARTTLS
operator-check-reason-required = the server allows the login only over an encrypted connection
operator-check-reason-ca-file = the file MAIL_CA_FILE is missing or holds no certificate

## Simulation

operator-help-simulate = Replay a whole year of the alliance in seconds (example data, nothing goes out)
operator-help-argument-story = file with a story of your own (TOML); ours if none is named
operator-help-option-html = write an HTML page to this file
operator-help-option-person = show this person's inbox and chat only, in full
operator-year-example = Example data: nobody and nothing in it is real. It was played by the real jobs and doors, between a stand-in Telegram and a stand-in post office.
operator-year-person = person
operator-year-letters = letters
operator-year-bubbles = chat messages
operator-year-own = written or tapped by themselves
operator-year-files = enclosures
operator-year-round = round of questions (freeze)
operator-year-answered = answers
operator-year-done = Done: { $count } messages in { $seconds } seconds.
operator-year-no-person = “{ $person }” is not in the story. There are: { $people }.
operator-year-unreadable = The story { $file } cannot be read: { $reason }
operator-year-amiss = The story does not work out: { $reason }
