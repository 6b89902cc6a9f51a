"""Work tray, service and overview."""
