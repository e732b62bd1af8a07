"""Numbers that states and banks give: how they are written, checked and called."""

from __future__ import annotations

import re
from typing import Final

from stdnum import luhn
from stdnum.au import abn, acn, tfn
from stdnum.br import cnpj, cpf
from stdnum.ca import sin
from stdnum.ch import ssn as ch_ssn
from stdnum.cl import rut
from stdnum.cn import ric
from stdnum.de import idnr
from stdnum.es import cif, dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.in_ import aadhaar, epic, gstin, pan
from stdnum.it import codicefiscale, iva
from stdnum.kr import rrn
from stdnum.mx import curp
from stdnum.pl import pesel
from stdnum.pt import nif as pt_nif
from stdnum.se import personnummer
from stdnum.sg import uen
from stdnum.th import pin
from stdnum.tr import tckimlik
from stdnum.us import itin, ssn

from bot.guards.checks import Check, called, written


def _is_ssn(number: str) -> bool:
    return ssn.is_valid(re.sub("[ .]", "-", number))


def _is_itin(number: str) -> bool:
    return itin.is_valid(number.replace(" ", "-"))


def _any(_number: str) -> bool:
    return True


def _has_digits(number: str) -> bool:
    return sum(char.isdigit() for char in number) >= 4


def _is_nric(number: str) -> bool:
    """Check Singapore's letter, which `stdnum` doesn't know: weights 2, 7, 6, 5, 4, 3, 2."""
    first, digits, last = number[0].upper(), number[1:8], number[8].upper()
    total = sum(int(d) * w for d, w in zip(digits, (2, 7, 6, 5, 4, 3, 2), strict=True))
    total += {"T": 4, "G": 4, "M": 3}.get(first, 0)
    letters = {"S": "JZIHGFEDCBA", "T": "JZIHGFEDCBA", "M": "KLJNPQRTUWX"}
    return letters.get(first, "XWUTRQPNMLK")[total % 11] == last


def _is_dea(number: str) -> bool:
    """Check the last digit of an American prescriber's number."""
    d = [int(char) for char in number[2:]]
    return (d[0] + d[2] + d[4] + 2 * (d[1] + d[3] + d[5])) % 10 == d[6]


_NINE: Final = r"[0-9]{3}([ -]?)[0-9]{3}\1[0-9]{3}"
_ELEVEN: Final = r"[0-9]{11}"
_PASSPORT: Final = called(
    r"passports?|pasaportes?|passaporto|passeport|reisepass|passaporte|paszport"
)
_LICENSE: Final = called(
    r"driv(?:er'?s?|ing)[ -]?licen[sc]e|dl|carnet de conducir|licencia de conducir"
    r"|permiso de conducir|patente|permis de conduire|führerschein|carta de condução"
)
_BANK: Final = called(
    r"bank|bank account|account (?:number|no)|acct|check(?:ing)?|savings|routing"
    r"|cuenta(?: bancaria)?"
    r"|n[uú]mero de cuenta"
)

CHECKS: Final = (
    Check(
        "ssn",
        written(r"[0-9]{3}([- .])[0-9]{2}\1[0-9]{4}"),
        _is_ssn,
        called(r"ssns?#?|social security"),
        0.85,
    ),
    Check("ssn", written(r"[0-9]{9}"), ssn.is_valid, called(r"ssns?#?|social security")),
    Check(
        "itin",
        written(r"9[0-9]{2}([- ]?)[0-9]{2}\1[0-9]{4}"),
        _is_itin,
        called("itin|taxpayer|tax id"),
        0.65,
    ),
    Check("sin", written(_NINE), sin.is_valid, called("sin|social insurance|nas"), 0.45),
    Check("nif", written(r"[0-9]{8}[ -]?[A-Z]"), dni.is_valid, called("nif|dni"), 0.85, digits=8),
    Check(
        "nie",
        written(r"[XYZ][ -]?[0-9]{7}[ -]?[A-Z]"),
        nie.is_valid,
        called("nie"),
        0.85,
        digits=7,
    ),
    Check(
        "cif",
        written(r"[A-HJNPQRSUVW][ -]?[0-9]{7}[0-9A-J]", any_case=False),
        cif.is_valid,
        called("cif|nif"),
        0.5,
        digits=7,
    ),
    Check(
        "nino",
        written(
            r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?"
            r"[0-9]{2} ?[A-D]"
        ),
        _any,
        called(r"ni(?:no)?|national insurance"),
        0.75,
        digits=6,
    ),
    Check("nhs", written(r"[0-9]{3}([ -]?)[0-9]{3}\1[0-9]{4}"), nhs.is_valid, called("nhs"), 0.5),
    Check(
        "aadhaar",
        written(r"[2-9][0-9]{3}([ :-]?)[0-9]{4}\1[0-9]{4}"),
        aadhaar.is_valid,
        called(r"aadhaa?r|uidai|uid"),
        0.5,
    ),
    Check(
        "pan",
        written(r"[A-Z]{3}[ABCFGHJLPT][A-Z][0-9]{4}[A-Z]"),
        pan.is_valid,
        called("pan"),
        0.7,
        digits=4,
    ),
    Check(
        "voter_id",
        written(r"[A-Z]{3}[0-9]{7}"),
        epic.is_valid,
        called("voter|epic"),
        0.4,
        digits=7,
    ),
    Check(
        "gstin",
        written(r"[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][0-9A-Z]Z[0-9A-Z]"),
        gstin.is_valid,
        called("gst(?:in)?"),
        0.8,
        digits=6,
    ),
    Check(
        "codice_fiscale",
        written(r"[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]"),
        codicefiscale.is_valid,
        called("codice fiscale|cf"),
        0.9,
        digits=4,
    ),
    Check("vat_it", written(_ELEVEN), iva.is_valid, called(r"p(?:artita)?[. ]?iva|vat")),
    Check("pesel", written(_ELEVEN), pesel.is_valid, called("pesel"), 0.6),
    Check(
        "abn",
        written(r"[0-9]{2}( ?)[0-9]{3}\1[0-9]{3}\1[0-9]{3}"),
        abn.is_valid,
        called("abn"),
        0.6,
    ),
    Check("acn", written(_NINE), acn.is_valid, called("acn|company number")),
    Check("tfn", written(_NINE), tfn.is_valid, called("tfn|tax file"), 0.4),
    Check(
        "medicare",
        written(r"[2-6][0-9]{3} ?[0-9]{5} ?[0-9]"),
        _any,
        called("medicare"),
    ),
    Check("nric", written(r"[STFGM][0-9]{7}[A-Z]"), _is_nric, called("nric|fin"), 0.8, digits=7),
    Check(
        "hetu",
        written(r"[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Z]"),
        hetu.is_valid,
        called("hetu"),
        0.85,
    ),
    Check("rrn", written(r"[0-9]{6}-?[1-8][0-9]{6}"), rrn.is_valid, called("rrn"), 0.6),
    Check(
        "thai_id",
        written(r"[0-9](-?)[0-9]{4}\1[0-9]{5}\1[0-9]{2}\1[0-9]"),
        pin.is_valid,
        called("id"),
        0.5,
    ),
    Check(
        "personnummer",
        written(r"(?:[0-9]{2})?[0-9]{6}[-+][0-9]{4}"),
        personnummer.is_valid,
        called("personnummer"),
        0.7,
    ),
    Check(
        "nir",
        written(r"[12] ?[0-9]{2} ?[0-9]{2} ?[0-9][0-9AB] ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}"),
        nir.is_valid,
        called(r"nir|s[eé]curit[eé] sociale"),
        0.8,
    ),
    Check(
        "idnr",
        written(r"[0-9]{2} ?[0-9]{3} ?[0-9]{3} ?[0-9]{3}"),
        idnr.is_valid,
        called(r"steuer\w*|idnr"),
    ),
    Check("nif_pt", written(_NINE), pt_nif.is_valid, called("nif|contribuinte")),
    Check(
        "cpf",
        written(r"[0-9]{3}\.?[0-9]{3}\.?[0-9]{3}-?[0-9]{2}"),
        cpf.is_valid,
        called("cpf"),
        0.6,
    ),
    Check(
        "cnpj",
        written(r"[0-9]{2}\.[0-9]{3}\.[0-9]{3}/[0-9]{4}-[0-9]{2}"),
        cnpj.is_valid,
        called("cnpj"),
        0.8,
    ),
    Check(
        "curp",
        written(r"[A-Z]{4}[0-9]{6}[HMX][A-Z]{5}[0-9A-Z][0-9]"),
        curp.is_valid,
        called("curp"),
        0.9,
        digits=7,
    ),
    Check(
        "rut",
        written(r"[0-9]{1,2}\.?[0-9]{3}\.?[0-9]{3}-[0-9K]"),
        rut.is_valid,
        called("rut|run"),
        0.6,
        digits=7,
    ),
    Check(
        "ahv",
        written(r"756\.?[0-9]{4}\.?[0-9]{4}\.?[0-9]{2}"),
        ch_ssn.is_valid,
        called("ahv|avs"),
        0.9,
    ),
    Check("tc_kimlik", written(r"[1-9][0-9]{10}"), tckimlik.is_valid, called("kimlik|tckn"), 0.5),
    Check("resident_id", written(r"[1-9][0-9]{16}[0-9X]"), ric.is_valid, called("id"), 0.8),
    Check(
        "dea",
        written(r"[ABCDEFGHJKLMPRSTUX][A-Z9][0-9]{7}"),
        _is_dea,
        called("dea"),
        0.4,
        digits=7,
    ),
    Check(
        "npi",
        written(r"[12][0-9]{9}"),
        lambda n: luhn.is_valid("80840" + n),
        called("npi|provider"),
    ),
    Check("uen", written(r"[0-9]{8,9}[A-Z]"), uen.is_valid, called("uen"), 0.5, digits=8),
    Check(
        "mbi",
        # Medicare's letters leave out S, L, O, I, B and Z.
        written(
            r"[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y][0-9]-?[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]"
            r"[0-9]-?[AC-HJKMNP-RT-Y]{2}[0-9]{2}",
            any_case=False,
        ),
        _any,
        called("medicare|mbi"),
        0.7,
        digits=5,
    ),
    Check(
        "driver_license_gb",
        written(r"[A-Z9]{5}[0-9][0156][0-9]{4}[A-Z9]{2}[0-9A-Z]{3}", any_case=False),
        _has_digits,
        _LICENSE,
        0.6,
        digits=5,
    ),
    Check("passport", written(r"[A-Z][0-9]{8}", any_case=False), _any, _PASSPORT, 0.4, digits=8),
    Check("passport", written(r"(?:[A-Z]{1,3}[ -]?)?[0-9]{6,9}[A-Z]?"), _any, _PASSPORT, digits=6),
    Check(
        "passport",
        # Germany's letters leave out the vowels and what is mistaken for a digit.
        written(r"[CFGHJK][0-9CFGHJKLMNPRTVWXYZ]{8}[0-9]?", any_case=False),
        _has_digits,
        _PASSPORT,
        digits=4,
    ),
    Check("driver_license", written(r"[A-Z]{0,3}[0-9]{5,14}[A-Z]{0,2}"), _any, _LICENSE, digits=5),
    Check("bank_account", written(r"[0-9]{8,17}"), _any, _BANK, digits=8),
    Check(
        "identity_card",
        written(r"[A-Z]{2} ?[0-9]{5} ?[A-Z]{2}|[A-Z]{2,3} ?[0-9]{6,7}|C[A-Z][0-9]{5}[A-Z]{2}"),
        _any,
        called(
            r"identity card|carta d'identit[aà]|carta di identit[aà]|id card|personalausweis|dowód"
        ),
        digits=5,
    ),
)
