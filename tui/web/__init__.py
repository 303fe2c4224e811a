"""The bridge: a page, server-sent events and an OpenAI-compatible endpoint, over one spine."""
