"""Senses of laying aside what holds, and of what is to come in its place."""

from __future__ import annotations

from typing import Final

from bot.guards.sense import Sense

SENSES: Final = (
    # To lay aside. Only as an order or gerund: who tells what was ignored orders nothing.
    Sense(
        "lay",
        "ignore ignoring ignor ignre ignroe igonre ingore ignorre disregard disregarding"
        " disreguard forget forgetting neglect neglecting bypass bypassing circumvent"
        " override overrule unlearn disobey violate defy flout overlook sidestep evade"
        " unfollow transcend ignora ignoren ignorad ignorar ignorando olvida olvide olvidad"
        " olvidar olvidate olvidese olviden descarta descarte descartar saltate saltese"
        " desobedece desestima ignoriere ignorier ignorieren ignoriert vergiss vergesse"
        " vergesst missachte missachten umgehe ubergehe oublie oubliez oublier ignorez"
        " contourne esqueca esquece desconsidere dimentica dimenticati ignorate scordati"
        " vergeet negeer zignoruj zapomnij ignorera glom забудь забудьте игнорируи"
        " игнорируите chuck forgo withdraw stray deviate",
        "pay no attention|pay no heed|pay no mind|turn a blind eye|take no notice|break free"
        "|without regard|regardless of|leave your|leave behind|set aside|put aside|lay aside"
        "|cast aside|brush aside|push aside|leave aside|throw out|throw away|let go of"
        "|get rid of|put away|enough of|out of your mind|do away with|never mind|no regard"
        "|look past|caso omiso|pasa por alto|pase por alto|deja de lado|deja atras"
        "|pon a un lado|ausser acht|beachte nicht|lass beiseite|fais abstraction"
        "|non considerare|chuck out|kick out|pasa de|pasad de|paso de|throw off|cast off"
        "|shake off|rid yourself|relieved of|an end to|step away from|move past|step outside"
        "|walk away from|free yourself|detach from|distance yourself|stray from|deviate from"
        "|depart from|pay no regard|skip over|turn away from|take off|strip away|leave out"
        "|let yourself go",
    ),
    # The same of things as well, such as a reminder.
    Sense(
        "drop",
        "scrap skip drop ditch toss erase wipe delete abandon void nullify revoke suspend"
        " disable deactivate discard dismiss shed clear reset cancel rescind remove cut break"
        " breaking cross elimina borra anula desactiva omite omita quita cancela deja losche"
        " verwirf streiche uberspringe lass bin trash purge junk breaks violates violating"
        " contradicts contradict contradicting",
        "switch off|turn off|shut off|shut down|shake off|leave out",
    ),
    # To lay aside, said with two words that others come between.
    Sense(
        "shift",
        "deja dejad pon set put leave throw push lay cast toss leaving putting setting shove",
    ),
    Sense(
        "aside",
        "aside away behind overboard",
        "out of your mind|a un lado|to one side|to the side|in the bin",
    ),
    Sense(
        "not",
        "not no never without don't dont don'n't won't wont can't cannot doesn't doesnt isn't"
        " isnt aren't shouldn't mustn't needn't neither nor none nobody zero stop cease quit"
        " hasn't haven't wouldn't nothing ain't free freed beyond unbound anymore lacks"
        " lacking sin ningun ninguna nunca jamas ni tampoco nicht kein keine keinen keiner"
        " keinerlei ohne nie niemals pas sans jamais aucun aucune nao sem senza non без",
        "no longer|any more|any longer|opposite of|against the|gegen deine|contrary to"
        "|contrary of|lack of|instead of|rather than|stop to|deja de|dejad de|deje de"
        "|en vez de|in lugar de|statt zu",
    ),
    # To do as one was told.
    Sense(
        "follow",
        "follow following obey obeying heed respect respecting listen listening abide adhere"
        " adhering comply complying observe bother stick bound governed restricted limited"
        " constrained beholden care cares mind apply applies count counts matter matters"
        " subject doing regard consider considering sigas seguir siga hagas haga obedezcas"
        " obedecer respetes respetas respetar cumplas tengas folge befolge befolgen beachte"
        " beachten halte halten gehorche suis suivez respecte segui use using consult rely"
        " relying usa uses benutze nutze follows obeys respects",
        "into account|pay attention|en cuenta|hagas caso",
    ),
    # What rules do to whom they hold for.
    Sense(
        "bind",
        "restricted restricting restrict censored censoring censor filtered filtering"
        " moderated supervised supervision constrained constrain aligned alignment limited"
        " restrained monitored bound censurado limitado zensiert",
        "hold back|hold yourself|held back|holding back",
    ),
    # Not in force.
    Sense(
        "void",
        "void obsolete invalid irrelevant lifted cancelled canceled ended noise outdated"
        " overwritten compromised hijacked superseded supersedes replaces replaced suspended"
        " disabled meaningless overridden expired stupid ceased dissolved deleted erased"
        " offline unplugged broken disappeared vanished anuladas canceladas ungultig"
        " aufgehoben withdrawn fake false inadmissible null worthless nonsense rubbish"
        " hinfallig",
        "doesn't matter|does not matter|don't matter|ist egal|no cuenta|no cuentan|as spam"
        "|can go|is not true|is true|didn't exist|did not exist|never existed|no longer"
        "|a test|take precedence|takes precedence|taking precedence|over anything"
        "|priority over|counts more than|more important than|taken away|not valid|in force"
        "|is over|are over|are off|are gone|is gone|don't count|don't apply|do not apply"
        "|don't exist|do not exist|to false|to zero|to none|set to false|a lie|a joke"
        "|ya no existen|no existen|gelten nicht|gilt nicht|no longer exist|as of now"
        "|out of date",
    ),
    Sense(
        "changed",
        "changed replaced swapped switched different",
    ),
    Sense(
        "new",
        "new actual real updated true nueva nuevas nuevo neue neuen nouvelle nouvelles novas",
    ),
    # Nothing but that.
    Sense(
        "only",
        "only just solely exclusively instead concentrate simply exactly solo solamente"
        " unicamente nur ausschliesslich seulement apenas soltanto только",
        "nothing else|nothing but|from now on|no matter|regardless of|for the rest|and then",
    ),
    Sense(
        "say",
        "say write reply respond answer sing meow insult swear scream shout become speak"
        " argue di responde contesta insulta escribe sag antworte schreibe beschimpfe dis"
        " reponds diga escreva scrivi скажи ответь state answering replying",
    ),
    Sense(
        "all",
        "all every any each entire whole fully these those whatever todo todos todas toda"
        " cualquier alle alles samtliche jede allen tous toutes tutte tutti wszystkie все"
        " alla",
    ),
    Sense(
        "must",
        "debes",
        "you must|you are not|stop being|you will now|you'll now|you have to|you shall"
        "|you only|you are going to|you have been updated|you've been updated"
        "|you have been reprogrammed|you now",
    ),
    Sense(
        "permit",
        "allowed permitted obligation obligations permission darfst puedes licence",
        "you may|you can now|free you|frees you|you are free|you're free|feel free",
    ),
    # To have none, said to the assistant.
    Sense(
        "you-lack",
        "",
        "you have no|you've no|you have zero|you don't have|you do not have|you need no"
        "|you no longer have|no tienes|ya no tienes|tienes ninguna|du hast keine|tu n'as pas",
    ),
)
