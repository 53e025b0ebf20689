import type { BrowserContext, Page } from "playwright-core";
import { DEMO_PASSWORD } from "../start/demo-accounts.ts";
import type { Play } from "./play.ts";
import { type Recording, recordPage } from "./record-page.ts";

/** What `GET /api/users/me` says. */
export type Me = Record<string, unknown>;

interface Role {
  /** In file names and the runbook. */
  readonly name: string;
  readonly email: string;
  readonly viewport: { readonly width: number; readonly height: number };
}

/** Somebody in a browser of their own, whose every tab is recorded. */
export class Actor {
  readonly role: Role;
  readonly page: Page;
  readonly recording: Recording;
  readonly #play: Play;
  readonly #context: BrowserContext;

  private constructor(play: Play, role: Role, tab: { context: BrowserContext; page: Page }) {
    this.#play = play;
    this.role = role;
    this.#context = tab.context;
    this.page = tab.page;
    this.recording = recordPage(tab.page);
  }

  static async enters(play: Play, role: Role): Promise<Actor> {
    const context = await play.browser.newContext({
      locale: "en-GB",
      timezoneId: "Europe/Stockholm",
      reducedMotion: "reduce",
      viewport: role.viewport,
    });
    context.setDefaultTimeout(30_000);
    await context.addInitScript("localStorage.setItem('liveassist.debug', '1')");
    return new Actor(play, role, { context, page: await context.newPage() });
  }

  async signIn(): Promise<void> {
    await this.page.goto(`${this.#play.url}/sign-in`);
    await this.page.getByLabel("E-mail").fill(this.role.email);
    await this.page.getByLabel("Password", { exact: true }).fill(DEMO_PASSWORD);
    await this.page.getByRole("button", { name: "Sign in" }).click();
    await this.onFree();
  }

  async signUp(name: string): Promise<void> {
    await this.page.goto(this.#play.url);
    await this.page.getByRole("link", { name: "Create a free account" }).click();
    await this.page.getByLabel("Name").fill(name);
    await this.page.getByLabel("E-mail").fill(this.role.email);
    await this.page.getByLabel("Password", { exact: true }).fill(DEMO_PASSWORD);
    await this.page.getByRole("button", { name: "Create account" }).click();
    await this.onFree();
  }

  onFree = (): Promise<void> => this.page.getByText("You are on the Free plan.").waitFor();

  goTo = (place: string): Promise<void> =>
    this.page.locator("nav:visible").getByRole("link", { name: place, exact: true }).click();

  /** Another tab of the same browser. */
  async openTab(path = "/"): Promise<{ page: Page; recording: Recording }> {
    const page = await this.#context.newPage();
    const recording = recordPage(page);
    await page.goto(this.#play.url + path);
    return { page, recording };
  }

  /** `GET /api/users/me` with this browser's cookie, kept as a file. */
  async keepMe(name: string, what: string): Promise<Me> {
    const me = await this.me();
    this.#play.folder.json(name, what, me);
    return me;
  }

  async me(): Promise<Me> {
    const answer = await this.#context.request.get(`${this.#play.url}/api/users/me`);
    return (await answer.json()) as Me;
  }

  async shoot(name: string, what: string, page: Page = this.page): Promise<void> {
    await page.evaluate("document.fonts.ready.then(() => true)");
    const png = await page.screenshot({ animations: "disabled" });
    this.#play.folder.png(`screenshots/${name}.png`, what, png);
  }

  async buy(way: "trial" | "pay"): Promise<void> {
    await this.page.getByRole("button", { name: "Enable LiveAssist Permission" }).click();
    if (way === "pay") await this.page.getByText("Skip the trial and pay now").click();
    const name = way === "pay" ? /^Pay 39 SEK/ : /^Start 5-day trial/;
    await this.page.getByRole("button", { name }).click();
    await this.page.waitForURL(/\/c\/pay\//);
    await this.page.locator("#cardNumber").fill("4242 4242 4242 4242");
    await this.page.locator("#cardExpiry").fill("12 / 34");
    await this.page.locator("#cardCvc").fill("123");
    await this.page.locator("#billingName").fill("Test Person");
    await this.shoot(
      `${this.role.name}-payment-page`,
      `The payment page before ${this.role.name.toUpperCase()} pays`,
    );
    await this.page.locator("#submit").click();
    await this.page.waitForURL((url) => url.href.startsWith(this.#play.url));
    await this.page.getByTestId("premium-badge").waitFor();
  }

  leave = (): Promise<void> => this.#context.close();
}
