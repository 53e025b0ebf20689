// Not imported: that reads every export of node:http, and one of them loads a whole web client (30 ms of every start).
const http = process.getBuiltinModule("node:http");
const https = process.getBuiltinModule("node:https");

export type PostResult = { status: number } | { error: string };

export interface Poster {
  post(url: string, body: string, headers: Record<string, string>): Promise<PostResult>;
  close(): void;
}

/** Posts webhooks: no redirects, no connection kept (an endpoint that restarts must not lose one), a hard time limit. */
export function createPoster(timeoutMs: number): Poster {
  const agents = {
    "http:": new http.Agent({ maxSockets: 32 }),
    "https:": new https.Agent({ maxSockets: 32 }),
  };
  return {
    post: (url, body, headers) =>
      new Promise((resolve) => {
        const target = new URL(url);
        const secure = target.protocol === "https:";
        const start = secure ? https.request : http.request;
        const request = start(target, {
          method: "POST",
          agent: secure ? agents["https:"] : agents["http:"],
          headers: { ...headers, "content-length": Buffer.byteLength(body) },
          signal: AbortSignal.timeout(timeoutMs),
        });
        request.on("response", (response) => {
          response.resume();
          response.on("error", (error) => resolve({ error: error.message }));
          response.on("end", () => resolve({ status: response.statusCode ?? 0 }));
        });
        request.on("error", (error) => {
          resolve({
            error:
              error.name === "TimeoutError" || error.name === "AbortError"
                ? `no answer within ${timeoutMs} ms`
                : error.message,
          });
        });
        request.end(body);
      }),
    close: () => {
      agents["http:"].destroy();
      agents["https:"].destroy();
    },
  };
}
