import { createCaller, createUpload, finishUpload, removeUpload, sweepUploads } from "@liveassist/api";
import { nextDayStart } from "@liveassist/shared/quota";
import { finishReply } from "../../../../../packages/api/src/liveassist/finish-reply.ts";
import { judgeRefusal } from "../checks/check-answers.ts";
import type { Move, MoveKinds } from "../moves/move.ts";
import { personOf } from "../moves/move.ts";
import { passTime } from "../moves/time-moves.ts";
import { pick } from "../seeded-draws.ts";
import type { Person } from "../stage.ts";
import type { Ask, Life } from "./life.ts";
import { CONTENTS } from "./memory-files.ts";
import type { ServedProcess } from "./served-process.ts";

/** An upload that a server answered for. */
export interface Upload {
  readonly id: string;
  readonly person: Person;
  /** How far it has come, as people were told. */
  known: "begun" | "ready" | "over";
}
/** A message that was sent, and the reply that is awaited or failed. */
export interface Turn {
  readonly person: Person;
  readonly sessionId: string;
  readonly messageId: string;
  readonly replyId: string;
}

const actorOf = (person: Person) => ({ userId: person.id, role: "user" as const, loginId: "login" });
/** The newest are the interesting ones. */
const recent = <T>(all: readonly T[]): readonly T[] => all.slice(-6);
const anybody = (life: Life): boolean => life.people.length > 0 && life.processes.length > 0;
/** Mostly one that has come so far, else any. */
const uploadOf = (
  life: Life,
  known: Upload["known"],
  { a, b }: Pick<Move, "a" | "b">,
): Upload | undefined => {
  const fitting = life.uploads.filter((upload) => upload.known === known);
  return pick(recent(b < 0.85 && fitting.length > 0 ? fitting : life.uploads), a);
};
const anyUpload = (life: Life): boolean => life.uploads.length > 0 && life.processes.length > 0;
const anyTurn = (life: Life): boolean => life.turns.length > 0 && life.processes.length > 0;

interface Wish<T> {
  readonly person: Person;
  readonly what: string;
  readonly server: ServedProcess | undefined;
  readonly work: Ask<T>["work"];
  readonly done?: (answer: T) => void;
}

function wish<T>(life: Life, { person, what, server, work, done }: Wish<T>): void {
  if (!server) return;
  life.tell(`${person.name} ${what} (${server.name}).`);
  life.ask(server, what, {
    work,
    done: (answer) => done?.(answer),
    failed(error, databaseFailed) {
      const code = judgeRefusal(life, { error, databaseFailed, what: `${person.name} ${what}` });
      if (code === "IMAGE_DAY_LIMIT")
        life.state.quota.refused.push({ userId: person.id, retried: what === RETRIES });
    },
  });
}

const RETRIES = "has a reply tried again";
const KINDS = [
  ...Array.from({ length: 8 }, () => ["liveassist", "image/png"] as const),
  ["liveassist", "video/mp4"] as const,
  ["community", "image/png"] as const,
];

function beginUpload(life: Life, person: Person, { b, c }: Pick<Move, "b" | "c">): void {
  const [purpose, mediaType] = pick(KINDS, b) ?? ["liveassist", "image/png"];
  wish(life, {
    person,
    what: `begins an upload of ${mediaType} for ${purpose}`,
    server: pick(life.processes, c),
    work: ({ deps }) => {
      const file = { filename: "a file", bytes: 1_000, frameOf: null, frameAtMs: null };
      return createUpload(deps, actorOf(person), { ...file, purpose, mediaType });
    },
    done: ({ id }) => void life.uploads.push({ id, person, known: "begun" }),
  });
}

function send(life: Life, person: Person, { uploadIds, at }: { uploadIds: string[]; at: number }): void {
  wish(life, {
    person,
    what: `sends ${uploadIds.length} uploads`,
    server: pick(life.processes, at),
    async work({ deps }) {
      const { liveassist } = createCaller(deps, actorOf(person));
      const { sessionId } = await liveassist.createSession();
      const sent = await liveassist.sendMessage({ sessionId, text: "?", uploadIds, clientMessageId: "m" });
      return { sessionId, messageId: sent.message.id, replyId: sent.replyId };
    },
    done(turn) {
      life.turns.push({ ...turn, person });
      for (const upload of life.uploads) if (uploadIds.includes(upload.id)) upload.known = "over";
    },
  });
}

/** Images and their units: what people do with uploads, what becomes of replies, and the turn of the day. */
export const QUOTA_MOVES: MoveKinds<Life> = {
  "upload: begins": {
    weight: 1.6,
    can: anybody,
    make(life, move) {
      const person = personOf(life, move);
      if (person) beginUpload(life, person, move);
    },
  },
  "upload: three begin at once": {
    weight: 0.5,
    can: anybody,
    make(life, move) {
      const person = personOf(life, move);
      if (person) for (const c of [0, 0.99, 0.5]) beginUpload(life, person, { b: 0, c });
    },
  },
  "upload: arrives": {
    weight: 1.5,
    can: anyUpload,
    make(life, { a, b, c }) {
      const upload = uploadOf(life, "begun", { a, b });
      const path = c < 0.75 ? "image/png" : (pick(CONTENTS, (c - 0.75) * 4) ?? "image/png");
      if (!upload) return;
      const { person, id } = upload;
      wish(life, {
        person,
        what: `has an upload arrive as ${path}`,
        server: pick(life.processes, a),
        work: ({ deps }) => finishUpload(deps, actorOf(person), { uploadId: id, path }),
        done() {
          upload.known = "ready";
        },
      });
    },
  },
  "upload: removed": {
    weight: 0.5,
    can: anyUpload,
    make(life, { a, c }) {
      const upload = pick(recent(life.uploads), a);
      if (!upload) return;
      const { person, id } = upload;
      wish(life, {
        person,
        what: "removes an upload",
        server: pick(life.processes, c),
        work: ({ deps }) => removeUpload(deps, actorOf(person), id),
        done() {
          upload.known = "over";
        },
      });
    },
  },
  "upload: sent": {
    weight: 1.1,
    can: anyUpload,
    make(life, { a, b, c }) {
      const upload = uploadOf(life, "ready", { a, b: c });
      if (!upload) return;
      const own = life.uploads.filter(({ person, known }) => person === upload.person && known === "ready");
      const uploadIds = [...new Set([upload.id, ...(b < 0.4 ? own.map(({ id }) => id).slice(-2) : [])])];
      send(life, upload.person, { uploadIds, at: c });
      // The same file in another tab's message.
      if (b > 0.85) send(life, upload.person, { uploadIds, at: 1 - c });
    },
  },
  "upload: sent by another": {
    weight: 0.1,
    can: (life) => anyUpload(life) && life.people.length > 1,
    make(life, { a, c }) {
      const upload = pick(recent(life.uploads), a);
      const other = life.people.find((person) => person !== upload?.person);
      if (upload && other) send(life, other, { uploadIds: [upload.id], at: c });
    },
  },
  "reply: fails": {
    weight: 0.5,
    can: anyTurn,
    make(life, { a, c }) {
      const turn = pick(recent(life.turns), a);
      if (!turn) return;
      const { sessionId, replyId, messageId: replyTo } = turn;
      wish(life, {
        person: turn.person,
        what: "is answered by a failed reply",
        server: pick(life.processes, c),
        work: ({ deps }) =>
          finishReply(
            deps,
            { sessionId, replyId, replyTo, userId: turn.person.id },
            { status: "failed", failure: "away", text: "" },
          ),
      });
    },
  },
  "reply: tried again": {
    weight: 0.5,
    can: anyTurn,
    make(life, { a, c }) {
      const turn = pick(recent(life.turns), a);
      if (!turn) return;
      const { person, sessionId, replyId } = turn;
      wish(life, {
        person,
        what: RETRIES,
        server: pick(life.processes, c),
        work: ({ deps }) => createCaller(deps, actorOf(person)).liveassist.retryReply({ sessionId, replyId }),
        done: (next) => void life.turns.push({ ...turn, replyId: next.replyId }),
      });
    },
  },
  "uploads: swept": {
    weight: 0.5,
    can: (life) => life.processes.length > 0,
    make(life, { c }) {
      const server = pick(life.processes, c);
      if (!server) return;
      life.tell(`${server.name} sweeps uploads.`);
      life.ask(server, "a sweep", {
        work: ({ deps }) => sweepUploads(deps),
        failed(error, databaseFailed) {
          if (!databaseFailed) life.faults.push(`a sweep of uploads fails: ${String(error)}`);
        },
      });
    },
  },
  "time: until midnight": {
    weight: 0.4,
    can: () => true,
    make(life, { a }) {
      const midnight = nextDayStart("Europe/Stockholm", life.now());
      const ms = midnight - life.now() - (a < 0.5 ? 1_000 : 0);
      return passTime(life, Math.max(1_000, ms));
    },
  },
};
