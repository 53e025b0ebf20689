/** A plain-text mail. The adapter sends it by SMTP or leaves it readable under the data folder. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Names the mail: sent twice under one id, it is one mail in the mailbox, as far as mail can promise that. */
  readonly id?: string;
}

export interface MailPort {
  /** Resolves once the mail was accepted for delivery; throws when it was not. */
  send(mail: Mail): Promise<void>;
}
