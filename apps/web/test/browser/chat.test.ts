import type { Browser, WebSocketRoute } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../../../../scripts/browser/launch-browser.ts";
import { OpenAiStub } from "../../../server/test/support/openai-stub.ts";
import { ChatPage, shows } from "../support/chat-page.ts";
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

const arrive = (name: string): Promise<Person> => Person.arrives(browser, { url: product.url, name });
const words = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, index) => `word${from + index} 🌱 `).join("");

it("keeps two texts and a picture over Home, Settings, a reload and in a second tab, also in the middle of a reply", async () => {
  const person = await arrive("Kari");
  const chat = await ChatPage.firstVisit(person);
  ai.next("Water it **less**.");
  await chat.send("Why are the leaves yellow?");
  await shows(chat, ["Why are the leaves yellow?", "Water it less."]);
  await chat.ready();

  const gate = Promise.withResolvers<void>();
  await chat.page
    .locator('input[type="file"]')
    .first()
    .setInputFiles([picture("leaf.png")]);
  ai.next("Half of it, ", gate.promise, "and the other half.");
  await chat.send("Tell me more");
  await chat.thread.getByText("Half of it,").waitFor();
  await chat.goTo("Home");
  await chat.page.getByRole("heading", { level: 1, name: /Kari/ }).waitFor();
  await chat.goTo("Settings");
  await chat.page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  await chat.goTo("LiveAssist");
  const half = ["Why are the leaves yellow?", "Water it less.", "Tell me more", "Half of it,"];
  await shows(chat, half);
  await chat.page.reload();
  await shows(chat, half);
  await expect.poll(() => chat.pictures(), { timeout: 10_000 }).toEqual(["Open leaf.png"]);
  const second = await ChatPage.inNewTab(person);
  await shows(second, half);
  await second.button("Stop the answer").waitFor();

  gate.resolve();
  const whole = half.with(3, "Half of it, and the other half.");
  await shows(second, whole);
  await shows(chat, whole);
  await expect.poll(() => second.pictures(), { timeout: 10_000 }).toEqual(["Open leaf.png"]);
  ai.next("Yes.");
  await second.ready();
  await second.send("Seen in both?");
  await shows(chat, [...whole, "Seen in both?", "Yes."]);
  expect(await second.sessionId()).toBe(await chat.sessionId());
  expect(person.complaints).toEqual([]);
  await person.leave();
});

it("stops a reply by its button and by Escape, keeps what was there, and asks again", async () => {
  const person = await arrive("Lars");
  const chat = await ChatPage.firstVisit(person);
  ai.next("Begun ", "silence!");
  await chat.send("Go on");
  await chat.thread.getByText("Begun").waitFor();
  await chat.button("Stop the answer").click();
  await chat.thread.getByText("You stopped this answer.").waitFor();
  expect((await chat.stored()).map(({ status, text }) => [status, text])).toEqual([
    ["complete", "Go on"],
    ["stopped", "Begun "],
  ]);
  ai.next("Anew ", "silence!");
  await chat.button("Try again").click();
  await chat.thread.getByText("Anew").waitFor();
  await chat.page.keyboard.press("Escape");
  await chat.thread.getByText("You stopped this answer.").waitFor();
  expect(await chat.turns()).toEqual(["Go on", "Anew"]);
  expect(person.complaints).toEqual([]);
  await person.leave();
});

it("heals after the network drops in the middle of a reply, to the last character", async () => {
  const person = await arrive("Mona");
  const page = await person.openTab("/nowhere");
  const sockets: WebSocketRoute[] = [];
  await page.routeWebSocket("**/trpc", (socket) => {
    socket.connectToServer();
    sockets.push(socket);
  });
  await page.goto(product.url);
  await person.signUp(page);
  const chat = new ChatPage(page);
  await chat.goTo("LiveAssist");
  await chat.page.getByText("What can we look at").waitFor();
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  ai.next(words(0, 40), ...gates.flatMap(({ promise }, i) => [promise, words(40 * (i + 1), 40 * (i + 2))]));
  await chat.send("Count");
  await chat.thread.getByText("word39").waitFor();
  await person.context.setOffline(true);
  for (const socket of sockets.splice(0)) await socket.close();
  await chat.page.getByText("You are offline.").waitFor();
  gates[0]?.resolve();
  await expect.poll(async () => (await chat.turns()).length).toBe(2);
  await person.context.setOffline(false);
  await chat.thread.getByText("word79").waitFor({ timeout: 20_000 });
  gates[1]?.resolve();
  await chat.ready();
  const [, reply] = await chat.stored();
  expect(reply).toMatchObject({ status: "complete", text: words(0, 120) });
  expect((await chat.turns())[1]).toBe(words(0, 120).trim());
  await person.leave();
});

it("keeps what is sent without a network, and sends it once when there is one", async () => {
  const person = await arrive("Nils");
  const chat = await ChatPage.firstVisit(person);
  await person.context.setOffline(true);
  await chat.send("Is anybody there?");
  await chat.page.getByText("Waiting for the network.").waitFor();
  expect(await chat.turns()).toEqual(["Is anybody there?"]);
  ai.next("I am.");
  await person.context.setOffline(false);
  await shows(chat, ["Is anybody there?", "I am."]);
  expect((await chat.stored()).length).toBe(2);
  await person.leave();
});

it("says plainly that the assistant failed, and tries again", async () => {
  const person = await arrive("Oda");
  const chat = await ChatPage.firstVisit(person);
  ai.refuse({ status: 401 });
  await chat.send("Hello?");
  await chat.thread.getByText("The assistant is not set up correctly.").waitFor();
  ai.next("Hello!");
  await chat.button("Try again").click();
  await shows(chat, ["Hello?", "Hello!"]);
  expect(person.complaints).toEqual([]);
  await person.leave();
});

it("says before sending that a text is too long, and keeps it as a draft over a reload, but not over a sign-out", async () => {
  const person = await arrive("Pia");
  const chat = await ChatPage.firstVisit(person);
  const long = "å".repeat(503);
  await chat.field.fill(long);
  await chat.page.getByText("3 characters too many: at most 500 on your plan.").waitFor();
  await chat.field.press("Enter");
  await chat.page.reload();
  await chat.page.getByText("3 characters too many").waitFor();
  expect(await chat.field.inputValue()).toBe(long);
  expect(await chat.stored()).toEqual([]);
  await chat.field.press("Shift+Enter");
  expect(await chat.field.inputValue()).toBe(`${long}\n`);
  await chat.page.getByRole("button", { name: "Enable LiveAssist Permission" }).waitFor();
  await chat.goTo("Settings");
  await chat.button("Sign out").click();
  await chat.page.getByRole("link", { name: "Create a free account" }).waitFor();
  const left = await chat.page.evaluate(() =>
    Object.keys(localStorage).filter((key) => /session|draft/i.test(key)),
  );
  expect(left).toEqual([]);
  await person.leave();
});

it("drops a session that is somebody else's, and names, finds and deletes one's own", async () => {
  const [person, other] = await Promise.all([arrive("Rolf"), arrive("Siri")]);
  const theirs = await ChatPage.firstVisit(other);
  ai.next("Private.");
  await theirs.send("A secret");
  await theirs.thread.getByText("Private.").waitFor();
  const foreign = await theirs.sessionId();

  const chat = await ChatPage.firstVisit(person);
  await chat.page.evaluate((id) => localStorage.setItem("liveassistSessionId", id ?? ""), foreign);
  await chat.page.reload();
  await chat.page.getByText("What can we look at").waitFor();
  expect(await chat.sessionId()).not.toBe(foreign);

  ai.next("Cold water.");
  await chat.send("Wine on linen");
  // The search finds what is stored: the end of a reply is told when it is.
  await shows(chat, ["Wine on linen", "Cold water."]);
  await chat.ready();
  await chat.button("New chat").click();
  await chat.page.getByText("What can we look at").waitFor();
  await chat.button("Chats").click();
  const panel = chat.page.getByRole("dialog", { name: "Your chats" });
  await panel.getByLabel("Search chats").fill("cold");
  await panel.getByRole("button", { name: /^Wine on linen/ }).waitFor();
  await panel.getByLabel("Rename “Wine on linen”").click();
  await panel.getByLabel("Name of the chat").fill("Stains");
  await panel.getByLabel("Name of the chat").press("Enter");
  await panel.getByRole("button", { name: /^Stains/ }).click();
  await shows(chat, ["Wine on linen", "Cold water."]);
  const gone = await chat.sessionId();
  await chat.button("Chats").click();
  await panel.getByLabel("Delete “Stains”").click();
  await chat.button("Delete chat").click();
  await expect.poll(() => chat.sessionId()).not.toBe(gone);
  expect(await theirs.turns()).toEqual(["A secret", "Private."]);
  await Promise.all([person.leave(), other.leave()]);
});
