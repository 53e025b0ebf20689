import { describe, expect, test } from "vitest";
import { createDraft } from "./draft.ts";

const draftOf = (...pieces: string[]) => {
  const draft = createDraft({ replyId: "reply", sessionId: "session" });
  const texts = pieces.map((piece) => {
    draft.append(piece);
    return draft.text;
  });
  return { draft, texts };
};
const [HIGH = "", LOW = ""] = "😀".split("");

describe("the text of a reply in memory", () => {
  test("holds half of a character back until the other half comes", () => {
    expect(draftOf(`a${HIGH}`, `${LOW}b`).texts).toEqual(["a", "a😀b"]);
    expect(draftOf(HIGH, LOW, "!").texts).toEqual(["", "😀", "😀!"]);
  });
  test("shows a half that never becomes whole as unreadable, and nothing before it is known", () => {
    const { draft, texts } = draftOf(`a${HIGH}`, "b", HIGH);
    expect(texts).toEqual(["a", "a\uFFFDb", "a\uFFFDb"]);
    draft.close();
    expect(draft.text).toBe("a\uFFFDb\uFFFD");
    expect(draftOf(LOW).texts).toEqual(["\uFFFD"]);
  });
  test("never has what a row cannot hold", () => {
    expect(draftOf("a\0b", "").texts).toEqual(["a\uFFFDb", "a\uFFFDb"]);
  });
});
