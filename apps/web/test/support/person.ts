import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";

interface Account {
  name: string;
  email: string;
  password: string;
}

/** What a tab's console or the page itself complained about. */
export type Complaints = string[];

/** One person with one browser profile and any number of tabs, whose every complaint is kept. */
export class Person {
  readonly context: BrowserContext;
  readonly account: Account;
  readonly complaints: Complaints = [];
  private readonly url: string;

  private constructor(context: BrowserContext, account: Account, url: string) {
    this.context = context;
    this.account = account;
    this.url = url;
  }

  static async arrives(
    browser: Browser,
    { url, name, ...options }: { url: string; name: string } & BrowserContextOptions,
  ): Promise<Person> {
    const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Stockholm", ...options });
    const email = `${name.toLowerCase().replaceAll(/\W/g, ".")}.${crypto.randomUUID().slice(0, 6)}@example.com`;
    return new Person(context, { name, email, password: "correct horse battery" }, url);
  }

  async openTab(path = "/"): Promise<Page> {
    const page = await this.context.newPage();
    page.on("console", (message) => {
      const bad = message.type() === "error" || message.type() === "warning";
      if (bad) this.complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => this.complaints.push(`thrown: ${error.message}`));
    await page.goto(this.url + path);
    return page;
  }

  /** Signs up as a newcomer does, from the landing page. */
  async signUp(page: Page): Promise<void> {
    await page.getByRole("link", { name: "Create a free account" }).click();
    await page.getByLabel("Name").fill(this.account.name);
    await page.getByLabel("E-mail").fill(this.account.email);
    await page.getByLabel("Password", { exact: true }).fill(this.account.password);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByText("You are on the Free plan.").waitFor();
  }

  /** `GET /api/users/me` with this person's cookie. */
  async me(): Promise<Record<string, unknown>> {
    const answer = await this.context.request.get(`${this.url}/api/users/me`);
    return (await answer.json()) as Record<string, unknown>;
  }

  leave = (): Promise<void> => this.context.close();
}
