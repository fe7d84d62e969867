"""/terms: words that people corrected the bot with; the coordinator keeps or drops each, and exports them."""

from bot.dialogue.choices import Choice, no, yes
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.matching import taxonomy
from bot.model.message import N_, M, Message, lines, verbatim
from db.stores.terms import CandidateTerm

SHOWN = 8
MOST_EXPORTED = 60
EXPORT, ENOUGH = "/export", "/enough"


@dialogue(
    "terms",
    N_("New words"),
    words="терміни|нові слова|terminy|nowe słowa|terms",
    audience="coordinator",
    passing=True,
)
async def terms(talk: Talk) -> None:
    """List the most frequent candidates and decide on one, or hand out the accepted ones."""
    waiting = [one for one in await talk.stores.terms.list("waiting", SHOWN) if _known(one)]
    accepted = [one for one in await talk.stores.terms.list("accepted", MOST_EXPORTED) if _known(one)]
    if not waiting and not accepted:
        await talk.say(M("There are no new words."))
        return
    choices = [Choice(_key(one), _label(one)) for one in waiting]
    if accepted:
        choices.append(Choice(EXPORT, M("Accepted words for the editor")))
    title = (
        M("People chose the topic by hand and used these words. Does a word belong to its topic?")
        if waiting
        else M("No new word is waiting.")
    )
    chosen = await talk.choose("which", title, [*choices, no(ENOUGH, M("Not now"))], leave=True)
    if chosen == EXPORT:
        await talk.say(M("Lines for the word files, by topic:"), verbatim(exported(accepted)))
    elif chosen == ENOUGH:
        await talk.say(M("Good, it stays as it is."))
    else:
        await _decide(talk, next(one for one in waiting if _key(one) == chosen))


async def _decide(talk: Talk, term: CandidateTerm) -> None:
    verdict = await talk.choose(
        "verdict",
        lines(
            M("<b>{term}</b>", term=term.term),
            M("Topic: <b>{topic}</b>", topic=taxonomy.label(term.slug)),
            M("Used {n} time", "Used {n} times", n=term.times),
        ),
        (yes("accepted", M("It belongs there")), no("dropped", M("Drop it"))),
        leave=True,
    )

    async def decide() -> bool:
        await talk.stores.audit.note(talk.person.id, f"term.{verdict}", _key(term), talk.now)
        return await talk.stores.terms.decide(term, "accepted" if verdict == "accepted" else "dropped")

    await talk.once("decided", decide)
    await talk.then("terms")


def exported(terms: list[CandidateTerm]) -> str:
    """Accepted terms as the word files write them: the sub-topic, then a line for each language."""
    found: list[str] = []
    for slug in dict.fromkeys(term.slug for term in terms):
        found.append(f"@ {slug}")
        for language in ("uk", "pl", "en"):
            words = [term.term for term in terms if (term.slug, term.language) == (slug, language)]
            if words:
                found.append(f"  {language} {', '.join(sorted(words))}")
    return "\n".join(found)


def _known(term: CandidateTerm) -> bool:
    return term.slug in taxonomy.taxonomy().subtopics


def _key(term: CandidateTerm) -> str:
    return f"{term.language}:{term.slug}:{term.term}"


def _label(term: CandidateTerm) -> Message:
    return M("{term} → {topic} ({n})", term=term.term, topic=taxonomy.label(term.slug), n=term.times)
