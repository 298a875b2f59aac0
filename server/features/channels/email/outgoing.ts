import { createTransport, type Transporter } from "nodemailer";

/** The server that our mail goes out by; null while none is set, and then mail is kept. */
export interface Outgoing {
  send(letter: { from: string; to: string; raw: Buffer }): Promise<{ response: string }>;
  close(): void;
}

export const NOT_SENT = "not sent: no mail server set";

let outgoing: Outgoing | null = null;

/** Sets the server from THROUGHLINE_SMTP_URL (`smtp://user:password@host:587`); null unsets it. */
export function useOutgoing(smtpUrl: string | null): void {
  outgoing?.close();
  outgoing = smtpUrl === null ? null : transportTo(smtpUrl);
}

export function outgoingServer(): Outgoing | null {
  return outgoing;
}

function transportTo(smtpUrl: string): Outgoing {
  const transport: Transporter<{ response: string }> = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 4,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
  });
  return {
    send: ({ from, to, raw }) => transport.sendMail({ envelope: { from, to }, raw }),
    close: () => transport.close(),
  };
}

/** What a failed try means: 5xx is the other server's last word (RFC 5321, 4.2.1), all else is worth another try. */
export function readFailure(error: unknown): { isFinal: boolean; detail: string } {
  const code: unknown = error instanceof Error ? Reflect.get(error, "responseCode") : undefined;
  const message = error instanceof Error ? error.message : String(error);
  const isFinal = typeof code === "number" && code >= 500 && code < 600 && code !== 503;
  return { isFinal, detail: message.toWellFormed().replaceAll("\0", "").slice(0, 500) };
}
