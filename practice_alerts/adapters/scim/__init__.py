"""SCIM 2.0: what other systems say of people, and how they are answered."""
