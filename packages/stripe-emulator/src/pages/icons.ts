import { Html, html } from "./html.ts";

// Drawn for this emulator: they say which brand it is, and copy nobody's artwork.
const card = (inner: string, ground = "#fff", edge = "#c9cedb") =>
  `<rect x=".5" y=".5" width="35" height="23" rx="4" fill="${ground}" stroke="${edge}"/>${inner}`;
const lettered = (text: string, ground: string, fill: string) =>
  card(
    `<text x="18" y="16" text-anchor="middle" font-family="Arial, Helvetica, sans-serif" font-weight="800" ${text === "VISA" ? 'font-style="italic" ' : ""}font-size="${text.length > 4 ? 7.5 : 10}" textLength="${text.length > 4 ? 28 : 24}" lengthAdjust="spacingAndGlyphs" fill="${fill}">${text}</text>`,
    ground,
    ground === "#fff" ? "#c9cedb" : ground,
  );
const LINED = card(
  '<path d="M1 7h34v5H1z" fill="#7a8195"/><path d="M5 17h10" stroke="#7a8195" stroke-width="2"/>',
);
const DRAWINGS: Record<string, string> = {
  visa: lettered("VISA", "#fff", "#1f3a93"),
  mastercard: card(
    '<circle cx="14" cy="12" r="7" fill="#d8412f"/><circle cx="22" cy="12" r="7" fill="#f0a02c" fill-opacity=".85"/>',
  ),
  amex: lettered("AMEX", "#2a6fbb", "#fff"),
  discover: lettered("DISCOVER", "#fff", "#d5691e"),
  diners: card('<circle cx="18" cy="12" r="8" fill="none" stroke="#1f5f99" stroke-width="3"/>'),
  jcb: lettered("JCB", "#1d7a4c", "#fff"),
  unionpay: lettered("UNION", "#14646e", "#fff"),
  sepa_debit: lettered("SEPA", "#24418f", "#f7d34a"),
  card: LINED,
};
const NAMES: Record<string, string> = {
  visa: "Visa",
  mastercard: "Mastercard",
  amex: "American Express",
  discover: "Discover",
  diners: "Diners Club",
  jcb: "JCB",
  unionpay: "UnionPay",
};

/** "Visa" for Stripe's `visa`. */
export function brandName(brand: string): string {
  return NAMES[brand] ?? brand;
}

/** A small picture of a card brand; decoration, the name stands beside it in words. */
export function brandIcon(brand: string): Html {
  const drawing = new Html(DRAWINGS[brand] ?? LINED);
  return html`<svg class="brand" data-brand="${brand}" viewBox="0 0 36 24" width="30" height="20" aria-hidden="true" focusable="false">${drawing}</svg>`;
}

const STROKES = {
  back: "M15 18l-6-6 6-6M9 12h11",
  check: "M5 12.5l4.5 4.5L19 7.5",
  warning: "M12 8v5M12 16.5v.5M12 3l9.5 17h-19z",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  tag: "M3.5 12.5v-8h8l9 9-8 8zM8 8.5v.5",
  close: "M6 6l12 12M18 6L6 18",
  shop: "M4 10v10h16V10M3 10l2-6h14l2 6c0 2-3 2-3 0 0 2-3 2-3 0 0 2-3 2-3 0 0 2-3 2-3 0 0 2-3 2-3 0",
  bank: "M3 9l9-6 9 6zM5 9v9M10 9v9M14 9v9M19 9v9M3 20h18",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 3",
} as const;

/** A line drawing of its own size; decoration. */
export function icon(name: keyof typeof STROKES): Html {
  return html`<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="${STROKES[name]}"/></svg>`;
}

/** The back of a card with its three digits. */
export const CVC_ICON = html`<svg class="brand" viewBox="0 0 36 24" width="30" height="20" aria-hidden="true" focusable="false"><rect x=".5" y=".5" width="35" height="23" rx="4" fill="none" stroke="currentColor"/><path d="M1 5h34v5H1z" fill="currentColor"/><text x="25" y="19" text-anchor="middle" font-family="Arial, sans-serif" font-weight="700" font-size="8" fill="currentColor">123</text></svg>`;
