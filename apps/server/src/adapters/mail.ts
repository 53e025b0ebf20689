import { mkdir, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Logger, Mail, MailPort } from "@liveassist/api";
import { createTransport } from "nodemailer";

export interface MailSettings {
  readonly smtpUrl: string | undefined;
  readonly from: string;
  readonly dataDir: string;
}

/** A mail server that is silent must not hold a mail for longer than the lease it is sent under. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** Mail by SMTP, or, without it, as files that a developer can read under the data folder. */
export function createMail(settings: MailSettings, log: Logger): MailPort {
  return settings.smtpUrl === undefined ? fileMail(settings, log) : smtpMail(settings.smtpUrl, settings.from);
}

function smtpMail(url: string, from: string): MailPort {
  const transport = createTransport({ url, ...TIMEOUTS });
  return {
    async send({ id, ...mail }) {
      // The same id again is the same Message-ID, by which mailboxes tell a repeated mail.
      const messageId = id === undefined ? {} : { messageId: `<${id}@liveassist>` };
      await transport.sendMail({ from, ...mail, ...messageId });
    },
  };
}

function fileMail({ dataDir, from }: MailSettings, log: Logger): MailPort {
  const folder = join(dataDir, "mail");
  let count = 0;
  return {
    async send(mail) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const stamp = new Date().toISOString().replaceAll(/[:.]/g, "-");
      count += 1;
      // A mail sent again under its id is the same file, as it would be the same mail in a mailbox.
      const mark = mail.id ?? `${process.pid}-${count}`;
      const earlier = (await readdir(folder)).find((name) => name.endsWith(`-${mark}.txt`));
      const file = join(folder, earlier ?? `${stamp}-${mark}.txt`);
      await writeFile(`${file}.part`, toText(mail, from), { mode: 0o600 });
      await rename(`${file}.part`, file);
      log.info({ file, subject: mail.subject }, "mail written; set SMTP_URL to send it");
    },
  };
}

const toText = (mail: Mail, from: string): string =>
  `From: ${from}\nTo: ${mail.to}\nSubject: ${mail.subject}\n\n${mail.text}\n`;
