/** What the API answers: shared with the page, which imports these types only. */
import type {
  Comparison,
  ExperimentAbout,
  LoadPreview,
  LocalText,
  Message,
  Scenario,
  Unreplayed,
  Variable,
} from '@peakless/engine';
import type { ProblemDetail } from './problem.ts';

export type { ProblemBody, ProblemDetail } from './problem.ts';

export interface StrategyHead {
  readonly name: string;
  readonly kind: string;
  readonly title: LocalText;
}

export interface ScenarioSummary {
  readonly name: string;
  readonly title: LocalText;
  readonly description: LocalText;
  readonly clock: Scenario['clock'];
  readonly seed: string;
  readonly replications: number;
  readonly vars: readonly Variable[];
  readonly strategies: readonly StrategyHead[];
  readonly baseline: string;
  readonly objectives: Scenario['objectives'];
  readonly preview: LoadPreview;
}

/** A bundled scenario: either its summary or what is wrong with the file. */
export interface GalleryEntry {
  readonly id: string;
  readonly file: string;
  readonly summary: ScenarioSummary | null;
  readonly errors: readonly ProblemDetail[] | null;
}

export interface ScenarioDetail extends GalleryEntry {
  readonly source: string;
}

export interface ExperimentsAnswer {
  readonly experiments: readonly ExperimentAbout[];
  readonly unreplayed: readonly Unreplayed[];
}

export interface ComparisonRequest {
  readonly scenario?: string;
  readonly text?: string;
  readonly name?: string;
  /** A dry run: these objects under the load of the scenario. */
  readonly manifests?: { readonly name: string; readonly text: string };
  readonly strategy?: string;
  readonly set?: Readonly<Record<string, string | number>>;
  readonly seed?: string;
  readonly replications?: number;
}

/** What a comparison would be run from. */
export interface ResolvedScenario {
  readonly scenario: Scenario;
  readonly warnings: readonly Message[];
}

export interface ComparisonProgress {
  readonly cellsDone: number;
  readonly cellsTotal: number;
  /** Of all the work, 0..1. */
  readonly share: number;
  /** Milliseconds; null = too early to say. */
  readonly remaining: number | null;
}

export interface ComparisonStatus {
  readonly id: string;
  readonly status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  /** Comparisons that are served first. */
  readonly ahead: number;
  readonly progress: ComparisonProgress | null;
  readonly problem: {
    readonly code: string;
    readonly detail: string;
  } | null;
}

/** Answer to a request for a comparison. */
export interface ComparisonSubmitted extends ComparisonStatus {
  readonly summary: ScenarioSummary;
}

export interface ComparisonAnswer extends ComparisonSubmitted {
  readonly result: Comparison | null;
}

export interface VersionAnswer {
  readonly version: string;
  readonly engineModel: number;
}
