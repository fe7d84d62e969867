"""Meetings: calls and dates read, series, reminders, seats, audiences, calendar files. Pure: no clock."""
