import type { FastifyReply, FastifyRequest } from "fastify";
import { inTimeOf, nowOf } from "../billing/test-clock.ts";
import type { Engine } from "../engine.ts";
import { liveCustomer } from "../objects/customer.ts";
import { notice, sendPage } from "./document.ts";
import { html } from "./html.ts";
import { icon } from "./icons.ts";
import { localeFor } from "./language.ts";
import type { PortalView } from "./portal-page.ts";
import { afterUrl } from "./portal-steps.ts";

export type PortalPath = {
  Params: { session: string; subscription: string; intent: string };
  Querystring: { done?: string; subscription?: string };
};

/** A link into the portal is good for an hour (Stripe calls it short-lived, without a figure). */
const LIFETIME_SECONDS = 3600;

/** What a link into the portal opens; null when it is over or never was. */
export function viewOf({ world, store }: Engine, request: FastifyRequest<PortalPath>): PortalView | null {
  const session = store.get("portalSessions", request.params.session);
  if (session === undefined) return null;
  const now = nowOf(world, session.customer);
  if (session.created + LIFETIME_SECONDS < now) return null;
  const configuration = store.get("portalConfigurations", String(session.configuration));
  const customer = liveCustomer(world, session.customer);
  if (configuration === undefined || customer === null) return null;
  const asked = session.locale ?? customer.preferred_locales?.[0] ?? null;
  const locale = localeFor(request, asked, customer.currency ?? "sek");
  return { world, session, configuration, customer, locale };
}

/** Runs what a page shows or does by the clock its customer lives by. */
export function inPortalTime<R>({ world, customer }: PortalView, work: () => R): R {
  return inTimeOf(world, customer.id, work);
}

/** Where a finished step leads: back to the shop when the flow says so, else to the portal's first page. */
export function backTo({ session }: PortalView, done: string): string {
  return afterUrl(session) ?? `/p/session/${session.id}?done=${done}`;
}

/** What is said of a finished step; a flow may bring its own words. */
export function doneText({ session, locale }: PortalView, done: string | undefined): string | null {
  const known = locale.words.portal.done[done ?? ""] ?? null;
  const own = session.flow?.after_completion.hosted_confirmation?.custom_message ?? null;
  return known === null ? null : (own ?? known);
}

/** The page of a link that is no longer good. */
export function gone(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const locale = localeFor(request, null, null);
  const { portal: title, portalText: text } = locale.words.closed;
  const mark = html`<span class="late">${icon("clock")}</span>`;
  return sendPage(reply, notice({ title, text, status: 404, locale, mark }));
}
