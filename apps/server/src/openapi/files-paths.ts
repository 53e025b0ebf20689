import { failure } from "./fixed-paths.ts";

type Json = Record<string, unknown>;

const tusHeader = (name: string, description: string, required = true): Json => ({
  name,
  in: "header",
  required,
  description,
  schema: { type: "string" },
});
const TUS = tusHeader("Tus-Resumable", "1.0.0");
const ID = { name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } };
const answered = (status: number, description: string, ...headers: string[]): Json => ({
  [status]: {
    description,
    ...(headers.length > 0
      ? { headers: Object.fromEntries(headers.map((name) => [name, { schema: { type: "string" } }])) }
      : {}),
  },
});
const tusBody = {
  required: true,
  content: { "application/offset+octet-stream": { schema: { type: "string", format: "binary" } } },
};

/** Uploads by tus 1.0.0 with creation, creation-with-upload and termination; refusals have the contract's body. */
function uploadPaths(path: string, { what, metadata }: { what: string; metadata: string }): Json {
  const refused = { "4XX": failure("Refused; `code` tells why") };
  return {
    [path]: {
      post: {
        tags: ["uploads"],
        summary: `Begin to send ${what} (tus); takes a unit of the day where pictures are counted`,
        parameters: [TUS, tusHeader("Upload-Length", "Bytes"), tusHeader("Upload-Metadata", metadata)],
        responses: {
          ...answered(201, "Begun", "Location", "Upload-Offset"),
          ...refused,
          403: failure("`IMAGE_DAY_LIMIT` or `VIDEO_REQUIRES_PREMIUM`"),
          413: failure("Too large"),
          415: failure("A type that is not taken"),
          429: failure("Too many beginnings; Retry-After tells when"),
        },
      },
    },
    [`${path}/{id}`]: {
      head: {
        tags: ["uploads"],
        summary: "How much of it has come",
        parameters: [ID, TUS],
        responses: {
          ...answered(200, "So much, and how much it will be", "Upload-Offset", "Upload-Length"),
          ...refused,
        },
      },
      patch: {
        tags: ["uploads"],
        summary: "Send the next bytes; with the last ones the content is checked, and stored",
        parameters: [ID, TUS, tusHeader("Upload-Offset", "Bytes that have come already")],
        requestBody: tusBody,
        responses: {
          ...answered(204, "Arrived", "Upload-Offset"),
          ...refused,
          409: failure("Not where it ends, or still sent over another connection: ask HEAD"),
          413: failure("More than was announced, or too many pixels"),
          415: failure("The content is not what is taken"),
        },
      },
      delete: {
        tags: ["uploads"],
        summary: "Cancel it, or take it back unsent; its unit is free again",
        parameters: [ID, TUS],
        responses: { ...answered(204, "Gone; again: the same"), ...refused },
      },
    },
  };
}

/** Files as they are served: whole or in one part. */
function filePaths(path: string, whose: string): Json {
  const get = (summary: string): Json => ({
    get: {
      tags: ["files"],
      summary,
      parameters: [ID, tusHeader("Range", "One range of bytes", false)],
      responses: {
        ...answered(200, "The file, under the type of its content", "ETag", "Content-Disposition"),
        ...answered(206, "A part of it", "Content-Range"),
        304: { description: "The client has it" },
        401: failure("Nobody is signed in"),
        404: failure("There is no such file, or it is somebody else's"),
        416: failure("The file is shorter than that"),
      },
    },
  });
  return { [`${path}/{id}`]: get(whose), [`${path}/{id}/preview`]: get(`${whose}, as a small WebP`) };
}

/** The paths by which files come in and go out. */
export const filesPaths: Json = {
  ...uploadPaths("/api/liveassist/uploads", {
    what: "a picture or, with Premium, a video",
    metadata: "filename, filetype; for a still of a video also frameof (its upload) and frameatms",
  }),
  ...filePaths("/api/liveassist/files", "One's own file"),
  ...uploadPaths("/api/community/uploads", { what: "a picture for a post", metadata: "filename, filetype" }),
  ...filePaths("/api/community/files", "A post's picture"),
};
