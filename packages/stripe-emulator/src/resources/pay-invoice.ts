import type Stripe from "stripe";
import { HOUR } from "../billing/calendar.ts";
import { collectInvoice } from "../billing/collect-invoice.ts";
import { finalizeInvoice, intentOfInvoice, markPaid } from "../billing/invoicing.ts";
import { sendInvoice } from "../billing/send-invoice.ts";
import { followInvoice, markUncollectible, voidInvoice } from "../billing/settle-invoice.ts";
import { badState, CardRefused } from "../http/errors.ts";
import { flag, hash, ignored, text, uncovered } from "../http/params.ts";
import { type Call, type Route, route } from "../http/route.ts";
import { found } from "./find.ts";
import { resolvePaymentMethod } from "./resolve-payment-method.ts";

const PAY = hash({
  forgive: ignored,
  mandate: ignored,
  off_session: ignored,
  paid_out_of_band: flag,
  payment_method: text,
  source: uncovered,
});

/** What is done with an invoice: finalize, send, pay, void, give up. */
export const invoiceStepRoutes: Route[] = [
  route("POST /v1/invoices/:id/finalize", hash({ auto_advance: flag }), finalize),
  route("POST /v1/invoices/:id/send", hash({}), send),
  route("POST /v1/invoices/:id/pay", PAY, pay),
  route("POST /v1/invoices/:id/void", hash({}), (call) =>
    voidInvoice(call.world, atRest(call, mustBe(call, "open", "uncollectible")).id),
  ),
  route("POST /v1/invoices/:id/mark_uncollectible", hash({}), (call) =>
    markUncollectible(call.world, mustBe(call, "open").id),
  ),
];

/** One of nothing is paid at once; else it is tried in an hour, if it advances by itself. */
function finalize(call: Call, params: { auto_advance?: boolean | null }): Stripe.Invoice {
  return call.world.inOrder([], () => finalizeAndPlan(call, params));
}

function finalizeAndPlan(call: Call, params: { auto_advance?: boolean | null }): Stripe.Invoice {
  const { world } = call;
  const draft = mustBe(call, "draft");
  const invoice = finalizeByHand(call, draft);
  if (invoice.status === "paid") return invoice;
  const auto_advance = params.auto_advance ?? draft.auto_advance ?? false;
  const charges = auto_advance && invoice.collection_method === "charge_automatically";
  const next_payment_attempt = charges ? world.now() + HOUR : null;
  const planned = world.change("invoices", invoice.id, { auto_advance, next_payment_attempt });
  world.amend("invoice.finalized", planned);
  return planned;
}

function finalizeByHand({ world }: Call, draft: Stripe.Invoice): Stripe.Invoice {
  const invoice = finalizeInvoice(world, draft.id);
  if (invoice.amount_due === 0) {
    markPaid(world, draft.id);
    followInvoice(world, draft.id);
  } else if (invoice.parent === null) intentOfInvoice(world, invoice);
  return world.store.get("invoices", draft.id) ?? invoice;
}

function send(call: Call): Stripe.Invoice {
  const invoice = mustBe(call, "draft", "open", "paid", "uncollectible");
  if (invoice.collection_method !== "send_invoice")
    throw badState("You can only manually send an invoice if its collection method is 'send_invoice'.");
  if (invoice.status === "draft") finalizeByHand(call, invoice);
  return sendInvoice(call.world, invoice.id);
}

/** A draft is finalized first. A refused card answers 402, and the attempt stays on record. */
function pay(call: Call, params: ReturnType<typeof PAY>): Stripe.Invoice {
  const { world } = call;
  const draft = atRest(call, mustBe(call, "draft", "open", "uncollectible"));
  const { id } = draft;
  const method = params.payment_method
    ? resolvePaymentMethod(world, params.payment_method, "payment_method")
    : undefined;
  const status = draft.status === "draft" ? finalizeByHand(call, draft).status : draft.status;
  if (status === "paid") return found(call, "invoices", "invoice");
  if (params.paid_out_of_band) {
    markPaid(world, id, { outOfBand: true });
    followInvoice(world, id);
    return found(call, "invoices", "invoice");
  }
  const attempt = collectInvoice(world, id, { byHand: true, ...(method && { method }) });
  const invoice = found(call, "invoices", "invoice");
  if (attempt.kind === "declined") throw new CardRefused(attempt.decline);
  if (attempt.kind === "challenge") {
    world.emit("invoice.payment_action_required", world.update("invoice.updated", id, { attempted: true }));
    throw new CardRefused(ACTION_REQUIRED);
  }
  if (attempt.kind === "no_payment_method")
    throw badState("This customer has no payment method. Add one, or name it with payment_method.", {
      code: "invoice_payment_intent_requires_action",
    });
  return invoice;
}

const ACTION_REQUIRED = {
  code: "invoice_payment_intent_requires_action",
  declineCode: null,
  message: "This payment requires additional user action before it can be completed successfully.",
};

/** Refuses (unverified) an invoice whose bank has yet to answer: it would be paid twice, or though it is void. */
function atRest({ world }: Call, invoice: Stripe.Invoice): Stripe.Invoice {
  const payments = world.store.where("invoicePayments", "invoice", invoice.id);
  const intents = payments.map(({ payment }) =>
    world.store.get("paymentIntents", String(payment.payment_intent)),
  );
  if (intents.every((intent) => intent?.status !== "processing")) return invoice;
  throw badState("This invoice has a payment that is processing. Wait until it has succeeded or failed.", {
    code: "payment_intent_unexpected_state",
  });
}

function mustBe(call: Call, ...statuses: string[]): Stripe.Invoice {
  const invoice = found(call, "invoices", "invoice");
  if (statuses.includes(invoice.status ?? "")) return invoice;
  if (invoice.status === "paid") throw badState("Invoice is already paid", { code: "invoice_already_paid" });
  throw badState(`This invoice is ${invoice.status}; it must be ${statuses.join(" or ")}.`, {
    code: "invoice_not_editable",
  });
}
