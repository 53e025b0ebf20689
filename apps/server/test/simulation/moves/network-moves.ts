import { receiveEvent } from "@liveassist/api";
import { AppError } from "@liveassist/shared/errors";
import { type Letter, type Seal, sealed } from "../letters.ts";
import type { Life } from "../life.ts";
import { pick } from "../seeded-draws.ts";
import { forge } from "./forge-letter.ts";
import { type MoveKinds, processOfMove } from "./move.ts";

const waiting = (life: Life): Letter[] => life.letters.filter(({ open }) => open);
const taken = (life: Life): Letter[] => life.letters.filter(({ acknowledged }) => acknowledged);

/** A delivery arrives at a process. What is not answered 2xx stays with Stripe, which will try again. */
export function deliver(life: Life, letter: Letter, { seal, at }: { seal: Seal; at: number }): void {
  const server = processOfMove(life, at);
  if (!server) return;
  letter.attempts += 1;
  const how = seal === "good" ? "" : ` with a ${seal.replace("_", " ")} signature or body`;
  life.tell(`Stripe delivers ${letter.type} ${letter.eventId} to ${server.name}${how}.`);
  life.ask(server, `delivery of ${letter.eventId}`, {
    work: ({ deps, store }) => receiveEvent(deps, store, sealed(letter, seal)),
    done() {
      if (seal !== "good")
        life.faults.push(`a delivery with a ${seal} seal was acknowledged: ${letter.type}`);
      letter.acknowledged = true;
      letter.open = false;
    },
    failed(error, databaseFailed) {
      const refused = error instanceof AppError && error.code === "INVALID_SIGNATURE";
      if (refused && seal !== "good") return;
      if (!refused && databaseFailed) return;
      life.faults.push(`a good delivery of ${letter.type} was refused: ${String(error)}`);
    },
  });
}

const BAD: readonly Seal[] = ["wrong_secret", "too_old", "corrupt", "missing"];

/** What the network between Stripe and us does. Letters wait until a move delivers them, so every order is possible. */
export const NETWORK_MOVES: MoveKinds = {
  "network: delivers": {
    weight: 14,
    can: (life) => waiting(life).length > 0,
    make(life, { a, b }) {
      const letters = waiting(life);
      const letter = a < 0.5 ? letters[0] : pick(letters, a * 2 - 1);
      if (letter && letter !== letters[0]) life.figures.add("network: out of order");
      if (letter) deliver(life, letter, { seal: "good", at: b });
    },
  },
  "network: delivers again": {
    weight: 1.5,
    can: (life) => taken(life).length > 0,
    make(life, { a, b }) {
      const letter = pick(taken(life), a);
      if (letter) deliver(life, letter, { seal: "good", at: b });
    },
  },
  "network: delivers twice at once": {
    weight: 1,
    can: (life) => waiting(life).length > 0,
    make(life, { a }) {
      const letter = pick(waiting(life), a);
      if (!letter) return;
      deliver(life, letter, { seal: "good", at: 0 });
      deliver(life, letter, { seal: "good", at: 0.99 });
    },
  },
  "network: spoils": {
    weight: 0.5,
    can: (life) => waiting(life).length > 0,
    make(life, { a, b, c }) {
      const letter = pick(waiting(life), a);
      const seal = pick(BAD, c) ?? "corrupt";
      life.figures.add(`network: spoilt, ${seal}`);
      if (letter) deliver(life, letter, { seal, at: b });
    },
  },
  "network: loses for good": {
    weight: 1.2,
    can: (life) => waiting(life).length > 0,
    make(life, { a }) {
      const letter = pick(waiting(life), a);
      if (!letter) return;
      letter.open = false;
      life.tell(`${letter.type} ${letter.eventId} is lost for good.`);
    },
  },
  "network: brings a stranger": {
    weight: 0.4,
    can: (life) => life.letters.length > 0,
    make(life, { a, b, c }) {
      const model = pick(life.letters, a);
      if (!model) return;
      const { letter, kind } = forge(life, model, c);
      life.figures.add(`network: stranger, ${kind}`);
      life.letters.push(letter);
      deliver(life, letter, { seal: "good", at: b });
    },
  },
};
