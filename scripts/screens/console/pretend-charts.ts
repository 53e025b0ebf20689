import type { Outputs } from "../../../packages/api/src/contract.ts";

type Charts = Outputs["operations"]["readCharts"];
type Point = Charts["points"][number];

const RANGES = {
  hour: { step: 60, steps: 60, busy: 6 },
  day: { step: 900, steps: 96, busy: 70 },
  week: { step: 7_200, steps: 84, busy: 480 },
} as const;

const NOTHING: Omit<Point, "at"> = {
  stored: 0,
  skipped: 0,
  ignored: 0,
  failed: 0,
  activations: 0,
  activation_p50: null,
  activation_p99: null,
  receipt_p50: null,
  receipt_p99: null,
  replies: 0,
  replies_failed: 0,
};

/** Arrivals, failures and times of a range: a good one, one with a bad quarter near its end, or one without anything. */
export function chartsOf(range: keyof typeof RANGES, how: "good" | "bad" | "empty" = "good"): Charts {
  const { step, steps, busy } = RANGES[range];
  const to = (Math.floor(Date.now() / (step * 1000)) + 1) * step * 1000;
  const from = to - steps * step * 1000;
  const points = Array.from({ length: steps }, (_, index): Point => {
    const at = new Date(from + index * step * 1000).toISOString();
    return { at, ...NOTHING, ...(how === "empty" ? {} : busyStep(index / steps, busy, how === "bad")) };
  });
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), step_seconds: step, points };
}

/** Waves with some noise that is the same each time; `when` from 0 to 1. */
function busyStep(when: number, busy: number, hasBad: boolean): Partial<Point> {
  const noise = (seed: number): number =>
    Math.abs(Math.sin(when * 912.9898 + seed * 78.233) * 43_758.5453) % 1;
  const wave = 0.55 + 0.45 * Math.sin(when * Math.PI * 3.2 + 0.6);
  const stored = Math.round(busy * wave * (0.7 + 0.6 * noise(1)));
  const isBad = hasBad && when > 0.72 && when < 0.8;
  const hasPaid = noise(2) < 0.6 * wave + 0.15;
  const [p50, receipt] = [0.9 + noise(3) * 0.5, 0.3 + noise(4) * 0.3];
  return {
    stored,
    skipped: Math.round(stored * 0.08 * noise(5)),
    ignored: Math.round(stored * 0.3 * noise(6)),
    failed: isBad ? Math.ceil(busy * 0.3 * noise(7)) : 0,
    replies: Math.round(busy * 2 * wave),
    replies_failed: noise(8) > 0.93 ? 1 : 0,
    ...(hasPaid
      ? {
          activations: Math.max(1, Math.round(stored / 6)),
          activation_p50: isBad ? p50 + 2 : p50,
          activation_p99: isBad ? 34 + noise(9) * 14 : p50 + 0.7 + noise(9),
          receipt_p50: receipt,
          receipt_p99: isBad ? 6 + noise(10) * 3 : receipt + 0.3,
        }
      : {}),
  };
}
