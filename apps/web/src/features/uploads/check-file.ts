import { declaredType, type MediaKind, mediaKindOf } from "@liveassist/shared/media";
import { judgeDeclared } from "@liveassist/shared/media-declared";
import type { UploadEndpoint } from "./attachment.ts";

/** What a file says it is: its type, or what its name promises. */
export const typeOf = (file: { readonly type: string; readonly name: string }): string =>
  declaredType(file.type, file.name);

type Checked =
  | { readonly kind: MediaKind; readonly type: string; readonly problem: null }
  | { readonly kind: MediaKind | null; readonly type: string; readonly problem: string };

/** What can be said about a file before it is sent; the server decides. `mostVideoBytes` is null while it is not known. */
export function checkFile(
  file: { readonly type: string; readonly name: string; readonly size: number },
  endpoint: UploadEndpoint,
  mostVideoBytes: number | null = null,
): Checked {
  const type = typeOf(file);
  const judged = judgeDeclared({
    purpose: endpoint,
    mediaType: type,
    filename: file.name,
    bytes: file.size,
    mostVideoBytes: mostVideoBytes ?? Number.POSITIVE_INFINITY,
  });
  if (judged.ok) return { kind: judged.kind, type, problem: null };
  return { kind: mediaKindOf(type), type, problem: judged.message };
}

const MOST_NAME_UNITS = 200;

/** A name that the server stores: no half characters, not endless, never empty. */
export function sendableName(name: string): string {
  const plain = name.toWellFormed().replaceAll("\0", "").trim();
  if (plain.length <= MOST_NAME_UNITS) return plain || "file";
  const extension = /\.[a-z0-9]{1,8}$/i.exec(plain)?.[0] ?? "";
  return plain.slice(0, MOST_NAME_UNITS - extension.length).toWellFormed() + extension;
}
