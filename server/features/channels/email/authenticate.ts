import { Resolver } from "node:dns/promises";
import { authenticate, type DNSResolver } from "mailauth";
import { now } from "../../../platform/clock.ts";

export type Verdict = "pass" | "fail" | "none" | "not checked";

/** Whether the sender is who the message says (RFC 7208, 6376, 7489). "not checked" when DNS did not answer. */
export interface MailVerdicts {
  spf: Verdict;
  dkim: Verdict;
  dmarc: Verdict;
  /** The domain that the visible sender claims. */
  domain: string | null;
}

const LIMIT_MS = 3_000;
const PAUSE_MS = 60_000;
const NOT_CHECKED: MailVerdicts = { spf: "not checked", dkim: "not checked", dmarc: "not checked", domain: null };

let resolve: DNSResolver | null = systemResolver();
let pausedUntil = 0;

/** For tests, and for an installation without DNS (null): every verdict is then "not checked". */
export function useResolver(resolver: DNSResolver | null): void {
  resolve = resolver;
  pausedUntil = 0;
}

/**
 * Checks a message within 3 s, whatever DNS does. After it was silent once, a minute passes before it is asked again.
 * A peer of our own network proves nothing by its address; without a signature there is then nothing to check.
 */
export async function checkSender(
  raw: Buffer,
  peer: { ip: string | null; name: string | null; sender: string | null },
): Promise<MailVerdicts> {
  if (resolve === null || now().getTime() < pausedUntil) return NOT_CHECKED;
  const ip = peer.ip === null || isOwnNetwork(peer.ip) ? null : peer.ip;
  if (ip === null && !isSigned(raw)) return NOT_CHECKED;
  const late = Promise.withResolvers<MailVerdicts>();
  const timer = setTimeout(() => {
    pausedUntil = now().getTime() + PAUSE_MS;
    late.resolve(NOT_CHECKED);
  }, LIMIT_MS);
  try {
    return await Promise.race([check(raw, { ...peer, ip }, resolve), late.promise]);
  } catch {
    return NOT_CHECKED;
  } finally {
    clearTimeout(timer);
  }
}

/** Loopback, private and link-local addresses (RFC 1918, 4193, 6890). */
function isOwnNetwork(ip: string): boolean {
  return /^(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)|^::1$|^f[cd]|^fe80:/i.test(ip);
}

function isSigned(raw: Buffer): boolean {
  return /^DKIM-Signature:/im.test(raw.subarray(0, 100_000).toString("latin1"));
}

async function check(
  raw: Buffer,
  peer: { ip: string | null; name: string | null; sender: string | null },
  resolver: DNSResolver,
): Promise<MailVerdicts> {
  const checked = await authenticate(raw, {
    resolver,
    disableArc: true,
    disableBimi: true,
    mta: "throughline",
    sender: peer.sender ?? "",
    ...(peer.ip === null ? {} : { ip: peer.ip, helo: peer.name ?? peer.ip }),
  });
  // A signature over another body is "neutral" to mailauth; by RFC 8601 (2.7.1) it did not verify.
  const signatures = checked.dkim.results.map(({ status: { result } }) => (result === "neutral" ? "fail" : verdictOf(result)));
  return {
    spf: peer.ip === null || checked.spf === false ? "not checked" : verdictOf(checked.spf.status.result),
    dkim: signatures.find((each) => each === "pass") ?? signatures[0] ?? "none",
    dmarc: checked.dmarc === false ? "none" : verdictOf(checked.dmarc.status.result),
    domain: checked.dmarc === false ? null : checked.dmarc.domain,
  };
}

function verdictOf(result: string): Verdict {
  if (result === "pass" || result === "fail" || result === "none") return result;
  if (result === "softfail" || result === "permerror" || result === "policy") return "fail";
  return result === "neutral" ? "none" : "not checked";
}

function systemResolver(): DNSResolver {
  const resolver = new Resolver({ timeout: 1_000, tries: 2 });
  return async (domain, type) => {
    const found: unknown = await resolver.resolve(domain, type);
    return answersOf(found);
  };
}

/** TXT answers are lists of strings; MX answers are objects, of which SPF needs them as they are. */
function answersOf(found: unknown): string[][] {
  if (!Array.isArray(found)) return [];
  return found;
}
