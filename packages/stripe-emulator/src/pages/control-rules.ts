import type { ActiveRule } from "../chaos/chaos.ts";
import { FAULT_TEXT, FAULTS, type Fault } from "../chaos/faults.ts";
import type { Engine } from "../engine.ts";
import { field } from "./card-fields.ts";
import { type Html, html } from "./html.ts";

/** What was typed and refused, with the reason; null when the form is fresh. */
export interface Refused {
  fields: Partial<Record<string, string>>;
  problem: string;
}

/** What goes wrong now, and the buttons that end it. */
export function rulesSection({ chaos }: Engine): Html {
  const { rules: active } = chaos.read();
  const down = chaos.isDown()
    ? null
    : html`<form method="post" action="/control/rules"><button class="button danger" name="fault" value="down" id="take-down">Take Stripe down</button></form>`;
  const end =
    active.length === 0
      ? null
      : html`<form method="post" action="/control/calm"><button class="button plain" id="end-all">End everything that goes wrong</button></form>`;
  return html`<section class="panel" id="rules" data-live><h2>What goes wrong</h2>
    ${active.length === 0 ? html`<p class="quiet">Nothing.</p>` : html`<ul class="rules">${active.map(ruleRow)}</ul>`}
    <div class="actions">${down}${end}</div></section>`;
}

function ruleRow(rule: ActiveRule): Html {
  const often =
    rule.left !== null
      ? rule.left === 0
        ? "spent"
        : `${rule.left} more`
      : rule.probability === undefined
        ? "always"
        : `${Math.round(rule.probability * 100)} %`;
  const where = rule.only === undefined ? null : html`<br><code>${rule.only.join(", ")}</code>`;
  return html`<li><p><strong>${rule.fault.replaceAll("_", " ")}</strong> <span class="tag late">${often}</span> <span class="tag">${rule.hits} so far</span><br><span class="quiet">${FAULT_TEXT[rule.fault]}</span>${where}</p>
    <form method="post" action="/control/rules/${rule.id}/end"><button class="button plain" aria-label="End ${rule.fault.replaceAll("_", " ")}">End</button></form></li>`;
}

/** The form for one rule more. */
export function newRule(refused: Refused | null): Html {
  const typed = refused?.fields ?? {};
  const optional = { inputmode: "decimal", optional: true } as const;
  return html`<section class="panel" id="new-rule-panel"><h2>Let something go wrong</h2>
    <form method="post" action="/control/rules" id="new-rule">
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

/** How often each fault was injected. */
export function counts({ chaos }: Engine): Html {
  const rows = Object.entries(chaos.read().counts).filter(([, count]) => count > 0);
  return html`<section class="panel" id="injected" data-live ${rows.length === 0 ? html`hidden` : null}><h2>Injected so far</h2><dl id="counts">${rows.map(
    ([fault, count]) => html`<div class="row"><dt>${fault.replaceAll("_", " ")}</dt><dd>${count}</dd></div>`,
  )}</dl></section>`;
}
