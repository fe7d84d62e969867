"""The privacy notice, short and whole."""

from bot.model.message import M, Message

NOTICE_VERSION = "2026-11"


def short_notice() -> Message:
    """Who keeps what, what for, how long, and the rights; enough to decide."""
    return M(
        "<b>Before we begin.</b> The association of cities that runs this bot keeps your language, "
        "municipality, "
        "office and what you write here, only to bring partners together. Others see your municipality, "
        "never your "
        "phone. Listings live 90 days; you can see everything with /mydata and erase it with /forget. "
        "Please write nothing secret."
    )


def full_notice() -> Message:
    """The notice in full."""
    return M(
        "<b>Who:</b> the association of cities that runs this bot is responsible for your data; reach it "
        "with /human.\n"
        "<b>What:</b> your messenger address, language, municipality, office, what you write, and what you "
        "agreed to.\n"
        "<b>What for:</b> partnership of Ukrainian and Polish municipalities, a task in the public "
        "interest; contacts "
        "are passed on only with your consent.\n"
        "<b>Who sees it:</b> coordinators; verified officials see the summary of your listing. Your office "
        "contact "
        "goes to one counterpart at a time, after both sides agreed, also across the border of the EU.\n"
        "<b>How long:</b> listings 90 days, unfinished conversations 30 days, unconfirmed registrations 14 "
        "days.\n"
        "<b>Your rights:</b> see, correct, take along and erase your data (/mydata, /forget), withdraw your "
        "consent at "
        "any time, and complain to the data protection authority of your country.\n"
        "Telegram can read what you write there; Signal cannot."
    )
