import type { UnsentUpload } from "@liveassist/api/contract";
import { idIn, type TrayPorts, uploadPath } from "./tray-ports.ts";

/**
 * What the server has of an upload: all of it, a part, or nothing; `sent` when a message has it already, as after a reload in
 * the middle of sending. `ready` is what was known here. Rejects as the network does.
 */
export async function whatBecameOf(
  url: string,
  ready: boolean,
  ports: TrayPorts,
): Promise<"ready" | "begun" | "sent" | "restart"> {
  const id = idIn(url);
  if (ports.listUnsent === null) {
    if (ready || (await ports.isStored(id))) return "ready";
    return "begun";
  }
  const unsent = (await ports.listUnsent()).find(({ upload }) => upload.id === id);
  if (unsent) return unsent.state === "ready" ? "ready" : "begun";
  return (await ports.isStored(id)) ? "sent" : "restart";
}

interface LostUpload {
  readonly name: string;
  readonly bytes: number;
  readonly isOurs: (uploadId: string) => Promise<boolean>;
}

/**
 * The address of an upload that began on the server while the answer got lost on its way: without it a unit of the day would
 * be lost too. Null when there is none.
 */
export async function findLost(
  { name, bytes, isOurs }: LostUpload,
  ports: TrayPorts,
): Promise<string | null> {
  const unsent: readonly UnsentUpload[] = (await ports.listUnsent?.()) ?? [];
  for (const { upload, state } of unsent) {
    const looksLikeIt = state === "uploading" && upload.filename === name && upload.bytes === bytes;
    if (looksLikeIt && !(await isOurs(upload.id))) return `${uploadPath(ports.endpoint)}/${upload.id}`;
  }
  return null;
}
