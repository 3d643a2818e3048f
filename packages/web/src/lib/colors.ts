/** Colours that the page adds to the engine's: of the classes that a request can end in. */
import type { ClassName } from '@peakless/engine';

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
