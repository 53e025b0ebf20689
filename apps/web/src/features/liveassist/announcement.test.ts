import { expect, it } from "vitest";
import { announcementOf } from "./announcement.ts";
import { emptyReply } from "./thread.ts";

const reply = (text: string, status: "streaming" | "complete" = "streaming") => ({
  ...emptyReply("r", "2026-11-21T12:00:00.000Z"),
  text,
  status,
});

it("says that an answer begins, its sentences once each, and its end", () => {
  const first = announcementOf(reply("It is ove"), null, false);
  expect(first.lines).toEqual(["LiveAssist is answering"]);
  const next = announcementOf(reply("It is over. Wat"), first.followed, false);
  expect(next.lines).toEqual(["It is over."]);
  const last = announcementOf(reply("It is over. Water less", "complete"), next.followed, false);
  expect(last.lines).toEqual(["Water less", "The answer is complete."]);
  expect(announcementOf(reply("It is over. Water less", "complete"), last.followed, false).lines).toEqual([]);
});

it("does not read out what stood there on arrival", () => {
  const arrival = announcementOf(reply("Old answer.", "complete"), null, true);
  expect(arrival.lines).toEqual([]);
  const middle = announcementOf(reply("First. Sec"), null, true);
  expect(middle.lines).toEqual(["LiveAssist is answering"]);
  expect(announcementOf(reply("First. Second. Th"), middle.followed, false).lines).toEqual(["Second."]);
});
