"""Numbers of persons that only a word beside them gives away, country by country.

Their digits alone could be those of an order, so they are looked for where they are called by
name. All of them have check digits, or a date of birth that must be one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from stdnum.ar import cuit
from stdnum.at import vnr
from stdnum.be import nn
from stdnum.bg import egn
from stdnum.co import nit
from stdnum.cr import cpf as cr_cpf
from stdnum.cz import rc
from stdnum.dk import cpr
from stdnum.do import cedula
from stdnum.ec import ci
from stdnum.ee import ik
from stdnum.fr import nif as fr_nif
from stdnum.gb import utr
from stdnum.gr import amka
from stdnum.hr import oib
from stdnum.hu import anum
from stdnum.id import nik
from stdnum.ie import pps
from stdnum.il import idnr as il_idnr
from stdnum.is_ import kennitala
from stdnum.lt import asmens
from stdnum.lv import pvn
from stdnum.my import nric
from stdnum.nl import bsn
from stdnum.no import fodselsnummer
from stdnum.nz import ird
from stdnum.pe import cui
from stdnum.pk import cnic
from stdnum.ro import cnp
from stdnum.ru import inn
from stdnum.se import personnummer
from stdnum.si import emso
from stdnum.ua import rntrc
from stdnum.us import ein
from stdnum.ve import rif
from stdnum.za import idnr as za_idnr

from bot.guards.checks import Check, called, written

_TEN: Final = r"[0-9]{6}[ /+-]?[0-9]{4}"
_ELEVEN: Final = r"[0-9]{6}[ -]?[0-9]{5}"


class NamedCheck(NamedTuple):
    """A number that is looked for only in a text that has one of `stems`, in small letters."""

    stems: tuple[str, ...]
    check: Check


def _check(
    type_: str, stems: str, pattern: str, is_valid: Callable[[str], bool], names: str
) -> NamedCheck:
    check = Check(type_, written(pattern), is_valid, called(names), digits=7)
    return NamedCheck(tuple(stems.split("|")), check)


NAMED_CHECKS: Final = (
    _check("cuit", "cuit|cuil", r"[0-9]{2}-?[0-9]{8}-?[0-9]", cuit.is_valid, "cuit|cuil"),
    _check(
        "svnr",
        "svnr|sv-nummer|svnummer|sozialversicherung",
        r"[0-9]{4} ?[0-9]{6}",
        vnr.is_valid,
        r"svnr|sv-?nummer|sozialversicherung\w*",
    ),
    _check(
        "rijksregister",
        "rijksregister|insz|niss|nrn|national",
        r"[0-9]{2}[. ]?[0-9]{2}[. ]?[0-9]{2}[- ]?[0-9]{3}[. ]?[0-9]{2}",
        nn.is_valid,
        r"rijksregister\w*|insz|niss|nrn|num[eé]ro (?:de registre )?national|registre national"
        r"|national number",
    ),
    _check("egn", "егн|egn", r"[0-9]{10}", egn.is_valid, "егн|egn"),
    _check("nit", "nit|rut", r"[0-9]{3}\.?[0-9]{3}\.?[0-9]{3}-?[0-9]", nit.is_valid, "nit|rut"),
    _check("cedula_cr", "dula", r"[0-9]-?[0-9]{4}-?[0-9]{4}", cr_cpf.is_valid, "c[eé]dula"),
    _check(
        "rodne_cislo",
        "rodn|birth number",
        r"[0-9]{6}/?[0-9]{3,4}",
        rc.is_valid,
        r"rodn[eé] [cč][ií]slo|rodn[eé]ho [cč][ií]sla|birth number",
    ),
    _check(
        "cpr", "cpr|personnummer", _TEN, cpr.is_valid, r"cpr(?:[ -]?(?:nummer|nr))?|personnummer"
    ),
    _check("cedula_do", "dula", r"[0-9]{3}-?[0-9]{7}-?[0-9]", cedula.is_valid, "c[eé]dula"),
    _check("cedula_ec", "dula", r"[0-9]{9}-?[0-9]", ci.is_valid, "c[eé]dula"),
    _check(
        "isikukood", "isikukood|asmens", r"[1-8][0-9]{10}", ik.is_valid, "isikukood|asmens kodas"
    ),
    _check("nif_fr", "fiscal|spi", r"[0-3][0-9 ]{12,16}", fr_nif.is_valid, "num[eé]ro fiscal|spi"),
    _check(
        "utr", "utr|unique taxpayer", r"[0-9]{10}", utr.is_valid, "utr|unique taxpayer reference"
    ),
    _check("amka", "amka|αμκα", _ELEVEN, amka.is_valid, "amka|αμκα"),
    _check("oib", "oib", r"[0-9]{11}", oib.is_valid, "oib"),
    _check(
        "adoszam", "adó|ado", r"[0-9]{8}", anum.is_valid, r"ad[oó]sz[aá]m|ad[oó]azonos[ií]t[oó]"
    ),
    _check("nik", "nik|ktp", r"[0-9]{16}", nik.is_valid, "nik|ktp"),
    _check("pps", "pps", r"[0-9]{7}[A-W][ABHWTX]?", pps.is_valid, "ppsn?|pps number"),
    _check(
        "teudat_zehut",
        "zehut|israel|t.z|tz|תעודת|id",
        r"[0-9]{8,9}",
        il_idnr.is_valid,
        r"teudat zehut|israeli id|t\.?z\.?|תעודת זהות|id(?: number| no)?",
    ),
    _check("kennitala", "kennitala", r"[0-9]{6}-?[0-9]{4}", kennitala.is_valid, "kennitala"),
    _check("asmens_kodas", "asmens", r"[1-8][0-9]{10}", asmens.is_valid, "asmens kodas"),
    _check("personas_kods", "personas", _ELEVEN, pvn.is_valid, "personas kods"),
    _check(
        "mykad",
        "mykad|ic",
        r"[0-9]{6}-?[0-9]{2}-?[0-9]{4}",
        nric.is_valid,
        "mykad|nric|ic(?: number)?",
    ),
    _check(
        "bsn",
        "bsn|burgerservice",
        r"[0-9]{4}\.?[0-9]{2}\.?[0-9]{3}",
        bsn.is_valid,
        "bsn|burgerservicenummer",
    ),
    _check(
        "fodselsnummer",
        "dselsnummer|fnr|personnummer",
        _ELEVEN,
        fodselsnummer.is_valid,
        r"f[øo]dselsnummer|fnr|personnummer",
    ),
    _check("ird", "ird", r"[0-9]{2,3}-?[0-9]{3}-?[0-9]{3}", ird.is_valid, "ird(?: number)?"),
    _check("dni_pe", "dni|cui", r"[0-9]{8}-?[0-9]", cui.is_valid, "dni|cui"),
    _check("cnic", "nic", r"[0-9]{5}-?[0-9]{7}-?[0-9]", cnic.is_valid, "cnic|nic"),
    _check("cnp", "cnp|cod numeric", r"[1-9][0-9]{12}", cnp.is_valid, "cnp|cod numeric personal"),
    _check("inn", "инн|inn", r"[0-9]{10}(?:[0-9]{2})?", inn.is_valid, "инн|inn"),
    _check(
        "personnummer",
        "personnummer|samordning|person-nr|personnr",
        r"(?:[0-9]{2})?[0-9]{6}[-+]?[0-9]{4}",
        personnummer.is_valid,
        r"personnummer|samordningsnummer|person-?nr",
    ),
    _check("emso", "emšo|emso|jmbg", r"[0-9]{13}", emso.is_valid, "em[sš]o|jmbg"),
    _check(
        "rnokpp", "рнокпп|іпн|rnokpp|ipn", r"[0-9]{10}", rntrc.is_valid, "рнокпп|іпн|rnokpp|ipn"
    ),
    _check(
        "ein", "ein|employer", r"[0-9]{2}-[0-9]{7}", ein.is_valid, "ein|employer identification"
    ),
    _check("rif", "rif", r"[VEJPG]-?[0-9]{8}-?[0-9]", rif.is_valid, "rif"),
    _check(
        "za_id",
        "id",
        r"[0-9]{6} ?[0-9]{4} ?[0-9]{3}",
        za_idnr.is_valid,
        r"(?:south african |sa |rsa )?id(?: number| no)?",
    ),
)


def list_named(text: str) -> list[Check]:
    """Return what may be called by name in a text."""
    low = text.lower()
    return [one.check for one in NAMED_CHECKS if any(stem in low for stem in one.stems)]
