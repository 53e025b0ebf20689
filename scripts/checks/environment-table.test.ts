import { expect, test } from "vitest";
import { plantRepository } from "../testing/plant-repository.ts";
import { checkEnvironmentTable } from "./environment-table.ts";

const config =
  'const MINUTE = 60;\nconst schema = { PORT: port(), HOST: text() };\nread("LOG_LEVEL"); // not A_COMMENT\n';

async function problemsOf(table: string): Promise<string[]> {
  const root = plantRepository({
    "apps/server/src/config.ts": config,
    "README.md": `# x\n\n## Environment\n\n${table}\n\n## Next\n\n| \`NOT_HERE\` | |\n`,
  });
  return (await checkEnvironmentTable(root)).problems;
}

test("a table with exactly the variables of config.ts is true", async () => {
  expect(await problemsOf("| `PORT` `HOST` | x `ELSEWHERE` |\n| `LOG_LEVEL` | |")).toEqual([]);
});

test("a variable missing from the table is a problem", async () => {
  expect(await problemsOf("| `PORT` | |\n| `HOST` | |")).toEqual([
    "README.md: LOG_LEVEL is read by apps/server/src/config.ts but not in the table under “## Environment”",
  ]);
});

test("a variable that config.ts does not read is a problem", async () => {
  expect(await problemsOf("| `PORT` `HOST` `LOG_LEVEL` | |\n| `REDIS_URL` | |")).toEqual([
    "README.md: REDIS_URL is in the environment table, but apps/server/src/config.ts does not read it",
  ]);
});
