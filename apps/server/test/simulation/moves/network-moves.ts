import type { Letter, Seal } from "../letters.ts";
import { pick } from "../seeded-draws.ts";
import type { Stage } from "../stage.ts";
import { forge } from "./forge-letter.ts";
import type { MoveKinds } from "./move.ts";

const waiting = (stage: Stage): Letter[] => stage.letters.filter(({ open }) => open);
const taken = (stage: Stage): Letter[] => stage.letters.filter(({ acknowledged }) => acknowledged);

const BAD: readonly Seal[] = ["wrong_secret", "too_old", "corrupt", "missing"];

/** What the network between Stripe and us does. Letters wait until a move delivers them, so every order is possible. */
export const NETWORK_MOVES: MoveKinds<Stage> = {
  "network: delivers": {
    weight: 14,
    can: (stage) => waiting(stage).length > 0,
    make(stage, { a, b }) {
      const letters = waiting(stage);
      const letter = a < 0.5 ? letters[0] : pick(letters, a * 2 - 1);
      if (letter && letter !== letters[0]) stage.figures.add("network: out of order");
      if (letter) stage.deliver(letter, { seal: "good", at: b });
    },
  },
  "network: delivers again": {
    weight: 1.5,
    can: (stage) => taken(stage).length > 0,
    make(stage, { a, b }) {
      const letter = pick(taken(stage), a);
      if (letter) stage.deliver(letter, { seal: "good", at: b });
    },
  },
  "network: delivers twice at once": {
    weight: 1,
    can: (stage) => waiting(stage).length > 0,
    make(stage, { a }) {
      const letter = pick(waiting(stage), a);
      if (!letter) return;
      stage.deliver(letter, { seal: "good", at: 0 });
      stage.deliver(letter, { seal: "good", at: 0.99 });
    },
  },
  "network: spoils": {
    weight: 0.5,
    can: (stage) => waiting(stage).length > 0,
    make(stage, { a, b, c }) {
      const letter = pick(waiting(stage), a);
      const seal = pick(BAD, c) ?? "corrupt";
      stage.figures.add(`network: spoilt, ${seal}`);
      if (letter) stage.deliver(letter, { seal, at: b });
    },
  },
  "network: loses for good": {
    weight: 1.2,
    can: (stage) => waiting(stage).length > 0,
    make(stage, { a }) {
      const letter = pick(waiting(stage), a);
      if (!letter) return;
      letter.open = false;
      stage.tell(`${letter.type} ${letter.eventId} is lost for good.`);
    },
  },
  "network: brings a stranger": {
    weight: 0.4,
    can: (stage) => stage.letters.length > 0,
    make(stage, { a, b, c }) {
      const model = pick(stage.letters, a);
      if (!model) return;
      const { letter, kind } = forge(stage, model, c);
      stage.figures.add(`network: stranger, ${kind}`);
      stage.letters.push(letter);
      stage.deliver(letter, { seal: "good", at: b });
    },
  },
};
