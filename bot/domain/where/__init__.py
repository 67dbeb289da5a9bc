"""The rules of `/where`: sentence to intent, plan, board."""
