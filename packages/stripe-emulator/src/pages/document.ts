import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { FastifyReply } from "fastify";
import { type Html, html } from "./html.ts";
import { type Locale, PLAIN } from "./language.ts";

const asset = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const STYLE = ["base", "fields", "checkout", "bank", "portal", "invoice", "control"]
  .map((name) => asset(`./style/${name}.css`))
  .join("\n");
const SCRIPTS = { checkout: asset("./checkout.client.js"), control: asset("./control.client.js") };

export interface Page {
  title: string;
  body: Html;
  /** English when it is left out. */
  lang?: Locale["lang"];
  script?: keyof typeof SCRIPTS;
  /** Where its forms may lead by redirect, besides the emulator itself. */
  leadsTo?: readonly (string | null)[];
  status?: number;
}

/** Sends a whole page that loads nothing from anywhere: style and script are inline, named by a nonce. */
export function sendPage(reply: FastifyReply, page: Page): FastifyReply {
  const nonce = randomBytes(16).toString("base64");
  const origins = (page.leadsTo ?? []).flatMap((url) =>
    url !== null && URL.canParse(url) ? [new URL(url).origin] : [],
  );
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src data:",
    `form-action 'self' ${[...new Set(origins)].join(" ")}`.trim(),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  const script = page.script === undefined ? "" : SCRIPTS[page.script];
  const text = `<!doctype html>
<html lang="${page.lang ?? "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${html`<title>${page.title}</title>`.text}
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(ICON)}">
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
${page.body.text}
${script === "" ? "" : `<script nonce="${nonce}">${script}</script>`}
</body>
</html>
`;
  return reply
    .status(page.status ?? 200)
    .header("content-security-policy", policy)
    .header("referrer-policy", "same-origin")
    .header("x-content-type-options", "nosniff")
    .header("cache-control", "no-store")
    .type("text/html; charset=utf-8")
    .send(text);
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#b45309"/><path d="M7 11h18v11H7z" fill="none" stroke="#fff" stroke-width="2.5" stroke-linejoin="round"/><path d="M7 15.5h18" stroke="#fff" stroke-width="2.5"/></svg>';

/** The mark that no page goes without. */
export function testMode({ words }: Locale = PLAIN): Html {
  return html`<p class="test-mode"><strong>${words.testMode}</strong> <span>· ${words.emulator}</span></p>`;
}

/** What stands at the foot of the hosted pages. */
export function foot({ words }: Locale): Html {
  return html`<footer class="foot"><p><strong>${words.testMode} · ${words.emulator}</strong></p><p>${words.noMoney}</p></footer>`;
}

/** A page that says one thing and offers one way on. */
export function notice(options: {
  title: string;
  text: string;
  link?: { href: string; label: string } | null;
  status?: number;
  locale?: Locale;
  mark?: Html;
}): Page {
  const link = options.link
    ? html`<p><a class="button" href="${options.link.href}">${options.link.label}</a></p>`
    : null;
  const mark = options.mark ? html`<div class="big-mark">${options.mark}</div>` : null;
  return {
    title: options.title,
    lang: options.locale?.lang ?? "en",
    ...(options.status !== undefined && { status: options.status }),
    body: html`<main class="notice">${testMode(options.locale)}${mark}<h1>${options.title}</h1><p>${options.text}</p>${link}</main>`,
  };
}
