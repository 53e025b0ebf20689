import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Logger } from "@liveassist/api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createMail } from "./mail.ts";

const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const from = "LiveAssist <hej@example.com>";
const MAIL = { to: "anna@example.se", subject: "Kvitto på ånger", text: "Hej Anna!\n\nVi ångrar köpet." };

describe("without a mail server", () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "liveassist-mail-"));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  const files = () => readdir(join(dataDir, "mail"));

  test("a mail is a readable file that only its owner can read", async () => {
    await createMail({ smtpUrl: undefined, from, dataDir }, silent).send(MAIL);
    const [name = ""] = await files();
    const path = join(dataDir, "mail", name);
    expect(await readFile(path, "utf8")).toBe(
      `From: ${from}\nTo: anna@example.se\nSubject: ${MAIL.subject}\n\n${MAIL.text}\n`,
    );
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  test("the same mail sent again is still one file; two mails are two", async () => {
    const mail = createMail({ smtpUrl: undefined, from, dataDir }, silent);
    await mail.send({ ...MAIL, id: "mail-1" });
    await mail.send({ ...MAIL, id: "mail-1" });
    expect(await files()).toHaveLength(1);
    await mail.send({ ...MAIL, id: "mail-2" });
    await mail.send(MAIL);
    await mail.send(MAIL);
    expect(await files()).toHaveLength(4);
  });
});

describe("over SMTP", () => {
  let sink: Sink;
  beforeEach(async () => {
    sink = await openSink();
  });
  afterEach(() => sink.close());

  const mail = () => createMail({ smtpUrl: sink.url, from, dataDir: "unused" }, silent);

  test("a mail arrives with its words unharmed, under an id that stays the same when it is sent again", async () => {
    await mail().send({ ...MAIL, id: "mail-1" });
    await mail().send({ ...MAIL, id: "mail-1" });
    const [first = "", second = ""] = sink.received;
    expect(first).toContain("To: anna@example.se");
    expect(first).toContain("Message-ID: <mail-1@liveassist>");
    expect(second).toContain("Message-ID: <mail-1@liveassist>");
    expect(first).toMatch(/charset=utf-8/i);
    expect(sink.recipients).toEqual(["anna@example.se", "anna@example.se"]);
  });

  test("an address cannot smuggle in another one", async () => {
    await mail().send({ ...MAIL, subject: "Hello\r\nBcc: eve@example.com" });
    expect(sink.recipients).toEqual(["anna@example.se"]);
    expect(sink.received[0]).not.toMatch(/^Bcc:/m);
  });

  test("a mail that is refused throws, so that it is tried again", async () => {
    sink.refuse = "450 mailbox busy";
    await expect(mail().send(MAIL)).rejects.toThrow(/mailbox busy/);
    await sink.close();
    await expect(mail().send(MAIL)).rejects.toThrow(/ECONNREFUSED/);
  });
});

interface Sink {
  readonly url: string;
  readonly received: string[];
  readonly recipients: string[];
  refuse: string | null;
  close(): Promise<void>;
}

/** The smallest mail server that a mail can be handed to. */
async function openSink(): Promise<Sink> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let data: string | null = null;
    let rest = "";
    socket.write("220 sink\r\n");
    socket.on("data", (chunk) => {
      rest += chunk.toString("utf8");
      for (let end = rest.indexOf("\r\n"); end >= 0; end = rest.indexOf("\r\n")) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (data === null) data = answer(socket, line);
        else if (line === ".") {
          sink.received.push(data);
          data = null;
          socket.write("250 taken\r\n");
        } else data += `${line}\n`;
      }
    });
  });
  function answer(socket: Socket, line: string): string | null {
    const address = /^RCPT TO:<(.*)>/i.exec(line)?.[1];
    if (address !== undefined && sink.refuse === null) sink.recipients.push(address);
    if (/^DATA/i.test(line)) {
      socket.write("354 go on\r\n");
      return "";
    }
    socket.write(address !== undefined && sink.refuse !== null ? `${sink.refuse}\r\n` : "250 ok\r\n");
    return null;
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const sink: Sink = {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}?ignoreTLS=true`,
    received: [],
    recipients: [],
    refuse: null,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return sink;
}
