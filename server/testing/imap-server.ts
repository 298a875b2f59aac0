import { createServer, type AddressInfo, type Socket } from "node:net";

interface Stored {
  uid: number;
  raw: Buffer;
  at: Date;
}

/** A mailbox server for tests: as much of IMAP4rev1 (RFC 3501) and IDLE (RFC 2177) as reading a mailbox needs. */
export interface TestImapServer {
  port: number;
  /** Puts a message into the mailbox and tells whoever is idle. */
  append(raw: string, at?: Date): number;
  /** The mailbox is made anew, with other numbers for the same messages. */
  renumber(): void;
  /** Breaks all lines. */
  hangUp(): void;
  /** Everything that clients said. */
  readonly heard: string[];
  readonly idling: number;
  stop(): Promise<void>;
}

export async function startImapServer(account: { user: string; password: string; token?: string }): Promise<TestImapServer> {
  const messages: Stored[] = [];
  const lines = new Set<Line>();
  const heard: string[] = [];
  let uidValidity = 1_000;
  let nextUid = 1;

  class Line {
    idleTag: string | null = null;
    #buffered = "";
    #answering: string | null = null;
    readonly #socket: Socket;

    constructor(socket: Socket) {
      this.#socket = socket;
      socket.setEncoding("latin1");
      socket.on("data", (chunk: string) => this.#read(chunk));
      socket.on("error", () => undefined);
      socket.on("close", () => lines.delete(this));
      this.say("* OK ready");
    }

    say(line: string): void {
      this.#socket.write(`${line}\r\n`, "latin1");
    }

    end(): void {
      this.#socket.destroy();
    }

    #read(chunk: string): void {
      this.#buffered += chunk;
      for (let end = this.#buffered.indexOf("\r\n"); end >= 0; end = this.#buffered.indexOf("\r\n")) {
        const line = this.#buffered.slice(0, end);
        this.#buffered = this.#buffered.slice(end + 2);
        heard.push(line);
        this.#answer(line);
      }
    }

    #answer(line: string): void {
      if (this.#answering !== null) return this.#authenticate(this.#answering, line);
      if (this.idleTag !== null) {
        this.say(`${this.idleTag} OK done`);
        this.idleTag = null;
        return;
      }
      const [, tag = "*", command = "", rest = ""] = /^(\S+) (UID \S+|\S+) ?(.*)$/i.exec(line) ?? [];
      const name = command.toUpperCase();
      if (name === "LOGIN")
        return this.say(
          rest.replaceAll('"', "") === `${account.user} ${account.password}`
            ? `${tag} OK in`
            : `${tag} NO [AUTHENTICATIONFAILED] Wrong password`,
        );
      if (name === "AUTHENTICATE") return this.#beginAuthentication(tag, rest);
      if (name === "IDLE") {
        this.idleTag = tag;
        return this.say("+ idling");
      }
      this.#inform(name, rest);
      this.say(`${tag} OK ${name === "EXAMINE" ? "[READ-ONLY] " : ""}done`);
      if (name === "LOGOUT") this.end();
    }

    #beginAuthentication(tag: string, rest: string): void {
      const [mechanism = "", initial] = rest.split(" ");
      if (mechanism.toUpperCase() === "XOAUTH2" && initial !== undefined) return this.#authenticate(tag, initial);
      this.#answering = tag;
      this.say("+ ");
    }

    #authenticate(tag: string, encoded: string): void {
      this.#answering = null;
      const said = Buffer.from(encoded, "base64").toString();
      const fits =
        said === `\0${account.user}\0${account.password}` ||
        (account.token !== undefined && said.includes(`auth=Bearer ${account.token}\x01`));
      this.say(fits ? `${tag} OK in` : `${tag} NO [AUTHENTICATIONFAILED] Wrong password`);
    }

    #inform(name: string, rest: string): void {
      if (name === "CAPABILITY") this.say("* CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN AUTH=XOAUTH2 SASL-IR");
      if (name === "LIST") this.say('* LIST (\\HasNoChildren) "/" INBOX');
      if (name === "SELECT" || name === "EXAMINE") {
        this.say("* FLAGS (\\Seen)");
        this.say(`* ${messages.length} EXISTS`);
        this.say(`* OK [UIDVALIDITY ${uidValidity}] valid`);
        this.say(`* OK [UIDNEXT ${nextUid}] next`);
      }
      if (name === "UID SEARCH") this.say(`* SEARCH ${messages.map((each) => each.uid).join(" ")}`.trimEnd());
      if (name === "UID FETCH") this.#fetch(rest);
    }

    #fetch(rest: string): void {
      const [range = "", items = ""] = [rest.slice(0, rest.indexOf(" ")), rest.slice(rest.indexOf(" ") + 1)];
      messages.forEach((message, index) => {
        if (!inRange(range, message.uid, messages.at(-1)?.uid ?? 0)) return;
        const parts = [`UID ${message.uid}`];
        if (/INTERNALDATE/i.test(items)) parts.push(`INTERNALDATE "${internalDate(message.at)}"`);
        const [, section] = /(BODY)(?:\.PEEK)?\[\]/i.exec(items) ?? [];
        const most = /<0\.(\d+)>/.exec(items)?.[1];
        const content = message.raw.subarray(0, most === undefined ? undefined : Number(most)).toString("latin1");
        if (section !== undefined) parts.push(`BODY[]${most === undefined ? "" : "<0>"} {${content.length}}\r\n${content}`);
        this.say(`* ${index + 1} FETCH (${parts.join(" ")})`);
      });
    }
  }

  const server = createServer((socket) => lines.add(new Line(socket)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: portOf(server.address()),
    heard,
    get idling() {
      return [...lines].filter((line) => line.idleTag !== null).length;
    },
    append(raw, at = new Date()) {
      messages.push({ uid: nextUid++, raw: Buffer.from(raw.replace(/\r?\n/g, "\r\n")), at });
      for (const line of lines) if (line.idleTag !== null) line.say(`* ${messages.length} EXISTS`);
      return nextUid - 1;
    },
    renumber() {
      uidValidity++;
      nextUid = 1;
      for (const message of messages) message.uid = nextUid++;
    },
    hangUp() {
      for (const line of lines) line.end();
    },
    async stop() {
      for (const line of lines) line.end();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** `n:*` always has the newest message in it (RFC 3501, 6.4.8). */
function inRange(range: string, uid: number, newest: number): boolean {
  return range.split(",").some((part) => {
    const [from = "0", to = from] = part.split(":");
    const [low, high] = [Number(from), to === "*" ? newest : Number(to)];
    return uid >= Math.min(low, high) && uid <= Math.max(low, high);
  });
}

function internalDate(at: Date): string {
  const [, day = "", month = "", year = "", time = ""] = /, (\d+) (\w+) (\d+) ([\d:]+)/.exec(at.toUTCString()) ?? [];
  return `${day}-${month}-${year} ${time} +0000`;
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}
