"""The pages of the app by their names in addresses: the app draws them, the web knows what is none."""

from typing import Final

APP_PAGES: Final = {
    "tray": "Work tray",
    "alert": "Alert",
    "forecast": "What if nobody answers",
    "settings": "My settings",
    "raise": "Raise an alert",
    "service": "The whole service",
    "board": "Overview",
    "formal-alerts": "Formal alerts",
    "audit": "Audit samples",
    "records": "Records",
    "security-log": "Security log",
    "directory": "Directory",
    "calendar": "Calendar",
    "letters": "E-mails that did not arrive",
    "service-settings": "How this service is set",
}
"""With the title of each."""
