"""Microsoft Graph and the identities it takes: a leaf that knows nothing of the bot."""
