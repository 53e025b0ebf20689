import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Json = Record<string, unknown>;

/** A part of a message's content, as OpenAI's chat completions have it. */
export interface SentPart {
  readonly type: string;
  readonly text?: string;
  readonly image_url?: { readonly url: string };
}
export interface SentMessage {
  readonly role: string;
  readonly content: string | readonly SentPart[] | null;
  readonly tool_calls?: readonly Json[];
}
/** A request as it arrived. */
export interface SentRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Json & { readonly messages: readonly SentMessage[] };
}

/** What the model does, in order. After the last line the reply ends with `stop`, unless a line ended it otherwise. */
export type StubLine =
  | string
  | Promise<unknown>
  | { readonly call: string; readonly input: Json }
  | { readonly finish: string }
  | { readonly chunk: Json }
  | "cut!"
  | "silence!";
/** A refusal before the first byte. */
export interface StubRefusal {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** An OpenAI-compatible server of a stranger: streams chat completions as a test tells it to, and keeps what it was sent. */
export class OpenAiStub {
  readonly requests: SentRequest[] = [];
  /** Calls whose client went away before the reply was whole. */
  abandoned = 0;
  private readonly scripts: (readonly StubLine[] | StubRefusal)[] = [];
  private readonly waiting = new Set<() => void>();
  private readonly server: Server = createServer((request, response) => {
    void this.handle(request, response);
  });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  /** For `AI_BASE_URL`. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  /** What the next request gets; without it a reply is "Hello." */
  next(...lines: StubLine[]): void {
    this.scripts.push(lines);
  }
  refuse(refusal: StubRefusal): void {
    this.scripts.push(refusal);
  }

  /** Resolves once something holds that a request or its end can bring about. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        this.waiting.add(resolve);
      });
    }
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private wake(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    try {
      for await (const chunk of request) text += String(chunk);
    } catch {
      return; // Whoever asked went away in the middle of asking.
    }
    this.requests.push({
      path: request.url ?? "",
      authorization: request.headers.authorization,
      body: JSON.parse(text) as SentRequest["body"],
    });
    response.on("close", () => {
      if (!response.writableFinished) this.abandoned += 1;
      this.wake();
    });
    this.wake();
    const script = this.scripts.shift() ?? ["Hello."];
    if ("status" in script) refuse(response, script);
    else await play(response, script);
  }
}

function refuse(response: ServerResponse, { status, body, headers }: StubRefusal): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body ?? { error: { message: `status ${status}` } }));
}

async function play(response: ServerResponse, script: readonly StubLine[]): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
  const send = (json: Json) => void response.write(`data: ${JSON.stringify(json)}\n\n`);
  const choose = (choice: Json) =>
    send({ id: "c1", object: "chat.completion.chunk", model: "stub", choices: [{ index: 0, ...choice }] });
  let finish = "stop";
  for (const line of script) {
    if (line === "silence!") return;
    if (line === "cut!") return void response.socket?.resetAndDestroy();
    if (typeof line === "string") choose({ delta: { role: "assistant", content: line } });
    else if (line instanceof Promise) await line;
    else if ("chunk" in line) send(line.chunk);
    else if ("finish" in line) finish = line.finish;
    else {
      const called = { name: line.call, arguments: JSON.stringify(line.input) };
      const call = { index: 0, id: "call_1", type: "function", function: called };
      choose({ delta: { role: "assistant", content: null, tool_calls: [call] } });
      finish = "tool_calls";
    }
  }
  choose({ delta: {}, finish_reason: finish });
  response.end("data: [DONE]\n\n");
}
