import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { ALL_SCREENS } from "./all-screens.ts";
import { findGaps } from "./check-screens.ts";
import { LOOKS, pictureOf } from "./screen.ts";

it("finds every listed screen in docs/screens, in all four looks, and nothing else", () => {
  expect(findGaps(resolve(import.meta.dirname, "../../docs/screens"), ALL_SCREENS)).toEqual([]);
});

it("notices a missing picture, one too many, and one the list does not show", () => {
  const folder = mkdtempSync(join(tmpdir(), "screens-"));
  for (const look of LOOKS) writeFileSync(join(folder, pictureOf("a", look.name)), "");
  writeFileSync(
    join(folder, "README.md"),
    LOOKS.map((look) => `![](${pictureOf("a", look.name)})`).join("\n"),
  );
  expect(findGaps(folder, [{ name: "a" }])).toEqual([]);

  expect(findGaps(folder, [])).toHaveLength(4);
  expect(findGaps(folder, [{ name: "a" }, { name: "b" }])).toHaveLength(8);
  expect(findGaps(folder, [{ name: "a" }, { name: "a" }])).toContain("a is listed twice");
  rmSync(folder, { recursive: true });
});
