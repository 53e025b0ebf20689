import { randomBytes } from "node:crypto";
import { SAID } from "./chat-words.ts";
import { photoOf } from "./drawings.ts";
import { MOMENTS } from "./moments.ts";
import { fileOf, type PickedFile, pick, tile } from "./pick-files.ts";
import { answered, asked, field, openChat, uploadOf } from "./pretend-chat.ts";
import type { Screen } from "./screen.ts";

/** A file that is told at once why it does not go. */
const refused = (name: string, about: string, [file, text]: [PickedFile, string]): Screen => ({
  name,
  about,
  who: "member",
  show: async (stage) => {
    await openChat(stage);
    await stage.page.getByText("of 2 images today").waitFor();
    await pick(stage, file);
    await stage.page.getByText(text).first().waitFor();
  },
});

/** Files beside a message and in the thread. */
export const UPLOAD_SCREENS: Screen[] = [
  {
    name: "upload-progress",
    about: "A picture on its way up",
    who: "newcomer",
    show: async (stage) => {
      const photo = await photoOf(stage.page, "plant");
      let arrived = 0;
      await stage.page.route("**/api/liveassist/uploads/*", (route) => {
        if (route.request().method() !== "PATCH" || ++arrived < 2) return route.continue();
        return new Promise(() => {});
      });
      // What stands behind the picture makes it long; it is never read.
      const buffer = Buffer.concat([photo.buffer, randomBytes(8_000_000)]);
      await openChat(stage);
      await pick(stage, { ...photo, buffer });
      await field(stage).fill(SAID.plant);
      await stage.page.locator('[role="progressbar"][aria-valuenow^="6"]').waitFor();
    },
  },
  {
    name: "upload-ready",
    about: "A picture ready to be sent, and how many are left today",
    who: "newcomer",
    show: async (stage) => {
      const photo = await photoOf(stage.page, "plant");
      await openChat(stage);
      await pick(stage, photo);
      await tile(stage, "ready").waitFor();
      await field(stage).fill(SAID.plant);
      await stage.page.getByText("1 of 2 images today").waitFor();
    },
  },
  refused("upload-unsupported", "A HEIC picture: refused by name, with what to do", [
    fileOf("IMG_4211.HEIC", "image/heic"),
    "HEIC pictures are not supported",
  ]),
  refused("upload-too-large", "A picture that is too large", [
    fileOf("panorama.jpg", "image/jpeg", 20_000_001),
    "at most 20 MB",
  ]),
  {
    name: "upload-unreadable",
    about: "A file that is not what its name says: found by the server, and the image of the day given back",
    who: "newcomer",
    show: async (stage) => {
      await openChat(stage);
      await pick(stage, { ...fileOf("leaf.png", "image/png"), buffer: Buffer.from("no picture at all") });
      await stage.page.getByText("This file is not what its name says").first().waitFor();
      await stage.page.getByText("0 of 2 images today").waitFor();
    },
  },
  {
    name: "upload-interrupted",
    about: "The connection was lost on the way: it goes on by itself, or on a press",
    who: "member",
    show: async (stage) => {
      const photo = await photoOf(stage.page, "bike");
      await openChat(stage);
      await stage.refuse("**/api/liveassist/uploads");
      await pick(stage, photo);
      await stage.page.getByText("The connection was lost").first().waitFor();
    },
  },
  {
    name: "upload-drop",
    about: "Files held over the page",
    who: "member",
    show: async (stage) => {
      const messages = [asked(SAID.stain), answered(SAID.stainAnswer)];
      await openChat(stage, { title: "Red wine on linen", messages });
      await stage.page.locator(".reply-text").waitFor();
      // Whoever drags tells it all the time.
      await stage.page.evaluate(`{
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([""], "plant.png", { type: "image/png" }));
        const over = () => document.body.dispatchEvent(new DragEvent("dragover", { bubbles: true, dataTransfer }));
        setInterval(over, 100);
      }`);
      await stage.page.getByText("Drop pictures or videos to add them").waitFor();
    },
  },
  {
    name: "video-premium",
    about: "Premium: a video with its still, and pictures without a limit",
    who: "member",
    show: async (stage) => {
      const unsent = [
        uploadOf("liveassist", "washer", "video"),
        uploadOf("liveassist", "plant"),
        uploadOf("liveassist", "bike"),
      ];
      await openChat(stage, { unsent, pretend: MOMENTS.paid });
      await tile(stage, "ready").nth(2).waitFor();
      await field(stage).fill("It stops here each time. What is wrong?");
    },
  },
  {
    name: "video-sent",
    about: "A video in the thread, played in place",
    who: "member",
    show: async (stage) => {
      const video = uploadOf("liveassist", "washer", "video");
      const messages = [
        asked("It stops here each time. What is wrong?", [video]),
        answered(SAID.washerAnswer),
      ];
      await openChat(stage, { title: "Washing machine shows E18", messages, pretend: MOMENTS.paid });
      await stage.page.locator(".reply-text").waitFor();
    },
  },
  {
    name: "picture-open",
    about: "A picture of the thread, whole",
    who: "member",
    show: async (stage) => {
      const messages = [asked(SAID.plant, [uploadOf("liveassist", "plant")]), answered(SAID.plantAnswer)];
      await openChat(stage, { title: "Yellow leaves on a monstera", messages });
      await stage.page.getByRole("button", { name: "Open plant.jpg" }).click();
      await stage.page.getByRole("dialog").getByRole("img").waitFor();
    },
  },
];
