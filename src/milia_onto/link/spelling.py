"""One spelling for each word: American, singular, without marks. Pure functions of a word.

The tables are authored: regular differences between British and American medical English, Latin
and Greek plurals, abbreviations and paraphrases that names of skin disease are written with. A
rule that maps two different words to one form would make false links, so each names its ending
or its root.
"""

from __future__ import annotations

import re
from functools import lru_cache

# British to American, by position in the word; both sides of a comparison are rewritten.
BRITISH = (
    (re.compile(r"^(?:ae|oe)(?=[a-z]{3})"), "e"),  # oedema, aetiology, oesophagus
    (re.compile(r"^(h|p|l|f)(?:ae|oe)(?=[a-z]{3})"), r"\1e"),  # haem-, paed-, foetal
    (re.compile(r"^c(?:ae(?=[a-z]{3})|oe(?=l))"), "ce"),  # caecum, coeliac
    (re.compile(r"(?<=[a-z]{2})(?:ae|oe)(?=mia|mic|dem|a[cl]|ni?a|sth|st|al|rul|vus|niti)"), "e"),
    (re.compile(r"(?<=[a-z]{2})aem"), "em"),  # anaemia, ischaemic
    (re.compile(r"rrhoe"), "rrhe"),  # seborrhoea, diarrhoea
    (re.compile(r"naev"), "nev"),
    (re.compile(r"(?<=[a-z]{2})our(?=s?$|ing|ed|less|al$)"), "or"),  # tumour, colour
    (re.compile(r"is(?=(?:e[ds]?|ing|ation|ations)$)"), "iz"),  # keratinised
    (re.compile(r"lys(?=e[ds]?$|ing$)"), "lyz"),
    (re.compile(r"sulph"), "sulf"),
    (re.compile(r"leuc"), "leuk"),
    (re.compile(r"(?<=[a-z]{2})bre$"), "ber"),  # fibre
    (re.compile(r"(?<=[a-z]{2})tre$"), "ter"),  # centre
    (re.compile(r"grey"), "gray"),
    (re.compile(r"^mould"), "mold"),
    (re.compile(r"vulval"), "vulvar"),
    (re.compile(r"^cyclosporin[ea]?$"), "ciclosporin"),  # ciclosporin: INN; cyclosporine: USAN
    (re.compile(r"^ciclosporine$"), "ciclosporin"),
    (re.compile(r"^fluorouracilo?$"), "fluorouracil"),
)
IRREGULAR = {
    "milia": "milium",
    "millium": "milium",
    "millia": "milium",
    "milien": "milium",
    "milie": "milium",
    "comedones": "comedo",
    "comedone": "comedo",
    "bullae": "bulla",
    "papillae": "papilla",
    "verrucae": "verruca",
    "striae": "stria",
    "nevi": "nevus",
    "fungi": "fungus",
    "bacteria": "bacterium",
    "crises": "crisis",
    "children": "child",
    "feet": "foot",
    "teeth": "tooth",
    "ageing": "aging",
    "lice": "louse",
}
NO_PLURAL = ("ss", "us", "is", "os", "ys")
ENDS_IN_S = frozenset({"pancreas", "atlas", "gas", "alias", "texas"})
ABBREVIATIONS = {
    "CO2": "carbon dioxide",
    "DEB": "dystrophic epidermolysis bullosa",
    "DLE": "discoid lupus erythematosus",
    "EB": "epidermolysis bullosa",
    "EBA": "epidermolysis bullosa acquisita",
    "EBS": "epidermolysis bullosa simplex",
    "JEB": "junctional epidermolysis bullosa",
    "LP": "lichen planus",
    "NSAID": "non steroidal anti inflammatory drug",
    "NSAIDs": "non steroidal anti inflammatory drug",
    "PCT": "porphyria cutanea tarda",
    "RDEB": "recessive dystrophic epidermolysis bullosa",
    "SJS": "stevens johnson syndrome",
    "TEN": "toxic epidermal necrolysis",
}
ABBREVIATED = re.compile(rf"\b(?:{'|'.join(ABBREVIATIONS)})\b")
# Words of one meaning that names of diseases take in turn, Latin or Greek beside English.
PARAPHRASES = {
    "cutaneous": "skin",
    "neonatal": "newborn",
    "neonate": "newborn",
    "neonatorum": "newborn",
    "renal": "kidney",
    "hepatic": "liver",
    "inherited": "hereditary",
    "bullous": "blistering",
    "palpebral": "eyelid",
}
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8"}


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The one form of a folded word: ``tumours``, ``tumour`` and ``tumor`` give ``tumor``."""
    if word in ROMAN:
        return ROMAN[word]
    if len(word) < 4 or not word.isascii():
        return IRREGULAR.get(word, word)
    for british, american in BRITISH:
        word = british.sub(american, word)
    word = IRREGULAR.get(word) or _singular(word)
    return PARAPHRASES.get(word, word)


def _singular(word: str) -> str:
    if not word.endswith("s") or len(word) < 5:
        return word
    if word.endswith("oses"):
        return f"{word[:-2]}is"  # keratoses
    if word.endswith("ies") and len(word) > 5:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word if word.endswith(NO_PLURAL) or word in ENDS_IN_S else word[:-1]


def spelt_out(text: str) -> str:
    """A name with the abbreviations in it spelt out; one that is nothing else stays as it is."""
    if text in ABBREVIATIONS:
        return text
    return ABBREVIATED.sub(lambda found: ABBREVIATIONS[found[0]], text)
