import type { Engine } from "../engine.ts";
import { counts, newRule, type Refused, rulesSection } from "./control-rules.ts";
import { clockSection, stateSection, testClocks, waitingSection } from "./control-state.ts";
import { deliveryLog } from "./delivery-log.ts";
import { type Page, testMode } from "./document.ts";
import { eventList } from "./event-list.ts";
import { html } from "./html.ts";

export interface ControlShown {
  /** What was just done. */
  said: string | null;
  refused: Refused | null;
  /** Only deliveries in this state. */
  status: string | undefined;
}

/** Time and trouble by hand: the clock, what goes wrong, what was sent and what came of it. Works without scripts. */
export function controlPage(engine: Engine, { said, refused, status }: ControlShown): Page {
  return {
    title: "Control (test mode)",
    script: "control",
    body: html`<main class="board" id="control"><header class="board-head"><div>${testMode()}<h1>Control</h1></div><a class="button plain" id="backLink" href="/">Emulator</a></header>
      <p class="said" id="control-status" role="status">${said}</p>
      <div class="columns"><div>${clockSection(engine)}${testClocks(engine)}${waitingSection(engine)}${stateSection(engine)}</div>
      <div>${rulesSection(engine)}${counts(engine)}${newRule(refused)}</div>
      <div>${deliveryLog(engine, status)}${eventList(engine, 25)}</div></div>
    </main>`,
  };
}
