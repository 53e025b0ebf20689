import { createCaller } from "@liveassist/api";
import { type Answered, judgeAnswer, judgeRefusal } from "../checks/check-answers.ts";
import { type Move, type MoveKind, type MoveKinds, personOf } from "../moves/move.ts";
import { pick } from "../seeded-draws.ts";
import type { Person } from "../stage.ts";
import type { Life } from "./life.ts";

const actorOf = (person: Person) => ({ userId: person.id, role: "user" as const, loginId: "login" });
type Caller = ReturnType<typeof createCaller>;

/** Somebody calls one of our procedures, on whichever server answers. */
function call(life: Life, move: Move, { what, work, done }: CallOf): void {
  const person = personOf(life, move);
  const server = pick(life.processes, move.c);
  if (!person || !server) return;
  life.tell(`${person.name} ${what} (${server.name}).`);
  life.ask<Answered>(server, what, {
    work: ({ deps }) => work(createCaller(deps, actorOf(person)), person),
    done(answer, errand) {
      done?.(person, answer);
      judgeAnswer(life, { person, answer, errand });
    },
    failed: (error, databaseFailed) =>
      judgeRefusal(life, { error, databaseFailed, what: `${person.name} ${what}` }),
  });
}

interface CallOf {
  readonly what: string;
  readonly work: (caller: Caller, person: Person) => Promise<Answered>;
  readonly done?: (person: Person, answer: Answered) => void;
}

const asks = (weight: number, what: string, work: CallOf["work"]): MoveKind<Life> => ({
  weight,
  can: (life) => life.people.length > 0,
  make: (life, move) => call(life, move, { what, work }),
});

const TRIALS = {
  "opens a checkout": undefined,
  "opens a checkout with a trial": true,
  "opens a checkout without a trial": false,
};

/** What people do in our app. */
export const PEOPLE_MOVES: MoveKinds<Life> = {
  "person: opens checkout": {
    weight: 4,
    can: (life) => life.people.length > 0,
    make(life, move) {
      const [what, trial] = pick(Object.entries(TRIALS), move.b < 0.6 ? 0 : move.b) ?? [
        "opens a checkout",
        undefined,
      ];
      call(life, move, {
        what,
        work: async (caller) => ({
          page: await caller.subscription.createCheckout(trial === undefined ? {} : { trial }),
        }),
        done(person, { page }) {
          if (page && !person.pages.includes(page.sessionId)) person.pages.push(page.sessionId);
        },
      });
    },
  },
  "person: comes back and confirms": {
    weight: 2,
    can: (life) => life.people.some((person) => person.pages.length > 0),
    make(life, move) {
      const sessionId = pick(personOf(life, move)?.pages.slice(-2) ?? [], move.b);
      if (!sessionId) return;
      const work = async (caller: Caller) => ({ fresh: await caller.subscription.confirm({ sessionId }) });
      call(life, move, { what: "comes back from the checkout and confirms", work });
    },
  },
  "person: confirms another's page": {
    weight: 0.2,
    can: (life) => life.people.some((person) => person.pages.length > 0),
    make(life, move) {
      const owner = life.people.find((person) => person.pages.length > 0 && person !== personOf(life, move));
      const sessionId = pick(owner?.pages ?? [], move.b);
      if (!sessionId) return;
      const work = async (caller: Caller) => ({ stolen: await caller.subscription.confirm({ sessionId }) });
      call(life, move, { what: `confirms ${owner?.name}'s checkout`, work });
    },
  },
  "person: reads status": asks(2, "reads the status", async (caller) => ({
    read: await caller.subscription.status(),
  })),
  "person: reads me": asks(0.5, "looks at the profile", async (caller) => ({ me: await caller.user.me() })),
  "person: refreshes": asks(1, "refreshes", async (caller) => ({
    fresh: await caller.subscription.refresh(),
  })),
  "person: cancels at period end": asks(0.7, "cancels for the end of the period", async (caller) => ({
    fresh: await caller.subscription.cancel({ when: "period_end" }),
  })),
  "person: cancels now": asks(0.4, "cancels at once", async (caller) => ({
    fresh: await caller.subscription.cancel({ when: "now" }),
  })),
  "person: resumes": asks(0.5, "takes the cancel back", async (caller) => ({
    fresh: await caller.subscription.resume(),
  })),
};
