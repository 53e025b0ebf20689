import { type Page, TEST_MODE } from "./document.ts";
import { html } from "./html.ts";

export interface Challenge {
  /** Where the answer goes. */
  action: string;
  /** "a payment of 39,00 kr" */
  purpose: string;
  last4: string;
  leadsTo: readonly (string | null)[];
}

/** The challenge a bank shows for 3-D Secure: pass it or fail it. */
export function bankPage({ action, purpose, last4, leadsTo }: Challenge): Page {
  return {
    title: "3-D Secure (test mode)",
    leadsTo,
    body: html`<main class="bank" id="three-d-secure">${TEST_MODE}
      <h1>Confirm with your bank</h1>
      <p>This is where the bank of the card ending in ${last4} would ask you to confirm ${purpose}.</p>
      <form method="post" action="${action}">
        <button class="button" name="answer" value="complete" id="complete-authentication">Complete authentication</button>
        <button class="button plain" name="answer" value="fail" id="fail-authentication">Fail authentication</button>
      </form></main>`,
  };
}
