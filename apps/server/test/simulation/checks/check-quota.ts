import type { FileRow, Rows, UnitRow } from "../rows.ts";
import type { Stage } from "../stage.ts";
import { seenNow } from "./what-is-seen.ts";

/** `FREE_IMAGES_PER_DAY`, as the simulated servers are configured. */
const LIMIT = 2;

const isLive = (unit: UnitRow): boolean => unit.counted && unit.state !== "released";
const stockholm = (at: number): string =>
  new Date(at).toLocaleDateString("sv-SE", { timeZone: "Europe/Stockholm" });

/** Somebody was told that today's images are used up. */
interface Refused {
  readonly userId: string;
  readonly retried: boolean;
}

const NEXT: Readonly<Record<UnitRow["state"], readonly UnitRow["state"][]>> = {
  reserved: ["committed", "released"],
  committed: ["released"],
  released: ["committed"],
};

/** A unit is a row, and every row is accounted for, after every step (design I9). */
export class QuotaWatch {
  readonly refused: Refused[] = [];
  /** The day for which a user's counter was last right, and what it and their units were then. */
  readonly #right = new Map<string, { day: string; was: string }>();

  look(stage: Stage, rows: Rows, before: Rows | null): void {
    const today = stockholm(stage.now());
    for (const user of rows.users) {
      const own = rows.units.filter((unit) => unit.user_id === user.id);
      this.#checkDays(stage, user.id, own);
      this.#checkCounter(stage, { user, own, today });
      const was = before?.users.find((one) => one.id === user.id)?.subscription_status;
      if (was === "free" && user.subscription_status !== "free" && own.some(isLive))
        stage.faults.push(`${user.id} became ${user.subscription_status} and older images still count`);
    }
    for (const unit of rows.units) checkStep(stage, { rows, before, unit });
    checkFiles(stage, rows);
  }

  /** Nobody is refused who is Premium or has room for all that they asked. */
  checkRefused(stage: Stage, rows: Rows): void {
    const today = stockholm(stage.now());
    for (const { userId, retried } of this.refused.splice(0)) {
      const plan = seenNow(stage, rows, userId);
      const own = rows.units.filter((unit) => unit.user_id === userId && unit.day === today);
      const live = own.filter(isLive).length;
      const wanted = retried ? mostToRetake(rows, userId) : 1;
      if (plan === "free" && live + wanted > LIMIT) continue;
      stage.faults.push(`${userId} is ${plan}, has ${live} images today, and was refused one more`);
    }
  }

  #checkDays(stage: Stage, userId: string, own: readonly UnitRow[]): void {
    for (const [day, units] of Map.groupBy(own.filter(isLive), (unit) => unit.day))
      if (units.length > LIMIT) stage.faults.push(`${userId} has ${units.length} counted images on ${day}`);
  }

  /** The counter says what today's live units count; after midnight it may lag until a unit comes or goes. */
  #checkCounter(
    stage: Stage,
    { user, own, today }: { user: Rows["users"][number]; own: readonly UnitRow[]; today: string },
  ): void {
    const live = own.filter((unit) => isLive(unit) && unit.day === today).length;
    const counted = own.filter(isLive).map((unit) => [unit.upload_id, unit.day]);
    const was = JSON.stringify([user.image_counter, counted]);
    const right = this.#right.get(user.id);
    if (user.image_counter === live) this.#right.set(user.id, { day: today, was });
    else if (!right || right.day === today || right.was !== was)
      stage.faults.push(
        `${user.id}'s image_counter is ${user.image_counter}, today's live units are ${live}`,
      );
  }
}

/** The most images that trying a failed reply again may need at once: three, when its message was written over midnight. */
function mostToRetake(rows: Rows, userId: string): number {
  const given = rows.units.filter(
    (unit) => unit.user_id === userId && unit.counted && unit.state === "released",
  );
  const messages = given.map((unit) => rows.files.find((file) => file.id === unit.upload_id)?.message_id);
  const sent = messages.filter((message) => typeof message === "string");
  return Math.max(1, ...[...Map.groupBy(sent, (message) => message).values()].map((same) => same.length));
}

interface Step {
  readonly rows: Rows;
  readonly before: Rows | null;
  readonly unit: UnitRow;
}

/** A unit goes the ways it may go, counts only for who was Free, and belongs to its upload. */
function checkStep(stage: Stage, { rows, before, unit }: Step): void {
  const earlier = before?.units.find((one) => one.upload_id === unit.upload_id);
  const name = `the unit of ${unit.upload_id}`;
  if (earlier && earlier.state !== unit.state && !NEXT[earlier.state].includes(unit.state))
    stage.faults.push(`${name} went from ${earlier.state} to ${unit.state}`);
  const isTaken =
    before !== null && (earlier?.state ?? "released") === "released" && unit.state !== "released";
  if (isTaken) {
    const plan = seenNow(stage, rows, unit.user_id);
    const mustCount = plan === "free" && (earlier?.counted ?? true);
    if (unit.counted !== mustCount)
      stage.faults.push(`${name} was taken by a ${plan} user and counted is ${unit.counted}`);
    if (unit.day !== stockholm(stage.now())) stage.faults.push(`${name} was taken for ${unit.day}`);
  }
  const file = rows.files.find((one) => one.id === unit.upload_id);
  const fault = unit.state === "released" ? wronglyReleased(rows, file) : wronglyHeld(rows, unit, file);
  if (fault !== null) stage.faults.push(`${name} is ${unit.state}, but ${fault}`);
}

const replyOf = (rows: Rows, file: FileRow): string | undefined =>
  rows.replies.find((reply) => reply.reply_to === file.message_id)?.status;

/** A unit is given back when its image was not sent, was none, or its reply failed; never otherwise. */
function wronglyReleased(rows: Rows, file: FileRow | undefined): string | null {
  if (!file || file.kind === "video" || file.state === "failed" || file.state === "removed") return null;
  if (file.state === "sent" && replyOf(rows, file) === "failed") return null;
  return `its image is ${file.state}`;
}

function wronglyHeld(rows: Rows, unit: UnitRow, file: FileRow | undefined): string | null {
  if (!file) return "its upload is gone";
  if (file.user_id !== unit.user_id) return "its upload is somebody else's";
  if (file.purpose !== "liveassist" || file.kind !== "image") return `it is a ${file.purpose} ${file.kind}`;
  const isSent = file.state === "sent";
  if (isSent !== (unit.state === "committed")) return `its image is ${file.state}`;
  if (!isSent && file.state !== "uploading" && file.state !== "ready") return `its image is ${file.state}`;
  return isSent && replyOf(rows, file) === "failed" ? "its reply failed" : null;
}

/** Every image for the assistant has its unit. */
function checkFiles(stage: Stage, rows: Rows): void {
  const units = new Set(rows.units.map((unit) => unit.upload_id));
  for (const { id, kind, purpose, state } of rows.files) {
    if (purpose !== "liveassist" || kind !== "image" || units.has(id)) continue;
    stage.faults.push(`the image ${id} is ${state} and took no unit`);
  }
}
