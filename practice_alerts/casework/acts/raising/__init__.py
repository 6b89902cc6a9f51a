"""What is asked and looked at before an alert is raised."""
