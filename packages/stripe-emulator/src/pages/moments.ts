import { type Html, html } from "./html.ts";

/** "2026-01-31 12:00:00", always UTC: what the emulator's own pages write. */
export function moment(ms: number): string {
  return new Date(ms).toISOString().replace("T", " ").slice(0, 19);
}

/** A moment where a year would be in the way. */
export function shortMoment(ms: number): Html {
  const text = moment(ms);
  return html`<time datetime="${new Date(ms).toISOString()}" title="${text} UTC">${text.slice(5)}</time>`;
}

/** The steps by which clocks are moved by hand. */
export const STEPS = [
  [3600, "1 hour"],
  [86_400, "1 day"],
  [5 * 86_400, "5 days"],
  [31 * 86_400, "31 days"],
] as const;
