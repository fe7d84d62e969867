"""What Mistok says: one dialogue a file, named after its command."""

from importlib import import_module
from pkgutil import iter_modules


def register_all() -> None:
    """Import every dialogue, in the order menus show them, so that each registers itself."""
    names = {module.name for module in iter_modules(__path__) if not module.ispkg}
    for name in [*(name for name in MENU_ORDER if name in names), *sorted(names - set(MENU_ORDER))]:
        import_module(f"handlers.{name}")


MENU_ORDER = (
    "need",
    "offer",
    "matches",
    "find",
    "mine",
    "alerts",
    "meetings",
    "partners",
    "meeting",
    "broadcast",
    "verify",
    "stuck",
    "stats",
    "invite",
    "terms",
    "menu",
    "help",
    "language",
    "settings",
    "link",
    "human",
    "privacy",
    "mydata",
    "forget",
    "start",
)
