"""The list of jobs, in the order they run."""

from bot.jobs import Job, feed


def all_jobs() -> list[Job]:
    """A fresh set for one process."""
    return [feed.job()]
