import { attemptsOf, DELIVERY_STATUSES, filterDeliveries } from "../delivery/attempts.ts";
import type { Engine } from "../engine.ts";
import type { Delivery } from "../store/tables.ts";
import { type Html, html } from "./html.ts";
import { shortMoment } from "./moments.ts";

const SHOWN = 40;
const KIND: Record<string, string> = { succeeded: "good", exhausted: "bad", dropped: "bad", pending: "late" };

/** What was sent where and what came of it, the newest first; each row opens to its attempts. */
export function deliveryLog(engine: Engine, asked: string | undefined): Html {
  const status = DELIVERY_STATUSES.find((one) => one === asked);
  const rows = filterDeliveries(engine.store, { status }).slice(-SHOWN).reverse();
  const tab = (name: string, value: string | undefined) =>
    html`<a href="/control${value === undefined ? "" : `?status=${value}`}#deliveries" ${value === status ? html`aria-current="true"` : null}>${name}</a>`;
  return html`<section class="panel" id="deliveries" data-live><h2>Deliveries</h2>
    <nav class="tabs" aria-label="Deliveries by state">${tab("All", undefined)}${DELIVERY_STATUSES.map((one) => tab(one, one))}</nav>
    ${rows.length === 0 ? html`<p class="quiet">None${status === undefined ? " yet" : ` ${status}`}.</p>` : html`<ul class="log tall">${rows.map((row) => deliveryRow(engine, row))}</ul>`}</section>`;
}

/** One delivery with its attempts, folded unless `open`, and the button that sends it again. */
export function deliveryRow(engine: Engine, row: Delivery, open = false): Html {
  const endpoint = engine.store.get("endpoints", row.endpoint)?.url ?? row.endpoint;
  const how = row.held === true ? "held" : row.status;
  const answer = row.lastStatus ?? row.lastError ?? "not sent yet";
  return html`<li><details id="d-${row.id}" ${open ? html`open` : null}><summary><span class="tag ${KIND[row.status]}">${how}</span> <code>${row.eventType}</code> <span class="quiet">${answer}${row.attempts > 1 ? ` · ${row.attempts} attempts` : null}${row.copy === true ? " · copy" : null}</span></summary>
    <p class="quiet">to <code>${endpoint}</code></p>${attempts(engine, row)}
    <div class="actions"><a class="button plain" href="/control/events/${row.event}">Payload</a>
    <form method="post" action="/control/events/${row.event}/resend"><input type="hidden" name="endpoint" value="${row.endpoint}"><button class="button plain">Resend</button></form></div></details></li>`;
}

function attempts({ store }: Engine, row: Delivery): Html {
  const rows = attemptsOf(store, row.id);
  if (rows.length === 0) return html`<p class="quiet">No attempt is known.</p>`;
  return html`<ol class="attempts">${rows.map((attempt) => html`<li>${shortMoment(attempt.at)} <span class="tag ${attempt.status !== null && attempt.status < 300 ? "good" : "bad"}">${attempt.status ?? attempt.error}</span> <span class="quiet">${Math.round(attempt.took)} ms</span></li>`)}</ol>`;
}
