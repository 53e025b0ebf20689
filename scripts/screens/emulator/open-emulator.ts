import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Emulator, startEmulator } from "../../../packages/stripe-emulator/src/index.ts";
import { EmulatorClient } from "../../webhooks/emulator-client.ts";

type Fields = Readonly<Record<string, string>>;

/** An emulator of its own for one picture: its clock stands, its ids are always the same, nothing is left behind. */
export interface Shop {
  readonly emulator: Emulator;
  readonly client: EmulatorClient;
  /** A customer of the shop. */
  readonly customer: string;
  /** What a month costs. */
  readonly price: string;
  /** An open checkout; answers its id. */
  readonly checkout: (fields?: Fields) => Promise<string>;
  /** The same, paid with a card; answers the subscription. */
  readonly buy: (card?: string, fields?: Fields) => Promise<string>;
  /** A link into the portal. */
  readonly portal: (fields?: Fields) => Promise<string>;
}

export const TRIAL: Fields = { "subscription_data[trial_period_days]": "5" };
export const CODES: Fields = { allow_promotion_codes: "true" };
const START = Date.UTC(2026, 9, 12, 9, 30);

/** Brings a picture about with an emulator that ends as soon as the page is there. */
export async function withShop(show: (shop: Shop) => Promise<void>): Promise<void> {
  const endpoint = await listen();
  const forwardTo = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/webhooks`;
  const emulator = await startEmulator({ clock: { now: () => START }, seed: 7, forwardTo });
  try {
    await show(await furnish(emulator));
  } finally {
    await emulator.close();
    endpoint.close();
  }
}

async function furnish(emulator: Emulator): Promise<Shop> {
  const client = new EmulatorClient(emulator.url);
  const person = { name: "Anna Lind", email: "anna.lind@example.com" };
  const { id: customer } = await client.post("customers", person);
  const { id: price } = await client.post("prices", {
    currency: "sek",
    unit_amount: "3900",
    "recurring[interval]": "month",
    "product_data[name]": "LiveAssist Permission",
  });
  const checkout = async (fields: Fields = {}) => {
    const session = await client.post("checkout/sessions", {
      mode: "subscription",
      customer,
      ...(fields["mode"] === "setup"
        ? {}
        : { "line_items[0][price]": price, "line_items[0][quantity]": "1" }),
      success_url: "https://liveassist.example/return",
      cancel_url: "https://liveassist.example/upgrade",
      ...fields,
    });
    return session.id;
  };
  const buy = async (card?: string, fields: Fields = {}) => {
    const result = await emulator.completeCheckout(await checkout(fields), card);
    if (result.outcome !== "complete") throw new Error(`not paid: ${result.outcome}`);
    await emulator.settled();
    return String(result.session.subscription);
  };
  const portal = async (fields: Fields = {}) => {
    const asked = { customer, return_url: "https://liveassist.example/settings", ...fields };
    return String((await client.post("billing_portal/sessions", asked))["url"]);
  };
  return { emulator, client, customer, price, checkout, buy, portal };
}

/** A shop's endpoint that takes everything, except `invoice.paid` at the first time of asking. */
async function listen(): Promise<Server> {
  let refusals = 2;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const refuse = refusals > 0 && body.includes('"type": "invoice.paid"');
      if (refuse) refusals -= 1;
      response.writeHead(refuse ? 500 : 200).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return server;
}
