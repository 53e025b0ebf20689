import type { MessageView, UploadView } from "../../packages/shared/src/session-events.ts";
import { DRAWINGS, type Drawing, svgOf } from "./drawings.ts";
import { listenIn, type Tell } from "./listen-in.ts";
import type { Pretend, Stage } from "./screen.ts";

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

let count = 0;
const nextId = (): string => `00000000-0000-4000-8000-${String(++count).padStart(12, "0")}`;

/** A stored picture or video of a message or post; its address shows a drawing. */
export function uploadOf(
  place: "liveassist" | "community",
  name: Drawing,
  kind: "image" | "video" = "image",
): UploadView {
  const { width, height } = DRAWINGS[name];
  const url = `/api/${place}/files/${name}`;
  return {
    id: nextId(),
    kind,
    filename: kind === "image" ? `${name}.jpg` : `${name}.mp4`,
    media_type: kind === "image" ? "image/jpeg" : "video/mp4",
    bytes: 412_000,
    width,
    height,
    url,
    preview_url: `${url}/preview`,
  };
}

export const asked = (text: string, uploads: UploadView[] = [], ago = 4): MessageView => ({
  ...turn(text, ago),
  role: "user",
  uploads,
  client_message_id: nextId(),
});

export const answered = (text: string, ending: Partial<MessageView> = {}): MessageView => ({
  ...turn(text, 3),
  ...ending,
});

const turn = (text: string, ago: number): MessageView => ({
  id: nextId(),
  role: "assistant",
  text,
  status: "complete",
  uploads: [],
  created_at: minutesAgo(ago),
  client_message_id: null,
  failure: null,
});

export interface PretendedSession {
  id: string;
  title: string | null;
  created_at: string;
  last_active_at: string;
  excerpt: string | null;
}

/** A session of the list; `ago` in minutes. */
export const sessionOf = (
  title: string | null,
  ago: number,
  excerpt: string | null = null,
): PretendedSession => ({
  id: nextId(),
  title,
  created_at: minutesAgo(ago + 10),
  last_active_at: minutesAgo(ago),
  excerpt,
});

interface PretendedChat {
  messages?: MessageView[];
  title?: string | null;
  others?: PretendedSession[];
  /** Files on the server that were not sent yet. */
  unsent?: UploadView[];
  pretend?: Pretend;
}

/** Opens the chat with these messages in it, as if they had been said; what is returned tells it what happens next. */
export async function openChat(stage: Stage, chat: PretendedChat = {}): Promise<Tell> {
  const { page } = stage;
  const { messages = [], title = null, others = [], unsent = [] } = chat;
  const open = { ...sessionOf(title, 3), id: crypto.randomUUID() };
  await page.addInitScript((id) => localStorage.setItem("liveassistSessionId", id), open.id);
  await answer(stage, "listMessages", messages);
  await answer(stage, "listSessions", title === null && others.length === 0 ? [] : [open, ...others]);
  const expires_at = minutesAgo(-600);
  await answer(
    stage,
    "listUploads",
    unsent.map((upload) => ({ upload, state: "ready", expires_at })),
  );
  await showDrawings(stage);
  const tell = await listenIn(page, "liveassist.onEvent");
  await stage.open("/liveassist", chat.pretend);
  return tell;
}

/** Files of people are drawings here. */
export async function showDrawings({ page }: Stage): Promise<void> {
  await page.route(/\/api\/(liveassist|community)\/files\//, (route) => {
    const name = /files\/([a-z]+)/.exec(route.request().url())?.[1] ?? "";
    return name in DRAWINGS
      ? route.fulfill({ contentType: "image/svg+xml", body: svgOf(name as Drawing) })
      : route.fulfill({ status: 404 });
  });
}

async function answer({ page }: Stage, procedure: string, data: unknown): Promise<void> {
  await page.route(`**/trpc/liveassist.${procedure}*`, (route) =>
    route.fulfill({ json: { result: { data } } }),
  );
}

export const field = ({ page }: Stage) => page.getByLabel("Message to LiveAssist");
