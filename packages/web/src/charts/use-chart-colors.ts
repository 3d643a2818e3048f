/** Colours of the theme as a canvas needs them: resolved. */
import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';

const COLORS = {
  light: { text: '#566070', grid: '#e8ebf0', crosshair: '#3c4658', surface: '#ffffff' },
  dark: { text: '#9aa5b5', grid: '#2a303b', crosshair: '#c3cbd8', surface: '#1a1e26' },
} as const;

export function useChartColors() {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  return useMemo(
    () => ({ ...COLORS[scheme], font: getComputedStyle(document.body).fontFamily }),
    [scheme],
  );
}
