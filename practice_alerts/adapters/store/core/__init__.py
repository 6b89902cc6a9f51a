"""The database itself: transactions, tables, moments as they are kept, ids."""
