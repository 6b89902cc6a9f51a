"""Ground floor: what the procedures mean. Pure: no files, no network and no clock of its own."""
