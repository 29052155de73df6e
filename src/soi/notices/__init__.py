"""Thông báo: from the history to people's inboxes, mail and calendars."""
