import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { now } from "../../../../platform/clock.ts";

/**
 * A certificate that we sign ourselves (X.509 v3, RFC 5280; P-256), made at start when the operator gives none. Mail
 * servers encrypt to any certificate (RFC 7435), so it keeps mail from listeners who only read along.
 */
export function selfSignedCertificate(name: string): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const body = toBeSigned(name, createPublicKey(publicKey).export({ type: "spki", format: "der" }));
  const signature = sign("sha256", body, createPrivateKey(privateKey));
  const certificate = sequence(body, ECDSA_WITH_SHA256, element(0x03, Buffer.from([0]), signature));
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return { key: privateKey, cert: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n` };
}

const YEAR_MS = 365 * 24 * 60 * 60 * 1_000;
const ECDSA_WITH_SHA256 = sequence(element(0x06, Buffer.from("2a8648ce3d040302", "hex")));
const COMMON_NAME = element(0x06, Buffer.from("550403", "hex"));
const SUBJECT_ALT_NAME = element(0x06, Buffer.from("551d11", "hex"));

function toBeSigned(name: string, publicKey: Buffer): Buffer {
  const whose = sequence(element(0x31, sequence(COMMON_NAME, element(0x0c, Buffer.from(name)))));
  const from = now();
  const validity = sequence(utcTime(new Date(from.getTime() - YEAR_MS / 12)), utcTime(new Date(from.getTime() + 10 * YEAR_MS)));
  const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(15)]);
  const names = sequence(SUBJECT_ALT_NAME, element(0x04, sequence(element(0x82, Buffer.from(name)))));
  return sequence(
    element(0xa0, element(0x02, Buffer.from([2]))),
    element(0x02, serial),
    ECDSA_WITH_SHA256,
    whose,
    validity,
    whose,
    publicKey,
    element(0xa3, sequence(names)),
  );
}

/** UTCTime, which holds years up to 2049 (RFC 5280, 4.1.2.5.1). */
function utcTime(date: Date): Buffer {
  return element(
    0x17,
    Buffer.from(
      date
        .toISOString()
        .replace(/[-:T]|\.\d+/g, "")
        .slice(2),
    ),
  );
}

function sequence(...content: Buffer[]): Buffer {
  return element(0x30, ...content);
}

/** Tag, length, content (DER, X.690). */
function element(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 128) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const size = Buffer.from(body.length.toString(16).padStart(body.length < 256 ? 2 : 4, "0"), "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 | size.length]), size, body]);
}
