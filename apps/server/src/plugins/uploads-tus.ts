import { type Actor, createUpload, type Deps } from "@liveassist/api";
import { AppError } from "@liveassist/shared/errors";
import { FileStore } from "@tus/file-store";
import { type Locker, Server } from "@tus/server";
import { fromError, fromTus, type Refusal } from "./uploads-refusals.ts";

/** One request as the protocol's hooks see it. */
export interface TusCall {
  readonly actor: Actor;
  /** The row that this request made. */
  createdId: string | null;
  refusal: Refusal | null;
}

export interface TusParts {
  readonly deps: Deps;
  readonly folder: string;
  readonly locks: Locker;
  /** Called without any lock, when the last byte is there. */
  finish(actor: Actor, uploadId: string): Promise<void>;
}

/** Where files are sent, and what for. */
export interface UploadPlace {
  readonly path: string;
  readonly purpose: "liveassist" | "community";
}

/** A request that is cancelled for the sake of a newer connection has so long to write what it has. */
const LET_GO_MS = 500;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The tus protocol over a folder, for whoever was let in already. Rows are made by `createUpload` before anything is written;
 * tus takes their ids. Nothing of its CORS or forwarded headers gets through: the plugin passes on what it names.
 */
export function createTus({ deps, folder, locks, finish }: TusParts, place: UploadPlace) {
  const calls = new WeakMap<object, TusCall>();
  const callOf = (request: object): TusCall => {
    const call = calls.get(request);
    if (!call) throw new Error("a tus request came in by another way");
    return call;
  };
  const datastore = new FileStore({ directory: folder });
  datastore.extensions = ["creation", "creation-with-upload", "termination"];
  const server = new Server({
    path: place.path,
    datastore,
    locker: locks,
    relativeLocation: true,
    lockDrainTimeout: LET_GO_MS,
    allowedOrigins: () => false,
    async namingFunction(request, metadata = {}) {
      const call = callOf(request);
      const { id } = await createUpload(deps, call.actor, {
        ...framing(place, metadata),
        filename: metadata["filename"] ?? "",
        mediaType: metadata["filetype"] ?? "",
        bytes: Number(request.headers.get("upload-length")),
      });
      call.createdId = id;
      return id;
    },
    async onUploadFinish(request, { id }) {
      await finish(callOf(request).actor, id);
      return {};
    },
    onResponseError(request, error) {
      callOf(request).refusal = fromError(error);
      if (callOf(request).refusal?.status === 500) deps.log.error({ err: error }, "an upload failed");
      return undefined;
    },
  });

  /** Answers a request; a refusal is left in `call`. */
  return async (request: Request, call: TusCall): Promise<Response> => {
    calls.set(request, call);
    const response = await server.handleWeb(request);
    if (response.status >= 400) call.refusal ??= fromTus(response.status, await response.text());
    return response;
  };
}

type Metadata = Readonly<Record<string, string | null>>;

/** A still names its video and its moment; anything else may not. */
function framing(place: UploadPlace, metadata: Metadata) {
  const frameOf = metadata["frameof"];
  if (frameOf === undefined || place.purpose === "community")
    return { purpose: place.purpose, frameOf: null, frameAtMs: null };
  const at = metadata["frameatms"] ?? "";
  if (frameOf === null || !UUID.test(frameOf) || !/^\d{1,9}$/.test(at))
    throw new AppError(
      "INVALID_INPUT",
      "A still names its video (frameof) and its moment in ms (frameatms).",
    );
  return { purpose: "frame" as const, frameOf, frameAtMs: Number(at) };
}
