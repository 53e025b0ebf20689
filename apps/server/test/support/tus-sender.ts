import { request } from "node:http";
import type { BrowserUser } from "./browser-user.ts";

export interface SentFile {
  readonly bytes: Buffer;
  readonly filename: string;
  readonly filetype: string;
  /** More metadata, such as `frameof`. */
  readonly more?: Readonly<Record<string, string>>;
}

export interface TusAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The contract's body of a refusal; else null. */
  readonly body: Record<string, unknown> | null;
}

type Place = "/api/liveassist/uploads" | "/api/community/uploads";

/** Speaks tus by hand, request by request, as one signed-in person. */
export class TusSender {
  readonly user: BrowserUser;
  readonly place: Place;

  constructor(user: BrowserUser, place: Place = "/api/liveassist/uploads") {
    this.user = user;
    this.place = place;
  }

  /** One request. `headers` win over what belongs to the protocol; an empty one is left out. */
  async ask(
    target: `${"POST" | "HEAD" | "PATCH" | "DELETE" | "GET" | "OPTIONS"} /${string}`,
    { headers = {}, body }: { headers?: Record<string, string>; body?: Buffer | ReadableStream } = {},
  ): Promise<TusAnswer> {
    const [method = "HEAD", path = "/"] = target.split(" ");
    const all = { "tus-resumable": "1.0.0", cookie: this.user.cookie, ...headers };
    const response = await fetch(this.user.baseUrl + path, {
      method,
      headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== "")),
      ...(body === undefined ? {} : { body: body as ReadableStream, duplex: "half" }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
  }

  begin(file: SentFile, headers: Record<string, string> = {}): Promise<TusAnswer> {
    return this.ask(`POST ${this.place}`, {
      headers: { "upload-length": String(file.bytes.length), "upload-metadata": metadata(file), ...headers },
    });
  }

  patch(path: `/${string}`, offset: number, body: Buffer | ReadableStream): Promise<TusAnswer> {
    const headers = { "upload-offset": String(offset), "content-type": "application/offset+octet-stream" };
    return this.ask(`PATCH ${path}`, { headers, body });
  }

  head = (path: `/${string}`): Promise<TusAnswer> => this.ask(`HEAD ${path}`);
  remove = (path: `/${string}`): Promise<TusAnswer> => this.ask(`DELETE ${path}`);

  /** Begins; throws when refused. */
  async begun(file: SentFile): Promise<`/${string}`> {
    const { status, headers, body } = await this.begin(file);
    const location = headers.get("location");
    if (status !== 201 || !location?.startsWith("/")) throw new Error(`${status} ${JSON.stringify(body)}`);
    return location as `/${string}`;
  }

  /** Sends a whole file; answers its id. Throws when refused. */
  async send(file: SentFile): Promise<string> {
    const path = await this.begun(file);
    const { status, body } = await this.patch(path, 0, file.bytes);
    if (status !== 204) throw new Error(`${status} ${JSON.stringify(body)}`);
    return idOf(path);
  }
}

export const idOf = (path: string): string => path.split("/").at(-1) ?? "";

export function metadata({ filename, filetype, more = {} }: Omit<SentFile, "bytes">): string {
  return Object.entries({ filename, filetype, ...more })
    .map(([name, value]) => `${name} ${Buffer.from(value).toString("base64")}`)
    .join(",");
}

export const jpeg = (bytes: Buffer, filename = "photo.jpg"): SentFile => ({
  bytes,
  filename,
  filetype: "image/jpeg",
});

/**
 * Begins a request, sends a part of its body and falls silent. `cut` is what a lost network does: no end, no goodbye.
 */
export function halfSent(
  user: BrowserUser,
  target: `${"POST" | "PATCH"} /${string}`,
  { headers, body, length }: { headers: Record<string, string>; body: Buffer; length: number },
): { readonly status: Promise<number>; cut(): void } {
  const [method = "PATCH", path = "/"] = target.split(" ");
  const asked = request(user.baseUrl + path, {
    method,
    headers: {
      "tus-resumable": "1.0.0",
      "content-type": "application/offset+octet-stream",
      cookie: user.cookie,
      "content-length": String(length),
      ...headers,
    },
  });
  const status = new Promise<number>((resolve, reject) => {
    asked.on("response", (response) => resolve(response.resume().statusCode ?? 0)).on("error", reject);
  });
  status.catch(() => undefined);
  asked.write(body);
  return { status, cut: () => void asked.destroy() };
}
