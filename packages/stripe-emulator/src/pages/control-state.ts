import { customersOfClock } from "../billing/test-clock.ts";
import type { Engine } from "../engine.ts";
import { field } from "./card-fields.ts";
import { type Html, html } from "./html.ts";
import { moment, STEPS, shortMoment } from "./moments.ts";
import { plural } from "./words/plural.ts";

/** The emulator's clock and what lets it pass. */
export function clockSection(engine: Engine): Html {
  const next = engine.nextDue();
  return html`<section class="panel" id="clock" data-live><h2>Clock</h2>
    <p class="now"><code id="clock-now" data-now="${engine.now()}">${moment(engine.now())}</code> UTC</p>
    <form class="actions" method="post" action="/control/clock">
      ${STEPS.map(([seconds, label]) => html`<button class="button plain" name="seconds" value="${seconds}">+ ${label}</button>`)}
    </form>
    ${next === null ? html`<p class="quiet">Nothing is planned.</p>` : html`<form class="actions" method="post" action="/control/clock"><button class="button" id="to-next-due" name="to" value="${next}">To the next due moment, ${moment(next)}</button></form>`}
    <form class="inline" method="post" action="/control/clock"><label for="until">To a moment (UTC)</label><input type="datetime-local" id="until" name="until" step="1"><button class="button plain">Go</button></form></section>`;
}

/** Stripe's own test clocks; hidden while there is none. */
export function testClocks({ store, world }: Engine): Html {
  const rows = store.all("testClocks");
  return html`<section class="panel" id="test-clocks" data-live ${rows.length === 0 ? html`hidden` : null}><h2>Test clocks</h2><ul class="log">${rows.map(
    (clock) =>
      html`<li class="test-clock"><p><strong>${clock.name ?? clock.id}</strong> <span class="tag ${clock.status === "ready" ? "good" : "late"}">${clock.status}</span><br><code>${moment(clock.frozen_time * 1000)}</code> <span class="quiet">${plural(customersOfClock(world, clock.id).length, "customer", "customers")}</span></p>
      <form class="actions" method="post" action="/control/test-clocks/${clock.id}">${STEPS.slice(1).map(([seconds, label]) => html`<button class="button plain" name="seconds" value="${seconds}">+ ${label}</button>`)}</form></li>`,
  )}</ul></section>`;
}

/** What is on its way, and the hand that holds it. */
export function waitingSection({ deliveries }: Engine): Html {
  const waiting = deliveries.all().filter(({ status }) => status === "pending");
  const held = waiting.filter((row) => row.held === true).length;
  const { hold } = deliveries;
  return html`<section class="panel" id="on-their-way" data-live><h2>Events on their way</h2>
    <p id="waiting">${waiting.length} waiting${held > 0 ? `, ${held} of them held by a fault` : null}${hold ? ". Nothing is sent until you let go." : "."}</p>
    <form class="actions" method="post" action="/control/deliveries">
      ${hold ? html`<button class="button" name="do" value="go">Let go</button>` : html`<button class="button plain" name="do" value="hold">Hold everything</button>`}
      ${held > 0 ? html`<button class="button plain" name="do" value="release">Release the held</button>` : null}
    </form></section>`;
}

/** Everything as it is, kept to come back to; and the way to forget everything. */
export function stateSection({ store }: Engine): Html {
  const rows = store.all("snapshots").toReversed();
  return html`<section class="panel" id="state"><h2>State</h2>
    <form class="inline" method="post" action="/control/snapshots">${field({ id: "snapshot-name", label: "Name of a snapshot", placeholder: "before the renewal", optional: true })}<button class="button plain" id="take-snapshot">Take snapshot</button></form>
    <ul class="log" id="snapshots">${rows.map(
      (row) =>
        html`<li class="snapshot"><p><strong>${row.name ?? row.id}</strong><br><span class="quiet">${shortMoment(row.at)} · ${row.documents.length} documents</span></p>
        <form class="actions" method="post" action="/control/snapshots/${row.id}"><button class="button plain" name="do" value="restore" aria-label="Restore ${row.name ?? row.id}">Restore</button><button class="button plain" name="do" value="forget" aria-label="Forget ${row.name ?? row.id}">Forget</button></form></li>`,
    )}</ul>
    <details class="reset"><summary>Reset…</summary><p>Customers, subscriptions, events: everything is forgotten, except the clock, the snapshots and the endpoint given at the start.</p>
      <form method="post" action="/control/reset"><button class="button danger" id="reset">Forget everything</button></form></details></section>`;
}
