import type { ActiveRule } from "../chaos/chaos.ts";
import { FAULT_TEXT, FAULTS, type Fault } from "../chaos/faults.ts";
import type { Engine } from "../engine.ts";
import { field } from "./card-fields.ts";
import { type Page, TEST_MODE } from "./document.ts";
import { type Html, html } from "./html.ts";

/** What was typed and refused, with the reason; null when the form is fresh. */
export interface Refused {
  fields: Partial<Record<string, string>>;
  problem: string;
}

/** Time and trouble by hand: the clock, what goes wrong, and how often it did. Works without scripts. */
export function controlPage(engine: Engine, said: string | null, refused: Refused | null): Page {
  return {
    title: "Control (test mode)",
    body: html`<main class="sheet" id="control"><header class="top"><a class="back" id="backLink" href="/"><span aria-hidden="true">←</span> Emulator</a>${TEST_MODE}</header>
      <h1>Control</h1><p class="said" id="control-status" role="status">${said}</p>
      ${clock(engine)} ${deliveries(engine)} ${rules(engine)} ${newRule(refused)} ${counts(engine)}
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
  const next = engine.nextDue();
  return html`<section class="card"><h2>Clock</h2>
    <p><code id="clock-now">${moment(engine.now())}</code> UTC</p>
    <form class="actions" method="post" action="/control/clock">
      ${steps.map(([seconds, label]) => html`<button class="button plain" name="seconds" value="${seconds}">+ ${label}</button>`)}
      ${next === null ? null : html`<button class="button plain" id="to-next-due" name="to" value="${next}">To the next due moment, ${moment(next)}</button>`}
    </form></section>`;
}

function deliveries(engine: Engine): Html {
  const waiting = engine.deliveries.all().filter(({ status }) => status === "pending");
  const held = waiting.filter((row) => row.held === true).length;
  const { hold } = engine.deliveries;
  return html`<section class="card"><h2>Events on their way</h2>
    <p id="waiting">${waiting.length} waiting${held > 0 ? `, ${held} of them held by a fault` : null}${hold ? ". Nothing is sent until you let go." : "."}</p>
    <form class="actions" method="post" action="/control/deliveries">
      ${hold ? html`<button class="button" name="do" value="go">Let go</button>` : html`<button class="button plain" name="do" value="hold">Hold everything</button>`}
      ${held > 0 ? html`<button class="button plain" name="do" value="release">Release the held</button>` : null}
    </form></section>`;
}

function rules({ chaos }: Engine): Html {
  const { rules: active } = chaos.read();
  const down = chaos.isDown()
    ? null
    : html`<form method="post" action="/control/rules"><button class="button danger" name="fault" value="down" id="take-down">Take Stripe down</button></form>`;
  const end =
    active.length === 0
      ? null
      : html`<form method="post" action="/control/calm"><button class="button plain" id="end-all">End everything that goes wrong</button></form>`;
  return html`<section class="card" id="rules"><h2>What goes wrong</h2>
    ${active.length === 0 ? html`<p class="quiet">Nothing.</p>` : html`<ul class="rules">${active.map(ruleRow)}</ul>`}
    <div class="actions">${down}${end}</div></section>`;
}

function ruleRow(rule: ActiveRule): Html {
  const often =
    rule.left !== null
      ? `${rule.left} more`
      : rule.probability === undefined
        ? "always"
        : `${Math.round(rule.probability * 100)} %`;
  const where = rule.only === undefined ? null : html`<br><code>${rule.only.join(", ")}</code>`;
  return html`<li><p><strong>${rule.fault.replaceAll("_", " ")}</strong> <span class="tag">${often}</span> <span class="tag">${rule.hits} so far</span><br><span class="quiet">${FAULT_TEXT[rule.fault]}</span>${where}</p>
    <form method="post" action="/control/rules/${rule.id}/end"><button class="button plain" aria-label="End ${rule.fault.replaceAll("_", " ")}">End</button></form></li>`;
}

function newRule(refused: Refused | null): Html {
  const typed = refused?.fields ?? {};
  const optional = { inputmode: "decimal", optional: true } as const;
  return html`<section class="card"><h2>Let something go wrong</h2>
    <form method="post" action="/control/rules#new-rule" id="new-rule">
      ${refused === null ? null : html`<div class="alert" role="alert" id="form-alert">${refused.problem}</div>`}
      <div class="field"><label for="fault">What</label><select id="fault" name="fault">${FAULTS.filter(
        (fault) => fault !== "down",
      ).map(
        (fault: Fault) =>
          html`<option value="${fault}" ${fault === typed["fault"] ? html`selected` : null}>${fault.replaceAll("_", " ")}: ${FAULT_TEXT[fault]}</option>`,
      )}</select></div>
      <div class="pair">
        ${field({ id: "percent", label: "How often, in %", placeholder: "100", value: typed["percent"], ...optional })}
        ${field({ id: "next", label: "Only the next", placeholder: "without end", value: typed["next"], ...optional })}
      </div>
      ${field({ id: "only", label: "Only these calls or event types", placeholder: "POST /v1/refunds, invoice.*", value: typed["only"], optional: true })}
      ${field({ id: "ms", label: "Milliseconds (slow, delay, stale)", placeholder: "as usual", value: typed["ms"], ...optional })}
      <button class="button" id="add-rule">Add</button>
    </form></section>`;
}

function counts({ chaos }: Engine): Html | null {
  const rows = Object.entries(chaos.read().counts).filter(([, count]) => count > 0);
  if (rows.length === 0) return null;
  return html`<section class="card"><h2>Injected so far</h2><dl id="counts">${rows.map(
    ([fault, count]) => html`<div class="row"><dt>${fault.replaceAll("_", " ")}</dt><dd>${count}</dd></div>`,
  )}</dl></section>`;
}

function moment(ms: number): string {
  return new Date(ms).toISOString().replace("T", " ").slice(0, 19);
}
