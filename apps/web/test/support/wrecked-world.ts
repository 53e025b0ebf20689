import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";

/** Something that listens on loopback until it is closed. */
interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

async function listenHttp(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Listening> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Where alerts are posted, as a chat would take them. */
export async function openChannel(): Promise<Listening & { readonly heard: string[] }> {
  const heard: string[] = [];
  const listening = await listenHttp(async (request, response) => {
    heard.push(String((JSON.parse(await textOf(request)) as { text: string }).text));
    response.end("ok");
  });
  return { ...listening, heard };
}

export interface RefusingStripe extends Listening {
  /** From now on the key may not ask about this customer's subscriptions; null: it may again. */
  refuse(customer: string | null): void;
}

/** Stripe behind a key whose rights can be taken away and given back. */
export async function openRefusingStripe(target: string): Promise<RefusingStripe> {
  let refused: string | null = null;
  const listening = await listenHttp(async (request, response) => {
    const path = request.url ?? "/";
    if (refused !== null && path.startsWith("/v1/subscriptions?") && path.includes(refused)) {
      const error = {
        type: "invalid_request_error",
        message: "The provided key may not read subscriptions.",
      };
      response.writeHead(403, { "content-type": "application/json" });
      return void response.end(JSON.stringify({ error }));
    }
    const body = await textOf(request);
    const { host: _host, connection: _connection, "content-length": _length, ...headers } = request.headers;
    const answer = await fetch(target + path, {
      method: request.method ?? "GET",
      headers: headers as Record<string, string>,
      redirect: "manual",
      ...(body === "" ? {} : { body }),
    });
    const type = answer.headers.get("content-type") ?? "application/json";
    response.writeHead(answer.status, { "content-type": type });
    response.end(await answer.text());
  });
  return {
    ...listening,
    refuse: (customer) => {
      refused = customer;
    },
  };
}

/** A mail server that answers a line every second and never comes to an end, until it is mended. */
export async function openTarPit(): Promise<Listening & { readonly mails: string[]; mend(): void }> {
  const mails: string[] = [];
  const sockets = new Set<Socket>();
  let isMended = false;
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    let drip: NodeJS.Timeout | undefined;
    let data: string | null = null;
    const say = (line: string) => socket.write(`${line}\r\n`);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      clearInterval(drip);
      sockets.delete(socket);
    });
    say("220 mail.example.com");
    socket.on("data", (chunk): void => {
      const text = chunk.toString("utf8");
      if (data !== null) {
        data += text;
        if (!data.endsWith("\r\n.\r\n")) return;
        mails.push(data);
        data = null;
        say("250 taken");
        return;
      }
      if (!isMended) drip ??= setInterval(() => say("250-one moment"), 1_000);
      else if (/^DATA/i.test(text)) {
        data = "";
        say("354 go on");
      } else say(/^QUIT/i.test(text) ? "221 bye" : "250 fine");
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    mend: () => {
      isMended = true;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
