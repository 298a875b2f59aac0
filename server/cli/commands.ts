/** Does the work of a command and answers its exit code. */
export type Verb = (words: string[]) => Promise<number>;

export interface Command {
  name: string;
  /** What follows the name, as shown in the usage. */
  words: string;
  summary: string;
  load(): Promise<Verb>;
}

/** Loaded one at a time, so that `doctor` still answers when another command's parts are broken. */
export const commands: readonly Command[] = [
  { name: "serve", words: "", summary: "Runs Throughline until it is stopped.", load: async () => (await import("./serve.ts")).serve },
  {
    name: "migrate",
    words: "",
    summary: "Brings the database up to date.",
    load: async () => (await import("./migrate.ts")).migrateDatabase,
  },
  {
    name: "sample",
    words: "",
    summary: "Makes the sample company in a workspace of its own.",
    load: async () => (await import("./sample.ts")).sample,
  },
  {
    name: "sample",
    words: "",
    summary: "Makes the sample company, if there is none.",
    load: async () => (await import("./sample.ts")).sample,
  },
  {
    name: "rebuild",
    words: "LISTENER",
    summary: "Derives from the log anew what a listener keeps.",
    load: async () => (await import("./rebuild.ts")).rebuild,
  },
  {
    name: "key create",
    words: "[NAME] [--scope SCOPE]…",
    summary: "Makes an API key and prints it.",
    load: async () => (await import("./create-key.ts")).createKey,
  },
  {
    name: "doctor",
    words: "[--json]",
    summary: "Checks the installation and says what to do.",
    load: async () => (await import("./doctor/index.ts")).doctor,
  },
];
