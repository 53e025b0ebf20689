import type { MessageView } from "@liveassist/api/contract";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Person } from "./person.ts";

/** The chat as somebody uses it who sees it. */
export class ChatPage {
  readonly page: Page;
  readonly field: Locator;
  readonly thread: Locator;

  constructor(page: Page) {
    this.page = page;
    this.thread = page.getByTestId("thread");
    this.field = page.getByLabel("Message to LiveAssist");
  }

  /** Signs up and goes to the chat by the navigation. */
  static async firstVisit(person: Person): Promise<ChatPage> {
    const page = await person.openTab();
    await person.signUp(page);
    const chat = new ChatPage(page);
    await chat.goTo("LiveAssist");
    await page.getByText("What can we look at").waitFor();
    return chat;
  }

  /** Another tab of the same person. */
  static async inNewTab(person: Person): Promise<ChatPage> {
    const chat = new ChatPage(await person.openTab("/liveassist"));
    await chat.field.waitFor();
    return chat;
  }

  async goTo(place: string): Promise<void> {
    await this.page.locator("nav:visible").getByRole("link", { name: place, exact: true }).click();
  }

  async send(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press("Enter");
  }

  /** The reply is over: one can send again. */
  async ready(): Promise<void> {
    await this.button("Send").waitFor();
  }

  button = (name: string): Locator => this.page.getByRole("button", { name, exact: true });

  /** What stands in the thread, each turn's words in one line. */
  async turns(): Promise<string[]> {
    const turns = this.thread.locator("article");
    const texts = await turns.evaluateAll((all) =>
      all
        .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map((turn) => turn.querySelector(".reply-text, [data-testid='said']")?.textContent ?? ""),
    );
    return texts.map((text) => text.trim());
  }

  /** The pictures of the thread that have really come. */
  pictures(): Promise<string[]> {
    return this.thread
      .locator("article img")
      .evaluateAll((all) =>
        all.flatMap((one) => (one instanceof HTMLImageElement && one.naturalWidth > 0 ? [one.alt] : [])),
      );
  }

  sessionId = (): Promise<string | null> =>
    this.page.evaluate(() => localStorage.getItem("liveassistSessionId"));

  /** What the server has stored in the open session. */
  async stored(): Promise<MessageView[]> {
    const path = `/api/liveassist/sessions/${await this.sessionId()}/messages`;
    const answer = await this.page.request.get(new URL(path, this.page.url()).href);
    return (await answer.json()) as MessageView[];
  }
}

/** Waits until the thread is this, turn by turn. */
export const shows = (chat: ChatPage, turns: readonly string[]): Promise<void> =>
  expect.poll(() => chat.turns(), { timeout: 10_000 }).toEqual(turns);
