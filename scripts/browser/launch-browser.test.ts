import { existsSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { canUseBundledBrowser } from "./bundled-browser.ts";
import { findBrowser } from "./find-browser.ts";
import { launchBrowser } from "./launch-browser.ts";
import { findSystemBrowser } from "./system-browser.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

test("CHROME_PATH goes before what lies on the PATH, if it can be run", () => {
  expect(findSystemBrowser({ CHROME_PATH: process.execPath, PATH: "" })).toBe(process.execPath);
});

test.runIf(process.platform === "linux")("a machine without any browser has none", () => {
  expect(findSystemBrowser({ PATH: "/nowhere", CHROME_PATH: "/nowhere/chrome" })).toBeNull();
});

describe.runIf(canUseBundledBrowser())("the browser from npm", () => {
  test("is unpacked once, also when two ask at the same time, and shows a page", {
    timeout: 60_000,
  }, async () => {
    vi.stubEnv("BROWSER_FROM", "npm");
    const [first, second] = await Promise.all([findBrowser(), findBrowser()]);
    expect(first?.from).toBe("npm");
    expect(second?.path).toBe(first?.path);
    expect(existsSync(first?.path ?? "")).toBe(true);

    const browser = await launchBrowser();
    const page = await browser.newPage();
    await page.goto("data:text/html,<title>Hej</title>");
    expect(await page.title()).toBe("Hej");
    await browser.close();
  });
});
