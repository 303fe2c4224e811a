// Everything that a program can want to know of a stream: words, calls, reason, usage, errors.
import OpenAI from "openai";

const client = new OpenAI({ baseURL: process.argv[2], apiKey: "none", maxRetries: 0 });
const seen = { words: "", reasoning: "", refusal: "", calls: [], reason: null, usage: null, error: null };
try {
  const stream = await client.chat.completions.create({
    model: process.argv[3],
    messages: [{ role: "user", content: "Hi" }],
    stream: true,
    stream_options: { include_usage: true },
  });
  for await (const chunk of stream) {
    const [choice] = chunk.choices;
    seen.usage = chunk.usage ?? seen.usage;
    if (!choice) continue;
    seen.words += choice.delta.content ?? "";
    seen.reasoning += choice.delta.reasoning_content ?? "";
    seen.refusal += choice.delta.refusal ?? "";
    for (const piece of choice.delta.tool_calls ?? []) {
      const call = (seen.calls[piece.index] ??= { id: "", name: "", arguments: "" });
      call.id += piece.id ?? "";
      call.name += piece.function?.name ?? "";
      call.arguments += piece.function?.arguments ?? "";
    }
    seen.reason = choice.finish_reason ?? seen.reason;
  }
} catch (error) {
  seen.error = { kind: error.constructor.name, status: error.status ?? null, code: error.code ?? null,
    message: error.message };
}
console.log(JSON.stringify(seen));
