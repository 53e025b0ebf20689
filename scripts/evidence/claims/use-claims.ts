import { type Claim, differs, type Files, first } from "./claim.ts";

const SESSION = "liveassistSessionId";
const TEXTS = ["Why do the leaves turn yellow?", "Here is a photo of it."];

interface Message {
  readonly role: string;
  readonly text: string;
  readonly uploads: readonly unknown[];
}
interface Call {
  readonly status: number | null;
  readonly body: unknown;
}

const sessionIn = (files: Files, when: string): unknown =>
  files.data(`chat/local-storage-${when}.json`)[SESSION];
const thread = (files: Files, when: string): string[] => files.data(`chat/thread-${when}.json`);

function judgeMessages(messages: readonly Message[]): string | null {
  const said = messages.filter(({ role }) => role === "user");
  const texts = said.map(({ text }) => text);
  if (JSON.stringify(texts) !== JSON.stringify(TEXTS)) return `the texts are ${JSON.stringify(texts)}`;
  const pictures = said.map(({ uploads }) => uploads.length);
  if (JSON.stringify(pictures) !== "[0,1]") return `the pictures are ${pictures.join(" and ")}`;
  const answers = messages.filter(({ role, text }) => role === "assistant" && text !== "").length;
  return answers === 2 ? null : `${answers} answers`;
}

/** What tRPC wraps around an answer, also of a batch. */
const unwrapped = (body: unknown): Message[][] =>
  [body].flat().flatMap((one) => {
    const data = (one as { result?: { data?: unknown } } | null)?.result?.data;
    return Array.isArray(data) ? [data as Message[]] : [];
  });

export const USE_CLAIMS: Claim[] = [
  {
    part: "chat",
    says: "localStorage names the same LiveAssist session before, while away and after",
    files: [
      "chat/local-storage-before.json",
      "chat/local-storage-away.json",
      "chat/local-storage-after.json",
    ],
    judge(files) {
      const ids = ["before", "away", "after"].map((when) => sessionIn(files, when));
      if (typeof ids[0] !== "string") return "there is no session";
      return new Set(ids).size === 1 ? null : `it was ${ids.join(", then ")}`;
    },
  },
  {
    part: "chat",
    says: "The thread is word for word the same after coming back and after a reload",
    files: ["chat/thread-before.json", "chat/thread-back.json", "chat/thread-after.json"],
    judge(files) {
      const before = thread(files, "before");
      if (before.length !== 4 || before.includes("")) return `${before.length} turns before`;
      const other = ["back", "after"].find(
        (when) => JSON.stringify(thread(files, when)) !== JSON.stringify(before),
      );
      return other ? `it differs (${other})` : null;
    },
  },
  {
    part: "chat",
    says: "The page asked for the messages, and got two texts, one of them with the picture, and two answers",
    files: ["chat/messages-request.json"],
    judge(files) {
      const calls = files.data<Call[]>("chat/messages-request.json");
      const last = calls.findLast(({ status }) => status === 200);
      if (!last) return "no request was answered with 200";
      const [messages] = unwrapped(last.body).toReversed();
      return messages ? judgeMessages(messages) : "the answer is no list";
    },
  },
  {
    part: "chat",
    says: "GET /api/liveassist/sessions/:id/messages answers the same, as a bare array",
    files: ["chat/messages-rest.json"],
    judge(files) {
      const { status, body } = files.data<Call & Record<string, unknown>>("chat/messages-rest.json");
      return status === 200 && Array.isArray(body)
        ? judgeMessages(body as Message[])
        : `it answered ${status}`;
    },
  },
  {
    part: "limit",
    says: "At the third picture a dialog appears, with its reason and when it resets, and no upload begins",
    files: ["limit/dialog.json"],
    judge(files) {
      const { words, ...begun } = files.data<{
        words: string[];
        uploads_begun_before: number;
        uploads_begun_after: number;
      }>("limit/dialog.json");
      if (begun.uploads_begun_before !== 2 || begun.uploads_begun_after !== 2)
        return `${begun.uploads_begun_before} uploads had begun, then ${begun.uploads_begun_after}`;
      const wanted = [
        "Daily image limit reached. Upgrade to send more images.",
        "It resets at 00:00.",
        "Continue with text only",
      ];
      const missing = wanted.find((line) => !words.some((word) => word.includes(line)));
      return missing ? `it does not say "${missing}"` : null;
    },
  },
  {
    part: "limit",
    says: "The server answers a third picture with 403 IMAGE_DAY_LIMIT",
    files: ["limit/third-image.json"],
    judge(files) {
      const { status, body } = files.data<{ status: number; body: Record<string, unknown> }>(
        "limit/third-image.json",
      );
      return first(
        status === 403 ? null : `it answered ${status}`,
        differs("the answer", body, { error: "limit_exceeded", code: "IMAGE_DAY_LIMIT" }),
      );
    },
  },
  {
    part: "trial",
    says: "A trial makes Premium at once, without a charge and without XP",
    files: ["trial/c-me-started.json", "trial/d-me-started.json"],
    judge: (files) =>
      first(
        ...["c", "d"].map((who) =>
          differs(who, files.data(`trial/${who}-me-started.json`), {
            subscription_status: "trial",
            stripe_status: "trialing",
            xp: 0,
          }),
        ),
      ),
  },
  {
    part: "trial",
    says: "Time was moved over the trial's end; C is paid then, with 250 XP",
    files: ["trial/clock-advance.json", "trial/c-me-started.json", "trial/c-me-ended.json"],
    judge(files) {
      const { after } = files.data<{ after: string }>("trial/clock-advance.json");
      const end = String(files.data("trial/c-me-started.json")["trial_ends_at"]);
      const passed =
        Date.parse(after) > Date.parse(end) ? null : `the clock stands at ${after}, before ${end}`;
      const ended = files.data("trial/c-me-ended.json");
      return first(
        passed,
        differs("C", ended, { subscription_status: "paid", stripe_status: "active", xp: 250 }),
      );
    },
  },
  {
    part: "trial",
    says: "D cancelled the trial, kept access until its end, fell back to Free then, and paid nothing",
    files: ["trial/d-me-cancelled.json", "trial/d-me-ended.json", "database/xp_events.json"],
    judge(files) {
      const cancelled = files.data("trial/d-me-cancelled.json");
      const until =
        cancelled["cancel_at"] === cancelled["trial_ends_at"] ? null : "it does not end with the trial";
      return first(
        differs("D", cancelled, { subscription_status: "trial" }),
        until,
        differs("D", files.data("trial/d-me-ended.json"), {
          subscription_status: "free",
          stripe_status: "canceled",
          xp: 0,
        }),
      );
    },
  },
  {
    part: "trial",
    says: "C cancelled the paid month: still Premium, until the date that is named",
    files: ["trial/c-me-cancelled.json"],
    judge(files) {
      const me = files.data("trial/c-me-cancelled.json");
      if (me["cancel_at"] === null || me["cancel_at"] !== me["subscription_expiry"]) return "no end is named";
      return differs("C", me, { subscription_status: "paid", stripe_status: "active" });
    },
  },
];
