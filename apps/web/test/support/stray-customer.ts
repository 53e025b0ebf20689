import { randomUUID } from "node:crypto";
import { deliver } from "../../../server/test/support/deliver.ts";
import type { Product } from "./start-product.ts";

const userOf = (userId: string) => ({ "metadata[userId]": userId });
const PRICE = "liveassist_monthly";

/** Somebody who pays at Stripe, and whose customer and subscription name nobody, or these; their events arrive by themselves. */
export async function strayCustomer(
  { emulator }: Product,
  [named, other]: readonly string[] = [],
): Promise<string> {
  const call = async (path: string, form?: Record<string, string>): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${emulator.url}/v1/${path}`, {
      headers: { authorization: "Bearer sk_test_123" },
      ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  const { data } = await call(`prices?lookup_keys[0]=${PRICE}`);
  const [price] = data as { id: string }[];
  const customer = String((await call("customers", named ? userOf(named) : {}))["id"]);
  const card = String((await call("payment_methods/pm_card_visa/attach", { customer }))["id"]);
  const item = { "items[0][price]": price?.id ?? "" };
  await call("subscriptions", {
    customer,
    ...item,
    ...(other ? userOf(other) : {}),
    default_payment_method: card,
  });
  return customer;
}

/** A signed event about a customer that Stripe does not know; answers its id. */
export async function eventOfNobody({ url, emulator }: Product): Promise<string> {
  const id = `evt_${randomUUID().replaceAll("-", "")}`;
  const event = {
    id,
    object: "event",
    api_version: "2026-10-28.endive",
    created: Math.floor(emulator.clock.now() / 1000),
    livemode: false,
    type: "invoice.paid",
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    data: { object: { id: "in_nobody", object: "invoice", customer: "cus_nobody" } },
  };
  const { status } = await deliver(url, event, { secret: emulator.webhookSecret });
  if (status !== 200) throw new Error(`the event was answered with ${status}`);
  return id;
}
