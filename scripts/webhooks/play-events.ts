import { EmulatorClient, type StripeObject } from "./emulator-client.ts";

/** Something people or banks do, and the events it causes. */
interface Act {
  readonly makes: readonly string[];
  readonly play: () => Promise<unknown>;
}

/**
 * Makes these events at the emulator, each at least once, as people and banks cause them. Answers what could not be
 * made, and why.
 */
export async function playEvents(emulatorUrl: string, types: readonly string[]): Promise<string[]> {
  const emulator = new EmulatorClient(emulatorUrl);
  const price = await priceOf(emulator, { currency: "sek", "recurring[interval]": "month" });
  const problems: string[] = [];
  for (const { makes, play } of actsOf(emulator, price)) {
    if (!makes.some((type) => types.includes(type))) continue;
    await play().catch((error: unknown) => problems.push((error as Error).message));
  }
  return problems;
}

function actsOf(emulator: EmulatorClient, price: string): Act[] {
  return [
    {
      makes: [
        "customer.subscription.created",
        "customer.subscription.updated",
        "customer.subscription.paused",
        "customer.subscription.resumed",
        "customer.subscription.deleted",
        "invoice.paid",
        "invoice.payment_succeeded",
      ],
      async play() {
        const subscription = await subscribe(emulator, price, { card: "pm_card_visa" });
        await emulator.post(`subscriptions/${subscription.id}`, { "metadata[seen]": "yes" });
        await emulator.post(`subscriptions/${subscription.id}/pause`, { type: "subscription" });
        await emulator.post(`subscriptions/${subscription.id}/resume`);
        await emulator.remove(`subscriptions/${subscription.id}`);
      },
    },
    {
      makes: ["charge.refunded"],
      async play() {
        const charge = await chargeOf(emulator, await subscribe(emulator, price, { card: "pm_card_visa" }));
        await emulator.post("refunds", { charge: charge.id });
      },
    },
    {
      makes: ["charge.dispute.created", "charge.dispute.closed"],
      async play() {
        const charge = await chargeOf(emulator, await subscribe(emulator, price, { card: "pm_card_visa" }));
        const dispute = await emulator.control("disputes", { charge: charge.id });
        await emulator.control(`disputes/${dispute.id}/close`, { outcome: "lost" });
      },
    },
    {
      makes: ["customer.subscription.trial_will_end"],
      play: () => subscribe(emulator, price, { card: "pm_card_visa", trial_period_days: "2" }),
    },
    {
      makes: ["invoice.payment_failed"],
      play: () => subscribe(emulator, price, { card: "pm_card_chargeCustomerFail" }),
    },
    {
      makes: ["invoice.payment_action_required"],
      play: () => subscribe(emulator, price, { card: "pm_card_authenticationRequired" }),
    },
    {
      makes: ["checkout.session.completed"],
      async play() {
        await emulator.pay((await openCheckout(emulator, price)).id);
      },
    },
    {
      makes: ["checkout.session.async_payment_succeeded"],
      play: () => payByBank(emulator, "AT611904300234573201"),
    },
    {
      makes: ["checkout.session.async_payment_failed"],
      play: () => payByBank(emulator, "AT861904300235473202"),
    },
    {
      makes: ["checkout.session.expired"],
      async play() {
        const session = await openCheckout(emulator, price);
        await emulator.post(`checkout/sessions/${session.id}/expire`);
      },
    },
    {
      makes: ["customer.deleted"],
      async play() {
        const customer = await emulator.post("customers");
        await emulator.remove(`customers/${customer.id}`);
      },
    },
  ];
}

async function priceOf(
  emulator: EmulatorClient,
  more: { readonly currency: string; readonly "recurring[interval]"?: string },
): Promise<string> {
  const product = await emulator.post("products", { name: "Webhook test" });
  return (await emulator.post("prices", { unit_amount: "3900", product: product.id, ...more })).id;
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

function openCheckout(
  emulator: EmulatorClient,
  price: string,
  more: Readonly<Record<string, string>> = { mode: "subscription" },
): Promise<StripeObject> {
  return emulator.post("checkout/sessions", {
    "line_items[0][price]": price,
    "line_items[0][quantity]": "1",
    success_url: "http://127.0.0.1/done",
    ...more,
  });
}

/** Pays from a bank account in the euro area: the bank answers some seconds later. */
async function payByBank(emulator: EmulatorClient, iban: string): Promise<void> {
  const price = await priceOf(emulator, { currency: "eur" });
  const more = { mode: "payment", "allowed_payment_method_types[0]": "sepa_debit" };
  const session = await openCheckout(emulator, price, more);
  const account = await emulator.post("payment_methods", {
    type: "sepa_debit",
    "sepa_debit[iban]": iban,
    "billing_details[name]": "Test Person",
    "billing_details[email]": "somebody@example.com",
  });
  await emulator.post(`payment_pages/${session.id}/confirm`, { payment_method: account.id });
}
