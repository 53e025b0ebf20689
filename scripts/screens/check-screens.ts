import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LOOKS, pictureOf } from "./screen.ts";

/** What is missing or too much in a folder of pictures, measured by the list of screens; empty when it is complete. */
export function findGaps(folder: string, screens: readonly { name: string }[]): string[] {
  const gaps: string[] = [];
  const names = screens.map((screen) => screen.name);
  for (const name of names.filter((one, index) => names.indexOf(one) !== index))
    gaps.push(`${name} is listed twice`);
  const wanted = new Set(names.flatMap((name) => LOOKS.map((look) => pictureOf(name, look.name))));
  const there = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".png")) : [];
  for (const file of wanted)
    if (!there.includes(file)) gaps.push(`${file} has not been taken: npm run screens`);
  for (const file of there)
    if (!wanted.has(file)) gaps.push(`${file} belongs to no listed screen: remove it or list it`);
  const list = join(folder, "README.md");
  const text = existsSync(list) ? readFileSync(list, "utf8") : "";
  for (const file of wanted) if (!text.includes(`](${file})`)) gaps.push(`README.md does not show ${file}`);
  return gaps;
}
