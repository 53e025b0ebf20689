import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { onLoginChangedElsewhere, whileLeaving } from "./login-hint.ts";

const page = new EventTarget();
const heard: (string | null)[] = [];
let stop: () => void;

/** Another tab notes who is signed in. */
function noteElsewhere(key: string, newValue: string | null): void {
  page.dispatchEvent(Object.assign(new Event("storage"), { key, newValue }));
}

beforeEach(() => {
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
  heard.length = 0;
  stop = onLoginChangedElsewhere((userId) => heard.push(userId));
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

test("what another tab notes about the login is heard, and nothing else", () => {
  noteElsewhere("liveassist.user", "user_2");
  noteElsewhere("something.else", "x");
  noteElsewhere("liveassist.user", null);
  expect(heard).toEqual(["user_2", null]);
  stop();
  noteElsewhere("liveassist.user", "user_3");
  expect(heard).toHaveLength(2);
});

test("a tab that could not end the login hears of the others again; one on its way out hears nothing more", async () => {
  const refused = whileLeaving(() => {
    noteElsewhere("liveassist.user", null);
    return Promise.reject(new Error("wrong password"));
  });
  await expect(refused).rejects.toThrow("wrong password");
  expect(heard).toEqual([]);
  noteElsewhere("liveassist.user", "user_2");
  expect(heard).toEqual(["user_2"]);
  await whileLeaving(() => Promise.resolve());
  noteElsewhere("liveassist.user", null);
  expect(heard).toEqual(["user_2"]);
});
