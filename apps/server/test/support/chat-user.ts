import type { MessageView } from "@liveassist/shared/session-events";
import { vi } from "vitest";
import type { Answer, BrowserUser } from "./browser-user.ts";

/** A session of somebody, over REST. */
export class ChatUser {
  readonly user: BrowserUser;
  readonly sessionId: string;

  constructor(user: BrowserUser, sessionId: string) {
    this.user = user;
    this.sessionId = sessionId;
  }

  static async begin(user: BrowserUser): Promise<ChatUser> {
    const { body } = await user.post("/api/liveassist/sessions");
    return new ChatUser(user, String(body["sessionId"]));
  }

  get path(): `/${string}` {
    return `/api/liveassist/sessions/${this.sessionId}`;
  }

  /** Answers whatever the server does. */
  post(text: string, more: { clientMessageId?: string; uploadIds?: string[] } = {}): Promise<Answer> {
    return this.user.post(`${this.path}/messages`, { text, clientMessageId: crypto.randomUUID(), ...more });
  }

  /** Sends, and answers the reply's id. */
  async send(text: string, more: { uploadIds?: string[] } = {}): Promise<string> {
    const { status, body } = await this.post(text, more);
    if (status !== 200) throw new Error(`message: ${status} ${JSON.stringify(body)}`);
    return String(body["replyId"]);
  }

  stop = (replyId: string): Promise<Answer> => this.user.post(`${this.path}/replies/${replyId}/stop`);
  retry = (replyId: string): Promise<Answer> => this.user.post(`${this.path}/replies/${replyId}/retry`);

  async list(): Promise<MessageView[]> {
    const { body } = await this.user.get(`${this.path}/messages`);
    return JSON.parse(String(body["text"])) as MessageView[];
  }

  /** Waits until the newest message has this status; answers it. */
  newest(status: MessageView["status"], timeout = 10_000): Promise<MessageView> {
    return vi.waitFor(
      async () => {
        const newest = (await this.list()).at(-1);
        if (newest?.status !== status) throw new Error(`the newest is ${JSON.stringify(newest)}`);
        return newest;
      },
      { timeout, interval: 30 },
    );
  }
}
