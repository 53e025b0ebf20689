import { createHmac, timingSafeEqual } from "node:crypto";
import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { Sql } from "../packages/db/src/index.ts";
import type { Bare, BareSettings } from "./bare-server.ts";

interface BareEvent {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly object: { readonly customer: string } };
}

type StripeList = { readonly data: readonly Record<string, unknown>[] };

const RECEIVED = '{"received":true}';

/**
 * The floor of the push: check the signature, insert the inbox row, answer; ask Stripe for subscriptions and invoices at
 * once; one transaction that updates the user and inserts the outbox row; one plain frame.
 */
export async function startBarePush(sql: Sql, { stripeUrl, secret }: BareSettings): Promise<Bare> {
  const sockets = new Map<string, WebSocket>();
  const agent = new Agent({ keepAlive: true });

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    if (!isSigned(body, String(request.headers["stripe-signature"]), secret)) throw new Error("not signed");
    const event = JSON.parse(body) as BareEvent;
    const { customer } = event.data.object;
    const now = new Date().toISOString();
    await sql`insert into webhook_events
      (event_id, type, customer_id, livemode, stripe_created_at, payload, received_at, next_attempt_at)
      values (${event.id}, ${event.type}, ${customer}, false, ${now}, ${body}, ${now}, ${now})
      on conflict do nothing`;
    response.writeHead(200, { "content-type": "application/json", "content-length": RECEIVED.length });
    response.end(RECEIVED);
    await settle(customer);
  }

  async function settle(customer: string): Promise<void> {
    const [subscriptions, invoices] = await Promise.all([
      ask(agent, `${stripeUrl}/v1/subscriptions?customer=${customer}&status=all`),
      ask(agent, `${stripeUrl}/v1/invoices?customer=${customer}`),
    ]);
    const status = String(subscriptions.data[0]?.["status"]);
    const plan = status === "active" ? "paid" : "free";
    const xp = invoices.data.some((invoice) => invoice["status"] === "paid") ? 250 : 0;
    const frame = await sql.begin(async (tx) => {
      const [user] = await tx<{ id: string }[]>`update users set
        subscription_status = ${plan}, stripe_status = ${status}, xp = ${xp}
        where id = (select user_id from stripe_customers where customer_id = ${customer}) returning id`;
      if (!user) throw new Error(`nobody is bound to ${customer}`);
      const told = { type: "subscription.updated", userId: user.id, subscription_status: plan, xp };
      const [row] = await tx<{ id: string }[]>`insert into outbox (user_id, type, payload)
        values (${user.id}, ${told.type}, ${JSON.stringify(told)}::text::jsonb) returning id`;
      return { ...told, version: Number(row?.id) };
    });
    sockets.get(frame.userId)?.send(JSON.stringify(frame));
  }

  const server = createServer((request, response) => {
    take(request, response).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent) response.writeHead(500, { "content-length": "0" });
      response.end();
    });
  });
  const live = new WebSocketServer({ server, path: "/live" });
  live.on("connection", (socket, request) => {
    const user = new URL(request.url ?? "/", "http://bare").searchParams.get("user");
    sockets.set(user ?? "", socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      agent.destroy();
      for (const socket of sockets.values()) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isSigned(body: string, header: string, secret: string): boolean {
  const at = /t=(\d+)/.exec(header)?.[1] ?? "";
  const given = Buffer.from(/v1=(\w+)/.exec(header)?.[1] ?? "", "hex");
  const made = createHmac("sha256", secret).update(`${at}.${body}`).digest();
  return given.length === made.length && timingSafeEqual(given, made);
}

function ask(agent: Agent, url: string): Promise<StripeList> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers: { authorization: "Bearer sk_test_bench" } }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve(JSON.parse(text) as StripeList));
    });
    request.on("error", reject);
  });
}
