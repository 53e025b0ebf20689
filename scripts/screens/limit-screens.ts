import { photoOf } from "./drawings.ts";
import { fileOf, pick, tile } from "./pick-files.ts";
import { field, openChat } from "./pretend-chat.ts";
import type { Pretend, Screen, Stage } from "./screen.ts";

async function reachTheLimit(stage: Stage, pretend: Pretend = {}): Promise<void> {
  const photo = await photoOf(stage.page, "washer");
  await openChat(stage, { pretend: { images_used: 2, ...pretend } });
  await stage.page.getByText("2 of 2 images today").waitFor();
  await field(stage).fill("What does this code mean?");
  await pick(stage, photo);
  await stage.page.getByRole("dialog", { name: "No images left today" }).waitFor();
}

/** What the plan does to files: said, held, and let go by itself. */
export const LIMIT_SCREENS: Screen[] = [
  {
    name: "video-free",
    about: "Video on Free: the button stays, and says why it does nothing",
    who: "member",
    show: async (stage) => {
      await openChat(stage);
      await stage.page.getByText("of 2 images today").waitFor();
      await stage.page.getByRole("button", { name: "Add a video" }).focus();
      await stage.page.locator("[role=tooltip][data-shown]").waitFor();
    },
  },
  {
    name: "video-held",
    about: "A video dropped on Free waits for Premium",
    who: "member",
    show: async (stage) => {
      await openChat(stage);
      await stage.page.getByText("of 2 images today").waitFor();
      await pick(stage, fileOf("washing-machine.mp4", "video/mp4"));
      await tile(stage, "held").getByText("Video upload requires Premium").waitFor();
    },
  },
  {
    name: "image-limit",
    about: "The third picture of a day on Free: why, until when, and the two ways on",
    who: "member",
    show: (stage) => reachTheLimit(stage),
  },
  {
    name: "image-limit-pending",
    about: "The same while a payment is being checked: the picture goes by itself",
    who: "member",
    show: (stage) => reachTheLimit(stage, { pending: true }),
  },
  {
    name: "image-held",
    about: "Continued with text only: the picture is kept and waits",
    who: "member",
    show: async (stage) => {
      await reachTheLimit(stage);
      await stage.page.getByRole("button", { name: "Continue with text only" }).click();
      await tile(stage, "held").waitFor();
    },
  },
];
