// A picture and words in one question, whole.
import OpenAI from "openai";

const client = new OpenAI({ baseURL: process.argv[2], apiKey: "none" });
const completion = await client.chat.completions.create({
  model: process.argv[3],
  messages: [{
    role: "user",
    content: [
      { type: "text", text: "What is it?" },
      { type: "image_url", image_url: { url: "https://example.org/cat.png", detail: "low" } },
    ],
  }],
});
console.log(JSON.stringify(completion));
