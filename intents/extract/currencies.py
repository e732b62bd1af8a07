"""Names and signs of currencies, English and Spanish.

A unit is the ISO 4217 code where the words name one currency, and a plain name where they do
not: "peso", "cent". `$`, "dollar" and "bucks" stand for USD, the bot's currency, unless a country
is named.
"""

from __future__ import annotations

from typing import Final

from intents.extract.letters import words

# Signs; compounds such as `US$` are a code or a prefix of letters followed by `$`.
SIGNS: Final = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "¥", "￥": "¥", "₡": "CRC", "₹": "INR", "₽": "RUB",
    "₩": "KRW", "₪": "ILS", "₫": "VND", "₺": "TRY", "₴": "UAH", "₦": "NGN", "₱": "PHP", "฿": "THB",
    "₲": "PYG", "₵": "GHS", "₸": "KZT", "₮": "MNT", "₭": "LAK", "៛": "KHR", "₾": "GEL", "₼": "AZN",
    "₿": "BTC", "₨": "rupee", "৳": "BDT", "﷼": "rial", "₤": "pound", "¢": "cent", "₣": "franc",
}  # fmt: skip
DOLLAR_PREFIXES: Final = {
    "us": "USD", "u.s.": "USD", "usd": "USD", "a": "AUD", "au": "AUD", "aud": "AUD", "c": "CAD",
    "ca": "CAD", "can": "CAD", "cad": "CAD", "hk": "HKD", "hkd": "HKD", "nt": "TWD", "twd": "TWD",
    "s": "SGD", "sg": "SGD", "sgd": "SGD", "nz": "NZD", "nzd": "NZD", "mx": "MXN", "mex": "MXN",
    "mxn": "MXN", "r": "BRL", "brl": "BRL", "rd": "DOP", "ar": "ARS", "clp": "CLP", "col": "COP",
    "cop": "COP", "uy": "UYU", "b": "BND", "bz": "BZD", "j": "JMD", "tt": "TTD", "ec": "XCD",
}  # fmt: skip

# Codes that nobody takes for a word, in any case of letters, before or after the number.
CODES: Final = {
    code.lower(): code
    for code in words(
        "USD EUR GBP JPY CNY CHF CAD AUD NZD HKD SGD INR BRL MXN KRW SEK NOK DKK PLN CZK HUF RUB "
        "ZAR TWD THB IDR MYR VND AED ILS CLP UYU SAR QAR KWD EGP NGN KES UAH BGN BTC ETH"
    )
} | {"rmb": "CNY", "gbp": "GBP", "nis": "ILS", "usdollar": "USD", "usdollars": "USD"}
# Codes that are also words or names: only in capitals and after the number.
CAPITAL_CODES: Final = frozenset(
    words(
        "ARS COP PEN PHP TRY MAD RON CRC GTQ HNL NIO PAB PYG BOB DOP VES CUP JMD TTD ISK PKR LKR "
        "BDT NPR TND DZD LBP JOD IQD IRR OMR BHD AZN AMD GEL KZT UZS MNT KHR LAK MMK GHS ETB TZS "
        "UGX ZMW XAF XOF XPF FJD MOP BND MUR RSD ALL HRK MDL BYN MKD BAM"
    )
) - {"ALL", "AMD", "PHP"}

# A noun stands for its first unit; with a country's adjective for that country's.
_DOLLAR: Final = {
    "": "USD", "us": "USD", "ca": "CAD", "au": "AUD", "nz": "NZD", "hk": "HKD", "sg": "SGD",
    "tw": "TWD", "jm": "JMD", "bs": "BSD", "bb": "BBD", "bz": "BZD", "fj": "FJD", "gy": "GYD",
    "ky": "KYD", "lr": "LRD", "na": "NAD", "tt": "TTD", "xc": "XCD", "zw": "ZWL", "bm": "BMD",
    "bn": "BND", "sr": "SRD", "sb": "SBD", "ec": "USD", "pr": "USD",
}  # fmt: skip
_PESO: Final = {
    "": "peso", "mx": "MXN", "ar": "ARS", "cl": "CLP", "co": "COP", "ph": "PHP", "uy": "UYU",
    "cu": "CUP", "do": "DOP",
}  # fmt: skip
_POUND: Final = {
    "": "GBP", "gb": "GBP", "eg": "EGP", "lb": "LBP", "sy": "SYP", "sd": "SDG", "gi": "GIP",
    "ie": "IEP", "cy": "CYP",
}  # fmt: skip
_FRANC: Final = {"": "franc", "ch": "CHF", "fr": "FRF", "be": "BEF", "rw": "RWF", "lu": "LUF"}
_CROWN: Final = {
    "": "crown", "dk": "DKK", "no": "NOK", "se": "SEK", "is": "ISK", "cz": "CZK", "ee": "EEK",
}  # fmt: skip
_RUPEE: Final = {
    "": "rupee", "in": "INR", "pk": "PKR", "np": "NPR", "lk": "LKR", "mu": "MUR", "sc": "SCR",
}  # fmt: skip
_DINAR: Final = {
    "": "dinar", "kw": "KWD", "jo": "JOD", "iq": "IQD", "rs": "RSD", "dz": "DZD", "tn": "TND",
    "bh": "BHD", "ly": "LYD", "mk": "MKD",
}  # fmt: skip
_RIAL: Final = {"": "rial", "sa": "SAR", "qa": "QAR", "ir": "IRR", "om": "OMR", "ye": "YER"}
_DIRHAM: Final = {"": "dirham", "ae": "AED", "ma": "MAD"}
_SHILLING: Final = {"": "shilling", "ke": "KES", "ug": "UGX", "tz": "TZS", "so": "SOS"}
_RUBLE: Final = {"": "RUB", "ru": "RUB", "by": "BYN"}
_LIRA: Final = {"": "lira", "tr": "TRY", "it": "ITL"}
_WON: Final = {"": "KRW", "kr": "KRW", "kp": "KPW"}
_LEU: Final = {"": "leu", "ro": "RON", "md": "MDL"}
_MARK: Final = {"": "DEM", "de": "DEM", "fi": "FIM"}
_COLON: Final = {"": "CRC", "cr": "CRC", "sv": "SVC"}


def _named(*pairs: tuple[str, dict[str, str] | str]) -> dict[str, dict[str, str]]:
    return {
        noun: unit if isinstance(unit, dict) else {"": unit}
        for nouns, unit in pairs
        for noun in nouns.split()
    }


# Nouns that both languages write alike once accents are off.
_SHARED: Final = _named(
    ("euro euros", "EUR"), ("yuan yuanes renminbi", "CNY"), ("won wones", _WON),
    ("baht bahts", "THB"), ("rand rands", "ZAR"), ("dong dongs", "VND"), ("peso pesos", _PESO),
    ("bitcoin bitcoins", "BTC"), ("ethereum", "ETH"), ("ringgit ringgits", "MYR"),
    ("naira nairas", "NGN"), ("tenge", "KZT"), ("colon colones", _COLON),
    ("quetzal quetzales quetzals", "GTQ"), ("lempira lempiras", "HNL"),
    ("cordoba cordobas", "NIO"), ("balboa balboas", "PAB"),
    ("boliviano bolivianos", "BOB"), ("bolivar bolivares bolivars", "VES"),
    ("zloty zlotys", "PLN"),
    ("leu lei", _LEU), ("lev leva", "BGN"), ("kuna kunas", "HRK"), ("dram drams", "AMD"),
    ("shekel shekels", "ILS"), ("birr", "ETB"), ("kwacha kwachas", "ZMW"), ("pula", "BWP"),
    ("rial rials riales riyal riyals", _RIAL), ("dirham dirhams dirhames", _DIRHAM),
    ("lira liras", _LIRA), ("real reais reales", "BRL"), ("taka", "BDT"), ("gourde", "HTG"),
    ("peseta pesetas", "ESP"), ("lek", "ALL"), ("manat", "AZN"), ("lari", "GEL"),
)  # fmt: skip
NOUNS: Final = {
    "en": _SHARED
    | _named(
        ("dollar dollars buck bucks", _DOLLAR), ("pound pounds quid", _POUND),
        ("yen yens", "JPY"), ("franc francs", _FRANC),
        ("krone kroner krona kronor kronas", _CROWN),
        ("crown crowns koruna korunas", _CROWN), ("rupee rupees", _RUPEE),
        ("dinar dinars", _DINAR), ("shilling shillings", _SHILLING),
        ("ruble rubles rouble roubles", _RUBLE), ("forint forints", "HUF"),
        ("hryvnia hryvnias", "UAH"), ("rupiah rupiahs", "IDR"), ("mark marks", _MARK),
        ("guarani guaranis", "PYG"), ("cedi cedis", "GHS"), ("usdollar", "USD"),
        ("escudo escudos", "PTE"), ("drachma drachmas", "GRD"),
        ("cent cents", "cent"), ("penny pennies pence", "penny"), ("centavo centavos", "centavo"),
        ("kopek kopeks", "kopek"), ("jiao", "jiao"), ("fen", "fen"),
        ("satoshi satoshis", "satoshi"), ("kr", "crown"), ("rs", "rupee"),
    ),
    "es": _SHARED
    | _named(
        ("dolar dolares", _DOLLAR), ("libra libras", _POUND), ("yen yenes", "JPY"),
        ("franco francos", _FRANC), ("corona coronas", _CROWN), ("rupia rupias", _RUPEE),
        ("dinar dinares", _DINAR), ("chelin chelines", _SHILLING), ("rublo rublos", _RUBLE),
        ("florin florines", "HUF"), ("grivna grivnas grivnia grivnias", "UAH"),
        ("marco marcos", _MARK), ("guarani guaranies", "PYG"), ("cedi cedis", "GHS"),
        ("sol soles", "PEN"), ("escudo escudos", "PTE"), ("dracma dracmas", "GRD"),
        ("sequel sequeles", "ILS"),
        ("centavo centavos", "centavo"), ("centimo centimos", "centimo"), ("cent cents", "cent"),
        ("penique peniques", "penny"), ("kopek kopeks", "kopek"), ("jiao", "jiao"),
        ("satoshi satoshis", "satoshi"),
    ),
}  # fmt: skip
SUBUNITS: Final = frozenset(words("cent penny centavo centimo kopek jiao fen satoshi"))
# How many of a sub-unit make one of its unit, where two are written together.
PER_UNIT: Final = {"cent": 100, "penny": 100, "centavo": 100, "centimo": 100, "kopek": 100,
                   "jiao": 10, "fen": 100}  # fmt: skip

# Words between number and noun (English) or after the noun (Spanish) that name the country.
_EN_LANDS: Final = (
    "us:us u.s.:us american:us united_states:us canadian:ca canada:ca australian:au "
    "australia:au new_zealand:nz hong_kong:hk singapore:sg singaporean:sg taiwan:tw taiwanese:tw "
    "new_taiwan:tw jamaican:jm jamaica:jm bahamian:bs barbadian:bb barbados:bb belize:bz "
    "fijian:fj fiji:fj guyanese:gy guyana:gy cayman:ky liberian:lr namibian:na namibia:na "
    "trinidad:tt east_caribbean:xc zimbabwean:zw bermudian:bm bermuda:bm brunei:bn surinamese:sr "
    "mexican:mx argentine:ar argentinian:ar chilean:cl colombian:co philippine:ph uruguayan:uy "
    "cuban:cu dominican:do british:gb uk:gb english:gb egyptian:eg lebanese:lb syrian:sy "
    "sudanese:sd gibraltar:gi irish:ie swiss:ch french:fr belgian:be rwandan:rw danish:dk "
    "norwegian:no swedish:se icelandic:is czech:cz indian:in pakistani:pk pakistan:pk nepalese:np "
    "sri_lankan:lk sri_lanka:lk mauritian:mu kuwaiti:kw jordanian:jo iraqi:iq serbian:rs "
    "algerian:dz tunisian:tn bahraini:bh libyan:ly macedonian:mk saudi:sa qatari:qa qatar:qa "
    "iranian:ir omani:om yemeni:ye uae:ae emirati:ae moroccan:ma kenyan:ke ugandan:ug "
    "tanzanian:tz somali:so russian:ru belarusian:by turkish:tr italian:it south_korean:kr "
    "korean:kr north_korean:kp romanian:ro moldovan:md german:de deutsche:de finnish:fi "
    "costa_rican:cr chinese:cn japanese:jp thai:th vietnamese:vn brazilian:br israeli:il "
    "south_african:za indonesian:id malaysian:my nigerian:ng polish:pl bulgarian:bg "
    "hungarian:hu ukrainian:ua guatemalan:gt peruvian:pe"
)
_ES_LANDS: Final = (
    "estadounidense:us americano:us de_eeuu:us de_ee.uu.:us de_estados_unidos:us canadiense:ca "
    "australiano:au neozelandes:nz de_nueva_zelanda:nz de_hong_kong:hk hongkones:hk "
    "de_singapur:sg taiwanes:tw jamaicano:jm jamaiquino:jm bahameno:bs beliceno:bz fiyiano:fj "
    "guyanes:gy liberiano:lr namibio:na de_trinidad:tt mexicano:mx argentino:ar chileno:cl "
    "colombiano:co filipino:ph uruguayo:uy cubano:cu dominicano:do esterlina:gb britanico:gb "
    "inglesa:gb egipcio:eg egipcia:eg libanes:lb libanesa:lb siria:sy sudanesa:sd irlandesa:ie "
    "suizo:ch frances:fr belga:be danesa:dk noruega:no sueca:se islandesa:is checa:cz indio:in "
    "india:in pakistani:pk nepali:np kuwaiti:kw jordano:jo iraqui:iq serbio:rs argelino:dz "
    "tunecino:tn libio:ly saudi:sa qatari:qa irani:ir omani:om yemeni:ye keniano:ke ugandes:ug "
    "tanzano:tz somali:so ruso:ru bielorruso:by turca:tr italiana:it surcoreano:kr coreano:kr "
    "norcoreano:kp rumano:ro aleman:de finlandes:fi costarricense:cr salvadoreno:sv chino:cn "
    "japones:jp tailandes:th brasileno:br peruano:pe paraguayo:py sudafricano:za marroqui:ma"
)


def _lands(table: str, *, spanish: bool) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Key the adjectives by first word, longest first, with Spanish plurals and genders."""
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for entry in table.split():
        words, land = entry.split(":")
        forms = {words}
        if spanish and not words.startswith("de_"):
            stem = words[:-1] if words[-1] in "oa" else words
            forms |= {words + "s", words + "es", stem + "o", stem + "a", stem + "os", stem + "as"}
        for form in forms:
            parts = tuple(form.split("_"))
            out.setdefault(parts[0], []).append((parts, land))
    for rows in out.values():
        rows.sort(key=lambda row: -len(row[0]))
    return out


LANDS: Final = {
    "en": _lands(_EN_LANDS, spanish=False),
    "es": _lands(_ES_LANDS, spanish=True),
}
