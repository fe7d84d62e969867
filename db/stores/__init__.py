"""One store an aggregate, its SQL in sight; ``Stores`` gives them all the same transaction."""

from functools import cached_property

from db.database import Transaction
from db.stores.alerts import AlertStore
from db.stores.audit import AuditStore
from db.stores.broadcasts import BroadcastStore
from db.stores.bulk import BulkStore
from db.stores.cards import CardStore
from db.stores.conversations import ConversationStore
from db.stores.invitations import InvitationStore
from db.stores.links import LinkStore
from db.stores.listings import ListingStore
from db.stores.meetings import MeetingStore
from db.stores.municipalities import MunicipalityStore
from db.stores.outbox import OutboxStore
from db.stores.people import PeopleStore
from db.stores.policies import PolicyStore
from db.stores.prompts import PromptStore
from db.stores.recipients import RecipientStore
from db.stores.reminders import ReminderStore
from db.stores.requests import RequestStore
from db.stores.rights import RightsStore
from db.stores.seats import SeatStore
from db.stores.terms import TermStore


class Stores:
    """Every store, opened when it is first used."""

    def __init__(self, tx: Transaction) -> None:
        self.tx = tx

    @cached_property
    def people(self) -> PeopleStore:
        return PeopleStore(self.tx)

    @cached_property
    def conversations(self) -> ConversationStore:
        return ConversationStore(self.tx)

    @cached_property
    def prompts(self) -> PromptStore:
        return PromptStore(self.tx)

    @cached_property
    def invitations(self) -> InvitationStore:
        return InvitationStore(self.tx)

    @cached_property
    def listings(self) -> ListingStore:
        return ListingStore(self.tx)

    @cached_property
    def outbox(self) -> OutboxStore:
        return OutboxStore(self.tx)

    @cached_property
    def requests(self) -> RequestStore:
        return RequestStore(self.tx)

    @cached_property
    def audit(self) -> AuditStore:
        return AuditStore(self.tx)

    @cached_property
    def alerts(self) -> AlertStore:
        return AlertStore(self.tx)

    @cached_property
    def rights(self) -> RightsStore:
        return RightsStore(self.tx)

    @cached_property
    def meetings(self) -> MeetingStore:
        return MeetingStore(self.tx)

    @cached_property
    def broadcasts(self) -> BroadcastStore:
        return BroadcastStore(self.tx)

    @cached_property
    def bulk(self) -> BulkStore:
        return BulkStore(self.tx)

    @cached_property
    def recipients(self) -> RecipientStore:
        return RecipientStore(self.tx)

    @cached_property
    def reminders(self) -> ReminderStore:
        return ReminderStore(self.tx)

    @cached_property
    def terms(self) -> TermStore:
        return TermStore(self.tx)

    @cached_property
    def municipalities(self) -> MunicipalityStore:
        return MunicipalityStore(self.tx)

    @cached_property
    def cards(self) -> CardStore:
        return CardStore(self.tx)

    @cached_property
    def links(self) -> LinkStore:
        return LinkStore(self.tx)

    @cached_property
    def seats(self) -> SeatStore:
        return SeatStore(self.tx)

    @cached_property
    def policies(self) -> PolicyStore:
        return PolicyStore(self.tx)
