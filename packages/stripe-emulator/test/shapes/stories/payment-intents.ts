import { DAY } from "../../shop.ts";
import { customerWithCard, refused, type Story } from "../story.ts";

const HOUR = { amount: 4900, currency: "sek" };
const RETURN = "http://shop.example/thanks";

export const paymentIntentStories: Story[] = [
  {
    tells: "payment intents are confirmed, captured, cancelled, declined, and wait for 3-D Secure",
    async live(shop) {
      const { stripe, emulator } = shop;
      const { id: customer, invoice_settings } = await customerWithCard(shop, "pm_card_visa");
      const payment_method = String(invoice_settings.default_payment_method);
      const paid = await stripe.paymentIntents.create({ ...HOUR, customer, description: "An hour" });
      await stripe.paymentIntents.update(paid.id, { payment_method, metadata: { of: "hand" } });
      await stripe.paymentIntents.confirm(paid.id, { return_url: RETURN });
      const held = await stripe.paymentIntents.create({
        ...HOUR,
        customer,
        payment_method,
        capture_method: "manual",
        confirm: true,
        off_session: true,
      });
      await stripe.paymentIntents.capture(held.id, { amount_to_capture: 1900 });
      const dropped = await stripe.paymentIntents.create({ ...HOUR, payment_method, customer });
      await stripe.paymentIntents.cancel(dropped.id, { cancellation_reason: "abandoned" });
      const once = { ...HOUR, confirm: true, return_url: RETURN };
      await refused(stripe.paymentIntents.create({ ...once, payment_method: "pm_card_chargeDeclined" }));
      await refused(stripe.paymentIntents.capture(paid.id));
      await stripe.paymentIntents.create({ ...once, payment_method: "pm_card_authenticationRequired" });
      const warned = await stripe.paymentIntents.create({
        ...once,
        payment_method: "pm_card_createIssuerFraudRecord",
      });
      await emulator.clock.advance(60_000);
      await stripe.refunds.create({ payment_intent: warned.id, reason: "fraudulent" });
      const [charge] = (await stripe.charges.list({ payment_intent: paid.id })).data;
      await stripe.charges.update(charge?.id ?? "", {
        description: "Two",
        fraud_details: { user_report: "safe" },
      });
      await stripe.paymentIntents.create({
        ...once,
        payment_method: "pm_card_visa",
        capture_method: "manual",
      });
      await emulator.clock.advance(10 * DAY);
    },
  },
  {
    tells: "a bank is asked for money and answers later: yes, and no",
    async live({ stripe, emulator }) {
      const customer_acceptance = { type: "offline" } as const;
      const billing_details = { name: "Ada", email: "ada@example.com" };
      for (const iban of ["AT611904300234573201", "AT861904300235473202"]) {
        const { id } = await stripe.paymentMethods.create({
          type: "sepa_debit",
          sepa_debit: { iban },
          billing_details,
        });
        const intent = await stripe.paymentIntents.create({
          amount: 4900,
          currency: "eur",
          payment_method: id,
          confirm: true,
          mandate_data: { customer_acceptance },
          allowed_payment_method_types: ["sepa_debit"],
        });
        await emulator.clock.advance(60_000);
        const { latest_charge } = await stripe.paymentIntents.retrieve(intent.id, {
          expand: ["latest_charge"],
        });
        const debit =
          typeof latest_charge === "object" ? latest_charge?.payment_method_details?.sepa_debit : null;
        await stripe.mandates.retrieve(String(debit?.mandate));
      }
    },
  },
  {
    tells: "setup intents are confirmed, cancelled, declined, and wait for 3-D Secure",
    async live(shop) {
      const { stripe } = shop;
      const { id: customer } = await customerWithCard(shop, "pm_card_visa");
      const saved = await stripe.setupIntents.create({ customer, description: "For later" });
      await stripe.setupIntents.update(saved.id, { payment_method: "pm_card_mastercard" });
      await stripe.setupIntents.confirm(saved.id, { return_url: RETURN });
      const dropped = await stripe.setupIntents.create({ customer, usage: "on_session" });
      await stripe.setupIntents.cancel(dropped.id, { cancellation_reason: "abandoned" });
      const once = { customer, confirm: true, return_url: RETURN };
      await refused(stripe.setupIntents.create({ ...once, payment_method: "pm_card_chargeDeclined" }));
      await stripe.setupIntents.create({ ...once, payment_method: "pm_card_authenticationRequired" });
      await stripe.setupAttempts.list({ setup_intent: saved.id });
    },
  },
  {
    tells: "payment methods are made, changed, attached and read under their customer",
    async live(shop) {
      const { stripe } = shop;
      const { id: customer } = await customerWithCard(shop, "pm_card_visa");
      const { id } = await stripe.paymentMethods.create({
        type: "card",
        card: { number: "4242424242424242", exp_month: 12, exp_year: 2030, cvc: "123" },
        billing_details: { name: "Ada", address: { country: "SE" } },
      });
      await stripe.paymentMethods.attach(id, { customer });
      await stripe.paymentMethods.update(id, { card: { exp_year: 2031 }, metadata: { of: "hand" } });
      await stripe.customers.retrievePaymentMethod(customer, id);
    },
  },
];
