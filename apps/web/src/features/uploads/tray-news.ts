import { uploadTexts } from "../../texts/uploads.ts";
import type { Attachment } from "./attachment.ts";

/** What a screen reader is to hear: calm when it may wait, urgent for what needs the user. */
export interface TrayNews {
  readonly calm: readonly string[];
  readonly urgent: readonly string[];
}

const texts = uploadTexts.news;

/** What happened between two looks at a tray, in sentences; nothing for what only moved on. */
export function newsOf(before: readonly Attachment[], after: readonly Attachment[]): TrayNews {
  const known = new Map(before.map((item) => [item.id, item]));
  const told = after.map((item) => newsOfOne(known.get(item.id), item));
  return { calm: told.flatMap(({ calm }) => calm), urgent: told.flatMap(({ urgent }) => urgent) };
}

const NOTHING: TrayNews = { calm: [], urgent: [] };

function newsOfOne(before: Attachment | undefined, { name, phase, heldFor, problem }: Attachment): TrayNews {
  if (before?.phase === phase) return NOTHING;
  if (phase === "failed") return { calm: [], urgent: [texts.failed(name, problem?.text ?? "")] };
  // A file that comes back after a reload was told of before it.
  if (before === undefined) return NOTHING;
  if (phase === "ready") return { calm: [texts.uploaded(name)], urgent: [] };
  if (before.phase === "held") return { calm: [texts.started(name)], urgent: [] };
  if (phase !== "held") return NOTHING;
  return { calm: [], urgent: [heldFor === "premium" ? texts.heldVideo(name) : texts.held(name)] };
}
