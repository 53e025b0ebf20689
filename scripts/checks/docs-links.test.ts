import { expect, test } from "vitest";
import { plantRepository } from "../testing/plant-repository.ts";
import { checkDocsLinks, headingAnchors } from "./docs-links.ts";

async function problemsOf(readme: string): Promise<string[]> {
  const docs = { "docs/a.md": "# Adding a table\n", "README.md": readme };
  return (await checkDocsLinks(plantRepository(docs))).problems;
}

test("a link to a file that is not there is a problem", async () => {
  expect(await problemsOf("See [this](docs/b.md) and ![that](c.svg).")).toEqual([
    "README.md: docs/b.md does not exist",
    "README.md: c.svg does not exist",
  ]);
});

test("a link to a heading that is not there is a problem", async () => {
  expect(await problemsOf("[x](docs/a.md#adding-a-plan)")).toEqual([
    "README.md: docs/a.md#adding-a-plan names no heading of docs/a.md",
  ]);
});

test("a link out of the repository is a problem", async () => {
  expect(await problemsOf("[x](../elsewhere.md)")).toEqual([
    "README.md: ../elsewhere.md leads out of the repository",
  ]);
});

test("links that lead somewhere, web addresses and code are fine", async () => {
  const fine = "# Top\n[a](docs/a.md#adding-a-table) [b](#top) [c](https://example.com) `[d](nowhere.md)`";
  expect(await problemsOf(fine)).toEqual([]);
  expect(await problemsOf("```md\n[d](nowhere.md)\n```\n")).toEqual([]);
});

test("pictures in HTML count too", async () => {
  expect(await problemsOf('<img src="docs/none.png">')).toEqual(["README.md: docs/none.png does not exist"]);
});

test("anchors are those of GitHub", () => {
  expect([...headingAnchors("## `npm start`: what it does\n## Again\n## Again\n")]).toEqual([
    "npm-start-what-it-does",
    "again",
    "again-1",
  ]);
});
