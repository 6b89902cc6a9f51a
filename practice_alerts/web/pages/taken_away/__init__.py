"""What is taken away from plain pages: reports, and the security log for auditors."""
