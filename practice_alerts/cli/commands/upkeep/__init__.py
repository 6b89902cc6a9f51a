"""The commands with which whoever runs the machine keeps it safe."""
