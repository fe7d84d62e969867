"""The list of jobs, in the order they run."""

from bot.jobs import Job, alert, digest, expiry, feed, requests, retention


def all_jobs() -> list[Job]:
    """A fresh set for one process."""
    return [feed.job(), alert.job(), digest.job(), expiry.job(), requests.job(), retention.job()]
