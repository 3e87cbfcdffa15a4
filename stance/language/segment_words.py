"""Closed word classes of English that the segmenter's rules ask for.

Open classes (which abbreviations a newspaper uses, which words open its sentences) are learned from text and
live in ``punkt.json``; what stands here is short, stable and known to every grammar: titles before a name,
words before a number, names of days and months, and the function words.
"""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES: Final = _words(
    "adm amb asst atty brig capt cmdr cmdt col cpl cpt dep det dr drs fr gen gens gov govs hon insp lt "
    "lts maj messrs mlle mme mr mrs ms msgr mx pfc pres prof profs pte pvt rep reps rev sen sens sgt spc "
    "supt supts sir ste"
)
"""Abbreviations that stand before a name or a rank; a sentence does not end with them."""

NEVER_FINAL: Final = _words("approx ca cf e.g i.e incl v viz vs mt ft esp")
"""Other abbreviations that need what follows them (``Roe v. Wade``, ``e.g. the Senate``)."""

BEFORE_NUMBER: Final = _words(
    "app art arts bk ch chap cl div ex fig figs n.o no nos nr n° nº op p para par pg pp prop pt pts res "
    "s sec sect ser stat tit ver vol vols § rs"
)
"""Abbreviations of a numbered thing: they go on before a number, and may be words of their own elsewhere."""

MAY_END: Final = _words(
    "a.m p.m ariz ark ave bldg blvd bros calif co colo conn corp cos ctr dak del dept depts dist esq etc "
    "ext fla ga govt hosp hrs ill inc ind intl jr kan ky llc llp ltd mass md mfg mich minn misc mo mont "
    "natl neb nev okla ont ore pa pty que rd rte sask sq sr st tenn tex univ va vt wash wis wisc wyo yrs "
    "ph.d al jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri"
)
"""Abbreviations with which a sentence may end."""

CAPITAL_ONLY: Final = _words(
    "adm ala col del ga gen gov ill ind lt mar mass md minn mo mon mont ore pa que rep reps rev va wash "
    "wed fri al co st"
)
"""Those of all these that are words or names too: abbreviations only where the case fits (``Mass.``)."""

TIMES: Final = _words("a.m p.m")

AFTER_TIME: Final = _words(
    "monday tuesday wednesday thursday friday saturday sunday eastern central mountain pacific atlantic "
    "greenwich local london moscow beijing et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst cet "
    "cest msk ist jst january february march april may june july august september october november "
    "december"
)
"""What says which five o'clock it was: ``at 5 p.m. Eastern``."""

FUNCTION: Final = _words(
    "a an the this that these those he she it we you they i his her its our your their my who what when "
    "where why how which whose if but and or nor so yet as at by for from in into of on to with without "
    "while although though because since until unless after before during despite among between under "
    "over through about against toward towards upon within beyond behind above is are was were do does "
    "did has have had can could should would not no yes there here then thus now however meanwhile "
    "moreover furthermore therefore nevertheless instead perhaps maybe also even once still some many "
    "most both all each every any another such other several few none nobody nothing everyone everybody "
    "someone it's it’s he's he’s she's she’s that's that’s there's there’s what's what’s i'm i’m i've "
    "i’ve i'd i’d i'll i’ll we're we’re we've we’ve we'll we’ll you're you’re they're they’re they've "
    "they’ve don't don’t didn't didn’t let's let’s isn't isn’t"
)
"""Function words: capitalised in running text, they open a sentence, whatever stands before them."""

OPEN_ENDED: Final = _words(
    "a an the this these his her its our your their my of to in on at by for from with and or but nor as "
    "than into between via per is are was were be been am has have had who whose which because if "
    "whether while mr mrs ms dr"
)
"""Words that leave a phrase open: a line or a pause after one of them does not end the sentence."""

PREPOSITIONS: Final = _words(
    "at by on in about around before after until till from since between shortly just near during for to "
    "within unlike outside inside across throughout"
)
"""What opens an adverbial before the subject: ``At 5 a.m. Mr. Smith``, ``In the U.S. Mr. Smith``."""

SPEECH: Final = _words(
    "said says say asked asks told tells wrote writes tweeted tweets added adds replied replies "
    "responded responds continued declared exclaimed shouted yelled cried quipped joked wondered "
    "demanded insisted posted prodded bellowed pleaded pondered repeated noted claimed pressed "
    "complained warned argued concluded recalled remarked retorted answered countered mused inquired "
    "explained"
)
"""Verbs of saying, in the forms that follow a quotation."""

AFTER_SPEECH: Final = _words(
    "on in at late during after before when while as about via last early earlier later from with of to "
    "monday tuesday wednesday thursday friday saturday sunday yesterday today rhetorically sarcastically "
    "incredulously angrily back again aloud him her them me us"
)
"""What may follow such a verb where it closes the quotation before it, not where it opens a statement."""

EXCLAIMED_NAMES: Final = _words("yahoo jeopardy yum jeb e")
"""Names that carry their exclamation mark into the middle of a sentence."""

SUFFIXES: Final = _words(
    "com org net gov edu mil int info io co uk us eu de fr ru tv fm js py ts md txt pdf doc docx html "
    "htm xml json csv jpg jpeg png gif exe zip mp3 mp4 asp aspx php biz ai app dev"
)
"""Ends of domain and file names: after a full stop without a space they do not open a sentence."""

NATIONS: Final = _words("u.s u.k u.n e.u u.s.a")
"""Names of nations and unions that also open longer names: ``the U.S. Senate``."""

ROLES: Final = _words(
    "of the and at for frontrunner host anchor reporter correspondent spokesman spokeswoman spokesperson "
    "candidate nominee leader chairman chairwoman president senator minister secretary director analyst "
    "editor columnist author presidential congressional national political chief senior former then al "
    "bin de del der la le van von"
)
"""What stands in small letters between a quotation and the name of who said it."""

SOUNDS: Final = _words("hmm hm mm mmm shh psst pfft grr brr tsk zzz nth")
"""Words without a vowel that are no abbreviations."""

LOWER_STARTERS: Final = _words(
    "i i'm i’m i've i’ve i'd i’d i'll i’ll he she it it's it’s its they they're they’re we we're we’re "
    "you the this that that's that’s these those there there's there’s what when where why how who but "
    "so and if because not no"
)
"""Words that open a sentence even where a careless writer starts it with a small letter."""

NO_NAME_AFTER: Final = _words("st jr sr c.e.o v.p a.g h.w g.o.p w.h")
"""Abbreviations that may end a sentence, but belong to a name that follows."""

PREDICATES: Final = _words(
    "is was has had will would can could did does may might must should are were have also then now "
    "never faces wants wanted made makes took takes went came got gave called calls won lost left held "
    "however"
)
"""What follows a subject."""

NO_INITIALS: Final = _words(
    "u.s u.k u.n e.u d.c l.a n.y n.j n.c s.c n.h n.m n.d s.d r.i b.c p.r w.va m.d m.a b.a b.s o.k t.v g.i a.d"
)
"""Two-letter acronyms that are not the initials of a person."""
