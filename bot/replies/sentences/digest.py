"""Sentences of the digest, in English and Spanish."""

from __future__ import annotations

from typing import Final

WORDS_EN: Final[dict[str, str]] = {
    "act.show_digest": "see your digest",
    "act.set_digest": "say when your digest comes",
    "act.share_digest": "have a digest come to a chat for everybody",
    "act.unshare_digest": "end the digest of a chat",
    "act.restore_shared_digest": "have the digest come to a chat that came before",
    "act.post_digest": "show a whole chat the digest now",
    "do.restore_shared_digest": (
        "show everybody in the chat the digest of {wallet} every day again, as {asker} ordered it"
    ),
    "do.restore_shared_digest.workdays": (
        "show everybody in the chat the digest of {wallet} from Monday to Friday again, as "
        "{asker} ordered it"
    ),
    "do.restore_shared_digest.weekly": (
        "show everybody in the chat the digest of {wallet} on Mondays again, as {asker} ordered it"
    ),
    "do.unshare_digest": "show this chat the digest of {wallet} no more",
    "do.post_digest": "show everybody in this chat the digest of {wallet} now, once",
    "card.post_digest": (
        "They read what is spent, where and on which models, where it goes on to, and how many "
        "requests are open. Nobody is named."
    ),
    "do.share_digest": "show everybody in this chat the digest of {wallet}, every day",
    "do.share_digest.workdays": (
        "show everybody in this chat the digest of {wallet}, from Monday to Friday"
    ),
    "do.share_digest.weekly": "show everybody in this chat the digest of {wallet}, on Mondays",
    "card.share_digest": (
        "They read what is spent, where and on which models, where it goes on to, and how many "
        "requests are open. Nobody is named."
    ),
    "card.shared_before": "In place of the one that {by} ordered.",
    "do.set_digest": "send you your digest every day at {after}",
    "do.set_digest.workdays": "send you your digest from Monday to Friday at {after}",
    "do.set_digest.weekly": "send you your digest on Mondays at {after}",
    "do.set_digest.off": "send you no digest any more",
    "digest": "{wallets}: your digest of {day}",
    "digest.week": "{wallets}: your digest of {dates}",
    "digest.shared": "{wallets}: digest of {day}",
    "digest.week.shared": "{wallets}: digest of {dates}",
    "digest.spent": "Spent: {spent} yesterday; {month}.",
    "digest.spent.days": "Spent: {spent} in {days}; {month}.",
    "digest.spent.week": "Spent: {spent} in the week; {month}.",
    "digest.month": "{used} of {limit} {period} ({percent})",
    "digest.month.no_limit": "{used} {period}, without a limit",
    "digest.change.more": "Change: {amount} more than on {day}{percent}.",
    "digest.change.less": "Change: {amount} less than on {day}{percent}.",
    "digest.change.same": "Change: none, as on {day}.",
    "digest.change.more.days": (
        "Change: {amount} more than on the same days a week earlier{percent}."
    ),
    "digest.change.less.days": (
        "Change: {amount} less than on the same days a week earlier{percent}."
    ),
    "digest.change.same.days": "Change: none, as on the same days a week earlier.",
    "digest.change.more.week": "Change: {amount} more than the week before{percent}.",
    "digest.change.less.week": "Change: {amount} less than the week before{percent}.",
    "digest.change.same.week": "Change: none, as the week before.",
    "digest.change.unknown": "Change: your plan does not look back so far.",
    "digest.change.unknown.shared": "Change: not looked back so far.",
    "digest.mover": "Most of it: {first} {change}{share}{others}.",
    "digest.mover.share": " ({share} of the change)",
    "digest.mover.others": "; mostly {names}",
    "digest.mover.none": "Most of it: nobody moved it.",
    "digest.ahead": "Forecast: {amount} by {day}{end}.",
    "digest.ahead.runs_out": "; the limit is reached on {day}",
    "digest.ahead.used_up": "; the limit is used up",
    "digest.ahead.holds": "; the limit holds",
    "digest.ahead.unknown": "Forecast: not enough data yet ({days} of {least}).",
    "digest.requests.none": "Requests: none is open.",
    "offer.requests": "Open requests",
    "offer.digest.daily": "Every day instead",
    "offer.digest.weekly": "Once a week instead",
    "offer.digest.off": "No more digests",
    "offer.digest.unshare": "No more here",
    "digest.requests.one": "Requests: one is open, {refs}.",
    "digest.requests": "Requests: {number} are open, {refs}.",
    "digest.requests.one.shared": "Requests: one is open.",
    "digest.requests.shared": "Requests: {number} are open.",
    "digest.own": "Bursar itself cost {amount}.",
    "digest.own.none": "Bursar itself cost nothing.",
    "digest.head": "Audit log: row {row}, {hash}",
    "digest.quiet": "Nothing was spent, and nothing is open.",
    "ran.nothing_new": "nothing to tell",
    "ran.nowhere": "nowhere to send it",
    "ran.nothing_to_read": "nothing that may be read",
    "digest.set.daily": (
        "Done. Your digest comes every day at {at} ({zone}), when there is something to tell."
    ),
    "digest.set.workdays": (
        "Done. Your digest comes from Monday to Friday at {at} ({zone}), when there is something "
        "to tell; Monday's tells of the weekend too."
    ),
    "digest.set.weekly": "Done. Your digest comes on Mondays at {at} ({zone}).",
    "digest.set.off": "Done. You are sent no digest any more; “digest daily” brings it back.",
    "digest.shared.daily": (
        "Done. The digest of {wallets} comes to this chat every day at {at} ({zone}), when there "
        "is something to tell. “digest here off” ends it."
    ),
    "digest.shared.workdays": (
        "Done. The digest of {wallets} comes to this chat from Monday to Friday at {at} ({zone}), "
        "when there is something to tell. “digest here off” ends it."
    ),
    "digest.shared.weekly": (
        "Done. The digest of {wallets} comes to this chat on Mondays at {at} ({zone}), when there "
        "is something to tell. “digest here off” ends it."
    ),
    "digest.posted": "Done. Everybody in this chat has the digest of {wallets} now.",
    "digest.unshared": (
        "Done. No digest comes to this chat any more; “digest here daily” brings it back. Your "
        "own is as it was; “my digest off” would end that."
    ),
    "digest.ended.left": (
        "The digest of {wallets} comes here no more: {by}, who ordered it, is not of the company "
        "any more. Whoever leads a wallet can order one: “digest here daily”."
    ),
    "digest.ended.right": (
        "The digest of {wallets} comes here no more: {by}, who ordered it, may not show it any "
        "more. Whoever leads a wallet can order one: “digest here daily”."
    ),
    "digest.ended.wallet": (
        "The digest of {wallets} comes here no more, because its wallet is closed. Whoever leads "
        "another can order one: “digest here daily”."
    ),
    "ran.ended": "ended: it may not be shown any more",
    "kind.shared_digest": "the digest of a chat",
}
WORDS_ES: Final[dict[str, str]] = {
    "act.show_digest": "ver tu resumen",
    "act.set_digest": "decir cuándo llega tu resumen",
    "act.share_digest": "hacer llegar un resumen a un chat para todos",
    "act.unshare_digest": "quitar el resumen de un chat",
    "act.restore_shared_digest": "hacer llegar a un chat el resumen que llegaba antes",
    "act.post_digest": "enseñar ahora el resumen a todo un chat",
    "do.restore_shared_digest": (
        "volver a enseñar a todos en el chat el resumen de {wallet} cada día, como lo pidió "
        "{asker}"
    ),
    "do.restore_shared_digest.workdays": (
        "volver a enseñar a todos en el chat el resumen de {wallet} de lunes a viernes, como lo "
        "pidió {asker}"
    ),
    "do.restore_shared_digest.weekly": (
        "volver a enseñar a todos en el chat el resumen de {wallet} los lunes, como lo pidió "
        "{asker}"
    ),
    "do.unshare_digest": "no enseñar más a este chat el resumen de {wallet}",
    "do.post_digest": "enseñar a todos en este chat el resumen de {wallet} ahora, una vez",
    "card.post_digest": (
        "Leen lo que se gasta, dónde y en qué modelos, hacia dónde va, y cuántas solicitudes hay "
        "abiertas. No se nombra a nadie."
    ),
    "do.share_digest": "enseñar a todos en este chat el resumen de {wallet}, cada día",
    "do.share_digest.workdays": (
        "enseñar a todos en este chat el resumen de {wallet}, de lunes a viernes"
    ),
    "do.share_digest.weekly": "enseñar a todos en este chat el resumen de {wallet}, los lunes",
    "card.share_digest": (
        "Leen qué se gasta, dónde y en qué modelos, hacia dónde va y cuántas solicitudes hay "
        "abiertas. No se nombra a nadie."
    ),
    "card.shared_before": "En lugar del que pidió {by}.",
    "do.set_digest": "enviarte tu resumen cada día a las {after}",
    "do.set_digest.workdays": "enviarte tu resumen de lunes a viernes a las {after}",
    "do.set_digest.weekly": "enviarte tu resumen los lunes a las {after}",
    "do.set_digest.off": "no enviarte más el resumen",
    "digest": "{wallets}: tu resumen del {day}",
    "digest.week": "{wallets}: tu resumen, {dates}",
    "digest.shared": "{wallets}: resumen del {day}",
    "digest.week.shared": "{wallets}: resumen, {dates}",
    "digest.spent": "Gasto: {spent} ayer; {month}.",
    "digest.spent.days": "Gasto: {spent} en {days}; {month}.",
    "digest.spent.week": "Gasto: {spent} en la semana; {month}.",
    "digest.month": "{used} de {limit} {period} ({percent})",
    "digest.month.no_limit": "{used} {period}, sin límite",
    "digest.change.more": "Cambio: {amount} más que el {day}{percent}.",
    "digest.change.less": "Cambio: {amount} menos que el {day}{percent}.",
    "digest.change.same": "Cambio: ninguno, como el {day}.",
    "digest.change.more.days": (
        "Cambio: {amount} más que en los mismos días de la semana anterior{percent}."
    ),
    "digest.change.less.days": (
        "Cambio: {amount} menos que en los mismos días de la semana anterior{percent}."
    ),
    "digest.change.same.days": ("Cambio: ninguno, como en los mismos días de la semana anterior."),
    "digest.change.more.week": "Cambio: {amount} más que la semana anterior{percent}.",
    "digest.change.less.week": "Cambio: {amount} menos que la semana anterior{percent}.",
    "digest.change.same.week": "Cambio: ninguno, como la semana anterior.",
    "digest.change.unknown": "Cambio: tu plan no mira tan atrás.",
    "digest.change.unknown.shared": "Cambio: no se mira tan atrás.",
    "digest.mover": "La mayor parte: {first} {change}{share}{others}.",
    "digest.mover.share": " ({share} del cambio)",
    "digest.mover.others": "; sobre todo {names}",
    "digest.mover.none": "La mayor parte: nadie lo movió.",
    "digest.ahead": "Previsión: {amount} el {day}{end}.",
    "digest.ahead.runs_out": "; el límite se alcanza el {day}",
    "digest.ahead.used_up": "; el límite está agotado",
    "digest.ahead.holds": "; el límite alcanza",
    "digest.ahead.unknown": "Previsión: aún no hay datos suficientes ({days} de {least}).",
    "digest.requests.none": "Solicitudes: ninguna abierta.",
    "offer.requests": "Solicitudes abiertas",
    "offer.digest.daily": "Mejor cada día",
    "offer.digest.weekly": "Mejor una vez por semana",
    "offer.digest.off": "No más resúmenes",
    "offer.digest.unshare": "Aquí no más",
    "digest.requests.one": "Solicitudes: una abierta, {refs}.",
    "digest.requests": "Solicitudes: {number} abiertas, {refs}.",
    "digest.requests.one.shared": "Solicitudes: una abierta.",
    "digest.requests.shared": "Solicitudes: {number} abiertas.",
    "digest.own": "El propio Bursar costó {amount}.",
    "digest.own.none": "El propio Bursar no costó nada.",
    "digest.head": "Registro de auditoría: fila {row}, {hash}",
    "digest.quiet": "No se gastó nada y no hay nada abierto.",
    "ran.nothing_new": "nada que contar",
    "ran.nowhere": "sin adónde enviarlo",
    "ran.nothing_to_read": "nada que se pueda leer",
    "digest.set.daily": (
        "Hecho. Tu resumen llega cada día a las {at} ({zone}), cuando hay algo que contar."
    ),
    "digest.set.workdays": (
        "Hecho. Tu resumen llega de lunes a viernes a las {at} ({zone}), cuando hay algo que "
        "contar; el del lunes cuenta también el fin de semana."
    ),
    "digest.set.weekly": "Hecho. Tu resumen llega los lunes a las {at} ({zone}).",
    "digest.set.off": "Hecho. Ya no recibes resumen; «resumen diario» lo trae de vuelta.",
    "digest.shared.daily": (
        "Hecho. El resumen de {wallets} llega a este chat cada día a las {at} ({zone}), cuando "
        "hay algo que contar. «sin resumen aquí» lo quita."
    ),
    "digest.shared.workdays": (
        "Hecho. El resumen de {wallets} llega a este chat de lunes a viernes a las {at} ({zone}), "
        "cuando hay algo que contar. «sin resumen aquí» lo quita."
    ),
    "digest.shared.weekly": (
        "Hecho. El resumen de {wallets} llega a este chat los lunes a las {at} ({zone}), cuando "
        "hay algo que contar. «sin resumen aquí» lo quita."
    ),
    "digest.posted": "Hecho. Todos en este chat tienen ahora el resumen de {wallets}.",
    "digest.unshared": (
        "Hecho. A este chat ya no llega resumen; «resumen aquí cada día» lo trae de vuelta. El "
        "tuyo sigue como estaba; «quita mi resumen» lo quitaría."
    ),
    "digest.ended.left": (
        "El resumen de {wallets} ya no llega aquí: {by}, que lo pidió, ya no está en la empresa. "
        "Quien dirige una cartera puede pedir uno: «resumen aquí cada día»."
    ),
    "digest.ended.right": (
        "El resumen de {wallets} ya no llega aquí: {by}, que lo pidió, ya no puede enseñarlo. "
        "Quien dirige una cartera puede pedir uno: «resumen aquí cada día»."
    ),
    "digest.ended.wallet": (
        "El resumen de {wallets} ya no llega aquí, porque su cartera está cerrada. Quien dirige "
        "otra puede pedir uno: «resumen aquí cada día»."
    ),
    "ran.ended": "terminado: ya no se puede enseñar",
    "kind.shared_digest": "el resumen de un chat",
}
