"""The words of mail servers that send a letter back: Postfix, Exim, qmail, Exchange, Domino and German providers."""

from __future__ import annotations

import re

from alliance.words.cleaning import fold
from mail.late import Late

ENOUGH = 3  # points that make a letter a bounce
NOTICE_LIMIT = 20_000  # characters of a notice
NEAR = 6  # lines below an address that still speak of it

ANSWER = Late(r"\s*(?:re|aw|antw|antwort|sv|wg|fwd?|fw)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)

_DAEMON = Late(
    r"^\s*<>\s*$|mailer[-_.]?daemon|mail[-_.]?daemon|mail delivery (?:sub)?system|mail-delivery|maildelivery"
    r"|delivery (?:sub)?system"
    r"|mail delivery (?:service|agent)|mail administrator|mail router|internet mail delivery|mail[- ]transport"
    r"|mailerdaemon"
    r"|zustell(?:dienst|system)|mailsystem|microsoft outlook(?=.*<(?:postmaster|microsoftexchange))"
    r"|microsoftexchange329",
    re.IGNORECASE,
)
_POSTMASTER = Late(
    r"\b(?:postmaster|system ?administrator|administrator|smtp|mdaemon|courier mail server|mail ?gateway)\b",
    re.IGNORECASE,
)
_SUBJECT = Late(
    r"\s*(?:\[[^\]]{1,30}\] |\*\*)?(?:\W{0,4}(?:warning|achtung|notice)\W{1,4})?(?:mail delivery |e-?mail |permanent )?"
    r"(?:undeliver(?:able|ed|y)|(?:un|nicht )zustellbar|nicht zugestellt|returned mail|returned to sender"
    r"|failure notice"
    r"|failure (?:delivery|notification)|(?:mail |message )?delivery (?:failed|failure|has failed|error|problem|report"
    r"|delayed|unsuccessful|warning|incomplete|status|notification)|delivery (?:status )?notification"
    r"|mail (?:failure|error|delivery)"
    r"|message (?:delivery|undeliverable|could not|not delivered|status)|non[- ]?delivery|nondeliverable"
    r"|(?:your message|message you sent) (?:was )?blocked|(?:e-?mail|mail|nachricht) nicht zustellbar"
    r"|could not (?:be delivered|send message)"
    r"|failed (?:mail|delivery|to deliver)|cannot (?:deliver|send)|unable to deliver|delayed(?: mail)?|verzoegert"
    r"|zustell(?:ung(?:en)?|fehler|ungsfehler|bericht|status|problem)|e-?mail (?:konnte nicht|nicht zustellbar"
    r"|delivery)|(?:ihre )?(?:e-?mail|mail|nachricht) (?:konnte nicht|nicht zugestellt|unzustellbar"
    r"|an .{1,80} (?:konnte|nicht))"
    r"|rueck(?:sendung|laeufer)|(?:e-?mail|mail)?-?zustellung|unzustellbarkeits|user unknown|error sending"
    r"|bounced?\b|warning: (?:could not send|message)|system (?:undeliverable|error)|rejected mail"
    r"|postmaster notify|nd[nr]:|[^:]{0,20}systems? bounce|non (?:remis|distribue|recapitato)|mislukte? |onbestelbaar"
    r"|mancata consegna|no se (?:pudo|ha podido) entregar|mail system error|message rejected|mail could not|echec"
    r"|undelivered mail|sorry.{0,30}deliver)",
    re.IGNORECASE,
)
_SAYS = Late(
    r"(?:could|can)(?:not| not| n't|n't) (?:be )?(?:deliver|send|sent|complete|reach)|(?:was|were|is|has"
    r"|have) (?:not|unable|undeliverable)(?: been)? (?:to )?(?:be )?deliver"
    r"|unable to deliver|wasn't able to deliver|weren't able to deliver|couldn't be (?:found|delivered)"
    r"|n'a (?:pas )?(?:pas )?(?:pu etre|ete) (?:remis|delivre|distribue|achemine|transmis)"
    r"|(?:kon|kan) niet (?:worden )?(?:bezorgd|afgeleverd)|niet worden (?:bezorgd|afgeleverd)"
    r"|no (?:se )?(?:ha podido|pudo|ha sido) (?:ser )?(?:entrega|posible entrega)"
    r"|(?:impossibile|non e stato possibile) (?:recapitare|consegnare)|(?:while|when) (?:trying|attempting) to deliver"
    r"|(?:is being|has been|was) returned to you|did not reach|not yet been delivered|has not been delivered"
    r"|delivery (?:to the following|has failed"
    r"|failed|attempts?)|undeliverable|failed to deliver|"
    r"delivery (?:status|error|failure|problem)|(?:permanent|fatal) error|returned (?:to (?:the )?sender|below"
    r"|message)|mail delivery (?:software|system)|message (?:was|is|has been) (?:rejected|undeliver|delayed"
    r"|blocked|returned)|wasn't delivered|not delivered"
    r"|(?:konnte|konnten|kann|koennen|wurde|wurden)\b[^.!?]{0,160}? nicht [^.!?]{0,40}?(?:zugestellt|zustellen"
    r"|uebermittelt|ausgeliefert|weitergeleitet|versendet|gesendet|erreicht|ausliefern)|unzustellbar"
    r"|nicht zustellbar|noch nicht zugestellt"
    r"|zustellung (?:\w+ ){0,8}(?:fehlgeschlagen|nicht moeglich|gescheitert|verzoegert|abgebrochen)"
    r"|fehler bei der (?:zustellung|auslieferung)|konnten? (?:\w+ ){0,3}nicht erreicht werden"
    r"|wurde (?:\w+ ){0,4}(?:abgewiesen|abgelehnt|zurueckgewiesen)|(?:postfach|adresse|benutzer"
    r"|empfaenger) (?:ist )?(?:nicht vorhanden|unbekannt|existiert nicht)|empfaenger (?:\w+ ){0,5}(?:unbekannt"
    r"|nicht erreicht|existiert nicht)",
    re.IGNORECASE,
)
_FAILS = Late(
    r"user unknown|unknown user|user not (?:known|found)|name was not found|introuvable|inconnu|desconocid|onbekend"
    r"|sconosciut|repertorie|no such (?:user|mailbox|address|recipient|person|account)|mailbox (?:unavailable"
    r"|not found|full|unknown|is full)|does(?:n't| not) exist|host (?:unknown|not found)|over ?quota"
    r"|recipient (?:rejected|unknown|address)"
    r"|(?<![\d.])[45]\.\d\.\d{1,3}(?![\d.])|(?<![\d.])[45][05]\d[ -]|rcpt to|permanent|unbekannt|existiert nicht"
    r"|postfach|speicherplatz|kontingent|mail-?box|transcript",
    re.IGNORECASE,
)
# what only a server writes
_FORMULAIC = Late(
    r"did not reach the following|(?:delivery has failed|could not be delivered|cannot be delivered"
    r"|wasn't able to deliver)"
    r"[^.]{0,60}(?:following|these|recipients?)|following recipients?[^.]{0,40}cannot be"
    r"|permanent (?:fatal )?(?:delivery )?error"
    r"|rcpt to: ?<|diagnostic information for admin|diagnoseinformationen fuer admin|generierender server"
    r"|generating server"
    r"|transcript|automatically generated|delivery status notification|failed (?:recipient|address)|not been delivered"
    r"|nachrichtenzustellung an folgende|an (?:die )?folgende\w* (?:empfaenger|adresse)\w*"
)
_RETURNED = Late(
    r"^[ \t>]*(?:[-=*_+#]{2,}[^\n]{0,20}?(?:copy of (?:the|your)|original[- ]|the (?:body|header)"
    r"|returned (?:mail|message)|unsent message|message header|message text|below|beginning|start of|included"
    r"|message follows|urspr|original)[^\n]{0,80}"
    r"|(?:this is a copy of|a copy of (?:the|your) (?:original )?message|(?:the "
    r"|possibly truncated )?original (?:message|mail)(?: header)?s?(?: follows| is|:| details)|kopfzeilen\b"
    r"|here is (?:a copy|your returned|the beginning)|message (?:text|headers?) follow|unzugestellte nachricht"
    r"|header der|(?:es )?folgt (?:die|der)|die (?:urspr|original)|kopie (?:der|ihrer)|included is a copy"
    r"|your (?:original )?message (?:reads|follows)|old message)[^\n]{0,80}"
    r"|(?:received: (?:from|by)|return-path: ?<|message-id: ?<|x-[a-z-]+: |mime-version: 1)[^\n]*|(?:(?:from|to"
    r"|cc|reply-to|subject|date|message-id|von|an|betreff|datum): [^\n]*(?:\n[ \t]+[^\n]*)*\n){3})$",
    re.IGNORECASE | re.MULTILINE,
)


def points(sender: str, path: str, subject: str, text: str) -> int:
    """Points for a bounce: who writes, with what envelope sender and subject, and what the words say."""
    daemon, postmaster = bool(_DAEMON.search(sender)), bool(_POSTMASTER.search(sender))
    titled = bool(_SUBJECT.match(fold(subject)))
    if not (daemon or postmaster or path == "<>" or titled):
        return 0
    notice = fold(text[:NOTICE_LIMIT])
    says = bool(_SAYS.search(notice))
    fails = says and bool(_FAILS.search(notice))
    returned = fails and bool(_RETURNED.search(notice))
    if daemon or path == "<>":
        return (2 if daemon else postmaster) + (path == "<>") + 2 * titled + says + fails + returned
    # a person might sit there
    return postmaster + titled + fails + returned + 2 * bool((postmaster or titled) and _FORMULAIC.search(notice))


def split(text: str) -> tuple[str, str]:
    """A notice, and the returned letter below it, as far as that stands in the same text."""
    found = next(
        (match for match in _RETURNED.finditer(text) if match.start() > 0 and text[: match.start()].strip()), None
    )
    end = found.start() if found else len(text)
    return text[: min(end, NOTICE_LIMIT)], text[end : end + NOTICE_LIMIT]


# --- where the notice names an address

_ADDR = r"(?<![^\s<>;:,\"'()\[\]=|])[^\s<>;:,\"'()\[\]]{1,64}@[^\s<>;:,\"'()\[\]]{1,250}"
_FORMS = Late(
    rf"^[\s*>-]*(?:\d+[.)]\s*)?[<\[(\"']?(?:smtp:|mailto:)?({_ADDR})"
    rf"[>\])\"']?(?:\s*<(?:mailto:)?\S+>)?\s*[:.,;]?\s*$"  # alone on its line
    rf"|^[\s*>-]*<({_ADDR})>\s*(?:[:.,(]|\.\.\.|$)"  # <address>: reason
    rf"|^\s*({_ADDR})(?::|\.\.\.| - | on \d| \(|\s{{2,}})"  # address: reason
    rf"|rcpt to:?\s*<?(?:rfc822;)?({_ADDR})"
    rf"|(?:recipients?|empfaenger\w*|addressee|user|benutzer\w*|mailbox|postfach|address(?:es)?|adressat\w*"
    rf"|(?:e-?mail-?)?adressen?|account|konto)\b[^@\n]{{0,40}}?[<\[\"'(: ](?:smtp:|mailto:)?({_ADDR})"
    rf"|^\s*(?:to|an|rcpt|for)\s*:\s*(?:[^<@\n]{{0,60}}<)?({_ADDR})"
    rf"|<({_ADDR})>[^\n]{{0,120}}(?:unknown|unbekannt|full|voll|rejected|abgelehnt|not exist|existiert|not found"
    rf"|unavailable)"
    rf"|(?:delivered?|delivery|send|sent|zugestellt|zustellung|message|nachricht|mail)\b[^@\n]{{0,60}}?\b(?:to"
    rf"|an|for|fuer)\s+(?:[^@<\n]{{0,40}})?[<\"'\[(]?(?:smtp:|mailto:)?({_ADDR})",
    re.IGNORECASE,
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_ALONE = Late(rf"\s*<?({_ADDR})>?\s*:?\s*$")
_ANY = Late(_ADDR)
_ASIDE = Late(
    r"expanded from|contact|kontakt|wenden|postmaster|abuse|support|help|hilfe|questions?|fragen|report"
    r"|assistance|message-?id"
    r"|^\s*(?:from|von|sender|absender|return-path|reply-to|received|references|in-reply-to|subject|betreff)\s*:"
    r"|absender|mail from|your message from|helpdesk|https?://|forward",
    re.IGNORECASE,
)


def candidates(lines: list[str]) -> tuple[list[str], list[str]]:
    """Addresses that the notice names as not reached, and those it merely mentions."""
    named: list[str] = []
    mentioned: list[str] = []
    for line in lines:
        if "@" not in line or _ASIDE.search(line):
            continue
        found = _FORMS.search(line.translate(_UMLAUTS))
        if found:
            named.append(next(group for group in found.groups() if group))
        mentioned += _ANY.findall(line)
    return named, mentioned


def listed(lines: list[str]) -> list[str]:
    """Addresses that stand alone on their line, as servers list them."""
    return [found[1] for line in lines if "@" in line and not _ASIDE.search(line) and (found := _ALONE.match(line))]


def aside(lines: list[str]) -> list[str]:
    """Addresses that only stand where a notice names somebody else: an alias, a helper, a sender."""
    named, mentioned = candidates(lines)
    everywhere = [address for line in lines if "@" in line for address in _ANY.findall(line)]
    return [address for address in everywhere if address not in {*named, *mentioned}]


def near(lines: list[str], address: str) -> str:
    """The lines with the address and those below them, up to the next address."""
    for index, line in enumerate(lines):
        if address in line.lower():
            below = lines[index + 1 : index + 1 + NEAR]
            end = next((at for at, other in enumerate(below) if "@" in other and address not in other.lower()), NEAR)
            return "\n".join([line, *below[:end]])
    return ""


# --- why

_STATUS = Late(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = Late(r"(?<![\d.:@-])([45][0-57]\d)(?=[ #>:-]|$)(?!-\d)", re.MULTILINE)
_UNKNOWN = Late(
    r"(?:user|recipient|mailbox|address|account|addressee|host|domain|person|alias)\b[^.\n]{0,40}?(?:unknown"
    r"|not found|not exist|unavailable|disabled|no longer|invalid|inactive|rejected: user|not listed|not known"
    r"|not be found)"
    r"|(?:unknown|no such|invalid|nonexistent|inactive|disabled|bad destination) (?:\w+ )?(?:user|recipient"
    r"|mailbox|address|account|person|host|domain|name|local)|does(?:n't| not) (?:exist|have an account)"
    r"|(?:couldn't|could not|wasn't|not) (?:be )?found|"
    r"unrouteable|unroutable|not (?:a )?(?:valid|known|local)|name or service not known|user doesn't|has moved"
    r"|not our customer|listed in (?:domino )?directory|recipnotfound|this user|account that you tried"
    r"|introuvable|inconnu|n'est pas repertorie|desconocid[oa]|no existe|onbekend|bestaat niet"
    r"|sconosciut[oa]|inesistente"
    r"|unbekannt|existiert nicht|nicht (?:mehr )?(?:vorhanden|gefunden|gueltig|bekannt|verfuegbar)|ungueltig"
    r"|kein(?:en)? (?:solche\w* )?(?:benutzer|postfach|empfaenger|mailkonto|account)|gesperrt|deaktiviert"
    r"|geloescht|gibt es nicht",
    re.IGNORECASE,
)
_FULL = Late(
    r"(?:mail ?box|inbox|account|postfach|mailkonto|mailbox)\b[^.\n]{0,60}?(?:\bfull|voll|ueberfuellt|exceed"
    r"|ueberschritten|limit)|quota|over (?:the )?(?:limit|storage)|insufficient (?:disk|storage|space|system)"
    r"|out of (?:storage|disk|space)|speicherplatz|kontingent|not enough (?:space|storage)"
    r"|disk (?:full|space)|storage (?:space|exceeded|allocation)|is full\b|mailboxfull",
    re.IGNORECASE,
)
_REFUSED = Late(
    r"spam|blocked|blocklist|blacklist|block list|policy|reputation|spf\b|dkim|dmarc|virus|content (?:rejected"
    r"|filter)|access denied|not authoriz|unauthenticated|denied|reject(?:ed|s) (?:by|for|due)|richtlinie"
    r"|sperrliste|too (?:large|big|many)|size limit|exceeds (?:the )?(?:maximum|size|fixed)|zu gross"
    r"|zulaessige\w* groe|maximale gr|greylist|banned|suspicious|junk|relay(?:ing)? (?:denied|not)"
    r"|unable to relay|malware|loop|hop count|too many hops",
    re.IGNORECASE,
)
_LATE = Late(
    r"will (?:be )?(?:re-?tr(?:y|ied)|continue|keep trying)|still (?:being )?(?:trying|queued|re)"
    r"|not yet been delivered|has (?:not yet|been delayed)|delayed\b|deferred|temporar(?:y|ily)|warning only"
    r"|do not (?:need to )?resend|will try again|try again later|is still trying|delivery attempts will"
    r"|verzoegert|noch nicht zugestellt|bisher nicht (?:\w+ )?zugestellt"
    r"|weitere (?:\w+ ){0,3}(?:zustell)?versuch|wird (?:weiterhin|erneut) versucht|voruebergehend|temporaer"
    r"|versucht weiterhin",
    re.IGNORECASE,
)
_TIMED_OUT = Late(
    r"timed? ?out|connection (?:refused|reset|timed)|no route|network is unreachable|not responding"
    r"|could not connect|retry (?:time(?:out)?|limit) (?:not reached|exceeded)|retry timeout|queue too long"
    r"|message (?:has been in the queue|expired)|been in the queue too long|expired|nicht erreichbar"
    r"|keine verbindung|zeitueberschreitung|abgelaufen",
    re.IGNORECASE,
)
# codes that say nothing against the address (RFC 3463): sender, full, size, system, routing, content, policy
_INNOCENT = Late(r"5\.(?:1\.[78]|2\.[234]|3\.\d+|4\.[56789]|6\.\d+|7\.\d+)$")
_VAGUE = Late(r"(?:5\.0\.0|5\.5\.\d+|5\.1\.0|5\.3\.0|5\.7\.1|5\.4\.0|5\d\d|)$")


def status_of(text: str) -> str:
    """The first enhanced status code in the text (RFC 3463); of several the first that says something; "" if none."""
    found = [str(code) for code in _STATUS.findall(text)]
    return next((code for code in found if not code.endswith(".0.0")), found[0] if found else "")


def smtp_code(text: str) -> str:
    """The first SMTP reply code of a refusal in the text, "" if none (RFC 5321)."""
    found = _CODE.search(text)
    return found[1] if found else ""


def tells_reason(text: str) -> bool:
    """Whether the words say why a letter was not delivered."""
    tests = (_STATUS, _CODE, _UNKNOWN, _FULL, _REFUSED, _LATE, _TIMED_OUT)
    words = fold(text)
    return any(test.search(words) for test in tests)


def is_late(status: str, said: str, notice: str) -> bool:
    """Whether a failure without a standard report may pass: by its code, else by its words."""
    said, notice = fold(said), fold(notice)
    if _LATE.search(notice) and re.search(
        r"warning|not yet|(?:noch|bisher) nicht|verzoegert|delayed", notice, re.IGNORECASE
    ):
        return True
    if "." in status:
        return status.startswith("4")
    if _FULL.search(said) or status == "552":
        return True
    if _UNKNOWN.search(said):
        return False
    return status.startswith("4") or (not status and bool(_TIMED_OUT.search(said) or _LATE.search(said)))


def blames_address(status: str, said: str) -> bool:
    """Whether a permanent failure lies in the address: by its code; where that is vague, by the words."""
    said = fold(said)
    if _VAGUE.fullmatch(status):
        if _FULL.search(said):
            return False
        return bool(_UNKNOWN.search(said)) or not (_REFUSED.search(said) or status == "5.7.1")
    return not _INNOCENT.fullmatch(status)
