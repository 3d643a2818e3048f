/** Calls of the server; a refused call throws the server's own explanation. */
import type { ExperimentAnswer } from '@peakless/engine';
import type {
  ComparisonAnswer,
  ComparisonRequest,
  ComparisonSubmitted,
  ExperimentsAnswer,
  GalleryEntry,
  ProblemBody,
  ResolvedScenario,
  ScenarioDetail,
  VersionAnswer,
} from '../../server/api-types.ts';

export class ApiProblem extends Error {
  readonly body: ProblemBody;

  constructor(body: ProblemBody) {
    super(body.detail);
    this.name = 'ApiProblem';
    this.body = body;
  }
}

/** No answer at all: the server is gone or the network is. */
export const UNREACHABLE = 'E_UNREACHABLE';

async function call<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (cause) {
    if (init?.signal?.aborted) throw cause;
    throw new ApiProblem({ status: 0, code: UNREACHABLE, title: '', detail: '' });
  }
  if (!response.ok) throw new ApiProblem(await problemIn(response));
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

async function problemIn(response: Response): Promise<ProblemBody> {
  const { status, statusText } = response;
  const fallback = { status, code: `E_HTTP_${status}`, title: statusText, detail: statusText };
  const isProblem = (response.headers.get('content-type') ?? '').includes('problem+json');
  return isProblem ? ((await response.json()) as ProblemBody) : fallback;
}

export const listScenarios = () => call<{ scenarios: GalleryEntry[] }>('/api/scenarios');

export const readScenario = (id: string) =>
  call<ScenarioDetail>(`/api/scenarios/${encodeURIComponent(id)}`);

export const listExperiments = () => call<ExperimentsAnswer>('/api/experiments');

/** Simulates it, the first time. */
export const readExperiment = (id: string) =>
  call<ExperimentAnswer>(`/api/experiments/${encodeURIComponent(id)}`);

export const readVersion = () => call<VersionAnswer>('/api/version');

export const submitComparison = (request: ComparisonRequest, signal: AbortSignal) =>
  call<ComparisonSubmitted>('/api/comparisons', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
    signal,
  });

export const resolveScenario = (request: ComparisonRequest, signal?: AbortSignal) =>
  call<ResolvedScenario>('/api/resolve', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
    ...(signal && { signal }),
  });

export const readComparison = (id: string, signal: AbortSignal) =>
  call<ComparisonAnswer>(`/api/comparisons/${id}`, { signal });

/** Also while the page is being left. */
export const withdrawComparison = (id: string) =>
  call<void>(`/api/comparisons/${id}`, { method: 'DELETE', keepalive: true });

export const eventsOf = (id: string) => new EventSource(`/api/comparisons/${id}/events`);

export const reportUrl = (id: string, format: string, language: string) =>
  `/api/comparisons/${id}/report.${format}?lang=${language}`;
