import { createHmac, randomBytes } from "node:crypto";
import { EmulatorClient, type StripeObject } from "./emulator-client.ts";

/** Where events are made, and where those that the emulator has no way to make are posted to, signed with its secret. */
export interface Stage {
  readonly emulatorUrl: string;
  readonly webhookUrl: string;
  readonly secret: string;
}

/** Makes each of the handled events once, as people and banks cause them. Answers what could not be made, and why. */
export async function playEvents({ emulatorUrl, webhookUrl, secret }: Stage): Promise<string[]> {
  const emulator = new EmulatorClient(emulatorUrl);
  const price = await priceOf(emulator);
  const post = (type: string, object: StripeObject) => postSigned({ webhookUrl, secret }, { type, object });
  const acts: (() => Promise<unknown>)[] = [
    async () => {
      const subscription = await subscribe(emulator, price, { card: "pm_card_visa" });
      await emulator.post(`subscriptions/${subscription.id}`, { "metadata[seen]": "yes" });
      await emulator.post(`subscriptions/${subscription.id}/pause`, { type: "subscription" });
      await emulator.post(`subscriptions/${subscription.id}/resume`);
      await emulator.remove(`subscriptions/${subscription.id}`);
    },
    async () => {
      const charge = await chargeOf(emulator, await subscribe(emulator, price, { card: "pm_card_visa" }));
      await emulator.post("refunds", { charge: charge.id });
    },
    async () => {
      const charge = await chargeOf(emulator, await subscribe(emulator, price, { card: "pm_card_visa" }));
      const dispute = await emulator.control("disputes", { charge: charge.id });
      await emulator.control(`disputes/${dispute.id}/close`, { outcome: "lost" });
    },
    () => subscribe(emulator, price, { card: "pm_card_visa", trial_period_days: "2" }),
    () => subscribe(emulator, price, { card: "pm_card_chargeCustomerFail" }),
    () => subscribe(emulator, price, { card: "pm_card_authenticationRequired" }),
    async () => {
      const session = await openCheckout(emulator, price);
      await emulator.pay(session.id);
      // Nobody pays later by bank here: the emulator takes cards only.
      await post("checkout.session.async_payment_succeeded", session);
      await post("checkout.session.async_payment_failed", session);
    },
    async () => {
      const session = await openCheckout(emulator, price);
      await emulator.post(`checkout/sessions/${session.id}/expire`);
    },
    async () => {
      const customer = await emulator.post("customers");
      await emulator.remove(`customers/${customer.id}`);
    },
  ];
  const problems: string[] = [];
  for (const act of acts) await act().catch((error: unknown) => problems.push((error as Error).message));
  return problems;
}

async function priceOf(emulator: EmulatorClient): Promise<string> {
  const product = await emulator.post("products", { name: "Webhook test" });
  const fields = {
    currency: "sek",
    unit_amount: "3900",
    "recurring[interval]": "month",
    product: product.id,
  };
  return (await emulator.post("prices", fields)).id;
}

async function subscribe(
  emulator: EmulatorClient,
  price: string,
  { card, ...more }: { readonly card: string; readonly trial_period_days?: string },
): Promise<StripeObject> {
  const chosen = { payment_method: card, "invoice_settings[default_payment_method]": card };
  const customer = await emulator.post("customers", { ...chosen, description: "webhook test" });
  const fields = {
    customer: customer.id,
    "items[0][price]": price,
    payment_behavior: "allow_incomplete",
    ...more,
  };
  return emulator.post("subscriptions", fields);
}

async function chargeOf(emulator: EmulatorClient, subscription: StripeObject): Promise<StripeObject> {
  const [charge] = await emulator.list(`charges?customer=${String(subscription["customer"])}`);
  if (!charge) throw new Error(`${subscription.id} was not charged`);
  return charge;
}

function openCheckout(emulator: EmulatorClient, price: string): Promise<StripeObject> {
  return emulator.post("checkout/sessions", {
    mode: "subscription",
    "line_items[0][price]": price,
    "line_items[0][quantity]": "1",
    success_url: "http://127.0.0.1/done",
  });
}

async function postSigned(
  { webhookUrl, secret }: Omit<Stage, "emulatorUrl">,
  { type, object }: { type: string; object: StripeObject },
): Promise<void> {
  const seconds = Math.floor(Date.now() / 1000);
  const id = `evt_test_${randomBytes(12).toString("hex")}`;
  const event = {
    id,
    object: "event",
    api_version: "2026-10-28.endive",
    created: seconds,
    livemode: false,
    type,
  };
  const body = JSON.stringify({ ...event, data: { object } });
  const signature = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  const headers = { "content-type": "application/json", "stripe-signature": `t=${seconds},v1=${signature}` };
  const answer = await fetch(webhookUrl, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(`${type}: the product answered ${answer.status}`);
}
