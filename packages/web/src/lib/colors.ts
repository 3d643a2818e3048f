/** Colours that the page adds to the engine's: of classes of requests, of stages of a start. */
import type { ClassName, StartupStage } from '@peakless/engine';

/** From good to lost; each at least 3:1 on both backgrounds. */
export const CLASS_COLOURS: Readonly<Record<ClassName, string>> = {
  served: '#12997c',
  late: '#b08900',
  timedOut: '#d9730d',
  rejected: '#dd4b4b',
  shed: '#b05fc7',
  failed: '#a5488e',
  inFlight: '#7b8699',
};

/** As in the HTML report. */
export const STAGE_COLOURS: Readonly<Record<StartupStage, string>> = {
  create: '#8a94a6',
  bind: '#c2783c',
  image: '#3f7fd0',
  container: '#57a5b8',
  app: '#8a63c9',
  probes: '#d0a52e',
  routing: '#4aa06b',
};
