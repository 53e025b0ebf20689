import { createHmac, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

type Json = Record<string, unknown>;

/** What a call looked like, and a way to answer it differently: for faults. */
export interface StubCall {
  readonly method: string;
  readonly path: string;
  readonly params: Record<string, string>;
}
export type Fault = (call: StubCall) => { status: number; body: Json } | "hang" | "reset" | null;

const id = (prefix: string): string => `${prefix}_${randomBytes(8).toString("hex")}`;
const seconds = (): number => Math.floor(Date.now() / 1000);

/**
 * A stranger's Stripe: it has only what requirements R23a names, and only the fields its documentation promises. No
 * expansion, no webhooks of its own; a test moves its state and signs its events.
 */
export class StripeStub {
  readonly secret = "whsec_stub_secret";
  readonly calls: StubCall[] = [];
  readonly objects = new Map<string, Json>();
  fault: Fault = () => null;
  /** A list answers at most as many at once, whatever `limit` asks for. */
  mostPerPage = 100;
  private readonly server: Server = createServer((request, response) => {
    void this.handle(request).then(
      (answer) => {
        if (answer === "hang") return;
        if (answer === "reset") return void request.socket.resetAndDestroy();
        response.writeHead(answer.status, { "content-type": "application/json" });
        response.end(JSON.stringify(answer.body));
      },
      (error: unknown) => {
        response.writeHead(500, { "content-type": "application/json" });
        response.end(JSON.stringify({ error: { type: "api_error", message: String(error) } }));
      },
    );
  });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Pays a session as a customer would: the subscription and its invoice come into being (stripe-facts, basil). */
  pay(sessionId: string): { session: Json; subscription: Json; invoice: Json } {
    const session = this.get(sessionId);
    const sent = this.get(`params:${sessionId}`) as Record<string, string>;
    const days = Number(sent["subscription_data[trial_period_days]"] ?? 0);
    const now = seconds();
    const end = now + (days || 30) * 86_400;
    const price = this.get(sent["line_items[0][price]"] ?? "");
    const subscription = this.put({
      id: id("sub"),
      object: "subscription",
      customer: session["customer"],
      status: days ? "trialing" : "active",
      created: now,
      trial_start: days ? now : null,
      trial_end: days ? end : null,
      cancel_at: null,
      cancel_at_period_end: false,
      ended_at: null,
      metadata: {
        userId: sent["subscription_data[metadata][userId]"],
        attemptId: sent["subscription_data[metadata][attemptId]"],
      },
      items: {
        object: "list",
        data: [{ id: id("si"), price, current_period_start: now, current_period_end: end }],
      },
    });
    const invoice = this.put({
      id: id("in"),
      object: "invoice",
      customer: session["customer"],
      created: now,
      status: "paid",
      amount_paid: days ? 0 : 3900,
      total: days ? 0 : 3900,
      status_transitions: { paid_at: now },
      parent: {
        type: "subscription_details",
        subscription_details: { subscription: subscription["id"], metadata: subscription["metadata"] },
      },
    });
    Object.assign(session, {
      status: "complete",
      url: null,
      subscription: subscription["id"],
      payment_status: "paid",
    });
    return { session, subscription, invoice };
  }

  /** An event about an object as it is now. */
  event(type: string, object: Json, more: Json = {}): Json {
    return {
      id: id("evt"),
      object: "event",
      api_version: "2026-10-28.endive",
      created: seconds(),
      livemode: false,
      type,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      data: { object: structuredClone(object) },
      ...more,
    };
  }

  /** Signs a raw body as Stripe does; `at` in seconds. */
  sign(body: string, at = seconds(), secret = this.secret): string {
    return `t=${at},v1=${createHmac("sha256", secret).update(`${at}.${body}`).digest("hex")}`;
  }

  get(key: string): Json {
    const found = this.objects.get(key);
    if (!found) throw new Error(`the stub has no ${key}`);
    return found;
  }

  put<T extends Json & { id: string }>(object: T): T {
    this.objects.set(object.id, object);
    return object;
  }

  private async handle(request: IncomingMessage): Promise<Exclude<ReturnType<Fault>, null>> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://stub");
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const params = Object.fromEntries(new URLSearchParams(text || searchParams));
    const call = { method: request.method ?? "GET", path: pathname, params };
    this.calls.push(call);
    return this.fault(call) ?? this.answer(call);
  }

  private answer({ method, path, params }: StubCall): { status: number; body: Json } {
    const route = `${method} ${path.replace(/\/(cus|price|cs_test|sub|in)_\w+/, "/:id")}`;
    const named = /\/((?:cus|price|cs_test|sub|in)_\w+)/.exec(path)?.[1] ?? "";
    switch (route) {
      case "POST /v1/customers":
        return ok(
          this.put({
            id: id("cus"),
            object: "customer",
            email: params["email"],
            metadata: { userId: params["metadata[userId]"] },
          }),
        );
      case "GET /v1/customers/:id":
      case "GET /v1/prices/:id":
      case "GET /v1/subscriptions/:id":
      case "GET /v1/invoices/:id":
      case "GET /v1/checkout/sessions/:id":
        return this.find(named);
      case "GET /v1/prices":
        return this.list("price", params, {});
      case "POST /v1/products":
        return ok(this.put({ id: id("prod"), object: "product", name: params["name"] }));
      case "POST /v1/prices":
        return ok(
          this.put({
            id: id("price"),
            object: "price",
            product: params["product"],
            currency: params["currency"],
            unit_amount: Number(params["unit_amount"]),
            lookup_key: params["lookup_key"],
            recurring: { interval: params["recurring[interval]"] },
          }),
        );
      case "POST /v1/checkout/sessions":
        return this.openSession(params);
      case "POST /v1/checkout/sessions/:id/expire":
        return ok(Object.assign(this.get(named), { status: "expired", url: null }));
      case "GET /v1/checkout/sessions":
        return this.list("checkout.session", params, { customer: params["customer"] });
      case "GET /v1/subscriptions":
        return this.list("subscription", params, { customer: params["customer"] });
      case "GET /v1/invoices":
        return this.list("invoice", params, { customer: params["customer"] });
      default:
        return {
          status: 404,
          body: { error: { type: "invalid_request_error", message: `Unrecognized request URL (${route})` } },
        };
    }
  }

  private openSession(params: Record<string, string>): { status: number; body: Json } {
    const sessionId = id("cs_test");
    this.objects.set(`params:${sessionId}`, params);
    return ok(
      this.put({
        id: sessionId,
        object: "checkout.session",
        customer: params["customer"],
        client_reference_id: params["client_reference_id"],
        metadata: { userId: params["metadata[userId]"], attemptId: params["metadata[attemptId]"] },
        status: "open",
        payment_status: "unpaid",
        mode: "subscription",
        url: `${this.url}/pay/${sessionId}`,
        subscription: null,
        expires_at: seconds() + 86_400,
      }),
    );
  }

  private find(key: string): { status: number; body: Json } {
    const found = this.objects.get(key);
    return found ? ok(found) : missing(key);
  }

  /** Newest first, in pages: the next one begins after the last id of this one. */
  private list(object: string, params: Record<string, string>, filter: Json): { status: number; body: Json } {
    const found = [...this.objects.values()]
      .filter(
        (one) =>
          one["object"] === object &&
          Object.entries(filter).every(([key, value]) => value === undefined || one[key] === value),
      )
      .toReversed();
    const after = params["starting_after"];
    const last = found.findIndex((one) => one["id"] === after);
    if (after !== undefined && last < 0) return missing(after, { status: 400, param: "starting_after" });
    const rest = found.slice(last + 1);
    const data = rest.slice(0, Math.min(Number(params["limit"] ?? 10), this.mostPerPage));
    return ok({ object: "list", data, has_more: rest.length > data.length, url: "/v1" });
  }
}

const ok = (body: Json): { status: number; body: Json } => ({ status: 200, body });
const missing = (
  key: string,
  { status, param } = { status: 404, param: "id" },
): { status: number; body: Json } => ({
  status,
  body: {
    error: {
      type: "invalid_request_error",
      code: "resource_missing",
      param,
      message: `No such object: '${key}'`,
    },
  },
});
