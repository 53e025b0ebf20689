import { beforeEach, expect, it, vi } from "vitest";
import { readDraft, writeDraft } from "./draft.ts";
import { readOutbox, writeOutbox } from "./outbox.ts";
import type { Outgoing } from "./outgoing.ts";

const one = (clientMessageId: string): Outgoing => ({
  clientMessageId,
  text: `text of ${clientMessageId}`,
  files: [],
  createdAt: "2026-11-21T12:00:00.000Z",
  state: "waiting",
  failure: null,
});
const leftIn = (sessionId: string) => readOutbox(sessionId).map(({ clientMessageId }) => clientMessageId);

beforeEach(() => {
  const disk = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => disk.get(key) ?? null,
    setItem: (key: string, value: string) => void disk.set(key, value),
    removeItem: (key: string) => void disk.delete(key),
  });
  return () => vi.unstubAllGlobals();
});

it("leaves the draft that another tab has written, when this one's is sent", () => {
  writeDraft("s", "here");
  writeDraft("s", "there");
  writeDraft("s", "", "here");
  expect(readDraft("s")).toBe("there");
  writeDraft("s", "", "there");
  expect(readDraft("s")).toBe("");
});

it("leaves what another tab has not sent yet, when this one's has arrived", () => {
  writeOutbox("s", [one("here")], []);
  writeOutbox("s", [one("there")], []);
  expect(leftIn("s")).toEqual(["here", "there"]);
  writeOutbox("s", [], [one("there")]);
  expect(leftIn("s")).toEqual(["here"]);
  writeOutbox("s", [], [one("here")]);
  expect(localStorage.getItem("liveassist.outbox.s")).toBeNull();
});
