"""Trang làm việc: the staff pages. Views read through queries, write through actions, and stay short."""
