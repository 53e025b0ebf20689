/** A picture made anew from its pixels: no metadata, upright, in a type of our own choice. */
export interface CleanImage {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  /** At most 480 pixels on the longer side, WebP. */
  readonly preview: Uint8Array;
}

/** `unreadable`: not what it says it is, or cut short; `too-many-pixels`: unpacks to more than we take. */
export type MediaProblem = "unreadable" | "too-many-pixels";

export type CleanedImage = { readonly ok: true; readonly image: CleanImage } | MediaRefusal;
export interface MediaRefusal {
  readonly ok: false;
  readonly problem: MediaProblem;
}

/** Looks into files and makes pictures anew. */
export interface MediaPort {
  /** The media type of a local file by its content, such as `image/heic`; null: unknown. */
  typeOf(path: string): Promise<string | null>;
  /** Decodes and encodes a picture; what unpacks to too much is refused before it is unpacked. */
  cleanImage(path: string): Promise<CleanedImage>;
}
