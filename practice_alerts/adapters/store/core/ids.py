"""Names that nobody can guess, for alerts, drafts and what belongs to them."""

import secrets

_BYTES = 12


def new_id() -> str:
    """Letters and digits alone.

    A name stands in addresses, and begins the keys of fields, where Streamlit takes no two underscores
    side by side.
    """
    return secrets.token_hex(_BYTES)
