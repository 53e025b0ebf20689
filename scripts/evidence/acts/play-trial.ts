import { Actor } from "../actor.ts";
import { keepConsole } from "../keep-console.ts";
import { type Play, until } from "../play.ts";

/** The trial, and two hours in which its invoice is finalized and paid. */
const SECONDS = 5 * 86_400 + 2 * 3_600;
const DESKTOP = { width: 1280, height: 800 };

/**
 * Two trials: C's goes on into a paid month and is cancelled then, D's is cancelled before its end. Time is moved at the
 * emulator, and the server follows it (requirements R2, R3, R8).
 */
export async function playTrial(play: Play): Promise<void> {
  const { folder, runbook } = play;
  const cleo = await Actor.enters(play, { name: "c", email: "cleo@example.com", viewport: DESKTOP });
  const dag = await Actor.enters(play, { name: "d", email: "dag@example.com", viewport: DESKTOP });
  for (const [who, person, name] of [
    ["C", cleo, "Cleo Berg"],
    ["D", dag, "Dag Holm"],
  ] as const) {
    await runbook.step(who, "signs up and starts the 5-day trial", async () => {
      await person.signUp(name);
      await person.buy("trial");
      await person.page.getByText("Your 5-day trial has begun").waitFor();
    });
    await person.keepMe(`trial/${who.toLowerCase()}-me-started.json`, `${who}'s me when the trial had begun`);
  }
  await cleo.shoot("c-trial-started", "C's trial has begun");
  await runbook.step("D", "cancels the trial in Settings: access stays until its end", () =>
    cancel(dag, "Cancel trial"),
  );
  await dag.keepMe("trial/d-me-cancelled.json", "D's me after cancelling: still on the trial");
  await dag.shoot("d-trial-cancelled", "D has cancelled the trial, and keeps it until its end");
  await runbook.step("time", `passes by ${SECONDS} seconds: POST /_emulator/clock/advance`, async () => {
    folder.json("trial/clock-advance.json", "The emulator's clock before and after", await advance(play));
  });
  await runbook.step("C", "is charged at the trial's end, and gets the XP", () =>
    until("C is paid, with 250 XP", async () => {
      const me = await cleo.me();
      return me["subscription_status"] === "paid" && me["xp"] === 250;
    }),
  );
  await runbook.step("D", "falls back to Free by itself, with nothing charged", () =>
    until("D is free", async () => (await dag.me())["subscription_status"] === "free"),
  );
  await cleo.keepMe("trial/c-me-ended.json", "C's me after the trial's end: paid");
  await dag.keepMe("trial/d-me-ended.json", "D's me after the trial's end: Free");
  await cleo.goTo("Home");
  await cleo.page.getByTestId("user-xp").getByText("250 XP").waitFor();
  await cleo.shoot("c-trial-ended", "C after the trial's end: paid, with 250 XP");
  await dag.goTo("Home");
  await dag.onFree();
  await dag.shoot("d-trial-ended", "D after the trial's end: Free again");
  await runbook.step("C", "cancels in Settings: Premium stays until the month's end", () =>
    cancel(cleo, "Cancel subscription"),
  );
  await cleo.keepMe("trial/c-me-cancelled.json", "C's me after cancelling: still paid");
  await cleo.shoot("c-cancelled", "C has cancelled, and keeps Premium until the date that is named");
  for (const [who, person] of [
    ["c", cleo],
    ["d", dag],
  ] as const) {
    const what = `The browser console of ${who.toUpperCase()}`;
    await keepConsole(folder, person.recording, { name: `console/${who}.log`, what });
    await person.leave();
  }
}

async function cancel(person: Actor, button: string): Promise<void> {
  await person.goTo("Settings");
  await person.page.getByRole("button", { name: button }).click();
  await person.page.getByRole("button", { name: /^Cancel on \d+ \w+ \d{4}$/ }).click();
  await person.page.getByRole("button", { name: "Resume" }).waitFor();
}

async function advance({ emulatorUrl }: Play): Promise<object> {
  const now = async (): Promise<string> => {
    const answer = await fetch(`${emulatorUrl}/_emulator/clock`);
    return new Date(((await answer.json()) as { now: number }).now).toISOString();
  };
  const before = await now();
  const answer = await fetch(`${emulatorUrl}/_emulator/clock/advance`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ seconds: SECONDS }),
  });
  if (!answer.ok) throw new Error(`the clock answered ${answer.status}`);
  return { seconds: SECONDS, before, after: await now() };
}
