"""The development twin of Microsoft Graph and of the Bot Framework token service: `python -m graph.sandbox`.

It holds made-up people only, listens on loopback only, and keeps its state in one file. Where Graph's own behaviour is
documented it does the same; where it is not, it is the stricter of the two and says so in the code.
"""
