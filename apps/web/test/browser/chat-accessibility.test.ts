import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../../../../scripts/browser/launch-browser.ts";
import { OpenAiStub } from "../../../server/test/support/openai-stub.ts";
import { ChatPage, shows } from "../support/chat-page.ts";
import { looksFine } from "../support/looks-fine.ts";
import { Person } from "../support/person.ts";
import { picture } from "../support/picked-files.ts";
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

const EVERYTHING = `# Title

A [link](https://example.org), \`code\` and a picture ![of a cat](https://example.org/cat.png).

\`\`\`python
print("a line")
\`\`\`

| A | B |
|---|---|
| 1 | 2 |

> Said by somebody.

1. one
2. two
`;

for (const colorScheme of ["light", "dark"] as const) {
  it(`leaves nobody out of the chat, in ${colorScheme}`, async () => {
    const viewport = colorScheme === "light" ? { width: 1280, height: 800 } : { width: 360, height: 740 };
    const look = { colorScheme, reducedMotion: "reduce", viewport } as const;
    const person = await Person.arrives(browser, { url: product.url, name: "Tove", ...look });
    const chat = await ChatPage.firstVisit(person);
    await chat.page.getByText("5-day free trial").waitFor();
    await looksFine(chat.page, "first run");

    await chat.page
      .locator('input[type="file"]')
      .first()
      .setInputFiles([picture("cat.png")]);
    await chat.page.locator('li[data-phase="ready"]').waitFor();
    ai.next(EVERYTHING);
    await chat.send("Show me all you can");
    await chat.thread.getByRole("heading", { name: "Title" }).waitFor();
    await chat.ready();
    await looksFine(chat.page, "a reply");
    await chat.page.getByRole("button", { name: "Open cat.png" }).click();
    await chat.page.getByRole("dialog", { name: "cat.png" }).waitFor();
    await looksFine(chat.page, "a picture");
    await chat.page.keyboard.press("Escape");

    ai.next("Begun ", "silence!");
    await chat.send("Go on");
    await chat.thread.getByText("Begun").waitFor();
    await looksFine(chat.page, "a reply that grows");
    await chat.button("Stop the answer").click();
    await chat.thread.getByText("You stopped this answer.").waitFor();
    await chat.page.route("**/trpc/liveassist.sendMessage*", (route) => route.abort());
    await chat.send("Lost");
    await chat.thread.getByText("Waiting for the network.").waitFor();
    await chat.field.fill("a".repeat(501));
    await looksFine(chat.page, "stopped, waiting, too long");

    await chat.button("Chats").click();
    await chat.page.getByLabel("Rename “Show me all you can”").click();
    await chat.page.getByLabel("Name of the chat").waitFor();
    await looksFine(chat.page, "sessions");
    await chat.page.keyboard.press("Escape");
    await chat.page.getByLabel("Delete “Show me all you can”").click();
    await chat.button("Delete chat").waitFor();
    await looksFine(chat.page, "delete a session");
    await person.leave();
  });
}

it("speaks sentences to a screen reader, never single words, and how a reply ended", async () => {
  const person = await Person.arrives(browser, { url: product.url, name: "Una" });
  const chat = await ChatPage.firstVisit(person);
  const spoken = chat.page.getByTestId("announcer").locator("p");
  const gate = Promise.withResolvers<void>();
  ai.next("Water it less. The lea", gate.promise, "ves come back.");
  await chat.send("Why?");
  await expect
    .poll(() => spoken.allInnerTexts(), { timeout: 10_000 })
    .toEqual(["LiveAssist is answering", "Water it less."]);
  gate.resolve();
  await expect
    .poll(() => spoken.allInnerTexts(), { timeout: 10_000 })
    .toEqual([
      "LiveAssist is answering",
      "Water it less.",
      "The leaves come back.",
      "The answer is complete.",
    ]);
  await person.leave();
});

it("can be used with the keyboard alone: write, send, read, and go to another chat and back to writing", async () => {
  const person = await Person.arrives(browser, { url: product.url, name: "Vera" });
  const chat = await ChatPage.firstVisit(person);
  ai.next("Here.");
  await chat.page.keyboard.type("Only keys");
  await chat.page.keyboard.press("Enter");
  await shows(chat, ["Only keys", "Here."]);
  await chat.button("Chats").focus();
  await chat.page.keyboard.press("Enter");
  const panel = chat.page.getByRole("dialog", { name: "Your chats" });
  await panel.waitFor();
  await chat.page.keyboard.press("Escape");
  await panel.waitFor({ state: "hidden" });
  const isFocused = () => chat.button("Chats").evaluate((button) => button === document.activeElement);
  await expect.poll(isFocused).toBe(true);
  await chat.button("New chat").focus();
  await chat.page.keyboard.press("Enter");
  await chat.page.getByText("What can we look at").waitFor();
  await chat.page.keyboard.type("Again");
  expect(await chat.field.inputValue()).toBe("Again");
  await person.leave();
});
