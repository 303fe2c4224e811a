"""Values and pure functions: the standard library and tiktoken, nothing else.

Nothing here waits, opens, prints or asks for the time. What travels is frozen and complete
when it is made; only the reply being written grows.
"""
