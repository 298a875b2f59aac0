import { connect, type Socket } from "node:net";

/** An SMTP client that sends one message after the other over one connection, waiting for each answer. */
export class MailLine {
  #socket: Socket;
  #answered: (line: string) => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    let buffered = "";
    socket.setEncoding("latin1").on("data", (chunk: string) => {
      buffered += chunk;
      const answer = /^(?:\d{3}-.*\r\n)*(\d{3} .*)\r\n/.exec(buffered);
      if (!answer) return;
      buffered = buffered.slice(answer[0].length);
      this.#answered(answer[1] ?? "");
    });
  }

  static async open(port: number): Promise<MailLine> {
    const line = new MailLine(connect(port, "127.0.0.1"));
    await line.#answer();
    await line.#say("EHLO bench.example", "250");
    return line;
  }

  /** @throws Error when the message is not taken */
  async send(from: string, to: string, text: string): Promise<void> {
    await this.#say(`MAIL FROM:<${from}>`, "250");
    await this.#say(`RCPT TO:<${to}>`, "250");
    await this.#say("DATA", "354");
    await this.#say(`${text}\r\n.`, "250");
  }

  close(): void {
    this.#socket.end("QUIT\r\n");
  }

  async #say(words: string, wanted: string): Promise<void> {
    const answer = this.#answer();
    this.#socket.write(`${words}\r\n`);
    const got = await answer;
    if (!got.startsWith(wanted)) throw new Error(`"${words.slice(0, 40)}" was answered "${got}"`);
  }

  #answer(): Promise<string> {
    return new Promise((resolve) => (this.#answered = resolve));
  }
}

export function letter(from: string, to: string, subject: string): string {
  return [
    `From: Ann <${from}>`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: <${crypto.randomUUID()}@bench.example>`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "Hello,",
    "",
    "my box was promised for ten o'clock and has not come. Could you look into it, please?",
    "",
    "Thank you,",
    "Ann",
  ].join("\r\n");
}
