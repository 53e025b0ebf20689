import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { GROUPS } from "./all-screens.ts";
import { LOOKS, pictureOf } from "./screen.ts";

const HEAD = `# Every screen and state

Made by \`npm run screens\` with the real server, database and Stripe emulator; rare states, chats and posts by
replacing single answers.
The list is in \`scripts/screens/\`; a test fails when a picture is missing, or belongs to nothing listed.
`;

/** Writes docs/screens/README.md: each state with its four pictures. */
export function writeList(folder: string): void {
  const sections = GROUPS.map(({ title, screens }) => {
    const header = `| | ${LOOKS.map((look) => look.name.replace("-", ", ")).join(" | ")} |\n|---|${"---|".repeat(LOOKS.length)}`;
    const rows = screens.map(({ name, about }) => {
      const pictures = LOOKS.map((look) => `![${about}](${pictureOf(name, look.name)})`);
      return `| **${name}**<br>${about} | ${pictures.join(" | ")} |`;
    });
    return `\n## ${title}\n\n${header}\n${rows.join("\n")}\n`;
  });
  writeFileSync(join(folder, "README.md"), HEAD + sections.join(""));
}
