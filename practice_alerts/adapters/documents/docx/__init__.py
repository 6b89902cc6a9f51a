"""Any Word file: opened, looked over for harm, fingerprinted, shown on the screen."""
