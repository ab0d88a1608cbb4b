"""What sign-offs and signatures are made of, and what tells their lines from a person's words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mail.added_lines import compiled, without_links
from mail.header_blocks import is_ruler

_TITLES = {"dr", "prof", "dipl", "ing", "med", "mba", "frau", "herr"}
STRONG_LENGTH = 250  # characters
WEAK_LENGTH = 80
CLOSING_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Writer:
    """Whose letter it is, as far as its From line says."""

    name: str = ""
    address: str = ""

    @property
    def names(self) -> frozenset[str]:
        """The words of the name in lower case; of the address if there is none."""
        return words_of(self.name) - _TITLES or words_of(self.address.partition("@")[0])

    @property
    def initials(self) -> str:
        """»EB« for Erika Beispiel."""
        return "".join(word[0] for word in re.findall(r"[^\W\d_]+", self.name))


def words_of(text: str) -> frozenset[str]:
    """The words of two letters and more, in lower case."""
    return frozenset(re.findall(r"[^\W\d_]{2,}", text.lower()))


# --- sign-offs

_THANKING = compiled(
    r"(?:(?:vielen|besten|herzlichen|lieben|schönen)\s)?(?:danke?|dankeschön|(?:many\s)?thanks|thank you)"
)
_CLOSING = compiled(
    rf"\W{{0,4}}(?:{_THANKING.pattern}(?:\s(?:im voraus|vorab|schon ?mal|in advance))?,?\s(?:und|&|and|\+)\s)?(?:"
    r"(?:es\s)?(?:grüßt|grüsst)(?:\s(?:sie|euch|dich))?(?:\s(?:herzlich|freundlich))?",
    r"(?:mit\s)?(?:den\s)?(?:(?!(?:bitte|keine|seine|meine|ihre|eure|deine|unsere|diese|alle)\s)"
    r"(?:[a-zäöüß-]{2,20}(?:e|en|em|er|es)|ganz|und|lg),?\s){0,4}gr(?:ü|ue|u)(?:ß|ss|s)(?:en?|e)?(?:\s(?:und"
    r"|&)\s[\w ]{3,30})?",
    r"mfg|lg|vg|bg|hg|mbg|m\.f\.g\.?|f\.g\.|br|glück ?auf|hochachtungsvoll|herzlichst|freundlichst",
    r"(?:kind(?:est)?|best|warm(?:est)?|many|with|with best|with kind)\s(?:kind\s)?(?:regards|wishes|greetings)",
    r"regards|rgds|all the best|best|(?:yours|very)\s(?:sincerely|faithfully|truly)(?: yours)?",
    r"(?:yours\s)?sincerely(?: yours)?|cheers|cordially|respectfully|(?:bien )?cordialement|saludos(?: cordiales)?",
    r"cordiali saluti|met vriendelijke groet(?:en)?|pozdrawiam|z poważaniem)"
    r"(?![\w-])(?P<rest>[^.!?:%\d\n]{0,60})[.!,;\s*_-]{0,4}",
)
_LONE_CLOSING = compiled(r"(?:sehr |ganz )?(?:herzlich|sportlich|kollegial|solidarisch)(?: (?:ihre?|eure?|dein)e?)?,?")
THANKS = compiled(
    r"(?:(?:vielen|besten|herzlichen|lieben|tausend)\s)?(?:dank|danke|merci|thanks|thank you|thx|many thanks)"
    r"(?:\s(?:schön|sehr|im voraus|vorab|in advance|again|so much|a lot|very much|und|&|and"
    r"|bis)(?:\s\w{1,12}){0,3})?[.!,\s]{0,4}",
    r"bis (?:dann|bald|später|morgen|dahin)[.!,\s]{0,4}",
    r"schöne[ns]? (?:tag|wochenende|feierabend|abend)(?: noch)?[.!,\s]{0,4}|have a (?:nice|great|good) \w+[.!,\s]{0,4}",
)
YOURS = compiled(r"(?:ihre?|eure?|euer|deine?|yours?)\s")
POSTSCRIPT = compiled(r"p\.?\s?(?:p\.?\s?)?s\b(?!-\w)\.?|nachtrag\b|ps\s?[:.]|n\.b\.|nb:")
_PERSONAL = re.compile(r"\b(?:ich|mir|mich|mein\w*|wir|uns|ihnen|euch|dir|dich|I|me|my|we|you|your)\b")

ABOUT_ONESELF = re.compile(r"\b(?:[Ii]ch|[Mm]ir|[Mm]ich|I|[Mm]e|[Mm]y)\b|\bM ?\d")  # firms say »wir«


def is_closing(line: str) -> bool:
    """»Mit freundlichen Grüßen«, with a name or a place behind it, but nothing that is said besides."""
    if _LONE_CLOSING.fullmatch(line):
        return True
    found = _CLOSING.fullmatch(line) if 0 < len(line) < CLOSING_LENGTH else None
    return found is not None and not _PERSONAL.search(found["rest"]) and len(small_words(found["rest"])) < 2


def is_courtesy(words: str) -> bool:
    """Nothing but thanks and a sign-off with a name."""
    return is_closing(words.split("\n", 1)[0].strip()) or THANKS.fullmatch(words.strip()) is not None


# --- what signatures are made of

_NUMBER = r"[+(]?\d[\d\s()/.–+-]{4,30}\d?"
_CONTACT = compiled(
    r"[\s*_|•·☎✆📞📱✉🌐⌨-]{0,6}(?:"
    r"(?:tel|telefon|telefone|fon|phone|ph|fax|telefax|mobil|mobile|mob|handy|cell|office|büro|zentrale|durchwahl"
    r"|direct"
    rf"|direkt|direktwahl|t|f|m|p|d|tel/fax|skype|whatsapp|hotline)\b\.?[-\w ]{{0,12}}[.:/"
    rf"|]{{0,2}}\s{{0,6}}{_NUMBER}.{{0,80}}",
    r"(?:e-?mail|mail|e|email|mailto|internet|web|website|webseite|homepage|url|www|w|i|site|online)\b\s{0,3}[.:"
    r"|]{1,2}\s{0,6}"
    r"\S+[@.]\S+.{0,60}",
    r"(?:https?://|www\.)\S{3,200}(?:\s?[|·•,]\s?\S{1,80})?|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,40}",
    r"[+(]?\d{2,5}[\d\s()/.–-]{5,20}\d)[\s*_|,]{0,4}",
)
_SOCIAL = compiled(
    r"(?:folgen sie|besuchen sie|finden sie|follow|visit|find|like|connect with|book a|termin (?:buchen"
    r"|vereinbaren))\b.{0,80}"
    r"(?:linkedin|xing|facebook|instagram|youtube|twitter|mastodon|https?://|www\.).{0,60}",
    r"(?:(?:linkedin|xing|facebook|instagram|youtube|twitter|mastodon|x|blog)\s?[|·•,/-]?\s?){2,8}",
)
_REGISTER = compiled(
    r".{0,80}\b(?:hrb|hra|amtsgericht|registergericht|handelsregister|vereinsregister|spendenkonto|ust\.?-?\s?id\w*|umsatzsteuer|ust-?idnr"
    r"|steuernummer"
    r"|steuer-nr|st\.?-nr|geschäftsführ(?:er|erin|erinnen|ung)|geschäftsf\.|gf|vorstand(?:svorsitzende[r]?)?"
    r"|aufsichtsrat\w*"
    r"|sitz der gesellschaft|gesellschaftssitz|firmensitz|iban|bic|bankverbindung|wirtschafts-?id\w*"
    r"|registered (?:office|in)"
    r"|company (?:no|number|reg\w*)|reg\.? no|vat(?: (?:no|id|reg\w*))?|managing directors?|commercial register"
    r"|trade register"
    r"|chairman of the|supervisory board|persönlich haftende|komplementär\w*|eingetragen)\b\.?\s{0,4}[:.\d(/-].{0,200}",
    r"(?:sitz|geschäftsführ\w*|vorstand|vertretungsberechtigt\w*|inhaber(?:in)?|managing director|ceo"
    r"|handelsregister\w*)\s?:.{2,120}",
    r".{0,60}\bamtsgericht \w+.{0,60}|.{0,80}\bHR[AB]\s?\d{2,7}.{0,80}",
)
_PLACE = re.compile(
    r"(?:[^\d\n]{3,50}\d{1,4}\s?[a-z]?\s?[,|·•]\s?)?(?:D\s?[-–]\s?)?\d{5}\s[A-ZÄÖÜ][\w.\-äöüß ()]{2,40}(?:\s?[,"
    r"|·•]\s?.{2,40})?"
    r"|(?:[Pp]ostfach|P\.? ?O\.? [Bb]ox)\s\d[\d ]{1,10}.{0,40}"
    r"|[A-ZÄÖÜ][\w.\-äöüß ]{2,40}(?:straße|strasse|str\.|weg|platz|allee|ring|gasse|ufer|damm|markt|hof|chaussee)"
    r"\s\d{1,4}\s?(?:[a-z]|[-–]\s?\d{1,4})?(?:\s?[,|·•].{2,60})?"
    r"|[A-Z][\w.' -]{2,40},?\s[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}"  # a British postcode
    r"|\d{1,5}\s[A-Z][\w ]{2,30}(?:[Ss]treet|St\.?|[Aa]venue|Ave\.?|[Rr]oad|Rd\.?|[Ll]ane|[Dd]rive|Blvd\.?"
    r"|[Ss]uite)\b.{0,60}",
)
_SEPARATED = re.compile(r"(?:[^|•·]{1,60}\s?[|•·]\s?){1,6}[^|•·]{0,60}|\S+@\S+ {2,}[\d /+-]{6,20}")
_HAS_CONTACT = re.compile(r"\+?\d[\d\s()/.-]{6,}\d|\S@\S+\.\w|www\.|https?://|\d{5}\s[A-Z]")
_LABELLED_LINK = re.compile(r"[^.!?]{0,50}\s(?:https?://|www\.)\S{4,200}")
FIRM = compiled(
    r".{0,80}\b(?:gmbh|mbh|ag|kg|kgaa|ohg|gbr|ug|e\.\s?v|e\.\s?k|eg|ggmbh|se|inc|ltd|llc|llp|plc|corp|limited|s\.a\."
    r"|b\.v\."
    r"|verein|stiftung|stadtwerke|sparkasse|ministerium|universität|hochschule|institut|kammer|verband|holding"
    r"|gruppe|group"
    r"|stadt|amt für|abteilung|department|fachbereich)\b\.?.{0,60}",
)
_LEGAL_FORM = re.compile(
    r"(?<=\w )(?:GmbH|mbH|mbB|gGmbH|AG|KG|KGaA|OHG|GbR|UG|SE|e\. ?V\.|e\. ?K\.|eG|Inc\.?|Ltd\.?|LLC|LLP|PLC)(?!\w)"
)
TITLE = compiled(
    r".{0,50}\b\w{0,30}(?:geschäftsführer(?:in)?|geschäftsleitung|leiter(?:in)?|leitung|vorsitzende[r]?|vorstand"
    r"|prokurist(?:in)?"
    r"|inhaber(?:in)?|assistenz|assistent(?:in)?|referent(?:in)?|sachbearbeiter(?:in)?|manager(?:in)?|director"
    r"|head of|ceo|cto"
    r"|cfo|coo|president|engineer|consultant|berater(?:in)?|projektleiter(?:in)?|koordinator(?:in)?|dipl\.|b\.?sc"
    r"|m\.?sc|b\.?a\."
    r"|m\.?a\.|ingenieur(?:in)?|architekt(?:in)?|rechtsanwalt|rechtsanwältin|steuerberater(?:in)?|sekretariat|vertrieb"
    r"|marketing|entwickl\w+|developer|analyst|officer|professor|partner|founder|gründer(?:in)?|i\.\s?a\.|i\.\s?v\."
    r"|ppa\b).{0,50}",
)
_MATTER = compiled(
    r"%|\bM\s?\d|\b(?:fertig|erledigt|unverändert|blockiert|verzögert|ja|nein|läuft|zusage|absage|vielleicht|offen|done"
    r"|delayed|blocked|running|unchanged|yes|no|ok|okay|status|stimme|hilfe|plan|idee|danke|dank|thanks|anbei|siehe"
    r"|bitte)\b",
)
_SMALL = re.compile(r"(?<![\w.@/'’-])[a-zäöüß]{2,}(?![\w@.])")
REPORT = re.compile(r"\bM ?\d|\d ?%")
_JOINING = compiled(
    r"und|für|to|by|with|an|or|oder|der|die|des|dem|den|am|im|in|zu|zur|zum|bei|von|vom|van|de|da|di|du|la|le|mit"
    r"|aus|of|and",
    r"the|for|at|on|auf|ein|eine",
)
_SENTENCE_END = re.compile(
    r"(?<![A-Z]\.[A-Z])(?<!\b[A-Za-z])(?<!tr)(?<!v)(?<!nh)(?<!bt)(?<!Co)(?<!Inc)(?<!Ltd)(?<!ipl)[.!?]$"
)


def small_words(text: str) -> list[str]:
    """The words with a small letter that do not just join others."""
    return [word for word in _SMALL.findall(text) if not _JOINING.fullmatch(word)]


def is_strong(line: str) -> bool:
    """A line that only a signature has: a way to reach somebody, a register, a place."""
    text = without_links(line).strip(" *_\t")
    if not text or len(text) > STRONG_LENGTH:
        return False
    if any(kind.fullmatch(text) for kind in (_SOCIAL, _PLACE)) or _is_register(text):
        return True
    if _CONTACT.fullmatch(text):
        return len(small_words(text)) < 3
    return bool(_SEPARATED.fullmatch(text) and _HAS_CONTACT.search(text))


def _is_register(text: str) -> bool:
    """An entry in a register or who leads a firm, and no sentence about them (»… unterschreibt der Vorstand.«)."""
    if not _REGISTER.fullmatch(text):
        return False
    if re.search(r"\d{3}", text):
        return True
    few, listed = len(small_words(text)) < 3, re.search(r"\w:\s", text) is not None
    return few and listed if _SENTENCE_END.search(text) else few or listed


def is_weak(line: str) -> bool:
    """A line that may stand in a signature: a name, a title, a firm; nothing that says something."""
    text = without_links(line).strip(" *_\t|")
    if len(text) > WEAK_LENGTH or _MATTER.search(text) or _SENTENCE_END.search(text) or text.endswith((":", "?")):
        return False
    return not small_words(text)


def is_signed(line: str) -> bool:
    return is_weak(line) or is_strong(line) or is_ruler(line) or _LABELLED_LINK.fullmatch(line) is not None


def is_spoken(line: str) -> bool:
    """A line that says something, as far as its words tell."""
    if is_signed(line):
        return False
    said = (kind.search(line) for kind in (_MATTER, _SENTENCE_END, _PERSONAL))
    return len(small_words(line)) > 2 or any(said)


def is_firm(line: str) -> bool:
    """A firm with its legal form, and what it says of itself, but no sentence."""
    return len(line) <= WEAK_LENGTH and bool(_LEGAL_FORM.search(line)) and not _SENTENCE_END.search(line)


def is_name(line: str, writer: Writer) -> bool:
    """The writer's own name, in any order, alone on its line or with a title."""
    told = words_of(line) if len(line) <= WEAK_LENGTH else frozenset[str]()
    return len(writer.names) >= 2 and writer.names <= told and len(told) <= len(writer.names) + 3


def is_institution(line: str) -> bool:
    return any(kind.fullmatch(line) for kind in (FIRM, TITLE, _REGISTER))


def evidence(lines: list[str]) -> int:
    """How much there is in these lines that only signatures have."""
    return sum(map(is_strong, lines)) + any(map(is_institution, lines))
