import type { FastifyInstance } from "fastify";
import { TEST_CARDS } from "../billing/test-cards.ts";
import type { Engine } from "../engine.ts";
import { type Page, sendPage, testMode } from "./document.ts";
import { eventList } from "./event-list.ts";
import { type Html, html } from "./html.ts";
import { moment, STEPS } from "./moments.ts";
import { plural } from "./words/plural.ts";

/** The emulator's own first page: what it is, what happened, the test cards, the clock. */
export function serveStartPage(app: FastifyInstance, engine: Engine): void {
  app.get("/", (_request, reply) => sendPage(reply, startPage(engine)));
}

function startPage(engine: Engine): Page {
  return {
    title: "Stripe emulator (test mode)",
    script: "control",
    body: html`<main class="board" id="start"><header class="board-head"><div>${testMode()}<h1>Stripe emulator</h1>
      <p>This server answers as Stripe's API does, for development and tests. It moves no money and talks to no bank.</p></div><a class="button" id="control-link" href="/control">Let time pass, or something go wrong</a></header>
      <div class="columns two"><div>${clock(engine)}${sessions(engine)}${endpoints(engine)}${cards()}</div><div>${eventList(engine, 20)}</div></div>
    </main>`,
  };
}

function clock(engine: Engine): Html {
  const now = engine.now();
  return html`<section class="panel" id="clock"><h2>Clock</h2>
    <p class="now"><code id="clock-now" data-now="${now}">${moment(now)}</code> UTC</p>
    <form class="actions" method="post" action="/control/clock">${STEPS.map(([seconds, label]) => html`<button class="button plain" name="seconds" value="${seconds}" data-advance="${seconds}">+ ${label}</button>`)}</form></section>`;
}

function sessions(engine: Engine): Html {
  const rows = engine.store.all("sessions").slice(-8).reverse();
  const list = html`<ul class="log">${rows.map((row) => html`<li><a class="event" href="/c/pay/${row.id}"><code>${row.id.slice(0, 22)}…</code><span class="quiet">${row.customer_details?.email ?? row.mode} <span class="tag ${row.status === "complete" ? "good" : ""}">${row.status}</span></span></a></li>`)}</ul>`;
  return html`<section class="panel" id="checkouts" data-live><h2>Checkouts</h2>${rows.length === 0 ? html`<p class="quiet">None yet.</p>` : list}</section>`;
}

function endpoints({ store }: Engine): Html {
  const rows = store.all("endpoints");
  const list = html`<ul class="log">${rows.map((row) => html`<li><code>${row.url}</code> <span class="tag ${row.status === "enabled" ? "good" : "late"}">${row.status}</span> <span class="quiet">${row.enabled_events.includes("*") ? "every event" : plural(row.enabled_events.length, "event type", "event types")}</span></li>`)}</ul>`;
  return html`<section class="panel" id="endpoints"><h2>Webhook endpoints</h2>${rows.length === 0 ? html`<p class="quiet">None: start with <code>--forward-to</code>, or create one through the API.</p>` : list}</section>`;
}

/** A number as it stands on the card. */
function grouped(number: string): string {
  return number.length === 15
    ? number.replace(/^(\d{4})(\d{6})/, "$1 $2 ")
    : number.replaceAll(/(\d{4})(?=\d)/g, "$1 ");
}

function cards(): Html {
  return html`<section class="panel" id="test-cards"><h2>Test cards</h2><p class="quiet">Any date to come, any security code.</p><ul class="log tall" tabindex="0" aria-label="Test cards">${TEST_CARDS.map(
    (card) =>
      html`<li class="test-card"><code>${grouped(card.number)}</code> <span>${card.label}</span></li>`,
  )}</ul></section>`;
}
