"""The format of the definition files, described from the models that read them."""
