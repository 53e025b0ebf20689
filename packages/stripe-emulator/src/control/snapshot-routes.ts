import type { FastifyInstance } from "fastify";
import type { Engine } from "../engine.ts";
import { snapshotInfo } from "../store/snapshot.ts";
import { bodyOf } from "./json-body.ts";

type ById = { Params: { id: string } };

/** `/_emulator/snapshots`: everything as it is, kept under an id to come back to. */
export function serveSnapshots(app: FastifyInstance, engine: Engine, restore: (id: string) => void): void {
  app.get("/_emulator/snapshots", () => ({ snapshots: engine.store.all("snapshots").map(snapshotInfo) }));
  app.post("/_emulator/snapshots", (request) => {
    const { name } = bodyOf(request);
    if (name !== undefined && typeof name !== "string") throw new RangeError("Send {name?}, a text.");
    return snapshotInfo(engine.snapshot(name ?? null));
  });
  app.post<ById>("/_emulator/snapshots/:id/restore", ({ params: { id } }) => {
    restore(id);
    return { restored: id, now: engine.now() };
  });
  app.delete<ById>("/_emulator/snapshots/:id", ({ params: { id } }) => {
    engine.forgetSnapshot(id);
    return { id, deleted: true };
  });
}
