"""From a clock to a date: counted day by day, typed by people, looked ahead."""
