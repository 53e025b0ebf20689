import { type Page, testMode } from "./document.ts";
import { type Html, html } from "./html.ts";
import { icon } from "./icons.ts";
import type { Locale } from "./language.ts";
import { money, shortDay } from "./money.ts";

export interface Challenge {
  /** Where the answer goes. */
  action: string;
  locale: Locale;
  /** What is to be paid, smallest unit; 0: a card is saved. */
  amount: number;
  currency: string;
  /** Unix seconds. */
  now: number;
  merchant: string;
  last4: string;
  leadsTo: readonly (string | null)[];
}

/** The challenge a bank shows for 3-D Secure: pass it or fail it. A dialog of the bank's over the shop's page. */
export function bankPage(challenge: Challenge): Page {
  const { action, locale, amount, currency, last4 } = challenge;
  const words = locale.words.bank;
  const shown = money(amount, currency, locale);
  const purpose = amount === 0 ? words.saving : words.payment(shown);
  return {
    title: words.title,
    lang: locale.lang,
    leadsTo: challenge.leadsTo,
    body: html`<main class="challenge"><div class="dialog" id="three-d-secure" role="dialog" aria-modal="true" aria-labelledby="bank-heading" aria-describedby="bank-text">
      <header class="bank-head"><span class="bank-name">${icon("bank")}${words.name}</span><span class="scheme">${icon("lock")}${words.scheme}</span></header>
      <div class="bank-body">${testMode(locale)}
      <h1 id="bank-heading">${words.heading}</h1>
      <p id="bank-text">${words.text(last4, purpose)}</p>
      ${facts(challenge, shown)}
      <form method="post" action="${action}">
        <button class="button" name="answer" value="complete" id="complete-authentication">${words.complete}</button>
        <button class="button plain" name="answer" value="fail" id="fail-authentication">${words.fail}</button>
      </form></div></div></main>`,
  };
}

function facts({ locale, merchant, amount, last4, now }: Challenge, shown: string): Html {
  const { bank: words } = locale.words;
  const rows = [
    [words.merchant, merchant],
    ...(amount === 0 ? [] : [[words.amount, shown]]),
    [words.cardRow, `•••• ${last4}`],
    [words.date, shortDay(now, locale)],
  ];
  return html`<dl class="facts">${rows.map(([name, value]) => html`<div class="row"><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
