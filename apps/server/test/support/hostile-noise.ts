import type { HostileAccount } from "./hostile-account.ts";
import { speak } from "./hostile-dialect.ts";
import { type Json, newId, seconds } from "./hostile-stripe.ts";

/** An event nobody should fall for, and how it has to end in the ledger. */
export interface Noise {
  readonly event: Json;
  readonly ends: "processed" | "ignored" | "dead";
  /** What it claims under Stripe's signature; while nobody can ask, that may be believed for a while (design I11). */
  readonly claims?: "paid";
}

const envelope = (type: string, object: Json, more: Json = {}): Json => ({
  id: newId("evt"),
  object: "event",
  api_version: "2026-10-28.endive",
  created: seconds(),
  livemode: false,
  type,
  data: { object },
  ...more,
});

/** Everything a hostile network slips in about an account that has a customer; `others` are users it must not touch. */
export function noiseAbout(account: HostileAccount, others: readonly [string, string]): Noise[] {
  const [customer = ""] = account.customers;
  const spoken = (one: Json): Json =>
    structuredClone(speak(account.stripe.dialect, one, account.stripe.objects));
  const own = account.subscriptions().find((one) => one.customer === customer);
  if (!own) return [];
  const mine = spoken(own);
  const metadata = { userId: others[0] };
  const stranger = account.stripe.put({ id: newId("cus"), object: "customer", metadata });
  const unknown = { ...mine, id: newId("sub") };
  const lies = (fields: Json): Json => ({ ...mine, ...fields });
  return [
    { event: envelope("customer.updated", { id: customer, object: "customer" }), ends: "ignored" },
    { event: envelope("invoice_payment.paid", { id: newId("inpay"), customer }), ends: "ignored" },
    { event: envelope("something.nobody.knows", { id: "x_1" }), ends: "ignored" },
    {
      event: envelope("customer.subscription.deleted", lies({ status: "canceled" }), { livemode: true }),
      ends: "ignored",
    },
    // Names another user; the binding wins.
    { event: envelope("customer.subscription.updated", lies({ metadata })), ends: "processed" },
    // Says what is not so, or was so long ago; Stripe is asked.
    {
      event: envelope("customer.subscription.updated", lies({ status: "active" })),
      ends: "processed",
      claims: "paid",
    },
    { event: envelope("customer.subscription.updated", lies({ status: "unpaid" })), ends: "processed" },
    {
      event: envelope("customer.subscription.updated", lies({ status: "a_word_of_the_future" })),
      ends: "processed",
    },
    {
      event: envelope("customer.subscription.trial_will_end", { id: own.id, customer: null }),
      ends: "processed",
    },
    {
      event: envelope("customer.subscription.updated", lies({ padding: "x".repeat(300_000) })),
      ends: "processed",
    },
    {
      event: envelope("customer.subscription.updated", mine, {
        api_version: "2020-08-27",
        created: 1_600_000_000,
      }),
      ends: "processed",
    },
    // Nobody's: an object that does not exist, two users at once, a dispute whose charge cannot be asked for.
    { event: envelope("customer.subscription.created", unknown), ends: "dead" },
    {
      event: envelope("checkout.session.completed", {
        id: newId("cs_test"),
        object: "checkout.session",
        customer: stranger.id,
        client_reference_id: others[1],
        metadata,
      }),
      ends: "dead",
    },
    { event: envelope("charge.dispute.created", { id: newId("du"), charge: newId("ch") }), ends: "dead" },
    {
      event: envelope("invoice.paid", { id: newId("in"), object: "invoice", customer: newId("cus") }),
      ends: "dead",
    },
  ];
}
