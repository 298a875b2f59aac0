import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";
import { Problem } from "../errors.ts";
import { asUnavailable, isDataException } from "../db/index.ts";
import { log } from "../log.ts";
import { dropRest } from "./drop-rest.ts";

/** Every error leaves as `application/problem+json` (RFC 9457), whatever threw it. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = asProblem(error);
    if ((problem.status >= 500 && !isOutage(problem)) || isDataException(error))
      log.error("request failed", { method: request.method, url: request.url, error });
    if (problem.status === 413) dropRest(request, reply);
    send(reply, problem);
  });
  app.setNotFoundHandler((request, reply) => {
    send(reply, new Problem(404, "no-such-route", `There is nothing at ${request.method} ${request.url.split("?")[0]}.`));
  });
}

/** Says what is wrong in the one form that all answers share. */
export function send(reply: FastifyReply, problem: Problem): void {
  if (problem.retryAfter !== undefined) void reply.header("retry-after", String(problem.retryAfter));
  void reply
    .code(problem.status)
    .header("content-type", "application/problem+json")
    .serializer(JSON.stringify)
    .send({
      type: `about:blank#${problem.code}`,
      title: titleOf(problem.status),
      status: problem.status,
      code: problem.code,
      detail: problem.message,
    });
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const outage = asUnavailable(error);
  if (outage) return outage;
  if (isDataException(error))
    return new Problem(
      400,
      "invalid",
      "Something in this request cannot be kept: a number that is too large, or a text that is not valid.",
    );
  if (isFastifyError(error)) {
    if (error.validation) return new Problem(400, "invalid", validationSentence(error));
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return new Problem(error.statusCode, CODES[error.statusCode] ?? "refused", error.message);
    }
  }
  return new Problem(500, "unexpected", "Something went wrong on our side. It has been noted; trying again may help.", { cause: error });
}

/** In place of the codes of the libraries underneath. */
const CODES: Record<number, string> = { 400: "invalid", 404: "no-such-route", 405: "not-this-way", 413: "too-large", 415: "not-this-type" };

function validationSentence(error: FastifyError): string {
  const first = error.validation?.[0];
  const path = first?.params["path"];
  const place = [error.validationContext, ...(Array.isArray(path) ? path : [])].join(".");
  return `${place} ${first?.message ?? "is not valid"}.`;
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && "code" in error;
}

function isOutage(problem: Problem): boolean {
  return problem.code === "unavailable";
}

function titleOf(status: number): string {
  const titles: Record<number, string> = {
    400: "Not valid",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Not this way",
    409: "In conflict",
    413: "Too large",
    415: "Not this type",
    422: "Not valid",
    429: "Too many requests",
    503: "Not available now",
  };
  return titles[status] ?? (status < 500 ? "Refused" : "Failed");
}
