import { RefusedAnswer } from "./failure.ts";

/** Asks the REST interface; a status outside 2xx throws `RefusedAnswer`, no network throws what fetch throws. */
export async function askJson<Answer>(path: string, body?: unknown): Promise<Answer> {
  const init: RequestInit =
    body === undefined
      ? { headers: { accept: "application/json" } }
      : {
          method: "POST",
          headers: { accept: "application/json", "content-type": "application/json" },
          body: JSON.stringify(body),
        };
  const response = await fetch(path, init);
  const text = await response.text();
  const answer = parse(text);
  if (!response.ok) throw new RefusedAnswer(response.status, answer);
  return answer as Answer;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
