import type { Problem } from "../check.ts";
import type { SourceFile } from "../read-source.ts";
import type { SourceTree } from "../source-tree.ts";

const MOST_LINES = 320;
const LOOK_AGAIN = 200;
const MEDIAN = 60;
const COMMENT_LINES = 3;

/** No file above 320 lines, and no comment longer than three lines (docstrings aside). */
export function checkSizes(tree: SourceTree): Problem[] {
  return tree.files.flatMap((file) => {
    const problems = longComments(file).map((line) => ({
      rule: "comments",
      file: file.path,
      line,
      message: `a comment says why in ${COMMENT_LINES} lines; longer reasons belong in docs/decisions`,
    }));
    if (file.lineCount <= MOST_LINES) return problems;
    const message = `${file.lineCount} lines, at most ${MOST_LINES}: split it by what it does`;
    return [...problems, { rule: "sizes", file: file.path, line: MOST_LINES, message }];
  });
}

/** Per package: files, median lines, files to look at again, share of comment lines. Tests are counted apart. */
export function measureSizes(tree: SourceTree): string[] {
  const owners = Map.groupBy(
    tree.files.filter((file) => !file.isTest),
    (file) => file.owner,
  );
  return [...owners].map(([owner, files]) => {
    const lines = files.map((file) => file.lineCount).sort((a, b) => a - b);
    const median = lines[Math.floor(lines.length / 2)] ?? 0;
    const long = files
      .filter((file) => file.lineCount > LOOK_AGAIN)
      .map((file) => file.path.slice(owner.length + 1));
    const total = lines.reduce((sum, count) => sum + count, 0);
    const share = (100 * files.reduce((sum, file) => sum + commentLines(file), 0)) / Math.max(total, 1);
    const over = median > MEDIAN ? ` (over ${MEDIAN})` : "";
    const again = long.length > 0 ? `; above ${LOOK_AGAIN}: ${long.join(", ")}` : "";
    return `${owner}: ${files.length} files, median ${median} lines${over}, comments ${share.toFixed(0)} %${again}`;
  });
}

function commentLines(file: SourceFile): number {
  return file.comments.reduce((sum, comment) => sum + comment.value.split("\n").length, 0);
}

function longComments(file: SourceFile): number[] {
  const found: number[] = [];
  let run = { first: 0, last: -1 };
  for (const comment of file.comments) {
    const line = file.lineAt(comment.start);
    const length = comment.value.split("\n").length;
    if (comment.type === "Block" && !comment.value.startsWith("*") && length > COMMENT_LINES)
      found.push(line);
    if (comment.type !== "Line") continue;
    run = line === run.last + 1 ? { first: run.first, last: line } : { first: line, last: line };
    if (run.last - run.first === COMMENT_LINES) found.push(run.first);
  }
  return found;
}
