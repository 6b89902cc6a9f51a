"""What runs beside the pages, or from cron."""
