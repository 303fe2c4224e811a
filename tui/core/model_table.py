"""What is known of models that people chat with: 143 of them, as of 2026-11-22.

Written by `tests/tools/pack_models.py`; edit that, not this. Prices are those of
genai-prices 0.2.3 (MIT, Copyright (c) Pydantic Services Inc.), limits and vision those of
litellm 1.109.1 (MIT, Copyright (c) 2023 Berri AI); both are tables of facts, no code of theirs
is here.
"""

AS_OF = "2026-11-22"
"""The day of the sources."""

COLUMNS = "name context prompt answer vision input cached output short"
"""A hyphen is 'unknown'. Tokens: the window, the longest prompt where that is less, the longest
answer. Vision: + or -. US dollars for a million tokens: prompt, cached prompt, answer; they hold
for prompts of up to `short` tokens where there is a number, and longer ones cost more. The rows
behind an @ hold only at hosts that begin so: others run these models too, each in their way."""

TABLE = """\
claude-fable-5 1000000 - 128000 + 10 1 50 -
claude-fable-5-1 1000000 - 128000 + 10 0.25 50 -
claude-haiku-4-5 200000 - 64000 + 1 0.1 5 -
claude-haiku-5-5 1000000 - 128000 + 0.1 0.01 0.5 100000
claude-opus-4-5 200000 - 64000 + 5 0.5 25 -
claude-opus-4-6 1000000 - 128000 + 5 0.5 25 -
claude-opus-4-7 1000000 - 128000 + 5 0.5 25 -
claude-opus-4-8 1000000 - 128000 + 5 0.5 25 -
claude-opus-5 1000000 - 128000 + 5 0.5 25 -
claude-opus-5-5 1000000 - 128000 + 4 0.2 20 -
claude-sonnet-4-5 200000 - 64000 + 3 0.3 15 200000
claude-sonnet-4-6 1000000 - 128000 + 3 0.3 15 -
claude-sonnet-5 1000000 - 128000 + 2 0.2 10 -
claude-sonnet-5-5 1000000 - 128000 + 2 0.1 10 -
gemini-2-5-flash 1048576 - 65536 + 0.3 0.03 2.5 -
gemini-2-5-flash-lite 1048576 - 65536 + 0.1 0.01 0.4 -
gemini-2-5-pro 1048576 - 65536 + 1.25 0.125 10 200000
gemini-3-1-flash-lite 1048576 - 65536 + 0.25 0.025 1.5 -
gemini-3-1-flash-lite-preview 1048576 - 65536 + 0.25 0.025 1.5 -
gemini-3-1-pro-preview 1048576 - 65536 + 2 0.2 12 200000
gemini-3-5-flash 1048576 - 65536 + 1.5 0.15 9 -
gemini-3-5-flash-lite 1048576 - 65536 + 0.3 0.03 2.5 -
gemini-3-6-flash 1048576 - 65536 + 0.75 0.075 3.75 -
gemini-3-7-flash 1048576 - 65536 + 0.75 0.075 3.75 -
gemini-3-8-flash 1048576 - 65536 + 0.75 0.075 3.75 -
gemini-3-flash-preview 1048576 - 65536 + 0.5 0.05 3 -
gemini-4-argon 1048576 - 1048576 + 2 0.1 10 -
gemini-flash-latest 1048576 - 65536 + 0.75 0.075 3.75 -
gemini-flash-lite-latest 1048576 - 65536 + 0.3 0.03 2.5 -
gemini-pro-latest 1048576 - 65536 + 2 0.2 12 200000
gpt-3-5-turbo 16385 - 4096 - 0.5 - 1.5 -
gpt-3-5-turbo-0613 4096 - 4096 - 3 - 6 -
gpt-3-5-turbo-1106 16385 - 4096 - 1 - 2 -
gpt-3-5-turbo-16k 16385 - 4096 - 3 - 4 -
gpt-4 8192 - 4096 - 30 - 60 -
gpt-4-1 1047576 - 32768 + 2 0.5 8 -
gpt-4-1-mini 1047576 - 32768 + 0.4 0.1 1.6 -
gpt-4-1-nano 1047576 - 32768 + 0.1 0.025 0.4 -
gpt-4-1106-preview 128000 - 4096 - 10 - 30 -
gpt-4-turbo 128000 - 4096 + 10 - 30 -
gpt-4o 128000 - 16384 + 2.5 1.25 10 -
gpt-4o-2024-05-13 128000 - 4096 + 5 - 15 -
gpt-4o-mini 128000 - 16384 + 0.15 0.075 0.6 -
gpt-5 400000 272000 128000 + 1.25 0.125 10 -
gpt-5-1 400000 272000 128000 + 1.25 0.125 10 -
gpt-5-1-chat-latest 128000 - 16384 + 1.25 0.125 10 -
gpt-5-2 400000 272000 128000 + 1.75 0.175 14 -
gpt-5-2-chat-latest 128000 - 16384 + 1.75 0.175 14 -
gpt-5-2-pro 400000 272000 128000 + 21 - 168 -
gpt-5-3-chat-latest 128000 - 16384 + 1.75 0.175 14 -
gpt-5-4 1050000 - 128000 + 2.5 0.25 15 272000
gpt-5-4-mini 400000 272000 128000 + 0.75 0.075 4.5 -
gpt-5-4-nano 400000 272000 128000 + 0.2 0.02 1.25 -
gpt-5-4-pro 1050000 - 128000 + 30 - 180 272000
gpt-5-5 1050000 - 128000 + 5 0.5 30 272000
gpt-5-5-pro 1050000 - 128000 + 30 - 180 272000
gpt-5-6 1050000 922000 128000 + 4 0.4 20 272000
gpt-5-6-luna 1050000 922000 128000 + 0.2 0.02 1.2 272000
gpt-5-6-sol 1050000 922000 128000 + 4 0.4 20 272000
gpt-5-6-terra 1050000 922000 128000 + 2 0.2 12 272000
gpt-5-chat-latest 128000 - 16384 + 1.25 0.125 10 -
gpt-5-mini 400000 272000 128000 + 0.25 0.025 2 -
gpt-5-nano 400000 272000 128000 + 0.05 0.005 0.4 -
gpt-5-pro 400000 - 272000 + 15 - 120 -
gpt-6-1-sol 1050000 922000 128000 + 2 0.1 10 272000
gpt-6-1-terra 1050000 922000 128000 + 1 0.05 5 272000
gpt-6-astra 1050000 922000 128000 + 10 1 50 272000
gpt-6-luna 1050000 922000 128000 + 0.1 0.01 0.5 272000
gpt-6-sol 1050000 922000 128000 + 2 0.2 10 272000
grok-4-20 1000000 - 1000000 + 1.25 0.2 2.5 199999
grok-4-3 1000000 - 1000000 + 1.25 0.2 2.5 199999
grok-4-5 500000 - 500000 + 2 0.3 6 199999
grok-4-6 500000 - 500000 + 2 0.5 6 199999
grok-4-7 500000 - 500000 + 2 0.5 6 199999
grok-code-fast 256000 - 256000 + - - - -
o1 200000 - 100000 + 15 7.5 60 -
o1-pro 200000 - 100000 + 150 - 600 -
o3 200000 - 100000 + 2 0.5 8 -
o3-mini 200000 - 100000 - 1.1 0.55 4.4 -
o3-pro 200000 - 100000 + 20 - 80 -
o4-mini 200000 - 100000 + 1.1 0.275 4.4 -
@ api.deepseek.
deepseek-chat 131072 - 8192 - - - - -
deepseek-coder 128000 - 4096 - - - - -
deepseek-flash 1000000 - 393216 + - - - -
deepseek-r1 65536 - 8192 - 0.55 0.14 2.19 -
deepseek-reasoner 131072 - 65536 - - - - -
deepseek-v3 65536 - 8192 - - - - -
deepseek-v3-2 163840 - 163840 - - - - -
deepseek-v4-flash 1000000 - 393216 + - - - -
deepseek-v4-pro 1000000 - 393216 - - - - -
@ api.mistral.
codestral-2508 256000 128000 128000 - 0.3 0.03 0.9 -
codestral-latest 256000 128000 128000 - 0.3 - 0.9 -
devstral-latest 256000 - 256000 - - - - -
devstral-medium-latest 256000 - 256000 - - - - -
devstral-small-latest 256000 - 256000 - 0.1 - 0.3 -
magistral-medium-latest 262144 - 262144 + - - - -
magistral-small-latest 262144 - 262144 + - - - -
ministral-14b-2512 262144 - 262144 + 0.2 0.02 0.2 -
ministral-14b-latest 262144 - 262144 + - - - -
ministral-3-14b-2512 262144 - 262144 + - - - -
ministral-3-3b-2512 131072 - 131072 + - - - -
ministral-3-8b-2512 262144 - 262144 + - - - -
ministral-3b-2512 131072 - 131072 + 0.1 0.01 0.1 -
ministral-3b-latest 131072 - 131072 + - - - -
ministral-8b-2512 262144 - 262144 + 0.15 0.015 0.15 -
ministral-8b-latest 262144 - 262144 + 0.15 0.015 0.15 -
mistral-code-latest 128000 - 128000 - - - - -
mistral-large-2512 262144 - 262144 + 0.5 0.05 1.5 -
mistral-large-3 262144 - 262144 + - - - -
mistral-large-4 1048576 - 1048576 + - - - -
mistral-large-4-0 1048576 - 1048576 + - - - -
mistral-large-latest 262144 - 262144 + - - - -
mistral-medium 262144 - 262144 + - - - -
mistral-medium-2604 262144 - 262144 + 1.5 0.15 7.5 -
mistral-medium-3 262144 - 262144 + 1.5 0.15 7.5 -
mistral-medium-3-5 262144 - 262144 + 1.5 0.15 7.5 -
mistral-medium-latest 262144 - 262144 + 1.5 0.15 7.5 -
mistral-small 32000 - 8191 - - - - -
mistral-small-2603 262144 - 262144 + 0.15 0.015 0.6 -
mistral-small-latest 262144 - 262144 + 0.15 0.015 0.6 -
pixtral-large-latest 128000 - 128000 + 2 - 6 -
@ api.moonshot.
kimi-k2-5 262144 - 262144 + 0.6 0.1 3 -
kimi-k2-6 262144 - 262144 + 0.95 0.16 4 -
kimi-k2-7-code 262144 - 262144 + 0.95 0.19 4 -
kimi-k3 1048576 - 1048576 + 3 0.3 15 -
kimi-k3-1-pro 1048576 - 1048576 + 2 0.2 10 -
@ api.z.ai
glm-4-32b-0414-128k 128000 - 32000 - 0.1 - 0.1 -
glm-4-5 128000 - 32000 - 0.6 0.11 2.2 -
glm-4-5-air 128000 - 32000 - 0.2 0.03 1.1 -
glm-4-5-airx 128000 - 32000 - 1.1 0.22 4.5 -
glm-4-5-flash 128000 - 32000 - - - - -
glm-4-5-x 128000 - 32000 - 2.2 0.45 8.9 -
glm-4-5v 128000 - 32000 + 0.6 0.11 1.8 -
glm-4-6 200000 - 128000 - 0.6 0.11 2.2 -
glm-4-7 200000 - 128000 - 0.6 0.11 2.2 -
glm-4-7-flash 200000 - 128000 - - - - -
glm-5 200000 - 128000 - 1 0.2 3.2 -
glm-5-1 200000 - 128000 - 1.4 0.26 4.4 -
glm-5-2 1000000 - 128000 - 1.4 0.26 4.4 -
glm-5-3 1000000 - 128000 - 1.4 0.26 4.4 -
glm-5-3-flash 1048576 - 128000 + 0.15 0.03 0.5 -
glm-5-code 200000 - 128000 - - - - -
glm-5v-turbo 200000 - 128000 + - - - -
"""
