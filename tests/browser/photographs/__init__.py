"""Every screen, visited and photographed."""
