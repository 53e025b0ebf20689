import type { Actor } from "../actor.ts";
import { keepConsole } from "../keep-console.ts";
import type { Play } from "../play.ts";

const MARK = "Object.assign(window, { sinceTheStart: true })";

/** A buys, then B: each gets Premium at once in every tab, and nothing happens to the other (requirements R8, R18, R24). */
export async function playPurchase(play: Play, anna: Actor, bo: Actor): Promise<void> {
  const { runbook } = play;
  await anna.keepMe("purchase/a-me-before.json", "A's me before any purchase");
  await bo.keepMe("purchase/b-me-before.json", "B's me before any purchase");
  await anna.shoot("a-before", "A before the purchase");
  await bo.shoot("b-before", "B before any purchase");
  await buys(play, "A", anna);
  await anna.keepMe("purchase/a-me-after.json", "A's me after A's purchase");
  await bo.keepMe("purchase/b-me-after-a-paid.json", "B's me after A's purchase: as before");
  await bo.shoot("b-after-a-paid", "B after A's purchase: still Free");
  await buys(play, "B", bo);
  await bo.keepMe("purchase/b-me-after.json", "B's me after B's purchase");
  await anna.keepMe("purchase/a-me-after-b-paid.json", "A's me after B's purchase: as before");
  await runbook.step("A", "goes back to the chat: the picture that waited is sent up by itself", async () => {
    await anna.goTo("LiveAssist");
    await anna.page.locator('li[data-phase="ready"]').nth(1).waitFor();
  });
  await anna.shoot("a-unlimited", "After the purchase the picture that waited is up, and no limit is shown");
}

async function buys({ folder, runbook }: Play, who: "A" | "B", person: Actor): Promise<void> {
  const letter = who.toLowerCase();
  const second = await person.openTab();
  await second.page.getByText("You are on the Free plan.").waitFor();
  await second.page.evaluate(MARK);
  await runbook.step(who, "buys without a trial, and pays with 4242 4242 4242 4242", async () => {
    await person.goTo("Home");
    await person.page.bringToFront();
    await person.buy("pay");
    await second.page.getByTestId("premium-badge").waitFor();
  });
  await person.shoot(`${letter}-after`, `${who} back from payment: the badge is lit`);
  await person.shoot(
    `${letter}-second-tab`,
    `${who}'s second tab, which nobody touched or reloaded`,
    second.page,
  );
  folder.json(`purchase/${letter}-second-tab.json`, `What ${who}'s second tab showed after the payment`, {
    badge: (await second.page.getByTestId("premium-badge").count()) === 1,
    xp: await second.page.getByTestId("user-xp").innerText(),
    reloaded: (await second.page.evaluate(`"sinceTheStart" in window`)) !== true,
  });
  await keepConsole(folder, second.recording, {
    name: `console/${letter}-second-tab.log`,
    what: `The browser console of ${who}'s second tab`,
  });
  await second.page.close();
}
