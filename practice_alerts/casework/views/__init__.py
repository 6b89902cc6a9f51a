"""What is looked at: one alert, the work tray, the service, the overview."""
