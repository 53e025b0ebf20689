import type { Page, Request } from "playwright-core";

/** A line of a page's console, as the browser gave it. */
export interface ConsoleLine {
  readonly at: string;
  readonly type: string;
  readonly text: string;
}

/** A call of the page to the server, with its answer. */
export interface Call {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly body: unknown;
}

/** What a tab said and asked, from when it was opened. */
export interface Recording {
  readonly console: ConsoleLine[];
  /** Resolves once the bodies of all answers so far are in. */
  calls(): Promise<Call[]>;
}

/** Listens to a tab; to be called before it opens anything. */
export function recordPage(page: Page): Recording {
  const lines: ConsoleLine[] = [];
  const pending: Promise<void>[] = [];
  const calls: Call[] = [];
  const say = (type: string, text: string): void => {
    const line = { at: new Date().toISOString(), type, text };
    lines.push(line);
  };
  page.on("console", (message) => {
    const place = lines.length;
    say(message.type(), message.text());
    pending.push(
      inFull(message).then((text) => {
        const line = lines[place];
        if (line) lines[place] = { ...line, text };
      }),
    );
  });
  page.on("pageerror", (error) => say("thrown", error.message));
  page.on("requestfinished", (request) => {
    if (/\/(api|trpc)\//.test(request.url()))
      pending.push(callOf(request).then((call) => void calls.push(call)));
  });
  return {
    console: lines,
    async calls() {
      await Promise.all(pending);
      return calls.toSorted((a, b) => a.at.localeCompare(b.at));
    },
  };
}

/** Objects in a console line are shown shortened by the browser; here they stand whole. */
async function inFull(message: {
  text(): string;
  args(): { jsonValue(): Promise<unknown> }[];
}): Promise<string> {
  try {
    const values = await Promise.all(message.args().map((argument) => argument.jsonValue()));
    if (values.length === 0) return message.text();
    return values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join(" ");
  } catch {
    // The page went on before it could be asked.
    return message.text();
  }
}

async function callOf(request: Request): Promise<Call> {
  const at = new Date().toISOString();
  const url = new URL(request.url());
  const response = await request.response();
  const text = await response?.text().catch(() => "");
  return {
    at,
    method: request.method(),
    path: decodeURIComponent(url.pathname + url.search),
    status: response?.status() ?? null,
    body: parsed(text ?? ""),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === "" ? null : `${text.length} characters that are no JSON`;
  }
}
