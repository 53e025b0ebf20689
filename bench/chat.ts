import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { OpenAiStub } from "../apps/server/test/support/openai-stub.ts";
import { launchBrowser } from "../scripts/browser/launch-browser.ts";
import { openChat } from "./chat-page.ts";
import { seenAt, watchFrames, writeWords } from "./in-page.ts";
import type { Row } from "./report.ts";
import type { Stage } from "./stage.ts";
import { droppedShare, spread } from "./statistics.ts";

const WEB = resolve(import.meta.dirname, "../apps/web/dist");
const REPLIES = 10;
const MESSAGES = 5_000;
const TOKENS = 1_000;
const TOKEN_MS = 5;
const FIRST_CHARACTER_MS = 50;
const DROPPED_PERCENT = 5;

/**
 * The chat in a real browser, with a model's stand-in whose bytes leave when the bench says so: how long its first
 * character takes to be seen, and how many frames a fast reply costs in a long thread.
 */
export async function measureChat(stage: Stage): Promise<Row[]> {
  const model = await new OpenAiStub().start();
  const browser = await launchBrowser();
  try {
    const chat = await openChat(stage, browser, { webFolder: WEB, modelUrl: model.url });
    return [
      firstCharacterRow(await firstCharacters(await chat.open(0), model)),
      framesRow(await frames(await chat.open(MESSAGES), model), await framesOfBarePage(await chat.blank())),
    ];
  } finally {
    await browser.close();
    await model.stop();
  }
}

/** From the moment the model's first byte may leave to the frame in which its text is drawn, ms. */
async function firstCharacters(page: Page, model: OpenAiStub): Promise<number[]> {
  const waits: number[] = [];
  for (let reply = 0; reply <= REPLIES; reply++) {
    const word = `Reply-${reply}`;
    const begin = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    model.next(begin.promise, word, end.promise, " and the rest of it.");
    await ask(page, model, `Question ${reply}`);
    const seen = page.evaluate<number>(seenAt(word));
    const released = performance.timeOrigin + performance.now();
    begin.resolve();
    const at = await seen;
    end.resolve();
    await replyIsWhole(page);
    // The first one also loads what draws Markdown.
    if (reply > 0) waits.push(at - released);
  }
  return waits;
}

/** Share of frames that were not drawn while a model writes 200 tokens a second, in percent. */
async function frames(page: Page, model: OpenAiStub): Promise<number> {
  const gates = Array.from({ length: TOKENS }, () => Promise.withResolvers<void>());
  model.next(...gates.flatMap((gate, index) => [gate.promise, tokenAt(index)]));
  await ask(page, model, "Write a long answer.");
  const watching = page.evaluate<number[]>(watchFrames(TOKENS * TOKEN_MS));
  const began = performance.now();
  for (const [index, gate] of gates.entries()) {
    const wait = began + index * TOKEN_MS - performance.now();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    gate.resolve();
  }
  const dropped = droppedShare(await watching);
  await replyIsWhole(page);
  return dropped;
}

/** The same text into one text node of an empty page: what this machine drops by itself. */
async function framesOfBarePage(page: Page): Promise<number> {
  await page.setContent("<!doctype html><pre id=text style='white-space:pre-wrap'></pre>");
  const watching = page.evaluate<number[]>(watchFrames(TOKENS * TOKEN_MS));
  await page.evaluate(writeWords(TOKEN_MS));
  return droppedShare(await watching);
}

/** Words, a list now and then, and paragraphs: what a model writes. */
function tokenAt(index: number): string {
  if (index % 120 === 119) return "\n\n- ";
  if (index % 40 === 39) return ".\n\n";
  return index % 17 === 16 ? " **bold**" : " word";
}

async function ask(page: Page, model: OpenAiStub, question: string): Promise<void> {
  const before = model.requests.length;
  await page.locator("#composer").fill(question);
  await page.locator("#composer").press("Enter");
  await model.until(() => model.requests.length > before);
  await page.locator("[data-status=streaming]").waitFor();
}

const replyIsWhole = (page: Page): Promise<void> =>
  page.locator("[data-status=streaming]").waitFor({ state: "detached" });

function firstCharacterRow(waits: readonly number[]): Row {
  const { median, low, high } = spread(waits);
  return {
    what: "model's first byte → first character seen",
    real: `${median.toFixed(1)} (${low.toFixed(1)}–${high.toFixed(1)}) ms`,
    ...{ bare: "–", ratio: "–", budget: `≤ ${FIRST_CHARACTER_MS} ms` },
    kept: median <= FIRST_CHARACTER_MS,
  };
}

function framesRow(real: number, bare: number): Row {
  return {
    what: `frames dropped, 200 tokens/s into ${MESSAGES} messages`,
    real: `${real.toFixed(1)} %`,
    bare: `${bare.toFixed(1)} %`,
    ...{ ratio: "–", budget: `≤ ${DROPPED_PERCENT} %` },
    kept: real <= DROPPED_PERCENT,
  };
}
