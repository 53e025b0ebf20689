/** A page as a browser gets it, redirects not followed. */
export interface Visited {
  status: number;
  text: string;
  /** Where it leads; empty when nowhere. */
  to: string;
}

/** What is typed for a card that pays. */
export const CARD = {
  cardNumber: "4242 4242 4242 4242",
  cardExpiry: "12 / 30",
  cardCvc: "123",
  billingName: "Ada",
  billingCountry: "SE",
};

/** Opens a page, in a language when one is given. */
export async function visit(url: string, language?: string): Promise<Visited> {
  const headers: Record<string, string> = language === undefined ? {} : { "accept-language": language };
  return visited(await fetch(url, { redirect: "manual", headers }));
}

/** Sends a form as a browser without scripts does. */
export async function send(url: string, fields: Record<string, string> = {}): Promise<Visited> {
  return visited(await fetch(url, { method: "POST", redirect: "manual", body: new URLSearchParams(fields) }));
}

/** Sends a form and goes where it leads on the same server. */
export async function sendAndFollow(url: string, fields: Record<string, string> = {}): Promise<Visited> {
  const { to, ...answer } = await send(url, fields);
  return to.startsWith("/") ? visit(new URL(to, url).href) : { ...answer, to };
}

/** Sends a form as a page's script does. */
export async function sendByScript(
  url: string,
  fields: Record<string, string>,
): Promise<Record<string, unknown>> {
  const headers = { accept: "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: new URLSearchParams(fields) });
  return (await response.json()) as Record<string, unknown>;
}

async function visited(response: Response): Promise<Visited> {
  const { status, headers } = response;
  return { status, text: await response.text(), to: headers.get("location") ?? "" };
}
