import { type Actor, type Deps, findUpload, removeUpload } from "@liveassist/api";
import { AppError } from "@liveassist/shared/errors";
import { MOST_IMAGE_BYTES } from "@liveassist/shared/media";
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { type InTurnOf, takeTurnsEach } from "../adapters/media-turns.ts";
import type { UploadLocks } from "../adapters/upload-locks.ts";
import type { Logins } from "../logins.ts";
import { answerEnded } from "./uploads-ended.ts";
import { finishParts } from "./uploads-finish.ts";
import { partsIn } from "./uploads-parts.ts";
import { fromError, isMissing, refuse } from "./uploads-refusals.ts";
import { createTus, type TusCall, type UploadPlace } from "./uploads-tus.ts";
import { answerWith, asTusSees, cutSilence, cutTheRest, TUS_VERSION } from "./uploads-wire.ts";

export interface UploadParts {
  readonly deps: Deps;
  readonly logins: Logins;
  readonly locks: UploadLocks;
  /** Where files lie while they come in; servers may share it. */
  readonly folder: string;
}

const PLACES: readonly UploadPlace[] = [
  { path: "/api/liveassist/uploads", purpose: "liveassist" },
  { path: "/api/community/uploads", purpose: "community" },
];

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/**
 * Files come in by the tus protocol, in a scope of their own: no body is parsed, and a video may be larger than any other
 * body. Origin, login and owner are checked before tus sees anything; there is no GET (design I10).
 */
export async function serveUploads(root: FastifyInstance, parts: UploadParts): Promise<void> {
  const inTurnOf = takeTurnsEach();
  const scope: FastifyPluginAsync = async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", (_request, _payload, done) => done(null));
    app.addHook("onRequest", async (request) => cutSilence(request.raw));
    app.addHook("onResponse", async (request) => cutTheRest(request.raw));
    for (const place of PLACES) {
      const { begin, goOn, about } = handlersOf({ ...parts, inTurnOf }, place);
      const one = `${place.path}/:id`;
      for (const url of [place.path, one]) app.options(url, about);
      app.post(place.path, begin);
      app.route({ method: ["HEAD", "PATCH", "DELETE"], url: one, handler: goOn });
    }
  };
  await root.register(scope);
}

function handlersOf(
  parts: UploadParts & { readonly inTurnOf: InTurnOf },
  place: UploadPlace,
): Record<"begin" | "goOn" | "about", Handler> {
  const { deps, logins, locks, folder } = parts;
  const files = partsIn(folder);
  const finish = finishParts(deps, parts, files);
  const tus = createTus({ deps, folder, locks, finish }, place);

  async function letIn(request: FastifyRequest, reply: FastifyReply): Promise<Actor> {
    const { login, setCookies } = await logins.find(request.headers.cookie);
    for (const cookie of setCookies) void reply.header("set-cookie", cookie);
    if (!login) throw new AppError("UNAUTHENTICATED", "Sign in first.");
    return login.actor;
  }

  async function remove(actor: Actor, id: string): Promise<void> {
    await removeUpload(deps, actor, id);
    // What cannot be had now is still being written to; the sweeper finds it.
    await locks
      .hold(id, () => files.remove(id))
      .catch((error: unknown) => {
        deps.log.warn({ err: error, uploadId: id }, "a removed upload is still being written to");
      });
  }

  async function begin(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const actor = await letIn(request, reply);
    const wait = await deps.rates.take("uploads", actor.userId);
    if (wait !== null) {
      const message = `Too many uploads. Try again in ${wait} s.`;
      throw new AppError("RATE_LIMITED", message, { retryAfterSeconds: wait });
    }
    const call: TusCall = { actor, createdId: null, refusal: null };
    // Only the answer tells a client the address: an upload whose answer was not heard is nobody's, and its unit goes back.
    const takeBack = async (): Promise<void> => {
      const id = call.createdId;
      call.createdId = null;
      if (id === null) return;
      await remove(actor, id).catch((error: unknown) => {
        deps.log.warn(
          { err: error, uploadId: id },
          "an upload could not be taken back; it is swept in a day",
        );
      });
    };
    reply.raw.once("close", () => void (reply.raw.writableFinished || takeBack()));
    const response = await tus(asTusSees(request.raw, reply.raw, place.path), call);
    if (call.refusal || reply.raw.destroyed) await takeBack();
    return call.refusal ? refuse(reply, call.refusal) : answerWith(reply, response);
  }

  async function goOn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const actor = await letIn(request, reply);
    const { id } = request.params as { id: string };
    const row = await findUpload(deps, actor, id);
    if ((row.purpose === "community") !== (place.purpose === "community") || row.id !== id)
      throw new AppError("NOT_FOUND", "There is no such file.");
    if (request.method === "DELETE") {
      await remove(actor, id);
      return answerWith(reply, { status: 204 });
    }
    if (row.state !== "uploading") return answerEnded(request, reply, row);
    // A server that stopped between the last byte and the check left this to whoever asks next.
    if (request.method === "HEAD" && (await files.sizeOf(id)) === row.bytes) {
      await finish(actor, id);
      return answerEnded(request, reply, await findUpload(deps, actor, id));
    }
    const call: TusCall = { actor, createdId: null, refusal: null };
    const response = await tus(asTusSees(request.raw, reply.raw, `${place.path}/${id}`), call);
    if (call.refusal === null) return answerWith(reply, response);
    // Its part may be missing because another connection has just brought it to its end: that is no loss.
    const isLost = isMissing(call.refusal);
    const now = isLost ? await findUpload(deps, actor, id) : row;
    if (now.state !== "uploading") return answerEnded(request, reply, now);
    // Clients begin anew without another word: the unit of what cannot be finished any more has to be free for that.
    if (isLost) await remove(actor, id);
    return refuse(reply, call.refusal);
  }

  return {
    begin: catching(begin),
    goOn: catching(goOn),
    about: async (_request, reply) => {
      const most = Math.max(deps.settings.mostVideoBytes, MOST_IMAGE_BYTES);
      void reply.headers({
        "tus-version": TUS_VERSION,
        "tus-extension": "creation,creation-with-upload,termination",
        "tus-max-size": String(most),
      });
      return answerWith(reply, { status: 204 });
    },
  };
}

/** What tus throws outside of its own handling is answered here; bugs go on to where all are logged. */
function catching(handler: Handler): Handler {
  return async (request, reply) => {
    try {
      return await handler(request, reply);
    } catch (error) {
      const refusal = fromError(error);
      if (refusal.status === 500) throw error;
      return refuse(reply.header("tus-resumable", TUS_VERSION), refusal);
    }
  };
}
