"""English inflection by rule: the forms under which a lexicon entry stands in running text.

Rules for the regular classes, a table for the irregular verbs and plurals that news uses, and the British spelling of
American lemmas. Over-generation is harmless here (a form that no text holds never matches); a missing form is not.
"""

import re
from functools import lru_cache

from stance.language.words import word_set

_IRREGULAR_VERBS = """
be am/is/are was/were been being
arise arises arose arisen arising
beat beats beat beaten beating
become becomes became become becoming
befall befalls befell befallen befalling
begin begins began begun beginning
bend bends bent bent bending
beset besets beset beset besetting
bet bets bet bet betting
bind binds bound bound binding
bite bites bit bitten biting
bleed bleeds bled bled bleeding
blow blows blew blown blowing
break breaks broke broken breaking
breed breeds bred bred breeding
bring brings brought brought bringing
build builds built built building
burn burns burned/burnt burned/burnt burning
burst bursts burst burst bursting
buy buys bought bought buying
cast casts cast cast casting
catch catches caught caught catching
choose chooses chose chosen choosing
cling clings clung clung clinging
come comes came come coming
cost costs cost cost costing
creep creeps crept crept creeping
cut cuts cut cut cutting
deal deals dealt dealt dealing
dig digs dug dug digging
do does did done doing
draw draws drew drawn drawing
drive drives drove driven driving
drink drinks drank drunk drinking
eat eats ate eaten eating
fall falls fell fallen falling
feed feeds fed fed feeding
feel feels felt felt feeling
fight fights fought fought fighting
find finds found found finding
flee flees fled fled fleeing
fling flings flung flung flinging
fly flies flew flown flying
forbid forbids forbade forbidden forbidding
foresee foresees foresaw foreseen foreseeing
forget forgets forgot forgotten forgetting
forgive forgives forgave forgiven forgiving
forgo forgoes forwent forgone forgoing
forsake forsakes forsook forsaken forsaking
freeze freezes froze frozen freezing
get gets got got/gotten getting
give gives gave given giving
go goes went gone going
grind grinds ground ground grinding
grow grows grew grown growing
hang hangs hung hung hanging
have has had had having
hear hears heard heard hearing
hide hides hid hidden hiding
hit hits hit hit hitting
hold holds held held holding
hurt hurts hurt hurt hurting
keep keeps kept kept keeping
kneel kneels knelt knelt kneeling
know knows knew known knowing
lay lays laid laid laying
lead leads led led leading
leap leaps leaped/leapt leaped/leapt leaping
learn learns learned/learnt learned/learnt learning
leave leaves left left leaving
lend lends lent lent lending
let lets let let letting
lie lies lied lied lying
lose loses lost lost losing
make makes made made making
mean means meant meant meaning
meet meets met met meeting
mislead misleads misled misled misleading
misread misreads misread misread misreading
mistake mistakes mistook mistaken mistaking
misspeak misspeaks misspoke misspoken misspeaking
misunderstand misunderstands misunderstood misunderstood misunderstanding
outdo outdoes outdid outdone outdoing
outshine outshines outshone outshone outshining
overcome overcomes overcame overcome overcoming
overdo overdoes overdid overdone overdoing
override overrides overrode overridden overriding
oversee oversees oversaw overseen overseeing
overtake overtakes overtook overtaken overtaking
overthrow overthrows overthrew overthrown overthrowing
overreach overreaches overreached overreached overreaching
pay pays paid paid paying
plead pleads pleaded/pled pleaded/pled pleading
prove proves proved proved/proven proving
put puts put put putting
quit quits quit quit quitting
read reads read read reading
rend rends rent rent rending
ride rides rode ridden riding
ring rings rang rung ringing
rise rises rose risen rising
run runs ran run running
say says said said saying
see sees saw seen seeing
seek seeks sought sought seeking
sell sells sold sold selling
send sends sent sent sending
set sets set set setting
shake shakes shook shaken shaking
shed sheds shed shed shedding
shine shines shone/shined shone/shined shining
shirk shirks shirked shirked shirking
shoot shoots shot shot shooting
show shows showed shown/showed showing
shrink shrinks shrank/shrunk shrunk shrinking
shut shuts shut shut shutting
sing sings sang sung singing
sink sinks sank/sunk sunk sinking
sit sits sat sat sitting
slay slays slew slain slaying
sling slings slung slung slinging
slide slides slid slid sliding
sow sows sowed sown/sowed sowing
speak speaks spoke spoken speaking
speed speeds sped sped speeding
spend spends spent spent spending
spin spins spun spun spinning
spit spits spat/spit spat/spit spitting
split splits split split splitting
spread spreads spread spread spreading
spring springs sprang/sprung sprung springing
stand stands stood stood standing
steal steals stole stolen stealing
stick sticks stuck stuck sticking
sting stings stung stung stinging
stink stinks stank stunk stinking
stride strides strode stridden striding
strike strikes struck struck/stricken striking
string strings strung strung stringing
strive strives strove/strived striven/strived striving
swear swears swore sworn swearing
sweep sweeps swept swept sweeping
swing swings swung swung swinging
take takes took taken taking
teach teaches taught taught teaching
tear tears tore torn tearing
tell tells told told telling
think thinks thought thought thinking
thrive thrives thrived thrived thriving
throw throws threw thrown throwing
thrust thrusts thrust thrust thrusting
tread treads trod trodden treading
undercut undercuts undercut undercut undercutting
undergo undergoes underwent undergone undergoing
understand understands understood understood understanding
undertake undertakes undertook undertaken undertaking
undo undoes undid undone undoing
uphold upholds upheld upheld upholding
upset upsets upset upset upsetting
wake wakes woke woken waking
wear wears wore worn wearing
weave weaves wove woven weaving
weep weeps wept wept weeping
win wins won won winning
wind winds wound wound winding
withdraw withdraws withdrew withdrawn withdrawing
withhold withholds withheld withheld withholding
withstand withstands withstood withstood withstanding
wring wrings wrung wrung wringing
write writes wrote written writing
"""
IRREGULAR: dict[str, tuple[tuple[str, ...], ...]] = {
    line.split()[0]: tuple(tuple(cell.split("/")) for cell in line.split()[1:])
    for line in _IRREGULAR_VERBS.strip().splitlines()
}

_PREFIXES = (
    "out",
    "over",
    "under",
    "mis",
    "re",
    "un",
    "fore",
    "with",
    "back",
    "double-",
    "self-",
    "free-",
    "brow",
    "way",
)
_REVERSE: dict[str, tuple[str, ...]] = {}
for _lemma, _cells in IRREGULAR.items():
    for _form in {form for cell in _cells for form in cell}:
        _REVERSE[_form] = (*_REVERSE.get(_form, ()), _lemma)

_IRREGULAR_PLURALS = {
    "man": "men", "woman": "women", "crisis": "crises", "child": "children", "person": "people",
    "foot": "feet", "statesman": "statesmen", "hypothesis": "hypotheses", "thief": "thieves",
    "hero": "heroes", "echo": "echoes", "veto": "vetoes", "life": "lives", "wolf": "wolves", "half": "halves",
    "fiasco": "fiascos", "strongman": "strongmen", "madman": "madmen", "conman": "conmen",
    "henchman": "henchmen", "gentleman": "gentlemen", "yes-man": "yes-men", "middleman": "middlemen",
    "people": "people", "torpedo": "torpedoes", "embargo": "embargoes", "wife": "wives",
    "analysis": "analyses",
}  # fmt: skip
for _lemma, _form in _IRREGULAR_PLURALS.items():
    _REVERSE[_form] = (*_REVERSE.get(_form, ()), _lemma)

# Two-syllable verbs with the stress at the end, and others that double their last letter.
_DOUBLING = word_set(
    """flip-flop sidestep overstep eavesdrop backstab bootleg kneecap misstep outgun wiretap foot-drag
    booby-trap featherbed tear-gas backslap outstrip admit commit omit submit permit transmit regret
    refer defer prefer infer confer deter incur occur concur rebut abet acquit allot annul appal rebel
    repel compel expel propel dispel control patrol extol befit outwit kidnap backpedal unplug humbug
    zigzag worship equip forget upset beget outrun overrun stir abhor debar disbar unwrap entrap enwrap
    handicap hobnob outbid overcommit recommit"""
)
_SINGULARS = word_set("news this politics its his us u.s was is has does congress press crisis as 's")
_VERB_FORMS = ("base", "third", "past", "participle", "progressive")
_VOWELS = frozenset("aeiou")
_ONE_SYLLABLE = re.compile(r"^(?:[^aeiou]*|[^aeiou]*qu)[aeiou][^aeiouwxy]$")


def verb_forms(lemma: str) -> dict[str, frozenset[str]]:
    """Return a verb's forms under the keys `base`, `third`, `past`, `participle`, `progressive`.

    Args:
        lemma: A single lower-case word, such as "defy"; a prefixed irregular ("outfight") follows its stem.

    Returns:
        Forms in American and British spelling.
    """
    table = IRREGULAR.get(lemma)
    prefix = ""
    if table is None:
        for candidate in _PREFIXES:
            stem = lemma.removeprefix(candidate)
            if stem != lemma and stem in IRREGULAR and len(stem) > 2:
                table, prefix = IRREGULAR[stem], candidate
                break
    if table is not None:
        cells = [frozenset(prefix + form for form in cell) for cell in table]
        return dict(zip(_VERB_FORMS, (frozenset({lemma}), *cells), strict=True))
    forms = {key: set[str]() for key in _VERB_FORMS}
    for spelling in british(lemma):
        forms["base"].add(spelling)
        forms["third"].add(_with_s(spelling))
        for stem in _stems(spelling):
            past = stem + "d" if stem.endswith("e") else stem + "ed"
            if spelling.endswith("y") and spelling[-2:-1] not in _VOWELS:
                past = spelling[:-1] + "ied"
            forms["past"].add(past)
            forms["participle"].add(past)
            forms["progressive"].add(_with_ing(stem))
    return {key: frozenset(value) for key, value in forms.items()}


def looks_plural(word: str) -> bool:
    """Whether a lower-case word has the ending of a plural and is no singular that happens to have it."""
    return word.endswith("s") and not word.endswith(("ss", "ous")) and word not in _SINGULARS


def noun_forms(lemma: str) -> frozenset[str]:
    """Return singular and plural of a noun, in American and British spelling."""
    forms = set()
    for spelling in british(lemma):
        forms.add(spelling)
        last = spelling.rsplit("-", 1)[-1]
        head = spelling[: len(spelling) - len(last)]
        forms.add(head + _IRREGULAR_PLURALS.get(last, _with_s(last)))
        if spelling in _IRREGULAR_PLURALS:
            forms.add(_IRREGULAR_PLURALS[spelling])
    return frozenset(forms)


def adjective_forms(lemma: str) -> frozenset[str]:
    """Return an adjective and, where it is short, its comparative and superlative."""
    forms = set(british(lemma))
    for spelling in british(lemma):
        if (
            not spelling.isalpha()
            or not 2 < len(spelling) < 8
            or spelling.endswith(("ed", "ing", "ful", "ous", "ive", "al", "ic", "id"))
        ):
            continue
        if spelling.endswith("y"):
            forms |= {spelling[:-1] + "ier", spelling[:-1] + "iest"}
        elif spelling.endswith("e"):
            forms |= {spelling + "r", spelling + "st"}
        elif len(spelling) <= 6:
            stem = spelling + spelling[-1] if _ONE_SYLLABLE.match(spelling) else spelling
            forms |= {stem + "er", stem + "est"}
    return frozenset(forms)


@lru_cache(maxsize=1 << 16)
def lemma_candidates(word: str) -> tuple[str, ...]:
    """Return every lemma whose forms may include a word; the caller checks with the forms themselves.

    Args:
        word: A lower-case token.
    """
    found = dict.fromkeys([word, *_REVERSE.get(word, ())])
    for prefix in _PREFIXES:
        if word.startswith(prefix):
            found.update(
                dict.fromkeys(prefix + lemma for lemma in _REVERSE.get(word.removeprefix(prefix), ()))
            )
    for suffix, endings in _SUFFIXES:
        if word.endswith(suffix) and len(word) > len(suffix) + 1:
            stem = word[: -len(suffix)]
            found.update(dict.fromkeys(stem + ending for ending in endings))
            if len(stem) > 3 and stem[-1] == stem[-2] and suffix in {"ed", "ing", "er", "est"}:
                found[stem[:-1]] = None
            if suffix in {"ed", "ing"} and stem.endswith("ck"):
                found[stem[:-1]] = None
    if any(stem in word for stem in _BRITISH_STEMS):
        for lemma in list(found):
            found.update(dict.fromkeys(_americanize(lemma)))
    return tuple(found)


_SUFFIXES = (
    ("s", ("",)), ("es", ("",)), ("ies", ("y",)), ("ed", ("", "e")), ("ied", ("y",)), ("ing", ("", "e")), ("ying", ("ie",)),
    ("er", ("", "e")), ("est", ("", "e")), ("ier", ("y",)), ("iest", ("y",)), ("men", ("man",)), ("ves", ("f", "fe")),
)  # fmt: skip


def _americanize(word: str) -> list[str]:
    found = []
    swapped = re.sub(r"is(e|ation|ing|ed|er)$", r"iz\1", word)
    if swapped != word:
        found.append(swapped)
    if word.endswith("yse"):
        found.append(word[:-3] + "yze")
    found.extend(word.replace(other, american) for american, other in _SPELLINGS if other in word)
    return found


def british(lemma: str) -> tuple[str, ...]:
    """Return a lemma with its British spellings: -ise, -our, -re, -ence, -ogue."""
    found = [lemma]
    if re.search(r"[a-z]{2}iz(?:e|ation|ing|ed|er)$", lemma) and lemma not in {
        "seize",
        "capsize",
        "downsize",
    }:
        found.append(re.sub(r"iz(e|ation|ing|ed|er)$", r"is\1", lemma))
    if lemma.endswith("yze"):
        found.append(lemma[:-3] + "yse")
    for american, other in _SPELLINGS:
        if american in lemma:
            found.append(lemma.replace(american, other))
    return tuple(dict.fromkeys(found))


_SPELLINGS = (
    ("honor", "honour"), ("labor", "labour"), ("favor", "favour"), ("humor", "humour"), ("rumor", "rumour"),
    ("savior", "saviour"), ("valor", "valour"), ("rancor", "rancour"), ("candor", "candour"),
    ("vigor", "vigour"), ("behavior", "behaviour"), ("endeavor", "endeavour"), ("harbor", "harbour"),
    ("clamor", "clamour"), ("splendor", "splendour"), ("color", "colour"), ("neighbor", "neighbour"),
    ("defense", "defence"), ("offense", "offence"), ("pretense", "pretence"), ("center", "centre"),
    ("maneuver", "manoeuvre"), ("skeptic", "sceptic"), ("dialog", "dialogue"), ("fulfill", "fulfil"),
    ("skillful", "skilful"), ("willful", "wilful"), ("jewelry", "jewellery"), ("judgment", "judgement"),
    ("instill", "instil"), ("enroll", "enrol"), ("glamor", "glamour"), ("specter", "spectre"),
    ("luster", "lustre"), ("plow", "plough"), ("mold", "mould"),
)  # fmt: skip
# What a form keeps of a British spelling, whatever its ending; most words hold none of it.
_BRITISH_STEMS = ("is", "ys", *(other[:-1] for _, other in _SPELLINGS))


def _with_s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    if word.endswith("o") and word in {
        "echo",
        "veto",
        "torpedo",
        "embargo",
        "hero",
        "go",
        "do",
        "undergo",
        "forgo",
        "outdo",
    }:
        return word + "es"
    return word + "s"


def _stems(verb: str) -> set[str]:
    """Return the stems to which -ed and -ing are added: doubled where English doubles, both where usage varies."""
    if _ONE_SYLLABLE.match(verb) and len(verb) > 2:
        return {verb + verb[-1]}
    if verb in _DOUBLING:
        return {verb + verb[-1], verb} if verb.endswith(("l", "p")) else {verb + verb[-1]}
    if len(verb) > 4 and re.search(r"[^aeiou][aeiou]l$", verb):
        return {verb, verb + "l"}  # counseled, counselled
    if verb.endswith("c"):
        return {verb + "k"}
    return {verb}


def _with_ing(stem: str) -> str:
    if stem.endswith("ie"):
        return stem[:-2] + "ying"
    if stem.endswith("e") and not stem.endswith(("ee", "oe", "ye")):
        return stem[:-1] + "ing"
    return stem + "ing"
