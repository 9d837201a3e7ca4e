//! The few facts about English that judging stands on: closed classes of words, as written.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that carry no claim of their own: they cost no distance inside a wording.
const FUNCTION: &str = "a an the this that these those it its he she they them their there here \
    is are was were be been being am do does did done doing has have had having can could may might \
    must shall should will would to of in on at by for from with without via through over under into \
    onto as and or nor so also too just only even simply really actually basically either both \
    i we you me us your our my one ones which who whose what when where while if than then \
    not no never instead rather any some each all every such same very more most always ever own \
    up out off about between per please kind sort";

/// Verbs without which a row of words claims nothing, in their base forms.
const VERBS: &str = "is are was were be been being am do does did has have had having can could may might \
    must shall should will would allow let enable permit provide offer support give get go come run \
    work make cause turn convert change become transform use send receive push transmit talk speak \
    listen carry stream deliver emit flow travel exchange communicate communicate differ mean need \
    want put set add write place wrap disable exclude override leave keep remove click load reload \
    fetch swap replace refresh submit handle take upgrade navigate open stay \
    trick lure force perform act attach include forge exploit protect prevent stop avoid modify delete \
    update trigger contain look check read see recognise recognize identify detect tell know call name \
    say think believe require affect apply enhance concern cover build help protect happen issue happens ensure abuse impersonate pretend pass belong \
    steal inject encrypt matter reject tag mark mean opt skip";

/// Prepositions and the like that tie words into a claim where the verb is left out.
const TIES: &str = "to from by via with without through over instead rather into using not";

/// Words that are right as they are, though one letter away from some term.
const KNOWN: &str = "from former form most post like line lines time times while white where there \
    these those their then than them they this that what when which with within would could should \
    used user uses using serve served serves service service's services taken token side sides site \
    sites same some come came made make makes take lake safe save send sent sending spend end ends \
    word words work works world page pages pane place plane parse pass passed past paste part parts \
    party button buttons body read real really ready load loads head header headers hidden form forms \
    firm frame frames cache cached caching preload preloads reload reads resend unsend false fast \
    faster first list lists last least left light right write writes wrote written note notes never \
    ever every even event events over other others another mother both bath path client clients clean \
    clear close closed change changes chance channel check checks click clicks clock block blocked \
    trick track truck trust true truth try trying type types value values valid void avoid state \
    stated states static status stay start started stop stops store style single signal simple simply \
    sample same secure source course cause because base based case class code cold could would hold \
    hand handle handles handled hard here hear heart heard share shared sharp short show shown shot \
    slow small smart bigger large larger long longer loner lower local login logic logout normal \
    simpler older newer easier lighter heavier quicker cheaper better worse \
    formal format former fetch match catch catches catching batch watch patch direct directed direction directions \
    director indirect correct connect connected connection content context contest contain contains \
    control action actions option options section session sessions mission missing message messages \
    massage manage managed manager image page sticky request requests require requires required \
    response responses respond result results reset rest test text next need needs seed speed weed";

/// Words that deny what follows.
const NEGATORS: &str = "not no never without neither nor none nobody nothing hardly lack lacks lacking \
    unable fail fails cannot absence";

/// Phrases that deny the rest of their sentence.
const DISCLAIMERS: &[&str] = &[
    "not true that",
    "not correct that",
    "not right that",
    "not the case that",
    "not so that",
    "not as if",
    "false that",
    "wrong that",
    "wrong to",
    "incorrect that",
    "incorrect to",
    "untrue that",
    "a lie that",
    "a myth that",
    "a mistake to",
    "a misconception that",
    "not think",
    "not believe",
    "not agree that",
    "not say that",
    "doubt that",
    "doubt",
    "nobody would say",
    "nobody says",
    "nobody thinks",
    "not because",
];

/// Phrases that take back what stands before them.
const RETRACTIONS: &[&str] = &[
    "that is false",
    "this is false",
    "which is false",
    "is a false",
    "is wrong",
    "is incorrect",
    "is untrue",
    "is a myth",
    "is a lie",
    "is not true",
    "is not correct",
    "is not right",
    "are false",
    "are wrong",
    "is the wrong",
    "opposite is true",
    "the opposite",
    "it is the other way",
    "actually the other way",
    "the reverse is true",
    "is false",
    "it is reversed",
    "it is the reverse",
    "just kidding",
    "not work",
];

/// Verbs which say that their object does not happen.
const PREVENTERS: &str = "prevent prevents prevented preventing stop stops stopped stopping avoid avoids \
    avoided avoiding forbid forbids disable disables disabled disabling exclude excludes block blocks \
    stopping skip skips bypass bypasses bypassing replaces replace replacing hinder hinders ignore ignores ignoring \
    remove removes removing removed";

/// Those of them that also deny a name: “avoid `X`”, but not “disable it: `X`”.
const REMOVERS: &str = "remove removes removing removed avoid avoids avoiding";

/// What is said of something that is not there.
const ABSENT: &str = "replaced avoided prevented unnecessary unneeded gone disabled skipped eliminated missing absent lacking nonexistent forbidden useless";

/// Words that stand for a verb and its object: “SSE does not”, “SSE can't do that”.
const STAND_INS: &str = "is are was were be do does did can could may might will would has have that this so not it \
    too also either as well same neither nor only but and same like just unlike way then the though however which \
    while whereas with for using in over via through on does't work such thing true case";

/// Verbs that open a question.
const AUXILIARIES: &str = "is are was were do does did can could would will has have should";
/// Conjunctions that open a condition or a reason, which may stand before the main statement.
const CONDITIONS: &str = "if when unless because since as while once without";
/// Verbs that follow the subject of a statement.
const MODALS: &str = "can could may might will would";
/// Forms of verbs that follow their subject, and cannot be nouns.
const PREDICATES: &str = "makes sends allows lets gives takes becomes means carries includes contains goes gets \
    keeps enables prevents converts";
/// What opens a noun phrase.
const DETERMINERS: &str = "a an the any another other others some each every this that no";
/// Words which show that a statement of its own has begun.
const FINITE: &str = "is are was were can could may might will would it they you we i";
/// Words before which “as” opens a clause; before any other it compares.
const AS_OPENERS: &str = "it they he she we you the this that these those its their our your";
/// Words that ask.
const ASKING: &str = "what why how which who whose when where";

/// Words that make a negation a wish: “so that nobody can …”, “must not …”.
const WISHES: &str = "so must should ensure ensures ensuring sure otherwise verify verifies verifying protect protects unless prevent prevents";

/// What ends the reach of a negation inside a clause.
const STOPPERS: &str =
    "by using via if when unless because since but with through over for on upon after per";

/// Prepositions that open the manner of a verb.
const MANNERS: &str = "by using via with through over for on upon after per";

/// Conjunctions that set one statement against or beside another.
const STRONG: &str = "versus while whereas whilst but though although however yet nevertheless";
/// Conjunctions that open a clause of the same statement.
const WEAK: &str = "because so where since otherwise then when if which who until unless whether";

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $list:ident;)*) => { $(
        $(#[$doc])*
        pub(crate) fn $name(word: &str) -> bool {
            static WORDS: LazyLock<HashSet<&str>> =
                LazyLock::new(|| $list.split_ascii_whitespace().collect());
            WORDS.contains(word)
        }
    )* };
}

classes! {
    /// Whether a word costs no distance.
    is_function = FUNCTION;
    /// Whether a word ties others together.
    is_tie = TIES;
    /// Whether a word negates.
    is_negator = NEGATORS;
    /// Whether a word opens the manner of what was said: a negation goes on to it only from the verb beside it.
    is_manner = MANNERS;
    /// Whether a verb says that something is kept from happening.
    is_preventer = PREVENTERS;
    /// Whether such a verb denies a name as well.
    is_remover = REMOVERS;
    /// Whether a verb can open a question.
    is_auxiliary = AUXILIARIES;
    /// Whether a word opens a condition.
    is_condition = CONDITIONS;
    /// Whether a verb follows the subject of a statement.
    is_modal = MODALS;
    /// Whether a word can only be a verb that follows its subject.
    is_predicate = PREDICATES;
    /// Whether a word opens a noun phrase.
    is_determiner = DETERMINERS;
    /// Whether a word shows that a statement of its own has begun.
    is_finite = FINITE;
    /// Whether a clause begins with “as” and this word.
    opens_after_as = AS_OPENERS;
    /// Whether a word asks.
    is_asking = ASKING;
    /// Whether a word can stand for a verb and its object.
    is_stand_in = STAND_INS;
    /// Whether a word says that its subject is not there.
    is_absent = ABSENT;
    /// Whether a word makes a negation in the same clause a wish.
    is_wish = WISHES;
    /// Whether a word ends the reach of a negation.
    is_stopper = STOPPERS;
    /// Whether a word opens an opposed clause.
    is_strong = STRONG;
    /// Whether a word begins a statement of its own.
    is_actor = ACTORS;
    /// Whether a word ends a noun phrase that is under way.
    ends_phrase = PHRASE_ENDS;
    /// Whether a word opens a clause.
    is_weak = WEAK;
}

/// The length, in words, of the phrase that opens `words` and denies the rest of its sentence.
pub(super) fn disclaimer<'t>(words: &(impl Iterator<Item = &'t str> + Clone)) -> Option<usize> {
    phrase_of(DISCLAIMERS, words)
}

/// The length, in words, of the phrase that opens `words` and takes back what was said before.
pub(super) fn retraction<'t>(words: &(impl Iterator<Item = &'t str> + Clone)) -> Option<usize> {
    phrase_of(RETRACTIONS, words)
}

fn phrase_of<'t>(
    phrases: &[&str],
    words: &(impl Iterator<Item = &'t str> + Clone),
) -> Option<usize> {
    let stands = |phrase: &&&str| {
        let length = phrase.split(' ').count();
        phrase.split(' ').eq(words.clone().take(length))
    };
    phrases
        .iter()
        .filter(stands)
        .map(|phrase| phrase.split(' ').count())
        .max()
}

/// Every listed word that is spelled right.
pub(super) fn known() -> impl Iterator<Item = &'static str> {
    [FUNCTION, VERBS, KNOWN, NEGATORS, PREVENTERS]
        .into_iter()
        .flat_map(str::split_ascii_whitespace)
}

/// The verbs, in their base forms.
pub(super) fn verbs() -> impl Iterator<Item = &'static str> {
    VERBS.split_ascii_whitespace()
}

/// Whether a word is a verb by its ending: “ajaxifies”.
pub(super) fn is_made_verb(word: &str) -> bool {
    let ends = [
        "ify", "ifies", "ified", "ize", "izes", "ized", "ise", "ises",
    ];
    word.len() > 6 && ends.iter().any(|end| word.ends_with(end))
}

/// The base form of an irregular verb.
pub(super) fn base(word: &str) -> &str {
    match word {
        "goes" | "went" | "gone" => "go",
        "made" => "make",
        "done" | "did" | "does" => "do",
        "gave" | "given" => "give",
        "got" | "gotten" => "get",
        "took" | "taken" => "take",
        "kept" => "keep",
        "left" => "leave",
        "wrote" | "written" => "write",
        "spoke" | "spoken" => "speak",
        "came" => "come",
        "held" => "hold",
        "sent" => "send",
        "stole" | "stolen" => "steal",
        other => other,
    }
}

/// Pronouns that are the subject of a verb to come.
const ACTORS: &str = "it they you we i that which";

/// Words after which a negated noun phrase is over: a new one, or the verb, begins.
const PHRASE_ENDS: &str = "a an the my your his its our their it he she we they you i any somebody someone \
    another can could may might will would is are was were has have does do";

/// The words that a contraction stands for.
pub(super) fn expanded(word: &str) -> Option<&'static str> {
    let words = match word {
        "can't" | "cant" | "cannot" | "couldn't" | "couldnt" => "can not",
        "don't" | "dont" => "do not",
        "doesn't" | "doesnt" | "dosn't" | "dosnt" | "didn't" | "didnt" => "does not",
        "isn't" | "isnt" | "wasn't" | "ain't" | "aint" => "is not",
        "aren't" | "arent" | "weren't" => "are not",
        "won't" | "wont" | "wouldn't" | "wouldnt" => "will not",
        "shouldn't" | "shouldnt" | "mustn't" => "should not",
        "hasn't" | "haven't" | "hasnt" | "havent" => "has not",
        "it's" | "that's" | "there's" | "what's" => "it is",
        "they're" | "theyre" => "they are",
        "you're" | "youre" => "you are",
        "i'd" | "i'll" | "i've" | "i'm" => "i",
        "you'd" | "you'll" | "u" | "ya" => "you",
        "ur" => "your",
        "2" => "two",
        "1" => "one",
        "vs" => "versus",
        "n't" => "not",
        "insted" | "instad" | "intead" | "insteed" => "instead",
        "whitout" | "witout" | "withot" | "wihtout" => "without",
        "rahter" | "ratehr" => "rather",
        _ => return None,
    };
    Some(words)
}
