import { setTimeout as pause } from "node:timers/promises";
import type { AssistantPort, AssistantRequest, FoundPost } from "@liveassist/api";
import { ANSWERS, answerTo } from "./assistant-practice-answers.ts";

/** A whole answer takes about this long, however many words it has (ms); no pause is longer than the second. */
const WHOLE_MS = 900;
const LONGEST_PAUSE_MS = 12;
const MOST_POSTS = 3;

/**
 * Answers when no model is configured: the questions of docs/practice.md, word by word, and says what it is. A whole answer
 * takes `wholeMs`; 0: no time at all.
 */
export function practiceAssistant(wholeMs = WHOLE_MS): AssistantPort {
  return {
    async *reply(request) {
      const words = (await compose(request)).match(/\S+\s*/g) ?? [];
      const pauseMs = Math.min(LONGEST_PAUSE_MS, wholeMs / words.length);
      const began = performance.now();
      for (const [place, word] of words.entries()) {
        // Late timers on a busy machine are made up for, so that the whole takes no longer.
        const waitMs = began + place * pauseMs - performance.now();
        if (waitMs > 0) await pause(waitMs);
        if (request.signal.aborted) return;
        yield word;
      }
    },
  };
}

async function compose(request: AssistantRequest): Promise<string> {
  const asked = request.turns.at(-1);
  const text = asked?.text ?? "";
  const hasFiles = asked !== undefined && asked.pictures.length + asked.unseen.length > 0;
  const about = hasFiles ? [CANNOT_LOOK] : [];
  const wanted = searchedFor(text);
  if (wanted !== null) return [...about, await searched(request, wanted), SIGNATURE].join("\n\n");
  const answer = answerTo(text);
  if (!answer) return [...about, whatItIs(request)].join("\n\n");
  const said = request.plan === "paid" ? answer.full(request.facts) : answer.brief(request.facts);
  return [...about, said, SIGNATURE].join("\n\n");
}

const CANNOT_LOOK = "I cannot look at pictures or videos: I am only the practice assistant.";
const SIGNATURE = "*Practice assistant: no AI model is configured here.*";

function whatItIs({ plan }: AssistantRequest): string {
  const plain =
    "I am the practice assistant. No AI model is configured here, so I cannot help with that; I can only answer questions about LiveAssist itself";
  if (plan === "free") return `${plain}, such as “${ANSWERS[0].question}” or “${ANSWERS[8].question}”`;
  const list = ANSWERS.map(({ question }) => `- ${question}`).join("\n");
  return `${plain}:\n\n${list}\n\nI can also search what people wrote: “Search the community for …”. Whoever runs this installation connects a model with \`AI_BASE_URL\` and \`AI_MODEL\`.`;
}

const SEARCHES = [
  /\b(?:search|look|find)\b.*?\b(?:community|posts?)\b.*?\b(?:for|about|on)\s+(\S.*)/is,
  /\b(?:search|look)\s+for\s+(\S.*?)\s+in\s+(?:the\s+)?(?:community|posts)\b/is,
  /\b(?:search|find)\s+(?:for\s+)?posts?\s+(\S.*)/is,
];

/** What somebody wants to have searched in the community; null: they ask something else. */
function searchedFor(text: string): string | null {
  for (const pattern of SEARCHES) {
    const wanted = pattern.exec(text)?.[1]?.replaceAll(/["“”?!.\s]+$|^["“”]+/g, "");
    if (wanted) return wanted.slice(0, 200);
  }
  return null;
}

async function searched({ searchPosts }: AssistantRequest, wanted: string): Promise<string> {
  if (!searchPosts) return "Searching the community's posts for you is part of Premium.";
  const posts = await searchPosts(wanted).catch(() => null);
  if (posts === null) return "The search of the community does not answer right now. Try again in a moment.";
  if (posts.length === 0) return "I found no post about that in the community.";
  return `I found this in the community:\n\n${posts.slice(0, MOST_POSTS).map(cited).join("\n")}`;
}

const cited = ({ author, text, url }: FoundPost): string =>
  `- [${asPlain(text, 80) || "Post"}](${url}) by ${asPlain(author, 40)}`;

/** What people wrote stays text: it can neither format nor link anything here. */
function asPlain(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  const points = [...line];
  const cut = points.length > most ? `${points.slice(0, most).join("").trimEnd()}…` : line;
  return cut.replaceAll(/[\\`*_{}[\]()<>#!|~&:@]/g, "\\$&").replaceAll(/\bwww\./gi, "www\\.");
}
