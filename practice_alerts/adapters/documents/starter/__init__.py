"""A first Word template for a form, for a council to edit in Word."""
