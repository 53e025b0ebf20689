import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { CheckReport } from "./check.ts";

/** Every relative link and picture in README, AGENTS and docs leads to a file, and its #anchor to a heading. */
export async function checkDocsLinks(root: string): Promise<CheckReport> {
  const documents = globSync(["*.md", "docs/**/*.md", "{apps,packages}/*/*.md"], {
    cwd: root,
    exclude: (path) => String(path).includes("node_modules"),
  });
  const problems = documents.flatMap((document) => brokenLinks(root, document));
  return { problems, notes: [`${documents.length} documents`] };
}

function brokenLinks(root: string, document: string): string[] {
  const text = withoutCode(readFileSync(join(root, document), "utf8"));
  return linksOf(text).flatMap((link) => {
    const [path = "", anchor] = link.split("#");
    const target = path ? join(root, dirname(document), decodeURI(path)) : join(root, document);
    if (relative(root, target).startsWith("..")) return [`${document}: ${link} leads out of the repository`];
    if (!existsSync(target)) return [`${document}: ${link} does not exist`];
    if (!anchor || !target.endsWith(".md")) return [];
    const known = headingAnchors(readFileSync(target, "utf8"));
    return known.has(anchor) ? [] : [`${document}: ${link} names no heading of ${relative(root, target)}`];
  });
}

function withoutCode(text: string): string {
  return text
    .replace(/^```[\s\S]*?^```/gm, "")
    .replace(/`[^`\n]*`/g, (code) => (code.includes("](") ? "" : code));
}

function linksOf(text: string): string[] {
  const inline = [...text.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)].map((match) => match[1] ?? "");
  const attributes = [...text.matchAll(/\b(?:src|srcset|href)="([^"\s]+)"/g)].map((match) => match[1] ?? "");
  return [...inline, ...attributes].filter((link) => link && !/^([a-z]+:|\/\/)/i.test(link));
}

/** The anchors GitHub gives the headings of a Markdown text. */
export function headingAnchors(text: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const match of text.replace(/^```[\s\S]*?^```/gm, "").matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const words = (match[1] ?? "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const slug = words.replace(/[^\p{L}\p{N}\s_-]/gu, "").replace(/\s/g, "-");
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    anchors.add(times === 0 ? slug : `${slug}-${times}`);
  }
  return anchors;
}
