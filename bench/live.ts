import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "../server/testing/mail.ts";
import { startServer, type StartedServer, testAdminKey } from "../server/testing/start-server.ts";
import { type Measure, quantile, rounded } from "./bench.ts";
import { letter, MailLine } from "./mail-line.ts";

const sockets = 500;
const messages = 150;
const address = "live@bench.example";

/** How long it takes from the end of a message on the SMTP line until all of 500 open screens have been told of it. */
export const live: Measure = async ({ connectionString }) => {
  const server = await startServer({ database: { url: connectionString } });
  try {
    await server.ask("POST", "/api/v1/mail/addresses", { address });
    const screens = await openScreens(server);
    const line = await MailLine.open(server.ports.smtp);
    const delays: number[] = [];
    for (let number = 0; number < messages; number += 1) {
      const heard = screens.hear();
      const began = performance.now();
      await line.send(`ann${number}@bench.example`, address, letter(`ann${number}@bench.example`, address, `Question ${number}`));
      delays.push(...(await heard).map((at) => at - began));
      await sleep(40 + Math.random() * 60);
    }
    line.close();
    screens.close();
    const p99 = quantile(delays.slice(sockets * 10), 0.99);
    return [
      {
        measure: "live, message in to screen",
        value: rounded(p99),
        unit: "ms (p99)",
        wanted: "under 100 ms with 500 sockets",
        met: p99 < 100,
        p50: rounded(quantile(delays, 0.5)),
        sockets,
        messages,
      },
    ];
  } finally {
    await server.stop();
  }
};

interface Screens {
  /** When each screen was told of the next message. */
  hear(): Promise<number[]>;
  close(): void;
}

async function openScreens(server: StartedServer): Promise<Screens> {
  let waiting: { times: number[]; done: (times: number[]) => void } | undefined;
  let open = 0;
  const all = Array.from({ length: sockets }, () =>
    openScreen(server, (text) => {
      if (text.includes('"hello"')) open += 1;
      if (!text.includes("message.received") || !waiting) return;
      waiting.times.push(performance.now());
      if (waiting.times.length === sockets) waiting.done(waiting.times);
    }),
  );
  await until(() => open === sockets, 30_000);
  return {
    hear: () => new Promise((done) => (waiting = { times: [], done })),
    close: () => all.forEach((socket) => socket.destroy()),
  };
}

/** A WebSocket by hand (RFC 6455): what the server sends is unmasked text, and looking for words in it is all we do. */
function openScreen({ ports }: StartedServer, hear: (text: string) => void): Socket {
  const socket = connect(ports.web, "localhost");
  socket.setEncoding("latin1").on("data", hear);
  socket.write(
    [
      "GET /api/v1/live HTTP/1.1",
      `Host: localhost:${ports.web}`,
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
      `Authorization: Bearer ${testAdminKey}`,
      "",
      "",
    ].join("\r\n"),
  );
  return socket;
}
