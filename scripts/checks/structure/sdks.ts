import type { Problem } from "../check.ts";
import type { Import, SourceFile } from "../read-source.ts";
import type { SourceTree } from "../source-tree.ts";

const SDK = /^(stripe|ai|@ai-sdk\/.+|openai)(\/|$)/;
const PORT_FILE = /^packages\/api\/src\/(deps|.*-port)\.ts$/;

/** Law 1: only adapters/ import the Stripe or AI SDK at run time; ports and the emulator may name its types. */
export function checkSdks(tree: SourceTree): Problem[] {
  return tree.files.flatMap((file) =>
    file.imports
      .filter((imported) => SDK.test(imported.specifier) && !mayImport(file, imported))
      .map(({ specifier, line }) => ({
        rule: "sdks",
        file: file.path,
        line,
        message: `${specifier} belongs behind a port: call it in apps/server/src/adapters/, use packages/api/src/deps.ts here`,
      })),
  );
}

function mayImport(file: SourceFile, { typeOnly }: Import): boolean {
  if (file.isTest || file.owner === "scripts" || file.owner === "bench") return true;
  if (file.path.startsWith("apps/server/src/adapters/")) return true;
  return typeOnly && (file.owner === "packages/stripe-emulator" || PORT_FILE.test(file.path));
}
