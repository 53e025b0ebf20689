import type { Readable } from "node:stream";

/** A part of a file, both ends included, in bytes. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Where files are kept, by keys of our own making such as `liveassist/<id>`. */
export interface StoragePort {
  /** Keeps a local file under a key; the local file is gone afterwards. An older one of that key is replaced whole. */
  putFile(key: string, path: string): Promise<void>;
  putBytes(key: string, bytes: Uint8Array): Promise<void>;
  /** Size in bytes; null: nothing is kept there. */
  sizeOf(key: string): Promise<number | null>;
  /** Streams a file, or a part of it. Throws when it is not there. */
  open(key: string, range?: ByteRange): Promise<Readable>;
  read(key: string): Promise<Uint8Array>;
  /** Removing what is not there is done already. */
  remove(key: string): Promise<void>;
}
