import { existsSync } from "node:fs";
import { canUseBundledBrowser, unpackBundledBrowser } from "./bundled-browser.ts";
import { findSystemBrowser } from "./system-browser.ts";

/** A browser that can be started: its path, where it is from, and what it needs in its environment. */
export interface FoundBrowser {
  path: string;
  from: "system" | "npm";
  environment: Record<string, string>;
}

/** What to tell somebody whose machine has none; the same sentence in tests, screens and CI. */
export const NO_BROWSER =
  "NO BROWSER: install Chromium or Chrome (or set CHROME_PATH); the one from npm runs on Linux x64 only.";

/** The system's Chromium or Chrome, else the one from npm (`BROWSER_FROM=npm` asks for that one), else null. */
export async function findBrowser(): Promise<FoundBrowser | null> {
  const installed = process.env.BROWSER_FROM === "npm" ? null : findSystemBrowser();
  if (installed) return { path: installed, from: "system", environment: {} };
  if (!canUseBundledBrowser()) return null;
  const { path, libraries, fonts } = await unpackBundledBrowser();
  return { path, from: "npm", environment: environmentFor(libraries, fonts) };
}

// The system's own libraries and fonts come first: ours only fill what a bare machine lacks.
function environmentFor(libraries: string, fonts: string): Record<string, string> {
  const paths = [process.env.LD_LIBRARY_PATH, libraries].filter(Boolean).join(":");
  const hasFonts = existsSync("/etc/fonts/fonts.conf");
  return { LD_LIBRARY_PATH: paths, ...(hasFonts ? {} : { FONTCONFIG_PATH: fonts }) };
}
