"""The list of jobs, in the order they run."""

from bot.jobs import (
    Job,
    alert,
    digest,
    expiry,
    fanout,
    feed,
    meeting_after,
    meeting_progress,
    meeting_zones,
    remind,
    requests,
    retention,
)


def all_jobs() -> list[Job]:
    """A fresh set for one process."""
    return [
        feed.job(),
        alert.job(),
        digest.job(),
        meeting_zones.job(),
        fanout.job(),
        remind.job(),
        meeting_progress.job(),
        meeting_after.job(),
        expiry.job(),
        requests.job(),
        retention.job(),
    ]
