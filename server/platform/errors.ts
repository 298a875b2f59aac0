/**
 * The one family of errors. A problem has a code for programs and a sentence that its reader can act on;
 * platform/http turns it into an RFC 9457 answer, once.
 */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  /** Seconds after which trying again makes sense; sent as Retry-After. */
  readonly retryAfter: number | undefined;

  constructor(status: number, code: string, detail: string, options: { retryAfter?: number; cause?: unknown } = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "Problem";
    this.status = status;
    this.code = code;
    this.retryAfter = options.retryAfter;
  }
}

export function invalid(detail: string): Problem {
  return new Problem(400, "invalid", detail);
}

export function unauthenticated(detail = "Sign in, or send an API key in the Authorization header."): Problem {
  return new Problem(401, "unauthenticated", detail);
}

export function forbidden(detail = "Your role does not allow this."): Problem {
  return new Problem(403, "forbidden", detail);
}

export function notFound(what: string): Problem {
  return new Problem(404, "not-found", `There is no such ${what} here.`);
}

export function conflict(detail: string): Problem {
  return new Problem(409, "conflict", detail);
}

export function tooLarge(detail: string): Problem {
  return new Problem(413, "too-large", detail);
}

export function unavailable(detail: string, cause?: unknown): Problem {
  return new Problem(503, "unavailable", detail, { retryAfter: 2, cause });
}
