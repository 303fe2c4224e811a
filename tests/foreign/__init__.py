"""Rillet against servers that nobody here wrote: what they make of the API, and of our client.

- `llmock` (PyPI, MIT) speaks the OpenAI API as seven providers do, breaks on demand (statuses,
  Retry-After, quotas, streams that are cut, damaged or stalled), and gives a verdict on how the
  client took it. It is in the `dev` extra.
- `@copilotkit/aimock` (npm, MIT, no dependencies) plays fixtures: reasoning, tool calls, several
  blocks, paced and broken streams. It needs node and, once, npm's registry; without them, and
  only then, its tests are skipped.

Both run as processes of their own on a loopback port; the real client and the real program ask.
"""
