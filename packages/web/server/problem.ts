/** Errors on the wire: RFC 9457 problem documents, never a stack trace. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** One cause, with its place in the scenario text where there is one. */
export interface ProblemDetail {
  readonly path?: string;
  /** Where it is, if not in the scenario itself. */
  readonly file?: string;
  readonly code: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
  readonly hint?: string;
}

export interface ProblemBody {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly ProblemDetail[];
}

/** A failure that its cause, the client, can understand. */
export class Problem extends Error {
  readonly body: ProblemBody;

  constructor(body: ProblemBody) {
    super(body.detail);
    this.name = 'Problem';
    this.body = body;
  }
}

export function notFound(detail: string): Problem {
  return new Problem({ status: 404, code: 'E_NOT_FOUND', title: 'Not found', detail });
}

/** What Fastify itself refuses, in our words. */
const REFUSALS: Readonly<Record<string, Omit<ProblemBody, 'detail'> & { detail: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    code: 'E_BODY_TOO_LARGE',
    title: 'Request body too large',
    detail: 'The request body is limited to 1 MB. Split the scenario, or keep traces in files.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'E_MEDIA_TYPE',
    title: 'Unsupported media type',
    detail: 'Send the body as application/json.',
  },
};

const RETRY_SECONDS = 60;

export function sendProblem(request: FastifyRequest, reply: FastifyReply, body: ProblemBody) {
  if (body.status === 503) reply.header('retry-after', String(RETRY_SECONDS));
  return reply
    .code(body.status)
    .type('application/problem+json; charset=utf-8')
    .send(
      JSON.stringify({
        type: `urn:peakless:problem:${body.code}`,
        ...body,
        errors: body.errors ?? [],
        requestId: request.id,
      }),
    );
}

/** Any error → the problem that the client sees. */
export function problemOf(error: unknown): ProblemBody {
  if (error instanceof Problem) return error.body;
  const { code, statusCode, validation, validationContext, message } = error as FastifyError;
  const refusal = REFUSALS[code ?? ''];
  if (refusal) return refusal;
  if (validation) {
    const errors = validation.map((issue) => ({
      path: `/${validationContext ?? 'body'}${issue.instancePath}`,
      code: `E_${issue.keyword.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`,
      message: describeIssue(issue.message ?? 'is not allowed', issue.params),
    }));
    return {
      status: 400,
      code: 'E_REQUEST',
      title: 'Request not understood',
      detail: 'The request does not have the expected form.',
      errors,
    };
  }
  // What the file server forbids is a path out of its folder or an impossible one.
  if (statusCode === 403) return notFound('Nothing is at this address.').body;
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return { status: statusCode, code: 'E_REQUEST', title: 'Request refused', detail: message };
  }
  return {
    status: 500,
    code: 'E_INTERNAL',
    title: 'Internal error',
    detail: 'Peakless failed. The server’s log holds the reason under this request id.',
  };
}

function describeIssue(message: string, params: Readonly<Record<string, unknown>>): string {
  const unknownKey = params.additionalProperty;
  if (typeof unknownKey === 'string') return `${message}: “${unknownKey}”`;
  const allowed = params.allowedValues;
  return Array.isArray(allowed) ? `${message}: ${allowed.join(', ')}` : message;
}

export function installProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const body = problemOf(error);
    if (body.status >= 500) request.log.error(error);
    return sendProblem(request, reply, body);
  });
}
