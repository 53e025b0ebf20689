import type { Stage } from "../stage.ts";
import type { MoveKinds } from "./move.ts";

const NAMES = ["Ada", "Bo", "Cleo"];

/** Newcomers. */
export const SIGN_UP_MOVES: MoveKinds<Stage> = {
  "person: signs up": {
    weight: 6,
    can: (stage) => stage.people.length < NAMES.length,
    async make(stage) {
      const number = stage.people.length;
      const person = { id: `user_${number + 1}`, name: NAMES[number] ?? "", pages: [] };
      await stage.signUp(person);
      stage.people.push(person);
      stage.wrote = true;
      stage.tell(`${person.name} signs up.`);
    },
  },
};
