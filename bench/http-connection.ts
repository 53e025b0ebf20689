import { createConnection } from "node:net";

/** What came back: the status, and the body only if somebody wants to look at it. */
export interface Reply {
  readonly status: number;
  readonly body: Buffer;
}

/** One keep-alive connection, one request at a time. */
export interface Connection {
  send(request: Buffer): Promise<Reply>;
  close(): void;
}

const HEAD_END = "\r\n\r\n";

/**
 * A connection that writes prepared bytes and reads answers with a content-length: far cheaper than any HTTP client, so
 * that the generator does not take the processor from what it measures.
 */
export async function connect(port: number): Promise<Connection> {
  const socket = createConnection({ port, host: "127.0.0.1", noDelay: true });
  let received: Buffer = Buffer.alloc(0);
  let asked: { resolve(reply: Reply): void; reject(error: Error): void } | null = null;
  socket.on("data", (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const reply = readReply(received);
    if (reply === null || asked === null) return;
    received = Buffer.alloc(0);
    const { resolve } = asked;
    asked = null;
    resolve(reply);
  });
  socket.on("close", () => asked?.reject(new Error("the server closed the connection")));
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.on("error", (error) => {
      asked?.reject(error);
      reject(error);
    });
  });
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        asked = { resolve, reject };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

function readReply(received: Buffer): Reply | null {
  const end = received.indexOf(HEAD_END);
  if (end < 0) return null;
  const head = received.toString("latin1", 0, end);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`an answer without content-length: ${head}`);
  const body = received.subarray(end + HEAD_END.length);
  if (body.length < Number(length)) return null;
  return { status: Number(head.slice(9, 12)), body };
}

/** The bytes of a request. */
export function toBytes(line: string, headers: Record<string, string>, body = ""): Buffer {
  const all = { host: "127.0.0.1", ...headers, "content-length": String(Buffer.byteLength(body)) };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${line} HTTP/1.1\r\n${head.join("\r\n")}${HEAD_END}${body}`);
}
