"""The few words around the chats: buttons, hints and what a screen reader says."""

from collections.abc import Mapping

from bot.i18n import plain
from bot.model.message import M, Message

PHONE: Mapping[str, Message] = {
    "bot": M("Mistok"),
    "online": M("online"),
    "typing": M("is typing…"),
    "conversation": M("Conversation with Mistok"),
    "empty": M("Nothing here yet. Press Start, or write in your own words."),
    "start": M("Start"),
    "you": M("You"),
    "choices": M("Choices"),
    "placeholder": M("Message"),
    "send": M("Send"),
    "commands": M("Commands"),
    "newMessages": M("New messages"),
    "shareLocation": M("Share a location"),
    "location": M("Location: {lat}, {lon}", lat="{lat}", lon="{lon}"),
    "download": M("Download {name}", name="{name}"),
    "picture": M("Picture {name}", name="{name}"),
    "newTab": M("opens in a new tab"),
    "edited": M("edited"),
    "chosen": M("chosen"),
    "waiting": M("waiting for a connection"),
    "sent": M("sent"),
    "delivered": M("delivered"),
    "read": M("read"),
    "failed": M("not sent"),
    "photo": M("A photo"),
    "file": M("A file"),
    "voice": M("A voice message"),
    "sticker": M("A sticker"),
    "other": M("Something else"),
}
"""On each phone, in the language of its person."""

DESK: Mapping[str, Message] = {
    "name": M("Mistok"),
    "title": M("Mistok: three phones, one live bot"),
    "tagline": M("Hromadas and gminas find each other"),
    "explanation": M(
        "Everything here is live: write on one phone and see what the others get."
        " The people, their municipalities and their needs are invented samples."
    ),
    "phones": M("Phones"),
    "unread": M("unread: {count}", count="{count}"),
    "language": M("Language of this page"),
    "lightOrDark": M("Light or dark"),
    "auto": M("as on this device"),
    "light": M("light"),
    "dark": M("dark"),
    "offline": M("No connection. What you write is kept and sent as soon as it is back."),
    "back": M("The connection is back."),
}
"""Around the phones, in the language of whoever looks at the page."""


def drawn(words: Mapping[str, Message], language: str) -> dict[str, str]:
    """The words in this language; places that the page fills itself stay as ``{name}``."""
    return {key: plain(message, language) for key, message in words.items()}
