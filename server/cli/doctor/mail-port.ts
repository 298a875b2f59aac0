import { createConnection, createServer } from "node:net";
import { type Check, notice, well, wrong } from "./check.ts";

export const mailPort: Check = {
  name: "mail in",
  async run({ config: { smtpPort } }) {
    if (smtpPort === 0) return notice("Receiving by SMTP is switched off.");
    const greeting = await greetingOf(smtpPort);
    if (greeting?.startsWith("220")) return well(`Port ${smtpPort} answers.`);
    if (greeting !== undefined)
      return wrong(`Something other than a mail server has port ${smtpPort}.`, "Stop it, or set THROUGHLINE_SMTP_PORT to another port.");
    if (await canListen(smtpPort))
      return notice(`Port ${smtpPort} is free: nothing receives mail now.`, "Start Throughline with the role mail.");
    return wrong(
      `Port ${smtpPort} can be neither reached nor opened.`,
      "Choose a port above 1024 in THROUGHLINE_SMTP_PORT, and forward 25 to it.",
    );
  },
};

/** The first line, an empty one when it says nothing; undefined when nobody listens. */
function greetingOf(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: "127.0.0.1", timeout: 3_000 });
    const end = (line: string | undefined): void => {
      socket.destroy();
      resolve(line);
    };
    socket.once("data", (chunk) => end(chunk.toString("latin1")));
    socket.once("timeout", () => end(""));
    socket.once("error", () => end(undefined));
  });
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
