import { readFileSync } from "node:fs";
import { ALERTS, type AlertName } from "@liveassist/shared/alerts";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { type StartedApp, startApp } from "../support/start-app.ts";
import { StripeStub } from "../support/stripe-stub.ts";

const OPS = new URL("../../../../ops/", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, OPS), "utf8");

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
}
interface Panel {
  readonly id: number;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
}

const rules = (parse(read("prometheus/alerts.yml")) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  (group) => group.rules,
);
const { panels } = JSON.parse(read("grafana/dashboard.json")) as { panels: Panel[] };
const queries = panels.flatMap(({ targets }) => targets);

let stub: StripeStub;
let server: StartedApp;
let series: { name: string; labels: Record<string, string> }[];

beforeAll(async () => {
  stub = await new StripeStub().start();
  server = await startApp({ stripe: { url: stub.url, secret: "whsec_ops" } });
  await vi.waitFor(
    async () => expect(await scrape()).toContain('liveassist_indicator{name="sockets"}'),
    15_000,
  );
  series = (await scrape()).split("\n").flatMap(toSeries);
});
afterAll(async () => {
  await server.stop();
  await stub.stop();
});

const scrape = async (): Promise<string> => (await fetch(`${server.url}/metrics`)).text();

function toSeries(line: string) {
  const [, name, labels = ""] = /^([a-z_]\w*)(?:\{(.*)\})? \S+$/.exec(line) ?? [];
  if (name === undefined) return [];
  const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = "", value = ""]) => [label, value]);
  return [{ name, labels: Object.fromEntries(pairs) as Record<string, string> }];
}

const WORDS = new Set(
  "sum max min avg count by rate increase histogram_quantile on ignoring le without and or unless".split(" "),
);

/** The metrics an expression reads, each with the label values it picks, and the labels it groups by. */
function readExpr(expr: string) {
  const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = ""]) => list.split(/,\s*/));
  const bare = expr.replace(/\bby \([^)]*\)/g, " ").replace(/\[\w+\]/g, " ");
  const metrics = [...bare.matchAll(/([a-z_]\w*)(?:\{([^}]*)\})?/g)].flatMap(([, name = "", picks = ""]) => {
    if (WORDS.has(name)) return [];
    const picked = [...picks.matchAll(/(\w+)=~?"([^"]*)"/g)].flatMap(([, label = "", values = ""]) =>
      values.split("|").map((value) => ({ label, value })),
    );
    return [{ name, picked }];
  });
  return { grouped, metrics };
}

const exprs = [...rules.map(({ expr }) => expr), ...queries.map(({ expr }) => expr)];

test.for([...new Set(exprs)])("a server has what %s asks for", (expr) => {
  const { grouped, metrics } = readExpr(expr);
  expect(metrics.length).toBeGreaterThan(0);
  for (const { name, picked } of metrics) {
    const own = series.filter((one) => one.name === name);
    expect(own, name).not.toEqual([]);
    for (const { label, value } of picked)
      expect(
        own.map(({ labels }) => labels[label]),
        `${name}{${label}}`,
      ).toContain(value);
    for (const label of grouped) expect(Object.keys(own[0]?.labels ?? {}), name).toContain(label);
  }
});

test.for(queries)("the legend of $expr names labels that are left of it", ({ expr, legendFormat }) => {
  const { grouped, metrics } = readExpr(expr);
  const isAggregate = /\b(sum|max|histogram_quantile)\b/.test(expr);
  const own = series.find((one) => one.name === metrics[0]?.name)?.labels ?? {};
  // What a scrape adds to every series.
  const left = isAggregate ? grouped : [...Object.keys(own), "instance"];
  for (const [, label] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) expect(left).toContain(label);
});

test("each alert has one rule with its default threshold, severity and words, and each rule an alert", () => {
  expect(rules.map(({ alert }) => alert)).toEqual(Object.keys(ALERTS));
  for (const rule of rules) {
    const { indicator, threshold, severity, summary } = ALERTS[rule.alert as AlertName];
    expect(rule.expr).toBe(`max(liveassist_indicator{name="${indicator}"}) > ${threshold}`);
    expect(rule.labels).toEqual({ severity });
    expect(rule.annotations).toEqual({ summary, runbook: `docs/operations/runbook.md#${rule.alert}` });
    expect(rule.for).toMatch(/^\d+[sm]$/);
  }
});

test("the dashboard can be imported: ids of their own, panels that do not overlap, one data source to choose", () => {
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const taken = new Set<string>();
  for (const { gridPos, title } of panels) {
    expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        expect(taken.has(`${x},${y}`), title).toBe(false);
        taken.add(`${x},${y}`);
      }
  }
  const sources = [...read("grafana/dashboard.json").matchAll(/"uid": "([^"]*)"/g)].map(([, uid]) => uid);
  expect(new Set(sources)).toEqual(new Set(["liveassist", "$" + "{datasource}"]));
});

test("no label of ours is one that a scrape puts on every series, and renames", () => {
  const labels = new Set(series.flatMap((one) => Object.keys(one.labels)));
  expect([...labels].filter((label) => label === "job" || label === "instance")).toEqual([]);
});

test("every counter, gauge and histogram of ours is on the dashboard", async () => {
  const ours = [...(await scrape()).matchAll(/^# TYPE (liveassist_\w+)/gm)].map(([, name = ""]) => name);
  expect(ours.length).toBeGreaterThan(15);
  expect(ours.filter((name) => !exprs.some((expr) => expr.includes(name)))).toEqual([]);
});
