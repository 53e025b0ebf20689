/** A plain-text mail. The adapter sends it by SMTP or leaves it readable under the data folder. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface MailPort {
  send(mail: Mail): Promise<void>;
}
