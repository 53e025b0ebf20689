import type { Browser, Page } from "playwright-core";
import { Person } from "./person.ts";
import type { Product } from "./start-product.ts";

/** Somebody who may do everything, signed in; what one may do is read at a sign-in. */
export async function arriveAsAdmin(browser: Browser, product: Product): Promise<[Person, Page]> {
  const person = await Person.arrives(browser, { url: product.url, name: "Ada" });
  const page = await person.openTab();
  await person.signUp(page);
  const { email, password } = person.account;
  await product.app.database.sql`update users set role = 'admin' where email = ${email}`;
  await person.context.clearCookies();
  await page.goto(`${product.url}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("Write a post").waitFor();
  return [person, page];
}
