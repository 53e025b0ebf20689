import type { Claim, Files } from "./claim.ts";

interface LogLine {
  readonly level?: string;
  readonly msg?: string;
  readonly [field: string]: unknown;
}

const logOf = (files: Files): LogLine[] =>
  files
    .text("server/server.log")
    .split("\n")
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as LogLine];
      } catch {
        return [];
      }
    });

const linesOf = (files: Files, name: string): string[] =>
  files
    .text(`console/${name}.log`)
    .split("\n")
    .filter((line) => !line.startsWith("#"));
/** The answer that the evidence itself asks for: the browser tells of every refusal. */
const OWN_REFUSAL = /^\S+ error Failed to load resource: .* 403 /;

const isPaid = (line: string): boolean => line.includes('"subscription_status":"paid"');
const setsPaid = (line: string): boolean => line.includes("[liveassist] setUser") && isPaid(line);

export const VOICE_CLAIMS: Claim[] = [
  {
    part: "log",
    says: "The server's log tells of each purchase's update with user, version and socket id",
    files: ["server/server.log"],
    judge(files) {
      const users = files.data<{ id: string; email: string }[]>("database/users.json");
      for (const { id, email } of users.filter((user) => /^(anna|bo)@/.test(user.email))) {
        const pushed = logOf(files).filter(
          ({ msg, userId, plan, socketId, version }) =>
            msg === "pushed" &&
            userId === id &&
            plan === "paid" &&
            typeof socketId === "string" &&
            Number(version) > 0,
        );
        if (pushed.length === 0) return `no line says that ${email}'s update went to a socket`;
      }
      return null;
    },
  },
  {
    part: "log",
    says: "No line of the log is an error, and none names an e-mail address",
    files: ["server/server.log"],
    judge(files) {
      const bad = logOf(files).find(({ level }) => level === "error" || level === "fatal");
      if (logOf(files).length < 10) return "the log is empty";
      if (bad) return `an error: ${bad.msg}`;
      const address = /[\w.+-]+@example\.com/.exec(files.text("server/server.log"));
      return address ? `it names ${address[0]}` : null;
    },
  },
  ...["a", "b"].flatMap((name): Claim[] => [
    {
      part: "console",
      says: `Console of ${name.toUpperCase()}'s second tab: subscription.updated with paid and 250 XP awarded, then setUser with paid`,
      files: [`console/${name}-second-tab.log`],
      judge(files) {
        const lines = linesOf(files, `${name}-second-tab`);
        const event = lines.findIndex(
          (line) =>
            line.includes("[liveassist] subscription.updated") &&
            isPaid(line) &&
            line.includes('"xp_awarded":250'),
        );
        if (event < 0) return "no such event";
        return lines.slice(event).some(setsPaid) ? null : "no setUser after it";
      },
    },
    {
      part: "console",
      says: `Console of ${name.toUpperCase()}'s tab that came back from payment: setUser with paid`,
      files: [`console/${name}.log`],
      judge: (files) => (linesOf(files, name).some(setsPaid) ? null : "no such line"),
    },
  ]),
  {
    part: "console",
    says: "No console has an error or warning of our own (the browser tells of the one refusal that was asked for)",
    files: ["console/"],
    judge(files) {
      for (const name of ["a", "a-second-tab", "b", "b-second-tab", "c", "d"]) {
        const bad = linesOf(files, name).filter((line) => /^\S+ (error|warning|thrown) /.test(line));
        const ours = bad.filter((line) => !OWN_REFUSAL.test(line));
        if (ours[0] !== undefined) return `${name}: ${ours[0].slice(0, 160)}`;
        if (bad.length > (name === "a" ? 1 : 0)) return `${name}: ${bad.length} refusals`;
      }
      return null;
    },
  },
];
