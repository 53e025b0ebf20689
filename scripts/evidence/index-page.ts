import { type Files, type Judged, PARTS, type Part } from "./claims/claim.ts";
import type { RunFacts } from "./claims/file-claims.ts";
import { STYLE } from "./index-style.ts";
import type { Listed } from "./run-folder.ts";

/** Longer texts are shown from their beginning; the file itself has the rest. */
const SHOWN = 60_000;
const PARTS_IN_ORDER = Object.keys(PARTS) as Part[];

/** Where each file is shown: by its folder. */
const FOLDERS: Readonly<Record<string, Part>> = {
  purchase: "purchase",
  webhooks: "payloads",
  server: "log",
  console: "console",
  chat: "chat",
  limit: "limit",
  trial: "trial",
  database: "rows",
  "runbook.md": "runbook",
};
/** And each screenshot, by the beginning of its name. */
const PICTURES: readonly (readonly [RegExp, Part])[] = [
  [/^a-chat/, "chat"],
  [/^a-third/, "limit"],
  [/^[cd]-/, "trial"],
  [/./, "purchase"],
];

/** The page that shows a run, in lines; it needs no script, no server and no network. */
export function indexPage(run: RunFacts, judged: readonly Judged[], files: Files): string[] {
  const { stamp, listed, steps } = run;
  const failed = judged.filter(({ problem }) => problem !== null);
  const verdict =
    failed.length === 0
      ? `PASS: all ${judged.length} claims hold`
      : `FAIL: ${failed.length} of ${judged.length} claims do not hold`;
  const end = steps.at(-1);
  const facts = [
    ["Run", stamp.run],
    ["Commit", stamp.commit + (stamp.changed ? " (with changes that are in no commit)" : "")],
    ["Begun", stamp.startedAt],
    [
      "Took",
      end
        ? `${Math.round((Date.parse(end.at) + end.ms - Date.parse(stamp.startedAt)) / 1000)} s`
        : "nothing was done",
    ],
    [
      "Files",
      `${listed.length}, each with this run and commit in it; <a href="manifest.json">manifest.json</a> has their SHA-256`,
    ],
  ];
  return [
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>Evidence ${stamp.run}</title><style>${STYLE}</style></head><body>`,
    `<header><h1>LiveAssist: evidence of one run</h1>`,
    `<p class="soft">Played in a real browser against the started product; every verdict was computed from the files below.</p>`,
    `<p><span class="verdict ${failed.length === 0 ? "pass" : "fail"}">${verdict}</span></p>`,
    `<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join("")}</dl>`,
    ...(failed.length > 0 ? [`<h3 class="fail">What does not hold</h3>`, claimList(failed)] : []),
    "</header>",
    `<nav aria-label="Contents"><ol>${PARTS_IN_ORDER.map((part) => tocLine(part, judged)).join("")}</ol></nav><main>`,
    ...PARTS_IN_ORDER.flatMap((part) => section(part, { run, judged, files })),
    "</main>",
    `<footer class="soft">A (Anna), B (Bo), C (Cleo) and D (Dag) are made up. Keys, secrets and login tokens are masked.</footer></body></html>`,
  ];
}

function tocLine(part: Part, judged: readonly Judged[]): string {
  const own = judged.filter((claim) => claim.part === part);
  const well = own.length > 0 && own.every(({ problem }) => problem === null);
  return `<li><a href="#${part}">${PARTS[part]}</a> <b class="${well ? "pass" : "fail"}">${well ? "PASS" : "FAIL"}</b></li>`;
}

interface Shown {
  readonly run: RunFacts;
  readonly judged: readonly Judged[];
  readonly files: Files;
}

function section(part: Part, { run, judged, files }: Shown): string[] {
  const own = judged.filter((claim) => claim.part === part);
  const pictures = run.listed.filter(({ path }) => pictureIn(path) === part);
  const texts = run.listed.filter(({ path }) => FOLDERS[path.split("/")[0] ?? ""] === part);
  const all = part === "files" ? [tableOfFiles(run.listed)] : [];
  return [
    `<section id="${part}"><h2>${PARTS[part]}</h2>`,
    claimList(own),
    ...(part === "purchase" ? meTable(files) : []),
    ...(pictures.length > 0 ? [`<div class="pictures">${pictures.map(figure).join("")}</div>`] : []),
    ...(part === "screenshots" ? ['<p class="soft">They stand in the sections they belong to.</p>'] : []),
    ...texts.map((file) => textOf(file, files)),
    ...all,
    "</section>",
  ];
}

const pictureIn = (path: string): Part | null => {
  const [folder, name = ""] = path.split("/");
  return folder === "screenshots" ? (PICTURES.find(([pattern]) => pattern.test(name))?.[1] ?? null) : null;
};

function claimList(claims: readonly Judged[]): string {
  const lines = claims.map(({ says, problem, files }) => {
    const where = files.map((file) => `<a href="${file}">${file}</a>`).join(", ");
    const why = problem === null ? "" : `<small class="fail">${escaped(problem)}</small>`;
    const verdict = problem === null ? '<b class="pass">PASS</b>' : '<b class="fail">FAIL</b>';
    return `<li>${verdict}<span>${escaped(says)}</span>${why}<small class="soft">${where}</small></li>`;
  });
  return `<ul class="claims">${lines.join("")}</ul>`;
}

const figure = ({ path, what }: Listed): string =>
  `<figure><a href="${path}"><img src="${path}" alt="${escaped(what)}" loading="lazy"></a><figcaption>${escaped(what)}</figcaption></figure>`;

function textOf({ path, what }: Listed, files: Files): string {
  const text = files.text(path);
  const shown =
    text.length > SHOWN
      ? `${text.slice(0, SHOWN)}\n… ${text.length - SHOWN} more characters in the file`
      : text;
  return `<details><summary>${escaped(what)}<a href="${path}">${path}</a></summary><pre>${escaped(shown)}</pre></details>`;
}

const MES = ["a-me-before", "a-me-after", "b-me-before", "b-me-after-a-paid", "b-me-after"];
const FIELDS = [
  "subscription_status",
  "stripe_status",
  "subscription_expiry",
  "xp",
  "image_counter",
  "image_limit",
  "version",
];

/** What changed, side by side; nothing when the run did not get so far. */
function meTable(files: Files): string[] {
  try {
    const mes = MES.map((name) => files.data(`purchase/${name}.json`));
    const head = ["A before", "A after", "B before", "B after A paid", "B after"];
    const rows = FIELDS.map(
      (field) =>
        `<tr><th>${field}</th>${mes.map((me) => `<td>${escaped(String(me[field]))}</td>`).join("")}</tr>`,
    );
    return [
      `<h3>me, side by side</h3><div class="scroll"><table><tr><th></th>${head.map((one) => `<th>${one}</th>`).join("")}</tr>${rows.join("")}</table></div>`,
    ];
  } catch {
    return [];
  }
}

function tableOfFiles(listed: readonly Listed[]): string {
  const rows = listed.map(
    ({ path, bytes, sha256, written_at }) =>
      `<tr><td><a href="${path}">${path}</a></td><td>${bytes}</td><td>${written_at.slice(11, 23)}</td><td><code>${sha256.slice(0, 16)}…</code></td></tr>`,
  );
  return `<details><summary>All ${listed.length} files</summary><div class="scroll"><table><tr><th>File</th><th>Bytes</th><th>Written</th><th>SHA-256</th></tr>${rows.join("")}</table></div></details>`;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
