/** What one check found: any problem fails `npm run verify`; notes are only printed. */
export interface CheckReport {
  problems: string[];
  notes: string[];
}

/** A check looks at the repository under `root` and never changes it. */
export interface Check {
  name: string;
  run: (root: string) => Promise<CheckReport>;
}

/** A broken rule at a place in the source. The message says where the code belongs. */
export interface Problem {
  rule: string;
  file: string;
  line: number;
  message: string;
}
