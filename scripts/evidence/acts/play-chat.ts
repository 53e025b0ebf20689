import { photoOf } from "../../screens/drawings.ts";
import type { Actor } from "../actor.ts";
import { type Play, until } from "../play.ts";
import type { Call } from "../record-page.ts";

const TEXTS = ["Why do the leaves turn yellow?", "Here is a photo of it."];
const SESSION = "liveassistSessionId";

/** Two texts and one picture, then away, back and a reload: nothing is lost (requirements R27, R36). */
export async function playChat({ folder, runbook, url }: Play, anna: Actor): Promise<void> {
  const { page } = anna;
  const storage = (): Promise<unknown> =>
    page.evaluate("Object.fromEntries(Object.entries(localStorage).toSorted())");
  await runbook.step("A", "sends two texts and one picture in LiveAssist", async () => {
    const tab = await anna.openTab("/nothing-here");
    const photo = await photoOf(tab.page, "plant");
    await tab.page.close();
    await anna.goTo("LiveAssist");
    await page.getByText("What can we look at").waitFor();
    await send(anna, TEXTS[0] ?? "", 2);
    await page.locator('input[type="file"]').first().setInputFiles([photo]);
    await page.locator('li[data-phase="ready"]').waitFor();
    await send(anna, TEXTS[1] ?? "", 4);
    await picturesCame(anna);
  });
  folder.json("chat/local-storage-before.json", "A's localStorage before going away", await storage());
  folder.json("chat/thread-before.json", "What stood in A's thread before going away", await threadOf(anna));
  await anna.shoot("a-chat-before", "A's chat with two texts and a picture, before going away");
  await runbook.step("A", "goes away to Home and Settings, and comes back", async () => {
    await anna.goTo("Home");
    await page.getByRole("heading", { level: 1, name: /Anna/ }).waitFor();
    await anna.goTo("Settings");
    await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
    folder.json("chat/local-storage-away.json", "A's localStorage while away", await storage());
    await anna.goTo("LiveAssist");
    await until("the thread is back", async () => (await threadOf(anna)).length === 4);
  });
  folder.json("chat/thread-back.json", "What stood in A's thread after coming back", await threadOf(anna));
  await runbook.step("A", "reloads the page", async () => {
    await page.reload();
    await until("the thread is back", async () => (await threadOf(anna)).length === 4);
    await picturesCame(anna);
  });
  folder.json("chat/local-storage-after.json", "A's localStorage after coming back", await storage());
  folder.json("chat/thread-after.json", "What stood in A's thread after a reload", await threadOf(anna));
  await anna.shoot("a-chat-after", "The same chat after going away, coming back and a reload");
  const asked = (await anna.recording.calls()).filter(({ path }) => path.includes("liveassist.listMessages"));
  folder.json("chat/messages-request.json", "How A's page asked for the messages, with the answers", asked);
  const session = await page.evaluate(`localStorage.getItem("${SESSION}")`);
  const path = `/api/liveassist/sessions/${session}/messages`;
  const answer = await page.request.get(url + path);
  const call: Call = {
    at: new Date().toISOString(),
    method: "GET",
    path,
    status: answer.status(),
    body: await answer.json(),
  };
  folder.json("chat/messages-rest.json", "The same session by GET …/messages", call);
}

async function send({ page }: Actor, text: string, turns: number): Promise<void> {
  await page.getByLabel("Message to LiveAssist").fill(text);
  await page.getByLabel("Message to LiveAssist").press("Enter");
  await until(
    `${turns} turns`,
    async () => (await page.getByTestId("thread").locator("article").count()) === turns,
  );
  await page.getByRole("button", { name: "Send", exact: true }).waitFor();
}

const picturesCame = ({ page }: Actor): Promise<void> =>
  until("the picture is shown", async () =>
    Boolean(
      await page.evaluate(
        `[...document.querySelectorAll("[data-testid=thread] article img")].some((one) => one.naturalWidth > 0)`,
      ),
    ),
  );

async function threadOf({ page }: Actor): Promise<string[]> {
  return (await page.evaluate(`
    [...document.querySelectorAll("[data-testid=thread] article")]
      .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
      .map((turn) => turn.querySelector(".reply-text, [data-testid='said']")?.innerText.replaceAll(/s+/g, " ").trim() ?? "")`)) as string[];
}
