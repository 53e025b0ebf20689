import type { FastifyInstance } from "fastify";
import { TEST_CARDS } from "../billing/test-cards.ts";
import type { Engine } from "../engine.ts";
import { type Page, sendPage, TEST_MODE } from "./document.ts";
import { type Html, html } from "./html.ts";

/** The emulator's own first page: what it is, what happened, the test cards, the clock. */
export function serveStartPage(app: FastifyInstance, engine: Engine): void {
  app.get("/", (_request, reply) => sendPage(reply, startPage(engine)));
}

function startPage(engine: Engine): Page {
  return {
    title: "Stripe emulator (test mode)",
    script: "clock",
    body: html`<main class="sheet">${TEST_MODE}
      <h1>Stripe emulator</h1>
      <p>This server answers as Stripe's API does, for development and tests. It moves no money and talks to no bank. <a id="control-link" href="/control">Let time pass, or something go wrong</a>.</p>
      ${clock(engine)} ${sessions(engine)} ${events(engine)} ${cards()}
    </main>`,
  };
}

function clock(engine: Engine): Html {
  const steps = [
    [3600, "1 hour"],
    [86_400, "1 day"],
    [5 * 86_400, "5 days"],
    [31 * 86_400, "31 days"],
  ] as const;
  const now = engine.now();
  return html`<section class="card"><h2>Clock</h2>
    <p><code id="clock-now" data-now="${now}">${new Date(now).toISOString().replace("T", " ").slice(0, 19)}</code> UTC</p>
    <div class="actions">${steps.map(([seconds, label]) => html`<button class="button plain" type="button" data-advance="${seconds}">+ ${label}</button>`)}</div></section>`;
}

function sessions(engine: Engine): Html {
  const rows = engine.store.all("sessions").slice(-8).reverse();
  if (rows.length === 0)
    return html`<section class="card"><h2>Checkouts</h2><p class="quiet">None yet.</p></section>`;
  return html`<section class="card"><h2>Checkouts</h2><div class="scroll"><table><thead><tr><th>Session</th><th>Customer</th><th>Status</th></tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr><td><a href="/c/pay/${row.id}"><code>${row.id.slice(0, 20)}…</code></a></td><td>${row.customer_details?.email ?? "–"}</td><td><span class="tag">${row.status}</span></td></tr>`,
  )}</tbody></table></div></section>`;
}

function events(engine: Engine): Html {
  const rows = engine.store.all("events").slice(-15).reverse();
  if (rows.length === 0)
    return html`<section class="card"><h2>Events</h2><p class="quiet">None yet.</p></section>`;
  const deliveries = Map.groupBy(engine.deliveries.all(), (row) => row.event);
  const state = (event: string) => {
    const sent = deliveries.get(event) ?? [];
    return sent.length === 0
      ? "no endpoint"
      : sent.map((row) => `${row.status}${row.lastStatus === null ? "" : ` ${row.lastStatus}`}`).join(", ");
  };
  return html`<section class="card"><h2>Events</h2><div class="scroll"><table><thead><tr><th>Time (UTC)</th><th>Type</th><th>Delivery</th></tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr><td>${new Date(row.created * 1000).toISOString().slice(5, 19).replace("T", " ")}</td><td><code>${row.type}</code></td><td><span class="tag">${state(row.id)}</span></td></tr>`,
  )}</tbody></table></div></section>`;
}

function cards(): Html {
  return html`<section class="card" id="test-cards"><h2>Test cards</h2><p class="quiet">Any date to come, any security code.</p><div class="scroll"><table><thead><tr><th>Number</th><th>What it does</th></tr></thead><tbody>${TEST_CARDS.map(
    (card) =>
      html`<tr><td><code>${card.number.replaceAll(/(\d{4})(?=\d)/g, "$1 ")}</code></td><td>${card.label}</td></tr>`,
  )}</tbody></table></div></section>`;
}
