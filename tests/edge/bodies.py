"""How providers refuse, body by body, with what each means and where it was seen.

`seen` names an issue or a page that quotes the body, or the provider's own list of errors:

    openai      https://platform.openai.com/docs/guides/error-codes
    azure       https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter
    anthropic   https://docs.claude.com/en/api/errors
    gemini      https://ai.google.dev/gemini-api/docs/troubleshooting
    openrouter  https://openrouter.ai/docs/api-reference/errors
    groq        https://console.groq.com/docs/errors
    deepseek    https://api-docs.deepseek.com/quick_start/error_codes
    mistral     https://docs.mistral.ai/api
    together    https://docs.together.ai/docs/error-codes
    xai         https://docs.x.ai/docs/key-information/debugging
    kimi        https://platform.moonshot.ai/docs/api/errors
    dashscope   https://www.alibabacloud.com/help/en/model-studio/error-code
    huggingface https://huggingface.co/docs/inference-providers
    litellm     https://docs.litellm.ai/docs/exception_mapping
    cloudflare  https://developers.cloudflare.com/support/troubleshooting/http-status-codes
    llama.cpp, ollama, vllm, sglang, lmstudio: their sources and issues
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tui.core import meanings as m
from tui.core.meanings import Meaning


@dataclass(frozen=True)
class Refused:
    """One refusal."""

    provider: str
    status: int
    body: object
    means: Meaning
    tells: tuple[str, ...] = ()
    """Parts of the detail beyond the meaning's own."""
    said: str = ""
    """Part of the provider's words as they are shown; checked where it is not plain."""
    headers: dict[str, str] = field(default_factory=dict)
    retried: bool = False
    """Whether Rillet asks again by itself."""
    seen: str = ""


def error(message: str, **more: object) -> dict[str, object]:
    return {"error": {"message": message, **more}}


def page(title: str, text: str = "") -> str:
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{text}</body></html>"


NGINX = "<hr><center>nginx</center>"
INVALID = {"type": "invalid_request_error"}
GOOGLE = "type.googleapis.com/google.rpc."

TOO_LONG = (
    Refused("OpenAI", 400, error("This model's maximum context length is 128000 tokens. However, your messages resulted in 131904 tokens. Please reduce the length of the messages.", param="messages", code="context_length_exceeded", **INVALID), m.TOO_LONG, ("takes 128,000 tokens; the server counts 131,904",), seen="chathub-dev/chathub#126"),
    Refused("OpenAI, with max_tokens", 400, error("This model's maximum context length is 4097 tokens. However, you requested 4203 tokens (3703 in the messages, 500 in the completion). Please reduce the length of the messages or completion.", code="context_length_exceeded", **INVALID), m.TOO_LONG_WITH_ANSWER, ("takes 4,097 tokens; the server counts 4,203", "--max-tokens"), seen="The-Vibe-Company/quivr#505"),
    Refused("OpenAI, newer models", 400, error("Your input exceeds the context window of this model. Please adjust your input and try again.", code="context_length_exceeded", **INVALID), m.TOO_LONG, seen="openai"),
    Refused("OpenAI, GPT-5", 400, error("Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 300123 tokens. Please reduce the length of the messages.", code="context_length_exceeded", **INVALID), m.TOO_LONG, ("272,000", "300,123"), seen="openai"),
    Refused("DeepSeek", 400, error("This model's maximum context length is 131072 tokens. However, you requested 131134 tokens (122942 in the messages, 8192 in the completion). Please reduce the length of the messages or completion.", param=None, code="invalid_request_error", **INVALID), m.TOO_LONG_WITH_ANSWER, ("131,072", "131,134"), seen="evalstate/fast-agent#621"),
    Refused("Azure", 400, error("This model's maximum context length is 8192 tokens. However, your messages resulted in 8227 tokens. Please reduce the length of the messages.", param="messages", code="context_length_exceeded", **INVALID), m.TOO_LONG, ("8,192", "8,227"), seen="crewAIInc/crewAI-examples#121"),
    Refused("Anthropic", 400, {"type": "error", "error": {"type": "invalid_request_error", "message": "prompt is too long: 208732 tokens > 200000 maximum"}, "request_id": "req_011"}, m.TOO_LONG, ("200,000", "208,732"), seen="RooCodeInc/Roo-Code#5816"),
    Refused("Anthropic, with max_tokens", 400, {"type": "error", "error": {"type": "invalid_request_error", "message": "input length and `max_tokens` exceed context limit: 178959 + 64000 > 200000, decrease input length or `max_tokens` and try again"}}, m.TOO_LONG_WITH_ANSWER, ("200,000",), seen="docker/docker-agent#569"),
    Refused("Gemini", 400, [{"error": {"code": 400, "message": "The input token count (1200293) exceeds the maximum number of tokens allowed (1048576).", "status": "INVALID_ARGUMENT"}}], m.TOO_LONG, ("1,048,576", "1,200,293"), seen="google-gemini/gemini-cli#6678"),
    Refused("Gemini behind a gateway", 400, error('{\n "error": {\n "code": 400,\n "message": "The input token count (3475108) exceeds the maximum number of tokens allowed (1048576).",\n "status": "INVALID_ARGUMENT"\n }\n}\n', code=400, status="Bad Request"), m.TOO_LONG, ("1,048,576",), said="The input token count (3475108)", seen="google-gemini/gemini-cli#4231"),
    Refused("OpenRouter", 400, error("This endpoint's maximum context length is 16384 tokens. However, you requested about 94307 tokens (94307 of text input). Please reduce the length of either one, or use the \"middle-out\" transform to compress your prompt automatically.", code=400, metadata={"provider_name": None}), m.TOO_LONG, ("16,384", "94,307"), seen="topoteretes/cognee#1061"),
    Refused("OpenRouter, with max_tokens", 400, error("This endpoint's maximum context length is 131072 tokens. However, you requested about 141607 tokens (10535 of text input, 131072 in the output). Please reduce the length of either one.", code=400, metadata={"provider_name": "Chutes"}), m.TOO_LONG_WITH_ANSWER, ("131,072", "141,607"), seen="Aider-AI/aider#3721"),
    Refused("Groq", 400, error("Please reduce the length of the messages or completion.", param="messages", code="context_length_exceeded", **INVALID), m.TOO_LONG, seen="groq"),
    Refused("Cerebras", 400, {"message": "Please reduce the length of the messages or completion. Current length is 9000 while limit is 8192", "type": "invalid_request_error", "param": "messages", "code": "context_length_exceeded"}, m.TOO_LONG, ("8,192", "9,000"), seen="inference-docs.cerebras.ai"),
    Refused("Mistral", 400, {"object": "error", "message": "Prompt contains 226728 tokens and 0 draft tokens, too large for model with 131072 maximum context length", "type": "invalid_request_error", "param": None, "code": None}, m.TOO_LONG, ("131,072", "226,728"), seen="mistral"),
    Refused("xAI", 400, {"code": "Client specified an invalid argument", "error": "This model's maximum prompt length is 131072 but the request contains 149617 tokens."}, m.TOO_LONG, ("131,072", "149,617"), seen="xai"),
    Refused("Kimi", 400, error("Invalid request: Your request exceeded model token limit: 262144 (requested: 265359)", **INVALID), m.TOO_LONG, ("262,144", "265,359"), seen="kimi"),
    Refused("DashScope", 400, error("Range of input length should be [1, 30720]", code="invalid_parameter_error", **INVALID), m.TOO_LONG, ("30,720",), seen="dashscope"),
    Refused("Together", 422, error("Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8193. Given: 9000 `inputs` tokens and 512 `max_new_tokens`", **INVALID), m.TOO_LONG_WITH_ANSWER, ("8,193", "9,000"), seen="together"),
    Refused("vLLM", 400, {"object": "error", "message": "This model's maximum context length is 16384 tokens. However, you requested 19591 tokens (9591 in the messages, 10000 in the completion). Please reduce the length of the messages or completion. None", "type": "BadRequestError", "param": None, "code": 400}, m.TOO_LONG_WITH_ANSWER, ("16,384", "19,591"), seen="vllm-project/vllm#20409"),
    Refused("vLLM, max_tokens alone", 400, error("'max_tokens' or 'max_completion_tokens' is too large: 4096. This model's maximum context length is 4096 tokens and your request has 20 input tokens (4096 > 4096 - 20). None", type="BadRequestError", code=400), m.TOO_LONG_WITH_ANSWER, ("4,096", "--max-tokens"), seen="vllm: serving_engine.py"),
    Refused("vLLM, newer", 400, error("You passed 30721 input tokens and requested 2048 output tokens. However, the model's context length is only 32768 tokens, resulting in a maximum input length of 30720 tokens. Please reduce the length of the input prompt. (parameter=input_tokens, value=30721)", type="BadRequestError", param="input_tokens", code=400), m.TOO_LONG_WITH_ANSWER, ("32,768", "30,721"), seen="vllm: renderers"),
    Refused("SGLang", 400, {"object": "error", "message": "The input (61709 tokens) is longer than the model's context length (40960 tokens).", "type": "BadRequestError", "param": None, "code": 400}, m.TOO_LONG, ("40,960", "61,709"), seen="QwenLM/Qwen3#1321"),
    Refused("SGLang, with max_tokens", 400, {"object": "error", "message": "Requested token count exceeds the model's maximum context length of 202752 tokens. You requested a total of 202941 tokens: 170941 tokens from the input messages and 32000 tokens for the completion.", "type": "BadRequest", "code": 400}, m.TOO_LONG_WITH_ANSWER, ("202,752", "202,941"), seen="anomalyco/opencode#25230"),
    Refused("SGLang behind Fireworks", 400, error("Input length (265330) exceeds model's maximum context length (262144).", **INVALID), m.TOO_LONG, ("262,144", "265,330"), seen="earendil-works/pi#5677"),
    Refused("llama.cpp", 400, {"error": {"code": 400, "message": "the request exceeds the available context size. try increasing the context size or enable context shift", "type": "exceed_context_size_error", "n_prompt_tokens": 14429, "n_ctx": 8192}}, m.TOO_LONG, ("8,192", "14,429"), seen="oobabooga/textgen#7257"),
    Refused("llama.cpp, newer", 400, {"error": {"code": 400, "message": "request (4390 tokens) exceeds the available context size (4096 tokens), try increasing it", "type": "exceed_context_size_error", "n_prompt_tokens": 4390, "n_ctx": 4096}}, m.TOO_LONG, ("4,096", "4,390"), seen="ggml-org/llama.cpp#19774"),
    Refused("llama.cpp, by a 500", 500, {"error": {"code": 500, "message": "Context size has been exceeded.", "type": "server_error"}}, m.TOO_LONG, seen="ggml-org/llama.cpp#19774"),
    Refused("llama-cpp-python", 400, error("This model's maximum context length is 2048 tokens, however you requested 2285 tokens (2285 in your prompt; 0 for the completion).", code="context_length_exceeded", **INVALID), m.TOO_LONG, ("2,048", "2,285"), seen="abetlen/llama-cpp-python: server/errors.py"),
    Refused("Ollama's cloud", 400, error("The prompt is too long: 208863, model maximum context length: 202752", type="api_error"), m.TOO_LONG, ("202,752", "208,863"), seen="ollama"),
    Refused("LM Studio", 400, {"error": "Trying to keep the first 15857 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough. Try to load the model with a larger context length, or provide a shorter input"}, m.TOO_LONG, ("4,096", "15,857"), seen="lmstudio-ai/lmstudio-bug-tracker#237"),
    Refused("LM Studio, newer", 400, {"error": "The number of tokens to keep from the initial prompt is greater than the context length (n_keep: 13055>= n_ctx: 4096). Try to load the model with a larger context length, or provide a shorter input."}, m.TOO_LONG, ("4,096", "13,055"), seen="Gitlawb/openclaude#353"),
    Refused("LiteLLM", 400, error("litellm.ContextWindowExceededError: litellm.BadRequestError: AnthropicError - {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too long: 209353 tokens > 199999 maximum\"}}", type=None, code="400"), m.TOO_LONG, ("199,999", "209,353"), seen="entropy-research/Devon#88"),
    Refused("GitHub Models", 413, {"error": {"code": "tokens_limit_reached", "message": "Request body too large for gpt-4o-mini model. Max size: 8000 tokens.", "details": "Request body too large for gpt-4o-mini model. Max size: 8000 tokens."}}, m.TOO_LONG, ("8,000",), seen="docs.github.com/github-models"),
    Refused("Copilot", 400, error("prompt token count of 93854 exceeds the limit of 90000", code="model_max_prompt_tokens_exceeded"), m.TOO_LONG, ("90,000", "93,854"), seen="jjleng/copilot-more#35"),
    Refused("Cohere", 400, {"message": "too many tokens: total number of tokens in the prompt exceeds the limit of 4081"}, m.TOO_LONG, ("4,081",), seen="docs.cohere.com/reference/errors"),
    Refused("Bedrock behind a gateway", 400, error("Input is too long for requested model.", **INVALID), m.TOO_LONG, seen="litellm"),
)  # fmt: skip

ACCOUNT = (
    Refused("OpenAI", 429, error("You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.", type="insufficient_quota", param=None, code="insufficient_quota"), m.QUOTA, headers={"retry-after": "2"}, seen="openai"),
    Refused("OpenAI, hard limit", 429, error("Billing hard limit has been reached", code="billing_hard_limit_reached", **INVALID), m.QUOTA, seen="openai"),
    Refused("OpenAI, no billing", 429, error("Your account is not active, please check your billing details on our website.", type="billing_not_active", code="billing_not_active"), m.QUOTA, seen="openai"),
    Refused("Anthropic", 400, {"type": "error", "error": {"type": "invalid_request_error", "message": "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits."}}, m.NO_CREDIT, seen="anthropic"),
    Refused("DeepSeek", 402, error("Insufficient Balance", type="unknown_error", param=None, code="invalid_request_error"), m.NO_CREDIT, seen="deepseek"),
    Refused("OpenRouter", 402, error("Insufficient credits. Add more using https://openrouter.ai/credits", code=402), m.NO_CREDIT, seen="openrouter"),
    Refused("OpenRouter, too dear", 402, error("This request requires more credits, or fewer max_tokens. You requested up to 32000 tokens, but can only afford 27342. To increase, visit https://openrouter.ai/settings/credits and upgrade to a paid account", code=402, metadata={"provider_name": None}), m.TOO_DEAR, seen="Gitlawb/openclaude#1125"),
    Refused("LiteLLM, budget", 400, error("Budget has been exceeded! Current cost: 1.2, Max budget: 1.0", type="budget_exceeded", param=None, code="400"), m.QUOTA, seen="litellm"),
    Refused("Gemini, a minute's quota", 429, [{"error": {"code": 429, "message": "You exceeded your current quota, please check your plan and billing details. Please retry in 51.2s.", "status": "RESOURCE_EXHAUSTED", "details": [{"@type": GOOGLE + "QuotaFailure", "violations": [{"quotaId": "GenerateRequestsPerMinutePerProjectPerModel-FreeTier"}]}]}}], m.RATE, seen="google-gemini/gemini-cli#8437"),
    Refused("Gemini, a day's quota", 429, [{"error": {"code": 429, "message": "You exceeded your current quota, please check your plan and billing details.", "status": "RESOURCE_EXHAUSTED", "details": [{"@type": GOOGLE + "QuotaFailure", "violations": [{"quotaId": "GenerateRequestsPerMinutePerProjectPerModel-FreeTier"}, {"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]}]}}], m.TODAY, seen="google-gemini/gemini-cli#8437"),
    Refused("Gemini, exhausted", 429, [{"error": {"code": 429, "message": "Resource has been exhausted (e.g. check quota).", "status": "RESOURCE_EXHAUSTED"}}], m.RATE, seen="n4ze3m/page-assist#406"),
    Refused("OpenAI, rate", 429, error("Rate limit reached for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Used 29000, Requested 5000. Please try again in 2s.", type="tokens", code="rate_limit_exceeded"), m.RATE, headers={"retry-after-ms": "1500"}, retried=True, seen="openai"),
    Refused("OpenAI, forbidden to retry", 429, error("Rate limit reached for gpt-4o.", type="requests", code="rate_limit_exceeded"), m.RATE, headers={"retry-after": "1", "x-should-retry": "false"}, seen="openai-python: _base_client.py"),
    Refused("OpenAI, one request too large", 429, error("Request too large for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Requested 342389. The input or output tokens must be reduced in order to run successfully.", type="tokens", code="rate_limit_exceeded"), m.TOO_LARGE_FOR_A_MINUTE, seen="vanna-ai/vanna-flask#11"),
    Refused("Groq, one request too large", 413, error("Request too large for model `llama-3.1-8b-instant` in organization `org_x` service tier `on_demand` on tokens per minute (TPM): Limit 6000, Requested 12328, please reduce your message size and try again.", type="tokens", code="rate_limit_exceeded"), m.TOO_LARGE_FOR_A_MINUTE, seen="HunorLaczko/ha-groq-cloud-api#27"),
    Refused("Groq, a day's tokens", 429, error("Rate limit reached for model `llama-3.3-70b-versatile` in organization `org_x` service tier `on_demand` on tokens per day (TPD): Limit 100000, Used 97050, Requested 3619. Please try again in 9m38.016s.", type="tokens", code="rate_limit_exceeded"), m.TODAY, headers={"retry-after": "10"}, seen="continuedev/continue#10920"),
    Refused("OpenRouter, a day's free requests", 429, error("Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day", code=429, metadata={"headers": {"X-RateLimit-Limit": "50"}}), m.TODAY, seen="openrouter"),
    Refused("OpenRouter, upstream", 429, error("Provider returned error", code=429, metadata={"raw": "deepseek/deepseek-v4-pro is temporarily rate-limited upstream. Please retry shortly.", "provider_name": "DeepInfra"}), m.RATE, said="is temporarily rate-limited upstream", seen="openrouter"),
    Refused("Azure, rate", 429, error("Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-02-01 have exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry after 4 seconds.", code="429"), m.RATE, headers={"retry-after": "4"}, retried=True, seen="azure"),
    Refused("Mistral, rate", 429, {"message": "Requests rate limit exceeded"}, m.RATE, seen="mistral"),
    Refused("Mistral, capacity", 429, {"object": "error", "message": "Service tier capacity exceeded for this model.", "type": "service_tier_capacity_exceeded", "param": None, "code": "3505"}, m.OVERLOADED, seen="mistral"),
    Refused("Anthropic, rate", 429, {"type": "error", "error": {"type": "rate_limit_error", "message": "This request would exceed the rate limit for your organization of 40,000 input tokens per minute."}}, m.RATE, headers={"retry-after": "19"}, retried=True, seen="anthropic"),
    Refused("an empty body", 429, "", m.RATE),
    Refused("OpenAI, wrong key", 401, error("Incorrect API key provided: sk-abcde***wxyz. You can find your API key at https://platform.openai.com/account/api-keys.", param=None, code="invalid_api_key", **INVALID), m.REFUSED_KEY, said="provided: sk-•••. You can", seen="openai"),
    Refused("OpenAI, no key", 401, error("You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).", **INVALID), m.NO_KEY, seen="openai"),
    Refused("OpenAI, closed account", 401, error("The OpenAI account associated with this API key has been deactivated.", code="account_deactivated", **INVALID), m.CLOSED_ACCOUNT, seen="openai"),
    Refused("OpenAI, IP", 401, error("Your IP is not authorized to use this API key.", code="ip_not_authorized", **INVALID), m.ADDRESS, seen="openai"),
    Refused("Azure", 401, error("Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.", code="401"), m.REFUSED_KEY, seen="azure"),
    Refused("Anthropic", 401, {"type": "error", "error": {"type": "authentication_error", "message": "invalid x-api-key"}}, m.REFUSED_KEY, seen="anthropic"),
    Refused("Gemini, by a 400", 400, [{"error": {"code": 400, "message": "API key not valid. Please pass a valid API key.", "status": "INVALID_ARGUMENT", "details": [{"@type": GOOGLE + "ErrorInfo", "reason": "API_KEY_INVALID", "domain": "googleapis.com"}]}}], m.REFUSED_KEY, seen="gemini"),
    Refused("xAI, by a 400", 400, {"code": "Client specified an invalid argument", "error": "Incorrect API key provided: xa***yz. You can obtain an API key from https://console.x.ai."}, m.REFUSED_KEY, seen="xai"),
    Refused("OpenRouter", 401, error("No auth credentials found", code=401), m.NO_KEY, seen="openrouter"),
    Refused("DeepSeek", 401, error("Authentication Fails, Your api key: ****abcd is invalid", type="authentication_error", param=None, code="invalid_request_error"), m.REFUSED_KEY, seen="deepseek"),
    Refused("Groq", 401, error("Invalid API Key", code="invalid_api_key", **INVALID), m.REFUSED_KEY, seen="groq"),
    Refused("Mistral", 401, {"detail": "Unauthorized"}, m.REFUSED_KEY, seen="mistral"),
    Refused("llama.cpp", 401, {"error": {"code": 401, "message": "Invalid API Key", "type": "authentication_error"}}, m.REFUSED_KEY, seen="llama.cpp: server.cpp"),
    Refused("vLLM", 401, {"error": "Unauthorized"}, m.REFUSED_KEY, seen="vllm: api_server.py"),
    Refused("LiteLLM", 401, error("Authentication Error, Invalid proxy server token passed. Received API Key = sk-...abcd", type="token_not_found_in_db", param="key", code="401"), m.REFUSED_KEY, seen="litellm"),
    Refused("OpenAI, region", 403, error("Country, region, or territory not supported", code="unsupported_country_region_territory", param=None, type="request_forbidden"), m.REGION, seen="openai"),
    Refused("Gemini, region", 400, [{"error": {"code": 400, "message": "User location is not supported for the API use.", "status": "FAILED_PRECONDITION"}}], m.REGION, seen="gemini"),
    Refused("OpenAI, verification", 400, error("Your organization must be verified to stream this model. Please go to: https://platform.openai.com/settings/organization/general and click on Verify Organization.", param="stream", code="unsupported_value", **INVALID), m.VERIFY, seen="openai"),
    Refused("LiteLLM, model not for the key", 401, error("key not allowed to access model. This key can only access models=['gpt-4o']. Tried to access gpt-9", type="key_model_access_denied", param="model", code="401"), m.FORBIDDEN_MODEL, seen="litellm"),
    Refused("OpenAI, model not for the project", 403, error("Project `proj_x` does not have access to model `gpt-4.5`", param=None, code="model_not_found", **INVALID), m.FORBIDDEN_MODEL, seen="openai"),
    Refused("anyone", 403, error("Forbidden"), m.FORBIDDEN),
)  # fmt: skip

MODEL = (
    Refused("OpenAI", 404, error("The model `gpt-9` does not exist or you do not have access to it.", param=None, code="model_not_found", **INVALID), m.UNKNOWN_MODEL, seen="openai"),
    Refused("Azure", 404, error("The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.", code="DeploymentNotFound"), m.UNKNOWN_MODEL, seen="azure"),
    Refused("Anthropic", 404, {"type": "error", "error": {"type": "not_found_error", "message": "model: claude-99"}}, m.UNKNOWN_MODEL, seen="anthropic"),
    Refused("Gemini", 404, [{"error": {"code": 404, "message": "models/gemini-9 is not found for API version v1main, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.", "status": "NOT_FOUND"}}], m.UNKNOWN_MODEL, seen="gemini"),
    Refused("OpenRouter", 400, {"error": {"message": "google/gemini-9 is not a valid model ID", "code": 400}, "user_id": "user_x"}, m.UNKNOWN_MODEL, seen="maxnowack/anthropic-proxy#4"),
    Refused("OpenRouter, no endpoints", 404, {"error": {"message": "No endpoints found for stepfun/step-3.5-flash:free.", "code": 404}, "user_id": "user_x"}, m.UNKNOWN_MODEL, seen="Alishahryar1/free-claude-code#166"),
    Refused("Groq, decommissioned", 400, error("The model `mixtral-8x7b-32768` has been decommissioned and is no longer supported. Please refer to https://console.groq.com/docs/deprecations for a recommendation.", code="model_decommissioned", **INVALID), m.UNKNOWN_MODEL, seen="groq"),
    Refused("DeepSeek", 400, error("Model Not Exist", param=None, code="invalid_request_error", **INVALID), m.UNKNOWN_MODEL, seen="deepseek"),
    Refused("Mistral", 400, {"object": "error", "message": "Invalid model: mistral-9", "type": "invalid_model", "param": None, "code": "1500"}, m.UNKNOWN_MODEL, seen="tmc/langchaingo#1233"),
    Refused("Together", 404, {"id": "okkMWqL", "error": {"message": "Unable to access model x/y. Please visit https://api.together.ai/models to view the list of supported models.", "type": "invalid_request_error", "param": None, "code": "model_not_available"}}, m.UNKNOWN_MODEL, seen="HeyPuter/puter#3168"),
    Refused("Together, not running", 400, {"id": "okkMWzu", "error": {"message": "The dedicated endpoint for x/y is not running. Please visit https://api.together.ai/models to start the endpoint.", "type": "invalid_request_error", "param": None, "code": "dedicated_endpoint_not_running"}}, m.NOT_LOADED, seen="HeyPuter/puter#3168"),
    Refused("Fireworks", 404, {"error": {"message": "Model not found, inaccessible, and/or not deployed", "param": "model", "code": "NOT_FOUND", "type": "error"}}, m.UNKNOWN_MODEL, seen="warpdotdev/warp#15107"),
    Refused("xAI", 404, {"code": "Some requested entity was not found", "error": "The model grok-9 does not exist or your team does not have access to it."}, m.UNKNOWN_MODEL, seen="xai"),
    Refused("vLLM", 404, {"object": "error", "message": "The model `x` does not exist.", "type": "NotFoundError", "param": None, "code": 404}, m.UNKNOWN_MODEL, seen="vllm: serving_models.py"),
    Refused("Ollama", 404, error('model "llama9" not found, try pulling it first', type="api_error", param=None, code=None), m.UNKNOWN_MODEL, seen="netease-youdao/QAnything#555"),
    Refused("Ollama, newer", 404, error("model 'llama9' not found", type="not_found_error", param=None, code=None), m.UNKNOWN_MODEL, seen="ollama"),
    Refused("LM Studio, none loaded", 404, error("No models loaded. Please load a model in the developer page or use the `lms load` command.", param="model", code="model_not_found", **INVALID), m.NOT_LOADED, seen="lmstudio"),
    Refused("LiteLLM", 400, error("/chat/completions: Invalid model name passed in model=gpt-9. Call `/v1/models` to view available models for your key.", param="model", code="400", **INVALID), m.UNKNOWN_MODEL, seen="litellm"),
    Refused("GitHub Models", 400, {"error": {"code": "unknown_model", "message": "Unknown model: gpt-9"}}, m.UNKNOWN_MODEL, seen="docs.github.com/github-models"),
    Refused("OpenAI, no chat model", 404, error("This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?", param="model", code=None, **INVALID), m.NO_CHAT, seen="openai"),
    Refused("OpenAI, another API", 404, error("This model is only supported in v1/responses and not in v1/chat/completions.", param="model", code=None, **INVALID), m.NO_CHAT, seen="openai"),
    Refused("Ollama, no chat model", 400, error('"nomic-embed-text" does not support chat', **INVALID), m.NO_CHAT, seen="ollama"),
    Refused("llama.cpp, loading", 503, {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}, m.LOADING, retried=True, seen="llama.cpp: server.cpp"),
    Refused("Hugging Face, loading", 503, {"error": "Model x/y is currently loading", "estimated_time": 20.0}, m.LOADING, retried=True, seen="huggingface"),
    Refused("Ollama, memory", 500, error("model requires more system memory (8.4 GiB) than is available (5.6 GiB)", type="api_error"), m.NO_ROOM, seen="ollama"),
    Refused("Ollama, crashed", 500, error("llama runner process has terminated: exit status 2", type="api_error"), m.NO_ROOM, seen="ollama"),
    Refused("anyone", 404, error("Nothing like that here"), m.UNKNOWN),
)  # fmt: skip

ASKED = (
    Refused("Azure, filter", 400, {"error": {"message": "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry.", "type": None, "param": "prompt", "code": "content_filter", "status": 400, "innererror": {"code": "ResponsibleAIPolicyViolation", "content_filter_result": {"hate": {"filtered": True, "severity": "high"}}}}}, m.FILTERED, seen="azure"),
    Refused("OpenAI, filter", 400, error("Your request was rejected as a result of our safety system.", code="content_policy_violation", **INVALID), m.FILTERED, seen="openai"),
    Refused("OpenRouter, moderation", 403, error('anthropic/claude-3.5-sonnet requires moderation on Amazon Bedrock. Your input was flagged for "illicit/violent". No credits were charged.', code=403, metadata={"reasons": ["illicit/violent"], "flagged_input": "x"}), m.FILTERED, seen="openrouter"),
    Refused("DeepSeek, filter", 400, error("Content Exists Risk", code="invalid_request_error", **INVALID), m.FILTERED, seen="deepseek"),
    Refused("DashScope, filter", 400, error("Input data may contain inappropriate content.", code="data_inspection_failed", type="data_inspection_failed"), m.FILTERED, seen="dashscope"),
    Refused("OpenAI, temperature", 400, error("Unsupported value: 'temperature' does not support 0.5 with this model. Only the default (1) value is supported.", param="temperature", code="unsupported_value", **INVALID), m.TEMPERATURE, seen="openai"),
    Refused("Anthropic, temperature", 400, {"type": "error", "error": {"type": "invalid_request_error", "message": "temperature: range: 0..1"}}, m.TEMPERATURE, seen="anthropic"),
    Refused("vLLM, temperature", 400, {"object": "error", "message": "temperature must be non-negative, got -1.0.", "type": "BadRequestError", "param": None, "code": 400}, m.TEMPERATURE, seen="vllm: sampling_params.py"),
    Refused("OpenAI, max_tokens", 400, error("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", param="max_tokens", code="unsupported_parameter", **INVALID), m.MAX_TOKENS, seen="openai"),
    Refused("OpenAI, max_tokens too large", 400, error("max_tokens is too large: 128000. This model supports at most 16384 completion tokens, whereas you provided 128000.", param="max_tokens", code=None, **INVALID), m.MAX_TOKENS, seen="openai"),
    Refused("Anthropic, max_tokens too large", 400, {"type": "error", "error": {"type": "invalid_request_error", "message": "max_tokens: 100000 > 64000, which is the maximum allowed number of output tokens for claude-sonnet-4"}}, m.MAX_TOKENS, seen="anthropic"),
    Refused("Mistral, an unknown field", 422, {"object": "error", "message": {"detail": [{"type": "extra_forbidden", "loc": ["body", "max_completion_tokens"], "msg": "Extra inputs are not permitted", "input": 5}]}, "type": "invalid_request_error", "param": None, "code": None}, m.MAX_TOKENS, said="Extra inputs are not permitted", seen="mistral"),
    Refused("FastAPI, echoing the question", 422, {"detail": [{"type": "missing", "loc": ["body", "prompt"], "msg": "Field required", "input": {"messages": [{"role": "user", "content": "Why is context_length_exceeded an insufficient_quota?"}]}}]}, m.BAD_REQUEST, said="Field required", seen="fastapi.tiangolo.com"),
    Refused("Gemma, system prompt", 400, error("Provider returned error", code=400, metadata={"raw": '{\n "error": {\n "code": 400,\n "message": "Developer instruction is not enabled for models/gemma-3-27b-it",\n "status": "INVALID_ARGUMENT"\n }\n}\n', "provider_name": "Google AI Studio"}), m.SYSTEM_PROMPT, said="Developer instruction is not enabled", seen="openrouter"),
    Refused("a template, system prompt", 500, {"error": {"code": 500, "message": "System role not supported", "type": "server_error"}}, m.SYSTEM_PROMPT, seen="ggml-org/llama.cpp: chat templates"),
    Refused("a template, turns", 400, {"object": "error", "message": "Conversation roles must alternate user/assistant/user/assistant/...", "type": "BadRequestError", "param": None, "code": 400}, m.TURNS, seen="vllm"),
    Refused("no streaming", 400, error("This model does not support streaming.", param="stream", code="unsupported_value", **INVALID), m.NO_STREAM, seen="openai"),
    Refused("OpenAI, no images", 400, error("Invalid content type. image_url is only supported by certain models.", param="messages.[0].content.[1].type", code=None, **INVALID), m.NO_IMAGES, seen="openai"),
    Refused("OpenRouter, no images", 404, error("No endpoints found that support image input", code=404), m.NO_IMAGES, seen="openrouter"),
    Refused("DeepSeek, no images", 400, error("Failed to deserialize the JSON body into the target type: messages[0]: unknown variant `image_url`, expected `text` at line 1 column 300", code="invalid_request_error", **INVALID), m.NO_IMAGES, seen="deepseek"),
    Refused("Groq, no images", 400, error("messages[0].content must be a string", **INVALID), m.NO_IMAGES, seen="groq"),
    Refused("vLLM, no images", 400, {"object": "error", "message": "google/gemma-x is not a multimodal model None", "type": "BadRequestError", "param": None, "code": 400}, m.NO_IMAGES, seen="vllm-project/vllm#23402"),
    Refused("vLLM, no images, newer", 400, error("At most 0 image(s) may be provided in one prompt.", type="BadRequestError", code=400), m.NO_IMAGES, seen="vllm"),
    Refused("llama.cpp, no images", 500, {"error": {"code": 500, "message": "image input is not supported - hint: if this is unexpected, you may need to provide the mmproj", "type": "server_error"}}, m.NO_IMAGES, seen="ggml-org/llama.cpp#15377"),
    Refused("llama.cpp, older, no images", 500, {"error": {"code": 500, "message": 'Failed to parse messages: Unsupported content part type: "image_url"; messages = [ {"role": "user"} ]', "type": "server_error"}}, m.NO_IMAGES, seen="ggml-org/llama.cpp#12947"),
    Refused("Gemma, no images", 400, [{"error": {"code": 400, "message": "Image input modality is not enabled for models/gemma-3-1b-it", "status": "INVALID_ARGUMENT"}}], m.NO_IMAGES, seen="gemini"),
    Refused("Ollama, no images", 500, error("this model is missing data required for image input", type="api_error"), m.NO_IMAGES, seen="ollama"),
    Refused("vLLM, too many images", 400, {"object": "error", "message": "At most 1 image(s) may be provided in one request.", "type": "BadRequestError", "param": None, "code": 400}, m.TOO_MANY_IMAGES, seen="bytedance/UI-TARS-desktop#180"),
    Refused("Anthropic, large image", 400, {"type": "error", "error": {"type": "invalid_request_error", "message": "messages.0.content.1.image.source.base64: image exceeds 5 MB maximum: 6291456 bytes > 5242880 bytes"}}, m.TOO_MANY_IMAGES, seen="anthropic"),
    Refused("OpenAI, image not there", 400, error("Error while downloading https://a.example/cat.png.", param="url", code="invalid_image_url", **INVALID), m.BAD_IMAGE, seen="openai/openai-python#2790"),
    Refused("OpenAI, image format", 400, error("You uploaded an unsupported image. Please make sure your image has of one the following formats: ['png', 'jpeg', 'gif', 'webp'].", code="invalid_image_format", **INVALID), m.BAD_IMAGE, seen="openai"),
    Refused("DashScope, image not there", 400, error("<400> InternalError.Algo.InvalidParameter: Failed to download multimodal content", code="invalid_parameter_error", **INVALID), m.BAD_IMAGE, seen="agentscope-ai/agentscope-java#2700"),
    Refused("OpenAI, one message too long", 400, error("Invalid 'messages[3].content': string too long. Expected a string with maximum length 1048576, but got a string with length 2097152 instead.", param="messages[3].content", code="string_above_max_length", **INVALID), m.TOO_LARGE, seen="openai"),
    Refused("Anthropic, too large", 413, {"type": "error", "error": {"type": "request_too_large", "message": "Request exceeds the maximum allowed number of bytes."}}, m.TOO_LARGE, seen="anthropic"),
    Refused("nginx, too large", 413, page("413 Request Entity Too Large", NGINX), m.TOO_LARGE, said="413 Request Entity Too Large", seen="nginx.org"),
    Refused("anyone, 400", 400, error("Something is not right with this."), m.BAD_REQUEST),
    Refused("anyone, 422", 422, {"detail": [{"loc": ["body", "messages"], "msg": "value is not a valid list", "type": "type_error.list"}]}, m.BAD_REQUEST, said="value is not a valid list", seen="fastapi.tiangolo.com"),
)  # fmt: skip

SERVER = (
    Refused("Ollama without /v1", 404, "404 page not found", m.UNKNOWN_PATH, seen="ollama/ollama#3050"),
    Refused("vLLM without /v1", 404, {"detail": "Not Found"}, m.UNKNOWN_PATH, seen="vllm"),
    Refused("llama.cpp, wrong path", 404, {"error": {"code": 404, "message": "File Not Found", "type": "not_found_error"}}, m.UNKNOWN_PATH, seen="llama.cpp: server.cpp"),
    Refused("OpenAI, wrong path", 404, error("Invalid URL (POST /chat/completions)", **INVALID), m.UNKNOWN_PATH, seen="openai"),
    Refused("Azure, wrong path", 404, error("Resource not found", code="404"), m.UNKNOWN_PATH, seen="azure"),
    Refused("Express, wrong path", 404, page("Error", "<pre>Cannot POST /v1/chat/completions</pre>"), m.UNKNOWN_PATH, seen="expressjs.com"),
    Refused("nginx, wrong path", 404, page("404 Not Found", NGINX), m.UNKNOWN_PATH, seen="nginx.org"),
    Refused("nginx, wrong method", 405, page("405 Not Allowed", NGINX), m.WRONG_METHOD, seen="nginx.org"),
    Refused("FastAPI, wrong method", 405, {"detail": "Method Not Allowed"}, m.WRONG_METHOD, seen="fastapi.tiangolo.com"),
    Refused("nginx, TLS port", 400, page("400 The plain HTTP request was sent to HTTPS port", NGINX), m.WANTS_TLS, seen="nginx.org"),
    Refused("Go, TLS port", 400, "Client sent an HTTP request to an HTTPS server.\n", m.WANTS_TLS, seen="go: net/http/server.go"),
    Refused("a proxy", 407, page("407 Proxy Authentication Required", "squid"), m.PROXY_LOGIN, seen="squid-cache.org"),
    Refused("a firewall", 403, page("Access Denied", "Your organization has selected Zscaler to protect you."), m.BLOCKED, seen="help.zscaler.com"),
    Refused("Cloudflare, a challenge", 403, page("Just a moment...", "Enable JavaScript and cookies to continue"), m.BOT_CHECK, seen="cloudflare"),
    Refused("anyone", 408, error("Request timeout"), m.WAITED, retried=True),
    Refused("anyone", 409, error("Conflict"), m.CONFLICT, retried=True),
    Refused("anyone", 410, error("Gone for good"), m.GONE),
    Refused("h2o, header", 431, "", m.LONG_HEADER, seen="RFC 6585"),
    Refused("anyone", 451, "", m.LEGAL, seen="RFC 7725"),
    Refused("OpenAI", 500, error("The server had an error while processing your request. Sorry about that!", type="server_error"), m.BROKEN, retried=True, seen="openai"),
    Refused("anyone, not made", 501, "", m.NOT_MADE),
    Refused("nginx", 502, page("502 Bad Gateway", NGINX), m.GATEWAY, retried=True, said="502 Bad Gateway", seen="nginx.org"),
    Refused("AWS", 503, page("503 Service Temporarily Unavailable"), m.GATEWAY, retried=True, seen="docs.aws.amazon.com/elasticloadbalancing"),
    Refused("OpenAI, overloaded", 503, error("The engine is currently overloaded, please try again later.", type="server_error"), m.OVERLOADED, retried=True, seen="openai"),
    Refused("Gemini, overloaded", 503, [{"error": {"code": 503, "message": "The model is overloaded. Please try again later.", "status": "UNAVAILABLE"}}], m.OVERLOADED, retried=True, seen="gemini"),
    Refused("anyone, unavailable", 503, "", m.OVERLOADED, retried=True),
    Refused("LiteLLM, no deployment", 429, error("No deployments available for selected model, Try again in 60 seconds.", type="None", code="429"), m.RATE, headers={"retry-after": "60"}, retried=True, seen="litellm"),
    Refused("nginx, slow", 504, page("504 Gateway Time-out", NGINX), m.GATEWAY_WAITED, seen="nginx.org"),
    Refused("Anthropic, overloaded", 529, {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}, m.OVERLOADED, retried=True, seen="anthropic"),
    Refused("nginx, we left", 499, "", m.WAITED, seen="nginx.org"),
    Refused("Cloudflare", 520, page("520: Web server is returning an unknown error"), m.GATEWAY, seen="cloudflare"),
    Refused("Cloudflare", 521, "error code: 521", m.GATEWAY, seen="cloudflare"),
    Refused("Cloudflare", 522, "error code: 522", m.GATEWAY, seen="cloudflare"),
    Refused("Cloudflare", 523, "error code: 523", m.NO_SERVER_THERE, seen="cloudflare"),
    Refused("Cloudflare", 524, "error code: 524", m.GATEWAY_WAITED, seen="cloudflare"),
    Refused("Cloudflare", 525, "error code: 525", m.NO_SERVER_THERE, seen="cloudflare"),
    Refused("Cloudflare", 526, "error code: 526", m.NO_SERVER_THERE, seen="cloudflare"),
    Refused("Cloudflare", 530, "error code: 1016", m.NO_SERVER_THERE, seen="cloudflare"),
    Refused("nobody knows", 418, "I'm a teapot", m.BAD_REQUEST, said="I'm a teapot"),
    Refused("nobody knows", 599, "", m.BROKEN),
)  # fmt: skip

ALL = (*TOO_LONG, *ACCOUNT, *MODEL, *ASKED, *SERVER)
