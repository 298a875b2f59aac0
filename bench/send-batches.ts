import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { StartedServer } from "../server/testing/start-server.ts";
import { batch } from "./events.ts";

const lines = 64;

/** Where batches are sent. */
export interface Target {
  port: number;
  path: string;
  key: string;
}

/** A source of its own on a server, where events can be sent. */
export async function makeSource(server: StartedServer): Promise<Target> {
  const made = await server.ask("POST", "/api/v1/sources", { name: "Bench" });
  return { port: server.ports.web, path: "/v1/batch", key: Object(made.body).writeKey };
}

/** Events a second that are answered with 200, over 64 connections; at most `rate` when one is given. */
export async function measure(target: Target, run: string, duration: number, rate = Number.POSITIVE_INFINITY): Promise<number> {
  const name = `${run}-${Date.now()}`;
  const bodies = Array.from({ length: Math.ceil((Math.min(rate, 45_000) * duration) / 100) }, (_, number) => batch(name, number));
  const agent = new Agent({ keepAlive: true, maxSockets: lines });
  const began = performance.now();
  const end = began + duration * 1_000;
  let [next, taken] = [0, 0];
  await Promise.all(
    Array.from({ length: lines }, async () => {
      for (;;) {
        const number = next++;
        const body = bodies[number];
        const due = began + (number * 100_000) / rate;
        if (body === undefined || performance.now() >= end) return;
        if (due > performance.now()) await sleep(due - performance.now());
        const status = await post(target, body, agent);
        if (status === 200) taken += 100;
        else if (status !== 429) throw new Error(`${target.path} answered ${status}`);
      }
    }),
  );
  agent.destroy();
  return taken / ((performance.now() - began) / 1_000);
}

function post(target: Target, body: Buffer, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      "content-encoding": "gzip",
      "content-length": body.length,
      authorization: `Basic ${Buffer.from(`${target.key}:`).toString("base64")}`,
    };
    const sent = request({ port: target.port, host: "localhost", path: target.path, method: "POST", agent, headers }, (answer) => {
      answer.resume().once("end", () => resolve(answer.statusCode ?? 0));
    });
    sent.once("error", reject);
    sent.end(body);
  });
}
