import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../../../../scripts/browser/launch-browser.ts";
import { payOnCheckoutPage } from "../support/pay-on-checkout-page.ts";
import { Person } from "../support/person.ts";
import { countKept, picture } from "../support/picked-files.ts";
import { type Product, startProduct } from "../support/start-product.ts";

/** How soon others see a badge (requirements R7). */
const OTHERS_SEE_MS = 10_000;
/** Whatever may wait for the network, on a busy machine. */
const PATIENT = { timeout: 20_000 };

let browser: Browser;
let product: Product;

beforeAll(async () => {
  [browser, product] = await Promise.all([launchBrowser(), startProduct()]);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const postOf = (page: Page, text: string) => page.getByTestId("post").filter({ hasText: text });
const news = (page: Page) => page.getByTestId("new-posts");
const scrollOf = (page: Page) => page.evaluate(() => scrollY);

it("brings a post with a picture to others as it happens, and its changes, and its end", async () => {
  const [anna, hers] = await arrive("Anna");
  const [bo, his] = await arrive("Bo");
  await his.getByText("Nobody has posted yet").waitFor();
  await write(hers, "My basil has black dots", 2);
  await postOf(hers, "black dots").getByRole("button", { name: "Open picture 1 of 2" }).waitFor();

  const seen = postOf(his, "My basil has black dots");
  await seen.waitFor();
  await expect.poll(() => seen.locator("img").evaluateAll(loadedPictures), PATIENT).toEqual([true, true]);
  expect(await seen.getByRole("button", { name: "Edit this post" }).count()).toBe(0);
  await seen.getByRole("button", { name: "Open picture 2 of 2" }).click();
  const dialog = his.getByRole("dialog", { name: "Picture 2 of 2 by Anna" });
  await expect.poll(() => dialog.locator("img").evaluateAll(loadedPictures), PATIENT).toEqual([true]);
  await his.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });

  const own = postOf(hers, "My basil");
  await own.getByRole("button", { name: "Edit this post" }).click();
  await hers.getByLabel("Change your post").fill("My basil has aphids");
  await hers.keyboard.press("Control+Enter");
  await postOf(his, "My basil has aphids").getByText("edited").waitFor();
  await hers.locator("button:focus[aria-label='Edit this post']").waitFor();

  const alone = await bo.openTab();
  await postOf(alone, "aphids")
    .getByRole("link", { name: /^Open the post/ })
    .click();
  await alone.getByRole("heading", { name: "Post by Anna" }).waitFor();
  await postOf(hers, "aphids").getByRole("button", { name: "Delete this post" }).click();
  await hers.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await postOf(hers, "aphids").waitFor({ state: "detached" });
  await seen.waitFor({ state: "detached" });
  await alone.getByText("This post is not there").waitFor();
  expect([...anna.complaints, ...bo.complaints]).toEqual([]);
  await leave(anna, bo);
});

it("hides what one reports, shows it to an administrator, and takes it away when they say so", async () => {
  const [cleo, hers] = await arrive("Cleo");
  const [dan, his] = await arrive("Dan");
  const [eli, other] = await arrive("Eli");
  await write(hers, "Buy my watches");
  await arrivesAt(his, "Buy my watches");
  await arrivesAt(other, "Buy my watches");
  await postOf(his, "watches").getByRole("button", { name: "Report this post" }).click();
  const dialog = his.getByRole("dialog");
  await dialog.getByRole("button", { name: "Report" }).click();
  await dialog.getByText("Choose what is wrong with it.").waitFor();
  await dialog.getByLabel("Spam or advertising").check();
  await dialog.getByRole("button", { name: "Report" }).click();
  await his.locator("li:focus").getByText("You reported this post").waitFor();
  expect(await postOf(his, "watches").count()).toBe(0);
  await his.reload();
  await his.getByTestId("post").or(his.getByText("Nobody has posted yet")).first().waitFor();
  expect(await postOf(his, "watches").count()).toBe(0);
  expect(await postOf(other, "watches").count()).toBe(1);

  await his.goto(`${product.url}/operations/posts`);
  await his.getByText("There is nothing here").waitFor();
  await product.app.database.sql`update users set role = 'admin' where email = ${eli.account.email}`;
  await signInAgain(other, eli);
  await other.locator("nav:visible").getByRole("link", { name: "Operations" }).click();
  await other.getByRole("link", { name: "Posts", exact: true }).click();
  const reported = other.getByTestId("reported-post").filter({ hasText: "Buy my watches" });
  await reported.getByText("Spam or advertising").waitFor();
  await reported.getByRole("button", { name: "Remove the post by Cleo" }).click();
  await other.getByRole("dialog").getByRole("button", { name: "Remove for everybody" }).click();
  await other.getByText("Nothing is reported").waitFor();
  await postOf(hers, "watches").waitFor({ state: "detached" });
  expect([...cleo.complaints, ...dan.complaints, ...eli.complaints]).toEqual([]);
  await leave(cleo, dan, eli);
});

it("lights the badge beside somebody's posts: at once for them, within ten seconds for others", async () => {
  const [fia, hers] = await arrive("Fia");
  const [gus, his] = await arrive("Gus");
  await write(hers, "Before I paid");
  await arrivesAt(his, "Before I paid");
  const seen = postOf(his, "Before I paid");
  expect(await seen.getByTestId("author-badge").count()).toBe(0);
  const buying = await fia.openTab();
  await buying.getByRole("button", { name: "Enable LiveAssist Permission" }).click();
  await buying.getByText("Skip the trial and pay now").click();
  await buying.getByRole("button", { name: "Pay 39 SEK/month" }).click();
  await payOnCheckoutPage(buying, product.url);
  await buying.getByTestId("premium-badge").waitFor();
  // Without a reload, in a page that only listens.
  await seen.getByTestId("author-badge").waitFor({ timeout: OTHERS_SEE_MS });
  expect(await seen.getByTestId("author-xp").innerText()).toBe("250 XP");
  const own = postOf(hers, "Before I paid");
  await own.getByTestId("author-badge").waitFor();
  expect(await own.getByTestId("author-xp").innerText()).toBe("250 XP");

  await seen.getByRole("link", { name: /^Fia/ }).click();
  await his.getByTestId("profile").getByTestId("author-badge").waitFor();
  await his.getByText("1 post", { exact: false }).first().waitFor();
  await postOf(his, "Before I paid").waitFor();
  expect([...fia.complaints, ...gus.complaints]).toEqual([]);
  await leave(fia, gus);
});

it("never moves what somebody reads: new posts wait above, older ones come by scrolling", async () => {
  const [hal, his] = await arrive("Hal");
  const [ida, hers] = await arrive("Ida");
  for (let count = 1; count <= 45; count += 1) await postSilently(hal, `Note ${count}.`);
  await hers.reload();
  await postOf(hers, "Note 45.").waitFor();
  expect(await postOf(hers, "Note 1.").count()).toBe(0);
  await expect
    .poll(async () => {
      await hers.mouse.wheel(0, 4000);
      return postOf(hers, "Note 1.").count();
    }, PATIENT)
    .toBe(1);

  const before = await restingPlace(hers);
  await postSilently(hal, "Something new.");
  await news(hers).getByText("1 new post").waitFor();
  expect(await postOf(hers, "Something new.").count()).toBe(0);
  expect(await scrollOf(hers)).toBe(before);
  await news(hers).click();
  await postOf(hers, "Something new.").waitFor();
  await expect.poll(() => scrollOf(hers), PATIENT).toBeLessThan(before);
  await news(hers).waitFor({ state: "detached" });
  // One's own posts do not wait.
  await write(his, "From Hal himself.");
  await postOf(his, "From Hal himself.").waitFor();
  expect([...hal.complaints, ...ida.complaints]).toEqual([]);
  await leave(hal, ida);
});

it("keeps a post that was not sent over a reload, and sends it once", async () => {
  const [jo, page] = await arrive("Jo");
  const field = page.getByLabel("Write a post");
  await field.fill("Half a thought");
  await page
    .locator("form input[type=file]")
    .first()
    .setInputFiles([picture("half.png")]);
  await page.getByRole("button", { name: /^Remove/ }).waitFor();
  await expect.poll(() => countKept(page), PATIENT).toBe(2);
  await page.reload();
  await page.getByRole("button", { name: /^Remove/ }).waitFor();
  expect(await field.inputValue()).toBe("Half a thought");
  // The first try arrives, and its answer is lost.
  await page.route("**/trpc/community.createPost*", async (route) => {
    await route.fetch();
    await route.abort("internetdisconnected");
  });

  await page.getByRole("button", { name: "Post", exact: true }).click();
  await page.getByText("What you wrote is still here.", { exact: false }).waitFor();
  await page.unroute("**/trpc/community.createPost*");
  await field.fill("A whole thought");
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await postOf(page, "A whole thought").getByRole("button", { name: "Open the picture" }).waitFor();
  // The socket may tell of the post before the answer does, which empties the field.
  await expect.poll(() => field.inputValue(), PATIENT).toBe("");
  await page.reload();
  await postOf(page, "A whole thought").waitFor();
  expect(await postOf(page, "thought").count()).toBe(1);
  expect(await field.inputValue()).toBe("");
  await leave(jo);
});

it("opens a session with the question of a QuickFix problem ready to be sent", async () => {
  const [kim, page] = await arrive("Kim");
  await page.locator("nav:visible").getByRole("link", { name: "QuickFix" }).click();
  await page.getByRole("button", { name: /^A sick plant/ }).click();
  await page.waitForURL(/\/liveassist$/);
  const composer = page.locator("textarea:focus");
  await expect.poll(() => composer.inputValue(), PATIENT).toContain("My plant is not well");
  await page.reload();
  await expect.poll(() => page.locator("textarea").inputValue(), PATIENT).toContain("My plant is not well");
  expect(kim.complaints).toEqual([]);
  await leave(kim);
});

async function arrive(name: string): Promise<[Person, Page]> {
  const person = await Person.arrives(browser, { url: product.url, name });
  const page = await person.openTab();
  await person.signUp(page);
  return [person, page];
}

/** What one may do is read at a sign-in. */
async function signInAgain(page: Page, { context, account }: Person): Promise<void> {
  await context.clearCookies();
  await page.goto(`${product.url}/sign-in`);
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("Write a post").waitFor();
}

async function write(page: Page, text: string, pictures = 0): Promise<void> {
  await page.getByLabel("Write a post").fill(text);
  const files = Array.from({ length: pictures }, (_, at) => picture(`${at}.png`, 200, [40 * at, 90, 120]));
  if (pictures > 0) await page.locator("form input[type=file]").first().setInputFiles(files);
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await postOf(page, text).waitFor();
}

/** In an empty list a post appears; else it waits above. */
async function arrivesAt(page: Page, text: string): Promise<void> {
  await postOf(page, text).or(news(page)).first().waitFor();
  if (await news(page).isVisible()) await news(page).click();
  await postOf(page, text).waitFor();
}

/** Where the page stands once it has stopped moving: wheels turn on for a while, and what is loaded finds its height. */
async function restingPlace(page: Page): Promise<number> {
  let last = -1;
  await expect
    .poll(
      async () => {
        const [before, now] = [last, await scrollOf(page)];
        last = now;
        return now - before;
      },
      { ...PATIENT, interval: 400 },
    )
    .toBe(0);
  return last;
}

async function postSilently(person: Person, text: string): Promise<void> {
  const answer = await person.context.request.post(`${product.url}/api/community/posts`, {
    data: { text, clientPostId: crypto.randomUUID() },
    headers: { origin: product.url },
  });
  expect(answer.status()).toBe(200);
}

const loadedPictures = (images: (HTMLElement | SVGElement)[]): boolean[] =>
  images.map((image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0);

async function leave(...people: Person[]): Promise<void> {
  for (const person of people) await person.leave();
}
