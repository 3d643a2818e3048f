/** Errors on the wire: RFC 9457 problem documents, never a stack trace. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
/** One cause, with its place in the scenario text where there is one. */
export interface ProblemDetail {
  readonly path?: string;
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
export declare class Problem extends Error {
  readonly body: ProblemBody;
  constructor(body: ProblemBody);
}
export declare function notFound(detail: string): Problem;
export declare function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  body: ProblemBody,
): FastifyReply<
  import('fastify').RouteGenericInterface,
  import('fastify').RawServerDefault,
  import('http').IncomingMessage,
  import('http').ServerResponse<import('http').IncomingMessage>,
  unknown,
  import('fastify').FastifySchema,
  import('fastify').FastifyTypeProviderDefault,
  unknown
>;
/** Any error → the problem that the client sees. */
export declare function problemOf(error: unknown): ProblemBody;
export declare function installProblems(app: FastifyInstance): void;
//# sourceMappingURL=problem.d.ts.map
