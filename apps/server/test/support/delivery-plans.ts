import { permutations, shuffles } from "./permutations.ts";

/** Which events arrive after which step: batches in turn, the events of a batch at once. An event is its number. */
export interface DeliveryPlan {
  readonly name: string;
  readonly after: readonly (readonly number[][])[];
  /** Some event never arrives. */
  readonly loses: boolean;
}

type Batches = number[][];
const inTurn = (order: readonly number[]): Batches => order.map((one) => [one]);

/** The numbers of each step's events, from how many each step has. */
function numbered(counts: readonly number[]): number[][] {
  let next = 0;
  return counts.map((count) => Array.from({ length: count }, () => next++));
}

/** The plans for a lifecycle whose steps have so many events each. */
export function deliveryPlans(counts: readonly number[]) {
  const steps = numbered(counts);
  const all = steps.flat();
  const timely = (name: string, deliver: (own: number[], step: number) => Batches, loses = false) => ({
    name: `on time, ${name}`,
    after: steps.map(deliver),
    loses,
  });
  /** Nothing arrives until everything has happened. */
  const late = (name: string, batches: Batches, loses = false): DeliveryPlan => ({
    name: `late, ${name}`,
    after: steps.map((_, step) => (step === steps.length - 1 ? batches : [])),
    loses,
  });
  const without = (lost: number) => all.filter((one) => one !== lost);
  const shuffled = (items: readonly number[], seed: number) => shuffles(items, { count: 1, seed })[0] ?? [];
  return {
    all,
    inOrder: timely("in order", inTurn),
    few: (seed: number): DeliveryPlan[] => [
      timely("in order", inTurn),
      timely("backwards, all twice at once", (own) => [[...own.toReversed(), ...own]]),
      timely("mixed with what came a step before", (_, step) => {
        const isLast = step === steps.length - 1;
        const own = isLast ? (steps[step] ?? []) : [];
        return inTurn(shuffled([...own, ...(steps[step - 1] ?? [])], seed + step));
      }),
      late("all three times at once", [[...all, ...all.toReversed(), ...all]]),
      late("in some order, each twice", inTurn(shuffled([...all, ...all], seed))),
      late("one lost", inTurn(shuffled(without(seed % all.length), seed)), true),
      late("all lost", [], true),
    ],
    /** Every order up to five events, `sample` of them above; each event lost, late and on time; doubled, at once. */
    many: (seed: number, sample: number): DeliveryPlan[] => [
      ...(all.length <= 5 ? permutations(all) : shuffles(all, { count: sample, seed })).map((order) =>
        late(`as ${order.join(" ")}`, inTurn(order)),
      ),
      ...Array.from({ length: 6 }, (_, at) =>
        timely(`in some order, ${at}`, (own, step) => inTurn(shuffled(own, seed + 31 * at + step))),
      ),
      ...all.flatMap((lost) => [
        late(`${lost} lost`, inTurn(shuffled(without(lost), seed + lost)), true),
        timely(`${lost} lost`, (own) => inTurn(own.filter((one) => one !== lost)), true),
        late(`${lost} twice`, inTurn(all.flatMap((one) => (one === lost ? [one, one] : [one])))),
      ]),
      late("everything, then everything again", inTurn([...all, ...all])),
      late(
        "each twice at once",
        all.map((one) => [one, one]),
      ),
    ],
  };
}
