import { expect, it } from "vitest";
import { filesFrom } from "./files-from.ts";

const file = new File(["x"], "a.png", { type: "image/png" });
const item = (kind: string, isDirectory = false) => ({
  kind,
  getAsFile: () => (kind === "file" ? file : null),
  webkitGetAsEntry: () => ({ isDirectory }),
});
const data = (types: string[], ...items: unknown[]) => ({ types, items }) as unknown as DataTransfer;

it("finds files, leaves out folders and text", () => {
  expect(filesFrom(data(["Files"], item("file"), item("file", true), item("string")))).toEqual([file]);
  expect(filesFrom(data(["text/plain"], item("string")))).toEqual([]);
  expect(filesFrom(null)).toEqual([]);
});

it("takes the text of a copied table, not the picture of it; of a dragged picture, the picture", () => {
  expect(filesFrom(data(["text/plain", "text/html", "Files"], item("file")))).toEqual([]);
  expect(filesFrom(data(["text/uri-list", "text/plain", "text/html", "Files"], item("file")))).toEqual([
    file,
  ]);
});
