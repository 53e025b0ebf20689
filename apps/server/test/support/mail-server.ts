import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

/**
 * A mail server of a stranger. `black-hole` accepts and never says a word; `endless` greets, and then answers one line after
 * another without an end, which no timeout for silence notices.
 */
export type Mood = "works" | "black-hole" | "endless";

/** Takes mails, or keeps whoever brings one waiting. */
export class MailServer {
  mood: Mood = "works";
  readonly received: string[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly server: Server = createServer((socket) => this.serve(socket));

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  /** For `SMTP_URL`. */
  get url(): string {
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}?ignoreTLS=true`;
  }

  /** How many wait for an answer now. */
  get held(): number {
    return this.sockets.size;
  }

  /** Cuts off whoever is connected. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on("error", () => {}).on("close", () => this.sockets.delete(socket));
    const { mood } = this;
    if (mood === "black-hole") return;
    socket.write("220 mail\r\n");
    if (mood === "endless") this.talk(socket);
    else this.take(socket);
  }

  private talk(socket: Socket): void {
    const timer = setInterval(() => socket.write("250-and\r\n"), 100);
    socket.on("close", () => clearInterval(timer));
  }

  private take(socket: Socket): void {
    let data: string | null = null;
    let rest = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      rest += chunk;
      for (let end = rest.indexOf("\r\n"); end >= 0; end = rest.indexOf("\r\n")) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (data !== null && line !== ".") data += `${line}\n`;
        else if (data !== null) {
          this.received.push(data);
          data = null;
          socket.write("250 taken\r\n");
        } else {
          data = /^DATA/i.test(line) ? "" : null;
          socket.write(data === null ? "250 ok\r\n" : "354 go on\r\n");
        }
      }
    });
  }
}
