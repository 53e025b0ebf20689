import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { FastifyReply } from "fastify";
import { type Html, html } from "./html.ts";

const asset = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const STYLE = asset("./style.css");
const SCRIPTS = { checkout: asset("./checkout.client.js"), clock: asset("./start.client.js") };

export interface Page {
  title: string;
  body: Html;
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
<html lang="en">
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
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#4b5bd4"/><path d="M7 12h18v10H7z" fill="none" stroke="#fff" stroke-width="2.5" stroke-linejoin="round"/><path d="M7 15.5h18" stroke="#fff" stroke-width="2.5"/></svg>';

/** The mark that no page goes without. */
export const TEST_MODE = html`<p class="test-mode"><span class="dot" aria-hidden="true"></span>Test mode <span class="quiet">· emulator, no real money</span></p>`;

/** A page that says one thing and offers one way on. */
export function notice(options: {
  title: string;
  text: string;
  link?: { href: string; label: string } | null;
  status?: number;
}): Page {
  const link = options.link
    ? html`<p><a class="button" href="${options.link.href}">${options.link.label}</a></p>`
    : null;
  return {
    title: options.title,
    ...(options.status !== undefined && { status: options.status }),
    body: html`<main class="notice">${TEST_MODE}<h1>${options.title}</h1><p>${options.text}</p>${link}</main>`,
  };
}
