import { photoOf } from "../../screens/drawings.ts";
import type { Actor } from "../actor.ts";
import type { Play } from "../play.ts";

const UPLOADS = "/api/liveassist/uploads";
/** What a client sends that does not ask before it uploads. */
const THIRD = `fetch("${UPLOADS}", {
  method: "POST",
  headers: { "tus-resumable": "1.0.0", "upload-length": "1000", "upload-metadata": "filename " + btoa("third.png") + ",filetype " + btoa("image/png") },
}).then(async (answer) => ({ status: answer.status, body: await answer.json() }))`;

/** The third picture of a day on Free: the page stops it with a dialog, the server with 403 (requirements R5, R29, R36). */
export async function playLimit({ folder, runbook }: Play, anna: Actor): Promise<void> {
  const { page } = anna;
  const tab = await anna.openTab("/nothing-here");
  const photos = [await photoOf(tab.page, "washer"), await photoOf(tab.page, "bike")] as const;
  await tab.page.close();
  await runbook.step("A", "adds a second picture, which is the last of the day on Free", async () => {
    await page.locator('input[type="file"]').first().setInputFiles([photos[0]]);
    await page.locator('li[data-phase="ready"]').waitFor();
    await page.getByText("2 of 2 images today").waitFor();
  });
  const begun = async (): Promise<number> =>
    (await anna.recording.calls()).filter(({ method, path }) => method === "POST" && path === UPLOADS).length;
  const before = await begun();
  const dialog = page.getByRole("dialog", { name: "No images left today" });
  await runbook.step("A", "picks a third picture: a dialog, and no upload begins", async () => {
    await page.locator('input[type="file"]').first().setInputFiles([photos[1]]);
    await dialog.waitFor();
  });
  await anna.shoot("a-third-image-dialog", "The dialog at A's third picture");
  const words = (await dialog.innerText()).split("\n").filter((line) => line.trim() !== "");
  folder.json("limit/dialog.json", "The dialog's words, and how many uploads the page began", {
    words,
    uploads_begun_before: before,
    uploads_begun_after: await begun(),
  });
  await runbook.step("A", "sends the third picture past the page: the server answers 403", async () => {
    const answer = await page.evaluate(THIRD);
    folder.json("limit/third-image.json", `POST ${UPLOADS} from A's page, a third time on this day`, {
      method: "POST",
      path: UPLOADS,
      ...(answer as object),
    });
  });
  await runbook.step("A", "continues with text only; the picture is kept", async () => {
    await page.getByRole("button", { name: "Continue with text only" }).click();
    await page.locator('li[data-phase="held"]').waitFor();
  });
}
