"""Bỏ phiếu: question, frozen roll, open, secret or paper ballots, tally; knows nothing of what is voted on."""
