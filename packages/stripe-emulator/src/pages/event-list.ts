import type { Engine } from "../engine.ts";
import { deliveryRow } from "./delivery-log.ts";
import { notice, type Page, testMode } from "./document.ts";
import { type Html, html } from "./html.ts";
import { moment, shortMoment } from "./moments.ts";

/** The latest events with what became of each; their payloads are one click away. */
export function eventList(engine: Engine, most: number): Html {
  const rows = engine.store.all("events").slice(-most).reverse();
  const list = html`<ul class="log tall">${rows.map((row) => html`<li><a class="event" href="/control/events/${row.id}"><code>${row.type}</code><span class="quiet">${shortMoment(row.created * 1000)}${stateOf(engine, row.id)}</span></a></li>`)}</ul>`;
  return html`<section class="panel" id="events" data-live><h2>Events</h2>${rows.length === 0 ? html`<p class="quiet">None yet.</p>` : list}</section>`;
}

function stateOf({ store }: Engine, event: string): Html {
  const rows = store.where("deliveries", "event", event);
  const good = rows.length > 0 && rows.every(({ status }) => status === "succeeded");
  const text = rows.map((row) => (row.lastStatus === null ? row.status : `${row.status} ${row.lastStatus}`));
  return html`<span class="tag ${good ? "good" : ""}">${rows.length === 0 ? "no endpoint" : text.join(", ")}</span>`;
}

/** One event: what it says, word for word, where it went, and the button that sends it again. */
export function eventPage(engine: Engine, id: string, said: string | null): Page {
  const event = engine.store.get("events", id);
  if (event === undefined)
    return notice({ title: "No such event", text: `There is no event ${id}.`, status: 404 });
  const rows = engine.store.where("deliveries", "event", id);
  return {
    title: `${event.type} (test mode)`,
    script: "control",
    body: html`<main class="board single" id="event"><header class="board-head"><div>${testMode()}<h1><code>${event.type}</code></h1>
        <p class="quiet"><code>${event.id}</code> · ${moment(event.created * 1000)} UTC</p></div><a class="button plain" id="backLink" href="/control#events">Back to control</a></header>
      <p class="said" id="control-status" role="status">${said}</p>
      <section class="panel" id="deliveries"><h2>Deliveries</h2>${rows.length === 0 ? html`<p class="quiet">No endpoint wanted it.</p>` : html`<ul class="log">${rows.map((row) => deliveryRow(engine, row, true))}</ul>`}
        <form class="actions" method="post" action="/control/events/${event.id}/resend"><button class="button" id="resend">Resend to all</button></form></section>
      <section class="panel" id="payload"><h2>Payload</h2><pre tabindex="0" role="region" aria-label="Payload"><code>${JSON.stringify(event, null, 2)}</code></pre></section></main>`,
  };
}
