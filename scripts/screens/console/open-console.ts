import type { Outputs } from "../../../packages/api/src/contract.ts";
import type { Pretend, Stage } from "../screen.ts";
import { CALM } from "./pretend-overview.ts";

type Operations = Outputs["operations"];
type Admin = Outputs["admin"];
type Calls = { [Name in keyof Operations as `operations.${Name}`]: Operations[Name] } & {
  [Name in keyof Admin as `admin.${Name}`]: Admin[Name];
};
type Asked = Readonly<Record<string, unknown>>;

/** What the server is pretended to say; null: there is no such thing. */
export type Answers = {
  [Name in keyof Calls]?: Calls[Name] | ((asked: Asked) => Calls[Name] | null);
};

const ADMIN: Pretend = { role: "admin" };
const GONE = { error: "not_found", code: "NOT_FOUND", message: "There is no such thing." };

/** Opens a page of the operations console as its administrator sees it; what is not pretended here is calm. */
export async function openConsole(stage: Stage, path: string, answers: Answers = {}): Promise<void> {
  await answerConsole(stage, { ...CALM(), ...answers });
  await stage.open(`/operations${path}`, ADMIN);
}

/** The same without waiting for answers: some calls are refused or never answered. */
export const openAsAdmin = (stage: Stage, path: string): Promise<void> =>
  stage.open(`/operations${path}`, ADMIN);

/** What the server says from here on when the console asks. */
export async function answerConsole({ page }: Stage, answers: Answers): Promise<void> {
  const known: Readonly<Record<string, unknown>> = answers;
  await page.route(/\/trpc\/(operations|admin)\./, (route) => {
    const { pathname, searchParams } = new URL(route.request().url());
    const answer = known[pathname.split("/").at(-1) ?? ""];
    if (answer === undefined) return route.fallback();
    const input: Asked = JSON.parse(searchParams.get("input") ?? route.request().postData() ?? "{}");
    const data = typeof answer === "function" ? answer(input) : answer;
    if (data !== null) return route.fulfill({ json: { result: { data } } });
    const error = { message: GONE.message, code: -32_004, data: { contract: GONE } };
    return route.fulfill({ status: 404, json: { error } });
  });
}
