import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Dialect, speak } from "./hostile-dialect.ts";
import { FAIR, type Weather } from "./hostile-weather.ts";

export type Json = Record<string, unknown>;
type Answer = { readonly status: number; readonly body: Json };

export const newId = (prefix: string): string => `${prefix}_${randomBytes(8).toString("hex")}`;
export const seconds = (): number => Math.floor(Date.now() / 1000);

/**
 * A second stranger's Stripe, written against requirements R23a alone and as unhelpful as Stripe may be: one object a
 * page, oldest first, expanded objects, missing fields, and weather. No other call exists: no account, no events list.
 */
export class HostileStripe {
  readonly objects = new Map<string, Json>();
  readonly dialect: Dialect;
  weather: Weather = FAIR;
  /** Calls answered, and calls that the weather answered. */
  readonly counts = { calls: 0, struck: 0 };
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));

  constructor(dialect: Dialect) {
    this.dialect = dialect;
  }

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

  put<T extends Json & { id: string }>(object: T): T {
    this.objects.set(object.id, object);
    return object;
  }

  get(key: string): Json {
    const found = this.objects.get(key);
    if (!found) throw new Error(`there is no ${key}`);
    return found;
  }

  /** All objects of a kind with these fields, oldest first. */
  all(kind: string, fields: Json = {}): Json[] {
    return [...this.objects.values()].filter(
      (one) => one["object"] === kind && Object.entries(fields).every(([key, value]) => one[key] === value),
    );
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://stub");
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const params = Object.fromEntries(new URLSearchParams(text || searchParams));
    this.counts.calls += 1;
    const answer = () => this.answer(request.method ?? "GET", pathname, params);
    if (await this.weather({ path: pathname, params, request, response })) {
      this.counts.struck += 1;
      return;
    }
    const { status, body } = answer();
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(status === 200 ? speak(this.dialect, body, this.objects) : body));
  }

  private answer(method: string, path: string, params: Record<string, string>): Answer {
    const [, , kind = "", named = "", verb = ""] = path.replace("/checkout/sessions", "/sessions").split("/");
    if (method === "GET") return named === "" ? this.listOf(kind, params) : this.find(named);
    if (kind === "customers")
      return this.make("customer", "cus", { email: params["email"], metadata: under(params, "metadata") });
    if (kind === "products") return this.make("product", "prod", { name: params["name"] });
    if (kind === "prices")
      return this.make("price", "price", {
        product: params["product"],
        currency: params["currency"],
        unit_amount: Number(params["unit_amount"]),
        lookup_key: params["lookup_key"],
        recurring: { interval: params["recurring[interval]"] },
      });
    if (kind === "sessions" && verb === "expire") return this.expire(named);
    if (kind === "sessions" && named === "") return this.open(params);
    return refused(404, "Unrecognized request URL");
  }

  private listOf(kind: string, params: Record<string, string>): Answer {
    const { customer } = params;
    const { listsAll, keepsEvents, forgetsDeleted } = this.dialect;
    if (kind === "prices") return this.list("price", {}, params);
    if (kind === "events" && keepsEvents) return this.list("event", {}, params);
    const object = { subscriptions: "subscription", invoices: "invoice", sessions: "checkout.session" }[kind];
    if (object === undefined) return refused(404, "Unrecognized request URL");
    if (customer === undefined && kind === "subscriptions" && listsAll) return this.list(object, {}, params);
    if (customer === undefined) return refused(400, "Missing required param: customer.");
    if (forgetsDeleted && this.objects.get(customer)?.["deleted"] === true)
      return missing(400, customer, "customer");
    return this.list(object, { customer }, params);
  }

  private make(object: string, prefix: string, fields: Json): Answer {
    return ok(this.put({ id: newId(prefix), object, ...fields }));
  }

  private expire(id: string): Answer {
    const session = this.get(id);
    if (session["status"] !== "open") return refused(400, "Only open sessions can be expired.");
    return ok(Object.assign(session, { status: "expired", url: null }));
  }

  private open(params: Record<string, string>): Answer {
    const id = newId("cs_test");
    return this.make("checkout.session", "cs_test", {
      id,
      customer: params["customer"],
      client_reference_id: params["client_reference_id"],
      metadata: under(params, "metadata"),
      mode: "subscription",
      status: "open",
      payment_status: "unpaid",
      subscription: null,
      url: `${this.url}/pay/${id}`,
      expires_at: seconds() + 86_400,
      // Not a field of Stripe's; the stub's own memory of what was asked for.
      _asked: {
        price: params["line_items[0][price]"],
        trialDays: Number(params["subscription_data[trial_period_days]"] ?? 0),
        metadata: under(params, "subscription_data[metadata]"),
      },
    });
  }

  private find(id: string): Answer {
    const found = this.objects.get(id);
    return found ? ok(found) : missing(404, id, "id");
  }

  private list(kind: string, fields: Json, params: Record<string, string>): Answer {
    const found = this.all(kind, fields);
    if (!this.dialect.oldestFirst) found.reverse();
    const after = params["starting_after"];
    const last = found.findIndex((one) => one["id"] === after);
    if (after !== undefined && last < 0) return missing(400, after, "starting_after");
    const rest = found.slice(last + 1);
    const data = rest.slice(0, this.dialect.pageSize);
    return ok({ object: "list", data, has_more: rest.length > data.length });
  }
}

/** `metadata[userId]=…` → `{ userId: … }`. */
function under(params: Record<string, string>, prefix: string): Json {
  const fields = Object.entries(params).filter(([key]) => key.startsWith(`${prefix}[`));
  return Object.fromEntries(fields.map(([key, value]) => [key.slice(prefix.length + 1, -1), value]));
}

const ok = (body: Json): Answer => ({ status: 200, body });
const error = (status: number, fields: Json): Answer => ({
  status,
  body: { error: { type: "invalid_request_error", ...fields } },
});
const refused = (status: number, message: string): Answer => error(status, { message });
const missing = (status: number, id: string, param: string): Answer =>
  error(status, { code: "resource_missing", param, message: `No such object: '${id}'` });
