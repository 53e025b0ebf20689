import { acknowledgeInput, acknowledgeOutput } from "@liveassist/shared/inputs/operations";
import {
  billingOutput,
  cancelInput,
  checkoutOutput,
  confirmInput,
  createCheckoutInput,
  offerOutput,
  onUpdatedInput,
  statusOutput,
  urlOutput,
  withdrawalOutput,
  withdrawInput,
} from "@liveassist/shared/inputs/subscription";
import { z } from "zod";
import { limitedProcedure, router, userProcedure } from "../trpc.ts";
import { acknowledgeUpdate } from "./acknowledge-update.ts";
import { cancelSubscription } from "./cancel-subscription.ts";
import { confirmCheckout } from "./confirm-checkout.ts";
import { createCheckout } from "./create-checkout.ts";
import { onUpdated } from "./on-updated.ts";
import { openPortal } from "./open-portal.ts";
import { readBilling } from "./read-billing.ts";
import { readOffer } from "./read-offer.ts";
import { readStatus } from "./read-status.ts";
import { readWithdrawal } from "./read-withdrawal.ts";
import { refreshStatus } from "./refresh-status.ts";
import { resumeSubscription } from "./resume-subscription.ts";
import { withdrawSubscription } from "./withdraw-subscription.ts";

const nothing = z.strictObject({}).optional();

export const subscriptionRouter = router({
  offer: userProcedure
    .meta({ summary: "What there is to buy: price, trial, first charge" })
    .input(nothing)
    .output(offerOutput)
    .query(({ ctx }) => readOffer(ctx.deps, ctx.actor)),
  createCheckout: limitedProcedure("checkout")
    .meta({
      rest: { method: "POST", path: "/api/subscriptions/create-checkout" },
      summary: "Open the checkout page; reuses the one already open for the same offer",
    })
    .input(createCheckoutInput.optional())
    .output(checkoutOutput)
    .mutation(({ ctx, input }) => createCheckout(ctx.deps, ctx.actor, { ...input, cookies: ctx.cookies })),
  confirm: limitedProcedure("confirm")
    .meta({
      rest: { method: "POST", path: "/api/subscriptions/confirm" },
      summary: "The fresh status after a checkout, asked from Stripe without waiting for a webhook",
    })
    .input(confirmInput)
    .output(statusOutput)
    .mutation(({ ctx, input }) => confirmCheckout(ctx.deps, ctx.actor, input)),
  status: userProcedure
    .meta({ rest: { method: "GET", path: "/api/subscriptions/status" }, summary: "The subscription status" })
    .input(nothing)
    .output(statusOutput)
    .query(({ ctx }) => readStatus(ctx.deps, ctx.actor)),
  refresh: limitedProcedure("refresh")
    .meta({ rest: { method: "POST", path: "/api/subscriptions/refresh" }, summary: "Ask Stripe now" })
    .input(nothing)
    .output(statusOutput)
    .mutation(({ ctx }) => refreshStatus(ctx.deps, ctx.actor)),
  cancel: userProcedure
    .meta({
      rest: { method: "POST", path: "/api/subscriptions/cancel" },
      summary: "Cancel at the period's end, or now",
    })
    .input(cancelInput.optional())
    .output(statusOutput)
    .mutation(({ ctx, input }) => cancelSubscription(ctx.deps, ctx.actor, input ?? {})),
  resume: userProcedure
    .meta({
      rest: { method: "POST", path: "/api/subscriptions/resume" },
      summary: "Take a scheduled cancel back, or end a pause",
    })
    .input(nothing)
    .output(statusOutput)
    .mutation(({ ctx }) => resumeSubscription(ctx.deps, ctx.actor)),
  portal: userProcedure
    .meta({
      rest: { method: "POST", path: "/api/subscriptions/portal" },
      summary: "A link to Stripe's customer portal",
    })
    .input(nothing)
    .output(urlOutput)
    .mutation(({ ctx }) => openPortal(ctx.deps, ctx.actor)),
  billing: userProcedure
    .meta({
      rest: { method: "GET", path: "/api/subscriptions/billing" },
      summary: "Card on file, receipts and what waits to be paid",
    })
    .input(nothing)
    .output(billingOutput)
    .query(({ ctx }) => readBilling(ctx.deps, ctx.actor)),
  withdrawal: userProcedure
    .meta({
      rest: { method: "GET", path: "/api/subscriptions/withdrawal" },
      summary: "Whether one may withdraw from the contract, until when, and what became of it",
    })
    .input(nothing)
    .output(withdrawalOutput)
    .query(({ ctx }) => readWithdrawal(ctx.deps, ctx.actor)),
  withdraw: limitedProcedure("checkout")
    .meta({
      rest: { method: "POST", path: "/api/subscriptions/withdraw" },
      summary: "Withdraw from the contract within 14 days: ends it now and gives the last payment back",
    })
    .input(withdrawInput)
    .output(withdrawalOutput)
    .mutation(({ ctx, input }) => withdrawSubscription(ctx.deps, ctx.actor, input)),
  acknowledge: userProcedure
    .meta({
      summary: "A page of the caller shows this version now; over its WebSocket, so that it is told which",
    })
    .input(acknowledgeInput)
    .output(acknowledgeOutput)
    .mutation(({ ctx, input }) =>
      acknowledgeUpdate(ctx.deps, ctx.actor, { ...input, socketId: ctx.socketId }),
    ),
  /** Live: everything that changes in the caller's subscription, resumed after `lastEventId` (requirements R18). */
  onUpdated: userProcedure
    .input(onUpdatedInput)
    .subscription(({ ctx, input, signal }) =>
      onUpdated(ctx.deps, ctx.actor, { cursor: input?.lastEventId, signal, socketId: ctx.socketId }),
    ),
});
