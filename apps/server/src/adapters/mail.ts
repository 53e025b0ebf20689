import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Logger, Mail, MailPort } from "@liveassist/api";
import { createTransport } from "nodemailer";

export interface MailSettings {
  readonly smtpUrl: string | undefined;
  readonly from: string;
  readonly dataDir: string;
}

/** Mail by SMTP, or, without it, as files that a developer can read under the data folder. */
export function createMail(settings: MailSettings, log: Logger): MailPort {
  return settings.smtpUrl === undefined ? fileMail(settings, log) : smtpMail(settings.smtpUrl, settings.from);
}

function smtpMail(url: string, from: string): MailPort {
  const transport = createTransport(url);
  return { send: async (mail) => void (await transport.sendMail({ from, ...mail })) };
}

function fileMail({ dataDir, from }: MailSettings, log: Logger): MailPort {
  const folder = join(dataDir, "mail");
  let count = 0;
  return {
    async send(mail) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const stamp = new Date().toISOString().replaceAll(/[:.]/g, "-");
      count += 1;
      const file = join(folder, `${stamp}-${process.pid}-${count}.txt`);
      await writeFile(file, toText(mail, from), { mode: 0o600 });
      log.info({ file, subject: mail.subject }, "mail written; set SMTP_URL to send it");
    },
  };
}

const toText = (mail: Mail, from: string): string =>
  `From: ${from}\nTo: ${mail.to}\nSubject: ${mail.subject}\n\n${mail.text}\n`;
