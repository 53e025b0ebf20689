import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../../../../scripts/browser/launch-browser.ts";
import { OpenAiStub } from "../../../server/test/support/openai-stub.ts";
import { ChatPage } from "../support/chat-page.ts";
import { payOnCheckoutPage } from "../support/pay-on-checkout-page.ts";
import { Person } from "../support/person.ts";
import { type Product, startProduct } from "../support/start-product.ts";

let browser: Browser;
let ai: OpenAiStub;
let product: Product;

beforeAll(async () => {
  ai = await new OpenAiStub().start();
  const env = { AI_BASE_URL: ai.url, AI_API_KEY: "sk-stub", AI_MODEL: "stub" };
  [browser, product] = await Promise.all([launchBrowser(), startProduct(env)]);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await ai?.stop();
});

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

it("shows a reply's first character within 50 ms of the provider's first byte, in the median of ten", async () => {
  const person = await Person.arrives(browser, { url: product.url, name: "Wim" });
  const chat = await ChatPage.firstVisit(person);
  const delays: number[] = [];
  for (let round = 0; round < 10; round++) {
    const first = `first${round}`;
    const told = { at: 0 };
    // The stub goes on to the next line once a promise is fulfilled: this is the moment of the first byte.
    const now = after(300).then(() => {
      told.at = Date.now();
    });
    ai.next(now, first, after(600), " and the rest.");
    const seen = chat.page.evaluate((text) => {
      const thread = document.querySelector("main");
      return new Promise<number>((resolve) => {
        const watch = new MutationObserver(() => {
          const isThere = document.querySelector("[data-testid=thread]")?.textContent?.includes(text);
          if (!isThere) return;
          watch.disconnect();
          // Painted with the next frame.
          requestAnimationFrame(() => resolve(Date.now()));
        });
        if (thread) watch.observe(thread, { childList: true, subtree: true, characterData: true });
      });
    }, first);
    await chat.send(`Round ${round}`);
    delays.push((await seen) - told.at);
    await chat.ready();
  }
  process.stdout.write(`first character: median ${median(delays)} ms of ${delays.join(", ")}\n`);
  expect(median(delays)).toBeLessThanOrEqual(50);
  await person.leave();
});

it("drops at most 5 % of the frames while 200 tokens a second come into a thread of 5,000 messages", async () => {
  const person = await Person.arrives(browser, { url: product.url, name: "Xenia" });
  const chat = await ChatPage.firstVisit(person);
  // Free replies are too short to measure.
  await chat.button("Enable LiveAssist Permission").click();
  await chat.page.getByRole("button", { name: /^Start 5-day trial/ }).click();
  await payOnCheckoutPage(chat.page, product.url);
  await chat.page.getByTestId("premium-badge").waitFor();
  await chat.goTo("LiveAssist");
  await chat.field.waitFor();
  const sessionId = await chat.sessionId();
  await product.app.database.sql`
    insert into liveassist_messages
      (id, session_id, user_id, role, text, status, client_message_id, created_at, finished_at)
    select gen_random_uuid(), session.id, session.user_id,
      case when i % 2 = 0 then 'user' else 'assistant' end,
      'Message number ' || i || E'\n\n' || repeat('Some **words** of it. ', 1 + i % 30),
      'complete', case when i % 2 = 0 then i::text end, session.created_at + i * interval '1 ms', session.created_at
    from liveassist_sessions session, generate_series(1, 5000) i
    where session.id = ${sessionId} order by i`;
  await chat.page.reload();
  await chat.thread.getByText("Message number 4999").waitFor();
  const isMore = () => chat.page.getByText("Loading earlier messages").count();
  while ((await isMore()) > 0) {
    await chat.thread.evaluate((thread) => thread.scrollTo(0, 0));
    await chat.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
  }
  await chat.thread.getByText("Message number 1", { exact: true }).waitFor();
  await chat.page.getByRole("button", { name: /newest message|New below/ }).click();

  const tokens = Array.from({ length: 1600 }, (_, index) => `tok${index}${index % 40 === 39 ? "\n\n" : " "}`);
  const begun = Promise.withResolvers<void>();
  // Four tokens every fiftieth of a second, by the clock and not one wait after the other.
  const due = (index: number) => begun.promise.then(() => after(index * 5));
  ai.next(...tokens.flatMap((token, index) => (index % 4 === 0 ? [due(index), token] : [token])));
  await chat.send("Fast, please");
  begun.resolve();
  await chat.thread.getByText("tok40 ").waitFor();
  const streaming = await watchFrames(chat.page);
  await chat.ready();
  const idle = await watchFrames(chat.page);
  const say = ({ drawn, share }: Frames) => `${drawn} drawn, ${(100 * share).toFixed(1)} % dropped`;
  process.stdout.write(`frames: ${say(streaming)}; at rest on this machine: ${say(idle)}\n`);
  expect(streaming.drawn).toBeGreaterThan(60);
  // What a busy machine drops of a page at rest is not the thread's doing.
  expect(streaming.share - idle.share).toBeLessThanOrEqual(0.05);
  expect((await chat.stored()).at(-1)?.text).toBe(tokens.join(""));
  await person.leave();
});

interface Frames {
  drawn: number;
  /** Of the frames a screen of 60 Hz would have shown. */
  share: number;
}

async function watchFrames(page: Page): Promise<Frames> {
  const gaps = await page.evaluate(async () => {
    const found: number[] = [];
    let last = await new Promise<number>(requestAnimationFrame);
    const end = last + 4000;
    while (last < end) {
      const now = await new Promise<number>(requestAnimationFrame);
      found.push(now - last);
      last = now;
    }
    return found;
  });
  const dropped = gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / (1000 / 60)) - 1), 0);
  return { drawn: gaps.length, share: dropped / (gaps.length + dropped) };
}
