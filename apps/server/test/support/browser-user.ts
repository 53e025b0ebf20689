import type { AppRouter } from "@liveassist/api";
import type { SubscriptionUpdated } from "@liveassist/shared/events";
import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import { WebSocket } from "ws";

type Json = Record<string, unknown>;

export interface Answer {
  readonly status: number;
  readonly body: Json;
  readonly headers: Headers;
}

export const PASSWORD = "correct horse battery";

/** One person with one browser: keeps cookies, calls REST, listens on sockets. */
export class BrowserUser {
  readonly baseUrl: string;
  private readonly jar = new Map<string, string>();
  id = "";
  email = "";
  /** What its sockets say they come from: the address of the site, which differs from that of a second server. */
  origin: string;

  constructor(baseUrl: string) {
    this.baseUrl = baseUrl;
    this.origin = baseUrl;
  }

  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /** Calls e.g. `POST /api/users/grant-xp`; a text body is sent exactly as it is. */
  async call(
    target: `${"GET" | "POST" | "PUT" | "DELETE"} /${string}`,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const [method = "GET", path = "/"] = target.split(" ");
    const response = await fetch(this.baseUrl + path, {
      method,
      redirect: "manual",
      headers: {
        ...(this.jar.size > 0 ? { cookie: this.cookie } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text.startsWith("{") ? (JSON.parse(text) as Json) : { text },
    };
  }

  get = (path: `/${string}`): Promise<Answer> => this.call(`GET ${path}`);
  post = (path: `/${string}`, body: unknown = {}): Promise<Answer> => this.call(`POST ${path}`, { body });

  async signUp(name: string): Promise<this> {
    this.email = `${name.toLowerCase()}-${crypto.randomUUID().slice(0, 8)}@example.com`;
    const { email } = this;
    const answer = await this.post("/api/auth/sign-up/email", { name, email, password: PASSWORD });
    if (answer.status !== 200) throw new Error(`sign-up: ${answer.status} ${JSON.stringify(answer.body)}`);
    const me = await this.get("/api/users/me");
    if (me.status !== 200) throw new Error(`me: ${me.status} ${JSON.stringify(me.body)}`);
    this.id = String(me.body["id"]);
    return this;
  }

  me = async (): Promise<Json> => (await this.get("/api/users/me")).body;

  /** The same person in another browser: signed in anew, with cookies of its own. */
  async elsewhere(baseUrl = this.baseUrl, password = PASSWORD): Promise<BrowserUser> {
    const other = new BrowserUser(baseUrl);
    const answer = await other.post("/api/auth/sign-in/email", { email: this.email, password });
    if (answer.status !== 200) throw new Error(`sign-in: ${answer.status} ${JSON.stringify(answer.body)}`);
    other.id = this.id;
    other.email = this.email;
    return other;
  }

  /** As if the browser had lost or been given a cookie. */
  forgetCookies = (): void => this.jar.clear();
  setCookie = (name: string, value: string): void => void this.jar.set(name, value);
  cookieNamed = (name: string): string | undefined => this.jar.get(name);

  /** Opens a tab: a socket that collects what it hears. Resolves once the live procedure runs. */
  async openTab(lastEventId?: string | number): Promise<Tab> {
    const { cookie, origin } = this;
    class WithCookie extends WebSocket {
      constructor(url: string | URL) {
        super(url, { headers: { cookie, origin } });
      }
    }
    const client = createWSClient({
      url: `${this.baseUrl.replace("http", "ws")}/trpc`,
      WebSocket: WithCookie as unknown as typeof globalThis.WebSocket,
      retryDelayMs: () => 50,
    });
    const trpc = createTRPCClient<AppRouter>({ links: [wsLink({ client })] });
    const events: SubscriptionUpdated[] = [];
    const waiting = new Set<() => void>();
    await new Promise<void>((resolve, reject) => {
      trpc.subscription.onUpdated.subscribe(lastEventId === undefined ? undefined : { lastEventId }, {
        onStarted: () => resolve(),
        onData: ({ data }) => {
          events.push(data);
          for (const wake of waiting) wake();
        },
        onError: reject,
      });
    });
    return {
      events,
      until: async (isDone) => {
        while (!isDone(events)) {
          await new Promise<void>((resolve) => {
            waiting.add(resolve);
          });
        }
        return events;
      },
      acknowledge: async (version) => void (await trpc.subscription.acknowledge.mutate({ version })),
      close: () => client.close(),
    };
  }

  private keep(cookie: string): void {
    const [pair = "", ...attributes] = cookie.split(";");
    const [name = "", value = ""] = pair.split("=");
    const isOver = attributes.some((one) => /^\s*max-age=0$/i.test(one));
    if (isOver || value === "") this.jar.delete(name);
    else this.jar.set(name, pair.slice(name.length + 1));
  }
}

export interface Tab {
  readonly events: SubscriptionUpdated[];
  /** Resolves as soon as what was heard satisfies the condition. */
  until(isDone: (events: SubscriptionUpdated[]) => boolean): Promise<SubscriptionUpdated[]>;
  /** As the page does once a version stands on its screen. */
  acknowledge(version: number): Promise<void>;
  close(): Promise<void>;
}
